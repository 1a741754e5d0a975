//! Records are found where the data selector says, and a body that has none there is an error.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Error, Fetch, Resource,
    plan::{Choice, Step},
};
use serde_json::value::RawValue;

use crate::{
    shown::shown,
    support::{Balance, Payment, Payout, Server, client, items, json_path, plan_of},
};

async fn fetch<T: Resource>(body: &'static str) -> Result<Vec<T>, Error> {
    answer(move || body.into_response()).await
}

async fn answer<T: Resource>(
    answer: impl Fn() -> Response + Clone + Send + Sync + 'static,
) -> Result<Vec<T>, Error> {
    let server = Server::answering(move |_| answer()).await;
    Fetch::<T>::new(&client(&server)).all().await
}

#[tokio::test]
async fn a_list_an_object_and_null_are_records() {
    for (body, count) in [
        (r#"{"payments":[{"id":"a"},{"id":"b"}]}"#, 2),
        (r#"{"payments":[]}"#, 0),
        (r#"{"payments":{"id":"a"}}"#, 1),
        (r#"{"payments":null}"#, 0),
        (r#"{"meta":{"payments":[1]},"payments":[{"id":"a"}],"more":[{}]}"#, 1),
        (r#"{"payments":[{"id":"x"},{"id":"y"}],"payments":[{"id":"a"}]}"#, 1),
        (r#"{"payments":[{"amount":"x"}],"payments":[{"id":"a"}]}"#, 1),
        (r#"{"payments":[5],"payments":{"id":"a"}}"#, 1),
        (r#"{"\ud800":0,"payments":[{"id":"a"}]}"#, 1),
        (" \n{ \"payments\" : [ {\"id\" : \"a\"} ] } \n", 1),
        ("\u{feff}{\"payments\":[{\"id\":\"a\"}]}", 1),
    ] {
        assert_eq!(fetch::<Payment>(body).await.unwrap().len(), count, "{body}");
    }
}

#[tokio::test]
async fn a_body_without_what_is_selected_is_an_error_that_helps() {
    let mut said = String::new();
    for body in [r#"{"data":[],"meta":{}}"#, "{}", "[]", "7", r#"{"payments":"none"}"#] {
        let error = fetch::<Payment>(body).await.unwrap_err();
        assert!(error.is_decode());
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: the data selector `payments` matches nothing: the response has the keys `data`, `meta`; if the API leaves it out where there are no records, write `data_selector_required: false`, or `payments[*]` for the selector
        payments, page 1: the data selector `payments` matches nothing: the response is an empty object; if the API leaves it out where there are no records, write `data_selector_required: false`, or `payments[*]` for the selector
        payments, page 1: the data selector `payments` matches nothing: the response is a list
        payments, page 1: the data selector `payments` matches nothing: the response is a number
        payments, page 1: the data selector `payments` must lead to a list, an object or null, not to a text
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn what_is_no_object_is_no_record() {
    let mut said = String::new();
    for body in [r#"[{"id":"a"},[1]]"#, r#"[{"id":"a"},7]"#, r#"[{"id":"a"},null]"#] {
        let error = fetch::<Payout>(body).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
        assert_eq!(error.record(), Some(2));
    }
    expect![[r#"
        payouts, page 1, record 2: expected a record, which is an object, found [1]
        payouts, page 1, record 2: expected a record, which is an object, found 7
        payouts, page 1, record 2: expected a record, which is an object, found null
    "#]]
    .assert_eq(&said);
    assert!(fetch::<Balance>("7").await.unwrap_err().is_decode());
}

#[tokio::test]
async fn a_body_that_is_not_json_is_recognised() {
    let page = || {
        let html = "<!DOCTYPE html>\n<html><title>Sign in</title>";
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "text/html; charset=utf-8".parse().unwrap());
        (headers, html).into_response()
    };
    let mut said = String::new();
    for error in
        [answer::<Payment>(page).await.unwrap_err(), answer::<Payout>(page).await.unwrap_err()]
    {
        assert!(error.is_decode());
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: the response (text/html; charset=utf-8) is not JSON (expected value at line 1 column 1); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found <!DOCTYPE html> <html><title>Sign in</title>
        payouts, page 1: the response (text/html; charset=utf-8) is not JSON (expected value at line 1 column 1); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found <!DOCTYPE html> <html><title>Sign in</title>
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_body_that_is_empty_cut_or_not_utf_8_is_an_error() {
    for body in [&b""[..], b" ", b"[{\"id\":\"a\"}", b"[] []", b"[{\"id\":\"\xff\"}]"] {
        let error = answer::<Payout>(move || body.into_response()).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_eq!((error.resource(), error.page()), (Some("payouts"), Some(1)));
    }
}

#[tokio::test]
async fn a_cut_body_is_recognised_although_what_is_left_looks_like_a_page_cursor() {
    let body = r#"{"payments":[{"id":"a","meta":{"cursors":{"after":{}}}}"#;
    let error = fetch::<Payment>(body).await.unwrap_err().to_string();
    expect![[r#"payments, page 1: the response (text/plain; charset=utf-8) is not JSON (EOF while parsing a list at line 1 column 55); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found {"payments":[{"id":"a","meta":{"cursors":{"after":{}}}}"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn structs_are_made_of_what_a_path_selects() {
    let fetch = |body: &'static str| async move {
        let server = Server::answering(move |_| body).await;
        let mut plan = <Payout as Resource>::PLAN.clone();
        let choices = vec![Choice::Wildcard, Choice::One(Step::Name("all".into()))];
        plan.endpoint.data_selector = Some(json_path("[*].all", choices));
        Fetch::<Payout>::of_plan(&client(&server), plan).all().await
    };
    let payouts = fetch(r#"[{"all":[{"id":"a"}]},{"all":[{"id":"b"}]}]"#).await.unwrap();
    assert_eq!(payouts.iter().filter_map(|p| p.id.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
    let error = fetch(r#"[{"all":[{"id":"a"}]},{"all":[7]}]"#).await.unwrap_err();
    expect!["payouts, page 1, record 2: expected a record, which is an object, found 7"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn json_records_may_be_anything() {
    for (body, expected) in [
        ("[1,2.50,null]", &["1", "2.50", "null"][..]),
        (r#"[[1,2],["a"],{"id":1}]"#, &["[1,2]", r#"["a"]"#, r#"{"id":1}"#]),
        ("7", &["7"]),
        ("null", &[]),
    ] {
        let server = Server::answering(move |_| body).await;
        let fetch = Fetch::<Box<RawValue>>::of_plan(&client(&server), plan_of(items()));
        let records = fetch.all().await.unwrap();
        let records: Vec<&str> = records.iter().map(|record| record.get()).collect();
        assert_eq!(records, expected, "{body}");
    }
}
