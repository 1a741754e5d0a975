//! Resources, endpoints, paginators, keys and columns.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, with_resources};

#[test]
fn a_name_alone_is_a_resource() {
    check(&with_resources("  - payments\n  - name: refunds\n"), expect![[r""]]);
}

#[test]
fn one_of_everything_in_the_language() {
    check(
        include_str!("../data/language.yaml"),
        expect![[r#"
            `parallelized` has no effect [ignored_key]
              --> api.yaml:26:5
               |
            26 |     parallelized: true
               |     ^^^^^^^^^^^^
               |
               = help: leave it out, or allow the lint if the file is for dlt too
               = note: children are fetched concurrently in any case
               = note: `ignored_key` is a lint, warn by default; `allow(ignored_key)` in the attribute turns it off
        "#]],
    );
}

#[test]
fn a_resource_without_a_name() {
    check(
        &with_resources("  - endpoint: /v1/payments\n"),
        expect![[r#"
            a resource needs the key `name` [missing_key]
             --> api.yaml:3:5
              |
            3 |   - endpoint: /v1/payments
              |     ^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add `name: payments`
        "#]],
    );
    check(
        &with_resources("  - 12\n  - [payments]\n"),
        expect![[r#"
        expected text, found the number `12` [wrong_type]
         --> api.yaml:3:5
          |
        3 |   - 12
          |     ^^
          |
          = help: put it in quotes: "12"

        a resource is a mapping, found a list [wrong_type]
         --> api.yaml:4:5
          |
        4 |   - [payments]
          |     ^^^^^^^^^^
    "#]],
    );
}

#[test]
fn words_that_are_not_in_the_language() {
    check(
        &with_resources(
            "  - name: payments
    write_dispositon: merge
    write_disposition: upsert
    endpoint: {paginator: {type: curser}, method: GET}
    columns: {id: {data_type: string}, amount: {type: bigint}}",
        ),
        expect![[r#"
            a resource has no key `write_dispositon` [unknown_key]
             --> api.yaml:4:5
              |
            4 |     write_dispositon: merge
              |     ^^^^^^^^^^^^^^^^ did you mean `write_disposition`?

            `upsert` is not a write disposition [unknown_word]
             --> api.yaml:5:24
              |
            5 |     write_disposition: upsert
              |                        ^^^^^^ did you mean `merge`?
              |
              = help: accepted here: `append`, `replace`, `merge` or `skip`

            `curser` is not a paginator [unknown_word]
             --> api.yaml:6:34
              |
            6 |     endpoint: {paginator: {type: curser}, method: GET}
              |                                  ^^^^^^ did you mean `cursor`?
              |
              = help: accepted here: `auto`, `single_page`, `json_link`, `json_response`, `header_link`, `header_cursor`, `cursor`, `offset` or `page_number`

            `string` is not a data type [unknown_word]
             --> api.yaml:7:31
              |
            7 |     columns: {id: {data_type: string}, amount: {type: bigint}}
              |                               ^^^^^^ did you mean `text`?
              |
              = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`

            a column has no key `type` [unknown_key]
             --> api.yaml:7:49
              |
            7 |     columns: {id: {data_type: string}, amount: {type: bigint}}
              |                                                 ^^^^ did you mean `data_type`?
        "#]],
    );
}

#[test]
fn a_paginator_that_is_wrong_is_not_missing_too() {
    check(
        "client: {base_url: https://a.example, paginator: [cursor]}\nresources: [payments]\n",
        expect![[r#"
            a paginator is a mapping, found a list [wrong_type]
             --> api.yaml:1:50
              |
            1 | client: {base_url: https://a.example, paginator: [cursor]}
              |                                                  ^^^^^^^^
        "#]],
    );
}

#[test]
fn values_of_the_wrong_type() {
    check(
        &with_resources(
            "  - name: payments
    description: 5
    primary_key: {id: true}
    endpoint: {params: [a], data_selector: 5}
    columns: {id: {nullable: no}, amount: bigint}",
        ),
        expect![[r#"
            expected text, found the number `5` [wrong_type]
             --> api.yaml:4:18
              |
            4 |     description: 5
              |                  ^
              |
              = help: put it in quotes: "5"

            expected text, found a mapping [wrong_type]
             --> api.yaml:5:18
              |
            5 |     primary_key: {id: true}
              |                  ^^^^^^^^^^

            expected a mapping, found a list [wrong_type]
             --> api.yaml:6:24
              |
            6 |     endpoint: {params: [a], data_selector: 5}
              |                        ^^^

            expected text, found the number `5` [wrong_type]
             --> api.yaml:6:44
              |
            6 |     endpoint: {params: [a], data_selector: 5}
              |                                            ^
              |
              = help: put it in quotes: "5"

            expected `true` or `false`, found the text `no` [wrong_type]
             --> api.yaml:7:30
              |
            7 |     columns: {id: {nullable: no}, amount: bigint}
              |                              ^^

            a column is a mapping, found the text `bigint` [wrong_type]
             --> api.yaml:7:43
              |
            7 |     columns: {id: {nullable: no}, amount: bigint}
              |                                           ^^^^^^
              |
              = help: write `amount: {data_type: bigint}`
        "#]],
    );
}

#[test]
fn selectors_that_are_no_paths() {
    for (selector, expected) in [
        (
            "data.",
            expect![[r#"
                a key is missing here [invalid_selector]
                 --> api.yaml:3:46
                  |
                3 |   - {name: a, endpoint: {data_selector: data.}}
                  |                                              ^
                  |
                  = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
            "#]],
        ),
        (
            "data items",
            expect![[r#"
                this needs quotes within a key [invalid_selector]
                 --> api.yaml:3:45
                  |
                3 |   - {name: a, endpoint: {data_selector: data items}}
                  |                                             ^
                  |
                  = help: a key with spaces needs two pairs of quotes: `"'data items'"`
            "#]],
        ),
        (
            "'data[\"a\"'",
            expect![[r#"
                this bracket is never closed [invalid_selector]
                 --> api.yaml:3:46
                  |
                3 |   - {name: a, endpoint: {data_selector: 'data["a"'}}
                  |                                              ^^^^
                  |
                  = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath
            "#]],
        ),
    ] {
        let resources = format!("  - {{name: a, endpoint: {{data_selector: {selector}}}}}");
        check(&with_resources(&resources), expected);
    }
}

#[test]
fn selectors_that_are_paths() {
    for selector in [
        "''",
        "$",
        "$.data",
        "data.items",
        "\"$['a b'].c\"",
        "'@odata.value'",
        "\"'a.b'.c\"",
        "a-b",
        "data..items",
        "'data[*].items'",
    ] {
        let resources = format!("  - {{name: a, endpoint: {{data_selector: {selector}}}}}");
        check(&with_resources(&resources), expect![[r""]]);
    }
}

#[test]
fn merging_needs_a_key() {
    check(
        &with_resources(
            "  - {name: a, write_disposition: merge}
  - {name: b, write_disposition: merge, primary_key: []}
  - {name: c, write_disposition: merge, merge_key: day}
  - {name: d, write_disposition: merge, primary_key: 5}",
        ),
        expect![[r#"
            `merge` requires a key that identifies the row a record replaces [merge_without_key]
             --> api.yaml:3:34
              |
            3 |   - {name: a, write_disposition: merge}
              |                                  ^^^^^
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`

            `merge` requires a key that identifies the row a record replaces [merge_without_key]
             --> api.yaml:4:34
              |
            4 |   - {name: b, write_disposition: merge, primary_key: []}
              |                                  ^^^^^
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`

            expected text, found the number `5` [wrong_type]
             --> api.yaml:6:54
              |
            6 |   - {name: d, write_disposition: merge, primary_key: 5}
              |                                                      ^
              |
              = help: put it in quotes: "5"
        "#]],
    );
}

#[test]
fn a_key_has_to_be_one_of_the_declared_columns() {
    check(
        &with_resources(
            "  - {name: a, primary_key: idd, columns: {id: {}}}
  - {name: b, primary_key: [id, account], merge_key: day, columns: {id: {}}}",
        ),
        expect![[r#"
            `primary_key` names `idd`, which is not one of the columns [unknown_column]
             --> api.yaml:3:28
              |
            3 |   - {name: a, primary_key: idd, columns: {id: {}}}
              |                            ^^^ did you mean `id`?

            `primary_key` names `account`, which is not one of the columns [unknown_column]
             --> api.yaml:4:33
              |
            4 |   - {name: b, primary_key: [id, account], merge_key: day, columns: {id: {}}}
              |                                 ^^^^^^^
              |
              = help: declared are `id`

            `merge_key` names `day`, which is not one of the columns [unknown_column]
             --> api.yaml:4:54
              |
            4 |   - {name: b, primary_key: [id, account], merge_key: day, columns: {id: {}}}
              |                                                      ^^^
              |
              = help: declared are `id`
        "#]],
    );
}

/// A key may be within another field, which is named as dlt does or by its path. What is stored whole has
/// no columns.
#[test]
fn a_key_may_be_within_another_field() {
    check(
        &with_resources(
            "  - {name: a, primary_key: attributes__id}
  - {name: b, primary_key: [attributes.id, type], write_disposition: merge}
  - {name: c, primary_key: links.self.id, columns: {links: {fields: {self: {fields: {id: {}}}}}}}
  - {name: d, merge_key: links__day, columns: {links: {fields: {day: {}}}}}
  - {name: e, primary_key: External_Id__c, columns: {External_Id__c: {}}}
  - {name: f, columns: {links: {fields: {id: {primary_key: true}, at: {dedup_sort: desc}}}}}",
        ),
        expect![[""]],
    );
    check(
        &with_resources(
            "  - {name: a, primary_key: data.id, columns: {data: {data_type: json}}}
  - {name: b, primary_key: data__id, columns: {data: {fields: {id: {}}}}, max_table_nesting: 0}
  - {name: c, merge_key: data.idd, columns: {data: {fields: {id: {}}}}}",
        ),
        expect![[r#"
            `primary_key` names `data.id`, which is no column [unknown_column]
             --> api.yaml:3:28
              |
            3 |   - {name: a, primary_key: data.id, columns: {data: {data_type: json}}}
              |                            ^^^^^^^ `data` is stored whole, as JSON
              |
              = help: say what is in it by `fields` of the column `data`, and leave its `data_type` and `max_table_nesting` out

            `primary_key` names `data__id`, which is no column [unknown_column]
             --> api.yaml:4:28
              |
            4 |   - {name: b, primary_key: data__id, columns: {data: {fields: {id: {}}}}, max_table_nesting: 0}
              |                            ^^^^^^^^ `data` is stored whole, as JSON
              |
              = help: say what is in it by `fields` of the column `data`, and leave its `data_type` and `max_table_nesting` out

            `merge_key` names `data.idd`, which is not one of the columns [unknown_column]
             --> api.yaml:5:26
              |
            5 |   - {name: c, merge_key: data.idd, columns: {data: {fields: {id: {}}}}}
              |                          ^^^^^^^^
              |
              = help: declared are `data`
        "#]],
    );
}

#[test]
fn credentials_go_to_one_server() {
    check(
        &with_resources(
            "  - {name: a, endpoint: https://api.example.com/v2/a}
  - {name: b, endpoint: https://files.example.com/b}",
        ),
        expect![[r#"
            this is the address of another server than `base_url` [invalid_url]
             --> api.yaml:4:25
              |
            4 |   - {name: b, endpoint: https://files.example.com/b}
              |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: a source sends its credentials to one server: describe the other one in another file
        "#]],
    );
}

#[test]
fn a_mistake_in_the_defaults_is_one_mistake() {
    check(
        "
client: {base_url: https://a.example}
resource_defaults:
  name: all
  endpoint: {paginator: single_page, pram: {a: 1}}
  write_disposition: merg
resources: [payments, refunds, payouts]
",
        expect![[r#"
            `resource_defaults` has no key `name` [unknown_key]
             --> api.yaml:4:3
              |
            4 |   name: all
              |   ^^^^
              |
              = help: every resource needs its own name

            an endpoint has no key `pram` [unknown_key]
             --> api.yaml:5:38
              |
            5 |   endpoint: {paginator: single_page, pram: {a: 1}}
              |                                      ^^^^ did you mean `params`?

            `merg` is not a write disposition [unknown_word]
             --> api.yaml:6:22
              |
            6 |   write_disposition: merg
              |                      ^^^^ did you mean `merge`?
              |
              = help: accepted here: `append`, `replace`, `merge` or `skip`
        "#]],
    );
}

#[test]
fn null_in_a_resource_resets_a_default() {
    check(
        "
client: {base_url: https://a.example}
resource_defaults: {endpoint: {paginator: single_page}, primary_key: id, write_disposition: merge}
resources:
  - payments
  - {name: refunds, primary_key: null}
",
        expect![[r#"
            `merge` requires a key that identifies the row a record replaces [merge_without_key]
             --> api.yaml:3:93
              |
            3 | resource_defaults: {endpoint: {paginator: single_page}, primary_key: id, write_disposition: merge}
              |                                                                                             ^^^^^
            ...
            6 |   - {name: refunds, primary_key: null}
              |            ------- this resource has no key
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`
        "#]],
    );
    check(
        "
client: {base_url: https://a.example}
resource_defaults: {endpoint: {paginator: single_page}}
resources:
  - payments
  - {name: payouts, endpoint: {paginator: null}}
",
        expect![[r#"
            no paginator is configured: it is detected from the first response [auto_paginator]
             --> api.yaml:6:12
              |
            6 |   - {name: payouts, endpoint: {paginator: null}}
              |            ^^^^^^^
              |
              = help: if it has a single page, add `paginator: single_page` to its endpoint
              = help: if responses hold a cursor, add `paginator: {type: cursor, cursor_path: meta.next, cursor_param: cursor}`, there or in `client`
              = note: `auto_paginator` is a lint, warn by default; `allow(auto_paginator)` in the attribute turns it off
        "#]],
    );
}

#[test]
fn two_resources_of_one_name() {
    check(
        &with_resources("  - payments\n  - name: payments\n"),
        expect![[r#"
        there are two resources `payments` [duplicate_resource]
         --> api.yaml:4:11
          |
        3 |   - payments
          |     -------- first here
        4 |   - name: payments
          |           ^^^^^^^^ here again
          |
          = help: one endpoint can serve several resources: name them apart
    "#]],
    );
}

#[test]
fn keys_a_level_too_high_or_too_low() {
    check(
        &with_resources("  - {name: a, params: {b: 1}, endpoint: {path: a, primary_key: id}}"),
        expect![[r#"
            a resource has no key `params` [unknown_key]
             --> api.yaml:3:15
              |
            3 |   - {name: a, params: {b: 1}, endpoint: {path: a, primary_key: id}}
              |               ^^^^^^
              |
              = help: this belongs in `endpoint`

            an endpoint has no key `primary_key` [unknown_key]
             --> api.yaml:3:51
              |
            3 |   - {name: a, params: {b: 1}, endpoint: {path: a, primary_key: id}}
              |                                                   ^^^^^^^^^^^
              |
              = help: this belongs in a resource, beside `endpoint`
        "#]],
    );
}

#[test]
fn null_takes_a_default_away() {
    let text = "client: {base_url: https://api.example.com, paginator: single_page}
resource_defaults:
  columns: {id: {data_type: bigint}, path: {data_type: text}}
  endpoint: {params: {sort: id, page: 1}}
resources:
  - {name: a, columns: {path: null}, endpoint: {params: {sort: null}}}
  - {name: b, columns: [{name: x}]}
";
    check(text, expect![[r""]]);
    let file = SourceFile::new("api.yaml", text);
    let output = compile(&file, "api", LintLevels::default());
    let names = |at: usize| {
        let columns = output.source.resources[at].columns.iter();
        columns.map(|column| column.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(0), ["id"]);
    assert_eq!(names(1), ["id", "path", "x"]);
    assert_eq!(output.source.resources[0].plan.endpoint.params.len(), 1);
    check(
        &with_resources("  - {name: a, columns: {path: null}}"),
        expect![[r#"
        a column is a mapping, found nothing [wrong_type]
         --> api.yaml:3:31
          |
        3 |   - {name: a, columns: {path: null}}
          |                               ^^^^
    "#]],
    );
}
