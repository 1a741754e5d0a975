//! Credentials, headers and keys go to the base URL's server and the allowed hosts only.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::plan::{
    Auth, Bearer, Body, Endpoint, JsonLink, KeyLocation, Method, Paginator, Selector, SourcePlan,
    Template,
};

use serde_json::json;

use crate::{
    shown::shown,
    support::{Seen, Server, api_key, fetch, items, secret, text, with},
};

fn redirect(status: u16, location: &str) -> Response {
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    response.headers_mut().insert("location", location.parse().unwrap());
    response
}

/// Redirects everything but `/landed`.
async fn redirecting(status: u16, location: String) -> Server {
    Server::answering(move |seen: Seen| match seen.path.as_str() {
        "/landed" => "[{}]".into_response(),
        _ => redirect(status, &location),
    })
    .await
}

/// Every kind of credential at the same time: a bearer token and a header of the source.
fn credentials(plan: &mut SourcePlan) {
    plan.auth = Auth::Bearer(Bearer { token: secret(plan, "key"), ..Bearer::DEFAULT });
    let header = secret(plan, "header");
    plan.headers = vec![("X-Api-Key".into(), header)].into();
}

fn host(server: &Server) -> String {
    server.url().trim_start_matches("http://").to_owned()
}

#[tokio::test]
async fn an_allowed_host_sees_the_credentials() {
    let other = Server::answering(|_| "[{}]").await;
    let server = redirecting(302, format!("{}/landed", other.url())).await;
    let client = with(&server, |plan| {
        credentials(plan);
        plan.allowed_hosts = vec!["api2.example.com".into(), host(&other).into()].into();
    });
    let client = client.secret("key", "canary-1").secret("header", "canary-2").build().unwrap();
    assert_eq!(fetch(&client, items()).await.unwrap().len(), 1);
    let seen = &other.seen()[0];
    assert_eq!(
        (seen.header("authorization"), seen.header("x-api-key")),
        ("Bearer canary-1", "canary-2")
    );
}

#[tokio::test]
async fn a_host_that_is_not_allowed_sees_nothing_and_the_error_tells_how_to_allow_it() {
    let other = Server::answering(|_| "[{}]").await;
    let server = redirecting(307, format!("{}/landed", other.url())).await;
    let mut said = String::new();
    for allowed in [vec![], vec!["127.0.0.1"], vec!["example.com", "127.0.0.1:1"]] {
        let client = with(&server, |plan| {
            credentials(plan);
            plan.allowed_hosts = allowed.iter().map(|host| (*host).into()).collect();
        });
        let client = client.secret("key", "canary-1").secret("header", "canary-2").build().unwrap();
        let error = fetch(&client, items()).await.unwrap_err();
        assert!(error.is_redirect() && error.leads_away(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: GET URL/items answered 307 Temporary Redirect to URL/landed, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        items, page 1: GET URL/items answered 307 Temporary Redirect to URL/landed, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        items, page 1: GET URL/items answered 307 Temporary Redirect to URL/landed, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
    "#]].assert_eq(&said);
    assert!(other.seen().is_empty());
}

/// Pages of which each says where the next one is.
fn linked() -> Endpoint {
    let next_url_path = Selector::Keys(vec!["next".into()].into());
    let data_selector = Some(Selector::Keys(vec!["items".into()].into()));
    let paginator = Paginator::JsonLink(JsonLink { next_url_path, ..JsonLink::DEFAULT });
    Endpoint { data_selector, paginator, ..items() }
}

#[tokio::test]
async fn a_next_link_to_another_server_is_followed_only_if_that_is_allowed() {
    let other = Server::answering(|_| r#"{"items":[{"id":2}],"next":null}"#).await;
    let next = format!("{}/items?page=2", other.url());
    let server =
        Server::answering(move |_| json!({"items": [{"id": 1}], "next": next}).to_string());
    let server = server.await;
    let build = |allowed: Vec<Template>| {
        let client = with(&server, |plan| {
            credentials(plan);
            plan.allowed_hosts = allowed.into();
        });
        client.secret("key", "canary-1").secret("header", "canary-2").build().unwrap()
    };
    let error = fetch(&build(vec![]), linked()).await.unwrap_err();
    assert!(error.leads_away() && !error.is_redirect(), "{error}");
    assert_eq!((error.page(), other.seen().len()), (Some(2), 0));
    expect!["items, page 2: URL/items?page=2 is not asked: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client`"].assert_eq(&shown(&error));

    let records = fetch(&build(vec![host(&other).into()]), linked()).await.unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(other.seen()[0].header("authorization"), "Bearer canary-1");
}

#[tokio::test]
async fn a_key_in_the_query_that_a_next_link_repeats_is_sent_once() {
    let server = Server::answering(|seen: Seen| {
        let key = seen.param("key").unwrap();
        let next = seen.param("page").is_none().then(|| format!("/items?page=2&key={key}"));
        json!({"items": [{}], "next": next}).to_string()
    })
    .await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "key", KeyLocation::Query));
    let client = client.secret("key", "k1").build().unwrap();
    assert_eq!(fetch(&client, linked()).await.unwrap().len(), 2);
    let keys = server.seen()[1].query.iter().filter(|(name, _)| name == "key").count();
    assert_eq!(keys, 1);
}

#[tokio::test]
async fn a_path_may_lead_to_an_allowed_host() {
    let server = Server::answering(|_| "[]").await;
    let other = Server::answering(|_| "[{}]").await;
    let path = Template::text(format!("{}/landed", other.url()));
    for is_allowed in [false, true] {
        let client = with(&server, |plan| {
            if is_allowed {
                plan.allowed_hosts = vec![host(&other).into()].into();
            }
        });
        let endpoint = Endpoint { path: path.clone(), ..items() };
        let fetched = fetch(&client.build().unwrap(), endpoint).await;
        match fetched {
            Ok(records) => assert!(is_allowed && records.len() == 1),
            Err(error) => assert!(!is_allowed && error.is_config(), "{error}"),
        }
    }
    assert_eq!(other.seen().len(), 1);
}

#[tokio::test]
async fn what_is_no_host_cannot_be_allowed() {
    let server = Server::answering(|_| "[]").await;
    let mut said = String::new();
    for host in ["", "https://example.com", "example.com/path", "me@example.com", "a b", "h:99999"]
    {
        let client = with(&server, |plan| plan.allowed_hosts = vec![host.into()].into());
        let error = client.build().unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        `` of `allowed_hosts` is not a host: write `host` or `host:port`
        `https://example.com` of `allowed_hosts` is not a host: write `host` or `host:port`
        `example.com/path` of `allowed_hosts` is not a host: write `host` or `host:port`
        `me@example.com` of `allowed_hosts` is not a host: write `host` or `host:port`
        `a b` of `allowed_hosts` is not a host: write `host` or `host:port`
        `h:99999` of `allowed_hosts` is not a host: write `host` or `host:port`
    "#]]
    .assert_eq(&said);
}

#[tokio::test]
async fn what_was_encrypted_goes_nowhere_unencrypted() {
    // Nothing is sent: a path that is an address is looked at before.
    let server = Server::answering(|_| "[]").await;
    let mut said = String::new();
    for (base, path) in [
        ("https://api.example.com", server.url()),
        ("https://api.example.com", "http://api.example.com/items".into()),
        ("http://api.example.com", "http://files.example.com/items".into()),
    ] {
        let client = with(&server, |plan| {
            plan.allowed_hosts = vec!["files.example.com".into(), host(&server).into()].into();
        });
        let client = client.base_url(base).build().unwrap();
        let endpoint = Endpoint { path: Template::text(path.clone()), ..items() };
        let error = fetch(&client, endpoint).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items: the path `URL` leads away from https://api.example.com/: credentials stay where it is encrypted, as https://api.example.com was
        items: the path `http://api.example.com/items` leads away from https://api.example.com/: credentials stay where it is encrypted, as https://api.example.com was
        items: the path `http://files.example.com/items` leads away from http://api.example.com/: `allowed_hosts` lets credentials go to files.example.com by https only
    "#]].assert_eq(&said);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_key_in_the_query_is_sent_behind_a_redirect_too_and_once() {
    let server = redirecting(302, "/landed?from=near&key=old".to_owned()).await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "key", KeyLocation::Query));
    fetch(&client.secret("key", "k1").build().unwrap(), items()).await.unwrap();
    let pairs = [("from", "near"), ("key", "k1")].map(|(name, value)| (name.into(), value.into()));
    assert_eq!(server.seen()[1].query, pairs);
}

#[tokio::test]
async fn a_redirected_post_stays_one_or_becomes_a_get() {
    for (status, method, body) in [
        (301, "GET", ""),
        (302, "GET", ""),
        (303, "GET", ""),
        (307, "POST", "a=1"),
        (308, "POST", "a=1"),
    ] {
        let server = redirecting(status, "/landed".to_owned()).await;
        let client = with(&server, |_| {}).build().unwrap();
        let form = Body::Form(vec![(text("a"), text("1"))].into());
        let endpoint = Endpoint { method: Method::Post, body: Some(form), ..items() };
        fetch(&client, endpoint).await.unwrap();
        let seen = &server.seen()[1];
        assert_eq!((seen.method.as_str(), seen.body.as_str()), (method, body), "{status}");
        assert_eq!(seen.headers.contains_key("content-type"), method == "POST", "{status}");
    }
}

#[tokio::test]
async fn a_redirect_to_no_address_is_an_error() {
    let server = redirecting(302, "http://[".to_owned()).await;
    let client = with(&server, |_| {}).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(error.is_redirect() && !error.leads_away(), "{error}");
    expect!["items, page 1: GET URL/items answered 302 Found to http://[, which is not followed: it is no address: invalid IPv6 address (1 try in … s)"].assert_eq(&shown(&error));
}
