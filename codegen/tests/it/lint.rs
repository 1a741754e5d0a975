//! Lints and their levels.

use expect_test::expect;
use rest_source_codegen::{Level, LintLevels, UnknownLint};

use super::{check, check_with, messages, with_resources};

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
    let known =
        vec!["plain_secret", "insecure_http", "auto_paginator", "ignored_key", "append_with_lag"];
    assert_eq!(unknown, UnknownLint { closest: Some("plain_secret"), known });
    assert_eq!(lints.set("unknown_key", Level::Allow).unwrap_err().closest, None);
}

#[test]
fn a_literal_key_in_the_query_is_refused() {
    check(
        "
client: {base_url: https://a.example, paginator: single_page}
resources:
  - {name: a, endpoint: {params: {api_key: abc, page_token: first, token: '{secrets.token}'}}}
",
        expect![[r#"
            `api_key` is a secret, and it would be compiled into the program [plain_secret]
             --> api.yaml:4:44
              |
            4 |   - {name: a, endpoint: {params: {api_key: abc, page_token: first, token: '{secrets.token}'}}}
              |                                            ^^^ a literal value
              |
              = help: name it instead, by `auth: {type: api_key, name: api_key, location: query}`
              = note: `plain_secret` is a lint, deny by default; `allow(plain_secret)` in the attribute turns it off
        "#]],
    );
}

/// What lies within a `lag` comes again, and an `append` adds it again; each with what it differs by from
/// one that is right.
#[test]
fn an_append_with_a_lag_is_told() {
    let range = |rest: &str| format!("endpoint: {{incremental: {{cursor_path: at, {rest}}}}}");
    let merge = "primary_key: id, write_disposition: merge";
    let param = "endpoint: {params: {since: {type: incremental, cursor_path: at, lag: 60}}}";
    for (wrong, right) in [
        (range("lag: 60"), format!("{merge}, {}", range("lag: 60"))),
        (range("lag: 60"), range("lag: 0")),
        (range("lag: 60"), range("initial_value: 1")),
        (range("lag: '{config.lag}'"), format!("{merge}, {}", range("lag: '{config.lag}'"))),
        (format!("write_disposition: append, {}", range("lag: 0.5")), {
            format!("write_disposition: replace, {}", range("lag: 0.5"))
        }),
        (range("lag: 2, initial_value: 2024-01-01, end_value: now"), {
            format!("write_disposition: skip, {}", range("lag: 2"))
        }),
        (param.to_owned(), format!("{merge}, {param}")),
    ] {
        let of = |keys: &str| with_resources(&format!("  - {{name: r, {keys}}}"));
        let told = messages(&of(&wrong), LintLevels::default());
        assert!(told.contains("in each run [append_with_lag]"), "{wrong}: {told}");
        let mut lints = LintLevels::default();
        lints.set("append_with_lag", Level::Allow).unwrap();
        assert_eq!(messages(&of(&wrong), lints), "", "{wrong}");
        assert_eq!(messages(&of(&right), LintLevels::default()), "", "{right}");
    }
    // With a fixed end the `lag` has no effect, which another lint tells.
    let fixed = range("initial_value: 1, end_value: 5, lag: 2");
    let told =
        messages(&with_resources(&format!("  - {{name: r, {fixed}}}")), LintLevels::default());
    assert!(!told.contains("append_with_lag"), "{told}");
    check(
        "client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - {name: a, endpoint: {incremental: {cursor_path: at, lag: 60}}}
  - name: b
    primary_key: id
    write_disposition: append
    endpoint: {incremental: {cursor_path: at, lag: 60}}
",
        expect![[r#"
            an `append` adds the records within the `lag` again in each run [append_with_lag]
             --> api.yaml:3:62
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: at, lag: 60}}}
              |                                                              ^^
              |
              = help: write `write_disposition: merge` with a `primary_key`, or leave out `lag`
              = note: `append` is what `write_disposition` is unless it is given
              = note: `append_with_lag` is a lint, warn by default; `allow(append_with_lag)` in the attribute turns it off

            an `append` adds the records within the `lag` again in each run [append_with_lag]
             --> api.yaml:7:52
              |
            7 |     endpoint: {incremental: {cursor_path: at, lag: 60}}
              |                                                    ^^
              |
              = help: write `write_disposition: merge`, or leave out `lag`
              = note: `append_with_lag` is a lint, warn by default; `allow(append_with_lag)` in the attribute turns it off
        "#]],
    );
}

/// Keys that dlt knows, and that do nothing here.
#[test]
fn a_key_without_effect_is_told() {
    for key in [
        "parallelized: true",
        "table_format: delta",
        "file_format: csv",
        "references: [{columns: [a], referenced_table: b, referenced_columns: [c]}]",
        "nested_hints: {a: {columns: {b: {partition: true}}, primary_key: b}}",
        "write_disposition: {disposition: append, deduplicated: true}",
        "columns: {a: {partition: true}}",
        "columns: {a: {cluster: true}}",
        "columns: {a: {row_key: true}}",
        "columns: {a: {parent_key: true}}",
        "columns: {a: {root_key: true}}",
        "columns: {a: {variant: true}}",
        "columns: [{name: a, incremental: true}]",
        "endpoint: {incremental: {cursor_path: b, allow_external_schedulers: true}}",
        "endpoint: {incremental: {cursor_path: b, end_param: until}}",
        "endpoint: {incremental: {cursor_path: b, initial_value: 1, end_param: until}}",
        "endpoint: {incremental: {cursor_path: b, initial_value: 1, end_value: 5, lag: 2}}",
        "endpoint: {incremental: {cursor_path: b, initial_value: 2024-01-01, end_value: 2024-02-01, future_tolerance: 2 days}}",
        "endpoint: {params: {since: {type: incremental, cursor_path: b, initial_value: 1, allow_external_schedulers: true}}}",
    ] {
        let told =
            messages(&with_resources(&format!("  - {{name: r, {key}}}")), LintLevels::default());
        assert!(told.contains("has no effect [ignored_key]"), "{key}: {told}");
        let mut lints = LintLevels::default();
        lints.set("ignored_key", Level::Allow).unwrap();
        assert_eq!(
            messages(&with_resources(&format!("  - {{name: r, {key}}}")), lints),
            "",
            "{key}"
        );
    }
    check(
        "client: {base_url: https://api.example.com, paginator: single_page}
resource_defaults: {parallelized: true, columns: {a: {partition: true, cluster: null}}}
resources: [a, b]
",
        expect![[r#"
            `parallelized` has no effect [ignored_key]
             --> api.yaml:2:21
              |
            2 | resource_defaults: {parallelized: true, columns: {a: {partition: true, cluster: null}}}
              |                     ^^^^^^^^^^^^
              |
              = help: leave it out, or allow the lint if the file is for dlt too
              = note: children are fetched concurrently in any case
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

            `partition` has no effect [ignored_key]
             --> api.yaml:2:55
              |
            2 | resource_defaults: {parallelized: true, columns: {a: {partition: true, cluster: null}}}
              |                                                       ^^^^^^^^^
              |
              = help: leave it out, or allow the lint if the file is for dlt too
              = note: tables are not partitioned or clustered
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off
        "#]],
    );
}

#[test]
fn a_literal_beside_a_placeholder_is_one() {
    for (key, literal) in [
        ("auth: {token: '{secrets.a}'}", false),
        ("auth: {token: 'Bearer {secrets.a}'}", false),
        ("auth: {token: 'abc{secrets.a}'}", true),
        ("auth: {token: '{secrets.a}abc'}", true),
        ("auth: {token: 'sk_live_51H8xkAbCdEf {secrets.a}'}", true),
        ("auth: {token: '{config.tenant}:{secrets.a}'}", false),
        ("auth: {type: api_key, api_key: 'Token token=\"{secrets.a}\"'}", false),
        ("headers: {Authorization: 'Basic {secrets.a}'}", false),
        ("headers: {Authorization: 'Bearer abc{secrets.a}'}", true),
        ("auth: {type: http_basic, username: '{secrets.a}', password: ''}", false),
        ("auth: {type: http_basic, username: '{secrets.a}', password: x}", false),
        ("auth: {type: http_basic, username: '{secrets.a}', password: api_token}", false),
        (
            "auth: {type: http_basic, username: '{config.user}/token', password: '{secrets.a}'}",
            false,
        ),
        ("auth: {type: http_basic, username: me, password: x}", true),
        ("auth: {type: http_basic, username: me, password: ''}", false),
        ("auth: {type: http_basic, password: x}", true),
        ("auth: {type: http_basic, username: '{secrets.a}', password: hunter2}", true),
    ] {
        let text = format!(
            "client: {{base_url: https://api.example.com, paginator: single_page, {key}}}\nresources: [a]\n"
        );
        let told = messages(&text, LintLevels::default());
        assert_eq!(told.contains("[plain_secret]"), literal, "{key}: {told}");
        assert_eq!(told.is_empty(), !literal, "{key}: {told}");
    }
    for (params, literal) in [
        ("params: {token: '{secrets.a}'}", false),
        ("params: {token: 'abc{secrets.a}'}", true),
        ("params: {token: '{{secrets.a}}'}", true),
        ("params: {token: 'dlt.secrets[x'}", true),
        ("headers: {X-Token: 'abc{secrets.a}'}", true),
        ("headers: {X-Token: '{config.a}'}", false),
    ] {
        let text = with_resources(&format!("  - {{name: a, endpoint: {{{params}}}}}"));
        let told = messages(&text, LintLevels::default());
        assert_eq!(!told.is_empty(), literal, "{params}: {told}");
    }
}
