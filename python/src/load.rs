//! Loading into a destination.

use std::thread;

use pyo3::{exceptions::PyRuntimeError, prelude::*};
use rest_source::{AnyResource, Source as _, plan::WriteDisposition};
use rest_source_dynamic::Fetch;
use rest_source_load::{DuckDb, OnBadRecord, Pipeline};
use tokio::sync::oneshot;

use crate::{
    error,
    runtime::{runtime, wait},
};

/// How to load.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Options {
    resources: Vec<String>,
    arguments: Vec<(String, String)>,
    params: Vec<(String, String)>,
    pipeline: Option<String>,
    dataset: Option<String>,
    full_refresh: bool,
    limit: Option<u64>,
    quarantine: bool,
    concurrency: usize,
    /// The library of DuckDB, unless the environment names one.
    duckdb: Option<String>,
}

/// Loads, and returns the report as JSON and as text. Ctrl-C stops requesting; what has been fetched is committed
/// before it is raised. The second one does not wait for that.
pub(crate) fn load(
    py: Python<'_>,
    mut fetch: Fetch,
    to: &str,
    options: Options,
) -> PyResult<(String, String)> {
    let Options { resources, arguments, params, pipeline, dataset, .. } = options;
    if let Some(library) = options.duckdb {
        DuckDb::set_library(library);
    }
    let to = cargo_rest_source::destination(to, dataset.as_deref());
    let to = to.map_err(|failure| error::destination(py, failure))?;
    for (name, value) in arguments {
        fetch = fetch.argument(name, value);
    }
    for (name, value) in params {
        fetch = fetch.param(name, value);
    }
    for name in &resources {
        fetch = fetch.resource(name);
    }
    let source = fetch.into_source().map_err(|failure| error::failure(py, failure))?;
    let name = pipeline.unwrap_or_else(|| source.name().to_owned());
    let mut pipeline = Pipeline::new(name, to).concurrency(options.concurrency.max(1));
    if options.full_refresh {
        pipeline = pipeline.full_refresh();
    }
    if let Some(records) = options.limit {
        pipeline = pipeline.limit(records);
    }
    if options.quarantine {
        pipeline = pipeline.on_bad_record(OnBadRecord::Quarantine);
    }
    // Requested resources are loaded even if the description does not select them.
    let all = source.resources();
    let loaded = all.iter().map(AnyResource::plan).filter(|plan| {
        plan.write_disposition != WriteDisposition::Skip
            || resources.iter().any(|name| *name == plan.name)
    });
    pipeline = pipeline.resources(loaded.map(|plan| plan.name.clone()));

    let runtime = runtime()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let (done, mut ended) = oneshot::channel();
    thread::spawn(move || {
        let stop = async {
            // Without a sender nothing stops it.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let _ = done.send(runtime.block_on(pipeline.run_until(&source, stop)));
    });
    let loaded = match wait(py, &mut ended) {
        Ok(loaded) => loaded,
        Err(interrupted) => {
            let _ = stop.send(());
            let _ = wait(py, &mut ended)?;
            return Err(interrupted);
        }
    };
    match loaded {
        Ok(Ok(report)) => error::report(&report),
        Ok(Err(error)) => Err(error::load(py, &error)),
        Err(_) => Err(PyRuntimeError::new_err("the load has ended without a report")),
    }
}
