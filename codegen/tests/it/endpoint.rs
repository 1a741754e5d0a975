//! Endpoints: methods, parameters, bodies, headers and response actions.

use expect_test::expect;

use super::{check, with_resources};

fn endpoint(endpoint: &str) -> String {
    with_resources(&format!("  - {{name: a, endpoint: {{{endpoint}}}}}"))
}

#[test]
fn what_an_endpoint_takes() {
    for taken in [
        "method: get",
        "method: POST, json: {query: '{{ all }}', list: [1, {deep: null}]}",
        "method: POST, data: {a: 1, b: [x, y]}",
        "method: POST, data: [[a, 1], [a, 2]]",
        "method: POST, data: plain text",
        "params: {a: 1, b: [x, 2], c: null, d: true, e: ''}",
        "path: 'v1/{account}/a', params: {account: 7}",
        "path: 'v1/{account_id}/a'",
        "headers: {X-A: 1, X-B: null, X-C: text}",
        "response_actions: [{status_code: 404, action: ignore}, {status_code: 5xx, content: busy, action: retry}]",
        "response_actions: [{where: '@.code != 0', action: raise}, {where: '!@', action: retry}, \
         {status_code: 200, where: '?(@.ok == false && @.error)', action: ignore}, \
         {status_code: 202, action: accept}]",
        "data_selector: items, data_selector_required: false",
        "auth: none",
        "json: null, data: null, incremental: null",
    ] {
        check(&endpoint(taken), expect![[r""]]);
    }
}

#[test]
fn a_source_only_reads() {
    check(
        &endpoint("method: DELETE"),
        expect![[r#"
            `DELETE` is not a method that a source uses [unknown_word]
             --> api.yaml:3:34
              |
            3 |   - {name: a, endpoint: {method: DELETE}}
              |                                  ^^^^^^
              |
              = help: accepted here: `GET` or `POST`
              = note: a source reads and changes nothing: leave out the resources that do
        "#]],
    );
    check(
        &endpoint("method: PSOT"),
        expect![[r#"
        `PSOT` is not a method that a source uses [unknown_word]
         --> api.yaml:3:34
          |
        3 |   - {name: a, endpoint: {method: PSOT}}
          |                                  ^^^^ did you mean `POST`?
    "#]],
    );
}

#[test]
fn a_request_has_one_body() {
    check(
        &endpoint("method: POST, json: {a: 1}, data: {b: 2}"),
        expect![[r#"
        a request has one body, and this is the second [conflict]
         --> api.yaml:3:60
          |
        3 |   - {name: a, endpoint: {method: POST, json: {a: 1}, data: {b: 2}}}
          |                                              ------        ^^^^^^
          |                                              |
          |                                              the first
          |
          = help: `json` sends an object, `data` a form or text
    "#]],
    );
    check(
        &endpoint("method: POST, json: [1]"),
        expect![[r#"
            expected a mapping, found a list [wrong_type]
             --> api.yaml:3:46
              |
            3 |   - {name: a, endpoint: {method: POST, json: [1]}}
              |                                              ^^^
        "#]],
    );
    check(
        &endpoint("method: POST, data: [a, b]"),
        expect![[r#"
        a form has names with values, found the text `a` [wrong_type]
         --> api.yaml:3:47
          |
        3 |   - {name: a, endpoint: {method: POST, data: [a, b]}}
          |                                               ^
          |
          = help: write `data: {name: value}`, or a list of pairs, `data: [[name, value]]`
    "#]],
    );
}

#[test]
fn placeholders_in_a_path_are_bound_once() {
    for (wrong, expected) in [
        (
            "path: 'v1/{id}', params: {id: [1, 2]}",
            expect![[r#"
            `{id}` in the path takes a single value [wrong_type]
             --> api.yaml:3:56
              |
            3 |   - {name: a, endpoint: {path: 'v1/{id}', params: {id: [1, 2]}}}
              |                                                        ^^^^^^
        "#]],
        ),
        (
            "path: 'v1/{id}', params: {id: null}",
            expect![[r#"
            `{id}` in the path needs a value [missing_key]
             --> api.yaml:3:56
              |
            3 |   - {name: a, endpoint: {path: 'v1/{id}', params: {id: null}}}
              |                                                        ^^^^
        "#]],
        ),
        (
            "path: 'v1/{id'",
            expect![[r#"
                this `{` is not part of a placeholder [invalid_placeholder]
                 --> api.yaml:3:36
                  |
                3 |   - {name: a, endpoint: {path: 'v1/{id'}}
                  |                                    ^
                  |
                  = help: write a literal brace twice, `{{`
            "#]],
        ),
        (
            "path: 'v1/}'",
            expect![[r#"
                this `}` is not part of a placeholder [invalid_placeholder]
                 --> api.yaml:3:36
                  |
                3 |   - {name: a, endpoint: {path: 'v1/}'}}
                  |                                    ^
                  |
                  = help: write a literal brace twice, `}}`
            "#]],
        ),
        (
            "params: {id: {type: resolve, resource: a, field: id}}",
            expect![[r#"
                the path has no placeholder `{id}` for this [unused]
                 --> api.yaml:3:35
                  |
                3 |   - {name: a, endpoint: {params: {id: {type: resolve, resource: a, field: id}}}}
                  |                                   ^^
                  |
                  = help: outside of the path a parent's field is `"{resources.NAME.FIELD}"`
                  = help: values of several records, `batch: 50`, may be sent as a parameter

                `a` would be its own parent [parent_cycle]
                 --> api.yaml:3:65
                  |
                3 |   - {name: a, endpoint: {params: {id: {type: resolve, resource: a, field: id}}}}
                  |                                                                 ^
            "#]],
        ),
        (
            "params: {id: {from: here}}",
            expect![[r#"
                a parameter has a value, and no keys [wrong_type]
                 --> api.yaml:3:39
                  |
                3 |   - {name: a, endpoint: {params: {id: {from: here}}}}
                  |                                       ^^^^^^^^^^^^
                  |
                  = help: write text, a number or a list of them; only `type: incremental` and `type: resolve` have keys beside them
            "#]],
        ),
    ] {
        check(&endpoint(wrong), expected);
    }
}

#[test]
fn placeholders_have_a_value_where_they_stand() {
    for (wrong, expected) in [
        (
            "params: {q: '{id}'}",
            expect![[r#"
                `{id}` has no value here [unknown_placeholder]
                 --> api.yaml:3:39
                  |
                3 |   - {name: a, endpoint: {params: {q: '{id}'}}}
                  |                                       ^^^^
                  |
                  = help: a parent's field is `{resources.NAME.id}`, a value that your program gives the client `{config.id}`
                  = help: literal braces are written twice, `{{` and `}}`
            "#]],
        ),
        (
            "json: {q: '{ viewer { name } }'}",
            expect![[r#"
                `{ viewer { name }` is not a placeholder [invalid_placeholder]
                 --> api.yaml:3:37
                  |
                3 |   - {name: a, endpoint: {json: {q: '{ viewer { name } }'}}}
                  |                                     ^^^^^^^^^^^^^^^^^
                  |
                  = help: there are `{resources.NAME.FIELD}`, `{incremental.start_value}`, `{each.NAME}`, `{paginator.cursor}`, `{secrets.NAME}` and `{config.NAME}`; where braces are meant as they are, write them twice, `{{` and `}}`

                this `}` is not part of a placeholder [invalid_placeholder]
                 --> api.yaml:3:55
                  |
                3 |   - {name: a, endpoint: {json: {q: '{ viewer { name } }'}}}
                  |                                                       ^
                  |
                  = help: write a literal brace twice, `}}`
            "#]],
        ),
        (
            "json: {q: '{secret.token}'}",
            expect![[r#"
            `{secret.token}` is not a placeholder [invalid_placeholder]
             --> api.yaml:3:37
              |
            3 |   - {name: a, endpoint: {json: {q: '{secret.token}'}}}
              |                                     ^^^^^^^^^^^^^^
              |
              = help: did you mean `{secrets.token}`?
        "#]],
        ),
        (
            "headers: {X-A: '{incremental.start_value}'}",
            expect![[r#"
            this endpoint has no `incremental` [unknown_placeholder]
             --> api.yaml:3:42
              |
            3 |   - {name: a, endpoint: {headers: {X-A: '{incremental.start_value}'}}}
              |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add it beside `path`, `incremental: {cursor_path: updated_at}`
        "#]],
        ),
        (
            "incremental: {cursor_path: a}, params: {q: '{incremental.start}'}",
            expect![[r#"
            `incremental` has no value `start` [invalid_placeholder]
             --> api.yaml:3:70
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: a}, params: {q: '{incremental.start}'}}}
              |                                                                      ^^^^^^^^^^^^^^^^^^^
              |
              = help: it has `initial_value`, `start_value`, `last_value`, `end_value` or `lag`
        "#]],
        ),
        (
            "params: {q: '{resources.a}'}",
            expect![[r#"
                this names a resource, but none of its fields [invalid_placeholder]
                 --> api.yaml:3:39
                  |
                3 |   - {name: a, endpoint: {params: {q: '{resources.a}'}}}
                  |                                       ^^^^^^^^^^^^^
                  |
                  = help: write a field after it, `{resources.a.id}`
            "#]],
        ),
    ] {
        check(&endpoint(wrong), expected);
    }
}

#[test]
fn response_actions_that_do_nothing() {
    for (wrong, expected) in [
        (
            "response_actions: [{action: ignore}]",
            expect![[r#"
            nothing says which responses this is for [missing_key]
             --> api.yaml:3:54
              |
            3 |   - {name: a, endpoint: {response_actions: [{action: ignore}]}}
              |                                                      ^^^^^^
              |
              = help: add one or several of `status_code: 404`, `content` with text of the body, and `where: "@.code != 0"`
        "#]],
        ),
        (
            "response_actions: [{status_code: 40, action: ignore}]",
            expect![[r#"
            `40` is not a status [invalid_number]
             --> api.yaml:3:59
              |
            3 |   - {name: a, endpoint: {response_actions: [{status_code: 40, action: ignore}]}}
              |                                                           ^^
              |
              = help: a status is a number from 100 to 599, or a class, `4xx`
        "#]],
        ),
        (
            "response_actions: [{status_code: 404, action: ignored}]",
            expect![[r#"
                `ignored` is not a response action [unknown_word]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {response_actions: [{status_code: 404, action: ignored}]}}
                  |                                                                        ^^^^^^^ did you mean `ignore`?
                  |
                  = help: accepted here: `ignore`, `retry`, `restart`, `raise` or `accept`
            "#]],
        ),
        (
            "response_actions: [{content: '', action: ignore}]",
            expect![[r#"
                every response contains this, so that every page would be dropped [drops_all_pages]
                 --> api.yaml:3:55
                  |
                3 |   - {name: a, endpoint: {response_actions: [{content: '', action: ignore}]}}
                  |                                                       ^^
            "#]],
        ),
    ] {
        check(&endpoint(wrong), expected);
    }
}

#[test]
fn conditions_that_cannot_be_read_or_hold_for_every_body() {
    for (wrong, expected) in [
        (
            "response_actions: [{where: '@.code =~ 0', action: raise}]",
            expect![[r#"
            regular expressions are not in the language [invalid_selector]
             --> api.yaml:3:53
              |
            3 |   - {name: a, endpoint: {response_actions: [{where: '@.code =~ 0', action: raise}]}}
              |                                                     ^^^^^^^^^^^^^
              |
              = help: write `"@.ok == false"`, where `@` is the body, `"@.error"` for a key that is there, or `"!@"` for a body that is empty or no JSON
        "#]],
        ),
        (
            "response_actions: [{where: '@', action: ignore}]",
            expect![[r#"
                this holds for every response, so that every page would be dropped [drops_all_pages]
                 --> api.yaml:3:53
                  |
                3 |   - {name: a, endpoint: {response_actions: [{where: '@', action: ignore}]}}
                  |                                                     ^^^
            "#]],
        ),
        (
            "response_actions: [{where: '', action: retry}]",
            expect![[r#"
            this filter is not in the language [invalid_selector]
             --> api.yaml:3:53
              |
            3 |   - {name: a, endpoint: {response_actions: [{where: '', action: retry}]}}
              |                                                     ^^
              |
              = help: write `"@.ok == false"`, where `@` is the body, `"@.error"` for a key that is there, or `"!@"` for a body that is empty or no JSON
        "#]],
        ),
        (
            "data_selector_required: false",
            expect![[r#"
            without a `data_selector` nothing says what may be missing [missing_key]
             --> api.yaml:3:50
              |
            3 |   - {name: a, endpoint: {data_selector_required: false}}
              |                                                  ^^^^^
              |
              = help: name the list of the records beside it, `data_selector: items`
        "#]],
        ),
    ] {
        check(&endpoint(wrong), expected);
    }
}

/// As a default it is for those that name a list.
#[test]
fn lists_may_be_left_out_by_default() {
    let description = "\
client: {base_url: https://api.example.com, paginator: single_page}
resource_defaults: {endpoint: {data_selector_required: false}}
resources:
  - {name: a, endpoint: {data_selector: items}}
  - {name: b, endpoint: {path: b}}
";
    check(description, expect![[r""]]);
}
