//! What a server repeats of secrets is in no checkpoint, and is there again when a fetch resumes.

use axum::response::IntoResponse as _;
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    Authenticate, Checkpoint, Client, Error, Fetch, Outgoing,
    plan::{
        Auth, Cursor, Endpoint, Grant, HttpBasic, JsonLink, KeyLocation, Paginator, Place, Selector,
    },
};
use serde_json::{Value, json};

use crate::{
    incremental::incremental,
    shown::shown,
    support::{Seen, Server, api_key, items, plan_of, secret, text, token_source, with},
};

const OLD: &str = "ca/na+ry=&\"1'<é";
const NEW: &str = "new/be+ef=&\"22'<é.";

fn keys(key: &'static str) -> Selector {
    Selector::Keys(vec![key.into()].into())
}

fn links() -> Endpoint {
    let paginator =
        Paginator::JsonLink(JsonLink { next_url_path: keys("next"), ..JsonLink::DEFAULT });
    Endpoint { paginator, data_selector: Some(keys("items")), ..items() }
}

fn cursors() -> Endpoint {
    let paginator = Paginator::Cursor(Cursor {
        cursor_path: keys("next"),
        place: Place::Param(text("after")),
        initial_cursor: None,
        page_size: None,
        ..Cursor::DEFAULT
    });
    Endpoint { paginator, data_selector: Some(keys("items")), ..items() }
}

/// The first page of an endpoint, of which only that is fetched, and where it resumes.
async fn first(client: &Client, endpoint: Endpoint) -> Checkpoint {
    let pages = Fetch::<Value>::of_plan(client, plan_of(endpoint)).max_pages(1).pages();
    pages.try_collect::<Vec<_>>().await.unwrap().pop().unwrap().checkpoint
}

/// The same checkpoint as a file has it, and its text.
fn stored(checkpoint: &Checkpoint) -> (Checkpoint, String) {
    let text = serde_json::to_string(checkpoint).unwrap();
    (serde_json::from_str(&text).unwrap(), text)
}

/// A server whose first page has this next link or page cursor, and whose second is the last.
async fn server(next: impl Fn(&Seen) -> String + Clone + Send + Sync + 'static) -> Server {
    Server::answering(move |seen: Seen| {
        let is_first = seen.query.iter().all(|(name, _)| name != "after");
        let next = is_first.then(|| next(&seen));
        axum::Json(json!({"items": [{"id": 1}], "next": next})).into_response()
    })
    .await
}

type Spelled = fn(&str) -> String;

fn percent(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// As page cursors have it; each must come back exactly.
const SPELLINGS: [Spelled; 33] = [
    |key| format!("v1:{key}:2"),
    |key| format!("{{\"k\":{},\"p\":2}}", Value::from(key)),
    |key| Value::from(key).to_string().replace('/', "\\/"),
    |key| percent(key) + "&{secrets.key}{}",
    |key| percent(key).replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"),
    |key| percent(&percent(key)),
    |key| percent(&Value::from(key).to_string()),
    |key| form(key),
    |key| percent(&form(key)),
    |key| {
        let text = key.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        text.replace('\'', "&#39;")
    },
    |key| BASE64_STANDARD.encode(key),
    |key| BASE64_STANDARD.encode(format!("me:{key}")),
    |key| BASE64_URL_SAFE_NO_PAD.encode(format!("{{\"key\":{},\"page\":2}}", Value::from(key))),
    |key| percent(&BASE64_STANDARD.encode(format!("a:{key}"))),
    |key| BASE64_STANDARD.encode(BASE64_STANDARD.encode(key)),
    |key| BASE64_URL_SAFE_NO_PAD.encode(BASE64_STANDARD.encode(format!("me:{key}:2"))),
    |key| BASE64_STANDARD.encode(format!("1:{}", BASE64_URL_SAFE_NO_PAD.encode(format!("a{key}")))),
    |key| format!("v2.{}", hex(key)),
    |key| hex(key).to_uppercase(),
    |key| percent(&format!("{}=", hex(key))),
    |key| key.replace('/', "&#x2F;"),
    |key| key.replace('/', "&#x2f;"),
    |key| key.replace('/', "&#47;"),
    |key| key.replace('\'', "&#039;").replace('&', "&amp;"),
    |key| key.replace('&', "&amp;").replace('/', "&sol;").replace('=', "&#x3D;"),
    |key| key.replace('/', "\\u002f"),
    |key| key.replace('/', "\\u002F").replace('"', "\\\""),
    |key| Value::from(key).to_string().replace('+', "\\u002B").replace('&', "\\u0026"),
    |key| key.chars().fold(String::new(), |text, c| text + &format!("&#{};", u32::from(c))),
    |key| key.chars().fold(String::new(), |text, c| text + &format!("\\u{:04x}", u32::from(c))),
    |key| key.chars().fold(String::new(), |text, c| text + &format!("&#x{:X};", u32::from(c))),
    |key| percent(&key.replace('/', "&#x2F;").replace('+', "\\u002b")),
    |key| percent(key).replace("%2F", "/").replace("%3C", "&lt;"),
];

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[tokio::test]
async fn a_secret_in_a_page_cursor_is_kept_by_its_name_and_filled_in_anew() {
    for (number, spelled) in SPELLINGS.iter().enumerate() {
        let server = server(move |_| spelled(OLD)).await;
        let client = |key: &str| {
            let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
            client.secret("key", key).build().unwrap()
        };
        let (checkpoint, text) = stored(&first(&client(OLD), cursors()).await);
        assert!(!text.contains(&spelled(OLD)) && text.contains("secrets."), "{number}: {text}");
        assert!(!text.contains("ry") && !text.contains("bmEr"), "{number}: {text}");
        for key in [OLD, NEW] {
            let resumed = Fetch::<Value>::of_plan(&client(key), plan_of(cursors()));
            resumed.resume(checkpoint.clone()).all().await.unwrap();
            let sent = server.seen().pop().unwrap().param("after");
            assert_eq!(sent, Some(spelled(key)), "{number}: {text}");
        }
    }
}

#[tokio::test]
async fn a_secret_in_a_next_link_is_kept_by_its_name_and_filled_in_anew() {
    const SPELLINGS: [Spelled; 6] = [
        percent,
        form,
        |key| percent(&percent(key)),
        |key| percent(&format!("https://a.example/?key={}", percent(key))),
        |key| percent(&BASE64_STANDARD.encode(format!("user:{key}"))),
        |key| BASE64_URL_SAFE_NO_PAD.encode(key),
    ];
    for (number, spelled) in SPELLINGS.iter().enumerate() {
        let server = server(move |_| format!("/items?after={}&page=2", spelled(OLD))).await;
        let client = |key: &str| {
            let client = with(&server, |plan| {
                let password = secret(plan, "key");
                plan.auth = Auth::HttpBasic(HttpBasic {
                    username: text("me"),
                    password,
                    ..HttpBasic::DEFAULT
                });
            });
            client.secret("key", key).build().unwrap()
        };
        let (checkpoint, text) = stored(&first(&client(OLD), links()).await);
        assert!(!text.contains("ry") && !text.contains("bmEr"), "{number}: {text}");
        for key in [OLD, NEW] {
            let resumed = Fetch::<Value>::of_plan(&client(key), plan_of(links()));
            resumed.resume(checkpoint.clone()).all().await.unwrap();
            let query = format!("after={}&page=2", spelled(key));
            let expected: Vec<_> =
                url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            assert_eq!(server.seen().pop().unwrap().query, expected, "{number}: {text}");
        }
    }
}

/// What a fetch sends that is not interrupted, one that is resumed sends, too.
#[tokio::test]
async fn a_next_link_is_requested_as_the_server_spells_it() {
    const KEY: &str = "ca/na+ry='";
    const SPELLINGS: [Spelled; 6] = [
        str::to_owned,
        percent,
        |key| key.replace('/', "%2f"),
        |key| key.replace('+', "%2B").replace('\'', "%27"),
        |key| BASE64_STANDARD.encode(format!("me+:{key}>?>?")),
        |key| key.replace('/', "&sol;"),
    ];
    for (number, spelled) in SPELLINGS.iter().enumerate() {
        let server = server(move |_| format!("/items/{}/2?after=1", spelled(KEY))).await;
        let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
        let client = client.secret("key", KEY).build().unwrap();
        Fetch::<Value>::of_plan(&client, plan_of(links())).all().await.unwrap();
        let sent = server.seen().pop().unwrap().path;
        let (checkpoint, text) = stored(&first(&client, links()).await);
        assert!(text.contains("secrets.key") && !text.contains("ry"), "{number}: {text}");
        let resumed = Fetch::<Value>::of_plan(&client, plan_of(links()));
        resumed.resume(checkpoint).all().await.unwrap();
        assert_eq!(server.seen().pop().unwrap().path, sent, "{number}: {text}");
    }
}

#[tokio::test]
async fn a_fetched_token_in_a_next_link_is_filled_in_by_the_one_of_its_time() {
    let server = Server::answering(|seen: Seen| {
        if seen.path == "/token" {
            return axum::Json(json!({"access_token": format!("tok/4f9a+{}==", seen.number)}));
        }
        let token = seen.header("authorization").strip_prefix("Bearer ").unwrap();
        let next = seen.param("after").is_none();
        let next = next.then(|| format!("/items?after=1&access_token={}", percent(token)));
        axum::Json(json!({"items": [], "next": next}))
    })
    .await;
    let client = || {
        let client = with(&server, |plan| {
            plan.auth = Auth::OAuth2(token_source(plan, &server, Grant::ClientCredentials));
        });
        client.secret("client_secret", "canary-of-the-client").build().unwrap()
    };
    let (checkpoint, text) = stored(&first(&client(), links()).await);
    assert!(!text.contains("4f9a"), "{text}");
    let resumed = Fetch::<Value>::of_plan(&client(), plan_of(links()));
    resumed.resume(checkpoint).all().await.unwrap();
    let last = server.seen().pop().unwrap();
    assert_eq!(last.header("authorization"), "Bearer tok/4f9a+3==");
    assert_eq!(last.param("access_token").as_deref(), Some("tok/4f9a+3=="));
}

/// A login whose session is another one each time.
struct Session(&'static str);

impl Authenticate for Session {
    async fn authenticate(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        request.set_header("X-Session", &format!("Session {}", self.0))
    }
}

#[tokio::test]
async fn what_a_program_authenticates_by_is_filled_in_by_what_it_is_then() {
    let server =
        server(|seen| format!("s={}", seen.header("x-session").strip_prefix("Session ").unwrap()))
            .await;
    let client = |session| with(&server, |_| {}).auth(Session(session)).build().unwrap();
    let (checkpoint, text) = stored(&first(&client("canary-one"), cursors()).await);
    assert!(!text.contains("canary"), "{text}");
    let resumed = Fetch::<Value>::of_plan(&client("canary-two"), plan_of(cursors()));
    resumed.resume(checkpoint.clone()).all().await.unwrap();
    assert_eq!(server.seen().pop().unwrap().param("after").as_deref(), Some("s=canary-two"));
    let other = with(&server, |_| {}).build().unwrap();
    let resumed = Fetch::<Value>::of_plan(&other, plan_of(cursors())).resume(checkpoint);
    let error = resumed.all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    expect!["items, page 2: the checkpoint repeats what requests were authenticated by, and they are authenticated in another way now; begin again without it"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_checkpoint_that_names_a_secret_that_is_gone_is_refused() {
    let server = server(|_| "v1:canary-key-1".to_owned()).await;
    let with_key = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
    let with_key = with_key.secret("key", "canary-key-1").build().unwrap();
    let (checkpoint, _) = stored(&first(&with_key, cursors()).await);
    let other = with(&server, |_| {}).build().unwrap();
    let resumed = Fetch::<Value>::of_plan(&other, plan_of(cursors())).resume(checkpoint);
    let error = resumed.all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    expect!["items: the checkpoint names `secrets.key`, and payments_api has no such secret any more; begin again without it"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn checkpoints_of_earlier_releases_are_taken_as_they_were() {
    let server = server(|_| String::new()).await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
    let client = client.secret("key", "a/b c").build().unwrap();
    let url = format!("{}/items?after=1&key={{secrets.key}}&q=%7Bx}}", server.url());
    for (stored, endpoint, name, sent) in [
        (json!({"page": 1, "next_url": url}), links(), "key", "a/b c"),
        (json!({"page": 1, "page_cursor": "{secrets.key}"}), cursors(), "after", "{secrets.key}"),
    ] {
        let checkpoint: Checkpoint = serde_json::from_value(stored).unwrap();
        let resumed = Fetch::<Value>::of_plan(&client, plan_of(endpoint)).resume(checkpoint);
        resumed.all().await.unwrap();
        assert_eq!(server.seen().pop().unwrap().param(name).as_deref(), Some(sent));
    }
}

/// What is of digits alone may come back as a number, and must be one again.
#[tokio::test]
async fn a_secret_of_digits_in_a_numeric_page_cursor_is_kept_by_its_name() {
    let server = Server::answering(move |seen: Seen| {
        let next = seen.param("after").is_none().then_some(30_471_188_u64);
        axum::Json(json!({"items": [{"id": 1}], "next": next})).into_response()
    })
    .await;
    let client = |key: &str| {
        let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
        client.secret("key", key).build().unwrap()
    };
    let (checkpoint, text) = stored(&first(&client("30471188"), cursors()).await);
    assert!(!text.contains("30471188") && text.contains("secrets.key"), "{text}");
    for key in ["30471188", "99471188"] {
        let resumed = Fetch::<Value>::of_plan(&client(key), plan_of(cursors()));
        resumed.resume(checkpoint.clone()).all().await.unwrap();
        assert_eq!(server.seen().pop().unwrap().param("after").as_deref(), Some(key));
    }
}

/// A server may repeat in a record, too, what a request was authenticated by.
#[tokio::test]
async fn a_secret_in_an_incremental_value_is_kept_by_its_name() {
    for (secret, value) in [("canary-7331", json!("canary-7331")), ("73317331", json!(73_317_331))]
    {
        let server =
            Server::answering(move |_| axum::Json(json!([{"id": 1, "at": value}])).into_response())
                .await;
        let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
        let client = client.secret("key", secret).build().unwrap();
        let endpoint = Endpoint { incremental: Some(incremental()), ..items() };
        let fetch = Fetch::<Value>::of_plan(&client, plan_of(endpoint));
        let pages: Vec<_> = fetch.clone().pages().try_collect().await.unwrap();
        let checkpoint = &pages.last().unwrap().checkpoint;
        let (next, text) = stored(&checkpoint.next_run().unwrap());
        assert!(!text.contains(secret) && text.contains("secrets.key"), "{text}");
        assert!(!stored(checkpoint).1.contains(secret));
        assert_eq!(fetch.resume(next).all().await.unwrap(), Vec::<Value>::new());
        assert_eq!(server.seen().pop().unwrap().param("since").as_deref(), Some(secret));
    }
}
