//! Incremental cursors.

use expect_test::expect;
use rest_source_codegen::{Level, LintLevels};

use super::{check, check_with, with_resources};

fn incremental(incremental: &str) -> String {
    with_resources(&format!("  - {{name: a, endpoint: {{incremental: {{{incremental}}}}}}}"))
}

#[test]
fn every_key() {
    check(
        &incremental(
            "cursor_path: meta.updated_at, initial_value: '2024-01-01', end_value: '2024-02-01', \
             last_value_func: max, primary_key: [id], row_order: asc, allow_external_schedulers: true, \
             lag: 60, future_tolerance: 2 days, on_cursor_value_missing: exclude, range_start: open, range_end: closed, \
             convert: null, start_param: since, end_param: until, window: 1 day",
        ),
        expect![[r#"
            `allow_external_schedulers` has no effect [ignored_key]
             --> api.yaml:3:181
              |
            3 | ...value_func: max, primary_key: [id], row_order: asc, allow_external_schedulers: true, lag: 60, future_tolerance: 2 days, on_cursor_...
              |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: leave it out, or allow the lint if the file is for dlt too
              = note: the range of a run comes from this block, from arguments or from the last run
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

            `lag` has no effect [ignored_key]
             --> api.yaml:3:219
              |
            3 | ...ey: [id], row_order: asc, allow_external_schedulers: true, lag: 60, future_tolerance: 2 days, on_cursor_value_missing: exclude, ra...
              |                                                                    ^^
              |
              = help: leave it out, or leave out `end_value`
              = note: a range with a fixed `end_value` leaves no state, so that every run has the same bounds
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

            `future_tolerance` has no effect [ignored_key]
             --> api.yaml:3:241
              |
            3 | ..., allow_external_schedulers: true, lag: 60, future_tolerance: 2 days, on_cursor_value_missing: exclude, range_start: open, range_e...
              |                                                                  ^^^^^^
              |
              = help: leave it out, or leave out `end_value`
              = note: a range with a fixed `end_value` leaves no state, so that every run has the same bounds
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off
        "#]],
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
                `end_value` requires `initial_value` [missing_key]
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
                `end_value` equals `initial_value`: the range is empty [empty_range]
                 --> api.yaml:3:86
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: id, initial_value: 5, end_value: 5}}}
                  |                                                                        -             ^
                  |                                                                        |
                  |                                                                        the range begins here
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
                  = help: `processing_steps` have `filter`, `exclude`, `include`, `rename`, `add` and `cast`; the rest is done in Rust, by an adaptor on the stream
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
              = help: keep one of them

            `end_value` requires `initial_value` [missing_key]
             --> api.yaml:7:64
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |                                                                ^
              |
              = help: add `initial_value`

            `end_value` belongs in `endpoint.incremental` [unknown_key]
             --> api.yaml:7:64
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |                                                                ^
              |
              = help: write the whole block there instead of a parameter

            this endpoint has two incremental cursors [conflict]
             --> api.yaml:8:9
              |
            7 |         since: {type: incremental, cursor_path: id, end_value: 5}
              |         ----- the first
            8 |         until: {type: incremental, cursor_path: other}
              |         ^^^^^ the second
              |
              = help: keep one of them
        "#]],
    );
}

/// A resource whose column `at` is of a type.
fn of_type(data_type: &str, incremental: &str) -> String {
    with_resources(&format!(
        "  - name: a\n    columns: {{at: {{data_type: {data_type}}}}}\n    endpoint:\n      \
         incremental: {{cursor_path: at, {incremental}}}"
    ))
}

#[test]
fn bounds_that_are_right() {
    for (data_type, right) in [
        ("timestamp", "initial_value: 2024-01-01, end_value: now, window: 12 hours"),
        ("timestamp", "initial_value: 1704067200, end_value: 2024-02-01T00:00:00Z, window: 1 day"),
        ("timestamp", "initial_value: now - 30 days, end_value: now"),
        ("date", "initial_value: '20240101', end_value: 2024-02-01, window: 1 week"),
        ("date", "initial_value: '20240101', end_value: now, lag: 3"),
        ("bigint", "initial_value: 5, end_value: '10'"),
        ("bigint", "initial_value: 5, end_value: 3, last_value_func: min"),
        ("bigint", "initial_value: 5, end_value: 5, range_end: closed"),
        ("bigint", "initial_value: 1704067200000, future_tolerance: 0 days"),
        ("text", "initial_value: 2024-01-01T00:00:00Z, end_value: 2024-01-01 10:00:00 UTC"),
        ("text", "initial_value: abc, end_value: abd"),
        ("bigint", "end_param: until, end_value: '{config.end}', initial_value: 1, lag: 2"),
        ("date", "end_param: until, window: 1 day, initial_value: 2024-01-01, lag: 2"),
    ] {
        // Each is an `append`, which is not what this is about.
        let mut lints = LintLevels::default();
        lints.set("append_with_lag", Level::Allow).unwrap();
        check_with(&of_type(data_type, right), lints, expect![[r""]]);
    }
    for right in [
        "initial_value: '20240101', end_value: '20240301', window: 1 month",
        "initial_value: '9', end_value: '10'",
        "initial_value: 2024/01/01, end_value: 2024-01-02T00:00:00Z, window: 1 day",
        "initial_value: abc",
    ] {
        check(&incremental(&format!("cursor_path: at, {right}")), expect![[r""]]);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of messages")]
fn bounds_that_a_column_does_not_take() {
    for (data_type, wrong, expected) in [
        (
            "timestamp",
            "initial_value: 1704067200000",
            expect![[r#"
            `1704067200000` seconds since 1970 are beyond the year 9999 [wrong_type]
             --> api.yaml:6:53
              |
            6 |       incremental: {cursor_path: at, initial_value: 1704067200000}
              |                                                     ^^^^^^^^^^^^^
              |
              = help: milliseconds are numbers, which `data_type: bigint` takes; as a time this is `initial_value: 2024-01-01T00:00:00Z`
        "#]],
        ),
        (
            "timestamp",
            "initial_value: '20240101'",
            expect![[r#"
            `20240101` may be a date as well as seconds since 1970 [wrong_type]
             --> api.yaml:6:53
              |
            6 |       incremental: {cursor_path: at, initial_value: '20240101'}
              |                                                     ^^^^^^^^^^
              |
              = help: write a date with dashes, as in `2024-01-31`, and seconds without quotes
        "#]],
        ),
        (
            "timestamp",
            "initial_value: abc",
            expect![[r#"
                `abc` is not a time, the declared type of the column `at` [wrong_type]
                 --> api.yaml:6:53
                  |
                6 |       incremental: {cursor_path: at, initial_value: abc}
                  |                                                     ^^^
                  |
                  = help: a time is written as in `2024-01-31T08:00:00Z`, `now - 30 days`, or in seconds since 1970
            "#]],
        ),
        (
            "date",
            "initial_value: 20240101",
            expect![[r#"
                `20240101` is not a date, the declared type of the column `at` [wrong_type]
                 --> api.yaml:6:53
                  |
                6 |       incremental: {cursor_path: at, initial_value: 20240101}
                  |                                                     ^^^^^^^^
                  |
                  = help: a date is text: write it in quotes, as in `"2024-01-31"`
            "#]],
        ),
        (
            "date",
            "initial_value: '1704067200'",
            expect![[r#"
                `1704067200` is not a date, the declared type of the column `at` [wrong_type]
                 --> api.yaml:6:53
                  |
                6 |       incremental: {cursor_path: at, initial_value: '1704067200'}
                  |                                                     ^^^^^^^^^^^^
                  |
                  = help: a date is written as in `2024-01-31` or `now - 30 days`
            "#]],
        ),
        (
            "bigint",
            "initial_value: 2024-01-01",
            expect![[r#"
                `2024-01-01` is not a number, the declared type of the column `at` [wrong_type]
                 --> api.yaml:6:53
                  |
                6 |       incremental: {cursor_path: at, initial_value: 2024-01-01}
                  |                                                     ^^^^^^^^^^
                  |
                  = help: write a number, or declare the column `timestamp` if its values are times or seconds since 1970
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, end_value: now",
            expect![[r#"
                `now` is not a number, the declared type of the column `at` [wrong_type]
                 --> api.yaml:6:67
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, end_value: now}
                  |                                                                   ^^^
                  |
                  = help: write a number, or declare the column `timestamp` if its values are times or seconds since 1970
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, window: 1 day",
            expect![[r#"
                a `window` with a unit of time splits a range of times, and the column `at` is `bigint` [wrong_column_type]
                 --> api.yaml:6:64
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, window: 1 day}
                  |                                                                ^^^^^
                  |
                  = help: where these are seconds since 1970, write `cursor_format: epoch`; where they are numbers, `window: 1000`
            "#]],
        ),
        (
            "date",
            "initial_value: 2024-01-01, window: 12 hours",
            expect![[r#"
                `window` is not given in days, and the bounds are dates [wrong_column_type]
                 --> api.yaml:6:73
                  |
                6 |       incremental: {cursor_path: at, initial_value: 2024-01-01, window: 12 hours}
                  |                                                                         ^^^^^^^^
                  |
                  = help: write it in days, `window: 1 day`
            "#]],
        ),
        (
            "timestamp",
            "initial_value: 2024-01-01, window: 30",
            expect![[r#"
                `30` has no unit of time [wrong_type]
                 --> api.yaml:6:73
                  |
                6 |       incremental: {cursor_path: at, initial_value: 2024-01-01, window: 30}
                  |                                                                         ^^
                  |
                  = help: write one behind it, as in `30 days` or `30 hours`
            "#]],
        ),
        (
            "date",
            "initial_value: 2024-01-01, lag: 12 hours",
            expect![[r#"
                `lag` is not given in days, and the bounds are dates [wrong_column_type]
                 --> api.yaml:6:70
                  |
                6 |       incremental: {cursor_path: at, initial_value: 2024-01-01, lag: 12 hours}
                  |                                                                      ^^^^^^^^
                  |
                  = help: write it in days, `lag: 1 day`
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, end_value: 10, window: 0",
            expect![[r#"
                `0` is not how long a range is [invalid_number]
                 --> api.yaml:6:79
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, end_value: 10, window: 0}
                  |                                                                               ^
                  |
                  = help: write a number above 0, as in `1000`, or a length of time, as in `1 day`
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, window: 5",
            expect![[r#"
                a `window` of numbers requires `end_value` [missing_key]
                 --> api.yaml:6:64
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, window: 5}
                  |                                                                ^
                  |
                  = help: add the number where the range ends, or leave out `window`
                  = note: for times that is `now`; how far numbers go is known to the server alone
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, lag: 2 days",
            expect![[r#"
                a `lag` with a unit of time requires times, and the column `at` is `bigint` [wrong_column_type]
                 --> api.yaml:6:61
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, lag: 2 days}
                  |                                                             ^^^^^^
                  |
                  = help: where these are seconds since 1970, write `cursor_format: epoch`; where they are numbers, `lag: 1000`
            "#]],
        ),
        (
            "bigint",
            "initial_value: 1, lag: soon",
            expect![[r#"
                `soon` is not how long a range is [invalid_number]
                 --> api.yaml:6:61
                  |
                6 |       incremental: {cursor_path: at, initial_value: 1, lag: soon}
                  |                                                             ^^^^
                  |
                  = help: a number and a unit of time, as in `1 day` or `12 hours`
            "#]],
        ),
        (
            "bool",
            "initial_value: abc, lag: 1",
            expect![[r#"
                `lag` requires a time, a date or a number, and the column `at` is `bool` [wrong_column_type]
                 --> api.yaml:6:63
                  |
                6 |       incremental: {cursor_path: at, initial_value: abc, lag: 1}
                  |                                                               ^
            "#]],
        ),
    ] {
        check(&of_type(data_type, wrong), expected);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of messages")]
fn bounds_that_hold_nothing_between_them() {
    for (wrong, expected) in [
        (
            "initial_value: 2024-06-01T00:00:00Z, end_value: 2024-01-01T00:00:00Z",
            expect![[r#"
                `end_value` is before `initial_value`: the range is empty [empty_range]
                 --> api.yaml:3:105
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 2024-06-01T00:00:00Z, end_value: 2024-01-01T00:00:00Z}}}
                  |                                                                        --------------------             ^^^^^^^^^^^^^^^^^^^^
                  |                                                                        |
                  |                                                                        the range begins here
            "#]],
        ),
        (
            "initial_value: 2024-06-01T00:00:00Z, end_value: 2024-06-01 02:00:00+0200",
            expect![[r#"
                `end_value` equals `initial_value`: the range is empty [empty_range]
                 --> api.yaml:3:105
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 2024-06-01T00:00:00Z, end_value: 2024-06-01 02:00:00+0200}}}
                  |                                                                        --------------------             ^^^^^^^^^^^^^^^^^^^^^^^^
                  |                                                                        |
                  |                                                                        the range begins here
            "#]],
        ),
        (
            "initial_value: 9, end_value: 5",
            expect![[r#"
                `end_value` is before `initial_value`: the range is empty [empty_range]
                 --> api.yaml:3:86
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 9, end_value: 5}}}
                  |                                                                        -             ^
                  |                                                                        |
                  |                                                                        the range begins here
            "#]],
        ),
        (
            "initial_value: 5, end_value: 9, last_value_func: min",
            expect![[r#"
                `end_value` must be smaller than `initial_value` with `last_value_func: min` [empty_range]
                 --> api.yaml:3:86
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 5, end_value: 9, last_value_func: min}}}
                  |                                                                        -             ^
                  |                                                                        |
                  |                                                                        the range begins here
            "#]],
        ),
        (
            "initial_value: now, end_value: now - 1 day",
            expect![[r#"
                `end_value` is before `initial_value`: the range is empty [empty_range]
                 --> api.yaml:3:88
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: now, end_value: now - 1 day}}}
                  |                                                                        ---             ^^^^^^^^^^^
                  |                                                                        |
                  |                                                                        the range begins here
            "#]],
        ),
        (
            "initial_value: 2024-01-01, end_value: 7",
            expect![[r#"
                `end_value` is a number, and `initial_value` is a time [wrong_column_type]
                 --> api.yaml:3:95
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 2024-01-01, end_value: 7}}}
                  |                                                                        ---------- a time      ^
                  |
                  = help: write both as in the records
                  = note: numbers are seconds since 1970 where the cursor's column is declared `timestamp`
            "#]],
        ),
        (
            "initial_value: 1, end_value: z",
            expect![[r#"
                `end_value` is text, and `initial_value` is a number [wrong_column_type]
                 --> api.yaml:3:86
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 1, end_value: z}}}
                  |                                                                        - a number    ^
                  |
                  = help: write both as in the records
            "#]],
        ),
        (
            "initial_value: true",
            expect![[r#"
                `true` has no order and cannot be a bound [wrong_column_type]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: true}}}
                  |                                                                        ^^^^
            "#]],
        ),
        (
            "initial_value: 31/12/2024",
            expect![[r#"
                `31/12/2024` is ambiguous: its day and month cannot be distinguished [wrong_type]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 31/12/2024}}}
                  |                                                                        ^^^^^^^^^^
                  |
                  = help: write it as in `2024-01-31` or `2024-01-31T08:00:00Z`, or say how records write theirs, as in `cursor_format: "%d/%m/%Y"`
            "#]],
        ),
        (
            "initial_value: -30 days",
            expect![[r#"
                `-30 days` is not a time [wrong_type]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: -30 days}}}
                  |                                                                        ^^^^^^^^
                  |
                  = help: write `initial_value: now - 30 days`
            "#]],
        ),
        (
            "initial_value: yesterday",
            expect![[r#"
                `yesterday` is not a time [wrong_type]
                 --> api.yaml:3:72
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: yesterday}}}
                  |                                                                        ^^^^^^^^^
                  |
                  = help: write `initial_value: now - 1 day`
            "#]],
        ),
    ] {
        check(&incremental(&format!("cursor_path: at, {wrong}")), expected);
    }
}

#[test]
fn windows_lags_and_tolerances_that_fit_nothing() {
    for (wrong, expected) in [
        (
            "initial_value: 1704067200, end_value: 1709251200, window: 1 month",
            expect![[r#"
                a `window` with a unit of time splits a range of times, and `1704067200` is none [wrong_column_type]
                 --> api.yaml:3:115
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 1704067200, end_value: 1709251200, window: 1 month}}}
                  |                                                                                                                   ^^^^^^^
                  |
                  = help: where these are seconds since 1970, write `cursor_format: epoch`; where they are numbers, `window: 1000`
            "#]],
        ),
        (
            "initial_value: abc, window: 1 month",
            expect![[r#"
                a `window` with a unit of time splits a range of times, and `abc` is text [wrong_column_type]
                 --> api.yaml:3:85
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: abc, window: 1 month}}}
                  |                                                                                     ^^^^^^^
                  |
                  = help: leave `window` out
            "#]],
        ),
        (
            "initial_value: 2024-01-01, window: 12 hours",
            expect![[r#"
                `window` is not given in days, and the bounds are dates [wrong_column_type]
                 --> api.yaml:3:92
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 2024-01-01, window: 12 hours}}}
                  |                                                                                            ^^^^^^^^
                  |
                  = help: write it in days, `window: 1 day`, or `initial_value` with a time of day
            "#]],
        ),
        (
            "initial_value: 0, lag: -3",
            expect![[r#"
                a negative `lag` would lose records between two runs [invalid_number]
                 --> api.yaml:3:80
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 0, lag: -3}}}
                  |                                                                                ^^
                  |
                  = help: each run starts this much earlier: write `lag: 3`
            "#]],
        ),
        (
            "initial_value: abc, lag: 3",
            expect![[r#"
                `lag` requires a time, a date or a number, and `abc` is text [wrong_column_type]
                 --> api.yaml:3:82
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: abc, lag: 3}}}
                  |                                                                                  ^
            "#]],
        ),
        (
            "initial_value: 0, future_tolerance: soon",
            expect![[r#"
            `soon` is not how long a range is [invalid_number]
             --> api.yaml:3:93
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 0, future_tolerance: soon}}}
              |                                                                                             ^^^^
              |
              = help: a number and a unit of time, as in `1 day` or `12 hours`
        "#]],
        ),
        (
            "initial_value: 0, window: 1 fortnight",
            expect![[r#"
            `fortnight` is not a unit of time [unknown_word]
             --> api.yaml:3:83
              |
            3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 0, window: 1 fortnight}}}
              |                                                                                   ^^^^^^^^^^^
              |
              = help: there are `second`, `minute`, `hour`, `day`, `week`, `month` or `year`
        "#]],
        ),
        (
            "initial_value: 0, end_value: 9, range_start: open, window: 3",
            expect![[r#"
                a record at the bound between two windows would be in none [conflict]
                 --> api.yaml:3:116
                  |
                3 |   - {name: a, endpoint: {incremental: {cursor_path: at, initial_value: 0, end_value: 9, range_start: open, window: 3}}}
                  |                                                                                                                    ^
                  |
                  = help: write `range_end: closed`, or leave out `range_start: open`
            "#]],
        ),
    ] {
        check(&incremental(&format!("cursor_path: at, {wrong}")), expected);
    }
}

#[test]
fn placeholders_of_bounds_that_there_are_not() {
    check(
        &with_resources(
            "  - name: a
    endpoint:
      path: a/{incremental.start_value}
      paginator: single_page
      params: {filter: 'from {incremental.start_value} to {incremental.end_value}'}
      headers: {X-Lag: '{incremental.lag}'}
      json: {first: ['{incremental.initial_value}']}
      incremental: {cursor_path: at}",
        ),
        expect![[r#"
            `{incremental.start_value}` has no value: there is no `initial_value` [unknown_placeholder]
             --> api.yaml:5:15
              |
            5 |       path: a/{incremental.start_value}
              |               ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add where the first run begins, as in `initial_value: 2024-01-01T00:00:00Z`: until there is a last value, nothing else can be part of other text

            `{incremental.start_value}` has no value: there is no `initial_value` [unknown_placeholder]
             --> api.yaml:7:30
              |
            7 |       params: {filter: 'from {incremental.start_value} to {incremental.end_value}'}
              |                              ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add where the first run begins, as in `initial_value: 2024-01-01T00:00:00Z`: until there is a last value, nothing else can be part of other text

            `{incremental.end_value}` has no value: there is no `end_value` [unknown_placeholder]
             --> api.yaml:7:59
              |
            7 |       params: {filter: 'from {incremental.start_value} to {incremental.end_value}'}
              |                                                           ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add `end_value: now` for everything up to the beginning of a run, or where the range ends

            `{incremental.lag}` has no value: there is no `lag` [unknown_placeholder]
             --> api.yaml:8:25
              |
            8 |       headers: {X-Lag: '{incremental.lag}'}
              |                         ^^^^^^^^^^^^^^^^^
              |
              = help: add `lag: 0`

            `{incremental.initial_value}` has no value: there is no `initial_value` [unknown_placeholder]
             --> api.yaml:9:23
              |
            9 |       json: {first: ['{incremental.initial_value}']}
              |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add where the first run begins, as in `initial_value: 2024-01-01T00:00:00Z`
        "#]],
    );
}

#[test]
fn older_forms_of_placeholders_in_bodies() {
    check(
        &with_resources(
            "  - name: b
    endpoint: {paginator: single_page}
  - name: a
    endpoint:
      method: POST
      json:
        filter: [{from: {type: incremental, cursor_path: at, initial_value: 2024-01-01}}]
        of: {type: resolve, resource: b, field: id}
        kind: {type: incremental}
  - name: c
    endpoint:
      method: POST
      data: {from: {type: incremental, cursor_path: at}}
      headers: {X-From: {type: incremental, cursor_path: at}}",
        ),
        expect![[r#"
            `type: incremental` is only for `params`: in a body it would be sent literally [wrong_type]
             --> api.yaml:9:25
              |
            9 |         filter: [{from: {type: incremental, cursor_path: at, initial_value: 2024-01-01}}]
              |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"{incremental.start_value}"` here, and beside `path` `incremental: {cursor_path: at, …}` with the other keys

            `type: resolve` is only for `params`: in a body it would be sent literally [wrong_type]
              --> api.yaml:10:13
               |
            10 |         of: {type: resolve, resource: b, field: id}
               |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: write `"{resources.b.id}"` here

            `type: incremental` is only for `params`: in a body it would be sent literally [wrong_type]
              --> api.yaml:15:20
               |
            15 |       data: {from: {type: incremental, cursor_path: at}}
               |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: write `"{incremental.start_value}"` here, and beside `path` `incremental: {cursor_path: at, …}` with the other keys

            a form has names with values, found a mapping [wrong_type]
              --> api.yaml:15:20
               |
            15 |       data: {from: {type: incremental, cursor_path: at}}
               |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: write `data: {name: value}`, or a list of pairs, `data: [[name, value]]`

            expected text or a number, found a mapping [wrong_type]
              --> api.yaml:16:25
               |
            16 |       headers: {X-From: {type: incremental, cursor_path: at}}
               |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: `type: incremental` is only for `params`: write `"{incremental.start_value}"` here, and `incremental` beside `path`
        "#]],
    );
}
