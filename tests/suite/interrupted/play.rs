//! One case played: a run from its beginning or from checkpoints, to its end or to an interruption.

use std::{collections::BTreeMap, io, path::Path, time::Duration};

use rest_source_codegen::{LintLevels, Severity, SourceFile, compile};
use rest_source_dynamic::{Checkpoints, Failure, Fetch};
use rest_source_load::{Pipeline, Sqlite};
use rusqlite::Connection;

use super::{
    Case,
    server::{Asked, Server, masked},
};

/// A case, its server, and a fetch of all of it.
pub(super) struct Play {
    pub(super) case: Case,
    server: Server,
    fetch: Fetch,
}

/// What came of a run.
#[derive(Debug, Default)]
pub(super) struct Played {
    /// The resource of each page, and its records as JSON, in the order in which they came.
    pub(super) pages: Vec<(String, Vec<String>)>,
    pub(super) requests: Vec<Asked>,
    /// Where the run is resumed, as JSON.
    pub(super) checkpoints: String,
    /// What a complete run leaves for the next one.
    pub(super) left: String,
    pub(super) errors: Vec<String>,
}

impl Played {
    /// The records of each resource.
    pub(super) fn records(&self) -> BTreeMap<String, Vec<&String>> {
        let mut records: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for (resource, page) in &self.pages {
            records.entry(resource.clone()).or_default().extend(page);
        }
        records
    }
}

impl Play {
    pub(super) async fn start(case: Case) -> Play {
        let server = Server::start(case.answer).await;
        Play { case, fetch: described(&case).base_url(&server.url), server }
    }

    /// A run from these checkpoints: to its end, to this page, or with this request failing.
    pub(super) async fn run(
        &self,
        from: &str,
        page: Option<usize>,
        failing: Option<usize>,
    ) -> Played {
        self.server.begin(failing).await;
        let checkpoints: Checkpoints = serde_json::from_str(from).unwrap();
        let mut played = Played::default();
        let report = self.fetch.clone().resume(checkpoints).run(|arrival| {
            let records = arrival.page.records.iter().map(|record| masked(record.get()));
            played.pages.push((arrival.resource.to_owned(), records.collect()));
            if page == Some(played.pages.len()) {
                played.checkpoints = serde_json::to_string(arrival.checkpoints)?;
                return Err(io::Error::other("stopped"));
            }
            Ok(())
        });
        match report.await {
            Ok(report) => {
                played.checkpoints = serde_json::to_string(&report.checkpoints).unwrap();
                played.left = masked(&played.checkpoints);
                let errors = report.resources.iter().filter_map(|one| one.error.as_ref());
                played.errors = errors.map(ToString::to_string).collect();
            }
            Err(Failure::Output(_)) => {}
            Err(failure) => played.errors.push(failure.to_string()),
        }
        played.requests = self.server.seen();
        played
    }

    /// The rest of an interrupted run.
    pub(super) async fn rest(&self, first: &Played) -> Played {
        if !self.case.times.is_empty() {
            // A run keeps when it began in seconds.
            tokio::time::sleep(Duration::from_millis(1_001)).await;
        }
        self.run(&first.checkpoints, None, None).await
    }

    /// Loads into a database, with this request failing; the error of the load.
    pub(super) async fn load(&self, database: &Path, failing: Option<usize>) -> Option<String> {
        self.server.begin(failing).await;
        let source = self.fetch.clone().into_source().unwrap();
        let pipeline = Pipeline::new("api", Sqlite::at(database)).batch_rows(1);
        pipeline.run(&source).await.err().map(|error| error.to_string())
    }
}

/// The whole description of a case.
pub(super) fn text(case: &Case) -> String {
    let client = "client:\n  base_url: https://api.example.com\n  retry: {max_retries: 0}\n";
    format!("{client}{}", case.description)
}

/// The fetch of what a case describes.
fn described(case: &Case) -> Fetch {
    let file = SourceFile::new(format!("{}.yaml", case.name), text(case));
    let output = compile(&file, "api", LintLevels::default());
    let errors = output.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|one| one.message.as_str()).collect();
    assert!(errors.is_empty(), "{}: {}", case.name, errors.join("; "));
    let mut fetch = Fetch::of(&output);
    for (name, value) in case.settings {
        fetch = fetch.setting(*name, *value);
    }
    for (name, value) in (case.secrets)() {
        fetch = fetch.secret(name, value);
    }
    fetch
}

/// The rows of all tables that are not the loader's own, in no order and without what is random in them.
pub(super) fn tables(database: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(database).unwrap();
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' \
                 AND name NOT LIKE '\\_rest\\_source%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";
    let mut names = connection.prepare(names).unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let tables = names.map(|name| {
        let name = name.unwrap();
        let mut query = connection.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let is_random = |name: &str| matches!(name, "_row_id" | "_parent_id" | "_root_id");
        let rows = query.query_map([], |row| {
            let mut cells = Vec::new();
            for (index, column) in columns.iter().enumerate().filter(|(_, name)| !is_random(name)) {
                cells.push(format!("{column}: {:?}", row.get::<_, rusqlite::types::Value>(index)?));
            }
            // Columns are in the order in which they have come.
            cells.sort();
            Ok(masked(&cells.join(", ")))
        });
        let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
        rows.sort();
        (name, rows)
    });
    tables.collect()
}
