//! What the next run begins with that is no field of the records.

use expect_test::expect;

use super::{check, messages, with_resources};

fn described(endpoint: &str) -> String {
    with_resources(&format!("  - name: a\n    endpoint: {{{endpoint}}}"))
}

#[test]
fn what_is_right() {
    for endpoint in [
        "paginator: {type: cursor, cursor_path: next, has_more_path: more, keep: true}",
        "paginator: {type: cursor, cursor_path: next, keep: sync.token}",
        "paginator: {type: header_cursor, keep: true}",
        "paginator: {type: header_link, keep: false}, incremental: {cursor_path: at}",
        "paginator: {type: json_link, keep: \"['@odata.deltaLink']\"}, \
         response_actions: [{status_code: 400, content: stale, action: restart}]",
        "incremental: {response_path: nextSyncToken, start_param: syncToken}",
        "incremental: {response_path: nextSyncToken}, json: {token: '{incremental.start_value}'}",
        "incremental: {cursor: run_time, initial_value: now - 30 days, end_value: now, lag: 60, \
         start_param: since, end_param: until, param_format: epoch}",
        "incremental: {cursor: run_time, initial_value: 2024-01-01}, \
         params: {q: 'at > {incremental.start_value:%Y-%m-%d}'}",
    ] {
        check(&described(endpoint), expect![[""]]);
    }
}

#[test]
fn what_is_wrong() {
    let mut said = String::new();
    for endpoint in [
        "incremental: {start_param: since}",
        "incremental: {cursor: run_tim, start_param: since}",
        "incremental: {cursor: run_time}",
        "incremental: {response_path: token}",
        "incremental: {cursor_path: at, response_path: token, start_param: since}",
        "incremental: {cursor: run_time, initial_value: 5, start_param: since}",
        "incremental: {cursor: run_time, end_value: 2024-01-01, start_param: since}",
        "incremental: {cursor: run_time, end_param: until, start_param: since, window: 1 day, lag: -1}",
        "incremental: {response_path: token, start_param: since, lag: 5, param_format: iso, row_order: asc}",
        "incremental: {response_path: token}, params: {q: '{incremental.start_value:%Y}'}",
        "paginator: {type: cursor, keep: 5}",
        "paginator: {type: cursor, keep: true}, incremental: {cursor_path: at}",
        "paginator: {type: page_number, total_path: pages, keep: true}",
        "incremental: {cursor_path: at}, response_actions: [{status_code: 410, action: restart}]",
        "response_actions: [{status_code: 410, action: restart}]",
    ] {
        said += &messages(&described(endpoint), rest_source_codegen::LintLevels::default());
        said += "\n";
    }
    expect![[r#"
        `incremental` needs the key `cursor_path` [missing_key]
         --> api.yaml:4:29
          |
        4 |     endpoint: {incremental: {start_param: since}}
          |                             ^^^^^^^^^^^^^^^^^^^^

        `run_tim` is not a `cursor` [unknown_word]
         --> api.yaml:4:38
          |
        4 |     endpoint: {incremental: {cursor: run_tim, start_param: since}}
          |                                      ^^^^^^^ did you mean `run_time`?
          |
          = help: accepted here: `run_time`

        no request says where a run begins [missing_key]
         --> api.yaml:4:38
          |
        4 |     endpoint: {incremental: {cursor: run_time}}
          |                                      ^^^^^^^^
          |
          = help: add `start_param` with the name of the query parameter, or write `{incremental.start_value}` where the request has it

        no request says where a run begins [missing_key]
         --> api.yaml:4:45
          |
        4 |     endpoint: {incremental: {response_path: token}}
          |                                             ^^^^^
          |
          = help: add `start_param` with the name of the query parameter, or write `{incremental.start_value}` where the request has it

        a run leaves one value for the next one, and this is the second [conflict]
         --> api.yaml:4:62
          |
        4 |     endpoint: {incremental: {cursor_path: at, response_path: token, start_param: since}}
          |                                           -- the first       ^^^^^
          |
          = help: keep one of `cursor_path`, `response_path` and `cursor`

        `5` is not a time [wrong_type]
         --> api.yaml:4:63
          |
        4 |     endpoint: {incremental: {cursor: run_time, initial_value: 5, start_param: since}}
          |                                                               ^
          |
          = help: write it as in `2024-01-31T08:00:00Z` or `now - 30 days`

        the runs of a range without a field cannot end at a fixed value [wrong_type]
         --> api.yaml:4:59
          |
        4 |     endpoint: {incremental: {cursor: run_time, end_value: 2024-01-01, start_param: since}}
          |                                                           ^^^^^^^^^^
          |
          = help: write `end_value: now`, or leave it out

        a negative `lag` would lose records between two runs [invalid_number]
         --> api.yaml:4:106
          |
        4 |     endpoint: {incremental: {cursor: run_time, end_param: until, start_param: since, window: 1 day, lag: -1}}
          |                                                                                                          ^^
          |
          = help: each run starts this much earlier: write `lag: 1`

        `lag` has no effect [ignored_key]
         --> api.yaml:4:77
          |
        4 |     endpoint: {incremental: {response_path: token, start_param: since, lag: 5, param_format: iso, row_order: asc}}
          |                                                                             ^
          |
          = help: leave it out
          = note: with `response_path` no field of the records is compared
          = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

        `param_format` has no effect [ignored_key]
         --> api.yaml:4:94
          |
        4 |     endpoint: {incremental: {response_path: token, start_param: since, lag: 5, param_format: iso, row_order: asc}}
          |                                                                                              ^^^
          |
          = help: leave it out
          = note: with `response_path` no field of the records is compared
          = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

        `row_order` has no effect [ignored_key]
         --> api.yaml:4:110
          |
        4 |     endpoint: {incremental: {response_path: token, start_param: since, lag: 5, param_format: iso, row_order: asc}}
          |                                                                                                              ^^^
          |
          = help: leave it out
          = note: with `response_path` no field of the records is compared
          = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off

        only a time can be written in a format, and a token is none [invalid_placeholder]
         --> api.yaml:4:66
          |
        4 |     endpoint: {incremental: {response_path: token}, params: {q: '{incremental.start_value:%Y}'}}
          |                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write `{incremental.start_value}`

        expected `true` or `false`, found the number `5` [wrong_type]
         --> api.yaml:4:48
          |
        4 |     endpoint: {paginator: {type: cursor, keep: 5}}
          |                                                ^

        the next run begins where `keep` says, and `incremental` says it as well [conflict]
         --> api.yaml:4:48
          |
        4 |     endpoint: {paginator: {type: cursor, keep: true}, incremental: {cursor_path: at}}
          |                                                ^^^^
          |
          = help: keep one of them; a paginator of the client may be replaced in `endpoint`

        a `page_number` paginator has no key `keep` [unknown_key]
         --> api.yaml:4:66
          |
        4 |     endpoint: {paginator: {type: page_number, total_path: pages, keep: true}}
          |                                                                  ^^^^
          |
          = help: this belongs in a paginator of `type: json_link`, `type: json_response`, `type: header_link`, `type: header_cursor` or `type: cursor`

        there is no token that a restart could drop [unused]
         --> api.yaml:4:94
          |
        4 |     endpoint: {incremental: {cursor_path: at}, response_actions: [{status_code: 410, action: restart}]}
          |                                                                                              ^^^^^^^
          |
          = help: `restart` is for what the server gives for the next run: `keep` of a paginator, and `response_path` in `incremental`

        there is no token that a restart could drop [unused]
         --> api.yaml:4:62
          |
        4 |     endpoint: {response_actions: [{status_code: 410, action: restart}]}
          |                                                              ^^^^^^^
          |
          = help: `restart` is for what the server gives for the next run: `keep` of a paginator, and `response_path` in `incremental`

    "#]].assert_eq(&said);
}
