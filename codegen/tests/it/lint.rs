//! Lints and their levels.

use expect_test::expect;
use rest_source_codegen::{Level, LintLevels, UnknownLint};

use super::{check, check_with, messages};

const PLAIN: &str = "
client:
  base_url: https://a.example
  auth: {token: sk_live_abc}
  paginator: single_page
resources: [payments]
";

#[test]
fn a_literal_secret_is_refused_with_what_to_write_instead() {
    check(
        PLAIN,
        expect![[r#"
        `token` is a secret, and it would be compiled into the program [plain_secret]
         --> api.yaml:4:17
          |
        4 |   auth: {token: sk_live_abc}
          |                 ^^^^^^^^^^^ a literal value
          |
          = help: name it instead, `token: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment
          = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
    "#]],
    );
}

#[test]
fn literal_secrets_in_headers_and_addresses_are_refused() {
    check(
        "
client:
  base_url: https://user:password@a.example
  headers: {x-api-key: abc, authorization: Basic abc}
  paginator: single_page
resources: [payments]
",
        expect![[r#"
            this address contains credentials, and they would be compiled into the program [plain_secret]
             --> api.yaml:3:13
              |
            3 |   base_url: https://user:password@a.example
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: leave them out here and name a secret in `auth`
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off

            `x-api-key` is a secret, and it would be compiled into the program [plain_secret]
             --> api.yaml:4:24
              |
            4 |   headers: {x-api-key: abc, authorization: Basic abc}
              |                        ^^^ a literal value
              |
              = help: name it instead, `x-api-key: "{secrets.api_key}"`: the value is then given to the client's builder or found in the environment
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off

            `authorization` is a secret, and it would be compiled into the program [plain_secret]
             --> api.yaml:4:44
              |
            4 |   headers: {x-api-key: abc, authorization: Basic abc}
              |                                            ^^^^^^^^^ a literal value
              |
              = help: name it instead, `authorization: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
        "#]],
    );
}

#[test]
fn unencrypted_http_is_refused() {
    check(
        "client: {base_url: http://api.example.com, paginator: single_page}\nresources: [payments]\n",
        expect![[r#"
            credentials and records would travel unencrypted [insecure_http]
             --> api.yaml:1:20
              |
            1 | client: {base_url: http://api.example.com, paginator: single_page}
              |                    ^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write `https://api.example.com`
              = note: `insecure_http` is a lint, deny by default; `allow(insecure_http)` in the attribute turns it off
        "#]],
    );
}

#[test]
fn an_allowed_lint_says_nothing_and_a_warning_does_not_stop_the_build() {
    let mut lints = LintLevels::default();
    lints.set("plain_secret", Level::Allow).unwrap();
    assert_eq!(messages(PLAIN, lints.clone()), "");
    lints.set("plain_secret", Level::Warn).unwrap();
    check_with(
        PLAIN,
        lints,
        expect![[r#"
        `token` is a secret, and it would be compiled into the program [plain_secret]
         --> api.yaml:4:17
          |
        4 |   auth: {token: sk_live_abc}
          |                 ^^^^^^^^^^^ a literal value
          |
          = help: name it instead, `token: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment
          = note: `plain_secret` is a lint, warn as the attribute says; `allow(plain_secret)` in the attribute turns it off
    "#]],
    );
}

#[test]
fn a_lint_that_does_not_exist() {
    let mut lints = LintLevels::default();
    let unknown = lints.set("plain_secrets", Level::Allow).unwrap_err();
    let known = vec!["plain_secret", "insecure_http", "auto_paginator"];
    assert_eq!(unknown, UnknownLint { closest: Some("plain_secret"), known });
    assert_eq!(lints.set("unknown_key", Level::Allow).unwrap_err().closest, None);
}
