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

            only a `decimal` has a scale [conflict]
             --> api.yaml:7:39
              |
            7 |       three: {data_type: text, scale: 2}
              |                                       ^

            more digits stand behind the point than there are [conflict]
             --> api.yaml:8:55
              |
            8 |       four: {data_type: decimal, precision: 2, scale: 5}
              |                                             -         ^
              |                                             |
              |                                             all digits

            only a `timestamp` or `time` has a zone [conflict]
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

        a column in a list is a mapping, found the text `id` [wrong_type]
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
            `a` cannot be merged without a key that tells which row a record replaces [merge_without_key]
             --> api.yaml:3:48
              |
            3 |   - {name: a, write_disposition: {disposition: merge, strategy: upsert}, merge_key: day}
              |                                                ^^^^^
              |
              = help: say which field identifies a record, `primary_key: id`
              = help: or add all records to the table, `write_disposition: append`

            a strategy belongs to `merge`, not to `append` [conflict]
             --> api.yaml:4:66
              |
            4 |   - {name: b, write_disposition: {disposition: append, strategy: upsert}}
              |                                                                  ^^^^^^

            `write_disposition` needs the key `disposition` [missing_key]
             --> api.yaml:5:34
              |
            5 |   - {name: c, write_disposition: {strategy: upsert}}
              |                                  ^^^^^^^^^^^^^^^^^^

            `d` cannot be merged without a key that tells which row a record replaces [merge_without_key]
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
        &with_resources("  - {name: a, processing_steps: [{filter: my_function}]}"),
        expect![[r#"
            `processing_steps` is a Python function in dlt, which a file cannot hold [python_function]
             --> api.yaml:3:33
              |
            3 |   - {name: a, processing_steps: [{filter: my_function}]}
              |                                 ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: change the records in Rust, by an adaptor on the stream
        "#]],
    );
}
