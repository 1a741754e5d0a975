//! One scenario played: a server, and a fetch from it.

use std::collections::BTreeMap;

use rest_source_codegen::{Level, LintLevels, Severity, SourceFile, compile};
use rest_source_dynamic::{Checkpoints, Fetch};
use serde_json::Value;

use super::{read, scenario::Scenario, server::Server};

/// What came of one run.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) records: BTreeMap<String, Vec<Value>>,
    pub(crate) requests: Vec<Value>,
    /// Why not everything came.
    pub(crate) error: Option<String>,
    /// The seconds between one request and the next, where they matter.
    pub(crate) waits: Option<Vec<u64>>,
}

/// All runs of a scenario, each with the checkpoints of the one before.
pub(crate) async fn play(name: &str) -> Vec<Run> {
    let script = read(&format!("scenarios/{name}.json")).unwrap();
    let description = read(&format!("scenarios/{name}.yaml")).unwrap();
    let scenario: Scenario = serde_json::from_str(&script).unwrap();
    assert_eq!(scenario.name, name);
    let mut checkpoints = Checkpoints::new();
    let mut runs = Vec::new();
    for number in 1..=scenario.runs {
        let server = Server::start(&script, number).await;
        let mut run = Run::default();
        let description = description.replace("__PORT__", &server.port.to_string());
        // As from one start of a program to the next.
        let kept = serde_json::to_string(&checkpoints).unwrap();
        checkpoints = serde_json::from_str(&kept).unwrap();
        if let Err(error) = fetch(name, &description, &mut checkpoints, &mut run.records).await {
            run.error = Some(without_times(&hide(&error, server.port)));
        }
        let hidden =
            |value: &Value| serde_json::from_str(&hide(&value.to_string(), server.port)).unwrap();
        for records in run.records.values_mut() {
            *records = records.iter().map(hidden).collect();
        }
        run.requests = server.requests().iter().map(hidden).collect();
        run.waits = scenario.record_waits.then(|| server.waits());
        runs.push(run);
    }
    runs
}

async fn fetch(
    name: &str,
    description: &str,
    checkpoints: &mut Checkpoints,
    records: &mut BTreeMap<String, Vec<Value>>,
) -> Result<(), String> {
    let fetch = compiled(name, description)?.resume(checkpoints.clone());
    let report = fetch.run(|arrival| {
        let page = arrival.page.records.iter().map(|record| serde_json::from_str(record.get()));
        let page: Vec<Value> = page.collect::<Result<_, _>>()?;
        records.entry(arrival.resource.to_owned()).or_default().extend(page);
        Ok(())
    });
    let report = report.await.map_err(|failure| failure.to_string())?;
    checkpoints.clone_from(&report.checkpoints);
    let errors = report.resources.iter().filter_map(|resource| resource.error.as_ref());
    let errors: Vec<String> = errors.map(ToString::to_string).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
}

fn compiled(name: &str, description: &str) -> Result<Fetch, String> {
    let file = SourceFile::new(format!("{name}.yaml"), description);
    let mut lints = LintLevels::default();
    lints.set("plain_secret", Level::Allow).unwrap();
    let output = compile(&file, "scenario", lints);
    let errors = output.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|found| found.message.as_str()).collect();
    if errors.is_empty() { Ok(Fetch::of(&output)) } else { Err(errors.join("\n")) }
}

fn hide(text: &str, port: u16) -> String {
    text.replace(&format!(":{port}"), ":__PORT__")
}

/// An error tells how long its tries took.
fn without_times(error: &str) -> String {
    let mut parts = error.split(" in ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let seconds = part.split_once(" s)").filter(|(time, _)| time.parse::<f64>().is_ok());
        text += " in ";
        text += &seconds.map_or(part.to_owned(), |(_, after)| format!("… s){after}"));
    }
    text
}
