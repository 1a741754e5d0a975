//! What an error says that helps against a request that failed for good.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{Auth, Bearer, Endpoint, Grant, HttpBasic, KeyLocation, SourcePlan},
};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Server, api_key, fetch, items, plan_of, secret, text, token_source, with},
};

fn refusal(status: u16, challenges: &[&str]) -> Response {
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    for challenge in challenges {
        response.headers_mut().append("www-authenticate", challenge.parse().unwrap());
    }
    response
}

/// The error of a server that answers so.
async fn failed(
    answer: impl Fn() -> Response + Clone + Send + Sync + 'static,
    change: impl FnOnce(&mut SourcePlan, &Server),
    endpoint: Endpoint,
) -> Error {
    let server = Server::answering(move |_| answer()).await;
    let mut secrets = Vec::new();
    let mut builder = with(&server, |plan| {
        change(plan, &server);
        secrets = plan.secrets.iter().map(|secret| secret.name.to_string()).collect();
    });
    for name in secrets {
        builder = builder.secret(name, "canary-of-the-secret");
    }
    let error = fetch(&builder.build().unwrap(), endpoint).await.unwrap_err();
    assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:#?}");
    error
}

fn help(error: &Error) -> Vec<String> {
    error.to_string().split("\n  help: ").skip(1).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_refusal_shows_what_the_server_asks_for() {
    let cases: [(u16, &'static [&'static str], &[&str]); 4] = [
        (401, &["Token"], &["the server asks for `Token` (`WWW-Authenticate`)"]),
        (
            403,
            &["Basic realm=\"a\"", "Bearer error=\"insufficient_scope\""],
            &["the server asks for `Basic realm=\"a\", Bearer error=\"insufficient_scope\"` \
               (`WWW-Authenticate`)"],
        ),
        (
            401,
            &["Bearer t=canary-of-the-secret"],
            &["the server asks for `Bearer t=***` (`WWW-Authenticate`)"],
        ),
        (401, &[], &[]),
    ];
    for (status, challenges, expected) in cases {
        let bearer = |plan: &mut SourcePlan, _: &Server| {
            plan.auth = Auth::Bearer(Bearer { token: secret(plan, "key"), ..Bearer::DEFAULT });
        };
        let error = failed(move || refusal(status, challenges), bearer, items()).await;
        let help = help(&error);
        assert_eq!(help[..help.len() - 1], *expected, "{error}");
        assert_eq!(help.last().unwrap(), "the secret `key` is from `.key(…)` of the builder");
    }
}

/// A change of a plan whose API answers at this server.
type Change = fn(&mut SourcePlan, &Server);

#[tokio::test]
async fn a_refusal_names_where_each_secret_is_from() {
    let of = |names: &[&str]| {
        let names = names
            .iter()
            .map(|name| format!("the secret `{name}` is from `.{name}(…)` of the builder"));
        vec![names.collect::<Vec<_>>().join(", ")]
    };
    let cases: [(Change, Vec<String>); 5] = [
        (|plan, _| plan.auth = api_key(plan, "X-Key", KeyLocation::Header), of(&["key"])),
        (
            |plan, _| {
                let (username, password) = (secret(plan, "user"), secret(plan, "password"));
                plan.auth = Auth::HttpBasic(HttpBasic { username, password, ..HttpBasic::DEFAULT });
            },
            of(&["user", "password"]),
        ),
        (
            |plan, _| {
                let header = secret(plan, "tenant");
                plan.auth = api_key(plan, "key", KeyLocation::Query);
                plan.headers = vec![("X-Tenant".into(), header)].into();
            },
            of(&["key", "tenant"]),
        ),
        (|_, _| {}, vec!["no credential is sent; `auth` of `client` adds one".to_owned()]),
        (
            |plan, _| plan.auth = Auth::Bearer(Bearer { token: text("plain"), ..Bearer::DEFAULT }),
            vec![],
        ),
    ];
    for (change, expected) in cases {
        let error = failed(|| refusal(403, &[]), change, items()).await;
        assert_eq!(help(&error), expected, "{error}");
    }
    let bearer = |plan: &mut SourcePlan, _: &Server| {
        plan.auth = Auth::Bearer(Bearer { token: secret(plan, "key"), ..Bearer::DEFAULT });
    };
    let public = Endpoint { auth: Some(Auth::None), ..items() };
    let error = failed(|| refusal(403, &[]), bearer, public).await;
    assert_eq!(help(&error), ["no credential is sent; `auth` of the endpoint is `none`"]);
    // Of the endpoint's own.
    let error = failed(
        || refusal(401, &[]),
        |plan, _| {
            secret(plan, "token");
            plan.auth = api_key(plan, "key", KeyLocation::Query);
        },
        Endpoint {
            auth: Some(Auth::Bearer(Bearer {
                token: rest_source::plan::Template(
                    vec![rest_source::plan::Part::Secret("token".into())].into(),
                ),
                ..Bearer::DEFAULT
            })),
            ..items()
        },
    )
    .await;
    assert_eq!(help(&error), of(&["token"]), "{error}");
    // Of the token endpoint.
    let error = failed(
        || {
            (StatusCode::UNAUTHORIZED, json!({"error": "invalid_client"}).to_string())
                .into_response()
        },
        |plan, server| {
            plan.auth = Auth::OAuth2(token_source(plan, server, Grant::ClientCredentials));
        },
        items(),
    )
    .await;
    assert!(error.is_auth(), "{error}");
    assert_eq!(help(&error), of(&["client_secret"]), "{error}");
}

#[tokio::test]
async fn a_404_says_that_the_path_is_the_name_of_the_resource() {
    let server = Server::answering(|_| StatusCode::NOT_FOUND).await;
    let client = with(&server, |_| {}).build().unwrap();
    for (path, is_named) in [("items", true), ("v1/items", false)] {
        let plan = plan_of(Endpoint { path: text(path), ..items() });
        let error = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap_err();
        let expected =
            "the path `items` is the resource's name; `path` of its endpoint sets another";
        assert_eq!(help(&error).first().is_some_and(|help| help == expected), is_named, "{error}");
    }
}

#[tokio::test]
async fn as_many_headers_as_browsers_take_are_read() {
    let answer = |count: usize, length: usize| {
        move |_| {
            let mut response = "[{}]".into_response();
            for number in 0..count {
                let name: axum::http::HeaderName = format!("x-{number}").parse().unwrap();
                response.headers_mut().insert(name, "v".repeat(length).parse().unwrap());
            }
            response
        }
    };
    for (count, length) in [(500, 1), (1000, 100), (10, 25_000)] {
        let server = Server::answering(answer(count, length)).await;
        let client = with(&server, |_| {}).build().unwrap();
        assert_eq!(fetch(&client, items()).await.unwrap().len(), 1, "{count}");
        assert_eq!(fetch(&client, items()).await.unwrap().len(), 1, "{count}");
        // What reads many lines is only used once they have come.
        assert_eq!(server.seen().len(), if count > 100 { 3 } else { 2 }, "{count}");
    }
    let mut said = String::new();
    for (count, length) in [(2000, 1), (10, 100_000)] {
        let server = Server::answering(answer(count, length)).await;
        let client = with(&server, |_| {}).build().unwrap();
        let error = fetch(&client, items()).await.unwrap_err();
        assert!(error.is_too_large() && error.tries() == Some(1), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: GET URL/items answered with more headers than are read: 1024 lines or 408 KiB (1 try in … s)
        items, page 1: GET URL/items answered with more headers than are read: 1024 lines or 408 KiB (1 try in … s)
    "#]].assert_eq(&said);
}
