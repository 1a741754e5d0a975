//! `batch`: values of several records of a parent, or of a list, in one request.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};
use rest_source_plan::{
    Batch, Batched, Body, JsonTemplate, Param, Part, ResourcePlan, Selector, Template,
};

use super::{check, with_resources};

const USERS: &str = "  - users\n";

fn plan(resources: &str) -> ResourcePlan {
    let file = SourceFile::new("api.yaml", with_resources(&format!("{USERS}{resources}")));
    let output = compile(&file, "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    (*output.source.resources[1].plan).clone()
}

fn field(name: &'static str) -> Selector {
    Selector::Keys(vec![name.into()].into())
}

fn parent(name: &'static str) -> Template {
    Template(vec![Part::Parent(field(name))].into())
}

#[test]
fn a_field_with_a_batch_is_a_parameter_or_whatever_names_it() {
    let plan = plan(
        "  - name: a\n    endpoint:\n      params:\n        x: 1\n        \
         ids: {type: resolve, resource: users, field: id, batch: 50}\n        \
         names: {type: resolve, resource: users, field: name, batch: 50, separator: '|'}\n        \
         y: 'of {names}'\n      json: {ids: '{ids}', and: '{resources.users.id}'}\n      \
         headers: {X-Org: '{resources.users.org}'}\n",
    );
    let batched = |name, separator: &'static str| Batched {
        field: field(name),
        batch: Batch { size: 50, separator: separator.into(), ..Batch::DEFAULT },
        ..Batched::DEFAULT
    };
    let of_users = plan.parent.as_ref().unwrap();
    assert_eq!(of_users.batches[..], [batched("id", ","), batched("name", "|")]);
    let param = |name: &'static str, value| Param { name: name.into(), value, ..Param::DEFAULT };
    let of = vec![Part::Text("of ".into()), Part::Parent(field("name"))];
    assert_eq!(plan.endpoint.params[..], [param("x", "1".into()), param("y", Template(of.into()))]);
    let member = |name: &'static str| (name.into(), JsonTemplate::Text(parent("id")));
    let object = JsonTemplate::Object(vec![member("ids"), member("and")].into());
    assert_eq!(plan.endpoint.body, Some(Body::Json(object)));
}

#[test]
fn a_batch_that_nothing_names_is_a_query_parameter_in_its_place() {
    let plan = plan(
        "  - name: a\n    endpoint:\n      params:\n        x: 1\n        \
         ids: {type: resolve, resource: users, field: id, batch: 50}\n        y: 2\n",
    );
    let names: Vec<_> = plan.endpoint.params.iter().map(|param| param.name.as_text()).collect();
    assert_eq!(names, [Some("x"), Some("ids"), Some("y")]);
    assert_eq!(plan.endpoint.params[1].value, parent("id"));
}

/// A path that ends in several keys leads to a list, and one that ends in one leads to a record.
#[test]
fn a_path_of_several_keys_is_no_single_record() {
    let single = "  - {name: a, endpoint: {path: 'users/{ids}', params: {ids: {type: resolve, \
                  resource: users, field: id}}}}\n";
    assert_eq!(plan(single).endpoint.data_selector, Some(Selector::ROOT));
    let several = single.replace("field: id", "field: id, batch: 9");
    assert_eq!(plan(&several).endpoint.data_selector, None);
    assert_eq!(
        plan(&several.replace("/{ids}", "/{resources.users.id}/{ids}")).endpoint.data_selector,
        None
    );
    let list = "  - {name: a, for_each: {id: {values: [1, 2, 3], batch: 2}}, endpoint: \
                'users/{each.id}'}\n";
    let plan = plan(list);
    assert_eq!(plan.endpoint.data_selector, None);
    let batch = Batch { size: 2, ..Batch::DEFAULT };
    assert_eq!((plan.for_each[0].values.len(), &plan.for_each[0].batch), (3, &Some(batch)));
}

#[test]
fn what_a_batch_cannot_be_is_reported() {
    let resource = |name: &str, rest: &str| format!("  - {{name: {name}, {rest}}}\n");
    let with = |batch: &str| {
        format!(
            "endpoint: {{params: {{ids: {{type: resolve, resource: users, field: id, {batch}}}}}}}"
        )
    };
    let of = |batch: &str, rest: &str| format!("{}, {rest}", with(batch));
    let resources = [
        USERS.to_owned(),
        resource("a", &with("batch: 0")),
        resource("b", &with("batch: -1")),
        resource("c", &with("batch: many")),
        resource("d", &with("separator: ','")),
        resource("e", &with("batch: 5, separator: ''")),
        resource("f", &with("batsh: 5")),
        resource("g", &of("batch: 5", "include_from_parent: [name, {x: y}]")),
        resource("h", &of("batch: 5", "processing_steps: [{add: {of: '{resources.users.id}'}}]")),
        resource("i", &of("batch: 5", "for_each: {x: {values: [1], batch: 2}}")),
        resource(
            "j",
            "for_each: {x: {values: [1], batch: 2}}, include_from_each: [x], endpoint: \
                       'j/{each.x}'",
        ),
        resource(
            "k",
            "for_each: {x: {values: [1], batch: 2}}, endpoint: 'k/{each.x}', \
                       processing_steps: [{add: {of: '{each.x}'}}]",
        ),
        resource("l", "for_each: {x: {batch: 2}}, endpoint: 'l/{each.x}'"),
        resource(
            "m",
            "endpoint: {params: {a: {type: resolve, resource: users, field: id, batch: 2}, \
                       b: {type: resolve, resource: users, field: name, batch: 3}, \
                       c: {type: resolve, resource: users, field: id, batch: 2, separator: ';'}}}",
        ),
        resource(
            "n",
            "endpoint: {path: 'n/{a}', params: {a: {type: resolve, resource: users, field: id, \
                       batch: 2}}, incremental: {cursor_path: at, initial_value: '{resources.users.id}'}}, \
                       processing_steps: [{add: {of: '{a}'}}]",
        ),
    ];
    check(
        &with_resources(&resources.concat()),
        expect![[r#"
        a request has at least one value [invalid_number]
         --> api.yaml:4:91
          |
        4 |   - {name: a, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: 0}}}}
          |                                                                                           ^
          |
          = help: `batch` is 1 or above, at most what the API takes in one request

        `-1` is not a whole number, 0 or above [invalid_number]
         --> api.yaml:5:91
          |
        5 |   - {name: b, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: -1}}}}
          |                                                                                           ^^

        expected a whole number, found the text `many` [wrong_type]
         --> api.yaml:6:91
          |
        6 |   - {name: c, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: many}}}}
          |                                                                                           ^^^^

        the path has no placeholder `{ids}` for this [unused]
         --> api.yaml:7:35
          |
        7 |   - {name: d, endpoint: {params: {ids: {type: resolve, resource: users, field: id, separator: ','}}}}
          |                                   ^^^
          |
          = help: outside of the path a parent's field is `"{resources.NAME.FIELD}"`
          = help: values of several records, `batch: 50`, may be sent as a parameter

        `separator` is between the values of a batch, and there is none [invalid_batch]
         --> api.yaml:7:95
          |
        7 |   - {name: d, endpoint: {params: {ids: {type: resolve, resource: users, field: id, separator: ','}}}}
          |                                                                                               ^^^
          |
          = help: say how many values share one request, `batch: 50`

        without a separator the server cannot tell the values apart [invalid_batch]
         --> api.yaml:8:105
          |
        8 |   - {name: e, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: 5, separator: ''}}}}
          |                                                                                                         ^^
          |
          = help: write what the API splits them at, `separator: ","`

        a `resolve` parameter has no key `batsh` [unknown_key]
         --> api.yaml:9:84
          |
        9 |   - {name: f, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batsh: 5}}}}
          |                                                                                    ^^^^^ did you mean `batch`?

        expected text, found a mapping [wrong_type]
          --> api.yaml:10:125
           |
        10 |   - {name: g, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: 5}}}, include_from_parent: [name, {x: y}]}
           |                                                                                                                             ^^^^^^

        several records of the parent share a request, so that no field of one is known [invalid_batch]
          --> api.yaml:11:128
           |
        11 | ... resource: users, field: id, batch: 5}}}, processing_steps: [{add: {of: '{resources.users.id}'}}]}
           |                                        - they share it by this              ^^^^^^^^^^^^^^^^^^^^
           |
           = help: leave it out if the records say themselves what they belong to; without `batch` each record of the parent has requests of its own

        no request uses `{each.x}` [unused]
          --> api.yaml:12:108
           |
        12 |   - {name: i, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: 5}}}, for_each: {x: {values: [1], batch: 2}}}
           |                                                                                                            ^
           |
           = help: write it into the path, a parameter, a header or the body, `"{each.x}"`

        a resource has one batch, and this is the second [invalid_batch]
          --> api.yaml:12:132
           |
        12 |   - {name: i, endpoint: {params: {ids: {type: resolve, resource: users, field: id, batch: 5}}}, for_each: {x: {values: [1], batch: 2}}}
           |                                                                                           - the first                              ^
           |
           = help: without `batch` each value has requests of its own

        a request has several values of `x`, so that no one is known [invalid_batch]
          --> api.yaml:13:75
           |
        13 |   - {name: j, for_each: {x: {values: [1], batch: 2}}, include_from_each: [x], endpoint: 'j/{each.x}'}
           |                                                  - they share it by this  ^
           |
           = help: leave it out, or leave `batch` out

        a request has several values of `{each.x}`, and a field takes one [invalid_batch]
          --> api.yaml:14:110
           |
        14 |   - {name: k, for_each: {x: {values: [1], batch: 2}}, endpoint: 'k/{each.x}', processing_steps: [{add: {of: '{each.x}'}}]}
           |                                                                                                              ^^^^^^^^
           |
           = help: without `batch` each value has requests of its own

        a list needs the key `values` [missing_key]
          --> api.yaml:15:29
           |
        15 |   - {name: l, for_each: {x: {batch: 2}}, endpoint: 'l/{each.x}'}
           |                             ^^^^^^^^^^

        a request has as many values of each field, and these batches differ [invalid_batch]
          --> api.yaml:16:149
           |
        16 | ...esource: users, field: id, batch: 2}, b: {type: resolve, resource: users, field: name, batch: 3}, c: {type: resolve, resource: us...
           |                                      - the first                                                 ^

        the values of this field are joined already [invalid_batch]
          --> api.yaml:16:207
           |
        16 | ...tch: 2}, b: {type: resolve, resource: users, field: name, batch: 3}, c: {type: resolve, resource: users, field: id, batch: 2, sep...
           |         - the first                                                                                                           ^

        a bound of the range takes one value, and a request has several of this field [invalid_batch]
          --> api.yaml:17:104
           |
        17 |   - {name: n, endpoint: {path: 'n/{a}', params: {a: {type: resolve, resource: users, field: id, batch: 2}}, incremental: {cursor_pat...
           |                                                                                                        ^

        a request has several values of `{a}`, and a field takes one [invalid_batch]
          --> api.yaml:17:212
           |
        17 | ...alue: '{resources.users.id}'}}, processing_steps: [{add: {of: '{a}'}}]}
           |                                                                   ^^^
           |
           = help: without `batch` each value has requests of its own
    "#]],
    );
}
