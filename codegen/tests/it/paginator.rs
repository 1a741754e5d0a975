//! Paginators: each with its own keys, and none that never ends.

use expect_test::expect;

use super::{check, with_resources};

fn paginator(paginator: &str) -> String {
    with_resources(&format!("  - {{name: a, endpoint: {{paginator: {paginator}}}}}"))
}

#[test]
fn every_kind_with_every_key() {
    for kind in [
        "single_page",
        "{type: single_page}",
        "header_link",
        "{type: header_link, links_next_key: following}",
        "json_link",
        "{type: json_link, next_url_path: paging.next}",
        "{type: json_response, next_url_path: \"['@odata.nextLink']\"}",
        "header_cursor",
        "{type: header_cursor, cursor_key: X-Next, cursor_param: after}",
        "cursor",
        "{type: cursor, cursor_path: 'data[-1].id', cursor_body_path: page.after, initial_cursor: '*', \
         stop_after_empty_page: true, has_more_path: has_more}",
        "{type: offset, limit: 10, offset: 5, offset_param: skip, limit_param: take, total_path: null, \
         maximum_offset: 100, stop_after_empty_page: false, has_more_path: more}",
        "{type: json_link, has_more_path: more, end_path: done, stop_after_empty_page: true, \
         maximum_empty_pages: 10}",
        "{type: header_link, has_more_path: more, end_path: done, stop_after_empty_page: true, \
         maximum_empty_pages: 10}",
        "{type: header_cursor, has_more_path: more, end_path: done, stop_after_empty_page: true, \
         maximum_empty_pages: '{config.most}'}",
        "{type: cursor, cursor_body_path: \"['page.token']\", end_path: done, maximum_empty_pages: 10}",
        "{type: cursor, cursor_body_path: \"paging['page.token'].next\"}",
        "{type: offset, limit: 10, stop_after_short_page: true, end_path: done, maximum_empty_pages: 0}",
        "{type: page_number, stop_after_short_page: false, end_path: done, maximum_empty_pages: 1}",
        "{type: page_number, total_path: null, stop_after_empty_page: false, end_path: done}",
        "{type: page_number, total_path: null, stop_after_empty_page: false, \
         stop_after_short_page: true}",
        "{type: offset, limit: 10, offset_body_path: a.b, limit_body_path: a.c, total_path: count}",
        "{type: json_link, total_path: null}",
        "{type: header_link, total_path: count}",
        "{type: header_cursor, total_path: null}",
        "{type: cursor, total_path: meta.total}",
        "{type: json_link, base_path: _links.base, total_header: X-Total-Count}",
        "{type: header_link, links_header: X-Next, base_path: base, stop_after_short_page: true}",
        "{type: header_link, link_params: {results: true, kind: '{config.kind}'}}",
        "{type: header_cursor, cursor_body_path: page.after, initial_cursor: '*', limit: 10, \
         limit_body_path: page.size, first_page_params: all, stop_after_short_page: true}",
        "{type: cursor, cursor_paths: {after_id: 'data[-1].id', after_time: 'data[-1].created'}}",
        "{type: cursor, cursor_paths: {id: 'data[-1].id'}, cursor_body_path: after, limit: 5, \
         limit_body_path: size}",
        "{type: offset, limit: 10, offset_step: 1, total_header: Content-Range}",
        "{type: offset, limit: 10, offset_step: '{config.step}', stop_after_empty_page: false, \
         total_header: X-Total}",
        "{type: page_number, limit: 10, limit_param: per_page, total_path: null}",
        "{type: page_number, limit: 10, limit_body_path: page.size, total_header: X-Total-Pages}",
        "page_number",
        "{type: page_number, base_page: 1, page: 2, page_param: p, total_path: null, maximum_page: 9}",
    ] {
        check(&paginator(kind), expect![[r""]]);
    }
}

#[test]
fn each_takes_just_its_own_keys() {
    for (kind, expected) in [
        (
            "{type: single_page, limit: 5}",
            expect![[r#"
                `single_page` has no key `limit` [unknown_key]
                 --> api.yaml:3:57
                  |
                3 |   - {name: a, endpoint: {paginator: {type: single_page, limit: 5}}}
                  |                                                         ^^^^^
                  |
                  = help: this belongs in a paginator of `type: header_cursor`, `type: cursor`, `type: offset` or `type: page_number`
            "#]],
        ),
        (
            "{type: cursor, page_param: p}",
            expect![[r#"
                a `cursor` paginator has no key `page_param` [unknown_key]
                 --> api.yaml:3:52
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, page_param: p}}}
                  |                                                    ^^^^^^^^^^
                  |
                  = help: this belongs in a paginator of `type: page_number`
            "#]],
        ),
        (
            "{type: offset}",
            expect![[r#"
            an `offset` paginator needs the key `limit` [missing_key]
             --> api.yaml:3:37
              |
            3 |   - {name: a, endpoint: {paginator: {type: offset}}}
              |                                     ^^^^^^^^^^^^^^
        "#]],
        ),
        (
            "{type: page_number, cursor_path: next}",
            expect![[r#"
                a `page_number` paginator has no key `cursor_path` [unknown_key]
                 --> api.yaml:3:57
                  |
                3 |   - {name: a, endpoint: {paginator: {type: page_number, cursor_path: next}}}
                  |                                                         ^^^^^^^^^^^
                  |
                  = help: this belongs in a paginator of `type: cursor`
            "#]],
        ),
        (
            "{type: link}",
            expect![[r#"
                `link` is not a paginator [unknown_word]
                 --> api.yaml:3:44
                  |
                3 |   - {name: a, endpoint: {paginator: {type: link}}}
                  |                                            ^^^^ did you mean `header_link`?
                  |
                  = help: accepted here: `auto`, `single_page`, `json_link`, `json_response`, `header_link`, `header_cursor`, `cursor`, `offset` or `page_number`
            "#]],
        ),
    ] {
        check(&paginator(kind), expected);
    }
}

#[test]
fn pages_without_end() {
    for (kind, expected) in [
        (
            "{type: offset, limit: 0}",
            expect![[r#"
                the page size must be at least 1 [invalid_number]
                 --> api.yaml:3:59
                  |
                3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 0}}}
                  |                                                           ^
            "#]],
        ),
        (
            "{type: cursor, limit: 0}",
            expect![[r#"
                the page size must be at least 1 [invalid_number]
                 --> api.yaml:3:59
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, limit: 0}}}
                  |                                                           ^
            "#]],
        ),
        (
            "{type: offset, limit: 5, total_path: null, stop_after_empty_page: false}",
            expect![[r#"
                this paginator never terminates [never_stops]
                 --> api.yaml:3:103
                  |
                3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 5, total_path: null, stop_after_empty_page: false}}}
                  |                                                                                                       ^^^^^
                  |
                  = help: leave this out, or add `total_path`, `has_more_path` or `maximum_offset`
            "#]],
        ),
        (
            "{type: page_number, total_path: null, stop_after_empty_page: false}",
            expect![[r#"
                this paginator never terminates [never_stops]
                 --> api.yaml:3:98
                  |
                3 |   - {name: a, endpoint: {paginator: {type: page_number, total_path: null, stop_after_empty_page: false}}}
                  |                                                                                                  ^^^^^
                  |
                  = help: leave this out, or add `total_path`, `has_more_path` or `maximum_page`
            "#]],
        ),
        (
            "{type: page_number, base_page: 1, maximum_page: 1}",
            expect![[r#"
                `maximum_page` is not after the first page, 1 [invalid_number]
                 --> api.yaml:3:85
                  |
                3 |   - {name: a, endpoint: {paginator: {type: page_number, base_page: 1, maximum_page: 1}}}
                  |                                                                                     ^
                  |
                  = help: `maximum_page` is exclusive: the first number that is not requested
            "#]],
        ),
        (
            "{type: offset, limit: 5, offset: 10, maximum_offset: 10}",
            expect![[r#"
                `maximum_offset` is not after the first page, 10 [invalid_number]
                 --> api.yaml:3:90
                  |
                3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 5, offset: 10, maximum_offset: 10}}}
                  |                                                                                          ^^
                  |
                  = help: `maximum_offset` is exclusive: the first number that is not requested
            "#]],
        ),
    ] {
        check(&paginator(kind), expected);
    }
}

#[test]
fn a_value_sent_to_two_places_or_to_none() {
    for (kind, expected) in [
        (
            "{type: cursor, cursor_param: a, cursor_body_path: b}",
            expect![[r#"
            `cursor_body_path` and `cursor_param` send the same value to two places [conflict]
             --> api.yaml:3:87
              |
            3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_param: a, cursor_body_path: b}}}
              |                                                                  - the other place    ^
              |
              = help: keep one of them
        "#]],
        ),
        (
            "{type: cursor, cursor_param: ''}",
            expect![[r#"
                `cursor_param` must not be empty [invalid_name]
                 --> api.yaml:3:66
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_param: ''}}}
                  |                                                                  ^^
            "#]],
        ),
        (
            "{type: cursor, cursor_body_path: a..b}",
            expect![[r#"
                this is not a path in a JSON body [invalid_selector]
                 --> api.yaml:3:70
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_body_path: a..b}}}
                  |                                                                      ^^^^
                  |
                  = help: a path of keys, as in `page.number`
            "#]],
        ),
        (
            "{type: cursor, cursor_body_path: 'a[0]'}",
            expect![[r#"
                this is not a path in a JSON body [invalid_selector]
                 --> api.yaml:3:70
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_body_path: 'a[0]'}}}
                  |                                                                      ^^^^^^
                  |
                  = help: a path of keys, as in `page.number`
            "#]],
        ),
        (
            "{type: cursor, limit_param: size}",
            expect![[r#"
                `limit_param` requires `limit` [missing_key]
                 --> api.yaml:3:65
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, limit_param: size}}}
                  |                                                                 ^^^^
                  |
                  = help: add the page size, `limit: 100`
            "#]],
        ),
    ] {
        check(&paginator(kind), expected);
    }
    check(
        &with_resources(
            "  - name: a
    endpoint:
      method: POST
      data: {query: all}
      paginator: {type: page_number, page_body_path: page}",
        ),
        expect![[r#"
            `page_body_path` requires a JSON body, and this body is not JSON [conflict]
             --> api.yaml:7:54
              |
            6 |       data: {query: all}
              |             ------------ a form or text
            7 |       paginator: {type: page_number, page_body_path: page}
              |                                                      ^^^^
              |
              = help: write the body as `json`, or send the value by `page_param`, or name it in this body, `{paginator.page}`
        "#]],
    );
}

#[test]
fn a_total_and_a_page_cursor_have_one_place() {
    for (kind, expected) in [
        (
            "{type: offset, limit: 1, total_path: count, total_header: X-Total}",
            expect![[r#"
            `total_path` and `total_header` are two places of one total [conflict]
             --> api.yaml:3:95
              |
            3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 1, total_path: count, total_header: X-Total}}}
              |                                                                          -----                ^^^^^^^
              |                                                                          |
              |                                                                          the other place
              |
              = help: keep one of them
        "#]],
        ),
        (
            "{type: json_link, total_path: count, total_header: X-Total}",
            expect![[r#"
            `total_path` and `total_header` are two places of one total [conflict]
             --> api.yaml:3:88
              |
            3 |   - {name: a, endpoint: {paginator: {type: json_link, total_path: count, total_header: X-Total}}}
              |                                                                   -----                ^^^^^^^
              |                                                                   |
              |                                                                   the other place
              |
              = help: keep one of them
        "#]],
        ),
        (
            "{type: offset, limit: 1, total_header: 'X Total'}",
            expect![[r#"
            `X Total` cannot be the name of a header [invalid_header]
             --> api.yaml:3:76
              |
            3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 1, total_header: 'X Total'}}}
              |                                                                            ^^^^^^^^^
              |
              = help: a header's name has letters, digits and -, as in `X-Api-Version`
        "#]],
        ),
        (
            "{type: header_link, links_header: 'a:b'}",
            expect![[r#"
            `a:b` cannot be the name of a header [invalid_header]
             --> api.yaml:3:71
              |
            3 |   - {name: a, endpoint: {paginator: {type: header_link, links_header: 'a:b'}}}
              |                                                                       ^^^^^
              |
              = help: a header's name has letters, digits and -, as in `X-Api-Version`
        "#]],
        ),
        (
            "{type: offset, limit: 1, offset_step: 0}",
            expect![[r#"
            the offset must grow by at least 1 [invalid_number]
             --> api.yaml:3:75
              |
            3 |   - {name: a, endpoint: {paginator: {type: offset, limit: 1, offset_step: 0}}}
              |                                                                           ^
        "#]],
        ),
        (
            "{type: cursor, cursor_paths: {id: a}, cursor_path: b}",
            expect![[r#"
            `cursor_path` has no effect beside `cursor_paths` [conflict]
             --> api.yaml:3:88
              |
            3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_paths: {id: a}, cursor_path: b}}}
              |                                                                   --                   ^
              |                                                                   |
              |                                                                   each is the parameter of its name
              |
              = help: keep one of them
        "#]],
        ),
        (
            "{type: cursor, cursor_paths: {id: a}, cursor_param: b, initial_cursor: c}",
            expect![[r#"
                `cursor_param` has no effect beside `cursor_paths` [conflict]
                 --> api.yaml:3:89
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_paths: {id: a}, cursor_param: b, initial_cursor: c}}}
                  |                                                                   --                    ^
                  |                                                                   |
                  |                                                                   each is the parameter of its name
                  |
                  = help: keep one of them

                `initial_cursor` has no effect beside `cursor_paths` [conflict]
                 --> api.yaml:3:108
                  |
                3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_paths: {id: a}, cursor_param: b, initial_cursor: c}}}
                  |                                                                   -- each is the parameter of its name     ^
                  |
                  = help: keep one of them
            "#]],
        ),
        (
            "{type: cursor, cursor_paths: {}}",
            expect![[r#"
            a page cursor has one member at least [missing_key]
             --> api.yaml:3:66
              |
            3 |   - {name: a, endpoint: {paginator: {type: cursor, cursor_paths: {}}}}
              |                                                                  ^^
              |
              = help: write `cursor_paths: {after_id: "data[-1].id"}`
        "#]],
        ),
        (
            "{type: header_link, link_params: [results]}",
            expect![[r#"
            expected a mapping, found a list [wrong_type]
             --> api.yaml:3:70
              |
            3 |   - {name: a, endpoint: {paginator: {type: header_link, link_params: [results]}}}
              |                                                                      ^^^^^^^^^
        "#]],
        ),
        (
            "{type: page_number, limit: 0}",
            expect![[r#"
            the page size must be at least 1 [invalid_number]
             --> api.yaml:3:64
              |
            3 |   - {name: a, endpoint: {paginator: {type: page_number, limit: 0}}}
              |                                                                ^
        "#]],
        ),
        (
            "{type: header_cursor, limit_body_path: size}",
            expect![[r#"
            `limit_body_path` requires `limit` [missing_key]
             --> api.yaml:3:76
              |
            3 |   - {name: a, endpoint: {paginator: {type: header_cursor, limit_body_path: size}}}
              |                                                                            ^^^^
              |
              = help: add the page size, `limit: 100`
        "#]],
        ),
        (
            "{type: json_link, link_params: {results: true}}",
            expect![[r#"
            a `json_link` paginator has no key `link_params` [unknown_key]
             --> api.yaml:3:55
              |
            3 |   - {name: a, endpoint: {paginator: {type: json_link, link_params: {results: true}}}}
              |                                                       ^^^^^^^^^^^
              |
              = help: this belongs in a paginator of `type: header_link`
        "#]],
        ),
        (
            "{type: page_number, offset_step: 1}",
            expect![[r#"
            a `page_number` paginator has no key `offset_step` [unknown_key]
             --> api.yaml:3:57
              |
            3 |   - {name: a, endpoint: {paginator: {type: page_number, offset_step: 1}}}
              |                                                         ^^^^^^^^^^^
              |
              = help: this belongs in a paginator of `type: offset`
        "#]],
        ),
    ] {
        check(&paginator(kind), expected);
    }
}

#[test]
fn parameters_of_the_first_page_are_those_of_a_request() {
    let cases = [
        ("{sort: id}", "[sort, updated_at_min, kind]", expect![[r""]]),
        ("{sort: id}", "all", expect![[r""]]),
        (
            "{sort: id}",
            "[srot]",
            expect![[r#"
            no request has a parameter `srot` that could be left out [unused]
             --> api.yaml:8:72
              |
            8 |       paginator: {type: cursor, cursor_path: next, first_page_params: [srot]}
              |                                                                        ^^^^ did you mean `sort`?
        "#]],
        ),
        (
            "{sort: id}",
            "[other]",
            expect![[r#"
                no request has a parameter `other` that could be left out [unused]
                 --> api.yaml:8:72
                  |
                8 |       paginator: {type: cursor, cursor_path: next, first_page_params: [other]}
                  |                                                                        ^^^^^
                  |
                  = help: the parameters are `kind`, `sort` and `updated_at_min`
            "#]],
        ),
        (
            "{sort: id}",
            "none",
            expect![[r#"
            expected a list of names or `all`, found the text `none` [wrong_type]
             --> api.yaml:8:71
              |
            8 |       paginator: {type: cursor, cursor_path: next, first_page_params: none}
              |                                                                       ^^^^
        "#]],
        ),
        (
            "{'after': '{paginator.cursor}'}",
            "all",
            expect![[r#"
            `first_page_params: all` leaves out the parameter with the page cursor, too [conflict]
             --> api.yaml:6:26
              |
            6 |       params: {'after': '{paginator.cursor}'}
              |                          ^^^^^^^^^^^^^^^^^^
              |
              = help: list the names, `first_page_params: [sort_by]`
        "#]],
        ),
    ];
    for (params, first, expected) in cases {
        check(
            &with_resources(&format!(
                "  - name: a
    endpoint:
      path: things?kind=all
      params: {params}
      incremental: {{cursor_path: updated_at, start_param: updated_at_min}}
      paginator: {{type: cursor, cursor_path: next, first_page_params: {first}}}"
            )),
            expected,
        );
    }
}

/// One of the client's is that of several resources, and one of them has it.
#[test]
fn parameters_of_the_first_page_in_the_client() {
    for (name, expected) in [
        ("sort", expect![[r""]]),
        (
            "page",
            expect![[r#"
                no request has a parameter `page` that could be left out [unused]
                 --> api.yaml:3:68
                  |
                3 |   paginator: {type: cursor, cursor_path: next, first_page_params: [page]}
                  |                                                                    ^^^^
                  |
                  = help: the parameters are `sort`
            "#]],
        ),
    ] {
        check(
            &format!(
                "client:
  base_url: https://api.example.com
  paginator: {{type: cursor, cursor_path: next, first_page_params: [{name}]}}
resources:
  - {{name: a, endpoint: {{params: {{sort: id}}}}}}
  - b
"
            ),
            expected,
        );
    }
}

#[test]
fn texts_name_what_the_paginator_has() {
    let endpoint = |rest: &str| with_resources(&format!("  - name: a\n    endpoint: {{{rest}}}"));
    for rest in [
        "path: q, params: {q: 'FROM t START {paginator.offset} MAX {paginator.limit}'}, \
         paginator: {type: offset, limit: 10, total_path: null}",
        "path: q, params: {q: 'START {paginator.offset}'}, \
         paginator: {type: offset, limit: 10, limit_param: size}",
        "path: 'q/{paginator.page}', paginator: {type: page_number, base_page: 1, total_path: null}",
        "path: 'q/{paginator.page}', headers: {X-Size: '{paginator.limit}'}, \
         paginator: {type: page_number, limit: 5}",
        "path: q, method: POST, json: {after: '{paginator.cursor}', list: ['{paginator.cursor.id}']}, \
         paginator: {type: cursor, cursor_path: next}",
        "path: q, method: POST, json: {query: 'after: \"{paginator.cursor}\"'}, \
         paginator: {type: cursor, cursor_path: next, initial_cursor: ''}",
        "path: q, method: POST, data: {offset: '{paginator.offset}'}, \
         paginator: {type: offset, limit: 10}",
        "path: 'q/{paginator.cursor}/list', \
         paginator: {type: header_cursor, cursor_key: X-Next, initial_cursor: start}",
        "path: 'q?after={paginator.cursor}', paginator: {type: cursor, cursor_path: next}",
        "path: q, params: {id: '{paginator.cursor.id}', t: '{paginator.cursor.t}'}, \
         paginator: {type: cursor, cursor_paths: {id: 'data[-1].id', t: 'data[-1].t'}}",
        "path: q, params: {id: '{paginator.cursor[0]}'}, paginator: {type: cursor, cursor_path: sort}",
    ] {
        check(&endpoint(rest), expect![[r""]]);
    }
    for (rest, expected) in [
        (
            "path: q, params: {q: '{paginator.offset}'}, paginator: page_number",
            expect![[r#"
            `{paginator.offset}` has no value: the paginator is `page_number` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.offset}'}, paginator: page_number}
              |                                      ^^^^^^^^^^^^^^^^^^
              |
              = help: `paginator: {type: offset, limit: 100}` has one
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.cursor}'}, paginator: header_link",
            expect![[r#"
            `{paginator.cursor}` has no value: the paginator is `header_link` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.cursor}'}, paginator: header_link}
              |                                      ^^^^^^^^^^^^^^^^^^
              |
              = help: `paginator: {type: cursor, cursor_path: meta.next}` has one
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.page}'}, paginator: single_page",
            expect![[r#"
            `{paginator.page}` has no value: the paginator is `single_page` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.page}'}, paginator: single_page}
              |                                      ^^^^^^^^^^^^^^^^
              |
              = help: `paginator: {type: page_number, base_page: 1}` has one
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.cursor}'}, paginator: auto",
            expect![[r#"
            `{paginator.cursor}` has no value: the paginator is `single_page` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.cursor}'}, paginator: auto}
              |                                      ^^^^^^^^^^^^^^^^^^
              |
              = help: `paginator: {type: cursor, cursor_path: meta.next}` has one
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.limit}'}, paginator: page_number",
            expect![[r#"
            `{paginator.limit}` has no value: the paginator has no `limit` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.limit}'}, paginator: page_number}
              |                                      ^^^^^^^^^^^^^^^^^
              |
              = help: add the page size, `limit: 100`
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.limit}'}, paginator: json_link",
            expect![[r#"
            `{paginator.limit}` has no value: the paginator is `json_link` [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.limit}'}, paginator: json_link}
              |                                      ^^^^^^^^^^^^^^^^^
              |
              = help: `paginator: {type: offset, limit: 100}` has one
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.ofset}'}, paginator: {type: offset, limit: 1}",
            expect![[r#"
                `paginator` has no value `ofset` [invalid_placeholder]
                 --> api.yaml:4:38
                  |
                4 |     endpoint: {path: q, params: {q: '{paginator.ofset}'}, paginator: {type: offset, limit: 1}}
                  |                                      ^^^^^^^^^^^^^^^^^
                  |
                  = help: did you mean `{paginator.offset}`?
            "#]],
        ),
        (
            "path: q, params: {q: '{paginator.total}'}, paginator: {type: offset, limit: 1}",
            expect![[r#"
                `paginator` has no value `total` [invalid_placeholder]
                 --> api.yaml:4:38
                  |
                4 |     endpoint: {path: q, params: {q: '{paginator.total}'}, paginator: {type: offset, limit: 1}}
                  |                                      ^^^^^^^^^^^^^^^^^
                  |
                  = help: it has `cursor`, `offset`, `page` or `limit`
            "#]],
        ),
        (
            "path: q, params: {q: '{pagination.page}'}, paginator: page_number",
            expect![[r#"
            `{pagination.page}` is not a placeholder [invalid_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{pagination.page}'}, paginator: page_number}
              |                                      ^^^^^^^^^^^^^^^^^
              |
              = help: did you mean `{paginator.page}`?
        "#]],
        ),
        (
            "path: 'q/{paginator.cursor}', paginator: {type: cursor, cursor_path: a}",
            expect![[r#"
            a page cursor in the path has no value on the first page [unknown_placeholder]
             --> api.yaml:4:25
              |
            4 |     endpoint: {path: 'q/{paginator.cursor}', paginator: {type: cursor, cursor_path: a}}
              |                         ^^^^^^^^^^^^^^^^^^
              |
              = help: add what the first request has there, `initial_cursor: start`
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.cursor.id}'}, paginator: header_cursor",
            expect![[r#"
            the page cursor of a header is text, which has no members [unknown_placeholder]
             --> api.yaml:4:38
              |
            4 |     endpoint: {path: q, params: {q: '{paginator.cursor.id}'}, paginator: header_cursor}
              |                                      ^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write `{paginator.cursor}`
        "#]],
        ),
        (
            "path: q, params: {q: '{paginator.cursor.idd}'}, \
             paginator: {type: cursor, cursor_paths: {id: a}}",
            expect![[r#"
                `cursor_paths` has no `idd` [unknown_placeholder]
                 --> api.yaml:4:38
                  |
                4 |     endpoint: {path: q, params: {q: '{paginator.cursor.idd}'}, paginator: {type: cursor, cursor_paths: {id: a}}}
                  |                                      ^^^^^^^^^^^^^^^^^^^^^^
                  |
                  = help: did you mean `{paginator.cursor.id}`?
            "#]],
        ),
        (
            "path: q, params: {q: '{paginator.cursor}'}, \
             paginator: {type: cursor, cursor_path: a, limit: 5}",
            expect![[r#"
                the page size is not sent: the texts of the endpoint say what `cursor` sends [unused]
                 --> api.yaml:4:109
                  |
                4 |     endpoint: {path: q, params: {q: '{paginator.cursor}'}, paginator: {type: cursor, cursor_path: a, limit: 5}}
                  |                                                                                                             ^
                  |
                  = help: write `{paginator.limit}` where it belongs, or name its parameter by `limit_param`
            "#]],
        ),
    ] {
        check(&endpoint(rest), expected);
    }
    check(
        "client: {base_url: 'https://api.example.com/{paginator.page}', paginator: page_number}\nresources: [a]\n",
        expect![[r#"
            `{paginator.…}` has no value here [unknown_placeholder]
             --> api.yaml:1:46
              |
            1 | client: {base_url: 'https://api.example.com/{paginator.page}', paginator: page_number}
              |                                              ^^^^^^^^^
              |
              = help: only the path, the parameters, the headers and the body of an endpoint can name what a request has
        "#]],
    );
}
