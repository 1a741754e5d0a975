//! Mistakes that people often make, as public descriptions show, and what is said of them.

use expect_test::expect;
use rest_source_codegen::LintLevels;

use crate::{check, messages, with_resources};

/// A description whose client has this authentication.
fn with_auth(auth: &str) -> String {
    format!(
        "client:\n  base_url: https://api.example.com\n  paginator: single_page\n  auth:\n{auth}\
         resources: [payments]\n"
    )
}

#[test]
fn a_name_that_stands_often_is_one_mistake() {
    let resources = "  - users\n".repeat(7) + "  - orders\n  - orders\n  - orders\n";
    check(
        &with_resources(&resources),
        expect![[r#"
        there are 7 resources `users` [duplicate_resource]
         --> api.yaml:4:5
          |
        3 |   - users
          |     ----- first here
        4 |   - users
          |     ^^^^^ here again
        5 |   - users
          |     ----- and here
        6 |   - users
          |     ----- and here
        7 |   - users
          |     ----- and here
          |
          = help: one endpoint can serve several resources: name them apart
          = note: and 2 more times

        there are 3 resources `orders` [duplicate_resource]
          --> api.yaml:11:5
           |
        10 |   - orders
           |     ------ first here
        11 |   - orders
           |     ^^^^^^ here again
        12 |   - orders
           |     ------ and here
           |
           = help: one endpoint can serve several resources: name them apart
    "#]],
    );
}

/// The keys beside an unknown kind tell which one is meant; what that one lacks is not told as long
/// as it is a guess.
#[test]
fn an_unknown_kind_is_one_mistake() {
    let refresh = "    type: oauth2\n    flow: refresh_token\n    \
                   token_url: https://api.example.com/token\n    client_id: '{secrets.client_id}'\n    \
                   refresh_token: '{secrets.refresh_token}'\n    location: header\n    \
                   header_name: Authorization\n";
    check(
        &with_auth(refresh),
        expect![[r#"
            `oauth2` is not an authentication [unknown_word]
             --> api.yaml:5:11
              |
            5 |     type: oauth2
              |           ^^^^^^ did you mean `oauth2_refresh_token`?
              |
              = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`

            `oauth2_refresh_token` has no key `flow` [unknown_key]
             --> api.yaml:6:5
              |
            6 |     flow: refresh_token
              |     ^^^^
              |
              = help: it takes `type`, `access_token_url`, `refresh_token`, `refresh_token_param`, `refresh_token_path`, `client_id`, `client_secret`, `client_auth_method`, `client_assertion`, `client_id_param`, `client_secret_param`, `scopes`, `access_token_request_data`, `access_token_request_headers`, `access_token_request_json`, `access_token_path`, `expires_in_path`, `expires_at_path`, `default_token_expiration`, `send` or `token_header`

            `oauth2_refresh_token` has no key `token_url` [unknown_key]
             --> api.yaml:7:5
              |
            7 |     token_url: https://api.example.com/token
              |     ^^^^^^^^^ did you mean `access_token_url`?

            `oauth2_refresh_token` has no key `location` [unknown_key]
              --> api.yaml:10:5
               |
            10 |     location: header
               |     ^^^^^^^^
               |
               = help: this belongs in an authentication of `type: api_key`

            `oauth2_refresh_token` has no key `header_name` [unknown_key]
              --> api.yaml:11:5
               |
            11 |     header_name: Authorization
               |     ^^^^^^^^^^^
               |
               = help: `name` belongs in an authentication of `type: api_key`
        "#]],
    );
    check(
        &with_auth("    type: oauth2\n    scope: read\n"),
        expect![[r#"
            `oauth2` is not an authentication [unknown_word]
             --> api.yaml:5:11
              |
            5 |     type: oauth2
              |           ^^^^^^ did you mean `oauth2_client_credentials`?
              |
              = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`

            `oauth2_client_credentials` has no key `scope` [unknown_key]
             --> api.yaml:6:5
              |
            6 |     scope: read
              |     ^^^^^ did you mean `scopes`?
        "#]],
    );
    check(
        &with_auth("    type: apikey\n    header_name: X-Key\n"),
        expect![[r#"
            `apikey` is not an authentication [unknown_word]
             --> api.yaml:5:11
              |
            5 |     type: apikey
              |           ^^^^^^ did you mean `api_key`?
              |
              = help: accepted here: `bearer`, `api_key`, `http_basic`, `oauth2_client_credentials`, `oauth2_refresh_token`, `oauth2_jwt_bearer`, `session`, `jwt`, `hmac` or `none`

            `api_key` has no key `header_name` [unknown_key]
             --> api.yaml:6:5
              |
            6 |     header_name: X-Key
              |     ^^^^^^^^^^^ did you mean `name`?
        "#]],
    );
}

#[test]
fn keys_that_are_mended_alike_are_one_mistake() {
    check(
        &with_resources(
            "  - {name: a, path: v1/a, method: GET, parameters: {x: 1}, content: b, ttl: 5}",
        ),
        expect![[r#"
            a resource has no keys `path` and `method` [unknown_key]
             --> api.yaml:3:15
              |
            3 |   - {name: a, path: v1/a, method: GET, parameters: {x: 1}, content: b, ttl: 5}
              |               ^^^^        ------
              |
              = help: this belongs in `endpoint`

            a resource has no key `parameters` [unknown_key]
             --> api.yaml:3:40
              |
            3 |   - {name: a, path: v1/a, method: GET, parameters: {x: 1}, content: b, ttl: 5}
              |                                        ^^^^^^^^^^
              |
              = help: `params` belongs in `endpoint`

            a resource has no key `content` [unknown_key]
             --> api.yaml:3:60
              |
            3 |   - {name: a, path: v1/a, method: GET, parameters: {x: 1}, content: b, ttl: 5}
              |                                                            ^^^^^^^
              |
              = help: this belongs in an entry of `endpoint.response_actions`

            a resource has no key `ttl` [unknown_key]
             --> api.yaml:3:72
              |
            3 |   - {name: a, path: v1/a, method: GET, parameters: {x: 1}, content: b, ttl: 5}
              |                                                                        ^^^
              |
              = help: it takes `name`, `description`, `type_name`, `table_name`, `endpoint`, `selected`, `for_each`, `include_from_parent`, `include_from_each`, `processing_steps`, `primary_key`, `merge_key`, `write_disposition`, `columns`, `schema_contract`, `max_table_nesting`, `parallelized`, `table_format`, `file_format`, `references` or `nested_hints`
        "#]],
    );
}

#[test]
fn the_size_of_pages_is_a_parameter_where_pages_have_numbers() {
    check(
        &with_resources(
            "  - name: a
    endpoint:
      paginator: {type: page_number, total_path: null, page_size_param: size, default_page_size: 9}",
        ),
        expect![[r#"
            a `page_number` paginator has no key `page_size_param` [unknown_key]
             --> api.yaml:5:56
              |
            5 |       paginator: {type: page_number, total_path: null, page_size_param: size, default_page_size: 9}
              |                                                        ^^^^^^^^^^^^^^^ did you mean `limit_param`?

            a `page_number` paginator has no key `default_page_size` [unknown_key]
             --> api.yaml:5:79
              |
            5 |       paginator: {type: page_number, total_path: null, page_size_param: size, default_page_size: 9}
              |                                                                               ^^^^^^^^^^^^^^^^^ did you mean `limit`?
        "#]],
    );
}

#[test]
fn a_secret_is_not_named_in_the_manner_of_a_template_language() {
    check(
        &with_auth("    type: bearer\n    token: \"{{ dlt.secrets['api_token'] }}\"\n"),
        expect![[r#"
            this would be sent literally, with the name instead of the value [invalid_placeholder]
             --> api.yaml:6:12
              |
            6 |     token: "{{ dlt.secrets['api_token'] }}"
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"{secrets.api_token}"`
        "#]],
    );
    check(
        &with_resources(
            "  - {name: a, endpoint: {path: 'a/{{ dlt.secrets[\"id\"] }}', params: {b: '{{b}}'}}}",
        ),
        expect![[r#"
            this would be sent literally, with the name instead of the value [invalid_placeholder]
             --> api.yaml:3:32
              |
            3 |   - {name: a, endpoint: {path: 'a/{{ dlt.secrets["id"] }}', params: {b: '{{b}}'}}}
              |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"{secrets.id}"`
        "#]],
    );
}

/// Nor as a program in Python has it.
#[test]
fn what_only_python_fills_in_is_not_sent_as_it_stands() {
    let told = |endpoint: &str| {
        messages(
            &with_resources(&format!("  - {{name: a, endpoint: {{{endpoint}}}}}")),
            LintLevels::default(),
        )
    };
    for (text, meant) in [
        ("dlt.config.value", "{config.NAME}"),
        ("dlt.secrets.value", "{secrets.NAME}"),
        ("dlt.config.region", "{config.region}"),
        ("{dlt.secrets.api_key}", "{secrets.api_key}"),
        ("dlt.config.get(\"region\")", "{config.region}"),
        ("dlt.config[\"region\"]", "{config.region}"),
    ] {
        for endpoint in [
            format!("params: {{region: '{text}'}}"),
            format!("headers: {{X-Region: '{text}'}}"),
            format!("method: POST, json: {{region: '{text}'}}"),
            format!("method: POST, json: {{filter: [{{region: '{text}'}}]}}"),
        ] {
            let told = told(&endpoint);
            let is_told = told.contains("[invalid_placeholder]") && told.contains(meant);
            assert!(is_told, "{endpoint}: {told}");
        }
    }
    for text in ["dlt.config", "dlt.configuration.x", "about dlt.config.value", "mydlt.config.x"] {
        assert_eq!(told(&format!("params: {{q: '{text}'}}")), "", "{text}");
    }
}

#[test]
fn what_is_no_selector_may_be_one_that_can_be_guessed() {
    for (selector, expected) in [
        (
            "Profile Data",
            expect![[r#"
                this needs quotes within a key [invalid_selector]
                 --> api.yaml:3:49
                  |
                3 |   - {name: a, endpoint: {data_selector: "Profile Data"}}
                  |                                                 ^
                  |
                  = help: a key with spaces needs two pairs of quotes: `"'Profile Data'"`
            "#]],
        ),
        (
            "'[]'",
            expect![[r#"
            this is no index, key or filter [invalid_selector]
             --> api.yaml:3:42
              |
            3 |   - {name: a, endpoint: {data_selector: '[]'}}
              |                                          ^^
              |
              = help: leave it out where the response is the list of records itself
        "#]],
        ),
        (
            "Product[]",
            expect![[r#"
            this is no index, key or filter [invalid_selector]
             --> api.yaml:3:49
              |
            3 |   - {name: a, endpoint: {data_selector: "Product[]"}}
              |                                                 ^^
              |
              = help: a list is selected by its key: write `Product`
        "#]],
        ),
        (
            "Dict[str, Any]",
            expect![[r#"
            this is no index, key or filter [invalid_selector]
             --> api.yaml:3:46
              |
            3 |   - {name: a, endpoint: {data_selector: "Dict[str, Any]"}}
              |                                              ^^^^^^^^^^
              |
              = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
        "#]],
        ),
    ] {
        let resource = format!("  - {{name: a, endpoint: {{data_selector: {selector:?}}}}}");
        check(&with_resources(&resource.replace("\"'[]'\"", "'[]'")), expected);
    }
}

/// What stands behind a slash belongs to the path.
#[test]
fn a_path_may_have_an_address_in_it() {
    check(
        &with_resources("  - {name: a, endpoint: /articles/https://doi.org/10.1}"),
        expect![[r#""#]],
    );
}

/// What is in a section whose name is misspelt is read as what was meant.
#[test]
fn what_is_in_a_misspelt_key_is_looked_at() {
    check(
        "cliant: {base_url: ftp://api.example.com, paginators: {type: offset}}
resource_default:
  columns: {id: {data_type: integer, nulable: 5}}
resources:
  - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
",
        expect![[r#"
            a source description has no key `cliant` [unknown_key]
             --> api.yaml:1:1
              |
            1 | cliant: {base_url: ftp://api.example.com, paginators: {type: offset}}
              | ^^^^^^ did you mean `client`?

            requests are sent by http or https, not by `ftp` [invalid_url]
             --> api.yaml:1:20
              |
            1 | cliant: {base_url: ftp://api.example.com, paginators: {type: offset}}
              |                    ^^^^^^^^^^^^^^^^^^^^^
              |
              = help: an address looks like `https://api.example.com/v1`

            `client` has no key `paginators` [unknown_key]
             --> api.yaml:1:43
              |
            1 | cliant: {base_url: ftp://api.example.com, paginators: {type: offset}}
              |                                           ^^^^^^^^^^ did you mean `paginator`?

            an `offset` paginator needs the key `limit` [missing_key]
             --> api.yaml:1:55
              |
            1 | cliant: {base_url: ftp://api.example.com, paginators: {type: offset}}
              |                                                       ^^^^^^^^^^^^^^

            a source description has no key `resource_default` [unknown_key]
             --> api.yaml:2:1
              |
            2 | resource_default:
              | ^^^^^^^^^^^^^^^^ did you mean `resource_defaults`?

            `integer` is not a data type [unknown_word]
             --> api.yaml:3:29
              |
            3 |   columns: {id: {data_type: integer, nulable: 5}}
              |                             ^^^^^^^ did you mean `bigint`?
              |
              = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`

            a column has no key `nulable` [unknown_key]
             --> api.yaml:3:38
              |
            3 |   columns: {id: {data_type: integer, nulable: 5}}
              |                                      ^^^^^^^ did you mean `nullable`?

            expected `true` or `false`, found the number `5` [wrong_type]
             --> api.yaml:3:47
              |
            3 |   columns: {id: {data_type: integer, nulable: 5}}
              |                                               ^

            an endpoint has no key `pth` [unknown_key]
             --> api.yaml:5:33
              |
            5 |   - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
              |                                 ^^^ did you mean `path`?

            this `{` is not part of a placeholder [invalid_placeholder]
             --> api.yaml:5:40
              |
            5 |   - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
              |                                        ^
              |
              = help: write a literal brace twice, `{{`

            an endpoint has no key `parms` [unknown_key]
             --> api.yaml:5:44
              |
            5 |   - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
              |                                            ^^^^^ did you mean `params`?

            a parameter has a value, and no keys [wrong_type]
             --> api.yaml:5:55
              |
            5 |   - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
              |                                                       ^^^^^^
              |
              = help: write text, a number or a list of them; only `type: incremental` and `type: resolve` have keys beside them

            a resource has no key `colums` [unknown_key]
             --> api.yaml:5:65
              |
            5 |   - {name: payments, endpoint: {pth: '/{', parms: {a: {b: c}}}, colums: {a: {data_type: int}}}
              |                                                                 ^^^^^^ did you mean `columns`?
        "#]],
    );
}
