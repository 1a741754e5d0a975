//! `client`: addresses, headers, authentication, retry.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, rendered};

fn client(client: &str) -> String {
    format!("client: {{{client}, paginator: single_page}}\nresources: [payments]\n")
}

#[test]
fn names_of_rate_limit_headers_are_checked() {
    let with =
        |headers| client(&format!("base_url: https://a.example, rate_limit_headers: {headers}"));
    check(&with("{reset: X-Calls-Again}"), expect![""]);
    check(&with("{remaining: X-Calls-Left, reset: X-Calls-Again}"), expect![""]);
    check(
        &with("{remaining: X Calls}"),
        expect![[r#"
        `rate_limit_headers` needs the key `reset` [missing_key]
         --> api.yaml:1:59
          |
        1 | client: {base_url: https://a.example, rate_limit_headers: {remaining: X Calls}, paginator: single_page}
          |                                                           ^^^^^^^^^^^^^^^^^^^^

        `X Calls` cannot be the name of a header [invalid_header]
         --> api.yaml:1:71
          |
        1 | client: {base_url: https://a.example, rate_limit_headers: {remaining: X Calls}, paginator: single_page}
          |                                                                       ^^^^^^^
          |
          = help: a header's name has letters, digits and -, as in `X-Api-Version`
    "#]],
    );
    check(
        &with("{remaining: '', reset: '{config.name}', rest: a}"),
        expect![[r#"
            `` cannot be the name of a header [invalid_header]
             --> api.yaml:1:71
              |
            1 | client: {base_url: https://a.example, rate_limit_headers: {remaining: '', reset: '{config.name}', rest: a}, paginator: single_page}
              |                                                                       ^^
              |
              = help: a header's name has letters, digits and -, as in `X-Api-Version`

            `rate_limit_headers` has no key `rest` [unknown_key]
             --> api.yaml:1:99
              |
            1 | client: {base_url: https://a.example, rate_limit_headers: {remaining: '', reset: '{config.name}', rest: a}, paginator: single_page}
              |                                                                                                   ^^^^ did you mean `reset`?
        "#]],
    );
}

#[test]
fn addresses_that_no_request_can_be_sent_to() {
    for (url, expected) in [
        (
            "api.example.com",
            expect![[r#"
                this is not the address of a server [invalid_url]
                 --> api.yaml:1:20
                  |
                1 | client: {base_url: api.example.com, paginator: single_page}
                  |                    ^^^^^^^^^^^^^^^
                  |
                  = help: begin with the scheme, `https://api.example.com`
            "#]],
        ),
        (
            "ftp://api.example.com",
            expect![[r#"
            requests are sent by http or https, not by `ftp` [invalid_url]
             --> api.yaml:1:20
              |
            1 | client: {base_url: ftp://api.example.com, paginator: single_page}
              |                    ^^^^^^^^^^^^^^^^^^^^^
              |
              = help: an address looks like `https://api.example.com/v1`
        "#]],
        ),
        (
            "https://",
            expect![[r#"
            this address names no server [invalid_url]
             --> api.yaml:1:20
              |
            1 | client: {base_url: https://, paginator: single_page}
              |                    ^^^^^^^^
              |
              = help: an address looks like `https://api.example.com/v1`
        "#]],
        ),
        (
            "https://api.example.com:99999/",
            expect![[r#"
            the port is a number up to 65535 [invalid_url]
             --> api.yaml:1:20
              |
            1 | client: {base_url: https://api.example.com:99999/, paginator: single_page}
              |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: an address looks like `https://api.example.com/v1`
        "#]],
        ),
        (
            "'https://api example.com'",
            expect![[r#"
            this address names no server [invalid_url]
             --> api.yaml:1:20
              |
            1 | client: {base_url: 'https://api example.com', paginator: single_page}
              |                    ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: an address looks like `https://api.example.com/v1`
        "#]],
        ),
        (
            "https://api.example.com/v1?key=1",
            expect![[r#"
            the base URL ends before the query [invalid_url]
             --> api.yaml:1:20
              |
            1 | client: {base_url: https://api.example.com/v1?key=1, paginator: single_page}
              |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: query parameters go into `params` of an endpoint
        "#]],
        ),
    ] {
        check(&client(&format!("base_url: {url}")), expected);
    }
}

#[test]
fn loopback_needs_no_encryption() {
    for url in ["http://localhost:8080", "http://127.0.0.1:8080/v1", "'http://[::1]:80'"] {
        check(&client(&format!("base_url: {url}")), expect![[r""]]);
    }
}

#[test]
fn headers_that_http_does_not_allow() {
    check(
        &client("base_url: https://a.example, headers: {X Version: 1}"),
        expect![[r#"
        `X Version` cannot be the name of a header [invalid_header]
         --> api.yaml:1:49
          |
        1 | client: {base_url: https://a.example, headers: {X Version: 1}, paginator: single_page}
          |                                                 ^^^^^^^^^
          |
          = help: a header's name has letters, digits and -, as in `X-Api-Version`
    "#]],
    );
    check(
        &client(r#"base_url: https://a.example, headers: {X-Version: "1\r\nX-Evil: 2"}"#),
        expect![[r#"
            the value of `X-Version` contains a control character [invalid_header]
             --> api.yaml:1:60
              |
            1 | client: {base_url: https://a.example, headers: {X-Version: "1\r\nX-Evil: 2"}, paginator: single_page}
              |                                                            ^^^^^^^^^^^^^^^^
        "#]],
    );
    check(
        &client("base_url: https://a.example, headers: {X-Version: [1]}"),
        expect![[r#"
        expected text or a number, found a list [wrong_type]
         --> api.yaml:1:60
          |
        1 | client: {base_url: https://a.example, headers: {X-Version: [1]}, paginator: single_page}
          |                                                            ^^^
    "#]],
    );
}

#[test]
fn placeholders_of_secrets_that_are_none() {
    check(
        &client("base_url: https://a.example, auth: {token: '{secrets.access token}'}"),
        expect![[r#"
            `access token` cannot be the name of a secret [invalid_placeholder]
             --> api.yaml:1:53
              |
            1 | client: {base_url: https://a.example, auth: {token: '{secrets.access token}'}, paginator: single_page}
              |                                                     ^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: letters, digits and `_`, as in `{secrets.access_token}`
        "#]],
    );
    check(
        &client("base_url: https://a.example, auth: {token: '{secrets.access_token'}"),
        expect![[r#"
            this placeholder has no end [invalid_placeholder]
             --> api.yaml:1:54
              |
            1 | client: {base_url: https://a.example, auth: {token: '{secrets.access_token'}, paginator: single_page}
              |                                                      ^^^^^^^^^^^^^^^^^^^^^
              |
              = help: a secret is named as in `{secrets.access_token}`
        "#]],
    );
}

#[test]
fn secrets_that_would_share_a_setter() {
    check(
        &client(
            "base_url: https://a.example, auth: {token: '{secrets.a.b}'}, headers: {X-Key: '{secrets.a_b}'}",
        ),
        expect![[r#"
            the secrets `a_b` and `a.b` would share one setter [name_clash]
             --> api.yaml:1:53
              |
            1 | client: {base_url: https://a.example, auth: {token: '{secrets.a.b}'}, headers: {X-Key: '{secrets.a_b}'}, paginator: single_page}
              |                                                     ^^^^^^^^^^^^^^^ `a_b` again        --------------- `a_b`
        "#]],
    );
}

#[test]
fn a_secret_whose_name_has_nothing_to_call_it_by() {
    check(
        &client("base_url: https://a.example, auth: {token: '{secrets._}'}"),
        expect![[r#"
        `_` cannot be the name of a secret [invalid_placeholder]
         --> api.yaml:1:53
          |
        1 | client: {base_url: https://a.example, auth: {token: '{secrets._}'}, paginator: single_page}
          |                                                     ^^^^^^^^^^^^^
          |
          = help: letters, digits and `_`, as in `{secrets.access_token}`
    "#]],
    );
}

#[test]
fn secrets_that_would_share_an_environment_variable() {
    let text = client(
        "base_url: https://a.example, auth: {token: '{secrets.token}'}, headers: {X-Key: '{secrets.api.token}'}",
    );
    let file = SourceFile::new("api.yaml", text);
    let found = compile(&file, "api", LintLevels::default()).diagnostics;
    expect![[r#"
        the secrets `api.token` and `token` would share one environment variable [name_clash]
         --> api.yaml:1:53
          |
        1 | client: {base_url: https://a.example, auth: {token: '{secrets.token}'}, headers: {X-Key: '{secrets.api.token}'}, paginator: single_page}
          |                                                     ^^^^^^^^^^^^^^^^^ `API__TOKEN` again --------------------- `API__TOKEN`
    "#]].assert_eq(&rendered(&found, &file));
    assert_eq!(compile(&file, "other", LintLevels::default()).diagnostics, []);
}

#[test]
fn authentication_of_an_unknown_kind() {
    check(
        &client("base_url: https://a.example, auth: {type: baerer, token: '{secrets.t}'}"),
        expect![[r#"
            `baerer` is not an authentication [unknown_word]
             --> api.yaml:1:52
              |
            1 | client: {base_url: https://a.example, auth: {type: baerer, token: '{secrets.t}'}, paginator: single_page}
              |                                                    ^^^^^^ did you mean `bearer`?
              |
              = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`
        "#]],
    );
    check(
        &client("base_url: https://a.example, auth: {token: '{secrets.t}', user: me}"),
        expect![[r#"
            `bearer` has no key `user` [unknown_key]
             --> api.yaml:1:68
              |
            1 | client: {base_url: https://a.example, auth: {token: '{secrets.t}', user: me}, paginator: single_page}
              |                                                                    ^^^^
              |
              = help: it takes `type` or `token`
        "#]],
    );
}

#[test]
fn numbers_that_no_retry_can_have() {
    check(
        &client(
            "base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, \
             backoff_factor: 0.5, max_delay: -1, max_elapsed: 1e9}",
        ),
        expect![[r#"
            this is a time in seconds, above 0 and at most a day (86400) [invalid_number]
             --> api.yaml:1:48
              |
            1 | client: {base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -...
              |                                                ^

            200 is not the status of a failure [invalid_number]
             --> api.yaml:1:70
              |
            1 | client: {base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -...
              |                                                                      ^^^
              |
              = help: failures have statuses from 400 to 599

            4290 is not the status of a failure [invalid_number]
             --> api.yaml:1:75
              |
            1 | client: {base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -...
              |                                                                           ^^^^
              |
              = help: failures have statuses from 400 to 599

            more than 100 retries would hide a failure for hours [invalid_number]
             --> api.yaml:1:95
              |
            1 | client: {base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -...
              |                                                                                               ^^^^

            `backoff_factor` is a number from 1 to 10 [invalid_number]
             --> api.yaml:1:117
              |
            1 | client: {base_url: https://a.example, timeout: 0, retry: {statuses: [200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -...
              |                                                                                                                     ^^^
              |
              = help: with 2, the waits are 1, 2, 4, … seconds

            this is a time in seconds, above 0 and at most a day (86400) [invalid_number]
             --> api.yaml:1:133
              |
            1 | ...[200, 4290], max_retries: 1000, backoff_factor: 0.5, max_delay: -1, max_elapsed: 1e9}, paginator: single_page}
              |                                                                    ^^

            this is a time in seconds, above 0 and at most a day (86400) [invalid_number]
             --> api.yaml:1:150
              |
            1 | ...etries: 1000, backoff_factor: 0.5, max_delay: -1, max_elapsed: 1e9}, paginator: single_page}
              |                                                                   ^^^
        "#]],
    );
    check(
        &client("base_url: https://a.example, retry: {max_retries: -1}"),
        expect![[r#"
            `-1` is not a whole number, 0 or above [invalid_number]
             --> api.yaml:1:60
              |
            1 | client: {base_url: https://a.example, retry: {max_retries: -1}, paginator: single_page}
              |                                                            ^^
        "#]],
    );
    check(
        &client("base_url: https://a.example, retry: {max_retries: three}"),
        expect![[r#"
            expected a whole number, found the text `three` [wrong_type]
             --> api.yaml:1:60
              |
            1 | client: {base_url: https://a.example, retry: {max_retries: three}, paginator: single_page}
              |                                                            ^^^^^
        "#]],
    );
}

#[test]
fn keys_that_are_missing_misspelt_or_empty() {
    check(
        "client:\n  baseUrl: https://a.example\nresources: [payments]\n",
        expect![[r#"
            `client` has no key `baseUrl` [unknown_key]
             --> api.yaml:2:3
              |
            2 |   baseUrl: https://a.example
              |   ^^^^^^^ did you mean `base_url`?
        "#]],
    );
    check(
        "client:\n  base_url:\nresources: []\n",
        expect![[r#"
        `client` needs the key `base_url` [missing_key]
         --> api.yaml:2:3
          |
        2 |   base_url:
          |   ^^^^^^^^
    "#]],
    );
    check(
        "clients:\n  base_url: https://a.example\n",
        expect![[r#"
            a source description has no key `clients` [unknown_key]
             --> api.yaml:1:1
              |
            1 | clients:
              | ^^^^^^^ did you mean `client`?

            a source description needs the key `resources` [missing_key]
             --> api.yaml:1:1
              |
            1 | clients:
              | ^^^^^^^^
        "#]],
    );
}

#[test]
fn a_secret_without_quotes_or_misspelt() {
    check(
        &client("base_url: https://a.example, auth: {token: {secrets.token}}"),
        expect![[r#"
        expected text, found a mapping: braces begin one in YAML [wrong_type]
         --> api.yaml:1:53
          |
        1 | client: {base_url: https://a.example, auth: {token: {secrets.token}}, paginator: single_page}
          |                                                     ^^^^^^^^^^^^^^^
          |
          = help: put it in quotes: "{secrets.token}"
    "#]],
    );
    check(
        &client("base_url: https://a.example, headers: {X-A: '{secret.token}', X-B: '{other.b}'}"),
        expect![[r#"
            `{secret.…}` is not a placeholder [invalid_placeholder]
             --> api.yaml:1:56
              |
            1 | client: {base_url: https://a.example, headers: {X-A: '{secret.token}', X-B: '{other.b}'}, paginator: single_page}
              |                                                        ^^^^^^ did you mean `secrets`?
        "#]],
    );
}
