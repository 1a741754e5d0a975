//! What dlt makes of records in a database, and what is made of them here.
//!
//! `data/dlt/cases.json` has the cases, `expected.json` what dlt 1.31 does on `DuckDB`, as `oracle.py` has
//! recorded it. Where the result here is another one, the case names the row of the differences table.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{Router, routing::get};
use rest_source_codegen::{LintLevels, Severity, SourceFile, compile};
use rest_source_dynamic::Fetch;
use rest_source_examples::server::serve;
use rest_source_load::{Pipeline, Sqlite};
use rusqlite::{Connection, types::Value as Stored};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

#[derive(Deserialize)]
struct Case {
    name: String,
    resource: Value,
    /// The records of each run.
    runs: Vec<Box<RawValue>>,
    /// The beginning of the row of the differences table that tells why the result is another one.
    differs: Option<String>,
    /// What the result is then.
    ours: Option<Outcome>,
}

#[derive(Debug, Deserialize, PartialEq, Default)]
struct Outcome {
    /// Whether and how the last run has failed.
    error: Option<String>,
    #[serde(default)]
    tables: BTreeMap<String, Table>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Table {
    columns: Vec<String>,
    /// One text for each row: its values behind their columns' names, with `|` between.
    rows: Vec<String>,
}

fn data<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/dlt").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What comes of a case here, in a SQLite database.
async fn outcome(case: &Case) -> Outcome {
    // As text, because a tree would round numbers.
    let records = Arc::new(Mutex::new(String::new()));
    let served = Arc::clone(&records);
    let items = get(move || async move { served.lock().unwrap().clone() });
    let url = serve(Router::new().route("/items", items)).await.unwrap();

    let mut resource = case.resource.clone();
    resource["name"] = "items".into();
    resource["endpoint"] =
        json!({"path": "items", "data_selector": "$", "paginator": "single_page"});
    let description = json!({"client": {"base_url": url}, "resources": [resource]});
    let file = SourceFile::new("case.json", description.to_string());
    let output = compile(&file, "case", LintLevels::default());
    if let Some(mistake) = output.diagnostics.iter().find(|found| found.severity == Severity::Error)
    {
        return Outcome { error: Some(mistake.message.clone()), ..Outcome::default() };
    }

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.db");
    let mut error = None;
    for run in &case.runs {
        run.get().clone_into(&mut records.lock().unwrap());
        let source = Fetch::of(&output).into_source().unwrap();
        let pipeline = Pipeline::new("case", Sqlite::at(&path));
        error = pipeline.run(&source).await.err().map(|error| error.to_string());
    }
    Outcome { error, tables: tables(&path) }
}

/// The tables without what is the loader's own.
fn tables(path: &Path) -> BTreeMap<String, Table> {
    let database = Connection::open(path).unwrap();
    let mut names = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_rest_*'")
        .unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    names.map(|name| name.unwrap()).map(|name| (name.clone(), table(&database, &name))).collect()
}

fn table(database: &Connection, name: &str) -> Table {
    let own = ["_row_id", "_parent_id", "_root_id", "_row_hash"];
    let mut rows = database.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
    let all: Vec<String> = rows.column_names().map(str::to_owned).collect();
    let mut columns: Vec<String> =
        all.iter().filter(|name| !own.contains(&name.as_str())).cloned().collect();
    columns.sort();
    let shown = rows.query_map([], |row| {
        let cells = columns.iter().filter_map(|column| {
            let value: Stored = row.get_unwrap(column.as_str());
            let value = match value {
                Stored::Null => return None,
                _ if column.starts_with("_valid_") => "set".to_owned(),
                Stored::Integer(number) => number.to_string(),
                Stored::Real(number) => number.to_string(),
                Stored::Text(text) => text,
                Stored::Blob(bytes) => format!("{bytes:?}"),
            };
            Some(format!("{column}={value}"))
        });
        Ok(cells.collect::<Vec<_>>().join("|"))
    });
    let mut rows: Vec<String> = shown.unwrap().map(Result::unwrap).collect();
    rows.sort();
    Table { columns, rows }
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_as_dlt_makes_them_or_better() {
    let cases: Vec<Case> = data("cases.json");
    let mut expected: BTreeMap<String, Outcome> = data("expected.json");
    let differences = include_str!("../../docs/differences-from-dlt.md");
    for case in &cases {
        let mut ours = outcome(case).await;
        if ours.error.is_some() {
            // Those that are declared are created before the first record comes.
            ours.tables.retain(|_, table| !table.rows.is_empty());
        }
        let dlt = expected.remove(&case.name).unwrap_or_else(|| panic!("{}", case.name));
        let name = &case.name;
        let Some(row) = &case.differs else {
            assert_eq!(ours.tables, dlt.tables, "{name}: {:?}", ours.error);
            assert_eq!(ours.error.is_some(), dlt.error.is_some(), "{name}: {:?}", ours.error);
            continue;
        };
        assert!(differences.contains(&format!("\n| {row}")), "{name}: no row `{row}`");
        assert_ne!(ours, dlt, "{name} does not differ any more");
        let wanted = case.ours.as_ref().unwrap();
        assert_eq!(ours.tables, wanted.tables, "{name}");
        match (&ours.error, &wanted.error) {
            (Some(error), Some(wanted)) => assert!(error.contains(wanted), "{name}: {error}"),
            (error, wanted) => assert_eq!(error, wanted, "{name}"),
        }
    }
    assert!(expected.is_empty(), "without a case: {expected:?}");
}
