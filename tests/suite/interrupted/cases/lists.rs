//! Resources that are fetched for lists, for several parents, and for several records at once.

use serde_json::{Value, json};

use super::super::{
    Case,
    server::{Answer, Asked, after, records},
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "for_each",
        description: r#"
config:
  repos: {type: list}
resources:
  - name: issues
    for_each: {repo: "{config.repos}", state: [open, closed]}
    include_from_each: {repository: repo, state: state}
    endpoint:
      path: "repos/{each.repo}/issues"
      params: {state: "{each.state}"}
      headers: {X-Repo: "{each.repo}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
        answer: |asked| after(asked, &records(3), 2),
        records: 12,
        settings: &[("repos", "docs,site")],
        ..Case::BASE
    },
    Case {
        name: "for_each_in_forms",
        description: r#"
resources:
  - name: details
    for_each: {id: [1, 2, 3, 4]}
    include_from_each: [id]
    endpoint: {path: search, method: POST, data: {id: "{each.id}"}, data_selector: data, paginator: single_page}
"#,
        answer: |asked| json!({"data": [{"of": asked.field("id")}]}).into(),
        records: 4,
        ..Case::BASE
    },
    Case {
        name: "for_each_in_batches",
        description: r#"
resources:
  - name: rates
    for_each: {id: {values: [1, 2, 3, 4, 5], batch: 2, separator: "+"}, kind: [spot, mean]}
    include_from_each: [kind]
    endpoint:
      params: {ids: "{each.id}", kind: "{each.kind}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
        answer: |asked| of_ids(asked, '+'),
        records: 20,
        ..Case::BASE
    },
    Case {
        name: "for_each_of_parents",
        description: r#"
resources:
  - {name: users, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - name: events
    for_each: {kind: [login, logout]}
    include_from_each: [kind]
    include_from_parent: {user: id}
    endpoint:
      path: "events/{resources.users.id}"
      params: {kind: "{each.kind}"}
      data_selector: data
      paginator: {type: offset, limit: 2, total_path: null}
"#,
        answer: |asked| {
            match asked.path.as_str() {
            "users" => after(asked, &records(3), 2),
            _ => json!({"data": super::super::server::part(&records(3), asked.number("offset").unwrap(), 2).0}).into(),
        }
        },
        records: 18,
        again: &["users"],
        ..Case::BASE
    },
    Case {
        name: "batches_of_records",
        description: r#"
resources:
  - {name: users, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - name: statuses
    endpoint:
      path: statuses
      params: {ids: {type: resolve, resource: users, field: id, batch: 2, separator: ";"}}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
        answer: |asked| match asked.path.as_str() {
            "users" => after(asked, &records(5), 3),
            _ => of_ids(asked, ';'),
        },
        records: 10,
        again: &["users"],
        ..Case::BASE
    },
    Case {
        name: "product_of_parents",
        description: r#"
resources:
  - {name: stores, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - {name: products, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - name: stock
    include_from_parent: {store: stores.id, product: products.id}
    endpoint:
      path: "stock/{resources.stores.id}/{resources.products.id}"
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
        answer: |asked| match asked.path.as_str() {
            "products" => after(asked, &records(2), 1),
            _ => after(asked, &records(3), 2),
        },
        records: 18,
        again: &["stores", "products"],
        ..Case::BASE
    },
];

/// Two records of each of the ids, on pages of three.
fn of_ids(asked: &Asked, separator: char) -> Answer {
    let of_id = |id: &str| [json!({"id": id, "n": 1}), json!({"id": id, "n": 2})];
    let all: Vec<Value> = asked.text("ids").split(separator).flat_map(of_id).collect();
    after(asked, &all, 3)
}
