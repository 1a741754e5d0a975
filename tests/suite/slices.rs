//! Slices of a source without its types: cut by one process, and fetched by others from their JSON.

use std::collections::HashMap;

use axum::{Json, Router, extract::Query, http::Uri};
use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{AnyPage, AnyResource, Slice, Source, Start};
use rest_source_codegen::{LintLevels, Output, SourceFile, compile};
use rest_source_dynamic::Fetch;
use rest_source_load::{Pipeline, Sqlite};
use serde_json::json;
use tokio::net::TcpListener;

const SHOP: &str = "
client:
  base_url: https://api.example.com
config:
  state: {default: open}
resources:
  - name: customers
    columns: {id: {data_type: bigint}}
    endpoint:
      path: customers
      data_selector: items
      params: {state: \"{config.state}\"}
      paginator: {type: offset, limit: 4, total_path: total}
  - name: orders
    columns: {id: {data_type: text}}
    endpoint: {path: \"customers/{resources.customers.id}/orders\", data_selector: $, paginator: single_page}
";

fn shop() -> Output {
    let file = SourceFile::new("shop.yaml", SHOP);
    let output = compile(&file, "shop", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    output
}

/// Thirteen customers with two orders each.
async fn server() -> String {
    let app =
        Router::new().fallback(|uri: Uri, query: Query<HashMap<String, String>>| async move {
            let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
            if let [_, customer, _] = *path {
                return Json(
                    json!([{"id": format!("{customer}a")}, {"id": format!("{customer}b")}]),
                );
            }
            let from: usize = query.get("offset").map_or(0, |offset| offset.parse().unwrap());
            let items: Vec<_> = (from..(from + 4).min(13)).map(|id| json!({"id": id})).collect();
            Json(json!({"items": items, "total": 13}))
        });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, app).await });
    url
}

fn ids(pages: &[AnyPage]) -> Vec<String> {
    let of_page = |page: &AnyPage| -> Vec<String> {
        (0..page.records.len()).map(|at| format!("{:?}", page.records.get(at).field(0))).collect()
    };
    pages.iter().flat_map(of_page).collect()
}

/// A source of one slice.
struct Sliced(AnyResource);

impl Source for Sliced {
    fn name(&self) -> &'static str {
        "shop"
    }

    fn resources(&self) -> Vec<AnyResource> {
        vec![self.0.clone()]
    }
}

#[tokio::test]
async fn slices_of_a_description_are_fetched_from_their_json() {
    let (output, url) = (shop(), server().await);
    let fetch = || Fetch::of(&output).base_url(&url);
    let slices = fetch().slices(3).await.unwrap();
    let shown: Vec<String> = slices.iter().map(ToString::to_string).collect();
    expect![[r#"
        slice 1 of 3 of customers: pages before 4
        slice 2 of 3 of customers: pages before 8
        slice 3 of 3 of customers: the last pages
        slice 1 of 3 of orders: 4 records of its parent
        slice 2 of 3 of orders: 4 records of its parent
        slice 3 of 3 of orders: 5 records of its parent"#]]
    .assert_eq(&shown.join("\n"));

    let mut together: HashMap<String, Vec<String>> = HashMap::new();
    for slice in &slices {
        let slice: Slice = serde_json::from_str(&serde_json::to_string(slice).unwrap()).unwrap();
        let resource = fetch().slice(&slice).unwrap();
        let pages: Vec<_> = resource.pages(Start::default()).try_collect().await.unwrap();
        together.entry(slice.resource().to_owned()).or_default().extend(ids(&pages));
    }
    for resource in fetch().resources().unwrap() {
        let pages: Vec<_> = resource.pages(Start::default()).try_collect().await.unwrap();
        assert_eq!(together[&*resource.plan().name], ids(&pages));
    }

    // What the table has of the other slices would be deleted by `replace`.
    let database = tempfile::tempdir().unwrap();
    let pipeline = Pipeline::new("shop", Sqlite::at(database.path().join("shop.db")));
    let refused = pipeline.run(&Sliced(fetch().slice(&slices[0]).unwrap())).await;
    expect!["`customers` is a slice of a fetch, and a load takes what it is not given for deleted or still to come: load the whole resource, or write the records of its slices without a pipeline"].assert_eq(&refused.unwrap_err().to_string());

    let other = fetch().setting("state", "closed").slice(&slices[0]).unwrap();
    let other: Result<Vec<_>, _> = other.pages(Start::default()).try_collect().await;
    let error = other.err().unwrap().to_string();
    expect!["customers: the slice is a part of a fetch with other settings; fetch it with what that was cut with, or cut this fetch again"].assert_eq(&error);
}
