//! Authentication: every kind, and no secret in the file.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile};

use super::check;

fn auth(auth: &str) -> String {
    format!(
        "client: {{base_url: https://a.example, paginator: single_page, auth: {auth}}}\nresources: [a]\n"
    )
}

#[test]
fn every_kind_with_every_key() {
    for kind in [
        "bearer",
        "api_key",
        "http_basic",
        "none",
        "null",
        "{token: '{secrets.token}'}",
        "{type: api_key, name: X-Key, api_key: 'dlt.secrets[\"key\"]', location: cookie}",
        "{type: http_basic, username: me, password: '{secrets.password}'}",
        "{type: oauth2_client_credentials, access_token_url: https://a.example/token, \
         client_id: me, client_secret: '{secrets.client_secret}', \
         access_token_request_data: {scope: read}, default_token_expiration: 600}",
        "{type: oauth2_refresh_token, access_token_url: https://a.example/token, \
         refresh_token: '{secrets.refresh}', client_id: '{secrets.id}', client_secret: '{secrets.s}'}",
        "{type: oauth2_refresh_token, access_token_url: https://a.example/token, client_auth_method: none, \
         client_id_param: app_id, refresh_token_param: token, refresh_token_path: data.refresh, \
         send: {type: api_key, name: access_token, location: query}}",
        "{type: oauth2_client_credentials, access_token_url: https://a.example/token, \
         client_auth_method: client_secret_basic, scopes: [read, '{config.scope}'], \
         access_token_request_json: true, access_token_request_headers: {X-Version: 2}, \
         access_token_path: data.token, expires_in_path: data.ttl, expires_at_path: data.until, \
         token_header: {name: x-amz-access-token, prefix: ''}}",
        "{type: oauth2_client_credentials, access_token_url: https://a.example/token, \
         client_auth_method: private_key_jwt, client_assertion: {algorithm: ES256, key_id: k1}}",
        "{type: oauth2_jwt_bearer, service_account: '{secrets.key_file}', \
         scopes: https://www.googleapis.com/auth/drive, claims: {sub: '{config.user}', exp: now + 1 hour}}",
        "{type: oauth2_jwt_bearer, access_token_url: https://a.example/token, client_id: me, \
         claims: {aud: other, jti: '{nonce}', exp: null}}",
        "{type: jwt, algorithm: HS256, secret_key: '{secrets.key}', key_encoding: base64, \
         claims: {iss: '{config.app}', iat: now - 1 minute, exp: now + 9 minutes}, jwt_headers: {cty: x}}",
        "{type: session, login: {path: login, json: {email: '{config.email}', \
         password: '{secrets.password}'}}, token_path: data.token, expires_in_path: data.expires_in, \
         send: {type: api_key, name: X-Session, api_key: '{token}'}}",
        "{type: session, login: {path: 'login/{config.tenant}', method: GET, params: {v: 2}, \
         headers: {X-A: b}, auth: http_basic}, token_from_header: X-Auth-Token, renew_on: [401, 419], \
         default_token_expiration: 600, send: http_basic}",
        "{type: session, login: {path: login, data: {user: me}}, token_from_cookie: sid}",
        "{type: hmac, secret_key: '{secrets.key}', key_encoding: base64, algorithm: sha512, \
         sign: '{timestamp}{method}{target}{body}', encoding: base64, timestamp: epoch_ms, \
         headers: {X-Key: '{secrets.id}', X-Sign: '{signature}', X-Time: '{timestamp}'}}",
        "{type: hmac, sign: '{query}', params: {timestamp: '{timestamp}', signature: '{signature}'}}",
        "{choose: '{config.auth_type}', options: {token: bearer, basic: {type: http_basic}, \
         login: {type: session, login: {path: login}, token_path: $}}}",
    ] {
        check(&auth(kind), expect![[r""]]);
    }
}

#[test]
fn secrets_are_named_and_not_written() {
    for (kind, expected) in [
        (
            "{type: api_key, api_key: abc}",
            expect![[r#"
            `api_key` is a secret, and it would be compiled into the program [plain_secret]
             --> api.yaml:1:94
              |
            1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: api_key, api_key: abc}}
              |                                                                                              ^^^ a literal value
              |
              = help: name it instead, `api_key: "{secrets.api_key}"`: the value is then given to the client's builder or found in the environment
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
        "#]],
        ),
        (
            "{type: http_basic, username: me, password: abc}",
            expect![[r#"
            `password` is a secret, and it would be compiled into the program [plain_secret]
             --> api.yaml:1:112
              |
            1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: http_basic, username: me, password: abc}}
              |                                                                                                                ^^^ a literal value
              |
              = help: name it instead, `password: "{secrets.password}"`: the value is then given to the client's builder or found in the environment
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
        "#]],
        ),
        (
            "{type: oauth2_client_credentials, access_token_url: http://a.example/token, client_secret: abc}",
            expect![[r#"
                credentials and records would travel unencrypted [insecure_http]
                 --> api.yaml:1:121
                  |
                1 | ...: {type: oauth2_client_credentials, access_token_url: http://a.example/token, client_secret: abc}}
                  |                                                          ^^^^^^^^^^^^^^^^^^^^^^
                  |
                  = help: write `https://a.example/token`
                  = note: `insecure_http` is a lint, deny by default; `allow(insecure_http)` in the attribute turns it off

                `client_secret` is a secret, and it would be compiled into the program [plain_secret]
                 --> api.yaml:1:160
                  |
                1 | ...cess_token_url: http://a.example/token, client_secret: abc}}
                  |                                                           ^^^ a literal value
                  |
                  = help: name it instead, `client_secret: "{secrets.client_secret}"`: the value is then given to the client's builder or found in the environment
                  = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
            "#]],
        ),
    ] {
        check(&auth(kind), expected);
    }
}

#[test]
fn what_no_authentication_can_be() {
    for (kind, expected) in [
        (
            "basic",
            expect![[r#"
                `basic` is not an authentication [unknown_word]
                 --> api.yaml:1:69
                  |
                1 | client: {base_url: https://a.example, paginator: single_page, auth: basic}
                  |                                                                     ^^^^^ did you mean `http_basic`?
                  |
                  = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`
            "#]],
        ),
        (
            "{type: api_key, location: body}",
            expect![[r#"
                a key in the body needs a `name` [missing_key]
                 --> api.yaml:1:95
                  |
                1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: api_key, location: body}}
                  |                                                                                               ^^^^
                  |
                  = help: write the path of the key in the body, `name: auth.token`

                `auth` sends a key in the body, and this request has none [conflict]
                 --> api.yaml:2:13
                  |
                2 | resources: [a]
                  |             ^
                  |
                  = help: add `method: POST` with `json` or a form as `data` to its endpoint
                  = help: or give the endpoint an `auth` of its own
            "#]],
        ),
        (
            "{type: oauth2_client_credentials}",
            expect![[r#"
            `oauth2_client_credentials` needs the key `access_token_url` [missing_key]
             --> api.yaml:1:69
              |
            1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: oauth2_client_credentials}}
              |                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#]],
        ),
        (
            "{type: bearer, api_key: abc}",
            expect![[r#"
                `bearer` has no key `api_key` [unknown_key]
                 --> api.yaml:1:84
                  |
                1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: bearer, api_key: abc}}
                  |                                                                                    ^^^^^^^
                  |
                  = help: this belongs in an authentication of `type: api_key`
            "#]],
        ),
    ] {
        check(&auth(kind), expected);
    }
}

/// What is said about each of these authentications, each with the text that it points at.
fn said(kinds: &[&str]) -> String {
    let mut said = String::new();
    for kind in kinds {
        let text = auth(kind);
        let file = SourceFile::new("api.yaml", &text);
        said.extend([*kind, "\n"]);
        for found in rest_source_codegen::check(&file, LintLevels::default()) {
            let place =
                found.labels.first().map_or("", |label| &text[label.span.start..label.span.end]);
            said.extend(["  ", &found.message, " -> ", place.trim_end(), "\n"]);
            found.help.iter().for_each(|help| said.extend(["    ", help, "\n"]));
        }
    }
    said
}

#[test]
fn what_no_session_can_be() {
    expect![[r#"
        {type: session, login: {path: login}}
          `session` needs to know where the response has the token -> {type: session, login: {path: login}}
            add `token_path: data.token` for a member of the body
            or `token_from_header: X-Auth-Token`, or `token_from_cookie: sid`
        {type: session, token_path: token}
          `session` needs the key `login` -> {type: session, token_path: token}
        {type: session, login: {json: {a: b}}, token_path: token}
          a login needs the key `path` -> {json: {a: b}}
        {type: session, login: {path: login}, token_path: token, token_from_cookie: sid}
          a token is in one place, and this is the second -> sid
            keep one of `token_path`, `token_from_header` and `token_from_cookie`
        {type: session, login: {path: login}, token_from_header: 'a b'}
          `a b` cannot be the name of a header -> 'a b'
        {type: session, login: {path: login}, token_path: 'a['}
          this bracket is never closed -> [
            a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
        {type: session, login: {path: login, json: {user: me, password: abc}}, token_path: token}
          `password` is a secret, and it would be compiled into the program -> {user: me, password: abc}
            name it instead, `password: "{secrets.password}"`: the value is then given to the client's builder or found in the environment
        {type: session, login: {path: login, data: {token: abc}}, token_path: token}
          `token` is a secret, and it would be compiled into the program -> {path: login, data: {token: abc}}
            name it instead, `token: "{secrets.token}"`: the value is then given to the client's builder or found in the environment
        {type: session, login: {path: 'https://login.example/login'}, token_path: token}
          this is the address of another server than `base_url` -> 'https://login.example/login'
            if the login may be sent there, add `allowed_hosts: [login.example]` to `client`
        {type: session, login: {path: 'login/{tenant}'}, token_path: token}
          `{tenant}` has no value here -> 'login/{tenant}'
            a login takes secrets and settings, `{secrets.NAME}` and `{config.NAME}`
        {type: session, login: {path: 'login/{resources.a.id}'}, token_path: token}
          a login has no parent whose records it could name -> {resources.a.id}
        {type: session, login: {path: login, method: GET, json: {a: b}}, token_path: token}
          a login by GET has no body -> GET
            leave `method` out, which is POST by default
        {type: session, login: {path: login, auth: session}, token_path: token}
          `session` is not an authentication of a login -> session
            accepted here: `bearer`, `api_key`, `http_basic` or `none`
        {type: session, login: {path: login, passwort: x}, token_path: token}
          a login has no key `passwort` -> passwort
            `password` belongs in an authentication, beside `login`
        {type: session, login: {path: login}, token_path: token, renew_on: [200]}
          200 is not the status of a failure -> 200
            failures have statuses from 400 to 599
        {type: session, login: {path: login}, token_path: token, default_token_expiration: 0}
          this is a time in seconds, above 0 and at most a day (86400) -> 0
        {type: session, login: {path: login}, token_path: token, send: {type: api_key, api_key: abc}}
          this sends no token -> abc
            write `{token}` where it belongs
        {type: session, login: {path: login}, token_path: token, send: {type: bearer, token: '{tokn}'}}
          `{tokn}` has no value here -> {tokn}
        {type: session, login: {path: login}, token_path: token, send: oauth2}
          `oauth2` is not a way to send a token -> oauth2
            accepted here: `bearer`, `api_key` or `http_basic`
    "#]].assert_eq(&said(&[
        "{type: session, login: {path: login}}",
        "{type: session, token_path: token}",
        "{type: session, login: {json: {a: b}}, token_path: token}",
        "{type: session, login: {path: login}, token_path: token, token_from_cookie: sid}",
        "{type: session, login: {path: login}, token_from_header: 'a b'}",
        "{type: session, login: {path: login}, token_path: 'a['}",
        "{type: session, login: {path: login, json: {user: me, password: abc}}, token_path: token}",
        "{type: session, login: {path: login, data: {token: abc}}, token_path: token}",
        "{type: session, login: {path: 'https://login.example/login'}, token_path: token}",
        "{type: session, login: {path: 'login/{tenant}'}, token_path: token}",
        "{type: session, login: {path: 'login/{resources.a.id}'}, token_path: token}",
        "{type: session, login: {path: login, method: GET, json: {a: b}}, token_path: token}",
        "{type: session, login: {path: login, auth: session}, token_path: token}",
        "{type: session, login: {path: login, passwort: x}, token_path: token}",
        "{type: session, login: {path: login}, token_path: token, renew_on: [200]}",
        "{type: session, login: {path: login}, token_path: token, default_token_expiration: 0}",
        "{type: session, login: {path: login}, token_path: token, send: {type: api_key, api_key: abc}}",
        "{type: session, login: {path: login}, token_path: token, send: {type: bearer, token: '{tokn}'}}",
        "{type: session, login: {path: login}, token_path: token, send: oauth2}",
    ]));
}

#[test]
fn what_no_token_request_can_be() {
    let oauth = |keys: &str| {
        format!(
            "{{type: oauth2_client_credentials, access_token_url: https://a.example/token, {keys}}}"
        )
    };
    let kinds = [
        "client_auth_method: basic",
        "client_auth_method: none, client_secret: '{secrets.s}'",
        "client_assertion: {algorithm: ES256}",
        "client_auth_method: client_secret_basic, client_secret_param: secret",
        "client_id_param: ''",
        "scopes: [a], access_token_request_data: {scope: b}",
        "access_token_request_data: {password: abc}",
        "access_token_request_headers: {Authorization: abc}",
        "access_token_request_json: yes",
        "access_token_path: '$['",
        "token_header: {prefix: x}",
        "token_header: {name: X-Token}, send: http_basic",
        "refresh_token_param: token",
    ];
    let kinds: Vec<String> = kinds.map(oauth).to_vec();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    expect![[r#"
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, client_auth_method: basic}
          `basic` is not a way to authenticate a client -> basic
            accepted here: `client_secret_post`, `client_secret_basic`, `none` or `private_key_jwt`
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, client_auth_method: none, client_secret: '{secrets.s}'}
          `none` sends no `client_secret` -> '{secrets.s}'
            keep one of them
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, client_assertion: {algorithm: ES256}}
          `client_assertion` has no effect -> {algorithm: ES256}
            add `client_auth_method: private_key_jwt`
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, client_auth_method: client_secret_basic, client_secret_param: secret}
          `client_secret_basic` sends no field with the secret -> secret
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, client_id_param: ''}
          the name of a field must not be empty -> ''
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, scopes: [a], access_token_request_data: {scope: b}}
          `scopes` sends the field `scope`, too -> scope
            keep one of them
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, access_token_request_data: {password: abc}}
          `password` is a secret, and it would be compiled into the program -> abc
            name it instead, `password: "{secrets.password}"`: the value is then given to the client's builder or found in the environment
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, access_token_request_headers: {Authorization: abc}}
          `Authorization` is a secret, and it would be compiled into the program -> abc
            name it instead, `Authorization: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, access_token_request_json: yes}
          expected `true` or `false`, found the text `yes` -> yes
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, access_token_path: '$['}
          this bracket is never closed -> [
            a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, token_header: {prefix: x}}
          `token_header` needs the key `name` -> {prefix: x}
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, token_header: {name: X-Token}, send: http_basic}
          `send` and `token_header` both say how the token is sent -> {name: X-Token}
            keep one of them
        {type: oauth2_client_credentials, access_token_url: https://a.example/token, refresh_token_param: token}
          `oauth2_client_credentials` has no key `refresh_token_param` -> refresh_token_param
            this belongs in an authentication of `type: oauth2_refresh_token`
    "#]].assert_eq(&said(&kinds));
}

#[test]
fn what_cannot_be_signed() {
    expect![[r#"
        {type: jwt, algorithm: RS255}
          `RS255` is not an algorithm of signatures -> RS255
            accepted here: `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, `ES384`, `EdDSA`, `HS256`, `HS384` or `HS512`
        {type: jwt, private_key: abc}
          `private_key` is a secret, and it would be compiled into the program -> abc
            name it instead, `private_key: "{secrets.private_key}"`: the value is then given to the client's builder or found in the environment
        {type: jwt, algorithm: HS256, private_key: '{secrets.key}'}
          `HS256` signs with a `secret_key`, and not with a `private_key` -> '{secrets.key}'
        {type: jwt, secret_key: '{secrets.key}', key_encoding: hex}
          `RS256` signs with a `private_key`, and not with a `secret_key` -> '{secrets.key}'
            `algorithm` is `RS256` by default
          `key_encoding` is for `secret_key`: a private key is PEM -> hex
        {type: jwt, service_account: '{secrets.file}', private_key: '{secrets.key}', algorithm: ES256}
          the key of a `service_account` signs by `RS256`, not by `ES256` -> '{secrets.file}'
          `private_key` and `service_account` both give the key -> '{secrets.key}'
            keep one of them
        {type: jwt, key_id: a, jwt_headers: {alg: none, kid: b}}
          `alg` is what `algorithm` says -> alg
          `kid` is what `key_id` says -> kid
        {type: jwt, claims: {exp: 10 minutes, iat: yesterday, sub: '{user}'}}
          `exp` is a time, and this is none -> 10 minutes
            write `now - 10 minutes`
          `iat` is a time, and this is none -> yesterday
            write `now - 1 day`
          `{user}` has no value here -> {user}
            here are `{nonce}` and `{secrets.NAME}` and `{config.NAME}`
        {type: jwt, claims: {context: {until: now + 1 hour, at: [now, later]}}}
          `now + 1 hour` is a time only as a claim itself -> now + 1 hour
            within a list or an object it would be sent as text
          `now` is a time only as a claim itself -> now
            within a list or an object it would be sent as text
        {type: oauth2_jwt_bearer}
          `oauth2_jwt_bearer` needs the key `access_token_url` -> {type: oauth2_jwt_bearer}
            or `service_account`, whose key file names the token endpoint
        {type: oauth2_jwt_bearer, access_token_url: http://a.example/token}
          credentials and records would travel unencrypted -> http://a.example/token
            write `https://a.example/token`
        {type: hmac}
          `hmac` needs the key `sign` -> {type: hmac}
          the signature is not sent -> {type: hmac}
            add `headers: {X-Signature: "{signature}"}`, or `params`
        {type: hmac, sign: abc, headers: {X-Sign: '{signature}'}}
          this signs nothing of the request -> abc
            write what the API wants signed, `{method}\n{target}\n{timestamp}`
        {type: hmac, sign: '{methd}{body}', headers: {X-Sign: '{signature}'}}
          `{methd}` has no value here -> {methd}
        {type: hmac, sign: '{body}', headers: {X-Time: '{timestamp}'}}
          the signature is not sent -> {type: hmac, sign: '{body}', headers: {X-Time: '{timestamp}'}}
            add `headers: {X-Signature: "{signature}"}`, or `params`
        {type: hmac, sign: '{body}', encoding: text, algorithm: md5, timestamp: unix, headers: {X-Sign: '{signature}'}}
          a signature is no text -> text
            write `hex`, `base64` or `base64url`
          `md5` is not a hash -> md5
            accepted here: `sha1`, `sha256`, `sha384` or `sha512`
          `unix` is not a format of times -> unix
            accepted here: `epoch`, `epoch_ms`, `iso`, `iso_ms` or `http`
        {type: hmac, sign: '{body}', secret_key: abc, headers: {X-Api-Key: abc, X-Sign: '{signature}'}}
          `secret_key` is a secret, and it would be compiled into the program -> abc
            name it instead, `secret_key: "{secrets.secret_key}"`: the value is then given to the client's builder or found in the environment
          `X-Api-Key` is a secret, and it would be compiled into the program -> abc
            name it instead, `X-Api-Key: "{secrets.api_key}"`: the value is then given to the client's builder or found in the environment
    "#]].assert_eq(&said(&[
        "{type: jwt, algorithm: RS255}",
        "{type: jwt, private_key: abc}",
        "{type: jwt, algorithm: HS256, private_key: '{secrets.key}'}",
        "{type: jwt, secret_key: '{secrets.key}', key_encoding: hex}",
        "{type: jwt, service_account: '{secrets.file}', private_key: '{secrets.key}', algorithm: ES256}",
        "{type: jwt, key_id: a, jwt_headers: {alg: none, kid: b}}",
        "{type: jwt, claims: {exp: 10 minutes, iat: yesterday, sub: '{user}'}}",
        "{type: jwt, claims: {context: {until: now + 1 hour, at: [now, later]}}}",
        "{type: oauth2_jwt_bearer}",
        "{type: oauth2_jwt_bearer, access_token_url: http://a.example/token}",
        "{type: hmac}",
        "{type: hmac, sign: abc, headers: {X-Sign: '{signature}'}}",
        "{type: hmac, sign: '{methd}{body}', headers: {X-Sign: '{signature}'}}",
        "{type: hmac, sign: '{body}', headers: {X-Time: '{timestamp}'}}",
        "{type: hmac, sign: '{body}', encoding: text, algorithm: md5, timestamp: unix, headers: {X-Sign: '{signature}'}}",
        "{type: hmac, sign: '{body}', secret_key: abc, headers: {X-Api-Key: abc, X-Sign: '{signature}'}}",
    ]));
}

#[test]
fn what_cannot_be_chosen() {
    expect![[r#"
        {choose: token, options: {token: bearer}}
          nothing chooses here: this is always the same option -> token
            name a setting, `choose: "{config.auth_type}"`
        {choose: '{config.kind}'}
          a choice of authentications needs the key `options` -> {choose: '{config.kind}'}
        {choose: '{config.kind}', options: {}}
          there is no option to choose -> {}
            write authentications by their names, `options: {token: {type: bearer}}`
        {choose: '{secrets.kind}', options: {token: bearer}}
          a secret cannot stand here, where errors and checkpoints would show it -> '{secrets.kind}'
            name a setting, `{config.NAME}`, whose value may be shown
        {choose: '{config.kind}', options: {token: {type: bearr}, other: {type: api_key, nme: x}}}
          `bearr` is not an authentication -> bearr
            accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`
          `api_key` has no key `nme` -> nme
        {choose: '{config.kind}', options: {token: {choose: '{config.b}', options: {a: bearer}}}}
          `bearer` has no keys `choose` and `options` -> choose
            it takes `type` or `token`
        {choose: '{config.kind}', options: {token: bearer}, default: token}
          a choice of authentications has no key `default` -> default
            it takes `choose` or `options`
    "#]].assert_eq(&said(&[
        "{choose: token, options: {token: bearer}}",
        "{choose: '{config.kind}'}",
        "{choose: '{config.kind}', options: {}}",
        "{choose: '{secrets.kind}', options: {token: bearer}}",
        "{choose: '{config.kind}', options: {token: {type: bearr}, other: {type: api_key, nme: x}}}",
        "{choose: '{config.kind}', options: {token: {choose: '{config.b}', options: {a: bearer}}}}",
        "{choose: '{config.kind}', options: {token: bearer}, default: token}",
    ]));
}

#[test]
fn a_key_in_the_body_needs_a_request_that_takes_it() {
    let file = |endpoint: &str| {
        format!(
            "client: {{base_url: https://a.example, paginator: single_page, auth: {{type: api_key, name: auth.key, location: body}}}}\nresources: [{{name: a, endpoint: {{{endpoint}}}}}]\n"
        )
    };
    for right in
        ["method: POST", "method: POST, json: {a: 1}", "method: POST, data: {a: 1}", "auth: none"]
    {
        check(&file(right), expect![[r#""#]]);
    }
    check(
        &file("path: a"),
        expect![[r#"
        `auth` sends a key in the body, and this request has none [conflict]
         --> api.yaml:2:20
          |
        2 | resources: [{name: a, endpoint: {path: a}}]
          |                    ^
          |
          = help: add `method: POST` with `json` or a form as `data` to its endpoint
          = help: or give the endpoint an `auth` of its own
    "#]],
    );
    check(
        &file("method: POST, data: abc"),
        expect![[r#"
        `auth` sends a key in the body, which is text and takes none [conflict]
         --> api.yaml:2:20
          |
        2 | resources: [{name: a, endpoint: {method: POST, data: abc}}]
          |                    ^
          |
          = help: add `method: POST` with `json` or a form as `data` to its endpoint
          = help: or give the endpoint an `auth` of its own
    "#]],
    );
}

/// What an option names is needed only if it is chosen, and the builder says so.
#[test]
fn the_builder_says_when_a_secret_is_needed() {
    let text = auth(
        "{choose: '{config.kind}', options: {token: bearer, basic: {type: http_basic, username: '{secrets.token}'}}}",
    );
    let file = SourceFile::new("api.yaml", &text);
    let code = rest_source_codegen::compile(&file, "api", LintLevels::default()).items.to_string();
    assert!(code.contains("It is needed if `{config.kind}` is `basic`."), "{code}");
    assert!(code.contains("needed_if"), "{code}");
}
