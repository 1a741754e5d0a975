//! Responses of success that bring no records: reports of errors, work that is not done, lists that
//! are left out.

use std::collections::BTreeSet;

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
};
use expect_test::expect;
use futures_util::{StreamExt as _, TryStreamExt as _};
use rest_source::{
    __private::SourcePages,
    AnyRecord, AnyResource, Error, Fetch, Start,
    plan::{
        Action, Auth, BodyFilter, Choice, Column, Compare, Comparison, Cursor, DataType, End,
        Endpoint, Filter, HttpBasic, Literal, Operand, Paginator, Place, ResourcePlan,
        ResponseAction, Selector, Step,
    },
};
use serde_json::{Value, json};

use crate::{
    children::{path, resource},
    shown::shown,
    support::{Log, Server, fetch, items, json_path, member, plan_of, secret, text, with},
};

/// A selector as a file has it; nothing is none.
fn selector(text: &'static str) -> Option<Selector> {
    let name = |name: &'static str| Choice::One(Step::Name(name.into()));
    match text {
        "" => None,
        "$" => Some(Selector::ROOT),
        "items[*]" => Some(json_path(text, vec![name("items"), Choice::Wildcard])),
        "[*]" => Some(json_path(text, vec![Choice::Wildcard])),
        keys => Some(path(&keys.split('.').collect::<Vec<_>>())),
    }
}

/// How many records a body has where they are looked for so.
async fn count(from: &'static str, status: u16, body: &'static str) -> Result<usize, Error> {
    let status = StatusCode::from_u16(status).unwrap();
    let server = Server::answering(move |_| (status, body)).await;
    let endpoint = Endpoint { data_selector: selector(from), ..items() };
    let client = with(&server, |_| {}).build().unwrap();
    fetch(&client, endpoint).await.map(|records| records.len())
}

/// Errors as APIs report them with status 200, and where the records are looked for.
const REPORTS: &[(&str, &str)] = &[
    ("", r#"{"ok": false, "error": "invalid_auth"}"#),
    ("$", r#"{"ok": false, "error": "missing_scope", "needed": "read", "provided": "write"}"#),
    ("", r#"{"errors": [{"message": "Rate limit exceeded"}]}"#),
    (
        "$",
        r#"{"errors": [{"message": "x", "path": ["a"]}], "data": null, "extensions": {"cost": 1}}"#,
    ),
    ("", r#"{"message": "Not Found", "documentation_url": "https://example.com"}"#),
    ("$", r#"{"message": "Internal server error"}"#),
    ("$", r#"{"Message": "An error has occurred."}"#),
    ("$", r#"{"detail": "Not found."}"#),
    ("$", r#"{"Note": "Our call frequency is 5 calls per minute"}"#),
    ("", r#"{"error": {"code": 401, "message": "no", "details": [{"a": 1}]}}"#),
    ("", r#"{"error": "shard not available", "meta": {"after": 3}}"#),
    ("$", r#"{"status": "error"}"#),
    ("$", r#"{"status": "fail", "data": {}, "message": "bad"}"#),
    ("$", r#"{"success": false}"#),
    ("", r#"{"success": "false", "message": "expired", "result": null}"#),
    ("", r#"{"code": 17, "msg": "user request limit reached"}"#),
    ("$", r#"{"code": 3, "message": "bad", "details": [{"@type": "x"}]}"#),
    ("", r#"{"errcode": 40001, "errmsg": "invalid credential"}"#),
    ("$", r#"{"Fault": {"Error": [{"Message": "x"}]}, "time": "2026-01-01"}"#),
    ("$", r#"{"fault": {"faultstring": "Invalid ApiKey"}}"#),
    ("$", r#"{"cod": 401, "message": "Invalid API key"}"#),
    ("$", r#"{"stat": "fail", "code": 100, "message": "Invalid API Key"}"#),
    ("$", r#"{"Response": "False", "Error": "Movie not found!"}"#),
    ("$", r#"{"Error Message": "Invalid API call"}"#),
    ("$", r#"{"result": "error", "error-type": "invalid-key"}"#),
    ("$", r#"{"timestamp": 1, "status": 500, "error": "Internal Server Error", "path": "/x"}"#),
    ("$", r#"{"type": "about:blank", "title": "Gone", "status": 410, "detail": "gone"}"#),
    ("$", r#"{"__type": "ThrottlingException", "message": "Rate exceeded"}"#),
    ("$", r#"{"odata.error": {"code": "x", "message": {"value": "y"}}}"#),
    ("$", r#"{"object": "error", "status": 401, "code": "unauthorized", "message": "x"}"#),
    (
        "$",
        r#"{"status": "error", "message": "x", "correlationId": "c", "category": "RATE_LIMITS"}"#,
    ),
    ("$", r#"{"code": "cannot_view", "message": "Sorry", "data": {"status": 401}}"#),
    (
        "$",
        r#"{"status": {"timestamp": "t", "error_code": 1001, "error_message": "x", "elapsed": 3}}"#,
    ),
    ("", r#"{"meta": {"code": 400, "errorType": "param_error"}, "response": {}}"#),
    ("", r#"{"response": {"errors": ["x"]}, "request_id": "r"}"#),
    ("data", r#"{"status": {"error_code": 1001, "error_message": "x"}, "data": []}"#),
    ("$", r#"{"Code": "Throttling", "Message": "x", "RequestId": "r", "HostId": "h"}"#),
    ("$", r#"{"ok": false, "error_code": 401, "description": "Unauthorized"}"#),
    ("", r#"{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "x"}}"#),
    (
        "$",
        r#"{"jsonrpc": "2.0", "id": "a", "error": {"code": -32000, "message": "x", "data": []}}"#,
    ),
    ("result", r#"{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "x"}}"#),
    (
        "result",
        r#"{"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x"}, "result": null}"#,
    ),
    ("$", r#"{"errorMessages": ["x"], "errors": {}}"#),
    ("data", r#"{"data": null, "errors": [{"message": "Rate limit exceeded"}]}"#),
    ("data", r#"{"data": null, "message": "Rate limit exceeded"}"#),
    ("data", r#"{"errors": [{"message": "x"}]}"#),
    ("data", r#"{"success": false, "message": "bad", "data": []}"#),
    ("data", r#"{"status": "error", "message": "bad", "data": []}"#),
    ("data", r#"{"status": "error", "data": {"reason": "x", "attempts": 3}}"#),
    ("data", r#"{"data": {"error": "x"}}"#),
    ("data", r#"{"code": 17, "msg": "limit reached", "data": {}}"#),
    ("data", r#"{"success": false, "message": "bad", "data": ""}"#),
    ("data.viewer.nodes", r#"{"data": {"viewer": null}, "errors": [{"message": "x"}]}"#),
    ("results", r#"{"results": [], "status": "OVER_QUERY_LIMIT", "error_message": "quota"}"#),
    ("items", r#"{"code": 17, "msg": "limit reached", "items": []}"#),
    ("data.items", r#"{"data": null, "errors": [{"message": "x"}]}"#),
    ("data.items", r#"{"data": {"items": null}, "errors": [{"message": "x"}]}"#),
    ("response.items", r#"{"response": {"error": "x"}, "request_id": "r"}"#),
    ("items[*]", r#"{"ok": false, "error": "invalid_auth"}"#),
    ("items[*]", r#"{"items": null, "errors": ["x"]}"#),
    ("[*]", r#"{"error": {"code": 1, "message": "x"}}"#),
    // A status of HTTP beside a reason.
    ("", r#"{"responseStatus": 400, "responseDetails": "quota", "responseData": null}"#),
    (
        "$",
        r#"{"responseStatus": 403, "responseDetails": "quota", "responseData": null, "hits": 3}"#,
    ),
    (
        "responseData",
        r#"{"responseStatus": 400, "responseDetails": "quota", "responseData": null}"#,
    ),
    ("", r#"{"status": 429, "reason": "quota", "retryIn": 30}"#),
    ("$", r#"{"statusCode": 500, "errorMessage": "x", "node": "a1"}"#),
    // Nothing in place of the data, and why.
    ("", r#"{"data": null, "message": "Quota exceeded", "requestsLeft": 0}"#),
    ("$", r#"{"result": null, "success": false, "requestsLeft": 0}"#),
    ("", r#"{"responseData": null, "responseMessage": "Quota exceeded"}"#),
    ("$", r#"{"status": "0", "info": "INVALID_USER_KEY", "infocode": "10001"}"#),
    // Numbers of errors where records are expected.
    ("data", r#"{"data": [], "errors": 3}"#),
    ("data", r#"{"data": null, "meta": {"errors": 3}}"#),
    ("$", r#"{"success": false, "errors": 3}"#),
    (
        "hits.hits",
        r#"{"_shards": {"total": 2, "successful": 0, "failed": 2}, "hits": {"hits": []}}"#,
    ),
    // A text in place of the records, and why.
    ("result", r#"{"status": "0", "message": "NOTOK", "result": "Max rate limit reached"}"#),
    ("result", r#"{"status": 0, "message": "Sorry", "result": "Max rate limit reached"}"#),
    ("result", r#"{"message": "Rate limit exceeded", "result": "none"}"#),
    ("data", r#"{"success": false, "data": "Invalid token"}"#),
    ("data", r#"{"code": 401, "data": "Invalid token"}"#),
    ("data.items", r#"{"error": "expired", "data": {"items": "none"}}"#),
    ("items[*]", r#"{"status": "0", "message": "NOTOK", "items": "Max rate limit reached"}"#),
    // A list of errors.
    ("", r#"[{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]"#),
    ("$", r#"[{"errorCode": "INVALID_FIELD", "message": "No such column", "fields": ["Nmae"]}]"#),
    (
        "records",
        r#"[{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]"#,
    ),
    ("[*]", r#"[ {"message": "x", "errorCode": "A"}, {"message": "y", "errorCode": "B"} ]"#),
    ("items[*]", r#"[{"error": {"code": 403, "message": "x", "status": "PERMISSION_DENIED"}}]"#),
    ("", r#"[{"code": "rest_forbidden", "message": "Sorry", "data": {"status": 401}}]"#),
    ("$", r#"[{"code": "E42", "message": "Invalid session"}]"#),
    ("$", r#"[{"error": "invalid_token"}]"#),
    // Words for a failure beside an empty list.
    ("data", r#"{"resultCode": "ERROR", "data": []}"#),
    ("data", r#"{"resultCode": "ERROR", "resultMessage": "x", "data": null}"#),
    ("", r#"{"data": [], "result": "failure"}"#),
    ("", r#"{"took": 3, "data": [], "status": "error"}"#),
    ("data", r#"{"data": [], "status": "KO"}"#),
    ("data", r#"{"data": [], "success": "false"}"#),
    ("data", r#"{"data": [], "success": "no", "total": 0}"#),
    ("data", r#"{"data": [], "ack": "Failure"}"#),
    ("data", r#"{"data": [], "returnStatus": "FAILED"}"#),
    ("data", r#"{"data": [], "hasErrors": true}"#),
    ("data", r#"{"data": [], "errorCount": 2}"#),
    ("data", r#"{"data": [], "code": "TOKEN_INVALID"}"#),
    ("data.items", r#"{"header": {"resultCode": "ERROR"}, "data": {"items": []}}"#),
];

/// Records and lists whose words are those of errors, and how many records they are.
const RECORDS: &[(&str, &str, usize)] = &[
    ("$", r#"{"id": 1, "message": "hi", "status": "failed", "error": "card declined"}"#, 1),
    ("$", r#"{"id": 1, "message": "hi", "status": "ok", "error": null, "errors": []}"#, 1),
    ("$", r#"{"id": "r", "ok": false, "error": "lost"}"#, 1),
    ("", r#"{"uuid": "r", "success": false, "message": "m"}"#, 1),
    ("$", r#"{"name": "Nightly", "ok": false}"#, 1),
    ("$", r#"{"sha": "a", "message": "Fix it"}"#, 1),
    ("$", r#"{"title": "Dune", "detail": "A planet"}"#, 1),
    ("$", r#"{"title": "Dune", "description": "A planet", "type": "book"}"#, 1),
    ("$", r#"{"code": "USD", "name": "Dollar"}"#, 1),
    ("$", r#"{"code": 276, "type": "country"}"#, 1),
    ("$", r#"{"code": 404, "name": "Area"}"#, 1),
    ("$", r#"{"status": "active"}"#, 1),
    ("$", r#"{"status": "ok", "message": "All systems go"}"#, 1),
    ("$", r#"{"status": "degraded", "message": "Slow"}"#, 1),
    ("$", r#"{"status": "processing"}"#, 1),
    ("$", r#"{"success": true, "message": "pong"}"#, 1),
    ("$", r#"{"status": 200, "message": "pong"}"#, 1),
    ("$", r#"{"errors": 3, "warnings": 5, "runs": 7}"#, 1),
    ("$", r#"{"status": "failed", "reason": "declined", "amount": 5}"#, 1),
    ("$", r#"{"email": "a@example.com", "result": "invalid"}"#, 1),
    ("$", r#"{"error": null, "value": 5}"#, 1),
    ("$", "{}", 0),
    ("$", r#"[{"error": "x"}, {"message": "y"}]"#, 2),
    ("$", "[]", 0),
    ("$", "null", 0),
    ("", r#"{"ok": true, "channels": [{"id": 1}], "error": ""}"#, 1),
    ("", r#"{"data": [{"id": 1}], "error": {"code": "ok", "message": ""}}"#, 1),
    ("", r#"{"items": [{"error": "x", "status": "error"}]}"#, 1),
    ("data", r#"{"data": [], "message": "No records found"}"#, 0),
    ("data", r#"{"data": [], "error": null, "errors": [], "status": "success"}"#, 0),
    ("data", r#"{"data": [], "error": {"code": "ok", "message": "", "log_id": "1"}}"#, 0),
    ("data", r#"{"data": [], "code": 0, "msg": "success"}"#, 0),
    ("data", r#"{"data": [], "code": 200, "message": "OK"}"#, 0),
    ("data", r#"{"data": [], "error": false, "success": true}"#, 0),
    ("data", r#"{"data": [], "error": "no error"}"#, 0),
    ("data", r#"{"data": null, "code": "0", "message": "done"}"#, 0),
    ("data", r#"{"data": null, "meta": {"total": 0}}"#, 0),
    ("data", r#"{"data": {"id": 1}, "errors": [{"message": "partly"}]}"#, 1),
    ("data", r#"{"data": [{"id": 1}], "errors": [{"message": "partly"}]}"#, 1),
    ("results", r#"{"results": [], "status": "ZERO_RESULTS"}"#, 0),
    ("errors", r#"{"errors": [{"id": 1}]}"#, 1),
    ("errors", r#"{"errors": []}"#, 0),
    ("$", r#"{"object": "user", "status": {"code": 404}, "email": "a@example.com"}"#, 1),
    ("$", r#"{"data": {"id": 5, "status": "failed"}}"#, 1),
    ("$", r#"{"status": {"code": 200, "message": "OK"}, "data": {"id": 1}}"#, 1),
    ("data", r#"{"status": {"error_code": 0, "error_message": null}, "data": []}"#, 0),
    ("data", r#"{"meta": {"code": 200}, "data": []}"#, 0),
    ("data", r#"{"code": 0, "msg": "ok", "data": {}}"#, 0),
    ("error", r#"{"error": {"code": 5}}"#, 1),
    ("items[*]", r#"{"items": [{"error": "x"}]}"#, 1),
    ("items[*]", r#"{"total": 0}"#, 0),
    ("items[*]", "{}", 0),
    ("[*]", r#"{"a": {"id": 1}, "error": {"id": 2}}"#, 2),
    // What counts errors is a record.
    ("$", r#"{"errors": 12, "warnings": 3}"#, 1),
    ("", r#"{"errors": 12, "warnings": 3}"#, 1),
    ("$", r#"{"errors": "12"}"#, 1),
    ("data", r#"{"data": [], "errors": 0}"#, 0),
    (
        "hits.hits",
        r#"{"_shards": {"total": 2, "successful": 1, "failed": 1}, "hits": {"hits": []}}"#,
        0,
    ),
    // Plain values are records, if nothing says that they are not.
    ("result", r#"{"status": "1", "message": "OK", "result": "1234"}"#, 1),
    (
        "result",
        r#"{"status": "1", "message": "OK-Missing API key, rate limit of 1/5sec", "result": "0"}"#,
        1,
    ),
    ("result", r#"{"status": "0", "message": "No transactions found", "result": []}"#, 0),
    ("result", r#"{"jsonrpc": "2.0", "id": 1, "result": "0x4b7"}"#, 1),
    ("data", r#"{"message": "hi", "data": "pong"}"#, 1),
    ("data", r#"{"status": 0, "data": "pong"}"#, 1),
    ("data", r#"{"status": 0, "message": "Success", "data": "pong"}"#, 1),
    ("count", r#"{"status": 0, "message": "Sorry", "count": 5}"#, 1),
    ("data", r#"{"data": ["Max rate limit reached"], "message": "Rate limit exceeded"}"#, 1),
    // A record may have nothing where another one has data, and a status of HTTP.
    ("$", r#"{"name": "job", "result": null, "message": "queued"}"#, 1),
    ("$", r#"{"id": 1, "data": null, "message": "hi"}"#, 1),
    ("$", r#"{"url": "/a", "status": 404, "checked": "2024-01-01"}"#, 1),
    ("$", r#"{"id": 1, "status": 404, "message": "Not Found"}"#, 1),
    // A list of what has happened, or of errors that there may be.
    ("$", r#"[{"id": 1, "message": "disk full", "errorCode": "E1"}]"#, 1),
    ("$", r#"[{"message": "disk full", "errorCode": "E1", "timestamp": "2026-01-01"}]"#, 1),
    ("", r#"[{"message": "disk full", "errorCode": "E1", "host": "a"}]"#, 1),
    ("", r#"[{"message": "Payment failed"}]"#, 1),
    ("", r#"[{"code": "E1", "description": "disk full"}]"#, 1),
    ("", r#"[{"code": 404, "title": "Not Found"}]"#, 1),
    ("", r#"[{"status": "failed"}]"#, 1),
    ("$", r#"[{"error": null, "message": "done"}, {"error": "x", "message": "late"}]"#, 2),
    (
        "$",
        r#"[{"errorCode": "A", "message": "a"}, {"errorCode": "B", "message": "b"},
            {"errorCode": "C", "message": "c"}, {"errorCode": "D", "message": "d"}]"#,
        4,
    ),
    ("items", r#"{"items": [{"message": "a", "errorCode": "A"}]}"#, 1),
    // Words for success beside an empty list.
    ("data", r#"{"data": [], "resultCode": "OK", "partial_failure": false, "success": "true"}"#, 0),
    ("data", r#"{"data": [], "code": "SUCCESS", "errorCount": 0, "ack": "Success"}"#, 0),
];

#[tokio::test]
async fn a_report_of_an_error_is_neither_a_record_nor_an_empty_list() {
    let mut said = BTreeSet::new();
    for (from, body) in REPORTS {
        let error = count(from, 200, body).await.expect_err(body);
        assert!(error.is_status() && error.status() == Some(200), "{from} {body}: {error}");
        assert_eq!(error.page(), Some(1));
        let text = shown(&error);
        let (own, _) = text.split_once(body.get(..20).unwrap_or(body)).expect("the API's words");
        said.insert(own.to_owned());
    }
    expect![[r#"
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Code == 'Throttling'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Error", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Fault", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Message", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Note", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.__type == 'ThrottlingException'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@._shards.failed > 0", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.ack == 'Failure'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.cod == 401", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.code == 'TOKEN_INVALID'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.code == 'unauthorized'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.code == 17", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.code == 3", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.code == 401", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.data.error", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.data.status == 401", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.detail", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.errcode == 40001", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.error", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.errorMessage", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.errorMessages", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.error_code == 401", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.error_message", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.errors == 3", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.errors", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.fault", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.hasErrors == true", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.header.resultCode == 'ERROR'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.info == 'INVALID_USER_KEY'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.message == 'NOTOK'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.message", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.meta.code == 400", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.response.error", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.response.errors", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.responseMessage", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.responseStatus == 400", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.responseStatus == 403", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.result == 'failure'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.result", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.resultCode == 'ERROR'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.returnStatus == 'FAILED'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.stat == 'fail'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status == 'KO'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status == 'error'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status == 'fail'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status == 410", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status == 429", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.status.error_code == 1001", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.success == 'false'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.success == 'no'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.success == false", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@['Error Message']", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@['error-type']", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@['odata.error']", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@[*].code == 'E42'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@[*].code == 'rest_forbidden'", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@[*].error", action: ignore}`, or `action: accept` for a record (1 try in … s): 
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@[*].errorCode", action: ignore}`, or `action: accept` for a record (1 try in … s): "#]].assert_eq(&Vec::from_iter(said).join("\n"));
}

#[tokio::test]
async fn records_may_have_the_words_of_errors() {
    for (from, body, records) in RECORDS {
        let found = count(from, 200, body).await;
        assert_eq!(found.map_err(|error| error.to_string()), Ok(*records), "{from} {body}");
    }
}

/// Records that the server has not found because a part of the search failed are missing.
#[tokio::test]
async fn a_search_that_failed_in_part_warns() {
    let log = Log::of_all();
    for (from, body, records) in [
        (
            "hits.hits",
            r#"{"_shards": {"total": 2, "successful": 1, "failed": 1}, "hits": {"hits": [{}]}}"#,
            1,
        ),
        (
            "hits.hits",
            r#"{"_shards": {"total": 2, "successful": 1, "failed": 1}, "hits": {"hits": []}}"#,
            0,
        ),
        ("hits", r#"{"took": 5, "timed_out": true, "hits": [{}]}"#, 1),
        ("", r#"{"incomplete_results": true, "items": [{}]}"#, 1),
    ] {
        assert_eq!(count(from, 200, body).await.unwrap(), records, "{body}");
    }
    expect![[r#"
        records may be missing: `_shards.failed` says that the server has not searched all of them resource="items"
        records may be missing: `_shards.failed` says that the server has not searched all of them resource="items"
        records may be missing: `timed_out` says that the server has not searched all of them resource="items"
        records may be missing: `incomplete_results` says that the server has not searched all of them resource="items"
    "#]].assert_eq(&log.warnings());
}

/// The records of a body, or the error of a fetch that has to be complete; and the log of one that need
/// not be.
async fn count_both(from: &'static str, body: String) -> (usize, Result<usize, Error>, String) {
    let server = Server::answering(move |_| body.clone()).await;
    let endpoint = Endpoint { data_selector: selector(from), ..items() };
    let client = with(&server, |plan| {
        let password = secret(plan, "key");
        plan.auth =
            Auth::HttpBasic(HttpBasic { username: text("me"), password, ..HttpBasic::DEFAULT });
    });
    let client = client.secret("key", "s3cr3t-key").build().unwrap();
    let name = format!("part_{}", fastrand::u64(..));
    let plan = ResourcePlan { name: name.clone().into(), ..plan_of(endpoint) };
    let log = Log::of_all();
    let records = Fetch::<Value>::of_plan(&client, plan.clone()).all().await.unwrap().len();
    let text = log.text();
    let warned = text.lines().filter(|line| line.contains("WARN") && line.contains(&name));
    let warned = warned.collect();
    let strict = AnyResource::of_fetch(Fetch::<AnyRecord>::of_plan(&client, plan));
    let strict = strict.pages(Start::default().strict(true));
    let strict: Result<Vec<_>, _> = strict.try_collect().await;
    (records, strict.map(|pages| pages.iter().map(|page| page.records.len()).sum()), warned)
}

/// GraphQL answers with what it has and lists the fields that failed beside it.
#[tokio::test]
async fn errors_beside_data_tell_of_records_that_are_missing() {
    let many = format!("[{}]", vec![r#"{"id": 1, "name": "something long"}"#; 2_000].join(","));
    let padding = "x".repeat(5_000);
    let mut texts = String::new();
    for (from, body, records) in [
        (
            "data.items",
            r#"{"data": {"items": [{"id": 1}]}, "errors": [{"message": "shard 7 is down", "path": ["items"]}]}"#.to_owned(),
            1,
        ),
        ("data.items", r#"{"errors": [{"message": "no"}], "data": {"items": [{}]}}"#.to_owned(), 1),
        ("data", r#"{"data": [{}], "errors": ["row 3 is locked"]}"#.to_owned(), 1),
        ("data", r#"{"data": [{}], "errors": [{"code": 7}]}"#.to_owned(), 1),
        ("data.me", r#"{"data": {"me": {"id": 1}}, "errors": [{"message": "no"}]}"#.to_owned(), 1),
        (
            "data",
            format!(r#"{{"data": {many}, "errors": [{{"message": "late"}}], "extensions": {{"cost": 1}}}}"#),
            2_000,
        ),
        ("data", format!(r#"{{"data": [{{}}], "errors": [{{"message": "{padding}"}}]}}"#), 1),
    ] {
        let (found, strict, log) = count_both(from, body.clone()).await;
        let error = strict.expect_err(&body);
        assert!(error.is_incomplete(), "{error}");
        assert_eq!(found, records);
        for text in [error.to_string(), log] {
            assert!(text.len() < 1_000, "{text}");
            texts += &told(&text);
        }
    }
    expect![[r#"
        part, page 1: records may be missing: `errors` beside the data says: shard 7 is down; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: shard 7 is down resource="part"
        part, page 1: records may be missing: `errors` beside the data says: no; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: no resource="part"
        part, page 1: records may be missing: `errors` beside the data says: row 3 is locked; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: row 3 is locked resource="part"
        part, page 1: records may be missing: `errors` beside the data says: {"code":7}; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: {"code":7} resource="part"
        part, page 1: records may be missing: `errors` beside the data says: no; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: no resource="part"
        part, page 1: records may be missing: `errors` beside the data says: late; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: late resource="part"
        part, page 1: records may be missing: `errors` beside the data says: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx resource="part"
    "#]].assert_eq(&texts);
    let (_, strict, log) = count_both(
        "data",
        r#"{"data": [{}], "errors": [{"message": "bad key s3cr3t-key"}]}"#.to_owned(),
    )
    .await;
    let text = format!("{}{}", told(&log), told(&strict.unwrap_err().to_string()));
    expect![[r#"
        rest_source::fetch::fetcher: records may be missing: `errors` beside the data says: bad key *** resource="part"
        part, page 1: records may be missing: `errors` beside the data says: bad key ***; if that passes, say `response_actions: [{where: "@.errors[*]", action: retry}]`, or `action: accept` to take what comes
    "#]].assert_eq(&text);
}

/// A text in lines of its own, without the number in the name of its resource.
fn told(text: &str) -> String {
    // Without the moment and the place of an event.
    let text = text
        .split_once(" WARN ")
        .and_then(|(_, event)| event.split_once("}: "))
        .map_or(text, |(_, said)| said);
    let mut parts = text.split("part_");
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told += "part";
        told += part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    format!("{}\n", shown(told.trim()))
}

/// What has records and says that the request failed, or a part of it.
#[tokio::test]
async fn a_failure_beside_records_is_told() {
    let mut texts = String::new();
    for (from, body) in [
        ("data", r#"{"status": "error", "data": [{}]}"#),
        ("data", r#"{"data": [{}], "status": "error", "message": "late"}"#),
        ("", r#"{"resultCode": "ERROR", "data": [{}], "total": 1}"#),
        ("data.items", r#"{"data": {"items": [{"a": [1]}]}, "success": false}"#),
        ("data", r#"{"success" : "false", "data": [{}]}"#),
        ("data", r#"{"ok": 0, "data": [{}]}"#),
        ("data", r#"{"data": [{}], "result": "Failure"}"#),
        ("items", r#"{"error": {"code": 1, "message": "x"}, "items": [{}]}"#),
    ] {
        let (found, strict, log) = count_both(from, body.to_owned()).await;
        assert_eq!((found, strict.unwrap()), (1, 1), "{body}");
        texts += &told(&log);
    }
    expect![[r#"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"status": "error", "data": []}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"data": [], "status": "error", "message": "late"}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"resultCode": "ERROR", "data": [], "total": 1}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"data": {"items": []}, "success": false}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"success" : "false", "data": []}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"ok": 0, "data": []}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"data": [], "result": "Failure"}` resource="part"
        rest_source::fetch::fetcher: records may be missing: beside the records it says `{"error": {"code": 1, "message": "x"}, "items": []}` resource="part"
    "#]].assert_eq(&texts);
    let mut texts = String::new();
    for body in [
        r#"{"partial_failure": true, "data": [{}]}"#,
        r#"{"data": [{}], "partialFailureError": {"code": 3}}"#,
        r#"{"data": [{}], "status": "PARTIAL"}"#,
        r#"{"data": [], "partial-failure": true}"#,
    ] {
        let (_, strict, log) = count_both("data", body.to_owned()).await;
        texts += &told(&strict.expect_err(body).to_string());
        texts += &told(&log);
    }
    expect![[r#"
        part, page 1: records may be missing: `partial_failure` says that a part of the request failed; if that passes, say `response_actions: [{where: "@.partial_failure == true", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `partial_failure` says that a part of the request failed resource="part"
        part, page 1: records may be missing: `partialFailureError` says that a part of the request failed; if that passes, say `response_actions: [{where: "@.partialFailureError", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `partialFailureError` says that a part of the request failed resource="part"
        part, page 1: records may be missing: `status: PARTIAL` says that a part of the request failed; if that passes, say `response_actions: [{where: "@.status == 'PARTIAL'", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `status: PARTIAL` says that a part of the request failed resource="part"
        part, page 1: records may be missing: `partial-failure` says that a part of the request failed; if that passes, say `response_actions: [{where: "@['partial-failure'] == true", action: retry}]`, or `action: accept` to take what comes
        rest_source::fetch::fetcher: records may be missing: `partial-failure` says that a part of the request failed resource="part"
    "#]].assert_eq(&texts);
    for (from, body) in [
        ("data", r#"{"data": [{}], "status": "ok", "error": null, "success": true}"#),
        ("data", r#"{"error": "", "errors": [], "data": [{}], "success": "yes"}"#),
        ("data", r#"{"data": [{"status": "error", "success": false}], "error": false}"#),
        ("data", r#"{"ok": true, "data": [{}], "error_count": 0, "partial_failure": false}"#),
        ("data", r#"{"data": [{}], "self": "/errors?success=false", "email": "a@example.com"}"#),
        ("[*]", r#"{"a": {"status": "failed", "x": [1]}}"#),
        ("items", r#"{"jobs": "failed", "items": [{}], "description": "all that failed"}"#),
    ] {
        let (found, strict, log) = count_both(from, body.to_owned()).await;
        assert_eq!((found, strict.unwrap(), &*log), (1, 1, ""), "{body}");
    }
}

/// A list of errors may be what is fetched, too.
#[tokio::test]
async fn a_list_of_errors_is_one_of_records_where_the_file_says_so() {
    let server = Server::answering(|_| r#"[{"message": "x", "errorCode": "E1"}]"#).await;
    let client = with(&server, |_| {}).build().unwrap();
    let plan = |name: &'static str, columns: &[&'static str]| {
        let columns = columns.iter().map(|name| Column::new(name, DataType::Text));
        let endpoint = Endpoint { data_selector: None, ..items() };
        let columns = columns.collect::<Vec<_>>().into();
        ResourcePlan { name: name.into(), columns, ..plan_of(endpoint) }
    };
    for (name, columns, is_records) in [
        ("items", &[] as &[_], false),
        ("items", &["id", "message"], false),
        ("items", &["message", "errorCode"], true),
        ("error_codes", &[], true),
    ] {
        let found = Fetch::<Value>::of_plan(&client, plan(name, columns)).all().await;
        assert_eq!(found.is_ok(), is_records, "{name} {columns:?} {found:?}");
    }
}

/// Nor is a search that failed in part complete.
#[tokio::test]
async fn records_of_a_search_that_failed_in_part_replace_no_others() {
    for (body, condition) in [
        (r#"{"timed_out": true, "hits": [{}]}"#, "@.timed_out == true"),
        (r#"{"incomplete_results": true, "hits": [{}]}"#, "@.incomplete_results == true"),
        (r#"{"_shards": {"successful": 1, "failed": 1}, "hits": [{}]}"#, "@._shards.failed > 0"),
    ] {
        let (records, strict, _) = count_both("hits", body.to_owned()).await;
        let error = strict.expect_err(body);
        assert!(records == 1 && error.is_incomplete(), "{error}");
        assert!(error.to_string().contains(condition), "{error}");
    }
}

#[tokio::test]
async fn errors_that_are_none_or_elsewhere_tell_of_nothing() {
    for (from, body) in [
        ("data", r#"{"data": [{}], "errors": []}"#),
        ("data", r#"{"data": [{}], "errors": null}"#),
        ("data", r#"{"data": [{}], "errors": 0}"#),
        ("data", r#"{"data": [{}], "errors": [null]}"#),
        ("data", r#"{"data": [{"errors": [{"message": "no"}]}]}"#),
        ("data.items", r#"{"data": {"items": [{}], "errors": [{"message": "no"}]}}"#),
        ("items", r#"{"items": [{}], "errors": [{"message": "no"}]}"#),
    ] {
        let (found, strict, log) = count_both(from, body.to_owned()).await;
        assert_eq!((found, strict.unwrap(), &*log), (1, 1, ""), "{body}");
    }
}

/// A list of errors may be what is fetched.
#[tokio::test]
async fn a_list_may_be_called_as_its_resource_is() {
    let server = Server::answering(|_| r#"{"errors": [{"code": 1, "message": "x"}]}"#).await;
    let client = with(&server, |_| {}).build().unwrap();
    let plan = ResourcePlan {
        name: "errors".into(),
        ..plan_of(Endpoint { data_selector: None, ..items() })
    };
    assert_eq!(Fetch::<Value>::of_plan(&client, plan).all().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_has_every_declared_column_is_a_record() {
    let server = Server::answering(|_| r#"{"message": "hi"}"#).await;
    let client = with(&server, |_| {}).build().unwrap();
    let plan = |names: &[&'static str]| {
        let columns = names.iter().map(|name| Column::new(name, DataType::Text));
        ResourcePlan { columns: columns.collect::<Vec<_>>().into(), ..plan_of(items()) }
    };
    let greeting = Fetch::<Value>::of_plan(&client, plan(&["message"])).all().await;
    assert_eq!(greeting.unwrap(), [json!({"message": "hi"})]);
    let commit = Fetch::<Value>::of_plan(&client, plan(&["sha", "message"])).all().await;
    assert!(commit.unwrap_err().is_status());
}

#[tokio::test]
async fn the_type_of_a_problem_is_a_report_whatever_it_says() {
    let server = Server::answering(|_| {
        ([(CONTENT_TYPE, "application/problem+json")], r#"{"id": 1, "odd": "words"}"#)
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    assert!(fetch(&client, items()).await.unwrap_err().is_status());
}

#[tokio::test]
async fn accepted_is_not_done() {
    let mut said = String::new();
    for (from, body) in [
        ("$", r#"{"status": "processing"}"#),
        ("", r#"{"state": "queued", "job_id": 7}"#),
        ("$", "{}"),
        ("$", "[]"),
        ("data", r#"{"data": [], "status": "pending"}"#),
        ("data", r#"{"data": null}"#),
        ("data", r#"{"progress": 10}"#),
    ] {
        let error = count(from, 202, body).await.expect_err(body);
        let text = error.to_string();
        assert_eq!(error.status(), Some(202), "{text}");
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {"status": "processing"}
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {"state": "queued", "job_id": 7}
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {}
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): []
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {"data": [], "status": "pending"}
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {"data": null}
        items, page 1: GET URL/items answered 202 Accepted, which says that the work is not done, and no records; `response_actions` say what to do, `{status_code: 202, action: retry}` (1 try in … s): {"progress": 10}
    "#]].assert_eq(&said);
    for (from, body) in [
        ("$", r#"[{"id": 1}]"#),
        ("$", r#"{"id": 1, "name": "x"}"#),
        ("", r#"{"data": [{"id": 1}], "status": "done"}"#),
    ] {
        assert_eq!(count(from, 202, body).await.unwrap(), 1, "{body}");
    }
}

fn cursor(from: &'static str) -> Endpoint {
    let paginator = Paginator::Cursor(Cursor {
        cursor_path: path(&["next"]),
        place: Place::Param("after".into()),
        initial_cursor: None,
        page_size: None,
        ..Cursor::DEFAULT
    });
    Endpoint { data_selector: selector(from), paginator, ..items() }
}

#[tokio::test]
async fn a_report_on_a_later_page_ends_the_fetch_there() {
    for (from, body) in [
        ("data", r#"{"error": "shard not available", "next": 3}"#),
        ("data", r#"{"data": [], "error": "shard not available", "next": 3}"#),
        ("$", r#"{"error": "shard not available", "shard": 7, "next": 3}"#),
        ("", r#"{"ok": false, "error": "x", "next": 3}"#),
    ] {
        let server = Server::answering(move |seen| match seen.param("after").as_deref() {
            None => r#"{"data": [{"id": 1}], "next": 2}"#,
            Some("2") => body,
            _ => r#"{"data": [{"id": 3}]}"#,
        })
        .await;
        let client = with(&server, |_| {}).build().unwrap();
        let pages = Fetch::<Value>::of_plan(&client, plan_of(cursor(from))).pages();
        let pages: Vec<_> = pages.collect().await;
        let [Ok(first), Err(error)] = &pages[..] else { panic!("{from} {body}: {pages:?}") };
        assert_eq!((first.records.len(), error.page()), (1, Some(2)), "{error}");
        assert_eq!(server.seen().len(), 2, "{from} {body}");
        assert!(!first.checkpoint.is_end());
    }
}

/// A page behind the error would come with a checkpoint that skips the one that failed.
#[tokio::test]
async fn of_several_resources_one_that_fails_ends_at_that_page() {
    for broken in [
        r#"{"error": "shard not available", "next": "4"}"#,
        r#"{"items": [{"id": "odd"}], "next": "4"}"#,
    ] {
        let server = Server::answering(move |seen| {
            let after = seen.param("after");
            match (&*seen.path, after.as_deref()) {
                ("/posts", None) => r#"{"items": [{"id": 1}, {"id": 2}], "next": "2"}"#,
                ("/posts", _) => r#"{"items": [{"id": 3}, {"id": 4}]}"#,
                ("/posts/2/comments", _) | ("/authors", Some("2")) => broken,
                ("/authors", None) => r#"{"items": [{"id": 1}], "next": "2"}"#,
                _ => r#"{"items": [{"id": 7}]}"#,
            }
        })
        .await;
        let numbered = |plan| {
            let columns = vec![Column::new("id", DataType::Bigint)].into();
            ResourcePlan { columns, ..plan }
        };
        let posts = numbered(resource("posts", "/posts", None));
        let comments = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
        let resources =
            [posts, numbered(comments), numbered(resource("authors", "/authors", None))];
        let client = with(&server, |_| {}).build().unwrap();
        let mut pages = SourcePages::<AnyRecord>::new(&client, resources, |fetch| fetch).unwrap();
        let mut came: Vec<(String, Result<usize, u64>)> = Vec::new();
        while let Some((resource, page)) = pages.next().await {
            let page = page.map(|page| page.records.len());
            came.push((resource, page.map_err(|error| error.page().unwrap())));
        }
        let of = |name: &str| -> Vec<Result<usize, u64>> {
            came.iter().filter(|(of, _)| of == name).map(|(_, page)| *page).collect()
        };
        assert_eq!(of("posts"), [Ok(2), Ok(2)], "{came:?}");
        assert_eq!(of("authors"), [Ok(1), Err(2)], "{came:?}");
        let comments = of("comments");
        assert!(matches!(comments[..], [Ok(1), Err(_)]), "{came:?}");
    }
}

fn rule(status: Option<u16>, filter: BodyFilter, action: Action) -> ResponseAction {
    let statuses = status.map(|status| (status, status));
    ResponseAction {
        statuses,
        content: None,
        filter: Some(filter),
        action,
        ..ResponseAction::DEFAULT
    }
}

/// `@.code != 0`
fn code_is_not_zero() -> BodyFilter {
    BodyFilter::Holds(Filter::Compare(Compare {
        left: Operand::Value(member("code")),
        comparison: Comparison::NotEqual,
        right: Operand::Literal(Literal::Number("0".into())),
        ..Compare::DEFAULT
    }))
}

fn acting(action: ResponseAction) -> Endpoint {
    Endpoint { data_selector: selector("data"), response_actions: vec![action].into(), ..items() }
}

#[tokio::test(start_paused = true)]
async fn what_a_body_says_can_be_retried_ignored_or_raised() {
    const BUSY: &str = r#"{"code": 17, "data": [{"id": 1}]}"#;
    for (action, expected, requests) in [
        (Action::Retry, Ok(2), 3),
        (Action::Ignore, Ok(0), 1),
        (Action::Raise, Err(Some(200)), 1),
        (Action::Accept, Ok(1), 1),
    ] {
        let server = Server::answering(|seen| match seen.number {
            1 | 2 => BUSY,
            _ => r#"{"code": 0, "data": [{"id": 1}, {"id": 2}]}"#,
        })
        .await;
        let client = with(&server, |_| {}).build().unwrap();
        let found = fetch(&client, acting(rule(Some(200), code_is_not_zero(), action))).await;
        let found = found.map(|records| records.len()).map_err(|error| error.status());
        assert_eq!((found, server.seen().len()), (expected, requests), "{action:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_empty_or_broken_can_be_retried() {
    let mut said = String::new();
    for broken in ["", " ", "<html>busy</html>", r#"{"data": [{"id": 1}"#] {
        let server = Server::answering(move |seen| match seen.number {
            1 | 2 => broken,
            _ => r#"{"data": [{"id": 1}]}"#,
        })
        .await;
        let client = with(&server, |_| {}).build().unwrap();
        let retry = acting(rule(None, BodyFilter::NotJson, Action::Retry));
        assert_eq!(fetch(&client, retry).await.unwrap().len(), 1, "{broken}");

        let error = count("data", 200, broken).await.unwrap_err();
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
        items, page 1: the response (text/plain; charset=utf-8) is not JSON (expected value at line 1 column 1); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found <html>busy</html>
        items, page 1: the response (text/plain; charset=utf-8) is not JSON (EOF while parsing a list at line 1 column 19); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found {"data": [{"id": 1}
    "#]].assert_eq(&said);
    // A status that has no body is none of these, and what is no JSON has nothing to compare.
    for (status, body, filter) in [
        (204, "", BodyFilter::NotJson),
        (200, "[]", BodyFilter::NotJson),
        (200, "[]", BodyFilter::NotJson),
    ] {
        let server =
            Server::answering(move |_| (StatusCode::from_u16(status).unwrap(), body)).await;
        let client = with(&server, |_| {}).build().unwrap();
        let endpoint = Endpoint {
            response_actions: vec![rule(None, filter, Action::Raise)].into(),
            ..items()
        };
        assert!(fetch(&client, endpoint).await.unwrap().is_empty(), "{status}");
    }
    let server = Server::answering(|_| "<html>").await;
    let client = with(&server, |_| {}).build().unwrap();
    let ignore = acting(rule(None, code_is_not_zero(), Action::Ignore));
    assert!(fetch(&client, ignore).await.unwrap_err().is_decode());
}

#[tokio::test]
async fn an_accepted_response_is_a_page_whatever_it_looks_like() {
    for (status, body) in [
        (200, r#"{"status": "error", "message": "disk full"}"#),
        (202, r#"{"status": "processing"}"#),
        (404, r#"{"message": "none"}"#),
    ] {
        let server =
            Server::answering(move |_| (StatusCode::from_u16(status).unwrap(), body)).await;
        let client = with(&server, |_| {}).build().unwrap();
        let accept = ResponseAction {
            statuses: Some((status, status)),
            content: None,
            filter: None,
            action: Action::Accept,
            ..ResponseAction::DEFAULT
        };
        let endpoint = Endpoint { response_actions: vec![accept].into(), ..items() };
        assert_eq!(fetch(&client, endpoint).await.unwrap().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_list_that_may_be_left_out_is_an_empty_one() {
    let offset = || {
        let mut endpoint = cursor("data.items");
        endpoint.data_selector_required = false;
        endpoint
    };
    for body in
        ["{}", r#"{"data": {}}"#, r#"{"data": null, "total": 0}"#, r#"{"data": {"items": null}}"#]
    {
        let server = Server::answering(move |seen| match seen.param("after") {
            None => r#"{"data": {"items": [{"id": 1}]}, "next": 2}"#,
            Some(_) => body,
        })
        .await;
        let client = with(&server, |_| {}).build().unwrap();
        let pages = Fetch::<Value>::of_plan(&client, plan_of(offset())).pages();
        let pages: Vec<_> = pages.try_collect().await.unwrap();
        let counts: Vec<_> = pages.iter().map(|page| page.records.len()).collect();
        assert_eq!(counts, [1, 0], "{body}");
    }
    for body in [r#"{"data": []}"#, r#"{"data": "none"}"#, "7", "[]", r#"{"message": "busy"}"#] {
        let server = Server::answering(move |_| body).await;
        let client = with(&server, |_| {}).build().unwrap();
        assert!(fetch(&client, offset()).await.is_err(), "{body}");
    }
}

#[tokio::test]
async fn a_left_out_list_is_an_error_that_says_how_to_allow_it() {
    let error = count("data.items", 200, r#"{"data": {"total": 0}}"#).await.unwrap_err();
    assert!(error.is_decode());
    let text = error.to_string();
    expect!["items, page 1: the data selector `data.items` matches nothing: `data` has the keys `total`; if the API leaves it out where there are no records, write `data_selector_required: false`, or `data.items[*]` for the selector"].assert_eq(&shown(&text));
}

/// Where nothing is to be found, no further page is requested.
#[tokio::test]
async fn a_selector_that_matches_nothing_is_told_of_the_first_page() {
    let server = Server::answering(|seen| {
        json!({"items": [{"id": 1}], "next": seen.number + 1}).to_string().into_response()
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    let error = fetch(&client, cursor("data")).await.unwrap_err();
    assert_eq!((error.page(), server.seen().len()), (Some(1), 1), "{error}");
}

/// Empty objects and texts in place of the records, as PHP writes an empty list, are none.
#[tokio::test]
async fn an_empty_object_or_text_is_no_record() {
    for (from, body) in [
        ("data", r#"{"data": {}}"#),
        ("data", r#"{"data": "", "total": 0}"#),
        ("data.items", r#"{"data": {"items": {}}}"#),
        ("$", "{}"),
    ] {
        assert_eq!(count(from, 200, body).await.unwrap(), 0, "{body}");
    }
    assert_eq!(count("data", 200, r#"{"data": [{}]}"#).await.unwrap(), 1);
    assert_eq!(count("data", 200, r#"{"data": {"a": null}}"#).await.unwrap(), 1);
    // It ends the pages of a parent, too.
    let server = Server::answering(|seen| match () {
        () if seen.number == 1 => r#"{"data": [{"id": 1}]}"#,
        () if seen.path == "/events" => r#"{"data": ""}"#,
        () => r#"{"items": [{"n": 1}]}"#,
    })
    .await;
    let parent = crate::pagination::plan(crate::pagination::page_number(None, None, End::NONE));
    let lines = resource("lines", "/events/{}", Some((&parent, &["id"])));
    let client = with(&server, |_| {}).build().unwrap();
    let records = rest_source::Fetch::<Value>::of_plan(&client, lines).all().await.unwrap();
    assert_eq!((records.len(), server.seen().len()), (1, 3));
}
