//! Columns and their hints, and what loading does with them.

use expect_test::expect;

use super::{check, with_resources};

#[test]
fn columns_by_name_or_as_a_list() {
    check(
        &with_resources(
            "  - name: a
    primary_key: id
    write_disposition: {disposition: merge, strategy: upsert}
    schema_contract: {tables: evolve, columns: freeze, data_type: discard_value}
    max_table_nesting: 2
    columns:
      - {name: id, data_type: bigint, nullable: false, unique: true, x-note: mine}
      - {name: price, data_type: decimal, precision: 10, scale: 2}
      - {name: at, data_type: timestamp, timezone: false, precision: 3, sort: true, dedup_sort: desc}
      - {name: gone, data_type: bool, hard_delete: true}
  - name: b
    write_disposition: merge
    columns:
      id: {primary_key: true}
      kind: {enum: [one, two]}
      owner: {fields: {id: {}, name: {data_type: text}}}
      tags: {items: {data_type: text}}
  - {name: c, write_disposition: {disposition: merge, strategy: scd2}, schema_contract: freeze}",
        ),
        expect![[r""]],
    );
}

#[test]
fn hints_that_do_not_go_together() {
    check(
        &with_resources(
            "  - name: a
    columns:
      one: {enum: [a], fields: {b: {}}}
      two: {enum: [a], data_type: bigint}
      three: {data_type: text, scale: 2}
      four: {data_type: decimal, precision: 2, scale: 5}
      five: {data_type: bool, timezone: true}
      six: {name: seven}
      eight: {enum: []}",
        ),
        expect![[r#"
            a column has `fields` or `enum`, not both [conflict]
             --> api.yaml:5:7
              |
            5 |       one: {enum: [a], fields: {b: {}}}
              |       ^^^

            a column with `enum` is not of type `bigint` [conflict]
             --> api.yaml:6:7
              |
            6 |       two: {enum: [a], data_type: bigint}
              |       ^^^
              |
              = help: leave `data_type` out

            `scale` is only for `decimal` [wrong_column_type]
             --> api.yaml:7:39
              |
            7 |       three: {data_type: text, scale: 2}
              |                                       ^

            `scale` exceeds `precision` [invalid_number]
             --> api.yaml:8:55
              |
            8 |       four: {data_type: decimal, precision: 2, scale: 5}
              |                                             -         ^
              |                                             |
              |                                             all digits

            `timezone` is only for `timestamp` and `time` [wrong_column_type]
             --> api.yaml:9:41
              |
            9 |       five: {data_type: bool, timezone: true}
              |                                         ^^^^

            this column is called `six` and `seven` [conflict]
              --> api.yaml:10:19
               |
            10 |       six: {name: seven}
               |       --- here    ^^^^^

            an `enum` has at least one word [wrong_type]
              --> api.yaml:11:7
               |
            11 |       eight: {enum: []}
               |       ^^^^^
        "#]],
    );
}

#[test]
fn a_column_in_a_list_without_a_name() {
    check(
        &with_resources("  - {name: a, columns: [{data_type: text}, id]}"),
        expect![[r#"
            a column in a list needs the key `name` [missing_key]
             --> api.yaml:3:25
              |
            3 |   - {name: a, columns: [{data_type: text}, id]}
              |                         ^^^^^^^^^^^^^^^^^

            expected a column, as in `{name: id}`, found the text `id` [wrong_type]
             --> api.yaml:3:44
              |
            3 |   - {name: a, columns: [{data_type: text}, id]}
              |                                            ^^
        "#]],
    );
}

#[test]
fn strategies_and_their_keys() {
    check(
        &with_resources(
            "  - {name: a, write_disposition: {disposition: merge, strategy: upsert}, merge_key: day}
  - {name: b, write_disposition: {disposition: append, strategy: upsert}}
  - {name: c, write_disposition: {strategy: upsert}}
  - {name: d, write_disposition: {disposition: merge, strategy: update}}",
        ),
        expect![[r#"
            `merge` requires a key that identifies the row a record replaces [merge_without_key]
             --> api.yaml:3:48
              |
            3 |   - {name: a, write_disposition: {disposition: merge, strategy: upsert}, merge_key: day}
              |                                                ^^^^^
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`

            a strategy requires `merge`, not `append` [unused]
             --> api.yaml:4:66
              |
            4 |   - {name: b, write_disposition: {disposition: append, strategy: upsert}}
              |                                                                  ^^^^^^

            `write_disposition` needs the key `disposition` [missing_key]
             --> api.yaml:5:34
              |
            5 |   - {name: c, write_disposition: {strategy: upsert}}
              |                                  ^^^^^^^^^^^^^^^^^^

            `merge` requires a key that identifies the row a record replaces [merge_without_key]
             --> api.yaml:6:48
              |
            6 |   - {name: d, write_disposition: {disposition: merge, strategy: update}}
              |                                                ^^^^^
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`

            `update` is not a merge strategy [unknown_word]
             --> api.yaml:6:65
              |
            6 |   - {name: d, write_disposition: {disposition: merge, strategy: update}}
              |                                                                 ^^^^^^
              |
              = help: accepted here: `delete-insert`, `upsert`, `insert-only` or `scd2`
        "#]],
    );
}

#[test]
fn python_functions() {
    check(
        &with_resources("  - {name: a, processing_steps: [{yield_map: my_function}]}"),
        expect![[r#"
            `yield_map` is a Python function in dlt, which a file cannot hold [python_function]
             --> api.yaml:3:46
              |
            3 |   - {name: a, processing_steps: [{yield_map: my_function}]}
              |                                              ^^^^^^^^^^^
              |
              = help: `processing_steps` have `filter`, `exclude`, `include`, `rename`, `add` and `cast`; the rest is done in Rust, by an adaptor on the stream
        "#]],
    );
}

#[test]
fn a_wrong_column_is_a_column_that_a_key_may_name() {
    check(
        &with_resources("  - {name: a, primary_key: id, columns: {id: text}}"),
        expect![[r#"
            a column is a mapping, found the text `text` [wrong_type]
             --> api.yaml:3:46
              |
            3 |   - {name: a, primary_key: id, columns: {id: text}}
              |                                              ^^^^
              |
              = help: write `id: {data_type: text}`
        "#]],
    );
}

#[test]
fn fields_of_nested_columns_are_checked_like_columns() {
    check(
        &with_resources(
            "  - name: payments
    columns:
      links: {fields: {payout: {}, '€': {}, Payout: {}}}
      link: {items: {fields: {id: {data_type: int}}}}
      Link_s: {items: {fields: {id: {primary_key: true}}}}
  - {name: refunds, columns: {six: {items: {data_type: text, fields: {}, scale: 2}}}}",
        ),
        expect![[r#"
            no Rust name can be made of the column `€` [invalid_name]
             --> api.yaml:5:36
              |
            5 |       links: {fields: {payout: {}, '€': {}, Payout: {}}}
              |                                    ^^^
              |
              = help: leave it out: the field `extra` keeps what is not declared

            `payout` and `Payout` would share the field `payout` [name_clash]
             --> api.yaml:5:45
              |
            5 |       links: {fields: {payout: {}, '€': {}, Payout: {}}}
              |                        ------ the first     ^^^^^^ the second
              |
              = help: leave one of them out: the field `extra` keeps what is not declared

            `int` is not a data type [unknown_word]
             --> api.yaml:6:47
              |
            6 |       link: {items: {fields: {id: {data_type: int}}}}
              |                                               ^^^ did you mean `bigint`?
              |
              = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`

            `primary_key` is of the record's own fields, not of fields in a list [unused]
             --> api.yaml:7:33
              |
            7 |       Link_s: {items: {fields: {id: {primary_key: true}}}}
              |                                 ^^

            a column with `fields` is not of type `text` [conflict]
             --> api.yaml:8:31
              |
            8 |   - {name: refunds, columns: {six: {items: {data_type: text, fields: {}, scale: 2}}}}
              |                               ^^^
              |
              = help: leave `data_type` out

            `scale` is only for `decimal` [wrong_column_type]
             --> api.yaml:8:81
              |
            8 |   - {name: refunds, columns: {six: {items: {data_type: text, fields: {}, scale: 2}}}}
              |                                                                                 ^
        "#]],
    );
}

#[test]
fn words_of_an_enum_have_variants_of_their_own() {
    check(
        &with_resources(
            "  - name: payments
    columns: {status: {enum: [in progress, in-progress, paid, paid, '+', '']}}",
        ),
        expect![[r#"
            `in progress` and `in-progress` would share the variant `InProgress` [name_clash]
             --> api.yaml:4:44
              |
            4 |     columns: {status: {enum: [in progress, in-progress, paid, paid, '+', '']}}
              |                               -----------  ^^^^^^^^^^^ the second
              |                               |
              |                               the first
              |
              = help: leave it out: the variant `Unknown` keeps words that are not listed

            the word `paid` is listed twice [duplicate_name]
             --> api.yaml:4:63
              |
            4 |     columns: {status: {enum: [in progress, in-progress, paid, paid, '+', '']}}
              |                                                         ----  ^^^^ here again
              |                                                         |
              |                                                         the first

            no Rust name can be made of the word `+` [invalid_name]
             --> api.yaml:4:69
              |
            4 |     columns: {status: {enum: [in progress, in-progress, paid, paid, '+', '']}}
              |                                                                     ^^^
              |
              = help: leave it out: the variant `Unknown` keeps words that are not listed

            no Rust name can be made of the word `` [invalid_name]
             --> api.yaml:4:74
              |
            4 |     columns: {status: {enum: [in progress, in-progress, paid, paid, '+', '']}}
              |                                                                          ^^
              |
              = help: leave it out: the variant `Unknown` keeps words that are not listed
        "#]],
    );
}

#[test]
fn nested_columns_have_types_of_their_own() {
    check(
        &with_resources(
            "  - name: payments
    columns:
      one: {data_type: text, type_name: One}
      two: {type_name: Two, items: {enum: [a]}}
      three: {type_name: three, fields: {}}
      four: {type_name: Client, fields: {}}
      five: {type_name: Refund, enum: [a]}
  - refunds",
        ),
        expect![[r#"
            `type_name` is only for columns with `fields` or `enum` [wrong_column_type]
             --> api.yaml:5:41
              |
            5 |       one: {data_type: text, type_name: One}
              |                                         ^^^

            `type_name` is only for columns with `fields` or `enum` [wrong_column_type]
             --> api.yaml:6:24
              |
            6 |       two: {type_name: Two, items: {enum: [a]}}
              |                        ^^^
              |
              = help: name the type of the list's elements, `items: {type_name: Two, …}`

            `three` cannot be the name of a Rust type [invalid_name]
             --> api.yaml:7:26
              |
            7 |       three: {type_name: three, fields: {}}
              |                          ^^^^^
              |
              = help: write `type_name: Three`

            `payments.four` would be of type `Client`, which is the source's own [name_clash]
             --> api.yaml:8:25
              |
            8 |       four: {type_name: Client, fields: {}}
              |                         ^^^^^^
              |
              = help: give it another, `type_name: ClientField`

            `refunds` and `payments.five` would share the type `Refund` [name_clash]
              --> api.yaml:9:25
               |
             9 |       five: {type_name: Refund, enum: [a]}
               |                         ^^^^^^ the second
            10 |   - refunds
               |     ------- the first
               |
               = help: give one of them another, `type_name: RefundField`
        "#]],
    );
}

#[test]
fn types_that_clash_are_one_mistake() {
    check(
        &with_resources(
            "  - {name: first, type_name: Payment, columns: {links: {fields: {}}}}
  - {name: second, type_name: Payment, columns: {links: {fields: {}}}}
  - {name: third, columns: {link: {fields: {}}, links: {items: {fields: {}}}}}",
        ),
        expect![[r#"
            `first` and `second` would share the type `Payment` [name_clash]
             --> api.yaml:4:31
              |
            3 |   - {name: first, type_name: Payment, columns: {links: {fields: {}}}}
              |                              ------- the first
            4 |   - {name: second, type_name: Payment, columns: {links: {fields: {}}}}
              |                               ^^^^^^^ the second
              |
              = help: give one of them another, `type_name: PaymentRecord`

            `third.link` and `third.links` would share the type `ThirdLink` [name_clash]
             --> api.yaml:5:49
              |
            5 |   - {name: third, columns: {link: {fields: {}}, links: {items: {fields: {}}}}}
              |                             ---- the first      ^^^^^ the second
              |
              = help: give one of them another, `type_name: ThirdLinkField`
        "#]],
    );
}

#[test]
fn the_type_of_a_record_comes_before_that_of_a_column() {
    check(
        &with_resources(
            "  - {name: orders, columns: {status: {enum: [a]}}}
  - {name: order_statuses, columns: {id: {}}}",
        ),
        expect![""],
    );
}

#[test]
fn hard_delete_where_nothing_is_removed() {
    check(
        &with_resources(
            "  - name: a
    write_disposition: {disposition: merge, strategy: scd2}
    columns: {id: {}, gone: {data_type: bool, hard_delete: true}}
  - name: b
    primary_key: id
    write_disposition: {disposition: merge, strategy: insert-only}
    columns: {id: {}, gone: {data_type: bool, hard_delete: true}}",
        ),
        expect![[r#"
            `hard_delete` removes rows, and `scd2` keeps them all [unused]
             --> api.yaml:5:23
              |
            4 |     write_disposition: {disposition: merge, strategy: scd2}
              |                                                       ---- the strategy
            5 |     columns: {id: {}, gone: {data_type: bool, hard_delete: true}}
              |                       ^^^^
              |
              = help: leave out `hard_delete`: a row ends when its record is gone
              = help: or merge by the strategy `upsert` or `delete-insert`
        "#]],
    );
}
