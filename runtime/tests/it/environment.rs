//! Secrets from the environment. Each case is a process of its own, whose environment is known.

use std::{borrow::Cow, process::Command};

use axum::{http::StatusCode, response::IntoResponse};
use expect_test::expect;
use rest_source::{
    ClientBuilder,
    plan::{Input, Part, Template},
};

use crate::{
    shown::shown,
    support::{Payout, SOURCE, Server},
};

/// Set in the process that looks into its environment.
const CASE: &str = "REST_SOURCE_TEST_CASE";

/// What begins and ends the part of that process's output that this test is about.
const MARK: char = '\u{1e}';

/// Those of whoever runs the tests are none of theirs.
const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

fn run(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in PROXIES {
        command.env_remove(name);
    }
    let output = command
        .args(["--exact", "environment::secrets_are_found_in_their_order", "--nocapture"])
        .env_remove("ACCESS_TOKEN")
        .env_remove("PAYMENTS_API__ACCESS_TOKEN")
        .env(CASE, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().split(MARK).nth(1).unwrap().to_owned()
}

/// What the server sees of the secret, or why there is none.
async fn look() -> String {
    let server = Server::answering(|seen| match seen.header("authorization") {
        "Bearer expired" => (StatusCode::UNAUTHORIZED, "renew it").into_response(),
        _ => "[]".into_response(),
    })
    .await;
    let mut plan = SOURCE.clone();
    plan.retry.max_retries = 0;
    let builder = ClientBuilder::new(Cow::Owned(plan)).base_url(server.url());
    let client = match builder.from_env().build() {
        Err(error) => return error.to_string(),
        Ok(client) => client,
    };
    match rest_source::Fetch::<Payout>::new(&client).all().await {
        Err(error) => error.to_string(),
        Ok(_) => server.seen()[0].header("authorization").to_owned(),
    }
}

#[tokio::test]
async fn secrets_are_found_in_their_order() {
    if std::env::var_os(CASE).is_some() {
        println!("{MARK}{}{MARK}", look().await);
        return;
    }
    let (specific, general) = ("PAYMENTS_API__ACCESS_TOKEN", "ACCESS_TOKEN");
    assert!(run(&[(specific, "one"), (general, "two")]).contains("Bearer one"));
    assert!(run(&[(general, "two")]).contains("Bearer two"));
    assert!(run(&[(specific, ""), (general, "two")]).contains("Bearer two"));
    let mut said = String::new();
    for nothing in [&[][..], &[(specific, ""), (general, "")]] {
        let text = run(nothing);
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        the secret `access_token` is missing: neither `.access_token(…)` was called on the builder, nor is PAYMENTS_API__ACCESS_TOKEN or ACCESS_TOKEN set in the environment
        the secret `access_token` is missing: neither `.access_token(…)` was called on the builder, nor is PAYMENTS_API__ACCESS_TOKEN or ACCESS_TOKEN set in the environment
    "#]].assert_eq(&said);
}

#[test]
fn the_variable_of_a_secret_that_is_refused_is_named() {
    let mut said = String::new();
    for variable in ["PAYMENTS_API__ACCESS_TOKEN", "ACCESS_TOKEN"] {
        let text = run(&[(variable, "expired")]);
        assert!(!text.contains("expired"), "{text}");
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        payouts, page 1: GET URL/v1/payouts answered 401 Unauthorized (1 try in … s): renew it
          help: the secret `access_token` is from the variable PAYMENTS_API__ACCESS_TOKEN
        payouts, page 1: GET URL/v1/payouts answered 401 Unauthorized (1 try in … s): renew it
          help: the secret `access_token` is from the variable ACCESS_TOKEN
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
    let mut said = String::new();
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let text = run(&[("ACCESS_TOKEN", "x"), (variable, "http://me:canary@127.0.0.1:9")]);
        assert!(!text.contains("canary"), "{text}");
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `HTTP_PROXY`: Connection refused (os error 111) (1 try in … s)
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `http_proxy`: Connection refused (os error 111) (1 try in … s)
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `ALL_PROXY`: Connection refused (os error 111) (1 try in … s)
    "#]].assert_eq(&said);
    let mut said = String::new();
    for password in ["can@ary", "can%40ary", "c:an@ary", "can/ary"] {
        let proxy = format!("http://me:{password}@127.0.0.1:9");
        let text = run(&[("ACCESS_TOKEN", "x"), ("HTTP_PROXY", &proxy)]);
        // What follows is said by the system.
        let (own, _) = text.rsplit_once(": ").unwrap();
        said.extend([&shown(own), "\n"]);
        for part in [password, "ary", "can@", "can%40"] {
            assert!(!text.contains(part), "{part} in {text}");
        }
    }
    expect![[r#"
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `HTTP_PROXY`
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `HTTP_PROXY`
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://127.0.0.1:9 of `HTTP_PROXY`
        payouts, page 1: GET URL/v1/payouts could not connect: through the proxy http://me of `HTTP_PROXY`: failed to lookup address information
    "#]].assert_eq(&said);
    let proxy = ("HTTP_PROXY", "http://127.0.0.1:9");
    let text = run(&[("ACCESS_TOKEN", "x"), proxy, ("NO_PROXY", "127.0.0.1")]);
    expect!["Bearer x"].assert_eq(&shown(&text));
}

#[test]
fn a_missing_secret_is_an_error_that_lists_every_place() {
    let mut said = String::new();
    for builder in [
        ClientBuilder::new(Cow::Borrowed(&SOURCE)),
        ClientBuilder::new(Cow::Borrowed(&SOURCE)).secret("access_token", ""),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_config());
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        the secret `access_token` is missing or empty: call `.access_token(…)` on the builder, or `.from_env()` with PAYMENTS_API__ACCESS_TOKEN or ACCESS_TOKEN set
        the secret `access_token` is missing or empty: call `.access_token(…)` on the builder, or `.from_env()` with PAYMENTS_API__ACCESS_TOKEN or ACCESS_TOKEN set
    "#]].assert_eq(&said);
}

#[test]
fn setter_and_variables_are_the_plans() {
    let mut plan = SOURCE.clone();
    plan.secrets.to_mut()[0] = Input {
        name: "access_token".into(),
        setter: "token".into(),
        variables: vec!["REST_SOURCE_NOWHERE".into()].into(),
        ..Input::DEFAULT
    };
    let builder = || ClientBuilder::new(Cow::Owned(plan.clone()));
    expect!["the secret `access_token` is missing: neither `.token(…)` was called on the builder, nor is REST_SOURCE_NOWHERE set in the environment"].assert_eq(&shown(&builder().from_env().build().unwrap_err()));
    assert!(builder().secret("access_token", "there").build().is_ok());
}

#[test]
fn a_secret_that_the_plan_uses_and_does_not_list_is_an_error() {
    let mut plan = SOURCE.clone();
    let key = Template(vec![Part::Secret("key".into())].into());
    plan.headers = vec![("x-key".into(), key)].into();
    let builder = ClientBuilder::new(Cow::Owned(plan)).secret("access_token", "there");
    let error = builder.build().unwrap_err();
    assert!(error.is_config());
    expect!["payments_api uses the secret `key` and does not list it"].assert_eq(&shown(&error));
}

#[test]
fn a_secret_that_the_plan_does_not_name_is_an_error() {
    let builder = ClientBuilder::new(Cow::Borrowed(&SOURCE)).secret("acces_token", "typo");
    expect!["payments_api has no secret `acces_token`"]
        .assert_eq(&shown(&builder.build().unwrap_err()));
}

#[test]
fn the_last_value_of_a_secret_counts() {
    let builder = ClientBuilder::new(Cow::Borrowed(&SOURCE)).secret("access_token", "");
    assert!(builder.secret("access_token", "there").build().is_ok());
}
