//! Selectors select what RFC 9535 says, by the compliance test suite that belongs to it.

use std::collections::HashMap;

use axum::{Router, http::Uri};
use rest_source_codegen::{LintLevels, Output, SourceFile, compile};
use rest_source_dynamic::Fetch;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// `cts.json` of <https://github.com/jsonpath-standard/jsonpath-compliance-test-suite>, without tags.
const COMPLIANCE: &str = include_str!("../../data/jsonpath/cts.json");

/// Cases that differ, by the beginning of their names.
const DIFFERENT: [&str; 23] = [
    // The records come in the order of the body.
    "basic, descendant segment, wildcard selector, nested",
    // Regular expressions, symbols in keys without quotes and the length of constants are refused.
    "functions, match,",
    "functions, search,",
    "whitespace, functions, space between",
    "whitespace, functions, newline between",
    "whitespace, functions, tab between",
    "whitespace, functions, return between",
    "basic, name shorthand, extended unicode",
    "functions, length, number arg",
    "functions, length, true arg",
    "functions, length, false arg",
    "functions, length, null arg",
    // Keys and texts need no quotes, as in dlt.
    "basic, name shorthand, number",
    "filter, literal ",
    "filter, and, ",
    "filter, or, ",
    "filter, true, incorrectly capitalized",
    "filter, false, incorrectly capitalized",
    "filter, null, incorrectly capitalized",
    // Numbers and texts may be written in more ways.
    "filter, equals number, invalid",
    "index selector, ",
    "name selector, ",
    "slice selector, ",
];

#[derive(Deserialize)]
struct Case {
    name: String,
    selector: String,
    /// Missing where the selector is none.
    document: Option<Value>,
    result: Option<Vec<Value>>,
    /// Several results where the order of members counts, which JSON leaves open.
    #[serde(default)]
    results: Vec<Vec<Value>>,
}

#[tokio::test]
async fn selectors_comply_with_the_standard() {
    let cases: Vec<Case> = serde_json::from_str(COMPLIANCE).unwrap();
    let accepted = |case: &&Case| {
        compiled([("a", &*case.selector)], "https://api.example.com").diagnostics.is_empty()
    };
    let (accepted, refused): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(accepted);
    let selected = select(&accepted).await;
    let mut different = Vec::new();
    for case in &accepted {
        let is_right = match &case.document {
            // It is no selector.
            None => false,
            Some(_) => case
                .result
                .iter()
                .chain(&case.results)
                .any(|result| records(result) == selected[&case.name]),
        };
        if !is_right {
            different.push(format!("{}: {}: {:?}", case.name, case.selector, selected[&case.name]));
        }
    }
    for case in refused {
        if case.document.is_some() {
            different.push(format!("{}: {} is refused", case.name, case.selector));
        }
    }
    different.retain(|name| !DIFFERENT.iter().any(|known| name.starts_with(known)));
    assert_eq!(different, [""; 0]);
}

/// The records that the selector of each case selects in its document.
async fn select(cases: &[&Case]) -> HashMap<String, Vec<String>> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let names: Vec<String> = (0..cases.len()).map(|number| format!("case_{number}")).collect();
    let bodies: HashMap<String, String> = names
        .iter()
        .zip(cases)
        .map(|(name, case)| (format!("/{name}"), json!(case.document).to_string()))
        .collect();
    let answers = Router::new().fallback(async move |uri: Uri| bodies[uri.path()].clone());
    tokio::spawn(async move { axum::serve(listener, answers).await });

    let resources = names.iter().zip(cases).map(|(name, case)| (&**name, &*case.selector));
    let mut selected: HashMap<String, Vec<String>> = HashMap::new();
    let report = Fetch::of(&compiled(resources, &server)).run(|arrival| {
        let records = arrival.page.records.iter().map(|record| record.get().to_owned());
        selected.entry(arrival.resource.to_owned()).or_default().extend(records);
        Ok(())
    });
    // A selector of names and indices that selects nothing is an error.
    report.await.unwrap();
    let of_case = |name: &String| selected.get(name).cloned().unwrap_or_default();
    cases.iter().zip(&names).map(|(case, name)| (case.name.clone(), of_case(name))).collect()
}

/// A source with a resource for each name and selector.
fn compiled<'a>(selectors: impl IntoIterator<Item = (&'a str, &'a str)>, server: &str) -> Output {
    let resource = |(name, selector)| json!({"name": name, "endpoint": {"path": name, "data_selector": selector}});
    let source = json!({
        "client": {"base_url": server, "paginator": "single_page"},
        "resources": selectors.into_iter().map(resource).collect::<Vec<_>>(),
    });
    compile(&SourceFile::new("api.yaml", source.to_string()), "api", LintLevels::default())
}

/// What is selected as records: the elements of lists, and no `null`.
fn records(selected: &[Value]) -> Vec<String> {
    let elements = |value: &Value| match value {
        Value::Null => Vec::new(),
        Value::Array(elements) => elements.clone(),
        value => vec![value.clone()],
    };
    selected.iter().flat_map(elements).map(|value| value.to_string()).collect()
}
