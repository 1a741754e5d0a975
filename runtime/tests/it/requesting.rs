//! What an endpoint sends: path, headers and body, with gaps that are filled.

use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{
        Body, Endpoint, JsonLink, JsonTemplate, Method, Paginator, Param, Part, Selector, Template,
    },
};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Seen, Server, fetch, items, plan_of, text, with},
};

/// A template of text and of gaps for arguments, which are in braces.
fn template(template: &'static str) -> Template {
    let mut parts = Vec::new();
    for (index, part) in template.split(['{', '}']).enumerate() {
        if part.is_empty() {
            continue;
        }
        let part = part.into();
        parts.push(if index % 2 == 0 { Part::Text(part) } else { Part::Argument(part) });
    }
    Template(parts.into())
}

/// What the server sees of an endpoint with these arguments.
async fn seen_with(endpoint: Endpoint, arguments: &[(&str, Value)]) -> Result<Seen, Error> {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| {
        plan.headers = vec![("X-Source".into(), text("s")), ("X-Both".into(), text("s"))].into();
    });
    let client = client.build().unwrap();
    let mut fetch = Fetch::<Value>::of_plan(&client, plan_of(endpoint));
    for (name, value) in arguments {
        fetch = fetch.argument(*name, value.clone());
    }
    fetch.all().await?;
    Ok(server.seen().remove(0))
}

fn post(body: Body) -> Endpoint {
    Endpoint { method: Method::Post, body: Some(body), ..items() }
}

fn object(members: &[(&'static str, JsonTemplate)]) -> JsonTemplate {
    let members: Vec<_> =
        members.iter().map(|(name, value)| (template(name), value.clone())).collect();
    JsonTemplate::Object(members.into())
}

#[tokio::test]
async fn a_value_fills_a_part_of_one_segment() {
    let cases = [
        ("/c/{x}/p", json!("a b/c"), "/c/a%20b%2Fc/p"),
        ("/c/{x}", json!("50%?#ü&=+"), "/c/50%25%3F%23%C3%BC&=+"),
        ("/c/{x}/p", json!(12_345), "/c/12345/p"),
        ("/c/{x}", json!(true), "/c/true"),
        ("/c/v{x}", json!("."), "/c/v."),
        ("/c/{x}.json", json!("..a"), "/c/..a.json"),
        ("/c/{x}", json!("%2e%2e"), "/c/%252e%252e"),
        ("/c/{x}/p", json!("..\\.."), "/c/..%5C../p"),
    ];
    for (path, value, expected) in cases {
        let endpoint = Endpoint { path: template(path), ..items() };
        let seen = seen_with(endpoint, &[("x", value)]).await.unwrap();
        assert_eq!(seen.path, expected, "{path}");
    }
}

#[tokio::test]
async fn a_value_behind_a_question_mark_is_encoded_as_one_of_a_query() {
    let values = ["Cup & Co", "a#b", "1+1", "a=b", "50%", "%26", "a/../b", "..", "", "ü?"];
    for value in values {
        for path in ["/c?name={x}", "/c/{y}?a=1&name={x}&b={y}", "/c?q=https://x/{y}&name={x}"] {
            let endpoint = Endpoint { path: template(path), ..items() };
            let seen = seen_with(endpoint, &[("x", json!(value)), ("y", json!("z"))]).await;
            let seen = seen.unwrap();
            assert_eq!(seen.param("name").as_deref(), Some(value), "{path}");
            assert_eq!(seen.query.len(), path.matches('=').count(), "{path} {value}");
        }
    }
}

#[tokio::test]
async fn what_would_lead_to_another_path_is_refused() {
    for (path, value) in [
        ("/c/{x}/p", json!("..")),
        ("/c/{x}", json!(".")),
        ("/c/{x}.", json!(".")),
        ("/c/{x}{x}?a=1", json!(".")),
        ("/c\\{x}", json!("..")),
        ("/c/{x}\\d", json!("..")),
        ("/c/%2E{x}", json!(".")),
        ("/c/{x}%2e/d", json!(".")),
        ("/c/{x}", json!("")),
        ("/c/{x}", json!(null)),
        ("/c/{x}", json!([1])),
    ] {
        let endpoint = Endpoint { path: template(path), ..items() };
        let error = seen_with(endpoint, &[("x", value.clone())]).await.unwrap_err();
        assert!(error.is_config(), "{path} {value}: {error}");
    }
}

#[tokio::test]
async fn truth_values_and_numbers_are_sent_as_json_writes_them_and_null_is_not() {
    let param = |name, value| Param { name: text(name), value: template(value), ..Param::DEFAULT };
    let params = vec![param("a", "{t}"), param("b", "{n}"), param("c", "{z}"), param("d", "")];
    let endpoint = Endpoint { params: params.into(), ..items() };
    let values = [("t", json!(true)), ("n", json!(1.5)), ("z", Value::Null)];
    let seen = seen_with(endpoint, &values).await.unwrap();
    let sent = [("a", "true"), ("b", "1.5"), ("d", "")];
    assert_eq!(seen.query, sent.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn headers_of_an_endpoint_go_over_those_of_the_source() {
    let headers = [("X-Both", "{x}-e"), ("X-{x}", "ü"), ("X-None", "{z}")];
    let headers: Vec<_> =
        headers.iter().map(|(name, value)| (template(name), template(value))).collect();
    let endpoint = Endpoint { headers: headers.into(), ..items() };
    let seen = seen_with(endpoint, &[("x", json!("one")), ("z", Value::Null)]).await.unwrap();
    assert_eq!((seen.header("x-source"), seen.header("x-both")), ("s", "one-e"));
    assert_eq!(seen.headers["x-one"].as_bytes(), "ü".as_bytes());
    assert!(!seen.headers.contains_key("x-none"));
    for value in ["a\nb", "a\0b"] {
        let endpoint = Endpoint { headers: vec![(text("X"), template("{x}"))].into(), ..items() };
        let error = seen_with(endpoint, &[("x", json!(value))]).await.unwrap_err();
        assert!(error.is_config(), "{error}");
    }
}

#[tokio::test]
async fn what_alone_fills_a_text_of_json_keeps_its_type() {
    use JsonTemplate::{List, Literal, Text};
    let body = object(&[
        ("alone", Text(template("{x}"))),
        ("within", Text(template("<{x}>"))),
        ("list", Text(template("{l}"))),
        ("none", Text(template("{z}"))),
        ("{k}", List(vec![Literal("true".into()), Literal("null".into())].into())),
        ("number", Literal("2.5".into())),
        ("object", object(&[("d", Text(template("é{{}}".trim_end_matches("{{}}"))))])),
    ]);
    let values =
        [("x", json!(12_345)), ("l", json!([7, 8])), ("z", Value::Null), ("k", json!("key"))];
    let seen = seen_with(post(Body::Json(body)), &values).await.unwrap();
    assert_eq!((seen.method.as_str(), seen.header("content-type")), ("POST", "application/json"));
    let expected = json!({
        "alone": 12_345, "within": "<12345>", "list": [7, 8], "none": null,
        "key": [true, null], "number": 2.5, "object": {"d": "é"},
    });
    assert_eq!(serde_json::from_str::<Value>(&seen.body).unwrap(), expected);
}

#[tokio::test]
async fn numbers_of_a_body_lose_no_digits() {
    let literal = |text: &'static str| post(Body::Json(JsonTemplate::Literal(text.into())));
    let seen = seen_with(literal("18446744073709551615"), &[]).await.unwrap();
    assert_eq!(seen.body, "18446744073709551615");
    let error = seen_with(literal("18446744073709551616"), &[]).await.unwrap_err();
    expect!["items: the number 18446744073709551616 is too long to be sent; quote it"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn forms_and_texts_are_sent_as_they_are() {
    let fields = [("a", "{x}"), ("b", "two words"), ("c", "x"), ("c", "y"), ("d", "{z}")];
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| (template(name), template(value))).collect();
    let values = [("x", json!(true)), ("z", Value::Null)];
    let seen = seen_with(post(Body::Form(fields.into())), &values).await.unwrap();
    assert_eq!(seen.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(seen.body, "a=true&b=two+words&c=x&c=y");

    let seen = seen_with(post(Body::Text(text("raw text"))), &[]).await.unwrap();
    assert_eq!((seen.header("content-type"), seen.body.as_str()), ("", "raw text"));

    for body in [None, Some(Body::Form(vec![].into()))] {
        let endpoint = Endpoint { method: Method::Post, body, ..items() };
        let seen = seen_with(endpoint, &[]).await.unwrap();
        assert_eq!((seen.header("content-type"), seen.body.as_str()), ("", ""));
    }
    let seen = seen_with(Endpoint { body: Some(Body::Json(object(&[]))), ..items() }, &[]);
    let seen = seen.await.unwrap();
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("GET", "{}"));
}

#[tokio::test]
async fn a_content_type_of_the_file_stays() {
    let headers = vec![(text("Content-Type"), text("application/vnd.api+json"))];
    let body = Body::Json(object(&[]));
    let endpoint = Endpoint { headers: headers.into(), ..post(body) };
    let seen = seen_with(endpoint, &[]).await.unwrap();
    assert_eq!(seen.header("content-type"), "application/vnd.api+json");
    assert_eq!(seen.headers.get_all("content-type").iter().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_post_is_sent_again_with_its_body() {
    let server = Server::answering(|seen: Seen| {
        let status = if seen.number == 1 { 503 } else { 200 };
        (axum::http::StatusCode::from_u16(status).unwrap(), "[]")
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    fetch(&client, post(Body::Text(text("abc")))).await.unwrap();
    let bodies: Vec<String> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies, ["abc", "abc"]);
}

#[tokio::test]
async fn one_value_may_fill_two_gaps_of_a_path() {
    let endpoint = Endpoint { path: template("/c/{x}/{x}"), ..items() };
    assert_eq!(seen_with(endpoint, &[("x", json!("a b"))]).await.unwrap().path, "/c/a%20b/a%20b");
}

#[tokio::test]
async fn a_post_that_is_led_on_by_a_link_stays_one_with_its_body() {
    let server = Server::answering(|seen: Seen| match seen.param("page") {
        None => json!({"data": [1], "next": "/items?page=2"}).to_string(),
        Some(_) => json!({"data": [2], "next": null}).to_string(),
    })
    .await;
    let keys = |key: &'static str| Selector::Keys(vec![key.into()].into());
    let endpoint = Endpoint {
        data_selector: Some(keys("data")),
        paginator: Paginator::JsonLink(JsonLink {
            next_url_path: keys("next"),
            ..JsonLink::DEFAULT
        }),
        ..post(Body::Json(object(&[("q", JsonTemplate::Literal("1.5".into()))])))
    };
    let records = fetch(&with(&server, |_| {}).build().unwrap(), endpoint).await.unwrap();
    assert_eq!(records, [json!(1), json!(2)]);
    let seen = server.seen();
    let sent = seen.iter().map(|seen| (&*seen.method, &*seen.body));
    assert_eq!(sent.collect::<Vec<_>>(), [("POST", r#"{"q":1.5}"#); 2]);
    assert_eq!(seen.len(), 2);
}
