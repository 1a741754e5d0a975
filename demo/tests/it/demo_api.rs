//! The demo API, as any HTTP client sees it.

use std::time::{Duration, Instant};

use hyper::{Method, StatusCode};
use rest_source_demo::{DemoApi, LoggedRequest, Options};
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::http::{Answer, send};

const RESOURCES: [&str; 4] = ["payments", "refunds", "mandates", "payouts"];

#[tokio::test]
async fn following_after_reads_every_record_of_each_resource_once() {
    let api = without_faults(1_234).await;
    for resource in RESOURCES {
        let mut ids = Vec::new();
        let mut target = format!("/v1/{resource}?limit=500");
        loop {
            let page = get(&api, &target).await;
            assert_eq!(page.status, StatusCode::OK);
            let records = page.body[resource].as_array().unwrap();
            ids.extend(records.iter().map(|record| record["id"].as_str().unwrap().to_owned()));
            let Some(after) = page.body["meta"]["cursors"]["after"].as_str() else { break };
            target = format!("/v1/{resource}?limit=500&after={after}");
        }
        let pages = api.requests().iter().filter(|r| r.target.contains(resource)).count();
        assert_eq!((ids.len(), pages), (1_234, 3), "{resource}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 1_234, "{resource}");
    }
}

#[tokio::test]
async fn a_page_says_its_limit_and_both_cursors() {
    let api = without_faults(100).await;
    let meta =
        async |query: &str| get(&api, &format!("/v1/payments{query}")).await.body["meta"].take();

    let first = json!({"cursors": {"before": null, "after": "PM000051"}, "limit": 50});
    assert_eq!(meta("").await, first);
    let second = json!({"cursors": {"before": "PM000050", "after": "PM000031"}, "limit": 20});
    assert_eq!(meta("?after=PM000051&limit=20").await, second);
    let last = json!({"cursors": {"before": "PM000020", "after": null}, "limit": 20});
    assert_eq!(meta("?after=PM000021&limit=20").await, last);
    let behind_the_end = json!({"cursors": {"before": null, "after": null}, "limit": 20});
    assert_eq!(meta("?after=PM000001&limit=20").await, behind_the_end);
}

#[tokio::test]
async fn an_api_without_records_has_one_empty_page() {
    let api = without_faults(0).await;
    let page = get(&api, "/v1/refunds").await.body;
    let cursors = json!({"before": null, "after": null});
    assert_eq!(page, json!({"refunds": [], "meta": {"cursors": cursors, "limit": 50}}));
}

#[tokio::test]
async fn records_are_the_same_in_every_run_and_alone() {
    let (one, other) = (without_faults(50).await, without_faults(80).await);
    for (resource, id) in
        RESOURCES.into_iter().zip(["PM000050", "RF000050", "MD000050", "PO000050"])
    {
        let listed = get(&one, &format!("/v1/{resource}")).await.body[resource][0].take();
        let alone = get(&other, &format!("/v1/{resource}/{id}")).await.body[resource].take();
        assert_eq!(listed, alone);
        assert_eq!(listed["id"], id);
        assert_eq!(listed.as_object().unwrap().len(), 12, "{resource}");
    }
}

#[tokio::test]
async fn records_have_the_fields_and_the_gaps_of_real_ones() {
    let api = without_faults(500).await;
    for (resource, sometimes_null) in RESOURCES.into_iter().zip([
        ["charge_date", "reference"],
        ["settled_on", "reference"],
        ["amount", "verified_at"],
        ["arrival_date", "tax_currency"],
    ]) {
        let page = get(&api, &format!("/v1/{resource}?limit=500")).await.body;
        let records = page[resource].as_array().unwrap();
        for field in sometimes_null {
            let nulls = records.iter().filter(|record| record[field] == Value::Null).count();
            assert!((1..500).contains(&nulls), "{resource}.{field} is null {nulls} times in 500");
        }
        let newest_first =
            |pair: &[Value]| pair[0]["created_at"].as_str() > pair[1]["created_at"].as_str();
        assert!(records.windows(2).all(newest_first), "{resource}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_whatever_is_asked() {
    let api = DemoApi::start().await.unwrap();
    for authorization in
        [None, Some("Bearer another"), Some("Basic demo-access-token"), Some("Bearer")]
    {
        for target in ["/v1/payments", "/v1/payments/PM000001", "/nowhere"] {
            let answer = send(Method::GET, api.base_url(), target, authorization).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{authorization:?}");
            assert_eq!(answer.body["error"]["code"], 401);
            assert_eq!(answer.body["error"]["errors"][0]["reason"], "access_token_not_valid");
        }
    }
}

#[tokio::test]
async fn what_is_asked_wrongly_is_answered_by_an_error_in_json() {
    let api = without_faults(100).await;
    for (target, status, complaint) in [
        ("/v1/payments?limit=501", 422, "limit must be a whole number from 1 to 500"),
        ("/v1/payments?limit=0", 422, "limit must be a whole number from 1 to 500"),
        ("/v1/payments?limit=all", 422, "limit must be a whole number from 1 to 500"),
        ("/v1/payments?after=PM000101", 422, "after must be the id of a record of this list"),
        ("/v1/payments?after=RF000001", 422, "after must be the id of a record of this list"),
        ("/v1/payments?after=", 422, "after must be the id of a record of this list"),
        ("/v1/payments?page=2", 422, "page is not a parameter of this list"),
        ("/v1/payments/PM000101", 404, "There is no record with this id"),
        ("/v1/payments/PM1", 404, "There is no record with this id"),
        ("/v1/customers", 404, "There is no such path"),
    ] {
        let answer = get(&api, target).await;
        let error = &answer.body["error"];
        assert_eq!(answer.status, status, "{target}");
        assert_eq!(error["code"], status, "{target}");
        assert_eq!(error["message"], complaint, "{target}");
        assert_eq!(error["errors"][0]["message"], complaint, "{target}");
        assert_eq!(error["request_id"], answer.headers["x-request-id"].to_str().unwrap());
    }
    let answer = send(Method::POST, api.base_url(), "/v1/payments", Some(&bearer(&api))).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.body["error"]["type"], "invalid_api_usage");
}

#[tokio::test]
async fn every_fourth_request_for_a_resource_fails_and_succeeds_when_repeated() {
    let api = DemoApi::start().await.unwrap();
    for resource in ["payments", "payouts"] {
        let mut statuses = Vec::new();
        for _ in 0..13 {
            let answer = get(&api, &format!("/v1/{resource}")).await;
            let retry_after =
                answer.headers.get("retry-after").map(|value| value.to_str().unwrap());
            assert_eq!(retry_after, (answer.status == 429).then_some("1"));
            statuses.push(answer.status.as_u16());
        }
        assert_eq!(
            statuses,
            [200, 200, 200, 429, 200, 200, 200, 503, 200, 200, 200, 500, 200],
            "{resource}"
        );
    }
}

#[tokio::test]
async fn the_log_has_every_answer() {
    let api = without_faults(10).await;
    get(&api, "/v1/payments?limit=5").await;
    get(&api, "/nowhere").await;
    let logged = |target: &str, status| LoggedRequest {
        method: "GET".to_owned(),
        target: target.to_owned(),
        status,
    };
    assert_eq!(api.requests(), [logged("/v1/payments?limit=5", 200), logged("/nowhere", 404)]);
}

#[tokio::test]
async fn an_answer_takes_at_least_the_latency() {
    let latency = Duration::from_millis(30);
    let api = DemoApi::start_with(Options { latency, ..Options::default() }).await.unwrap();
    let begin = Instant::now();
    get(&api, "/v1/payments").await;
    assert!(begin.elapsed() >= latency);
}

#[tokio::test]
async fn a_dropped_api_stops_listening() {
    let api = DemoApi::start().await.unwrap();
    let address = api.base_url().strip_prefix("http://").unwrap().to_owned();
    drop(api);
    let refused = async {
        while TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), refused).await.unwrap();
}

async fn without_faults(records: u64) -> DemoApi {
    let options = Options { records, fault_every: None, ..Options::default() };
    DemoApi::start_with(options).await.unwrap()
}

async fn get(api: &DemoApi, target: &str) -> Answer {
    send(Method::GET, api.base_url(), target, Some(&bearer(api))).await
}

fn bearer(api: &DemoApi) -> String {
    format!("Bearer {}", api.token())
}
