//! What clients sign: JSON Web Tokens, requests, and the choice of an authentication.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use expect_test::expect;
use rest_source::{
    ClientBuilder,
    plan::{
        ApiKey, Auth, AuthChoice, AuthValue, Bearer, BinaryEncoding, Body, Claim, ClientAuth,
        Condition, Endpoint, Grant, Hash, Hmac, HttpBasic, Input, JsonTemplate, Jwt, JwtAlgorithm,
        JwtAuth, KeyLocation, Method, OAuth2, Param, Part, SendAs, Template, TimestampFormat,
    },
};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Seen, Server, fetch, items, secret, text, token_source, with},
};

const RSA: &str = include_str!("../data/rsa.pem");
const SECRET: &str = "canary-hmac-key";

fn value(value: &'static str) -> Claim {
    Claim::Value(JsonTemplate::Text(text(value)))
}

fn builder(server: &Server, key: &str, change: impl FnOnce(&mut Jwt)) -> ClientBuilder {
    with(server, |plan| {
        let mut jwt = Jwt { key: secret(plan, "key"), ..Jwt::DEFAULT };
        change(&mut jwt);
        plan.auth = Auth::Jwt(JwtAuth { jwt, ..JwtAuth::DEFAULT });
    })
    .secret("key", key)
}

/// The header and the claims of a token, and what verifies it.
fn parts(token: &str) -> (Value, Value, String, Vec<u8>) {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let read = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap();
    let json = |part: &str| serde_json::from_slice(&read(part)).unwrap();
    (json(header), json(claims), signed.to_owned(), read(signature))
}

fn sent(server: &Server) -> String {
    let seen = server.seen().pop().unwrap();
    seen.header("authorization").strip_prefix("Bearer ").unwrap().to_owned()
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap()
}

#[tokio::test]
async fn a_token_is_signed_by_a_secret() {
    let server = Server::answering(|_| "[]").await;
    let client = builder(&server, SECRET, |jwt| {
        jwt.algorithm = JwtAlgorithm::Hs256;
        let number = Claim::Value(JsonTemplate::Literal("1.5".into()));
        jwt.claims = vec![(text("iss"), value("me")), (text("n"), number)].into();
    });
    fetch(&client.build().unwrap(), items()).await.unwrap();
    // What Python's hmac makes of it.
    expect!["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJtZSIsIm4iOjEuNX0.ikYY4C7a7Pn6XdL4kZtwMFPAM9i3hW9Ljsbg5egsxIs"].assert_eq(&sent(&server));
}

#[tokio::test]
async fn a_token_is_signed_by_a_private_key_of_every_kind() {
    let public = |pair: &rcgen::KeyPair| pair.public_key_raw().to_vec();
    let (p256, p384, ed) = (
        rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap(),
        rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap(),
        rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap(),
    );
    let rsa = rcgen::KeyPair::from_pem(RSA).unwrap();
    let cases: [(JwtAlgorithm, &rcgen::KeyPair, &'static dyn VerificationAlgorithm); 6] = [
        (JwtAlgorithm::Rs256, &rsa, &signature::RSA_PKCS1_2048_8192_SHA256),
        (JwtAlgorithm::Rs512, &rsa, &signature::RSA_PKCS1_2048_8192_SHA512),
        (JwtAlgorithm::Ps256, &rsa, &signature::RSA_PSS_2048_8192_SHA256),
        (JwtAlgorithm::Es256, &p256, &signature::ECDSA_P256_SHA256_FIXED),
        (JwtAlgorithm::Es384, &p384, &signature::ECDSA_P384_SHA384_FIXED),
        (JwtAlgorithm::EdDsa, &ed, &signature::ED25519),
    ];
    for (algorithm, pair, verifies) in cases {
        let server = Server::answering(|_| StatusCode::UNAUTHORIZED).await;
        // As environments have it, in one line.
        for pem in [pair.serialize_pem(), pair.serialize_pem().replace('\n', "\\n")] {
            let client = builder(&server, &pem, |jwt| {
                jwt.algorithm = algorithm;
                jwt.header = vec![(text("kid"), JsonTemplate::Text(text("k1")))].into();
                let times = [("iat", Claim::Time(-60)), ("exp", Claim::Time(600))];
                jwt.claims = times.map(|(name, claim)| (text(name), claim)).to_vec().into();
            });
            let error = fetch(&client.build().unwrap(), items()).await.unwrap_err();
            assert_eq!(error.tries(), Some(2), "it is signed once more");
            assert!(!format!("{error} {error:#?}").contains("PRIVATE"));
            let (header, claims, signed, signature) = parts(&sent(&server));
            let expected = json!({"alg": algorithm.name(), "typ": "JWT", "kid": "k1"});
            assert_eq!(header, expected);
            let about = |name: &str, at: i64| (claims[name].as_i64().unwrap() - at).abs() < 5;
            assert!(about("iat", now() - 60) && about("exp", now() + 600), "{claims}");
            UnparsedPublicKey::new(verifies, public(pair))
                .verify(signed.as_bytes(), &signature)
                .unwrap();
        }
    }
}

#[tokio::test]
async fn a_key_that_signs_nothing_is_an_error_before_anything_is_sent() {
    let server = Server::answering(|_| "[]").await;
    let ec = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let broken = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let mut said = String::new();
    for (key, algorithm, encoding) in [
        ("canary-key", JwtAlgorithm::Rs256, BinaryEncoding::Text),
        (broken, JwtAlgorithm::Rs256, BinaryEncoding::Text),
        (&ec, JwtAlgorithm::Rs256, BinaryEncoding::Text),
        (RSA, JwtAlgorithm::Es256, BinaryEncoding::Text),
        ("canary-key", JwtAlgorithm::Hs256, BinaryEncoding::Base64),
        ("canary-key", JwtAlgorithm::Hs256, BinaryEncoding::Hex),
    ] {
        let built = builder(&server, key, |jwt| {
            (jwt.algorithm, jwt.key_encoding) = (algorithm, encoding);
        });
        let error = built.build().unwrap_err();
        assert!(error.is_config() && !error.to_string().contains("canary"), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        the private key is not PEM: `-----BEGIN PRIVATE KEY-----` and the lines after it, not encrypted
        the private key is none of RSA with at least 2048 bits, P-256, P-384 or Ed25519
        the private key is not one for RS256: it is of another kind
        the private key is not one for ES256: it is of another kind
        the key is not written in base64
        the key is not written in hex
    "#]].assert_eq(&said);
}

/// A token endpoint that gives `canary-access` for what has these fields.
async fn exchange(fields: &'static [&'static str]) -> Server {
    Server::answering(move |seen: Seen| -> Response {
        if seen.path != "/token" {
            let is_right = seen.header("authorization") == "Bearer canary-access";
            return if is_right {
                "[{}]".into_response()
            } else {
                StatusCode::FORBIDDEN.into_response()
            };
        }
        let form = seen.form();
        let has = |name: &&str| form.iter().any(|(given, _)| given == name);
        if form.len() != fields.len() || !fields.iter().all(has) {
            return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_request"})))
                .into_response();
        }
        Json(json!({"access_token": "canary-access"})).into_response()
    })
    .await
}

#[tokio::test]
async fn a_service_account_exchanges_a_token_of_its_key_file() {
    let server = exchange(&["grant_type", "assertion"]).await;
    let file = json!({
        "type": "service_account", "private_key": RSA, "private_key_id": "k7",
        "client_email": "me@example.com", "token_uri": format!("{}/token", server.url()),
    });
    let build = |file: &str| {
        let client = with(&server, |plan| {
            let account = secret(plan, "account");
            let claims = vec![
                (text("aud"), Claim::TokenUrl),
                (text("scope"), value("a b")),
                (text("exp"), Claim::Time(300)),
            ];
            let jwt = Jwt { service_account: Some(account), claims: claims.into(), ..Jwt::DEFAULT };
            plan.auth = Auth::OAuth2(OAuth2 { grant: Grant::JwtBearer(jwt), ..OAuth2::DEFAULT });
        });
        client.secret("account", file).build()
    };
    fetch(&build(&file.to_string()).unwrap(), items()).await.unwrap();
    let form = server.seen()[0].form();
    let field = |name: &str| form.iter().find(|(given, _)| given == name).unwrap().1.clone();
    assert_eq!(field("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    let (header, claims, signed, signature) = parts(&field("assertion"));
    assert_eq!((&header["kid"], &header["alg"]), (&json!("k7"), &json!("RS256")));
    assert_eq!(claims["iss"], "me@example.com");
    assert_eq!((&claims["aud"], &claims["scope"]), (&file["token_uri"], &json!("a b")));
    let public = rcgen::KeyPair::from_pem(RSA).unwrap().public_key_raw().to_vec();
    UnparsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, public)
        .verify(signed.as_bytes(), &signature)
        .unwrap();
    let mut insecure = file.clone();
    insecure["token_uri"] = json!("http://example.com/token");
    let errors =
        [insecure.to_string(), "canary {".to_owned()].map(|file| build(&file).unwrap_err());
    let said = errors.map(|error| shown(&error)).join("\n");
    expect![[r#"
        `token_uri` of the key file is not an address that begins with https://
        the service account is not the text of a key file: JSON with `client_email` and `private_key`"#]].assert_eq(&said);
}

#[tokio::test]
async fn a_client_authenticates_itself_by_a_signed_token_or_http_basic() {
    let signed = ["grant_type", "client_id", "client_assertion_type", "client_assertion"];
    let cases: [(ClientAuth, &[&str], &str); 4] = [
        (ClientAuth::SecretPost, &["grant_type", "client_id", "client_secret"], ""),
        // RFC 6749, section 2.3.1: both as forms write them.
        (ClientAuth::SecretBasic, &["grant_type"], "Basic bWU6Y2FuYXJ5KyUyNiUzQXM="),
        (ClientAuth::None, &["grant_type", "client_id"], ""),
        (
            ClientAuth::PrivateKeyJwt(Jwt {
                algorithm: JwtAlgorithm::Hs256,
                key: text("a key of a test"),
                claims: vec![(text("aud"), Claim::TokenUrl)].into(),
                ..Jwt::DEFAULT
            }),
            &signed,
            "",
        ),
    ];
    for (client_auth, fields, header) in cases {
        let fields: &'static [&'static str] = Box::leak(fields.to_vec().into_boxed_slice());
        let server = exchange(fields).await;
        let builder = with(&server, |plan| {
            let mut oauth = token_source(plan, &server, Grant::ClientCredentials);
            oauth.client_auth = client_auth.clone();
            plan.auth = Auth::OAuth2(oauth);
        });
        let client = builder.secret("client_secret", "canary &:s").build().unwrap();
        fetch(&client, items()).await.unwrap();
        assert_eq!(server.seen()[0].header("authorization"), header, "{client_auth:?}");
    }
}

#[tokio::test]
async fn a_token_request_may_be_json_with_names_of_its_own() {
    let server = Server::answering(|seen: Seen| -> Response {
        if seen.path != "/token" {
            let is_right = seen.header("x-amz-access-token") == "canary-access"
                && seen.header("authorization").is_empty();
            return if is_right {
                "[{}]".into_response()
            } else {
                StatusCode::FORBIDDEN.into_response()
            };
        }
        let answer =
            json!({"data": {"accessToken": "canary-access", "ttl": 60, "refresh": "canary-2"}});
        Json(answer).into_response()
    })
    .await;
    let keys = |keys: &[&'static str]| {
        rest_source::plan::Selector::Keys(keys.iter().map(|key| (*key).into()).collect())
    };
    let builder = with(&server, |plan| {
        let refresh = secret(plan, "refresh");
        let mut oauth = token_source(plan, &server, Grant::RefreshToken(refresh));
        oauth.request_json = true;
        oauth.request_headers = vec![(text("x-version"), text("2"))].into();
        oauth.client_id_param = "app_id".into();
        oauth.client_secret_param = "app_secret".into();
        oauth.refresh_token_param = "token".into();
        oauth.access_token_path = keys(&["data", "accessToken"]);
        oauth.expires_in_path = keys(&["data", "ttl"]);
        oauth.refresh_token_path = keys(&["data", "refresh"]);
        oauth.send = SendAs::ApiKey(ApiKey {
            name: text("x-amz-access-token"),
            key: Template::TOKEN,
            location: KeyLocation::Header,
            ..ApiKey::DEFAULT
        });
        plan.auth = Auth::OAuth2(oauth);
    });
    let client = builder.secret("client_secret", "canary-s").secret("refresh", "canary-1");
    let client = client.build().unwrap();
    fetch(&client, items()).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!((seen.header("content-type"), seen.header("x-version")), ("application/json", "2"));
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    let expected = json!({
        "grant_type": "refresh_token", "app_id": "me", "app_secret": "canary-s", "token": "canary-1",
    });
    assert_eq!(body, expected);
}

fn named(parts: &[Part]) -> Template {
    Template(parts.to_vec().into())
}

const fn of(value: AuthValue) -> Part {
    Part::Auth(value)
}

#[tokio::test]
async fn a_request_is_signed_over_what_is_sent() {
    let server = Server::answering(|_| "[]").await;
    let line = || Part::Text("\n".into());
    let sign = [of(AuthValue::Method), line(), of(AuthValue::Target), line(), of(AuthValue::Body)];
    let client = with(&server, |plan| {
        let key = secret(plan, "key");
        let signature = named(&[Part::Text("v1=".into()), of(AuthValue::Signature)]);
        let headers = vec![(text("X-Signature"), signature), (text("X-Key"), text("me"))];
        let hmac = Hmac { key, sign: named(&sign), headers: headers.into(), ..Hmac::DEFAULT };
        plan.auth = Auth::Hmac(hmac);
    });
    let object = JsonTemplate::Object(vec![(text("x"), JsonTemplate::Literal("1".into()))].into());
    let endpoint = Endpoint {
        method: Method::Post,
        path: Template::text("/items?a=b%20c"),
        body: Some(Body::Json(object)),
        ..items()
    };
    fetch(&client.secret("key", SECRET).build().unwrap(), endpoint).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.header("x-key"), "me");
    // What Python's hmac makes of it.
    let expected = "v1=6deb8a726f7d2d554d678190ebf5459fb2b6dc996666f6f38cdabc592bf930d0";
    assert_eq!(seen.header("x-signature"), expected);
}

#[tokio::test]
async fn a_signature_has_other_hashes_and_forms() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| {
        let key = secret(plan, "key");
        let headers = vec![(text("X-Signature"), named(&[of(AuthValue::Signature)]))];
        plan.auth = Auth::Hmac(Hmac {
            key,
            key_encoding: BinaryEncoding::Base64,
            algorithm: Hash::Sha512,
            encoding: BinaryEncoding::Base64,
            sign: named(&[of(AuthValue::Method), of(AuthValue::Path)]),
            headers: headers.into(),
            ..Hmac::DEFAULT
        });
    });
    let client = client.secret("key", "AAECAwQFBgcICQoLDA0ODw==").build().unwrap();
    fetch(&client, items()).await.unwrap();
    let expected =
        "QOsLlaO6tqkukw2BYr+EnnE4J/OWfCl0fVNBvHsNwFU9ayr224GVcHbFSQE24AC6H1eUY9JWtFiCZ8FCdluMnA==";
    assert_eq!(server.seen()[0].header("x-signature"), expected);
}

/// As at Binance: what is signed is the query with the time, and the signature follows it.
#[tokio::test]
async fn a_signature_in_the_query_is_of_the_query_before_it() {
    let server = Server::answering(|_| StatusCode::UNAUTHORIZED).await;
    let client = with(&server, |plan| {
        let key = secret(plan, "key");
        let params = [("timestamp", AuthValue::Timestamp), ("signature", AuthValue::Signature)];
        let params = params.map(|(name, value)| (text(name), named(&[of(value)])));
        plan.auth = Auth::Hmac(Hmac {
            key,
            sign: named(&[of(AuthValue::Query)]),
            timestamp: TimestampFormat::EpochMs,
            params: params.to_vec().into(),
            ..Hmac::DEFAULT
        });
    });
    let mut endpoint = items();
    let (name, value) = (text("limit"), text("5"));
    endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
    let client = client.secret("key", SECRET).build().unwrap();
    let error = fetch(&client, endpoint).await.unwrap_err();
    assert_eq!(error.tries(), Some(2), "it is signed once more with the time of then");
    for seen in server.seen() {
        let names: Vec<&str> = seen.query.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["limit", "timestamp", "signature"]);
        let query = format!("limit=5&timestamp={}", seen.param("timestamp").unwrap());
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
        let expected = ring::hmac::sign(&key, query.as_bytes());
        let expected = expected
            .as_ref()
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(seen.param("signature").unwrap(), expected);
        assert!(!format!("{error} {error:#?}").contains(&expected));
        let about = i64::try_from(seen.param("timestamp").unwrap().parse::<u64>().unwrap() / 1000);
        assert!((about.unwrap() - now()).abs() < 5);
    }
}

#[tokio::test]
async fn a_setting_chooses_the_authentication_and_what_it_needs() {
    let server = Server::answering(|_| "[]").await;
    let choose = || Template(vec![Part::Config("auth_type".into())].into());
    let input = |name: &'static str, option: Option<&'static str>| {
        let condition = |option: &'static str| Condition {
            choose: choose(),
            option: option.into(),
            ..Condition::DEFAULT
        };
        Input {
            name: name.into(),
            setter: name.into(),
            variables: vec![format!("API__{name}").into()].into(),
            needed_if: option.into_iter().map(condition).collect(),
            ..Input::DEFAULT
        }
    };
    let of_secret = |name: &'static str| Template(vec![Part::Secret(name.into())].into());
    let builder = |option: &str| {
        let builder = with(&server, |plan| {
            plan.secrets =
                vec![input("token", Some("bearer")), input("password", Some("basic"))].into();
            plan.config = vec![input("auth_type", None)].into();
            let bearer = Bearer { token: of_secret("token"), ..Bearer::DEFAULT };
            let basic = HttpBasic {
                username: text("me"),
                password: of_secret("password"),
                ..HttpBasic::DEFAULT
            };
            let options = vec![
                ("bearer".into(), Auth::Bearer(bearer)),
                ("basic".into(), Auth::HttpBasic(basic)),
            ];
            plan.auth = Auth::Choice(AuthChoice {
                choose: choose(),
                options: options.into(),
                ..AuthChoice::DEFAULT
            });
        });
        builder.config("auth_type", option)
    };
    fetch(&builder("bearer").secret("token", "canary").build().unwrap(), items()).await.unwrap();
    fetch(&builder("basic").secret("password", "canary").build().unwrap(), items()).await.unwrap();
    let sent: Vec<String> =
        server.seen().iter().map(|seen| seen.header("authorization").to_owned()).collect();
    assert_eq!(sent, ["Bearer canary", "Basic bWU6Y2FuYXJ5"]);
    let errors = [builder("bearer").build(), builder("digest").build()];
    let said = errors.map(|built| shown(&built.unwrap_err())).join("\n");
    expect![[r#"
        the secret `token` is missing or empty: call `.token(…)` on the builder, or `.from_env()` with API__token set
        the setting `auth_type` chooses the authentication: one of `bearer`, `basic`, found `digest`"#]].assert_eq(&said);
}
