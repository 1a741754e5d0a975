//! Formats of the incremental cursor and of its bounds.

use expect_test::expect;

use super::{check, with_resources};

/// A resource with these keys of `incremental` beside `cursor_path: at`, and these of the endpoint.
fn described(incremental: &str, endpoint: &str, columns: &str) -> String {
    with_resources(&format!(
        "  - name: a\n    columns: {{{columns}}}\n    endpoint:\n      \
         incremental: {{cursor_path: at, start_param: since, {incremental}}}\n      {endpoint}"
    ))
}

#[test]
fn formats_that_are_right() {
    for (incremental, columns) in [
        ("cursor_format: iso", ""),
        ("cursor_format: epoch_ms, initial_value: 2024-01-01", "at: {data_type: bigint}"),
        ("cursor_format: epoch_ms, initial_value: 1704067200000, window: 1 day", ""),
        ("cursor_format: epoch, initial_value: 2024-01-01, window: 1 hour", ""),
        ("cursor_format: epoch", "at: {data_type: timestamp}"),
        ("cursor_format: '%d/%m/%Y', initial_value: 15/03/2024, end_value: 2024-04-01", ""),
        ("cursor_format: '%d/%m/%Y', initial_value: 'now - 30 days', window: 1 week", ""),
        ("cursor_format: '%Y%m%d', initial_value: 20240315", "at: {data_type: bigint}"),
        ("cursor_format: '%Y/%m/%d'", "at: {data_type: date}"),
        ("cursor_format: '/Date(…)/', initial_value: '{config.start}'", ""),
        ("cursor_format: rfc2822, param_format: '%Y-%m-%d', window: 1 day", ""),
        ("cursor_format: microsoft_json, param_format: iso", ""),
        ("initial_value: 2024-01-01, param_format: epoch_us", ""),
    ] {
        check(&described(incremental, "", columns), expect![[""]]);
    }
    for endpoint in [
        "path: 'a/{incremental.start_value:%Y}/{incremental.start_value:%m}'",
        "params: {q: 'at > {incremental.start_value:%Y-%m-%dT%H:%M:%SZ}', n: '{incremental.last_value:epoch}'}",
        "json: {from: '{incremental.initial_value:epoch_ms}'}",
    ] {
        check(&described("initial_value: 2024-01-01", endpoint, ""), expect![[""]]);
    }
}

#[test]
fn formats_that_are_none() {
    let mut said = String::new();
    for (incremental, endpoint, columns) in [
        ("cursor_format: unix", "", ""),
        ("cursor_format: dd/MM/yyyy", "", ""),
        ("cursor_format: '%d/%q/%Y'", "", ""),
        ("cursor_format: '%d/%m'", "", ""),
        ("param_format: '%H:%M'", "", ""),
        ("cursor_format: '{config.format}'", "", ""),
        ("cursor_format: 5", "", ""),
        ("cursor_format: '%d/%m/%Y', initial_value: 2024/31/12", "", ""),
        ("cursor_format: epoch, initial_value: 20240101", "", ""),
        ("cursor_format: epoch, initial_value: 7 days ago", "", ""),
        ("cursor_format: '%d/%m/%Y', initial_value: 15/03/2024, end_value: 14/03/2024", "", ""),
        ("cursor_format: '%d/%m/%Y', window: 1 hour, initial_value: 2024-01-01", "", ""),
        ("param_format: '%Y-%m-%d', window: 1 hour, initial_value: 2024-01-01T00:00:00Z", "", ""),
        ("param_format: '%Y-%m', window: 1 day, initial_value: 2024-01-01T00:00:00Z", "", ""),
        ("cursor_format: epoch_ms", "", "at: {data_type: timestamp}"),
        ("cursor_format: '%d/%m/%Y'", "", "at: {data_type: date}"),
        ("cursor_format: '%d/%m/%Y'", "", "at: {data_type: bigint}"),
        ("param_format: iso", "", "at: {data_type: bigint}"),
        ("param_format: iso, initial_value: 5", "", ""),
        ("initial_value: 5", "params: {q: 'x > {incremental.start_value:%Y}'}", ""),
        ("initial_value: 2024-01-01, lag: 0", "params: {q: '{incremental.lag:%Y}'}", ""),
        ("initial_value: 2024-01-01", "params: {q: '{incremental.start_value:%Q}'}", ""),
        ("initial_value: 2024-01-01", "params: {q: '{incremental.start:%Y}'}", ""),
        (
            "param_format: '%Y-%m', initial_value: '2024-01-01T00:00:00Z', window: 1 hour",
            "params: {q: '{incremental.start_value:%Y-%m-%d}'}",
            "",
        ),
    ] {
        let text = described(incremental, endpoint, columns);
        said += &super::messages(&text, rest_source_codegen::LintLevels::default());
        said += "\n";
    }
    expect![[r#"
        `unix` is not a format of times [invalid_format]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: unix}
          |                                                                         ^^^^
          |
          = help: write `iso`, `epoch`, `epoch_ms`, `epoch_us`, `epoch_ns`, `rfc2822`, `microsoft_json`, or a format of `strftime` such as `%Y-%m-%d`

        `dd/MM/yyyy` is not a format of times [invalid_format]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: dd/MM/yyyy}
          |                                                                         ^^^^^^^^^^
          |
          = help: write it as `strftime` does, `%d/%m/%Y`

        `%q` is not a known directive [invalid_format]
         --> api.yaml:6:77
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%q/%Y'}
          |                                                                             ^^
          |
          = help: there are `%Y` `%y` `%m` `%b` `%B` `%d` `%e` `%j` `%a` `%A` `%H` `%I` `%p` `%M` `%S` `%f` `%3f` `%.f` `%z` `%:z` `%Z` `%s` `%F` `%T` `%R` `%%`

        times of this `cursor_format` have no order: there is no year [invalid_format]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m'}
          |                                                                         ^^^^^^^
          |
          = help: add `%Y`

        times of this `param_format` have no order: there is no year [invalid_format]
         --> api.yaml:6:72
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: '%H:%M'}
          |                                                                        ^^^^^^^
          |
          = help: add `%Y`

        nothing fills `{config.format}` here [unknown_placeholder]
         --> api.yaml:6:74
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '{config.format}'}
          |                                                                          ^^^^^^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        expected text, found the number `5` [wrong_type]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: 5}
          |                                                                         ^
          |
          = help: put it in quotes: "5"

        `2024/31/12` does not fit `cursor_format` [wrong_type]
         --> api.yaml:6:100
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m/%Y', initial_value: 2024/31/12}
          |                                                                                                    ^^^^^^^^^^
          |
          = help: write it as the records do, or as in `2024-01-31` or `2024-01-31T08:00:00Z`

        `20240101` may be a date as well as a number since 1970 [wrong_type]
         --> api.yaml:6:95
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: epoch, initial_value: 20240101}
          |                                                                                               ^^^^^^^^
          |
          = help: write a date with dashes, as in `2024-01-31`

        `7 days ago` is not a time [wrong_type]
         --> api.yaml:6:95
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: epoch, initial_value: 7 days ago}
          |                                                                                               ^^^^^^^^^^
          |
          = help: write `initial_value: now - 7 days`

        `end_value` is before `initial_value`: the range is empty [empty_range]
         --> api.yaml:6:123
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m/%Y', initial_value: 15/03/2024, end_value: 14/03/2024}
          |                                                                                                    ----------             ^^^^^^^^^^
          |                                                                                                    |
          |                                                                                                    the range begins here

        `window` is shorter than what this `cursor_format` can tell apart [wrong_column_type]
         --> api.yaml:6:93
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m/%Y', window: 1 hour, initial_value: 2024-01-01}
          |                                                                         ----------          ^^^^^^
          |                                                                         |
          |                                                                         a day at least
          |
          = help: write `window: 1 day`, or a finer format

        `window` is shorter than what this `param_format` can tell apart [wrong_column_type]
         --> api.yaml:6:92
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: '%Y-%m-%d', window: 1 hour, initial_value: 2024-01-01T00:00:00Z}
          |                                                                        ----------          ^^^^^^
          |                                                                        |
          |                                                                        a day at least
          |
          = help: write `window: 1 day`, or a finer format

        `window` is shorter than what this `param_format` can tell apart [wrong_column_type]
         --> api.yaml:6:89
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: '%Y-%m', window: 1 day, initial_value: 2024-01-01T00:00:00Z}
          |                                                                        -------          ^^^^^
          |                                                                        |
          |                                                                        a month at least
          |
          = help: write `window: 1 month`, or a finer format

        the column `at` is `timestamp`, which has no values of this format [wrong_column_type]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: epoch_ms}
          |                                                                         ^^^^^^^^
          |
          = help: declare `columns: {at: {data_type: bigint}}`

        the column `at` is `date`, which has no values of this format [wrong_column_type]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m/%Y'}
          |                                                                         ^^^^^^^^^^
          |
          = help: declare `columns: {at: {data_type: text}}`

        the column `at` is `bigint`, which has no values of this format [wrong_column_type]
         --> api.yaml:6:73
          |
        6 |       incremental: {cursor_path: at, start_param: since, cursor_format: '%d/%m/%Y'}
          |                                                                         ^^^^^^^^^^
          |
          = help: declare `columns: {at: {data_type: text}}`

        only a time can be written in a format, and the column `at` is `bigint` [wrong_column_type]
         --> api.yaml:6:72
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: iso}
          |                                                                        ^^^
          |
          = help: say how records write the time, as in `cursor_format: epoch_ms`

        only a time can be written in a format, and `5` is none [wrong_column_type]
         --> api.yaml:6:72
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: iso, initial_value: 5}
          |                                                                        ^^^
          |
          = help: say how records write the time, as in `cursor_format: epoch_ms`

        only a time can be written in a format, and `5` is none [wrong_column_type]
         --> api.yaml:7:24
          |
        7 |       params: {q: 'x > {incremental.start_value:%Y}'}
          |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: say how records write the time, as in `cursor_format: epoch_ms`

        a lag has no format [invalid_placeholder]
         --> api.yaml:7:20
          |
        7 |       params: {q: '{incremental.lag:%Y}'}
          |                    ^^^^^^^^^^^^^^^^^^^^
          |
          = help: write `{incremental.lag}`

        `%Q` is not a known directive [invalid_format]
         --> api.yaml:7:20
          |
        7 |       params: {q: '{incremental.start_value:%Q}'}
          |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: there are `%Y` `%y` `%m` `%b` `%B` `%d` `%e` `%j` `%a` `%A` `%H` `%I` `%p` `%M` `%S` `%f` `%3f` `%.f` `%z` `%:z` `%Z` `%s` `%F` `%T` `%R` `%%`

        `incremental` has no value `start` [invalid_placeholder]
         --> api.yaml:7:20
          |
        7 |       params: {q: '{incremental.start:%Y}'}
          |                    ^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: it has `initial_value`, `start_value`, `last_value`, `end_value` or `lag`

        `window` is shorter than what this format can tell apart [wrong_column_type]
         --> api.yaml:6:128
          |
        6 |       incremental: {cursor_path: at, start_param: since, param_format: '%Y-%m', initial_value: '2024-01-01T00:00:00Z', window: 1 hour}
          |                                                                                                                                ^^^^^^
        7 |       params: {q: '{incremental.start_value:%Y-%m-%d}'}
          |                    ---------------------------------- a day at least
          |
          = help: write `window: 1 day`, or a finer format

    "#]].assert_eq(&said);
}

#[test]
fn a_format_of_bounds_that_no_request_names() {
    check(
        &with_resources(
            "  - name: a\n    endpoint:\n      incremental: {cursor_path: at, param_format: iso}",
        ),
        expect![[r#"
            `param_format` has no effect [ignored_key]
             --> api.yaml:5:52
              |
            5 |       incremental: {cursor_path: at, param_format: iso}
              |                                                    ^^^
              |
              = help: add `start_param` with the name of the query parameter, or write `{incremental.start_value}` where the request has the bound
              = note: no request names a bound of the range that has no format of its own
              = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off
        "#]],
    );
}
