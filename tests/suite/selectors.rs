//! What selectors of the language select in a body.

use axum::Router;
use cargo_rest_source::fetch::Fetch;
use rest_source_codegen::{LintLevels, SourceFile, compile};
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
            8 => continue,
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

/// A server that answers every request with `body`.
async fn answering(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answers = Router::new().fallback(move || async move { body });
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
