//! Tables and columns of a database that would be one.

use expect_test::expect;

use super::{check, with_resources};

#[test]
fn columns_that_a_database_cannot_tell_apart() {
    check(
        &with_resources(
            "  - name: orders
    primary_key: id
    columns:
      id: {}
      userId: {}
      userid: {}
      address: {fields: {postCode: {}, postcode: {}}}
      lines: {items: {fields: {unitPrice: {}, unitprice: {}}}}
      ID: {}
  - {name: keys, primary_key: [partId, partid]}
  - name: lines
    endpoint: 'orders/{resources.orders.id}/lines'
    include_from_parent: [userId, userid, id]
    columns: {_Orders_ID: {}, _orders_userid: {}}",
        ),
        expect![[r#"
            `userId` and `userid` would be one column [name_clash]
             --> api.yaml:8:7
              |
            7 |       userId: {}
              |       ------ the first
            8 |       userid: {}
              |       ^^^^^^ the second
              |
              = help: leave one of them out: the field `extra` keeps what is not declared
              = note: databases ignore the case of letters

            `postCode` in `address` and `postcode` in `address` would be one column [name_clash]
             --> api.yaml:9:40
              |
            9 |       address: {fields: {postCode: {}, postcode: {}}}
              |                          --------      ^^^^^^^^ the second
              |                          |
              |                          the first
              |
              = help: leave one of them out: the field `extra` keeps what is not declared
              = note: databases ignore the case of letters

            `unitPrice` and `unitprice` would be one column [name_clash]
              --> api.yaml:10:47
               |
            10 |       lines: {items: {fields: {unitPrice: {}, unitprice: {}}}}
               |                                ---------      ^^^^^^^^^ the second
               |                                |
               |                                the first
               |
               = help: leave one of them out: the field `extra` keeps what is not declared
               = note: databases ignore the case of letters

            `id` and `ID` would share the field `id` [name_clash]
              --> api.yaml:11:7
               |
             6 |       id: {}
               |       -- the first
            ...
            11 |       ID: {}
               |       ^^ the second
               |
               = help: leave one of them out: the field `extra` keeps what is not declared

            `partId` and `partid` would be one column [name_clash]
              --> api.yaml:12:40
               |
            12 |   - {name: keys, primary_key: [partId, partid]}
               |                                ------  ^^^^^^ the second
               |                                |
               |                                the first
               |
               = help: leave one of them out: the field `extra` keeps what is not declared
               = note: databases ignore the case of letters

            `_orders_userid` and `_orders_userId` would be one column [name_clash]
              --> api.yaml:15:27
               |
            15 |     include_from_parent: [userId, userid, id]
               |                           ^^^^^^ the second
            16 |     columns: {_Orders_ID: {}, _orders_userid: {}}
               |                               -------------- the first
               |
               = help: leave one of them out: the field `extra` keeps what is not declared
               = note: databases ignore the case of letters

            `_Orders_ID` and `_orders_id` would be one column [name_clash]
              --> api.yaml:15:43
               |
            15 |     include_from_parent: [userId, userid, id]
               |                                           ^^ the second
            16 |     columns: {_Orders_ID: {}, _orders_userid: {}}
               |               ---------- the first
               |
               = help: leave one of them out: the field `extra` keeps what is not declared
               = note: databases ignore the case of letters
        "#]],
    );
}

#[test]
fn nested_fields_that_would_be_a_column_that_there_is() {
    check(
        &with_resources(
            "  - name: orders
    columns:
      links: {fields: {payout: {}, Self: {fields: {url: {}}}}}
      links__payout: {}
      links__self__url: {}
  - {name: json, max_table_nesting: 0, columns: {links: {fields: {payout: {}}}, links__payout: {}}}",
        ),
        expect![[r#"
            `payout` in `links` and `links__payout` would be one column [name_clash]
             --> api.yaml:6:7
              |
            5 |       links: {fields: {payout: {}, Self: {fields: {url: {}}}}}
              |                        ------ the first
            6 |       links__payout: {}
              |       ^^^^^^^^^^^^^ the second
              |
              = help: leave one of them out: the field `extra` keeps what is not declared
              = note: the column of a field is `RECORD__FIELD`

            `url` in `links__Self` and `links__self__url` would be one column [name_clash]
             --> api.yaml:7:7
              |
            5 |       links: {fields: {payout: {}, Self: {fields: {url: {}}}}}
              |                                                    --- the first
            6 |       links__payout: {}
            7 |       links__self__url: {}
              |       ^^^^^^^^^^^^^^^^ the second
              |
              = help: leave one of them out: the field `extra` keeps what is not declared
              = note: the column of a field is `RECORD__FIELD`
              = note: databases ignore the case of letters
        "#]],
    );
}

#[test]
fn tables_that_a_database_cannot_tell_apart() {
    check(
        &with_resources(
            "  - {name: userId}
  - {name: userid}
  - {name: orders, columns: {lines: {items: {fields: {taxes: {items: {}}}}}, tags: {items: {}}}}
  - {name: lines, table_name: Orders__Lines}
  - {name: orders__tags}
  - {name: orders__lines__taxes}
  - {name: shallow, max_table_nesting: 0, columns: {lines: {items: {}}}}
  - {name: shallow__lines}
  - {name: both, table_name: shallow__lines}
  - {name: grids, columns: {grid: {items: {items: {}}}, links: {fields: {all: {items: {}}}}}}
  - {name: grids__grid__list}
  - {name: grids__links__all}",
        ),
        expect![[r#"
            `userId` and `userid` would be one table [name_clash]
             --> api.yaml:4:12
              |
            3 |   - {name: userId}
              |            ------ the first
            4 |   - {name: userid}
              |            ^^^^^^ the second
              |
              = help: name one of the tables otherwise, `table_name: userid_records`
              = note: databases ignore the case of letters

            the list `lines` of `orders` and `Orders__Lines` would be one table [name_clash]
             --> api.yaml:6:31
              |
            5 |   - {name: orders, columns: {lines: {items: {fields: {taxes: {items: {}}}}}, tags: {items: {}}}}
              |                              ----- the first
            6 |   - {name: lines, table_name: Orders__Lines}
              |                               ^^^^^^^^^^^^^ the second
              |
              = help: name one of the tables otherwise, `table_name: Orders__Lines_records`
              = note: the table of a list is `TABLE__LIST`
              = note: databases ignore the case of letters

            the list `tags` of `orders` and `orders__tags` would be one table [name_clash]
             --> api.yaml:7:12
              |
            5 |   - {name: orders, columns: {lines: {items: {fields: {taxes: {items: {}}}}}, tags: {items: {}}}}
              |                                                                              ---- the first
            6 |   - {name: lines, table_name: Orders__Lines}
            7 |   - {name: orders__tags}
              |            ^^^^^^^^^^^^ the second
              |
              = help: name one of the tables otherwise, `table_name: orders__tags_records`
              = note: the table of a list is `TABLE__LIST`

            the list `taxes` of `orders__lines` and `orders__lines__taxes` would be one table [name_clash]
             --> api.yaml:8:12
              |
            5 |   - {name: orders, columns: {lines: {items: {fields: {taxes: {items: {}}}}}, tags: {items: {}}}}
              |                                                       ----- the first
            ...
            8 |   - {name: orders__lines__taxes}
              |            ^^^^^^^^^^^^^^^^^^^^ the second
              |
              = help: name one of the tables otherwise, `table_name: orders__lines__taxes_records`
              = note: the table of a list is `TABLE__LIST`

            the list `list` of `grids__grid` and `grids__grid__list` would be one table [name_clash]
              --> api.yaml:13:12
               |
            12 |   - {name: grids, columns: {grid: {items: {items: {}}}, links: {fields: {all: {items: {}}}}}}
               |                             ---- the first
            13 |   - {name: grids__grid__list}
               |            ^^^^^^^^^^^^^^^^^ the second
               |
               = help: name one of the tables otherwise, `table_name: grids__grid__list_records`
               = note: the table of a list is `TABLE__LIST`

            the list `links__all` of `grids` and `grids__links__all` would be one table [name_clash]
              --> api.yaml:14:12
               |
            12 |   - {name: grids, columns: {grid: {items: {items: {}}}, links: {fields: {all: {items: {}}}}}}
               |                                                                          --- the first
            13 |   - {name: grids__grid__list}
            14 |   - {name: grids__links__all}
               |            ^^^^^^^^^^^^^^^^^ the second
               |
               = help: name one of the tables otherwise, `table_name: grids__links__all_records`
               = note: the table of a list is `TABLE__LIST`
        "#]],
    );
}

#[test]
fn tables_of_a_loader_are_not_those_of_resources() {
    check(
        &with_resources(
            "  - {name: _rest_source_state}
  - {name: runs, table_name: _Rest_source_runs}
  - {name: rest_source_other}",
        ),
        expect![[r#"
            `_rest_source_state` would be one of the loader's own tables [name_clash]
             --> api.yaml:3:12
              |
            3 |   - {name: _rest_source_state}
              |            ^^^^^^^^^^^^^^^^^^ names that begin so are reserved
              |
              = help: name the table otherwise, `table_name: records_rest_source_state`

            `_Rest_source_runs` would be one of the loader's own tables [name_clash]
             --> api.yaml:4:30
              |
            4 |   - {name: runs, table_name: _Rest_source_runs}
              |                              ^^^^^^^^^^^^^^^^^ names that begin so are reserved
              |
              = help: name the table otherwise, `table_name: records_Rest_source_runs`
        "#]],
    );
}

/// What a loader refuses when the tables are opened is told where it is written.
#[test]
fn resources_that_share_a_table_declare_its_columns_alike() {
    check(
        &with_resources(
            "  - {name: a, table_name: notes, columns: {id: {data_type: text}, x: {nullable: false}}}
  - {name: b, table_name: notes, columns: {y: {data_type: bigint}}}
  - {name: c, table_name: notes, columns: {id: {data_type: text, description: An id.}, x: {}}}
  - {name: d, table_name: notes, selected: false, columns: {id: {data_type: json}}}
  - {name: e, table_name: others, columns: {id: {data_type: json}}}",
        ),
        expect![[""]],
    );
    check(
        &with_resources(
            "  - {name: a, table_name: notes, columns: {id: {data_type: text}}}
  - {name: b, table_name: notes, columns: {y: {data_type: bigint}, p: {fields: {q: {}}}}}
  - {name: c, table_name: notes, columns: {id: {data_type: bigint}, y: {data_type: bigint}}}
  - {name: d, table_name: notes, columns: {y: {data_type: bigint, unique: true}, p: {fields: {r: {}}}}}
  - {name: f, table_name: keyed, columns: {id: {}}, primary_key: id}
  - {name: g, table_name: keyed, primary_key: id}
  - {name: h, table_name: deep, max_table_nesting: 1}
  - {name: i, table_name: deep, max_table_nesting: 2}
  - {name: k, table_name: merged, primary_key: id, write_disposition: merge}
  - {name: l, table_name: merged, primary_key: id, write_disposition: {disposition: merge, strategy: insert-only}}
  - {name: m, table_name: merged, primary_key: id, write_disposition: {disposition: merge, strategy: upsert}}",
        ),
        expect![[r#"
            `a` and `c` are loaded into one table, `notes`, and declare the column `id` differently [shared_table]
             --> api.yaml:5:44
              |
            3 |   - {name: a, table_name: notes, columns: {id: {data_type: text}}}
              |                                            -- `text`
            4 |   - {name: b, table_name: notes, columns: {y: {data_type: bigint}, p: {fields: {q: {}}}}}
            5 |   - {name: c, table_name: notes, columns: {id: {data_type: bigint}, y: {data_type: bigint}}}
              |                                            ^^ `bigint`
              |
              = help: declare it alike, or give one of them another `table_name`

            `b` and `d` are loaded into one table, `notes`, and declare the column `y` differently [shared_table]
             --> api.yaml:6:44
              |
            4 |   - {name: b, table_name: notes, columns: {y: {data_type: bigint}, p: {fields: {q: {}}}}}
              |                                            - the first
            5 |   - {name: c, table_name: notes, columns: {id: {data_type: bigint}, y: {data_type: bigint}}}
            6 |   - {name: d, table_name: notes, columns: {y: {data_type: bigint, unique: true}, p: {fields: {r: {}}}}}
              |                                            ^ the second
              |
              = help: declare it alike, or give one of them another `table_name`

            `b` and `d` are loaded into one table, `notes`, and declare the column `p` differently [shared_table]
             --> api.yaml:6:82
              |
            4 |   - {name: b, table_name: notes, columns: {y: {data_type: bigint}, p: {fields: {q: {}}}}}
              |                                                                    - the first
            5 |   - {name: c, table_name: notes, columns: {id: {data_type: bigint}, y: {data_type: bigint}}}
            6 |   - {name: d, table_name: notes, columns: {y: {data_type: bigint, unique: true}, p: {fields: {r: {}}}}}
              |                                                                                  ^ the second
              |
              = help: declare it alike, or give one of them another `table_name`

            `f` and `g` are loaded into one table, `keyed`, and declare the column `id` differently [shared_table]
             --> api.yaml:8:47
              |
            7 |   - {name: f, table_name: keyed, columns: {id: {}}, primary_key: id}
              |                                            -- `text`
            8 |   - {name: g, table_name: keyed, primary_key: id}
              |                                               ^^ of whatever type its values are
              |
              = help: declare it alike, or give one of them another `table_name`

            `h` and `i` are loaded into one table, `deep`, and have different bounds on nested data [shared_table]
              --> api.yaml:10:12
               |
             9 |   - {name: h, table_name: deep, max_table_nesting: 1}
               |            - the first
            10 |   - {name: i, table_name: deep, max_table_nesting: 2}
               |            ^ the second
               |
               = help: give both the same `max_table_nesting`, or one of them another `table_name`

            `k` and `l` are loaded into one table, `merged`, and have different write dispositions or keys [shared_table]
              --> api.yaml:12:12
               |
            11 |   - {name: k, table_name: merged, primary_key: id, write_disposition: merge}
               |            - the first
            12 |   - {name: l, table_name: merged, primary_key: id, write_disposition: {disposition: merge, strategy: insert-only}}
               |            ^ the second
               |
               = help: give both the same `write_disposition`, `primary_key` and `merge_key`, or one of them another `table_name`
        "#]],
    );
}

/// Resources share a table if none takes the rows of the others for gone.
#[test]
fn resources_that_share_a_table_describe_it_alike() {
    check(
        &with_resources(
            "  - {name: open, table_name: issues, primary_key: id, write_disposition: merge}
  - {name: closed, table_name: issues, primary_key: id, write_disposition: merge}
  - {name: a, table_name: notes}
  - {name: b, table_name: notes}
  - {name: c, table_name: notes, write_disposition: skip}
  - {name: d, table_name: notes, write_disposition: replace, selected: false}",
        ),
        expect![[""]],
    );
    check(
        &with_resources(
            "  - {name: open, table_name: issues, write_disposition: replace}
  - {name: closed, table_name: issues, write_disposition: replace}
  - {name: a, table_name: notes}
  - {name: b, table_name: notes, write_disposition: merge, primary_key: id}",
        ),
        expect![[r#"
            `open` and `closed` are loaded into one table, `issues`, and with `replace` or `scd2` one would take the rows of the other for gone [shared_table]
             --> api.yaml:4:12
              |
            3 |   - {name: open, table_name: issues, write_disposition: replace}
              |            ---- the first
            4 |   - {name: closed, table_name: issues, write_disposition: replace}
              |            ^^^^^^ the second
              |
              = help: give one of them another `table_name`, or merge both by a `primary_key`

            `a` and `b` are loaded into one table, `notes`, and have different write dispositions or keys [shared_table]
             --> api.yaml:6:12
              |
            5 |   - {name: a, table_name: notes}
              |            - the first
            6 |   - {name: b, table_name: notes, write_disposition: merge, primary_key: id}
              |            ^ the second
              |
              = help: give both the same `write_disposition`, `primary_key` and `merge_key`, or one of them another `table_name`
        "#]],
    );
}
