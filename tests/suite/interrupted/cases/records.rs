//! Steps that change records, and what makes records of maps, envelopes and rows.

use serde_json::{Value, json};

use super::super::{
    Case,
    server::{Answer, Asked, after, part, records},
};

pub(super) const CASES: &[Case] = &[
    // Of each kind of step one resource, and one of all of them.
    Case {
        name: "steps",
        description: r#"
resource_defaults:
  endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}
resources:
  - {name: filtered, processing_steps: [{filter: "@.kind in ['a', 'b'] && @.id != 2"}]}
  - {name: excluded, processing_steps: [{exclude: [at, deep.secret]}]}
  - {name: included, processing_steps: [{include: [id, deep.n]}]}
  - {name: renamed, processing_steps: [{rename: {id: key, deep.n: depth}}]}
  - {name: cast, processing_steps: [{cast: {id: text, n: integer}}]}
  - {name: added, processing_steps: [{add: {source: crm, page: "{params.after}", label: "{record.kind}-{record.id}"}}]}
  - name: all
    primary_key: key
    processing_steps:
      - filter: "@.kind in ['a', 'b']"
      - rename: {id: key}
      - exclude: [deep.secret]
      - cast: {key: text}
      - add: {label: "{record.kind}-{record.key}"}
      - include: [key, label, at]
"#,
        answer: |asked| after(asked, &of_kinds(7), 2),
        // Every third record is of another kind.
        records: 4 + 7 + 7 + 7 + 7 + 7 + 5,
        ..Case::BASE
    },
    // Pages count what was sent: the second one has nothing that the filter keeps.
    Case {
        name: "filtered_pages",
        description: r#"
resources:
  - name: by_offset
    processing_steps: [{filter: "@.id < 3 || @.id > 4"}]
    endpoint: {data_selector: data, paginator: {type: offset, limit: 2, total_path: null}}
  - name: by_page
    processing_steps: [{filter: "@.id < 3 || @.id > 4"}]
    endpoint: {data_selector: data, paginator: {type: page_number, base_page: 0, limit: 2, limit_param: limit, total_path: null, stop_after_short_page: true}}
"#,
        answer: |asked| {
            let from = asked.number("offset").or(asked.number("page").map(|page| page * 2));
            json!({"data": part(&records(7), from.unwrap(), 2).0}).into()
        },
        records: 10,
        ..Case::BASE
    },
    // What a filter leaves out moves the bound of the next run.
    Case {
        name: "steps_of_a_range",
        description: r#"
resources:
  - name: events
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: moment, initial_value: "2024-01-01T00:00:00Z", end_value: now, start_param: since}
    processing_steps:
      - filter: "@.kind == 'a'"
      - rename: {at: moment}
      - add: {since: "{incremental.start_value}", until: "{incremental.end_value}"}
"#,
        answer: |asked| {
            let is_first = asked.text("since").starts_with("2024-01-01");
            let all = of_kinds(if is_first { 7 } else { 12 });
            let is_new = |one: &Value| one["at"].as_str().unwrap() >= asked.text("since");
            after(asked, &all.into_iter().filter(is_new).collect::<Vec<Value>>(), 2)
        },
        records: 3,
        ..Case::BASE
    },
    Case {
        name: "steps_of_children",
        description: r#"
resources:
  - {name: users, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}, processing_steps: [{filter: "@.id != 2"}, {rename: {id: key}}]}
  - name: events
    for_each: {kind: [login, logout]}
    endpoint:
      path: "events/{resources.users.key}"
      params: {kind: "{each.kind}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
    processing_steps: [{filter: "@.id != 2"}, {add: {user: "{resources.users.key}", kind: "{params.kind}"}}]
"#,
        answer: |asked| match asked.path.as_str() {
            "users" => after(asked, &records(3), 2),
            _ => after(asked, &records(5), 2),
        },
        records: 16,
        again: &["users"],
        ..Case::BASE
    },
    Case {
        name: "envelopes_and_rows",
        description: r#"
resources:
  - name: maps
    endpoint:
      data_selector: "rates.*"
      with: {currency: $key, base: base}
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
  - name: rows
    endpoint: {data_selector: rows, record_columns: [id, name], paginator: {type: cursor, cursor_path: next, cursor_param: after}}
  - name: named_rows
    endpoint: {data_selector: rows, record_columns_path: columns, paginator: {type: cursor, cursor_path: next, cursor_param: after}}
  - name: rows_below_their_names
    endpoint: {data_selector: rows, record_columns_path: "rows[0]", paginator: {type: offset, limit: 2, total_path: total}}
  - name: optional
    endpoint: {data_selector: list, data_selector_required: false, paginator: {type: cursor, cursor_path: next, cursor_param: after}}
"#,
        answer: envelopes,
        records: 5 + 5 + 5 + 5 + 3,
        ..Case::BASE
    },
    Case {
        name: "actions",
        description: r#"
resources:
  - {name: users, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - name: events
    include_from_parent: [id]
    endpoint:
      path: "events/{resources.users.id}"
      data_selector: data
      response_format: json
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      response_actions:
        - {status_code: 404, action: ignore}
        - {status_code: 400, content: gone, action: ignore}
        - {where: "@.code == 7", action: ignore}
"#,
        answer: |asked| match asked.path.as_str() {
            "users" => after(asked, &records(5), 2),
            "events/2" => Answer::status(404),
            "events/3" => json!({"code": 7}).into(),
            _ => after(asked, &records(3), 2),
        },
        records: 9,
        again: &["users"],
        ..Case::BASE
    },
];

/// Records of the kinds `a`, `b` and `c`, one after the other.
fn of_kinds(count: usize) -> Vec<Value> {
    let mut all = records(count);
    for (record, kind) in all.iter_mut().zip(["a", "b", "c"].iter().cycle()) {
        record["kind"] = json!(kind);
        record["n"] = json!("12");
        record["deep"] = json!({"n": record["id"], "secret": 1});
    }
    all
}

fn envelopes(asked: &Asked) -> Answer {
    let from = asked.number("offset").or(asked.number("after")).unwrap_or(0);
    let ids: Vec<usize> = (1..=5).collect();
    let (ids, next) = part(&ids, from, 2);
    let rows = ids.iter().map(|id| json!([id, format!("name {id}")]));
    match asked.path.as_str() {
        "maps" => {
            let rates: serde_json::Map<String, Value> =
                ids.iter().map(|id| (format!("C{id}"), json!({"rate": id}))).collect();
            json!({"base": "CHF", "rates": rates, "next": next}).into()
        }
        "rows_below_their_names" => {
            let rows: Vec<Value> = [json!(["id", "name"])].into_iter().chain(rows).collect();
            json!({"rows": rows, "total": 5}).into()
        }
        // The second page has no list.
        "optional" if from == 2 => json!({ "next": next }).into(),
        "optional" => {
            let list: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
            json!({"list": list, "next": next}).into()
        }
        _ => {
            let rows: Vec<Value> = rows.collect();
            json!({"rows": rows, "columns": ["id", "name"], "next": next}).into()
        }
    }
}
