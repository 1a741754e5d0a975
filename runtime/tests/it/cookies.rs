//! Cookies that a server sets come back to it, and to nobody else.

use std::sync::{Arc, Mutex};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Client, Fetch,
    plan::{Endpoint, Grant, JsonLink, KeyLocation, Paginator, Selector, SourcePlan},
};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{
        Log, Seen, Server, api_key, fetch, items, plan_of, secret, text, token_source, with,
    },
};

/// Pages by a next link, `/items` first and then those that responses name.
fn linked() -> Endpoint {
    let keys = |key: &'static str| Selector::Keys(vec![key.into()].into());
    let paginator =
        Paginator::JsonLink(JsonLink { next_url_path: keys("next"), ..JsonLink::DEFAULT });
    Endpoint { paginator, data_selector: Some(keys("items")), ..items() }
}

fn page(next: Option<&str>) -> Response {
    axum::Json(json!({"items": [{"before": next}], "next": next})).into_response()
}

fn setting(mut response: Response, cookies: &[&str]) -> Response {
    for cookie in cookies {
        response.headers_mut().append("set-cookie", cookie.parse().unwrap());
    }
    response
}

/// What the server gets back at `/items/next`, after `/items` has set these.
async fn sent_back(cookies: &'static [&'static str]) -> String {
    sent_back_by(cookies, |_| {}, linked()).await
}

async fn sent_back_by(
    cookies: &'static [&'static str],
    change: impl FnOnce(&mut SourcePlan),
    endpoint: Endpoint,
) -> String {
    let server = Server::answering(move |seen: Seen| match seen.path.as_str() {
        "/items" => setting(page(Some("/items/next")), cookies),
        _ => page(None),
    })
    .await;
    let mut has_key = false;
    let builder = with(&server, |plan| {
        change(plan);
        has_key = !plan.secrets.is_empty();
    });
    let builder = if has_key { builder.secret("key", "k") } else { builder };
    let client = builder.build().unwrap();
    assert_eq!(fetch(&client, endpoint).await.unwrap().len(), 2);
    let seen = server.seen();
    assert!(seen[0].headers.get_all("cookie").iter().count() <= 1);
    seen[1].header("cookie").to_owned()
}

#[tokio::test]
async fn a_cookie_comes_back_where_it_belongs_and_while_it_lasts() {
    let cases: [(&[&str], &str); 20] = [
        (&["sid=abc"], "sid=abc"),
        (&["sid=abc; Path=/; HttpOnly; SameSite=Strict; Priority=High"], "sid=abc"),
        (&[" sid = a b=c ;path=/"], "sid=a b=c"),
        (&["a=1; Path=/", "b=2; Path=/items", "c=3"], "b=2; a=1; c=3"),
        (&["a=1; path=/item"], ""),
        (&["a=1; path=/items/"], "a=1"),
        (&["a=1; path=/items/next", "a=2; path=/other"], "a=1"),
        (&["a=1", "a=2"], "a=2"),
        (&["a=1", "a=; Max-Age=0"], ""),
        (&["a=1", "a=; expires=Thu, 01-Jan-1970 00:00:01 GMT"], ""),
        (&["a=1; expires=Thu, 01 Jan 1970 00:00:01 GMT; max-age=60"], "a=1"),
        (&["a=1; expires=Wed, 09-Jun-2126 10:18:14 GMT"], "a=1"),
        (&["a=1; expires=Wed Jun 9 10:18:14 2126"], "a=1"),
        (&["a=1; expires=nonsense; max-age=soon"], "a=1"),
        (&["a=1; secure"], "a=1"),
        (&["a=1; domain=127.0.0.1"], "a=1"),
        (&["a=1; domain=example.com"], ""),
        (&["a=1; domain=.0.0.1"], ""),
        (&["=1", "nothing", ""], ""),
        (&["a="], "a="),
    ];
    for (cookies, expected) in cases {
        assert_eq!(sent_back(cookies).await, expected, "{cookies:?}");
    }
}

#[tokio::test]
async fn a_cookie_of_the_description_keeps_its_place() {
    let headers = |plan: &mut SourcePlan| {
        plan.headers = vec![("Cookie".into(), text("sid=mine; lang=en"))].into();
    };
    let cookies: &[&str] = &["sid=theirs", "other=1"];
    assert_eq!(sent_back_by(cookies, headers, linked()).await, "sid=mine; lang=en; other=1");
    let key = |plan: &mut SourcePlan| plan.auth = api_key(plan, "sid", KeyLocation::Cookie);
    assert_eq!(sent_back_by(cookies, key, linked()).await, "sid=k; other=1");
}

#[tokio::test]
async fn a_redirect_may_set_a_cookie_that_it_then_looks_for() {
    let server = Server::answering(|seen: Seen| match seen.header("cookie") {
        "wall=passed" => "[{}]".into_response(),
        _ => {
            setting((StatusCode::FOUND, [("location", "/items")]).into_response(), &["wall=passed"])
        }
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    assert_eq!(fetch(&client, items()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn cookies_are_of_a_client_and_its_clones() {
    let server = Server::answering(|_| setting("[]".into_response(), &["sid=abc"])).await;
    let client = with(&server, |_| {}).build().unwrap();
    for client in [client.clone(), client, with(&server, |_| {}).build().unwrap()] {
        fetch(&client, items()).await.unwrap();
    }
    let sent: Vec<_> = server.seen().iter().map(|seen| seen.header("cookie").to_owned()).collect();
    assert_eq!(sent, ["", "sid=abc", ""]);
}

#[tokio::test]
async fn no_other_server_sees_a_cookie() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/items" => {
            let next =
                format!("http://{}/last", seen.header("host").replace("127.0.0.1", "localhost"));
            setting(page(Some(&next)), &["sid=abc; Path=/"])
        }
        _ => page(None),
    })
    .await;
    let host = server.url().replace("http://127.0.0.1", "localhost");
    let client = with(&server, |plan| plan.allowed_hosts = vec![host.into()].into());
    fetch(&client.build().unwrap(), linked()).await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[1].path.as_str(), seen[1].header("cookie")), ("/last", ""));
}

#[tokio::test]
async fn the_token_endpoint_sees_no_cookie() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/token" => json!({"access_token": "t", "expires_in": 0.001}).to_string().into_response(),
        _ => setting("[]".into_response(), &["sid=abc; Path=/"]),
    })
    .await;
    let client = with(&server, |plan| {
        plan.auth =
            rest_source::plan::Auth::OAuth2(token_source(plan, &server, Grant::ClientCredentials));
    });
    let client = client.secret("client_secret", "s3cret-of-client").build().unwrap();
    for _ in 0..2 {
        fetch(&client, items()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let tokens: Vec<_> = server.seen().into_iter().filter(|seen| seen.path == "/token").collect();
    assert!(tokens.len() == 2 && tokens.iter().all(|seen| seen.header("cookie").is_empty()));
}

#[tokio::test]
async fn a_secret_that_a_cookie_repeats_stays_masked_when_the_cookie_is_replaced() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => setting(page(Some("/items?page=2")), &["token=canary-of-the-secret; path=/"]),
        2..=40 => {
            let other = format!("token=another-value-{}; path=/", seen.number);
            setting(page(Some(&format!("/items?page={}", seen.number + 1))), &[&other])
        }
        _ => (StatusCode::BAD_REQUEST, "no canary-of-the-secret").into_response(),
    })
    .await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "X-Key", KeyLocation::Header));
    let client = client.secret("key", "canary-of-the-secret").build().unwrap();
    let error = fetch(&client, linked()).await.unwrap_err();
    expect![
        "items, page 41: GET URL/items?page=41 answered 400 Bad Request (1 try in … s): no ***"
    ]
    .assert_eq(&shown(&error));
}

/// Servers show the value without them.
#[tokio::test]
async fn the_value_of_a_cookie_in_quotes_is_masked_without_them() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => setting(page(Some("/items/next")), &["sid=\"canary-in-quotes\"; Path=/"]),
        _ => {
            let sent = seen.header("cookie").to_owned();
            (StatusCode::BAD_REQUEST, format!("{sent} is canary-in-quotes")).into_response()
        }
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    let error = fetch(&client, linked()).await.unwrap_err().to_string();
    assert!(!error.contains("canary"), "{error}");
    expect![[r#"items, page 2: GET URL/items/next answered 400 Bad Request (1 try in … s): sid="***" is ***"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn the_value_of_a_cookie_is_in_no_error_log_or_checkpoint() {
    const VALUE: &str = "canary-cookie-81c4";
    let log = Log::of_all();
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => setting(page(Some("/items?page=2")), &["sid=canary-cookie-81c4"]),
        // As some load balancers do it.
        2..=40 => {
            let other = format!("lb=balancer-{}; path=/", seen.number);
            setting(page(Some(&format!("/items?page={}", seen.number + 1))), &[&other])
        }
        _ => (StatusCode::BAD_REQUEST, format!("no {:?}", seen.header("cookie"))).into_response(),
    })
    .await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let look = Arc::clone(&seen);
    let client = with(&server, |plan| {
        plan.auth = rest_source::plan::Auth::Bearer(rest_source::plan::Bearer {
            token: secret(plan, "key"),
            ..rest_source::plan::Bearer::DEFAULT
        });
    })
    .secret("key", "canary-of-the-token")
    .on_request(move |request| look.lock().unwrap().push(format!("{request:?}")));
    let client: Client = client.build().unwrap();
    let mut pages = Fetch::<Value>::of_plan(&client, plan_of(linked())).pages();
    let mut texts = Vec::new();
    let error = loop {
        match pages.try_next().await {
            Ok(page) => texts.push(serde_json::to_string(&page.unwrap().checkpoint).unwrap()),
            Err(error) => break error,
        }
    };
    expect![[r#"items, page 41: GET URL/items?page=41 answered 400 Bad Request (1 try in … s): no "sid=***; lb=***""#]].assert_eq(&shown(&error));
    texts.extend([format!("{error} {error:#?} {client:?}"), log.text()]);
    texts.append(&mut seen.lock().unwrap());
    for text in texts {
        assert!(!text.contains(VALUE), "{text}");
    }
}
