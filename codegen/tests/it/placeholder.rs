//! Placeholders: each text fills them or refuses them, and none is sent as it stands.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, messages, with_resources};

#[test]
fn a_paginator_takes_settings_in_all_that_it_sends() {
    for paginator in [
        "{type: header_link, links_next_key: '{config.a}'}",
        "{type: header_cursor, cursor_key: 'X-{config.a}', cursor_param: '{config.b}'}",
        "{type: cursor, cursor_param: '{config.a}', limit: '{config.b}', limit_param: '{config.c}', \
         initial_cursor: '{config.d}'}",
        "{type: cursor, cursor_body_path: 'page.{config.a}.after', limit: '{config.b}0'}",
        "{type: offset, limit: '{config.a}', limit_param: '{config.b}', offset: '{config.c}', \
         offset_param: '{config.d}', maximum_offset: '{config.e}'}",
        "{type: offset, limit: '{config.a}', limit_body_path: '{config.b}.x', offset_body_path: a}",
        "{type: page_number, base_page: '{config.a}', page: '{config.b}', page_param: '{config.c}', \
         maximum_page: '{config.d}'}",
    ] {
        let own = format!("  - {{name: x, endpoint: {{paginator: {paginator}}}}}");
        for text in [
            with_resources(&own),
            format!(
                "client: {{base_url: https://api.example.com, paginator: {paginator}}}\n\
                 resources: [x]\n"
            ),
        ] {
            let file = SourceFile::new("api.yaml", text);
            let output = compile(&file, "api", LintLevels::default());
            assert_eq!(output.diagnostics, [], "{paginator}");
            let named: Vec<&str> =
                output.source.plan.config.iter().map(|input| &*input.name).collect();
            let expected: Vec<&str> = "abcde"
                .split("")
                .filter(|name| paginator.contains(&format!("{{config.{name}}}")))
                .collect();
            let mut sorted = named.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, expected, "{paginator}");
        }
    }
}

#[test]
fn an_incremental_range_takes_settings_in_all_of_its_values() {
    let range = "cursor_path: at, initial_value: '{config.a}', end_value: '{config.b}', lag: \
                 '{config.c}', window: '{config.d} days', future_tolerance: '1 {config.e}', \
                 start_param: 'from_{config.f}', end_param: '{config.g}'";
    let resource = "name: x, write_disposition: replace";
    let text = format!("  - {{{resource}, endpoint: {{incremental: {{{range}}}}}}}");
    let file = SourceFile::new("api.yaml", with_resources(&text));
    let output = compile(&file, "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    assert_eq!(output.source.plan.config.len(), 7);
}

#[test]
fn a_range_that_is_kept_takes_no_secrets() {
    check(
        &with_resources(
            "  - {name: x, endpoint: {incremental: {cursor_path: at, initial_value: '{secrets.a}'}}}",
        ),
        expect![[r#"
            a secret cannot stand here, where errors and checkpoints would show it [invalid_placeholder]
             --> api.yaml:3:72
              |
            3 |   - {name: x, endpoint: {incremental: {cursor_path: at, initial_value: '{secrets.a}'}}}
              |                                                                        ^^^^^^^^^^^^^
              |
              = help: name a setting, `{config.NAME}`, whose value may be shown
        "#]],
    );
}

#[test]
fn the_client_takes_settings_in_names() {
    check(
        "client:
  base_url: 'https://{config.host}'
  headers: {'X-{config.name}': '{config.value}'}
  allowed_hosts: ['{config.files}', 'cdn.{config.host}']
  auth: {type: api_key, name: 'X-{config.name}', api_key: '{secrets.key}'}
  paginator: single_page
resources:
  - name: x
    endpoint:
      auth:
        type: oauth2_client_credentials
        access_token_url: 'https://{config.host}/token'
        access_token_request_data: {'{config.name}': '{config.value}'}
",
        expect![[r""]],
    );
}

#[test]
fn the_client_takes_settings_in_numbers() {
    let text = "client:
  base_url: https://api.example.com
  timeout: '{config.timeout}'
  concurrency: '{config.width}'
  retry:
    statuses: [503, '{config.status}']
    max_retries: '{config.retries}'
    backoff_factor: '{config.factor}'
    max_delay: '{config.delay}'
    max_elapsed: '{config.elapsed}'
  rate_limit: {requests: '{config.requests}', per: minute}
  rate_limit_headers: {remaining: 'X-{config.vendor}-Left', reset: 'X-{config.vendor}-Reset'}
  paginator: single_page
resources: [x]
";
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    let plan = &output.source.plan;
    assert_eq!(plan.config.len(), 9);
    let keys: Vec<&str> = plan.settings.iter().map(|(setting, _)| setting.name()).collect();
    let expected = [
        "retry.statuses",
        "retry.max_retries",
        "retry.backoff_factor",
        "retry.max_delay",
        "retry.max_elapsed",
        "timeout",
        "concurrency",
        "rate_limit.requests",
        "rate_limit.burst",
        "rate_limit_headers.remaining",
        "rate_limit_headers.reset",
    ];
    assert_eq!(keys, expected);
    assert_eq!(*plan.retry.statuses, [503]);
}

/// What is used as it stands takes no placeholder, whatever key it belongs to.
#[test]
fn all_other_text_refuses_them() {
    for key in [
        "table_name: '{config.x}'",
        "type_name: '{config.x}'",
        "primary_key: '{config.x}'",
        "primary_key: [id, '{secrets.x}']",
        "merge_key: '{config.x}'",
        "write_disposition: '{config.x}'",
        "primary_key: id, write_disposition: {disposition: merge, strategy: '{config.x}'}",
        "columns: {'{config.x}': {}}",
        "columns: {a: {data_type: '{config.x}'}}",
        "schema_contract: '{config.x}'",
        "include_from_parent: ['{config.x}']",
        "endpoint: {method: '{config.x}'}",
        "endpoint: {data_selector: 'data.{config.x}'}",
        "endpoint: {data_selector: \"$.items[?@.kind == '{config.x}']\"}",
        "endpoint: {paginator: '{config.x}'}",
        "endpoint: {paginator: {type: json_link, next_url_path: '{config.x}'}}",
        "endpoint: {paginator: {type: cursor, cursor_path: '{config.x}'}}",
        "endpoint: {paginator: {type: offset, limit: 1, total_path: '{config.x}'}}",
        "endpoint: {paginator: {type: page_number, has_more_path: '${X}'}}",
        "endpoint: {response_actions: [{content: '{config.x}', action: ignore}]}",
        "endpoint: {incremental: {cursor_path: '{config.x}'}}",
        "endpoint: {auth: '{config.x}'}",
        "max_table_nesting: '{config.x}'",
        "selected: '{config.x}'",
        "columns: {a: {precision: '{config.x}', data_type: decimal}}",
        "primary_key: id, write_disposition: {disposition: merge, strategy: scd2, boundary_timestamp: '{config.x}'}",
        "endpoint: {paginator: {type: offset, limit: 1, stop_after_empty_page: '{config.x}'}}",
    ] {
        let told =
            messages(&with_resources(&format!("  - {{name: r, {key}}}")), LintLevels::default());
        assert!(told.starts_with("nothing fills `"), "{key}: {told}");
        assert_eq!(told.matches("api.yaml:").count(), 1, "{key}: {told}");
    }
    check(
        &with_resources("  - {name: a, table_name: 'a_{config.key}'}"),
        expect![[r#"
            nothing fills `{config.key}` here [unknown_placeholder]
             --> api.yaml:3:30
              |
            3 |   - {name: a, table_name: 'a_{config.key}'}
              |                              ^^^^^^^^^^^^ this would be used literally
              |
              = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends
        "#]],
    );
}

#[test]
fn text_for_people_may_have_braces() {
    check(
        "description: 'By {config.x}'
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - name: a
    description: '{secrets.x} and ${X}'
    columns: {b: {description: 'like {config.x}'}}
",
        expect![[r""]],
    );
}

#[test]
fn what_only_a_request_has_cannot_stand_in_the_client() {
    check(
        "client:
  base_url: 'https://{host}/{resources.a.b}'
  headers: {X-Since: '{incremental.start_value}', X-Json: '{\"a\": {}, \"b\": {{c}} }'}
  paginator: {type: cursor, cursor_param: '{resources.a.id}', initial_cursor: '{secrets.begin}'}
resources: [a]
",
        expect![[r#"
            `{host}` has no value here [unknown_placeholder]
             --> api.yaml:2:22
              |
            2 |   base_url: 'https://{host}/{resources.a.b}'
              |                      ^^^^^^
              |
              = help: write `{config.host}` for a setting, `{secrets.host}` for a secret

            `{incremental.…}` has no value here [unknown_placeholder]
             --> api.yaml:3:24
              |
            3 |   headers: {X-Since: '{incremental.start_value}', X-Json: '{"a": {}, "b": {{c}} }'}
              |                        ^^^^^^^^^^^
              |
              = help: only the path, the parameters, the headers and the body of an endpoint can name what a request has

            a secret cannot stand here, where errors and checkpoints would show it [invalid_placeholder]
             --> api.yaml:4:43
              |
            4 |   paginator: {type: cursor, cursor_param: '{resources.a.id}', initial_cursor: '{secrets.begin}'}
              |                                           ^^^^^^^^^^^^^^^^^^
              |
              = help: name a setting, `{config.NAME}`, whose value may be shown

            `{resources.…}` has no value here [unknown_placeholder]
             --> api.yaml:4:45
              |
            4 |   paginator: {type: cursor, cursor_param: '{resources.a.id}', initial_cursor: '{secrets.begin}'}
              |                                             ^^^^^^^^^
              |
              = help: only the path, the parameters, the headers and the body of an endpoint can name what a request has

            a secret cannot stand here, where errors and checkpoints would show it [invalid_placeholder]
             --> api.yaml:4:79
              |
            4 |   paginator: {type: cursor, cursor_param: '{resources.a.id}', initial_cursor: '{secrets.begin}'}
              |                                                                               ^^^^^^^^^^^^^^^^^
              |
              = help: name a setting, `{config.NAME}`, whose value may be shown
        "#]],
    );
}

#[test]
fn shell_variables_lead_to_placeholders() {
    check(
        "client:
  base_url: 'https://${SUBDOMAIN}.example.com'
  headers: {X-Tenant: '${TENANT_ID}'}
  auth: {token: '${API_TOKEN}'}
  paginator: single_page
resources:
  - {name: a, endpoint: {path: '/v1/${ACCOUNT}/a', params: {region: '${REGION}'}, json: {a: ['${B}']}}}
",
        expect![[r#"
            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:2:22
              |
            2 |   base_url: 'https://${SUBDOMAIN}.example.com'
              |                      ^^^^^^^^^^^^
              |
              = help: write `{config.subdomain}` for a setting, `{secrets.subdomain}` for a secret: either may be given by an environment variable

            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:3:24
              |
            3 |   headers: {X-Tenant: '${TENANT_ID}'}
              |                        ^^^^^^^^^^^^
              |
              = help: write `{config.tenant_id}` for a setting, `{secrets.tenant_id}` for a secret: either may be given by an environment variable

            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:4:18
              |
            4 |   auth: {token: '${API_TOKEN}'}
              |                  ^^^^^^^^^^^^
              |
              = help: write `{config.api_token}` for a setting, `{secrets.api_token}` for a secret: either may be given by an environment variable

            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:7:37
              |
            7 |   - {name: a, endpoint: {path: '/v1/${ACCOUNT}/a', params: {region: '${REGION}'}, json: {a: ['${B}']}}}
              |                                     ^^^^^^^^^^
              |
              = help: write `{config.account}` for a setting, `{secrets.account}` for a secret: either may be given by an environment variable

            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:7:70
              |
            7 |   - {name: a, endpoint: {path: '/v1/${ACCOUNT}/a', params: {region: '${REGION}'}, json: {a: ['${B}']}}}
              |                                                                      ^^^^^^^^^
              |
              = help: write `{config.region}` for a setting, `{secrets.region}` for a secret: either may be given by an environment variable

            variables of the environment are not filled in by their names [invalid_placeholder]
             --> api.yaml:7:95
              |
            7 |   - {name: a, endpoint: {path: '/v1/${ACCOUNT}/a', params: {region: '${REGION}'}, json: {a: ['${B}']}}}
              |                                                                                               ^^^^
              |
              = help: write `{config.b}` for a setting, `{secrets.b}` for a secret: either may be given by an environment variable
        "#]],
    );
}

/// As other template languages write them: in the client the second brace would be sent.
#[test]
fn doubled_braces_do_not_name_a_secret() {
    check(
        "client:
  base_url: https://api.example.com
  headers: {X-Tenant: '{{config.tenant}}', X-Json: '{\"a\": \"{config.tenant}\"}'}
  auth: {token: '{{secrets.token}}'}
  paginator: single_page
resources: [a]
",
        expect![[r#"
            this would be sent literally, with the name instead of the value [invalid_placeholder]
             --> api.yaml:3:23
              |
            3 |   headers: {X-Tenant: '{{config.tenant}}', X-Json: '{"a": "{config.tenant}"}'}
              |                       ^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"{config.tenant}"`

            this would be sent literally, with the name instead of the value [invalid_placeholder]
             --> api.yaml:4:17
              |
            4 |   auth: {token: '{{secrets.token}}'}
              |                 ^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"{secrets.token}"`
        "#]],
    );
}
