//! OAuth 2: tokens are fetched once, shared, renewed in time, and never shown.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use futures_util::future::join_all;
use rest_source::{
    Client, ClientBuilder, Error, ExposeSecret as _, Fetch, SecretString, TokenFile, TokenStore,
    plan::{Auth, Endpoint, Grant, OAuth2},
};
use serde_json::{Value, json};
use tokio::time::{self, Instant};

use crate::{
    shown::shown,
    support::{Log, Seen, Server, fetch, items, plan_of, secret, text, token_source, with},
};

/// A server that gives tokens `canary-token-1`, `…-2`, …, valid for so long, and takes those of
/// which `is_valid` says so.
async fn server(expires_in: Value, is_valid: fn(usize, Instant) -> bool) -> Server {
    let begun = Instant::now();
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    Server::answering(move |seen: Seen| -> Response {
        if seen.path == "/token" {
            let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
            return Json(json!({
                "access_token": format!("canary-token-{number}"),
                "token_type": "bearer",
                "expires_in": expires_in,
                "refresh_token": format!("canary-refresh-{number}"),
            }))
            .into_response();
        }
        let number = seen.header("authorization").strip_prefix("Bearer canary-token-");
        match number.and_then(|number| number.parse().ok()) {
            Some(number) if is_valid(number, begun) => "[{}]".into_response(),
            _ => StatusCode::UNAUTHORIZED.into_response(),
        }
    })
    .await
}

fn builder(api: &Server, tokens: &Server, change: impl FnOnce(&mut OAuth2)) -> ClientBuilder {
    with(api, |plan| {
        plan.retry.max_delay = Duration::from_secs(4);
        let mut auth = token_source(plan, tokens, Grant::ClientCredentials);
        change(&mut auth);
        plan.auth = Auth::OAuth2(auth);
    })
    .secret("client_secret", "canary secret")
}

fn client(server: &Server) -> Client {
    builder(server, server, |_| {}).build().unwrap()
}

fn token_requests(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.path == "/token").collect()
}

#[tokio::test]
async fn twenty_tasks_share_one_token() {
    let server = server(json!(3600), |_, _| true).await;
    let client = client(&server);
    let fetches = join_all((0..20).map(|_| fetch(&client, items()))).await;
    assert!(fetches.into_iter().all(|fetched| fetched.unwrap().len() == 1));
    let seen = token_requests(&server);
    assert_eq!((seen.len(), server.seen().len()), (1, 21));
    assert_eq!((seen[0].method.as_str(), seen[0].header("accept")), ("POST", "application/json"));
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "me"),
        ("client_secret", "canary secret"),
    ];
    assert_eq!(seen[0].form(), form.map(|(name, value)| (name.into(), value.into())));
}

#[tokio::test]
async fn endpoints_with_the_same_auth_share_their_token_too() {
    let server = server(json!(3600), |_, _| true).await;
    let mut auth = None;
    let builder = with(&server, |plan| {
        auth = Some(Auth::OAuth2(token_source(plan, &server, Grant::ClientCredentials)));
    });
    let client = builder.secret("client_secret", "s").build().unwrap();
    for _ in 0..3 {
        fetch(&client, Endpoint { auth: auth.clone(), ..items() }).await.unwrap();
    }
    assert_eq!(token_requests(&server).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires() {
    // In each case, after how many seconds a token is still used, and after how many it is not.
    let cases = [
        (json!(3600), 3500, 3550),
        (json!("100"), 80, 95),
        (json!(10.0), 8, 10),
        (Value::Null, 3500, 3550),
        (json!(0), 3500, 3550),
        (json!("soon"), 3500, 3550),
    ];
    for (expires_in, used, renewed) in cases {
        let server = server(expires_in.clone(), |_, _| true).await;
        let client = client(&server);
        fetch(&client, items()).await.unwrap();
        time::advance(Duration::from_secs(used)).await;
        fetch(&client, items()).await.unwrap();
        assert_eq!(token_requests(&server).len(), 1, "{expires_in}");
        time::advance(Duration::from_secs(renewed - used)).await;
        fetch(&client, items()).await.unwrap();
        assert_eq!(token_requests(&server).len(), 2, "{expires_in}");
        assert_eq!(server.seen().last().unwrap().header("authorization"), "Bearer canary-token-2");
    }
}

#[tokio::test]
async fn a_token_that_was_taken_back_is_renewed_once_for_all_tasks() {
    let server = server(json!(3600), |number, _| number > 1).await;
    let client = client(&server);
    let fetches = join_all((0..4).map(|_| fetch(&client, items()))).await;
    assert!(fetches.into_iter().all(|fetched| fetched.unwrap().len() == 1));
    assert_eq!(token_requests(&server).len(), 2);
}

#[tokio::test]
async fn a_second_refusal_is_an_error() {
    let server = server(json!(3600), |_, _| false).await;
    let error = fetch(&client(&server), items()).await.unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(401), Some(2)));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_token_to_begin_with_is_used_until_it_is_refused() {
    let server = server(json!(3600), |number, _| number == 1 || number == 77).await;
    let given = |token: &'static str| {
        builder(&server, &server, |auth| auth.access_token = Some(text(token))).build().unwrap()
    };
    fetch(&given("canary-token-77"), items()).await.unwrap();
    assert_eq!(server.seen().len(), 1);
    fetch(&given("canary-token-0"), items()).await.unwrap();
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths[1..], ["/items", "/token", "/items"]);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_the_server_changes_is_kept() {
    let server = server(json!(10), |_, _| true).await;
    let client = with(&server, |plan| {
        let first = secret(plan, "refresh_token");
        plan.auth = Auth::OAuth2(token_source(plan, &server, Grant::RefreshToken(first)));
    });
    let client = client.secret("client_secret", "s").secret("refresh_token", "canary-refresh-0");
    let client = client.build().unwrap();
    for _ in 0..3 {
        fetch(&client, items()).await.unwrap();
        time::advance(Duration::from_secs(60)).await;
    }
    let sent: Vec<String> =
        token_requests(&server).iter().map(|seen| seen.form().last().unwrap().1.clone()).collect();
    assert_eq!(sent, ["canary-refresh-0", "canary-refresh-1", "canary-refresh-2"]);
    assert_eq!(token_requests(&server)[0].form()[0].1, "refresh_token");
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_is_dropped_takes_no_refresh_token_with_it() {
    let server = Server::start(|seen: Seen| async move {
        if seen.path == "/token" {
            time::sleep(Duration::from_secs(5)).await;
            let used = seen.form().pop().unwrap().1;
            return Json(json!({"access_token": "t", "refresh_token": used + "+"})).into_response();
        }
        "[]".into_response()
    })
    .await;
    let client = with(&server, |plan| {
        let first = secret(plan, "refresh_token");
        plan.auth = Auth::OAuth2(token_source(plan, &server, Grant::RefreshToken(first)));
    });
    let client = client.secret("client_secret", "s").secret("refresh_token", "r").build().unwrap();
    let dropped = time::timeout(Duration::from_secs(2), fetch(&client, items())).await;
    assert!(dropped.is_err(), "it was given up");
    fetch(&client, items()).await.unwrap();
    assert_eq!(token_requests(&server).len(), 1);
}

#[tokio::test]
async fn more_fields_go_over_those_of_the_grant() {
    let server = server(json!(3600), |_, _| true).await;
    let change = |auth: &mut OAuth2| {
        let value = |of| rest_source::plan::JsonTemplate::Text(text(of));
        auth.request_data =
            vec![("scope".into(), value("a b")), ("grant_type".into(), value("account"))].into();
    };
    let client = builder(&server, &server, change).build().unwrap();
    fetch(&client, items()).await.unwrap();
    let form = token_requests(&server)[0].form();
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["client_id", "client_secret", "scope", "grant_type"]);
    assert_eq!((form[2].1.as_str(), form[3].1.as_str()), ("a b", "account"));
}

#[tokio::test]
async fn the_token_endpoint_sees_its_own_credentials_only() {
    let tokens = server(json!(3600), |_, _| true).await;
    let api = Server::answering(|_| "[]").await;
    let mut change = None;
    let client = with(&api, |plan| {
        let header = secret(plan, "header");
        plan.headers = vec![("X-Key".into(), header)].into();
        let auth = token_source(plan, &tokens, Grant::ClientCredentials);
        change = Some(auth.clone());
        plan.auth = Auth::OAuth2(auth);
    });
    let client = client.secret("client_secret", "canary secret").secret("header", "canary header");
    fetch(&client.build().unwrap(), items()).await.unwrap();
    let seen = &tokens.seen()[0];
    assert_eq!((seen.header("x-key"), seen.header("authorization")), ("", ""));
    let seen = &api.seen()[0];
    assert_eq!(seen.header("x-key"), "canary header");
    assert!(!format!("{seen:?}").contains("canary secret"));
}

#[tokio::test]
async fn a_token_endpoint_on_the_files_server_moves_with_the_base_url() {
    let sandbox = server(json!(3600), |_, _| true).await;
    let client = builder(&sandbox, &sandbox, |auth| {
        auth.access_token_url = text("https://api.example.com/token");
    });
    fetch(&client.build().unwrap(), items()).await.unwrap();
    assert_eq!(token_requests(&sandbox).len(), 1);
}

/// The error of a fetch where the token endpoint answers so, after so many requests.
async fn refused(status: u16, answer: impl Into<String>, requests: usize) -> String {
    let answer = answer.into();
    let tokens =
        Server::answering(move |_| (StatusCode::from_u16(status).unwrap(), answer.clone())).await;
    let api = Server::answering(|_| "[]").await;
    let client = builder(&api, &tokens, |_| {}).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(error.is_auth() && !error.is_status(), "{error}");
    assert_eq!((tokens.seen().len(), api.seen().len()), (requests, 0), "{error}");
    let text = format!("{error} {error:#?}");
    assert!(!text.contains("canary"), "{text}");
    shown(&error)
}

#[tokio::test(start_paused = true)]
async fn what_the_token_endpoint_says_is_shown_without_secrets() {
    let answer = json!({
        "error": "invalid_client",
        "error_description": "no client me with canary secret",
        "sent": "client_secret=canary%20secret",
    });
    let lacking = json!({"error": "bad_code", "token": "canary-x"}).to_string();
    let unsendable = json!({"access_token": "canary\nx"}).to_string();
    let mut said = String::new();
    for (status, answer, requests) in [
        (401, answer.to_string(), 1),
        (503, "<h1>canary secret</h1>".to_owned(), 4),
        (200, lacking, 1),
        (200, "access_token=canary".to_owned(), 1),
        (200, unsendable, 1),
        (302, String::new(), 1),
    ] {
        said.extend([&refused(status, answer, requests).await, "\n"]);
    }
    expect![[r#"
        items, page 1: no access token: POST URL/token answered 401 Unauthorized (1 try in … s): invalid_client: no client me with ***
          help: the secret `client_secret` is from `.client_secret(…)` of the builder
        items, page 1: no access token: POST URL/token answered 503 Service Unavailable (4 tries in … s)
        items, page 1: no access token: the answer of URL/token has no `access_token`, only ["error", "token"]: bad_code
        items, page 1: no access token: the answer of URL/token is not a JSON object
        items, page 1: the access token has characters that no header can have
        items, page 1: no access token: POST URL/token answered 302 Found (1 try in … s)
    "#]].assert_eq(&said);
}

#[tokio::test(start_paused = true)]
async fn tasks_that_wait_for_a_token_share_its_failure() {
    let server = Server::answering(|_| StatusCode::SERVICE_UNAVAILABLE).await;
    let client = client(&server);
    let fetches = join_all((0..5).map(|_| fetch(&client, items()))).await;
    assert!(fetches.into_iter().all(|fetched| fetched.unwrap_err().is_auth()));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn other_tokens_that_come_with_one_are_in_no_text_either() {
    let others = ["canary-refresh", "canary-id", "canary-device"];
    let server = Server::answering(move |seen: Seen| -> Response {
        if seen.path == "/token" {
            return Json(json!({
                "access_token": "canary-access",
                "refresh_token": others[0],
                "id_token": others[1],
                "device_secret": others[2],
            }))
            .into_response();
        }
        (StatusCode::BAD_REQUEST, others.join(" and ")).into_response()
    })
    .await;
    let error = fetch(&client(&server), items()).await.unwrap_err().to_string();
    assert!(error.contains(" and ") && !error.contains("canary"), "{error}");
}

#[tokio::test]
async fn fetched_tokens_are_in_no_text() {
    let server = Server::answering(|seen: Seen| {
        if seen.path == "/token" {
            return json!({"access_token": "canary/token+1"}).to_string().into_response();
        }
        (
            StatusCode::BAD_REQUEST,
            format!("who is canary%2Ftoken+1 or {}?", seen.header("authorization")),
        )
            .into_response()
    })
    .await;
    let client = client(&server);
    let fetch = Fetch::<Value>::of_plan(&client, plan_of(items()));
    let error = fetch.clone().all().await.unwrap_err();
    let text = format!("{error} {error:?} {error:#?} {client:?} {fetch:?}");
    assert!(!text.contains("canary"), "{text}");
    expect!["items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): who is *** or Bearer ***?"].assert_eq(&shown(&error));
}

/// A server that takes each refresh token once and gives another.
async fn replacing() -> Server {
    let newest = Arc::new(AtomicUsize::new(0));
    Server::answering(move |seen: Seen| {
        if seen.path != "/token" {
            return "[]".into_response();
        }
        let number = newest.load(Ordering::SeqCst);
        if seen.form().last().unwrap().1 != format!("canary-refresh-{number}") {
            return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})))
                .into_response();
        }
        newest.store(number + 1, Ordering::SeqCst);
        let refresh = format!("canary-refresh-{}", number + 1);
        Json(json!({"access_token": "canary-access", "refresh_token": refresh})).into_response()
    })
    .await
}

/// A client with this refresh token, in a run of its own.
fn run(server: &Server, token: &str) -> ClientBuilder {
    let builder = with(server, |plan| {
        let first = secret(plan, "refresh_token");
        plan.auth = Auth::OAuth2(token_source(plan, server, Grant::RefreshToken(first)));
    });
    builder.secret("client_secret", "canary-client").secret("refresh_token", token)
}

/// A file of tokens in a folder of its own, which is not there yet.
fn token_file() -> TokenFile {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("tokens-{}-{number}", std::process::id()));
    TokenFile::new(folder.join("state/tokens.json"))
}

#[tokio::test]
async fn the_next_run_begins_with_the_newest_refresh_token() {
    let log = Log::of_all();
    let server = replacing().await;
    let file = token_file();
    for _ in 0..3 {
        let client = run(&server, "canary-refresh-0").token_store(file.clone()).build().unwrap();
        fetch(&client, items()).await.unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(file.path()), 0o600);
        std::fs::set_permissions(file.path(), PermissionsExt::from_mode(0o644)).unwrap();
        let client = run(&server, "canary-refresh-0").token_store(file.clone()).build().unwrap();
        let error = fetch(&client, items()).await.unwrap_err().to_string();
        let folder = file.path().parent().unwrap().display().to_string();
        expect!["items, page 1: no access token: FOLDER/tokens.json can be read by others, and has refresh tokens: `chmod 600` it"].assert_eq(&shown(&error).replace(&folder, "FOLDER"));
    }
    let warnings = log.warnings();
    let log = log.text();
    let of_it: Vec<&str> = log.lines().filter(|line| line.contains(&server.url())).collect();
    assert!(!of_it.is_empty());
    assert!(!of_it.concat().contains("canary"), "{of_it:?}");
    assert_eq!(warnings, "", "a token that is kept is no reason for a warning");
    std::fs::remove_dir_all(file.path().parent().unwrap()).unwrap();
}

#[tokio::test]
async fn runs_that_refresh_at_once_take_turns() {
    let server = replacing().await;
    let file = token_file();
    let one = || async {
        let client = run(&server, "canary-refresh-0").token_store(file.clone()).build().unwrap();
        fetch(&client, items()).await.unwrap();
    };
    tokio::join!(one(), one(), one(), one());
    one().await;
    assert_eq!(token_requests(&server).len(), 5);
    std::fs::remove_dir_all(file.path().parent().unwrap()).unwrap();
}

#[tokio::test]
async fn another_refresh_token_that_is_given_is_where_a_run_begins() {
    let server = replacing().await;
    let file = token_file();
    let of = |token: &str| run(&server, token).token_store(file.clone()).build().unwrap();
    fetch(&of("canary-refresh-0"), items()).await.unwrap();
    let error = fetch(&of("canary-of-another"), items()).await.unwrap_err().to_string();
    expect![[r#"
        items, page 1: no access token: POST URL/token answered 400 Bad Request (1 try in … s): invalid_grant
          help: the secret `client_secret` is from `.client_secret(…)` of the builder, the secret `refresh_token` is from `.refresh_token(…)` of the builder"#]].assert_eq(&shown(&error));
    fetch(&of("canary-refresh-1"), items()).await.unwrap();
    let error = fetch(&of("canary-refresh-0"), items()).await.unwrap_err().to_string();
    expect![[r#"
        items, page 1: no access token: POST URL/token answered 400 Bad Request (1 try in … s): invalid_grant; the refresh token was the newest that earlier runs have kept: authorize the client again, and give it the new one
          help: the secret `client_secret` is from `.client_secret(…)` of the builder, the secret `refresh_token` is from `.refresh_token(…)` of the builder"#]].assert_eq(&shown(&error));
    let sent =
        token_requests(&server).into_iter().map(|seen| seen.form().last().unwrap().1.clone());
    let expected =
        ["canary-refresh-0", "canary-of-another", "canary-refresh-1", "canary-refresh-1"];
    assert_eq!(sent.collect::<Vec<_>>(), expected);
    std::fs::remove_dir_all(file.path().parent().unwrap()).unwrap();
}

/// A store that holds off nobody, in which another run keeps its token after the first look.
#[derive(Clone, Default)]
struct Shared(Arc<AtomicUsize>);

impl TokenStore for Shared {
    async fn load(&self, _: &str) -> Result<Option<SecretString>, Error> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Ok((number > 0).then(|| "canary-refresh-1".into()))
    }

    async fn keep(&self, _: &str, token: &SecretString) -> Result<(), Error> {
        assert_eq!(token.expose_secret(), "canary-refresh-2");
        Err(Error::other("the disk of canary-refresh-2 is full"))
    }
}

#[tokio::test]
async fn a_refused_token_is_looked_up_once_more_and_one_that_cannot_be_kept_is_told() {
    let log = Log::of_all();
    let server = replacing().await;
    fetch(&run(&server, "canary-refresh-0").build().unwrap(), items()).await.unwrap();
    let client = run(&server, "canary-refresh-0").token_store(Shared::default()).build().unwrap();
    fetch(&client, items()).await.unwrap();
    assert!(!log.text().contains("canary"));
    expect![[r#"
        the server has replaced the refresh token, and nothing keeps the new one for the next run: `token_store` of the builder does, and `--token-file` url="URL/token"
        the server has replaced the refresh token, and the new one cannot be kept: the next run needs another one url="URL/token" error="the disk of *** is full"
    "#]].assert_eq(&shown(&log.warnings()));
}

#[tokio::test(start_paused = true)]
async fn the_first_replacement_that_nothing_keeps_is_warned_of() {
    let log = Log::of_all();
    let server = server(json!(10), |_, _| true).await;
    let client = run(&server, "canary-refresh-0").build().unwrap();
    for _ in 0..3 {
        fetch(&client, items()).await.unwrap();
        time::advance(Duration::from_secs(60)).await;
    }
    expect![[r#"
        the server has replaced the refresh token, and nothing keeps the new one for the next run: `token_store` of the builder does, and `--token-file` url="URL/token"
    "#]].assert_eq(&shown(&log.warnings()));
}
