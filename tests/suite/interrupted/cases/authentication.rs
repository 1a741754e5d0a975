//! Authentication: what each request has, also one behind a link that repeats a secret.

use std::fmt::Write as _;

use ring::hmac;
use serde_json::json;

use super::super::{
    Case,
    server::{Answer, Asked, part, records},
};

const RSA: &str = include_str!("../../../../runtime/tests/data/rsa.pem");

pub(super) const CASES: &[Case] = &[
    Case {
        name: "credentials",
        description: r#"
config:
  kind: {default: password}
resource_defaults:
  endpoint: {data_selector: data, paginator: {type: json_link, next_url_path: next}}
resources:
  - {name: without, endpoint: {auth: none}}
  - {name: bearer, endpoint: {auth: {type: bearer, token: "{secrets.key}"}}}
  - {name: header, endpoint: {auth: {type: api_key, name: X-Key, api_key: "{secrets.key}"}}}
  - {name: query, endpoint: {auth: {type: api_key, name: key, api_key: "{secrets.key}", location: query}}}
  - {name: cookie, endpoint: {auth: {type: api_key, name: key, api_key: "{secrets.key}", location: cookie}}}
  - {name: body, endpoint: {method: POST, json: {all: true}, auth: {type: api_key, name: auth.key, api_key: "{secrets.key}", location: body}}}
  - {name: basic, endpoint: {auth: {type: http_basic, username: me, password: "{secrets.key}"}}}
  - name: choice
    endpoint:
      auth:
        choose: "{config.kind}"
        options: {token: {type: bearer}, password: {type: http_basic, username: me, password: "{secrets.key}"}}
"#,
        answer: |asked| {
            let is_right = match asked.path.as_str() {
                "without" => asked.header("authorization").is_empty(),
                "bearer" => asked.header("authorization") == "Bearer canary-key",
                "header" => asked.header("x-key") == "canary-key",
                "query" => asked.text("key") == "canary-key",
                "cookie" => asked.header("cookie") == "key=canary-key",
                "body" => asked.json()["auth"]["key"] == "canary-key",
                _ => asked.header("authorization") == "Basic bWU6Y2FuYXJ5LWtleQ==",
            };
            if is_right { linked(asked) } else { Answer::status(401) }
        },
        records: 40,
        secrets: || vec![("key", "canary-key".into())],
        ..Case::BASE
    },
    Case {
        name: "tokens",
        description: r#"
resource_defaults:
  endpoint: {data_selector: data, paginator: {type: json_link, next_url_path: next}}
resources:
  - name: in_body
    endpoint:
      auth:
        type: session
        login:
          path: login/json
          params: {v: 2}
          headers: {X-Client: test}
          json: {user: me, password: "{secrets.password}"}
          auth: {type: http_basic, username: me, password: "{secrets.password}"}
        token_path: data.token
        expires_in_path: data.ttl
        renew_on: [401]
        send: {type: api_key, name: session, api_key: "{token}", location: query}
  - name: in_header
    endpoint:
      auth:
        type: session
        login: {method: POST, path: login/form, data: {user: me}, auth: {type: api_key, name: X-Key, api_key: "{secrets.key}", location: header}}
        token_from_header: X-Token
        default_token_expiration: 900
        send: {type: http_basic, username: "{token}", password: ""}
  - name: in_cookie
    endpoint:
      auth:
        type: session
        login: {method: GET, path: login/cookie, auth: {type: bearer, token: "{secrets.key}"}}
        token_from_cookie: sid
        expires_at_path: until
  - name: without_key
    endpoint: {auth: {type: session, login: {path: login/open, auth: none}, token_path: data.token}}
  - name: of_client
    endpoint:
      auth:
        type: oauth2_client_credentials
        access_token_url: https://api.example.com/token/client
        client_id: me
        client_secret: "{secrets.key}"
        client_id_param: app
        client_secret_param: app_secret
        scopes: [read, write]
        access_token_request_data: {audience: all}
        access_token_request_headers: {X-Client: test}
        access_token_request_json: true
        access_token_path: data.token
        expires_in_path: data.ttl
        default_token_expiration: 900
        send: {type: bearer, token: "{token}"}
  - name: of_basic_client
    endpoint:
      auth: {type: oauth2_client_credentials, access_token_url: https://api.example.com/token/basic, client_id: me, client_secret: "{secrets.key}", client_auth_method: client_secret_basic, expires_at_path: until, token_header: {name: X-Token, prefix: "Token "}}
  - name: with_first
    endpoint:
      auth: {type: oauth2_client_credentials, access_token_url: https://api.example.com/token/basic, access_token: "{secrets.first}", client_id: me, client_secret: "{secrets.key}"}
  - name: of_refresh
    endpoint:
      auth: {type: oauth2_refresh_token, access_token_url: https://api.example.com/token/refresh, client_id: me, client_secret: "{secrets.key}", refresh_token: "{secrets.refresh}", refresh_token_param: token, refresh_token_path: next_token}
"#,
        answer: tokens,
        records: 40,
        secrets: || {
            vec![
                ("key", "canary-key".into()),
                ("password", "canary-password".into()),
                ("first", "canary-token".into()),
                ("refresh", "canary-refresh".into()),
            ]
        },
        again: &["login", "token"],
        ..Case::BASE
    },
    Case {
        name: "signatures",
        description: r#"
config:
  key_id: {default: k1}
resource_defaults:
  endpoint: {data_selector: data, paginator: {type: json_link, next_url_path: next}}
resources:
  - name: requests
    endpoint:
      method: POST
      json: {all: true}
      auth:
        type: hmac
        secret_key: "{secrets.hex}"
        key_encoding: hex
        algorithm: sha256
        encoding: hex
        timestamp: epoch_ms
        sign: "{timestamp}{method}{target}{body}"
        headers: {X-Time: "{timestamp}", X-Sign: "{signature}"}
        params: {nonce: "{nonce}"}
  - {name: keys, endpoint: {auth: {type: jwt, algorithm: RS256, private_key: "{secrets.rsa}", key_id: "{config.key_id}", jwt_headers: {cty: a}, claims: {iss: me, exp: now + 9 minutes, jti: "{nonce}"}}}}
  - {name: shared_keys, endpoint: {auth: {type: jwt, algorithm: HS256, secret_key: "{secrets.hex}", key_encoding: hex, token_header: {name: Authorization, prefix: "JWT "}}}}
  - {name: sent_keys, endpoint: {auth: {type: jwt, algorithm: HS256, secret_key: "{secrets.hex}", send: {type: bearer, token: "{token}"}}}}
  - {name: exchanged, endpoint: {auth: {type: oauth2_jwt_bearer, access_token_url: https://api.example.com/token/jwt, client_id: me, client_secret: "{secrets.hex}", algorithm: RS256, private_key: "{secrets.rsa}", key_id: k1, jwt_headers: {cty: a}, claims: {sub: me}, scopes: read}}}
  - {name: exchanged_account, endpoint: {auth: {type: oauth2_jwt_bearer, access_token_url: https://api.example.com/token/jwt, service_account: "{secrets.account}"}}}
  - name: asserted_account
    endpoint:
      auth:
        type: oauth2_client_credentials
        access_token_url: https://api.example.com/token/asserted
        client_id: me
        client_auth_method: private_key_jwt
        client_assertion: {service_account: "{secrets.account}"}
  - {name: exchanged_shared, endpoint: {auth: {type: oauth2_jwt_bearer, access_token_url: https://api.example.com/token/jwt, algorithm: HS256, secret_key: "{secrets.hex}", key_encoding: hex}}}
  - name: asserted
    endpoint:
      auth:
        type: oauth2_client_credentials
        access_token_url: https://api.example.com/token/asserted
        client_id: me
        client_auth_method: private_key_jwt
        client_assertion: {algorithm: RS256, private_key: "{secrets.rsa}", key_id: k1, jwt_headers: {cty: a}, claims: {exp: now + 5 minutes}}
  - name: asserted_shared
    endpoint:
      auth:
        type: oauth2_client_credentials
        access_token_url: https://api.example.com/token/asserted
        client_id: me
        client_auth_method: private_key_jwt
        client_assertion: {algorithm: HS256, secret_key: "{secrets.hex}", key_encoding: hex}
"#,
        answer: signatures,
        records: 50,
        secrets: || {
            let account = json!({"client_email": "me@example.com", "private_key": RSA});
            vec![("hex", "00010203".into()), ("rsa", RSA.into()), ("account", account.to_string())]
        },
        again: &["token"],
        once: &["authorization", "nonce", "x-time", "x-sign", "assertion", "client_assertion"],
        ..Case::BASE
    },
];

/// Three records, and the link to the next page: it repeats the query.
fn linked(asked: &Asked) -> Answer {
    let (data, next) = part(&records(5), asked.number("from").unwrap_or(0), 3);
    let next = next.map(|next| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let others = asked.query.iter().filter(|(name, _)| name != "from" && name != "nonce");
        query.extend_pairs(others).append_pair("from", &next.to_string());
        format!("/{}?{}", asked.path, query.finish())
    });
    json!({"data": data, "next": next}).into()
}

fn tokens(asked: &Asked) -> Answer {
    let (body, is_json) = (asked.json(), asked.header("content-type") == "application/json");
    let basic = |user: &str| asked.header("authorization") == format!("Basic {user}");
    let token = json!({
        "access_token": "canary-token",
        "data": {"token": "canary-token", "ttl": 900},
        "until": "2099-01-01T00:00:00Z",
    });
    let is_right = match asked.path.as_str() {
        "login/json" => {
            body["password"] == "canary-password"
                && basic("bWU6Y2FuYXJ5LXBhc3N3b3Jk")
                && asked.header("x-client") == "test"
                && asked.text("v") == "2"
        }
        "login/form" => asked.field("user") == "me" && asked.header("x-key") == "canary-key",
        "login/cookie" => asked.header("authorization") == "Bearer canary-key",
        "token/client" => {
            is_json
                && asked.header("x-client") == "test"
                && (body["app"] == "me" && body["app_secret"] == "canary-key")
                && (body["scope"] == "read write" && body["audience"] == "all")
        }
        "login/open" => asked.header("authorization").is_empty(),
        "token/basic" => basic("bWU6Y2FuYXJ5LWtleQ=="),
        "token/refresh" => asked.field("token") == "canary-refresh",
        "in_body" => asked.text("session") == "canary-token",
        "in_header" => basic("Y2FuYXJ5LXRva2VuOg=="),
        "in_cookie" => asked.header("cookie").contains("sid=canary-token"),
        "of_basic_client" => asked.header("x-token") == "Token canary-token",
        _ => asked.header("authorization") == "Bearer canary-token",
    };
    match asked.path.as_str() {
        _ if !is_right => Answer::status(401),
        "login/form" => Answer::from(json!({})).header("X-Token", "canary-token"),
        "login/cookie" => {
            Answer::from(token).header("Set-Cookie", "sid=canary-token; Path=/in_cookie")
        }
        path if path.starts_with("login") || path.starts_with("token") => token.into(),
        _ => linked(asked),
    }
}

fn signatures(asked: &Asked) -> Answer {
    let is_jwt = |text: &str| text.starts_with("eyJ") && text.split('.').count() == 3;
    let sent =
        |prefix: &str| asked.header("authorization").strip_prefix(prefix).is_some_and(is_jwt);
    let is_right = match asked.path.as_str() {
        "requests" => {
            let mut target = String::from("/requests?");
            let mut query = url::form_urlencoded::Serializer::new(&mut target);
            query.extend_pairs(&asked.query).finish();
            target = target.replace("?&", "?");
            let signed = format!("{}POST{target}{}", asked.header("x-time"), asked.body);
            let key = hmac::Key::new(hmac::HMAC_SHA256, &[0, 1, 2, 3]);
            let mut hex = String::new();
            for byte in hmac::sign(&key, signed.as_bytes()).as_ref() {
                let _ = write!(hex, "{byte:02x}");
            }
            asked.header("x-sign") == hex && asked.param("nonce").is_some()
        }
        "keys" | "sent_keys" => sent("Bearer "),
        "shared_keys" => sent("JWT "),
        "token/jwt" => is_jwt(&asked.field("assertion")),
        "token/asserted" => is_jwt(&asked.field("client_assertion")),
        _ => asked.header("authorization") == "Bearer canary-token",
    };
    match asked.path.as_str() {
        _ if !is_right => Answer::status(401),
        path if path.starts_with("token") => json!({"access_token": "canary-token"}).into(),
        _ => linked(asked),
    }
}
