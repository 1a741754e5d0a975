//! Sessions: a login whose token is shared, renewed, sent in every place and never shown.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use expect_test::expect;
use futures_util::{TryStreamExt as _, future::join_all};
use rest_source::{
    ClientBuilder, Fetch,
    plan::{
        ApiKey, Auth, AuthValue, Bearer, Body, Endpoint, HttpBasic, JsonLink, JsonTemplate,
        KeyLocation, Login, Method, Paginator, Param, Part, Selector, SendAs, Session, Template,
        TokenPlace,
    },
};
use serde_json::{Value, json};
use tokio::time::{self, Instant};

use crate::{
    shown::shown,
    support::{Log, Seen, Server, fetch, items, plan_of, secret, text, with},
};

fn keys(keys: &[&'static str]) -> Selector {
    Selector::Keys(keys.iter().map(|key| (*key).into()).collect())
}

/// A login at `/login` by the secret `password`, in JSON, whose token is `data.token`.
fn session(password: Template) -> Session {
    let members = vec![
        (text("user"), JsonTemplate::Text(text("me"))),
        (text("password"), JsonTemplate::Text(password)),
    ];
    let login = Login {
        path: text("login"),
        body: Some(Body::Json(JsonTemplate::Object(members.into()))),
        ..Login::DEFAULT
    };
    Session { login, token: TokenPlace::Body(keys(&["data", "token"])), ..Session::DEFAULT }
}

fn client(server: &Server, change: impl FnOnce(&mut Session)) -> ClientBuilder {
    with(server, |plan| {
        plan.headers = vec![("X-Of-Client".into(), text("1"))].into();
        let mut session = session(secret(plan, "password"));
        change(&mut session);
        plan.auth = Auth::Session(session);
    })
    .secret("password", "canary-password")
}

fn logins(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.path == "/login").collect()
}

/// A server that gives sessions `canary-session-1`, `…-2`, …, and refuses by this status those of which
/// `is_valid` does not say that they are.
async fn server(status: u16, is_valid: fn(usize, Instant) -> bool) -> Server {
    let (begun, count) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
    Server::answering(move |seen: Seen| -> Response {
        if seen.path == "/login" {
            let token = format!("canary-session-{}", count.fetch_add(1, Ordering::SeqCst) + 1);
            let mut headers = HeaderMap::new();
            headers.insert("x-token", token.parse().unwrap());
            headers.append("set-cookie", "csrf=canary-csrf; Path=/".parse().unwrap());
            headers.append("set-cookie", format!("sid={token}; HttpOnly").parse().unwrap());
            let until = std::time::SystemTime::now() + Duration::from_secs(100);
            let until = until.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
            let body = json!({"data": {"token": token, "lifetime": "100", "until": u64::try_from(until).unwrap()}});
            return (headers, Json(body)).into_response();
        }
        let number = seen.header("authorization").strip_prefix("Bearer canary-session-");
        match number.and_then(|number| number.parse().ok()) {
            Some(number) if is_valid(number, begun) => "[{}]".into_response(),
            _ => StatusCode::from_u16(status).unwrap().into_response(),
        }
    })
    .await
}

#[tokio::test]
async fn twenty_tasks_share_one_login() {
    let server = server(401, |_, _| true).await;
    let client = client(&server, |_| {}).build().unwrap();
    let fetches = join_all((0..20).map(|_| fetch(&client, items()))).await;
    assert!(fetches.into_iter().all(|fetched| fetched.unwrap().len() == 1));
    let seen = logins(&server);
    assert_eq!((seen.len(), server.seen().len()), (1, 21));
    assert_eq!(
        (seen[0].method.as_str(), seen[0].header("content-type")),
        ("POST", "application/json")
    );
    assert_eq!(seen[0].body, r#"{"password":"canary-password","user":"me"}"#);
    assert_eq!(seen[0].header("x-of-client"), "", "headers of the client are not those of a login");
    // A cookie that the login sets is one of the server.
    assert!(server.seen()[1].header("cookie").contains("csrf=canary-csrf"));
}

#[tokio::test]
async fn a_token_is_found_in_the_body_a_header_or_a_cookie() {
    for place in [
        TokenPlace::Body(keys(&["data", "token"])),
        TokenPlace::Header("x-token".into()),
        TokenPlace::Cookie("sid".into()),
    ] {
        let server = server(401, |_, _| true).await;
        let client = client(&server, |session| session.token = place.clone()).build().unwrap();
        fetch(&client, items()).await.unwrap();
        let sent = server.seen().pop().unwrap();
        assert_eq!(sent.header("authorization"), "Bearer canary-session-1", "{place:?}");
    }
}

/// A template with the token in it: `Session {token}`.
fn with_token(before: &'static str) -> Template {
    Template(vec![Part::Text(before.into()), Part::Auth(AuthValue::Token)].into())
}

/// What of a request has the token.
type Sent = fn(&Seen) -> String;

#[tokio::test]
async fn a_token_is_sent_in_every_place() {
    let key = |location, key| {
        SendAs::ApiKey(ApiKey { name: text("sid"), key, location, ..ApiKey::DEFAULT })
    };
    let basic = HttpBasic { username: Template::TOKEN, ..HttpBasic::DEFAULT };
    let bearer = Bearer { token: with_token("v1."), ..Bearer::DEFAULT };
    let nested = ApiKey {
        body_path: vec![text("auth"), text("session")].into(),
        name: text("auth.session"),
        key: Template::TOKEN,
        location: KeyLocation::Body,
        ..ApiKey::DEFAULT
    };
    let object = JsonTemplate::Object(vec![(text("q"), JsonTemplate::Literal("1".into()))].into());
    let form = vec![(text("q"), text("1"))];
    let post = |body| Endpoint { method: Method::Post, body, ..items() };
    let cases: Vec<(SendAs, Endpoint, Sent, &str)> = vec![
        (SendAs::TOKEN, items(), |seen| seen.header("authorization").into(), "Bearer TOKEN"),
        (
            SendAs::Bearer(bearer),
            items(),
            |seen| seen.header("authorization").into(),
            "Bearer v1.TOKEN",
        ),
        (
            key(KeyLocation::Header, with_token("Session ")),
            items(),
            |seen| seen.header("sid").into(),
            "Session TOKEN",
        ),
        (
            key(KeyLocation::Query, with_token("s-")),
            items(),
            |seen| seen.param("sid").unwrap(),
            "s-TOKEN",
        ),
        (
            key(KeyLocation::Cookie, Template::TOKEN),
            items(),
            |seen| seen.header("cookie").into(),
            "sid=TOKEN; csrf=canary-csrf",
        ),
        (
            SendAs::HttpBasic(basic),
            items(),
            |seen| seen.header("authorization").into(),
            "Basic Y2FuYXJ5LXNlc3Npb24tMTo=",
        ),
        (
            SendAs::ApiKey(nested.clone()),
            post(Some(Body::Json(object))),
            |seen| seen.body.clone(),
            r#"{"auth":{"session":"TOKEN"},"q":1}"#,
        ),
        (
            SendAs::ApiKey(nested.clone()),
            post(Some(Body::Form(form.into()))),
            |seen| seen.body.clone(),
            "q=1&auth.session=TOKEN",
        ),
        (
            SendAs::ApiKey(nested),
            post(None),
            |seen| seen.body.clone(),
            r#"{"auth":{"session":"TOKEN"}}"#,
        ),
    ];
    for (send, endpoint, sent, expected) in cases {
        let server = Server::answering(|seen: Seen| -> Response {
            if seen.path == "/login" {
                let cookie = [("set-cookie", "csrf=canary-csrf")];
                let body = Json(json!({"data": {"token": "canary-session-1"}}));
                return (cookie, body).into_response();
            }
            "[{}]".into_response()
        })
        .await;
        let client = client(&server, |session| session.send = send.clone()).build().unwrap();
        fetch(&client, endpoint).await.unwrap();
        let last = server.seen().pop().unwrap();
        assert_eq!(sent(&last), expected.replace("TOKEN", "canary-session-1"), "{send:?}");
    }
}

#[tokio::test]
async fn a_key_in_the_body_needs_a_body() {
    let server = server(401, |_, _| true).await;
    let send = SendAs::ApiKey(ApiKey {
        name: text("sid"),
        key: Template::TOKEN,
        location: KeyLocation::Body,
        ..ApiKey::DEFAULT
    });
    let client = client(&server, |session| session.send = send).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    expect![
        "items, page 1: the key `sid` belongs in a body of JSON or a form, and the request has none"
    ]
    .assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_session_that_is_over_is_renewed_once_for_all_tasks() {
    for status in [401, 403] {
        let server = server(status, |number, _| number > 1).await;
        let client = client(&server, |_| {}).build().unwrap();
        let fetches = join_all((0..4).map(|_| fetch(&client, items()))).await;
        assert!(fetches.into_iter().all(|fetched| fetched.unwrap().len() == 1));
        assert_eq!(logins(&server).len(), 2, "{status}");
    }
    // Another status says nothing of the session, unless the plan says so.
    let server = server(419, |number, _| number > 1).await;
    let of = |session: &mut Session| session.renew_on = vec![419].into();
    assert_eq!(
        fetch(&client(&server, |_| {}).build().unwrap(), items()).await.unwrap_err().status(),
        Some(419)
    );
    fetch(&client(&server, of).build().unwrap(), items()).await.unwrap();
}

#[tokio::test]
async fn a_second_refusal_is_an_error() {
    let server = server(401, |_, _| false).await;
    let error = fetch(&client(&server, |_| {}).build().unwrap(), items()).await.unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(401), Some(2)));
    assert_eq!(server.seen().len(), 4);
}

/// What no session may read is no reason to log in for each request.
#[tokio::test(start_paused = true)]
async fn what_is_forbidden_is_not_logged_in_for_again_and_again() {
    let server = server(403, |_, _| false).await;
    let client = client(&server, |_| {}).build().unwrap();
    for _ in 0..5 {
        assert_eq!(fetch(&client, items()).await.unwrap_err().status(), Some(403));
    }
    assert_eq!(logins(&server).len(), 2);
    time::advance(Duration::from_secs(60)).await;
    fetch(&client, items()).await.unwrap_err();
    assert_eq!(logins(&server).len(), 3, "a session may have ended since");
}

#[tokio::test(start_paused = true)]
async fn a_session_is_renewed_before_it_expires() {
    type Change = fn(&mut Session);
    let cases: [(Change, u64); 3] = [
        (|session| session.expires_in_path = Some(keys(&["data", "lifetime"])), 90),
        (|session| session.expires_at_path = Some(keys(&["data", "until"])), 90),
        (|session| session.default_expiration = Some(Duration::from_secs(300)), 270),
    ];
    for (change, renewed) in cases {
        let server = server(401, |_, _| true).await;
        let client = client(&server, change).build().unwrap();
        fetch(&client, items()).await.unwrap();
        time::advance(Duration::from_secs(renewed - 5)).await;
        fetch(&client, items()).await.unwrap();
        assert_eq!(logins(&server).len(), 1);
        time::advance(Duration::from_secs(6)).await;
        fetch(&client, items()).await.unwrap();
        assert_eq!(logins(&server).len(), 2);
    }
    // One of which nothing is known is used until it is refused.
    let server = server(401, |_, _| true).await;
    let client = client(&server, |_| {}).build().unwrap();
    for _ in 0..3 {
        fetch(&client, items()).await.unwrap();
        time::advance(Duration::from_secs(86_400)).await;
    }
    assert_eq!(logins(&server).len(), 1);
}

#[tokio::test]
async fn a_login_is_a_request_of_any_form() {
    let answer = |_: Seen| Json(json!({"data": {"token": "t"}, "list": [1]}));
    let server = Server::answering(answer).await;
    let client = with(&server, |plan| {
        let password = secret(plan, "password");
        let param = Param { name: text("user"), value: text("me"), ..Param::DEFAULT };
        let mut session = session(text("-"));
        session.login = Login {
            method: Method::Get,
            path: text("v1/login?x=1"),
            params: vec![param].into(),
            headers: vec![(text("x-version"), text("2"))].into(),
            auth: Some(SendAs::HttpBasic(HttpBasic {
                username: text("me"),
                password,
                ..HttpBasic::DEFAULT
            })),
            ..Login::DEFAULT
        };
        plan.auth = Auth::Session(session);
    });
    let client = client.secret("password", "canary-password").build().unwrap();
    let endpoint = Endpoint { data_selector: Some(keys(&["list"])), ..items() };
    fetch(&client, endpoint).await.unwrap();
    let login = server.seen().remove(0);
    assert_eq!((login.method.as_str(), login.path.as_str()), ("GET", "/v1/login"));
    assert_eq!(
        (login.param("x").as_deref(), login.param("user").as_deref()),
        (Some("1"), Some("me"))
    );
    assert_eq!(
        (login.header("x-version"), login.header("authorization")),
        ("2", "Basic bWU6Y2FuYXJ5LXBhc3N3b3Jk")
    );
}

#[tokio::test]
async fn a_login_form_that_redirects_gives_its_cookie() {
    let server = Server::answering(|seen: Seen| -> Response {
        if seen.path == "/login" {
            let headers = [("set-cookie", "sid=canary-session; Path=/"), ("location", "/home")];
            return (StatusCode::FOUND, headers).into_response();
        }
        let status = if seen.header("cookie") == "sid=canary-session" { 200 } else { 500 };
        (StatusCode::from_u16(status).unwrap(), "[{}]").into_response()
    })
    .await;
    let change = |session: &mut Session| {
        session.token = TokenPlace::Cookie("sid".into());
        session.login.body = Some(Body::Form(vec![(text("user"), text("me"))].into()));
        session.send = SendAs::ApiKey(ApiKey {
            name: text("sid"),
            key: Template::TOKEN,
            location: KeyLocation::Cookie,
            ..ApiKey::DEFAULT
        });
    };
    fetch(&client(&server, change).build().unwrap(), items()).await.unwrap();
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/login", "/items"]);
    assert_eq!(server.seen()[0].body, "user=me");
}

/// The error of a fetch where the login is answered so, after so many requests.
async fn refused(status: u16, answer: impl Into<String>, requests: usize) -> String {
    let answer = answer.into();
    let server =
        Server::answering(move |_| (StatusCode::from_u16(status).unwrap(), answer.clone())).await;
    let change = |session: &mut Session| session.token = TokenPlace::Body(keys(&["token"]));
    let client = client(&server, change).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(error.is_auth() && !error.is_status(), "{error}");
    assert_eq!(server.seen().len(), requests, "{error}");
    let text = format!("{error} {error:#?} {client:?}");
    assert!(!text.contains("canary"), "{text}");
    shown(&error)
}

#[tokio::test(start_paused = true)]
async fn what_a_login_says_is_shown_without_secrets() {
    let answer = json!({"message": "no user me with canary-password", "sent": "canary-password"});
    let mut said = String::new();
    for (status, answer, requests) in [
        (401, answer.to_string(), 1),
        (503, "canary-password".to_owned(), 4),
        (200, json!({"error": "locked", "session": "canary-x"}).to_string(), 1),
        (200, "session=canary".to_owned(), 1),
        (302, String::new(), 1),
    ] {
        said.extend([&refused(status, answer, requests).await, "\n"]);
    }
    expect![[r#"
        items, page 1: no session: POST URL/login answered 401 Unauthorized (1 try in … s): no user me with ***
          help: the secret `password` is from `.password(…)` of the builder
        items, page 1: no session: POST URL/login answered 503 Service Unavailable (4 tries in … s)
        items, page 1: no session: the response of URL/login has no `token`, only ["error", "session"]: locked
        items, page 1: no session: the response of URL/login is not a JSON object
        items, page 1: no session: POST URL/login answered 302 Found (1 try in … s)
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_login_goes_to_the_apis_own_servers_only() {
    let api = server(401, |_, _| true).await;
    let other = server(401, |_, _| true).await;
    let elsewhere = format!("{}/login", other.url());
    let build = |allowed: Option<String>| {
        let path = Template::text(elsewhere.clone());
        let builder = with(&api, |plan| {
            let mut session = session(secret(plan, "password"));
            session.login.path = path;
            plan.auth = Auth::Session(session);
            plan.allowed_hosts = allowed.into_iter().map(Template::text).collect();
        });
        builder.secret("password", "canary-password").build()
    };
    let error = build(None).unwrap_err();
    assert!(error.is_config() && other.seen().is_empty(), "{error}");
    assert!(error.to_string().contains("`allowed_hosts`"), "{error}");
    let host = other.url().replace("http://", "");
    fetch(&build(Some(host)).unwrap(), items()).await.unwrap();
    assert_eq!((logins(&other).len(), logins(&api).len()), (1, 0));
}

#[tokio::test]
async fn a_session_in_a_next_link_is_filled_in_by_the_one_of_its_time() {
    let log = Log::of_all();
    let server = Server::answering(|seen: Seen| -> Response {
        if seen.path == "/login" {
            let token = format!("canary/session+{}==", seen.number);
            return Json(json!({"data": {"token": token}})).into_response();
        }
        let token = seen.header("authorization").strip_prefix("Bearer ").unwrap().to_owned();
        let token = url::form_urlencoded::byte_serialize(token.as_bytes()).collect::<String>();
        let next = seen.param("after").is_none();
        let next = next.then(|| format!("/items?after=1&session={token}"));
        Json(json!({"items": [{"id": 1}], "next": next})).into_response()
    })
    .await;
    let links = Endpoint {
        paginator: Paginator::JsonLink(JsonLink {
            next_url_path: keys(&["next"]),
            ..JsonLink::DEFAULT
        }),
        data_selector: Some(keys(&["items"])),
        ..items()
    };
    let run = || client(&server, |_| {}).build().unwrap();
    let first = Fetch::<Value>::of_plan(&run(), plan_of(links.clone())).max_pages(1).pages();
    let page = first.try_collect::<Vec<_>>().await.unwrap().pop().unwrap();
    let stored = serde_json::to_string(&page.checkpoint).unwrap();
    assert!(!stored.contains("session+") && !stored.contains("canary"), "{stored}");
    let checkpoint = serde_json::from_str(&stored).unwrap();
    // Another run is interrupted and resumed with a session of its own.
    let resumed = Fetch::<Value>::of_plan(&run(), plan_of(links)).resume(checkpoint);
    assert_eq!(resumed.all().await.unwrap().len(), 1);
    let last = server.seen().pop().unwrap();
    assert_eq!(last.header("authorization"), "Bearer canary/session+3==");
    assert_eq!(last.param("session").as_deref(), Some("canary/session+3=="));
    let log = log.text();
    let of_it: Vec<&str> = log.lines().filter(|line| line.contains(&server.url())).collect();
    assert!(!of_it.concat().contains("canary"), "{of_it:?}");
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_is_dropped_leaves_its_session_to_the_next() {
    let server = Server::start(|seen: Seen| async move {
        if seen.path == "/login" {
            time::sleep(Duration::from_secs(5)).await;
            return Json(json!({"data": {"token": "t"}})).into_response();
        }
        "[]".into_response()
    })
    .await;
    let client = client(&server, |_| {}).build().unwrap();
    let dropped = time::timeout(Duration::from_secs(2), fetch(&client, items())).await;
    assert!(dropped.is_err(), "it was given up");
    fetch(&client, items()).await.unwrap();
    assert_eq!(logins(&server).len(), 1);
}
