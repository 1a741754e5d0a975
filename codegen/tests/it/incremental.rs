//! Incremental cursors.

use expect_test::expect;

use super::{check, with_resources};

fn incremental(incremental: &str) -> String {
    with_resources(&format!("  - {{name: a, endpoint: {{incremental: {{{incremental}}}}}}}"))
}

#[test]
fn every_key() {
    check(
        &incremental(
            "cursor_path: meta.updated_at, initial_value: '2024-01-01', end_value: '2024-02-01', \
             last_value_func: max, primary_key: [id], row_order: asc, allow_external_schedulers: true, \
             lag: 60, on_cursor_value_missing: exclude, range_start: open, range_end: closed, \
             convert: null, start_param: since, end_param: until, window: 1 day",
        ),
        expect![[r""]],
    );
    check(
        &with_resources(
            "  - {name: a, endpoint: {params: {since: {type: incremental, cursor_path: id, initial_value: 1}}}}",
        ),
        expect![[r""]],
    );
}

#[test]
fn ranges_that_are_none() {
    for (wrong, expected) in [
        (
            "initial_value: 1",
            expect![[r#"
            `incremental` needs the key `cursor_path` [missing_key]
             --> api.yaml:3:39
              |
            3 |   - {name: a, endpoint: {incremental: {initial_value: 1}}}
              |                                       ^^^^^^^^^^^^^^^^^^
        "#]],
        ),
        (
            "cursor_path: id, end_value: 5",
            expect![[r#"
            a range that ends here begins nowhere [missing_key]
             --> api.yaml:3:68
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: id, end_value: 5}}}
              |                                                                    ^
              |
              = help: add `initial_value`
        "#]],
        ),
        (
            "cursor_path: id, initial_value: 5, end_value: 5",
            expect![[r#"
            a range from a value to the same value has nothing in it [conflict]
             --> api.yaml:3:86
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: id, initial_value: 5, end_value: 5}}}
              |                                                                        -             ^
              |                                                                        |
              |                                                                        it begins here
        "#]],
        ),
        (
            "cursor_path: id, initial_value: [5]",
            expect![[r#"
                expected text or a number, found a list [wrong_type]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: id, initial_value: [5]}}}
                  |                                                                        ^^^
            "#]],
        ),
        (
            "cursor_path: 'id[', initial_value: 5",
            expect![[r#"
            this bracket is never closed [invalid_selector]
             --> api.yaml:3:56
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: 'id[', initial_value: 5}}}
              |                                                        ^
              |
              = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
        "#]],
        ),
        (
            "cursor_path: id, row_order: ascending",
            expect![[r#"
            `ascending` is not an order of rows [unknown_word]
             --> api.yaml:3:68
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: id, row_order: ascending}}}
              |                                                                    ^^^^^^^^^
              |
              = help: accepted here: `asc` or `desc`
        "#]],
        ),
        (
            "cursor_path: id, convert: my_function",
            expect![[r#"
            `convert` is a Python function in dlt, which a file cannot hold [python_function]
             --> api.yaml:3:66
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: id, convert: my_function}}}
              |                                                                  ^^^^^^^^^^^
              |
              = help: change the records in Rust, by an adaptor on the stream
        "#]],
        ),
    ] {
        check(&incremental(wrong), expected);
    }
}

#[test]
fn two_incremental_cursors() {
    check(
        &with_resources(
            "  - name: a
    endpoint:
      incremental: {cursor_path: id}
      params:
        since: {type: incremental, cursor_path: id, end_value: 5}
        until: {type: incremental, cursor_path: other}",
        ),
        expect![[r#"
            this endpoint has two incremental cursors [conflict]
             --> api.yaml:7:9
              |
            5 |       incremental: {cursor_path: id}
              |                                  -- the first
            6 |       params:
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |         ^^^^^ the second
              |
              = help: keep one of them: a run has one bound

            a range that ends here begins nowhere [missing_key]
             --> api.yaml:7:64
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |                                                                ^
              |
              = help: add `initial_value`

            `end_value` belongs to `endpoint.incremental` [unknown_key]
             --> api.yaml:7:64
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |                                                                ^
              |
              = help: write the whole of it there, and no parameter

            this endpoint has two incremental cursors [conflict]
             --> api.yaml:8:9
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |         ----- the first
            8 |         until: {type: incremental, cursor_path: other}
              |         ^^^^^ the second
              |
              = help: keep one of them: a run has one bound
        "#]],
    );
}
