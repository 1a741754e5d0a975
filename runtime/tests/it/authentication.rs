//! Requests carry what authenticates them, in every way that a plan can say.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use expect_test::expect;
use futures_util::StreamExt;
use rest_source::{
    Authenticate, Error, Fetch, Outgoing,
    plan::{
        ApiKey, Auth, Bearer, Body, Endpoint, HttpBasic, Input, JsonLink, KeyLocation, Method,
        Paginator, Param, Part, Selector, SourcePlan, Template,
    },
};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Seen, Server, api_key, fetch, items, plan_of, secret, text, with},
};

/// What a server sees of a request that is authenticated so, the secret `key` being this.
async fn seen_with(key: &str, auth: impl FnOnce(&mut SourcePlan) -> Auth) -> Seen {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| plan.auth = auth(plan)).secret("key", key).build().unwrap();
    let mut endpoint = items();
    endpoint.headers = vec![(text("cookie"), text("a=1"))].into();
    fetch(&client, endpoint).await.unwrap();
    server.seen().remove(0)
}

#[tokio::test]
async fn keys_are_sent_in_a_header_the_query_or_a_cookie() {
    let seen = seen_with("k 1", |plan| api_key(plan, "X-Api-Key", KeyLocation::Header)).await;
    assert_eq!((seen.header("x-api-key"), seen.header("cookie")), ("k 1", "a=1"));
    let seen = seen_with("k&1=ü", |plan| api_key(plan, "key", KeyLocation::Query)).await;
    assert_eq!(seen.query, [("key".to_owned(), "k&1=ü".to_owned())]);
    let seen = seen_with("k1", |plan| api_key(plan, "sid", KeyLocation::Cookie)).await;
    assert_eq!(seen.header("cookie"), "a=1; sid=k1");
    let seen = seen_with("Token k1", |plan| api_key(plan, "Authorization", KeyLocation::Header));
    assert_eq!(seen.await.header("authorization"), "Token k1");
}

#[tokio::test]
async fn a_user_name_and_a_password_are_sent_in_utf_8() {
    let seen = seen_with("pä:ss wörd", |plan| {
        Auth::HttpBasic(HttpBasic {
            username: text("jörg"),
            password: secret(plan, "key"),
            ..HttpBasic::DEFAULT
        })
    })
    .await;
    // What Python's base64 makes of "jörg:pä:ss wörd".
    assert_eq!(seen.header("authorization"), "Basic asO2cmc6cMOkOnNzIHfDtnJk");
}

/// RFC 7617, section 2, has no shortest password.
#[tokio::test]
async fn a_password_may_be_empty_or_a_constant() {
    for (password, expected) in [("", "Basic azE6"), ("x", "Basic azE6eA==")] {
        let server = Server::answering(|_| "[]").await;
        let client = with(&server, |plan| {
            let username = secret(plan, "key");
            plan.auth = Auth::HttpBasic(HttpBasic {
                username,
                password: text(password),
                ..HttpBasic::DEFAULT
            });
        });
        let client = client.secret("key", "k1").build().unwrap();
        fetch(&client, items()).await.unwrap();
        assert_eq!(server.seen()[0].header("authorization"), expected);
    }
}

/// `{config.name}` in names of headers, keys and parameters; an empty setting is a value, and no name.
#[tokio::test]
async fn names_may_be_settings() {
    let server = Server::answering(|_| "[]").await;
    let setting = || Template(vec![Part::Text("X-".into()), Part::Config("name".into())].into());
    let build = |value: &str| {
        let builder = with(&server, |plan| {
            let name = |name: &'static str| Input {
                name: name.into(),
                setter: name.into(),
                variables: vec![].into(),
                ..Input::DEFAULT
            };
            plan.config = vec![name("name"), name("host")].into();
            plan.headers = vec![(setting(), text("header"))].into();
            plan.allowed_hosts = vec![Template(vec![Part::Config("host".into())].into())].into();
            let (name, key) = (Template(vec![Part::Config("name".into())].into()), text("key"));
            plan.auth =
                Auth::ApiKey(ApiKey { name, key, location: KeyLocation::Query, ..ApiKey::DEFAULT });
        });
        builder.config("name", value).config("host", "files.example.com").build()
    };
    let mut endpoint = items();
    let (name, value) = (text("region"), Template(vec![Part::Config("name".into())].into()));
    endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
    fetch(&build("tenant").unwrap(), endpoint).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.header("x-tenant"), "header");
    let query = [("region", "tenant"), ("tenant", "key")];
    assert_eq!(seen.query, query.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let error = build("").unwrap_err().to_string();
    expect!["the setting `name` is empty, and the name of something"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn an_empty_setting_is_sent() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| {
        let (name, setter) = ("region".into(), "region".into());
        plan.config =
            vec![Input { name, setter, variables: vec![].into(), ..Input::DEFAULT }].into();
    });
    let client = client.config("region", "").build().unwrap();
    let mut endpoint = items();
    let (name, value) = (text("region"), Template(vec![Part::Config("region".into())].into()));
    endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
    fetch(&client, endpoint).await.unwrap();
    assert_eq!(server.seen()[0].query, [("region".to_owned(), String::new())]);
}

type Way = fn(&mut SourcePlan) -> Auth;

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_anything_is() {
    let server = Server::answering(|_| "[]").await;
    let cases: [(&str, Way); 5] = [
        ("a;b", |plan| api_key(plan, "sid", KeyLocation::Cookie)),
        ("0815", |plan| api_key(plan, "s id", KeyLocation::Cookie)),
        ("0815", |plan| api_key(plan, "X Key", KeyLocation::Header)),
        ("a\nb", |plan| api_key(plan, "X-Key", KeyLocation::Header)),
        ("a:b", |plan| {
            Auth::HttpBasic(HttpBasic {
                username: secret(plan, "key"),
                password: text("p"),
                ..HttpBasic::DEFAULT
            })
        }),
    ];
    let mut said = String::new();
    for (key, auth) in cases {
        let built = with(&server, |plan| plan.auth = auth(plan)).secret("key", key).build();
        let error = built.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert!(!error.to_string().contains(key), "{error}");
    }
    expect![[r#"
        the cookie `sid` has a value that cannot be sent: a cookie has no spaces, quotes, commas, semicolons or backslashes, and no letters beyond ASCII
        `s id` is not the name of a cookie
        `X Key` is not the name of a header
        the header `x-key` has a value that cannot be sent; is there a line break in a secret?
        a user name of `http_basic` cannot contain a colon (RFC 7617)
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_credential_goes_over_what_the_file_sends_under_its_name() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| {
        plan.auth = Auth::Bearer(Bearer { token: secret(plan, "key"), ..Bearer::DEFAULT });
        plan.headers = vec![("Authorization".into(), text("Other x"))].into();
    });
    let mut endpoint = items();
    endpoint.headers = vec![(text("authorization"), text("Another"))].into();
    fetch(&client.secret("key", "t").build().unwrap(), endpoint).await.unwrap();
    assert_eq!(server.seen()[0].headers.get_all("authorization").iter().count(), 1);
    assert_eq!(server.seen()[0].header("authorization"), "Bearer t");
}

#[tokio::test]
async fn a_key_that_an_address_repeats_is_sent_once() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "key", KeyLocation::Query));
    let client = client.secret("key", "k/1").build().unwrap();
    let endpoint = Endpoint { path: Template::text("/items?page=2&key=old&key=k%2F1"), ..items() };
    fetch(&client, endpoint).await.unwrap();
    let query = [("page", "2"), ("key", "k/1")].map(|(name, value)| (name.into(), value.into()));
    assert_eq!(server.seen()[0].query, query);
}

#[tokio::test]
async fn an_endpoint_has_its_own_authentication_or_none() {
    let server = Server::answering(|_| "[]").await;
    let mut own = items();
    let client = with(&server, |plan| {
        plan.auth = Auth::Bearer(Bearer { token: secret(plan, "key"), ..Bearer::DEFAULT });
        own.auth = Some(Auth::HttpBasic(HttpBasic {
            username: text("u"),
            password: text("p"),
            ..HttpBasic::DEFAULT
        }));
    });
    let client = client.secret("key", "t").build().unwrap();
    fetch(&client, own).await.unwrap();
    fetch(&client, Endpoint { auth: Some(Auth::None), ..items() }).await.unwrap();
    fetch(&client, items()).await.unwrap();
    let sent: Vec<String> =
        server.seen().iter().map(|seen| seen.header("authorization").to_owned()).collect();
    assert_eq!(sent, ["Basic dTpw", "", "Bearer t"]);
}

/// Numbers its requests; the server refuses what is not of this session.
struct Session(AtomicUsize);

impl Authenticate for Session {
    async fn authenticate(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        let session = format!("canary-session-{}", self.0.load(Ordering::Relaxed));
        let signed = format!(
            "{} {} [{}]",
            request.method(),
            request.url().rsplit('/').next().unwrap_or_default(),
            String::from_utf8_lossy(request.body())
        );
        request.set_header("X-Signed", &signed)?;
        request.set_param("session", &session);
        Ok(())
    }

    async fn renew(&self) -> Result<bool, Error> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(true)
    }
}

#[tokio::test]
async fn a_program_authenticates_in_its_own_way_and_renews_once() {
    let server = Server::answering(|seen: Seen| {
        let session = seen.param("session");
        let status = if session.as_deref() == Some("canary-session-2") { 200 } else { 401 };
        (StatusCode::from_u16(status).unwrap(), json!([{"session": session}]).to_string())
    })
    .await;
    let client = with(&server, |_| {}).auth(Session(AtomicUsize::new(1))).build().unwrap();
    let body = Some(Body::Text(text("abc")));
    let endpoint = Endpoint { method: Method::Post, body, ..items() };
    let mut pages = Fetch::<Value>::of_plan(&client, plan_of(endpoint)).pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().transfer.retries, 1);
    assert_eq!(
        server.params("session"),
        ["canary-session-1", "canary-session-2"].map(|s| Some(s.into()))
    );
    assert_eq!(server.seen()[0].header("x-signed"), "POST items [abc]");

    let client = with(&server, |_| {}).auth(Session(AtomicUsize::new(5))).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert_eq!((error.status(), error.tries(), server.seen().len()), (Some(401), Some(2), 4));
    // What was set on a request is a secret from then on.
    let text = format!("{error} {error:?} {error:#?} {client:?}");
    assert!(!text.contains("canary"), "{text}");
    expect![[r#"items, page 1: GET URL/items answered 401 Unauthorized (2 tries in … s): [{"session":"***"}]"#]].assert_eq(&shown(&error));
}

/// Fails, and its error tells a secret.
struct Broken;

impl Authenticate for Broken {
    async fn authenticate(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        request.set_header("X-Key", "Custom canary-0815")?;
        Err(Error::other("the vault refused canary-0815"))
    }
}

#[tokio::test]
async fn what_goes_wrong_in_a_programs_own_way_ends_the_fetch() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |_| {}).auth(Broken).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(error.is_auth() && server.seen().is_empty(), "{error}");
    expect!["items, page 1: the request cannot be authenticated: the vault refused ***"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn secrets_that_a_next_link_repeats_are_in_no_checkpoint() {
    // The second of the links has a name that only looks like a secret's place.
    let server = Server::answering(|seen: Seen| match seen.param("page").as_deref() {
        Some("2") => r#"{"items": [{}]}"#.to_owned(),
        _ => r#"{"items": [{}],
            "next": "/items?key=canary%2f1&page=2&sign=canary-2&q={secrets.sign}"}"#
            .to_owned(),
    })
    .await;
    let mut endpoint = Endpoint {
        data_selector: Some(Selector::Keys(vec!["items".into()].into())),
        paginator: Paginator::JsonLink(JsonLink {
            next_url_path: Selector::Keys(vec!["next".into()].into()),
            ..JsonLink::DEFAULT
        }),
        ..items()
    };
    let client = with(&server, |plan| {
        plan.auth = api_key(plan, "key", KeyLocation::Query);
        endpoint.params =
            vec![Param { name: text("sign"), value: secret(plan, "sign"), ..Param::DEFAULT }]
                .into();
    });
    let client = client.secret("key", "canary/1").secret("sign", "canary-2").build().unwrap();
    let all = || Fetch::<Value>::of_plan(&client, plan_of(endpoint.clone()));
    let page = all().pages().next().await.unwrap().unwrap();
    let checkpoint = serde_json::to_string(&page.checkpoint).unwrap();
    assert!(checkpoint.contains("page=2") && !checkpoint.contains("canary"), "{checkpoint}");
    assert_eq!(all().resume(page.checkpoint).all().await.unwrap().len(), 1);
    let seen = server.seen();
    let sent = ["key", "sign", "q"].map(|name| seen.last().unwrap().param(name).unwrap());
    assert_eq!(sent, ["canary/1", "canary-2", "{secrets.sign}"]);
}
