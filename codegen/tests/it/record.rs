//! How records are put together and changed: `processing_steps`, `with`, `record_columns`.

use expect_test::expect;

use super::{check, with_resources};

fn steps(steps: &str) -> String {
    with_resources(&format!("  - {{name: a, processing_steps: [{steps}]}}"))
}

#[test]
fn what_a_step_takes() {
    for taken in [
        "",
        "{filter: \"@.status in ['active', 'expired'] && @.n > 0\"}",
        "{filter: \"'vip' in @.tags || !(@.a in [1, null, true])\"}, {filter: '@.a.b[0]'}",
        "{exclude: [secret, address.street]}, {include: id}",
        "{rename: {userId: user_id, 'user.name': name}}, {rename: {user_id: id}}",
        "{rename: {a: b, b: a}}",
        "{exclude: status}, {add: {status: open, n: 1.50, list: [1, {a: \"{record.id}\"}], none: null}}",
        "{cast: {a: integer, 'b.c': decimal, d: text, e: bool, f: timestamp, g: double, h: json, i: date}}",
        "{add: {full: '{record.first} {record.last}', region: '{config.region}'}}",
        "{add: {a.b: 1}}, {rename: {a.b: c}}, {cast: {c: text}}",
    ] {
        check(&steps(taken), expect![[r""]]);
    }
    for taken in [
        "data_selector: 'data.*', with: {code: $key}",
        "data_selector: 'groups[*].items', with: {group: 'groups[*].name', at: meta.date, first: 'meta.list[0]'}",
        "data_selector: 'rates.*.*', with: {day: 'rates.*.$key', currency: $key}",
        "data_selector: rows, record_columns: [id, name]",
        "data_selector: rows, record_columns_path: columns",
        "data_selector: rows, record_columns_path: {'d[*].value': 'headers[*].name', m: metrics}",
        "data_selector: $, record_columns_path: '$[0]'",
    ] {
        let endpoint = format!("  - {{name: a, endpoint: {{{taken}}}}}");
        check(&with_resources(&endpoint), expect![[r""]]);
    }
}

#[test]
fn fields_that_are_made_are_columns() {
    check(
        &with_resources(
            "  - name: a
    primary_key: [code, day]
    columns: {n: {data_type: bigint}}
    endpoint: {data_selector: 'data.*', with: {code: $key}}
    processing_steps: [{add: {date: x}}, {rename: {date: day}}]
  - {name: b, endpoint: 'b/{resources.a.code}/{resources.a.day}'}",
        ),
        expect![[r""]],
    );
}

#[test]
fn what_is_added_may_name_the_request() {
    check(
        &with_resources(
            "  - {name: p}
  - name: a
    endpoint:
      path: 'p/{resources.p.id}/{account}/{kind}'
      params: {region: eu, kind: x}
      paginator: {type: page_number, page_param: page, total_path: null, maximum_page: 3}
      incremental: {cursor_path: at, initial_value: '2024-01-01', start_param: since}
    processing_steps:
      - add:
          parent: '{resources.p.name}'
          day: '{incremental.start_value}'
          account: '{account}'
          kind: '{params.kind}'
          region: '{params.region}/{params.page}/{params.since}'",
        ),
        expect![[r""]],
    );
}

#[test]
fn a_step_does_one_thing() {
    for (wrong, expected) in [
        (
            "{}",
            expect![[r#"
            this step does nothing [missing_key]
             --> api.yaml:3:34
              |
            3 |   - {name: a, processing_steps: [{}]}
              |                                  ^^
              |
              = help: a step has one key, `filter`, `exclude`, `include`, `rename`, `add` or `cast`
        "#]],
        ),
        (
            "{exclude: a, rename: {b: c}}",
            expect![[r#"
            a step has one key, and this one has several [conflict]
             --> api.yaml:3:34
              |
            3 |   - {name: a, processing_steps: [{exclude: a, rename: {b: c}}]}
              |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write a step for each, in the order in which they are to be done
        "#]],
        ),
        (
            "{map: my_function}",
            expect![[r#"
            `map` is a Python function in dlt, which a file cannot hold [python_function]
             --> api.yaml:3:40
              |
            3 |   - {name: a, processing_steps: [{map: my_function}]}
              |                                        ^^^^^^^^^^^
              |
              = help: `processing_steps` have `filter`, `exclude`, `include`, `rename`, `add` and `cast`; the rest is done in Rust, by an adaptor on the stream
        "#]],
        ),
        (
            "{filter: my_function}",
            expect![[r#"
            this filter does not look at the record, which is `@` [invalid_selector]
             --> api.yaml:3:43
              |
            3 |   - {name: a, processing_steps: [{filter: my_function}]}
              |                                           ^^^^^^^^^^^
              |
              = help: write `"@.my_function"` for the records that have the field; a Python function cannot be part of a file
        "#]],
        ),
        (
            "{fliter: '@.a'}",
            expect![[r#"
            a processing step has no key `fliter` [unknown_key]
             --> api.yaml:3:35
              |
            3 |   - {name: a, processing_steps: [{fliter: '@.a'}]}
              |                                   ^^^^^^ did you mean `filter`?
        "#]],
        ),
        (
            "{exclude: []}",
            expect![[r#"
            `exclude` names no field [wrong_type]
             --> api.yaml:3:34
              |
            3 |   - {name: a, processing_steps: [{exclude: []}]}
              |                                  ^^^^^^^^^^^^^
              |
              = help: leave the step out, or name the fields
        "#]],
        ),
        (
            "{exclude: [a, a]}",
            expect![[r#"
            `exclude` names `a` twice [duplicate_name]
             --> api.yaml:3:48
              |
            3 |   - {name: a, processing_steps: [{exclude: [a, a]}]}
              |                                                ^
        "#]],
        ),
        (
            "{exclude: 'items[*].secret'}",
            expect![[r#"
            a step names fields by their keys alone [invalid_selector]
             --> api.yaml:3:44
              |
            3 |   - {name: a, processing_steps: [{exclude: 'items[*].secret'}]}
              |                                            ^^^^^^^^^^^^^^^^^
              |
              = help: lists on the way are gone through: write `items.secret`
        "#]],
        ),
        (
            "{exclude: $}",
            expect![[r#"
            a step names a field, and this is the record [invalid_selector]
             --> api.yaml:3:44
              |
            3 |   - {name: a, processing_steps: [{exclude: $}]}
              |                                            ^
        "#]],
        ),
        (
            "{cast: {a: number}}",
            expect![[r#"
            `number` is not a type that a field can become [unknown_word]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{cast: {a: number}}]}
              |                                             ^^^^^^ did you mean `double`?
              |
              = help: accepted here: `integer`, `bigint`, `double`, `decimal`, `text`, `bool`, `timestamp`, `date` or `json`
        "#]],
        ),
    ] {
        check(&steps(wrong), expected);
    }
}

#[test]
fn filters_are_wrong_where_they_are() {
    for (wrong, expected) in [
        (
            "{filter: \"@.status in ['a', 'b' && @.n > 0\"}",
            expect![[r#"
            this filter is not in the language [invalid_selector]
             --> api.yaml:3:66
              |
            3 |   - {name: a, processing_steps: [{filter: "@.status in ['a', 'b' && @.n > 0"}]}
              |                                                                  ^^^^^^^^^^
              |
              = help: write `"@.status == 'active'"`, where `@` is the record, `"@.email"` for a field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and `length(@.name) > 1`
        "#]],
        ),
        (
            "{filter: '@.status in []'}",
            expect![[r#"
            no value is in a list without constants [invalid_selector]
             --> api.yaml:3:58
              |
            3 |   - {name: a, processing_steps: [{filter: '@.status in []'}]}
              |                                                          ^
              |
              = help: write `"@.status == 'active'"`, where `@` is the record, `"@.email"` for a field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and `length(@.name) > 1`
        "#]],
        ),
        (
            "{filter: '@.status in @.list'}",
            expect![[r#"
            expected a list of constants, as in `@.kind in ['a', 'b']` [invalid_selector]
             --> api.yaml:3:56
              |
            3 |   - {name: a, processing_steps: [{filter: '@.status in @.list'}]}
              |                                                        ^^^^^^
              |
              = help: write `"@.status == 'active'"`, where `@` is the record, `"@.email"` for a field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and `length(@.name) > 1`
        "#]],
        ),
        (
            "{filter: '@.a == 1 && @.b ~ 2'}",
            expect![[r#"
            this filter is not in the language [invalid_selector]
             --> api.yaml:3:60
              |
            3 |   - {name: a, processing_steps: [{filter: '@.a == 1 && @.b ~ 2'}]}
              |                                                            ^^^
              |
              = help: write `"@.status == 'active'"`, where `@` is the record, `"@.email"` for a field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and `length(@.name) > 1`
        "#]],
        ),
        (
            "{filter: '@.a == $.b'}",
            expect![[r#"
            `$` is the whole response, which a step does not see [invalid_selector]
             --> api.yaml:3:43
              |
            3 |   - {name: a, processing_steps: [{filter: '@.a == $.b'}]}
              |                                           ^^^^^^^^^^^^
              |
              = help: write `@` for the record; `with` of the endpoint gives it fields of the response
        "#]],
        ),
        (
            "{filter: '@.a[*] == 1'}",
            expect![[r#"
            `@.a[*]` may select several values, compare `count(@.a[*])` or `value(@.a[*])` [invalid_selector]
             --> api.yaml:3:44
              |
            3 |   - {name: a, processing_steps: [{filter: '@.a[*] == 1'}]}
              |                                            ^^^^^^
              |
              = help: write `"@.status == 'active'"`, where `@` is the record, `"@.email"` for a field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and `length(@.name) > 1`
        "#]],
        ),
    ] {
        check(&steps(wrong), expected);
    }
}

#[test]
fn steps_that_contradict() {
    for (wrong, expected) in [
        (
            "{exclude: user}, {rename: {user.id: user_id}}",
            expect![[r#"
            `user.id` is excluded [conflict]
             --> api.yaml:3:61
              |
            3 |   - {name: a, processing_steps: [{exclude: user}, {rename: {user.id: user_id}}]}
              |                                  ---------------            ^^^^^^^
              |                                  |
              |                                  by this step
        "#]],
        ),
        (
            "{include: [id, name]}, {cast: {amount: integer}}",
            expect![[r#"
            `amount` is not among the fields that are included [conflict]
             --> api.yaml:3:65
              |
            3 |   - {name: a, processing_steps: [{include: [id, name]}, {cast: {amount: integer}}]}
              |                                  ---------------------          ^^^^^^
              |                                  |
              |                                  by this step
        "#]],
        ),
        (
            "{rename: {a: b}}, {exclude: a}",
            expect![[r#"
            `a` is renamed to `b` [conflict]
             --> api.yaml:3:62
              |
            3 |   - {name: a, processing_steps: [{rename: {a: b}}, {exclude: a}]}
              |                                  ----------------            ^
              |                                  |
              |                                  by this step
        "#]],
        ),
        (
            "{cast: {a: integer}}, {rename: {a: b}}, {cast: {b: text}}",
            expect![[r#"
            `b` is cast twice [conflict]
             --> api.yaml:3:82
              |
            3 |   - {name: a, processing_steps: [{cast: {a: integer}}, {rename: {a: b}}, {cast: {b: text}}]}
              |                                          - the first time                        ^ the second time
        "#]],
        ),
        (
            "{rename: {a: b, c: b}}",
            expect![[r#"
            two fields are renamed to `b` [name_clash]
             --> api.yaml:3:53
              |
            3 |   - {name: a, processing_steps: [{rename: {a: b, c: b}}]}
              |                                                     ^
        "#]],
        ),
        (
            "{rename: {a: a}}",
            expect![[r#"
            `a` is called so already [unused]
             --> api.yaml:3:47
              |
            3 |   - {name: a, processing_steps: [{rename: {a: a}}]}
              |                                               ^
        "#]],
        ),
        (
            "{rename: {a: a.b}}",
            expect![[r#"
            `a.b` would be within itself [name_clash]
             --> api.yaml:3:47
              |
            3 |   - {name: a, processing_steps: [{rename: {a: a.b}}]}
              |                                               ^^^
        "#]],
        ),
        (
            "{rename: {a: b}}, {add: {b: 1}}",
            expect![[r#"
            the records have a field `b` already [name_clash]
             --> api.yaml:3:59
              |
            3 |   - {name: a, processing_steps: [{rename: {a: b}}, {add: {b: 1}}]}
              |                                                           ^
              |
              = help: rename or `exclude` that one in a step before
        "#]],
        ),
        (
            "{add: {b: 1}}, {rename: {a: b}}",
            expect![[r#"
            the records have a field `b` already [name_clash]
             --> api.yaml:3:62
              |
            3 |   - {name: a, processing_steps: [{add: {b: 1}}, {rename: {a: b}}]}
              |                                  -------------               ^
              |                                  |
              |                                  from this step
              |
              = help: rename or `exclude` that one in a step before
        "#]],
        ),
        (
            "{include: [a, b]}, {rename: {a: b}}",
            expect![[r#"
            the records have a field `b` already [name_clash]
             --> api.yaml:3:66
              |
            3 |   - {name: a, processing_steps: [{include: [a, b]}, {rename: {a: b}}]}
              |                                                                  ^
              |
              = help: rename or `exclude` that one in a step before
        "#]],
        ),
    ] {
        check(&steps(wrong), expected);
    }
}

#[test]
fn what_is_added_is_known() {
    for (wrong, expected) in [
        (
            "{add: {a: '{params.x}'}}",
            expect![[r#"
            the request has no parameter `x` [unknown_placeholder]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{params.x}'}}]}
              |                                             ^^^^^^^^^^
        "#]],
        ),
        (
            "{add: {a: '{resources.p.x}'}}",
            expect![[r#"
            this resource has no parent to take fields from [missing_parent]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{resources.p.x}'}}]}
              |                                             ^^^^^^^^^^^^^^^
              |
              = help: a parent is named by a placeholder, `path: posts/{resources.posts.id}`
        "#]],
        ),
        (
            "{add: {a: '{incremental.start_value}'}}",
            expect![[r#"
            this endpoint has no `incremental` [unknown_placeholder]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{incremental.start_value}'}}]}
              |                                             ^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: add it beside `path`, `incremental: {cursor_path: updated_at}`
        "#]],
        ),
        (
            "{add: {a: '{secrets.token}'}}",
            expect![[r#"
            a secret cannot be a field of a record [invalid_placeholder]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{secrets.token}'}}]}
              |                                             ^^^^^^^^^^^^^^^
              |
              = help: name a setting, `{config.NAME}`, whose value may be shown
        "#]],
        ),
        (
            "{add: {a: '{name}'}}",
            expect![[r#"
            `{name}` has no value here [unknown_placeholder]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{name}'}}]}
              |                                             ^^^^^^
              |
              = help: a parent's field is `{resources.NAME.name}`, a value that your program gives the client `{config.name}`
              = help: literal braces are written twice, `{{` and `}}`
        "#]],
        ),
        (
            "{add: {a: '{record.list[*]}'}}",
            expect![[r#"
            `list[*]` may select several values, and a field takes one [invalid_selector]
             --> api.yaml:3:45
              |
            3 |   - {name: a, processing_steps: [{add: {a: '{record.list[*]}'}}]}
              |                                             ^^^^^^^^^^^^^^^^
        "#]],
        ),
        (
            "{add: {a: '{recrd.x}'}}",
            expect![[r#"
                `{recrd.x}` is not a placeholder [invalid_placeholder]
                 --> api.yaml:3:45
                  |
                3 |   - {name: a, processing_steps: [{add: {a: '{recrd.x}'}}]}
                  |                                             ^^^^^^^^^
                  |
                  = help: did you mean `{record.x}`?
            "#]],
        ),
    ] {
        check(&steps(wrong), expected);
    }
    check(
        &with_resources("  - {name: a, endpoint: {params: {x: '{record.id}', y: '{params.x}'}}}"),
        expect![[r#"
            `{record.…}` has no value here [unknown_placeholder]
             --> api.yaml:3:39
              |
            3 |   - {name: a, endpoint: {params: {x: '{record.id}', y: '{params.x}'}}}
              |                                       ^^^^^^^^^^^
              |
              = help: only `add` of `processing_steps` knows the record and its request

            `{params.…}` has no value here [unknown_placeholder]
             --> api.yaml:3:57
              |
            3 |   - {name: a, endpoint: {params: {x: '{record.id}', y: '{params.x}'}}}
              |                                                         ^^^^^^^^^^
              |
              = help: only `add` of `processing_steps` knows the record and its request
        "#]],
    );
}

/// All that names fields of a record sees it behind the steps.
#[test]
fn names_that_steps_remove() {
    check(
        &with_resources(
            "  - name: a
    primary_key: userId
    merge_key: user__id
    columns: {secret: {}, userId: {}, user: {fields: {id: {}, name: {}}}, items: {items: {fields: {x: {}}}}}
    endpoint: {incremental: {cursor_path: updatedAt}}
    processing_steps:
      - exclude: [secret, user.id, items.x]
      - rename: {userId: user_id, updatedAt: updated_at}
  - {name: b, endpoint: 'b/{resources.a.userId}', include_from_parent: {s: secret}}",
        ),
        expect![[r#"
            `primary_key` names `userId`, which is renamed to `user_id` [unknown_column]
              --> api.yaml:4:18
               |
             4 |     primary_key: userId
               |                  ^^^^^^
            ...
            10 |       - rename: {userId: user_id, updatedAt: updated_at}
               |         ------------------------------------------------ by this step
               |
               = help: name what the records have behind the `processing_steps`

            `merge_key` names `user.id`, which is excluded [unknown_column]
             --> api.yaml:5:16
              |
            5 |     merge_key: user__id
              |                ^^^^^^^^
            ...
            9 |       - exclude: [secret, user.id, items.x]
              |         ----------------------------------- by this step
              |
              = help: name what the records have behind the `processing_steps`

            the column `secret` is excluded [unknown_column]
             --> api.yaml:6:15
              |
            6 |     columns: {secret: {}, userId: {}, user: {fields: {id: {}, name: {}}}, items: {items: {fields: {x: {}}}}}
              |               ^^^^^^
            ...
            9 |       - exclude: [secret, user.id, items.x]
              |         ----------------------------------- by this step
              |
              = help: name what the records have behind the `processing_steps`

            the column `userId` is renamed to `user_id` [unknown_column]
              --> api.yaml:6:27
               |
             6 |     columns: {secret: {}, userId: {}, user: {fields: {id: {}, name: {}}}, items: {items: {fields: {x: {}}}}}
               |                           ^^^^^^
            ...
            10 |       - rename: {userId: user_id, updatedAt: updated_at}
               |         ------------------------------------------------ by this step
               |
               = help: name what the records have behind the `processing_steps`

            the column `user.id` is excluded [unknown_column]
             --> api.yaml:6:55
              |
            6 |     columns: {secret: {}, userId: {}, user: {fields: {id: {}, name: {}}}, items: {items: {fields: {x: {}}}}}
              |                                                       ^^
            ...
            9 |       - exclude: [secret, user.id, items.x]
              |         ----------------------------------- by this step
              |
              = help: name what the records have behind the `processing_steps`

            the column `items.x` is excluded [unknown_column]
             --> api.yaml:6:100
              |
            6 |     columns: {secret: {}, userId: {}, user: {fields: {id: {}, name: {}}}, items: {items: {fields: {x: {}}}}}
              |                                                                                                    ^
            ...
            9 |       - exclude: [secret, user.id, items.x]
              |         ----------------------------------- by this step
              |
              = help: name what the records have behind the `processing_steps`

            `cursor_path` is `updatedAt`, which is renamed to `updated_at` [unknown_column]
              --> api.yaml:7:43
               |
             7 |     endpoint: {incremental: {cursor_path: updatedAt}}
               |                                           ^^^^^^^^^
            ...
            10 |       - rename: {userId: user_id, updatedAt: updated_at}
               |         ------------------------------------------------ by this step
               |
               = help: name what the records have behind the `processing_steps`

            this takes `userId`, which is renamed to `user_id` [unknown_column]
              --> api.yaml:11:28
               |
            10 |       - rename: {userId: user_id, updatedAt: updated_at}
               |         ------------------------------------------------ by this step
            11 |   - {name: b, endpoint: 'b/{resources.a.userId}', include_from_parent: {s: secret}}
               |                            ^^^^^^^^^^^^^^^^^^^^
               |
               = help: name what the records have behind the `processing_steps`

            this takes `secret`, which is excluded [unknown_column]
              --> api.yaml:11:76
               |
             9 |       - exclude: [secret, user.id, items.x]
               |         ----------------------------------- by this step
            10 |       - rename: {userId: user_id, updatedAt: updated_at}
            11 |   - {name: b, endpoint: 'b/{resources.a.userId}', include_from_parent: {s: secret}}
               |                                                                            ^^^^^^
               |
               = help: name what the records have behind the `processing_steps`
        "#]],
    );
    check(
        &with_resources(
            "  - name: a
    columns: {id: {}, name: {}, day: {}, amount: {}}
    processing_steps: [{include: [id, title]}, {rename: {title: name}}, {add: {day: x}}]",
        ),
        expect![[r#"
            the column `amount` is not among the fields that are included [unknown_column]
             --> api.yaml:4:42
              |
            4 |     columns: {id: {}, name: {}, day: {}, amount: {}}
              |                                          ^^^^^^
            5 |     processing_steps: [{include: [id, title]}, {rename: {title: name}}, {add: {day: x}}]
              |                        ---------------------- by this step
              |
              = help: name what the records have behind the `processing_steps`
        "#]],
    );
    check(
        &with_resources(
            "  - name: a
    columns: {id: {}, nme: {}}
    endpoint: {record_columns: [id, name]}",
        ),
        expect![[r#"
            the column `nme` is not among `record_columns` [unknown_column]
             --> api.yaml:4:23
              |
            4 |     columns: {id: {}, nme: {}}
              |                       ^^^
        "#]],
    );
}

#[test]
fn how_records_are_put_together() {
    for (wrong, expected) in [
        (
            "data_selector: data, with: {code: $key}",
            expect![[r#"
            each record has the same key here [invalid_selector]
             --> api.yaml:3:60
              |
            3 |   - {name: a, endpoint: {data_selector: data, with: {code: $key}}}
              |                                                            ^^^^
              |
              = help: select the members of a mapping, `data_selector: "data.*"`
        "#]],
        ),
        (
            "with: {code: $key}",
            expect![[r#"
            `$key` requires a `data_selector` [invalid_selector]
             --> api.yaml:3:39
              |
            3 |   - {name: a, endpoint: {with: {code: $key}}}
              |                                       ^^^^
              |
              = help: select the members of a mapping, `data_selector: "data.*"`
        "#]],
        ),
        (
            "data_selector: 'data.*', with: {code: 'other.*.$key'}",
            expect![[r#"
            `data.*` does not lead through this [invalid_selector]
             --> api.yaml:3:64
              |
            3 |   - {name: a, endpoint: {data_selector: 'data.*', with: {code: 'other.*.$key'}}}
              |                                                                ^^^^^^^^^^^^^^
              |
              = help: write the beginning of `data_selector`
        "#]],
        ),
        (
            "data_selector: 'data.*', with: {x: 'list[*].id'}",
            expect![[r#"
            `list[*].id` may select several values, and a field takes one [invalid_selector]
             --> api.yaml:3:61
              |
            3 |   - {name: a, endpoint: {data_selector: 'data.*', with: {x: 'list[*].id'}}}
              |                                                             ^^^^^^^^^^^^
              |
              = help: a path that begins as `data_selector` does leads to what encloses the record, as in `groups[*].name` with `data_selector: groups[*].items`
        "#]],
        ),
        (
            "data_selector: 'data.*', with: {x: 'a[', '': b}",
            expect![[r#"
            this bracket is never closed [invalid_selector]
             --> api.yaml:3:63
              |
            3 |   - {name: a, endpoint: {data_selector: 'data.*', with: {x: 'a[', '': b}}}
              |                                                               ^
              |
              = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath

            the name of this field is empty [invalid_name]
             --> api.yaml:3:67
              |
            3 |   - {name: a, endpoint: {data_selector: 'data.*', with: {x: 'a[', '': b}}}
              |                                                                   ^^
        "#]],
        ),
        (
            "record_columns: [a, a, '']",
            expect![[r#"
            `record_columns` names `a` twice [duplicate_name]
             --> api.yaml:3:46
              |
            3 |   - {name: a, endpoint: {record_columns: [a, a, '']}}
              |                                              ^

            the name of this column is empty [invalid_name]
             --> api.yaml:3:49
              |
            3 |   - {name: a, endpoint: {record_columns: [a, a, '']}}
              |                                                 ^^
        "#]],
        ),
        (
            "record_columns: []",
            expect![[r#"
            `record_columns` has no names [wrong_type]
             --> api.yaml:3:42
              |
            3 |   - {name: a, endpoint: {record_columns: []}}
              |                                          ^^
        "#]],
        ),
        (
            "record_columns: [a], record_columns_path: b",
            expect![[r#"
            the values of a row have names already [conflict]
             --> api.yaml:3:68
              |
            3 |   - {name: a, endpoint: {record_columns: [a], record_columns_path: b}}
              |                                          --- these                 ^
              |
              = help: `record_columns` has the names, `record_columns_path` says where they are sent
        "#]],
        ),
        (
            "data_selector: 'rows[1:]', record_columns_path: 'rows[0]'",
            expect![[r#"
            this selects the values of the rows, where rows are lists [invalid_selector]
             --> api.yaml:3:41
              |
            3 |   - {name: a, endpoint: {data_selector: 'rows[1:]', record_columns_path: 'rows[0]'}}
              |                                         ^^^^^^^^^^
              |
              = help: select the list of the rows; a row that has the names, `record_columns_path: rows[0]`, is no record
        "#]],
        ),
        (
            "record_columns_path: [a]",
            expect![[r#"
            expected a path, or a mapping from places in a row to paths, found a list [wrong_type]
             --> api.yaml:3:47
              |
            3 |   - {name: a, endpoint: {record_columns_path: [a]}}
              |                                               ^^^
        "#]],
        ),
    ] {
        let endpoint = format!("  - {{name: a, endpoint: {{{wrong}}}}}");
        check(&with_resources(&endpoint), expected);
    }
}

#[test]
fn a_parents_field_and_one_that_is_made() {
    check(
        &with_resources(
            "  - p
  - name: a
    endpoint: 'p/{resources.p.id}'
    include_from_parent: {day: date}
    processing_steps: [{add: {day: x}}]",
        ),
        expect![[r#"
            `day` is a field that the records have already [name_clash]
             --> api.yaml:6:27
              |
            6 |     include_from_parent: {day: date}
              |                           ^^^
              |
              = help: leave one of them out, or choose another name
        "#]],
    );
}
