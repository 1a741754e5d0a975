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
                  = help: this belongs in a paginator of `type: cursor` or `type: offset`
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
              = help: write the body as `json`, or send the value by `page_param`
        "#]],
    );
}
