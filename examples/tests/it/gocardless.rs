//! `gocardless.yaml` holds for what the API sends: each declared field is filled, none is left over.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    http::{HeaderMap, Uri},
};
use rest_source::{Date, Fetch, FieldRef, Resource, Timestamp, rest_source};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[rest_source("gocardless.yaml")]
mod api {}

const RESOURCES: [&str; 4] = ["payments", "refunds", "mandates", "payouts"];

#[tokio::test]
async fn samples_fill_every_declared_field() {
    let server = Server::start(RESOURCES.map(our_sample)).await;
    let client = server.client();

    let payments = as_served(client.payments(), &server).await;
    let refunds = as_served(client.refunds(), &server).await;
    let mandates = as_served(client.mandates(), &server).await;
    let payouts = as_served(client.payouts(), &server).await;

    // The second record of each has what the API leaves out or sends as null.
    all_filled(&payments[0]);
    all_filled(&refunds[0]);
    all_filled(&mandates[0]);
    all_filled(&payouts[0]);

    let payment = &payments[0];
    assert_eq!(payment.id, "PM00A7XK2M9QZC");
    assert_eq!(payment.created_at, Some("2026-03-02T08:15:30.12Z".parse::<Timestamp>().unwrap()));
    assert_eq!(payment.charge_date, Some(Date::constant(2026, 3, 6)));
    assert_eq!(payment.amount, Some(4_599));
    assert_eq!(payment.retry_if_possible, Some(true));
    let fx: Value = payment.fx.as_ref().unwrap().read().unwrap();
    assert_eq!(fx["exchange_rate"], "1.1598173516");
    assert_eq!(payments[1].charge_date, None);
}

#[tokio::test]
async fn requests_are_as_the_api_wants_them() {
    let server = Server::start(RESOURCES.map(our_sample)).await;
    server.client().payouts().all().await.unwrap();

    let requests = server.requests.lock().unwrap();
    let [(uri, headers)] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!(uri, "/payouts?limit=500");
    assert_eq!(headers["gocardless-version"], "2015-07-06");
    assert_eq!(headers["authorization"], "Bearer sample-token");
}

/// The API's own samples are other people's data: they are read where they lie, if they are there.
#[tokio::test]
async fn published_samples_have_no_field_that_is_not_declared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/gocardless");
    if !folder.is_dir() {
        // Past the test harness, which keeps what `eprintln!` writes to itself.
        let folder = folder.display();
        writeln!(io::stderr(), "NOT TESTED: there are no published samples in {folder}").unwrap();
        return;
    }
    let published = |resource: &str| {
        let actions = read(&folder.join(format!("{resource}.json")));
        let mut page = actions["list"]["body"].clone();
        let single = actions["get"]["body"][resource].clone();
        page[resource].as_array_mut().unwrap().push(single);
        page
    };
    let server = Server::start(RESOURCES.map(published)).await;
    let client = server.client();

    assert_eq!(as_served(client.payments(), &server).await.len(), 3);
    assert_eq!(as_served(client.refunds(), &server).await.len(), 3);
    assert_eq!(as_served(client.mandates(), &server).await.len(), 3);
    assert_eq!(as_served(client.payouts(), &server).await.len(), 3);
}

/// Fetches a resource: as many records as the server has, each with the server's values in its
/// fields and nothing besides.
async fn as_served<T: Resource>(fetch: Fetch<T>, server: &Server) -> Vec<T> {
    let resource = &*T::PLAN.name;
    let records = fetch.all().await.unwrap();
    let samples = server.page(resource)[resource].as_array().unwrap();
    assert_eq!(records.len(), samples.len(), "{resource}");
    for (record, sample) in records.iter().zip(samples) {
        for (index, column) in T::PLAN.columns.iter().enumerate() {
            let (field, value) = (record.field(index), &sample[&*column.name]);
            assert!(is(field, value), "{resource}.{} is {field:?} for {value}", column.name);
        }
        assert!(record.extra().is_empty(), "not declared by {resource}: {:?}", record.extra());
    }
    records
}

/// Whether a field holds the value; one that is not there is null.
fn is(field: FieldRef<'_>, value: &Value) -> bool {
    match field {
        FieldRef::Null => value.is_null(),
        FieldRef::Text(text) => value == text,
        FieldRef::Bigint(number) => *value == number,
        FieldRef::Bool(truth) => *value == truth,
        FieldRef::Json(json) => json.read::<Value>().is_ok_and(|json| *value == json),
        FieldRef::Date(date) => *value == date.to_string(),
        FieldRef::Timestamp(moment) => value.as_str().unwrap().parse().ok() == Some(moment),
        other => panic!("no column has the type of {other:?}"),
    }
}

fn all_filled<T: Resource>(record: &T) {
    for (index, column) in T::PLAN.columns.iter().enumerate() {
        let filled = record.field(index) != FieldRef::Null;
        assert!(filled, "the sample of {} lacks {}", T::PLAN.name, column.name);
    }
}

fn our_sample(resource: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gocardless");
    read(&folder.join(format!("{resource}.json")))
}

fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_str(&text).unwrap()
}

/// Serves one page of each resource, and an empty one after it to whoever follows its cursor.
struct Server {
    base_url: String,
    pages: Arc<[Value; 4]>,
    requests: Arc<Mutex<Vec<(Uri, HeaderMap)>>>,
}

impl Server {
    async fn start(pages: [Value; 4]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            base_url: format!("http://{}", listener.local_addr().unwrap()),
            pages: Arc::new(pages),
            requests: Arc::default(),
        };
        let (pages, requests) = (server.pages.clone(), server.requests.clone());
        let answer = async move |uri: Uri, headers: HeaderMap| {
            let resource = uri.path().trim_start_matches('/').to_owned();
            let page = match uri.query() {
                Some(query) if query.contains("after=") => {
                    json!({&resource: [], "meta": {"cursors": {"after": null}}})
                }
                _ => page(&pages, &resource).clone(),
            };
            requests.lock().unwrap().push((uri, headers));
            Json(page)
        };
        tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
        server
    }

    fn client(&self) -> api::Client {
        let builder = api::Client::builder().base_url(&self.base_url);
        builder.access_token("sample-token").build().unwrap()
    }

    fn page(&self, resource: &str) -> &Value {
        page(&self.pages, resource)
    }
}

fn page<'a>(pages: &'a [Value; 4], resource: &str) -> &'a Value {
    let page = pages.iter().find(|page| page.get(resource).is_some());
    page.unwrap_or_else(|| panic!("no page of {resource}"))
}
