//! Authentication: every kind, and no secret in the file.

use expect_test::expect;

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
                  = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token` or `none`
            "#]],
        ),
        (
            "{type: api_key, location: body}",
            expect![[r#"
            `body` is not a place for a key [unknown_word]
             --> api.yaml:1:95
              |
            1 | client: {base_url: https://a.example, paginator: single_page, auth: {type: api_key, location: body}}
              |                                                                                               ^^^^
              |
              = help: accepted here: `header`, `query`, `param` or `cookie`
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
