//! What sort of error each failure is, and whether it may pass.

use axum::{http::StatusCode, response::IntoResponse};
use rest_source::{
    Error, ErrorKind,
    plan::{Endpoint, Paginator, Selector},
};

use crate::support::{Server, fetch, items, with};

async fn failed(status: u16, body: &'static str, endpoint: Endpoint) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let server = Server::answering(move |_| (status, body).into_response()).await;
    let client = with(&server, |plan| plan.retry.max_retries = 0).build().unwrap();
    fetch(&client, endpoint).await.unwrap_err()
}

#[tokio::test]
async fn statuses_are_of_two_kinds_and_some_may_pass() {
    for (status, kind, is_transient) in [
        (401, ErrorKind::Auth, false),
        (403, ErrorKind::Auth, false),
        (400, ErrorKind::Status, false),
        (404, ErrorKind::Status, false),
        (408, ErrorKind::Status, true),
        (425, ErrorKind::Status, true),
        (429, ErrorKind::Status, true),
        (500, ErrorKind::Status, true),
        (599, ErrorKind::Status, true),
    ] {
        let error = failed(status, "", items()).await;
        assert_eq!((error.kind(), error.is_transient()), (kind, is_transient), "{error}");
        assert_eq!(error.is_auth(), kind == ErrorKind::Auth, "{error}");
        assert!(error.is_status(), "{error}");
    }
}

#[tokio::test]
async fn responses_that_cannot_be_read_or_paged_stay_so() {
    let auto = Endpoint::new(&[], Some(Selector::ROOT), Paginator::Auto);
    let keys = Some(Selector::Keys(vec!["data".into()].into()));
    let auto_within = Endpoint::new(&[], keys, Paginator::Auto);
    for (body, endpoint, kind) in [
        ("[1", items(), ErrorKind::Decode),
        ("[{\"id\": 1", auto, ErrorKind::Decode),
        (r#"{"data": [{"id": 1}], "has_more": true}"#, auto_within, ErrorKind::Undecided),
        (r#"{"message": "no"}"#, items(), ErrorKind::Status),
    ] {
        let error = failed(200, body, endpoint).await;
        assert_eq!((error.kind(), error.is_transient()), (kind, false), "{error}");
        assert_eq!(error.is_undecided(), kind == ErrorKind::Undecided, "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let server = Server::answering(|_| "[]".into_response()).await;
    let client = with(&server, |plan| plan.retry.max_retries = 0).build().unwrap();
    drop(server);
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Broken), "{error}");
    assert!(error.is_transient() && !error.is_config() && !error.is_cancelled(), "{error}");
}
