//! What selectors of the language select in a body.

mod compliance;

use axum::Router;
use rest_source_codegen::{LintLevels, SourceFile, compile};
use rest_source_dynamic::Fetch;
use serde_json::json;
use tokio::net::TcpListener;

/// A body stands at the beginning of a line, and below it selectors, each with the records that it
/// selects below it, one a line, or what is wrong.
const CASES: &str = include_str!("selectors.txt");

#[tokio::test]
async fn each_selector_selects_what_the_table_says() {
    let (mut server, mut selected_now) = (String::new(), String::new());
    for line in CASES.lines() {
        let indented = line.trim_start();
        match line.len() - indented.len() {
            // What was selected last time.
            8 => {}
            4 => {
                selected_now.extend([line, "\n"]);
                for record in select(indented, &server).await {
                    selected_now.extend(["        ", &record, "\n"]);
                }
            }
            _ => {
                selected_now.extend([line, "\n"]);
                if !line.is_empty() && !line.starts_with('#') {
                    server = answering(line).await;
                }
            }
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/suite/selectors.txt");
        std::fs::write(path, selected_now).unwrap();
        return;
    }
    assert_eq!(selected_now, CASES, "set UPDATE_EXPECT=1 to take what is selected now");
}

#[tokio::test]
async fn what_is_nested_too_deeply_for_a_look_at_everything_is_an_error() {
    let too_deep = "! a, page 1: `..` looks 128 levels deep, and the response is nested deeper";
    for (depth, selector, expected) in [
        (126, "..id", "1"),
        (127, "..id", too_deep),
        (100_000, "[*]..id", too_deep),
        (100_000, "[1].a", "2"),
    ] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let body = format!(r#"[{open}{{"id":1}}{close},{{"a":2}}]"#);
        let server = answering(body).await;
        assert_eq!(select(selector, &server).await, [expected], "{selector}, {depth} levels");
    }
}

/// A server that answers every request with `body`.
async fn answering(body: impl Into<String>) -> String {
    let body = body.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answers = Router::new().fallback(async move || body.clone());
    tokio::spawn(async move { axum::serve(listener, answers).await });
    format!("http://{address}")
}

/// The records that a data selector selects, or the error.
async fn select(selector: &str, server: &str) -> Vec<String> {
    let source = json!({
        "client": {"base_url": server, "paginator": "single_page"},
        "resources": [{"name": "a", "endpoint": {"data_selector": selector}}],
    });
    let file = SourceFile::new("api.yaml", source.to_string());
    let output = compile(&file, "api", LintLevels::default());
    if let Some(wrong) = output.diagnostics.first() {
        return vec![format!("! {}", wrong.message)];
    }
    let mut records = Vec::new();
    let report = Fetch::of(&output).run(|arrival| {
        records.extend(arrival.page.records.iter().map(|record| record.get().to_owned()));
        Ok(())
    });
    let report = report.await.unwrap();
    records.extend(report.resources[0].error.as_ref().map(|error| format!("! {error}")));
    records
}
