//! A description that is understood, and what is fetched of it.

use std::{
    process,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use pyo3::{
    exceptions::{PyUserWarning, PyValueError},
    prelude::*,
};
use rest_source::{
    AnyResource, Slice, Start, Timestamp, TokenFile,
    plan::{Contract, MergeStrategy, ResourcePlan, Window},
};
use rest_source_codegen::{LintLevels, Severity, SourceFile, compile};
use rest_source_dynamic::{Caller, Fetch};
use rest_source_load::{IntoArrow as _, Places};
use serde_json::{Value, json};

use crate::{batches::Batches, error, load, log, records::Records, runtime::wait};

/// Names and values.
pub(crate) type Pairs = Vec<(String, String)>;

/// A description, without mistakes, and how its client is made.
#[pyclass(frozen, module = "rest_source._native")]
pub(crate) struct Source {
    fetch: Fetch,
    descriptions: Vec<Option<String>>,
    /// The database with the budget that it shares, and the name of that.
    budget: Option<(String, Option<String>)>,
    /// The same with its client, which is made when it is first needed, with the number of the process that has
    /// made it.
    connected: Mutex<Option<(u32, Fetch)>>,
}

/// What of a resource is fetched.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Refinement {
    limit: Option<u64>,
    params: Pairs,
    arguments: Pairs,
    /// The moments from which on and before which its records are, of those in its incremental range.
    between: Option<(Option<String>, String)>,
    /// A slice as JSON.
    slice: Option<String>,
}

#[pymethods]
impl Source {
    /// Understands a description, or raises `DescriptionError`.
    #[new]
    #[pyo3(signature = (
        text, file, name, *, source, secrets, config, base_url, allow, token_file, budget,
        max_page_records, max_body_bytes
    ))]
    #[allow(clippy::too_many_arguments, reason = "all are named by the caller")]
    fn new(
        py: Python<'_>,
        text: Vec<u8>,
        file: &str,
        name: Option<&str>,
        source: Option<&str>,
        secrets: Pairs,
        config: Pairs,
        base_url: Option<&str>,
        allow: Vec<String>,
        token_file: Option<&str>,
        budget: Option<(String, Option<String>)>,
        max_page_records: Option<u64>,
        max_body_bytes: Option<u64>,
    ) -> PyResult<Source> {
        log::begin();
        let mut file = SourceFile::from_bytes(file, text);
        if let Some(source) = source {
            file = file.with_source(source);
        }
        let name = name.and_then(cargo_rest_source::module_name);
        let name = name.unwrap_or_else(|| "source".to_owned());
        let output = compile(&file, &name, levels(allow)?);
        if output.diagnostics.iter().any(|found| found.severity == Severity::Error) {
            return Err(error::description(py, &file, &output.diagnostics)?);
        }
        let category = py.import("rest_source._errors")?.getattr("DescriptionWarning");
        let category = category.unwrap_or_else(|_| py.get_type::<PyUserWarning>().into_any());
        for warning in &output.diagnostics {
            let text = error::text(warning, &file);
            py.import("warnings")?.call_method1("warn", (text, &category, 2))?;
        }
        let mut fetch = Fetch::of(&output).called_from(Caller::Python);
        for (name, value) in secrets {
            fetch = fetch.secret(name, value);
        }
        for (name, value) in config {
            fetch = fetch.setting(name, value);
        }
        if let Some(url) = base_url {
            fetch = fetch.base_url(url);
        }
        if let Some(records) = max_page_records {
            fetch = fetch.max_page_records(records);
        }
        if let Some(bytes) = max_body_bytes {
            fetch = fetch.max_body_bytes(bytes);
        }
        let tokens = token_file.map(Into::into).or_else(cargo_rest_source::default_token_file);
        if let Some(path) = tokens {
            fetch = fetch.tokens(TokenFile::new(path));
        }
        let resources = output.source.resources.iter();
        let descriptions = resources.map(|one| one.description.clone()).collect();
        Ok(Source { fetch, descriptions, budget, connected: Mutex::new(None) })
    }

    /// The name of the source.
    #[getter]
    fn name(&self) -> String {
        self.fetch.name().to_owned()
    }

    /// What the description says of each resource, as JSON.
    fn resources(&self) -> String {
        let resources = self.fetch.plans().iter().zip(&self.descriptions);
        let resources = resources.map(|(plan, text)| described(plan, text.as_deref()));
        Value::Array(resources.collect()).to_string()
    }

    /// The records of a resource, as the server writes them.
    fn records(&self, py: Python<'_>, resource: &str, refinement: Refinement) -> PyResult<Records> {
        let limit = refinement.limit;
        let fetch = self.refined(py, refinement)?;
        let fetch = fetch.records(resource).map_err(|failure| error::failure(py, failure))?;
        Ok(Records::new(fetch.pages(), limit))
    }

    /// The records of a resource as record batches of at least so many rows, from where these places say.
    #[pyo3(signature = (resource, refinement, *, batch_rows, places))]
    fn batches(
        &self,
        py: Python<'_>,
        resource: &str,
        refinement: Refinement,
        batch_rows: usize,
        places: Option<&str>,
    ) -> PyResult<Batches> {
        let places: Option<Places> =
            places.map(serde_json::from_str).transpose().map_err(|error| {
                PyValueError::new_err(format!("the state of `{resource}` cannot be read: {error}"))
            })?;
        let limit = refinement.limit;
        let resource = self.resource(py, resource, refinement)?;
        let start = match &places {
            Some(places) => places.start(&resource).map_err(|error| error::rows(py, &error))?,
            None => Start::default(),
        };
        let batches = resource.clone().arrow_table(batch_rows, start);
        let batches = batches.map_err(|error| error::rows(py, &error))?;
        log::flush(py)?;
        Ok(Batches::new(resource, batches, places.unwrap_or_default(), limit))
    }

    /// Cuts the fetch of a resource into at most so many slices. Returns each as JSON, and why there is only one if it
    /// cannot be cut.
    fn slices(
        &self,
        py: Python<'_>,
        resource: &str,
        refinement: Refinement,
        most: usize,
    ) -> PyResult<Vec<(String, Option<String>)>> {
        let resource = self.resource(py, resource, refinement)?;
        let slices = wait(py, resource.slices(Start::default(), most))?;
        let slices = slices.map_err(|error| error::fetch(py, &error))?;
        let slices = slices.iter().map(|slice| {
            let json = serde_json::to_string(slice);
            let json = json.map_err(|error| PyValueError::new_err(error.to_string()))?;
            Ok((json, slice.uncut().map(str::to_owned)))
        });
        slices.collect()
    }

    /// From where to where a resource can be read as a stream now, if its records are there after this delay, as `10
    /// minutes`.
    fn reach(
        &self,
        py: Python<'_>,
        resource: &str,
        refinement: Refinement,
        delay: Option<&str>,
    ) -> PyResult<(Option<String>, String)> {
        let delay = delay.map(|delay| {
            let length = Window::read(delay).map(|length| length.seconds().unsigned_abs());
            let what = || {
                format!("`delay` is a number and a unit of time, as in `10 minutes`, not `{delay}`")
            };
            length.map(Duration::from_secs).ok_or_else(|| PyValueError::new_err(what()))
        });
        let resource = self.resource(py, resource, refinement)?;
        let reach = resource.reach(delay.transpose()?);
        let (start, end) = reach.map_err(|error| error::fetch(py, &error))?;
        Ok((start.map(|start| start.to_string()), end.to_string()))
    }

    /// Loads into a destination. Returns the report, as JSON and as text.
    fn load(&self, py: Python<'_>, to: &str, options: load::Options) -> PyResult<(String, String)> {
        load::load(py, self.connected(py)?, to, options)
    }
}

impl Source {
    fn refined(&self, py: Python<'_>, refinement: Refinement) -> PyResult<Fetch> {
        let mut fetch = self.connected(py)?;
        if let Some(records) = refinement.limit {
            fetch = fetch.limit(records);
        }
        for (name, value) in refinement.params {
            fetch = fetch.param(name, value);
        }
        for (name, value) in refinement.arguments {
            fetch = fetch.argument(name, value);
        }
        Ok(fetch)
    }

    /// A resource, as far as it is to be fetched.
    fn resource(
        &self,
        py: Python<'_>,
        resource: &str,
        mut refinement: Refinement,
    ) -> PyResult<AnyResource> {
        let (between, slice) = (refinement.between.take(), refinement.slice.take());
        let fetch = self.refined(py, refinement)?.resource(resource);
        let mut resources = fetch.resources().map_err(|failure| error::failure(py, failure))?;
        // One was named, and it is there.
        let mut resource = resources.swap_remove(0);
        if let Some((from, until)) = between {
            let (from, until) = (from.as_deref().map(timestamp).transpose()?, timestamp(&until)?);
            let part = resource.between(from, until);
            resource = part.map_err(|error| error::fetch(py, &error))?;
        }
        if let Some(slice) = slice {
            let slice: Slice = serde_json::from_str(&slice).map_err(|error| {
                PyValueError::new_err(format!(
                    "the slice of `{}` cannot be read: {error}",
                    resource.plan().name
                ))
            })?;
            resource = resource.slice(&slice).map_err(|error| error::fetch(py, &error))?;
        }
        Ok(resource)
    }

    fn connected(&self, py: Python<'_>) -> PyResult<Fetch> {
        let mut connected = self.connected.lock().unwrap_or_else(PoisonError::into_inner);
        match &*connected {
            // Connections belong to the threads of the process that has made them.
            Some((process, fetch)) if *process == process::id() => return Ok(fetch.clone()),
            _ => {}
        }
        let fetch = match &self.budget {
            Some((to, name)) => cargo_rest_source::share(self.fetch.clone(), to, name.as_deref()),
            None => Ok(self.fetch.clone()),
        };
        let fetch = fetch.and_then(Fetch::connected);
        let fetch = fetch.map_err(|failure| error::failure(py, failure))?;
        *connected = Some((process::id(), fetch.clone()));
        Ok(fetch)
    }
}

/// A moment as this package writes it.
fn timestamp(text: &str) -> PyResult<Timestamp> {
    text.parse().map_err(|_| PyValueError::new_err(format!("`{text}` is no moment")))
}

/// The levels of lints that leave out these.
fn levels(allow: Vec<String>) -> PyResult<LintLevels> {
    let mut levels = LintLevels::default();
    for name in allow {
        levels.set(&name, rest_source_codegen::Level::Allow).map_err(|unknown| {
            let help = match unknown.closest {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {}", unknown.known.join(", ")),
            };
            PyValueError::new_err(format!("there is no lint `{name}`: {help}"))
        })?;
    }
    Ok(levels)
}

fn described(plan: &ResourcePlan, description: Option<&str>) -> Value {
    let columns = plan.columns.iter().map(|column| {
        json!({
            "name": column.name,
            "data_type": column.data_type.name(),
            "nullable": column.nullable,
            "is_inferred": column.inferred,
            "precision": column.precision,
            "scale": column.scale,
        })
    });
    let strategy = match &plan.merge_strategy {
        MergeStrategy::Default => None,
        MergeStrategy::DeleteInsert => Some("delete-insert"),
        MergeStrategy::Upsert => Some("upsert"),
        MergeStrategy::InsertOnly => Some("insert-only"),
        MergeStrategy::Scd2(_) => Some("scd2"),
    };
    let arguments = plan.line().into_iter().flat_map(|plan| plan.arguments.iter());
    let arguments: Vec<_> = arguments.map(|argument| &argument.name).collect();
    json!({
        "name": plan.name,
        "description": description,
        "table_name": plan.table_name,
        "selected": plan.selected,
        "write_disposition": plan.write_disposition.name(),
        "merge_strategy": strategy,
        "primary_key": plan.primary_key,
        "merge_key": plan.merge_key,
        "arguments": arguments,
        "columns": columns.collect::<Vec<_>>(),
        "is_open": plan.schema_contract.columns == Contract::Evolve,
    })
}
