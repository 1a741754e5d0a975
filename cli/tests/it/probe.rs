//! `probe`: what an API has beside what its description says.

use expect_test::expect;

use super::{
    Folder,
    api::{Api, Asked, without_times},
    run,
};

/// What is declared of it is little.
const SHOP: &str = r#"
client:
  base_url: URL
  retry: {max_retries: 0}
resources:
  - name: customers
    columns: {id: {data_type: bigint}, worth: {data_type: decimal}}
  - name: orders
    endpoint: {path: "customers/{resources.customers.id}/orders", data_selector: $, paginator: single_page}
  - name: gone
  - name: lines
    endpoint: {path: "orders/{order_id}/lines", data_selector: $, paginator: single_page}
"#;

fn shop(asked: &Asked) -> (u16, String) {
    let body = match &*asked.target {
        "/customers" => {
            r#"{"customers": [
                {"id": 1, "born": "1999-12-31", "Joined at": "2024-01-01T00:00:00Z", "vip": true},
                {"id": 2, "born": null, "Joined at": "2024-01-02T00:00:00+01:00", "score": 1},
                {"id": 3, "born": "2000-01-01", "score": 1.5, "tags": ["a"], "note": null}
            ], "paging": {"next": "/customers?page=2"}}"#
        }
        "/customers/1/orders" => {
            r#"[{"no": 18446744073709551616000, "at": "2024-01-01T10:00:00"}]"#
        }
        "/orders/7/lines" => "[]",
        _ => return (410, "{}".to_owned()),
    };
    (200, body.to_owned())
}

#[test]
fn what_is_seen_stands_beside_what_is_declared() {
    let api = Api::start(shop);
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    let run = run(&mut folder.command("probe shop.yaml --allow auto_paginator"), "");
    expect![[r#"
        resources:
        # customers: GET URL/customers, status 200
        #   3 records at `customers`, which was found out
        #   paginator {type: json_link, next_url_path: paging.next}, which was found out; this page is not the last one
        #   declared and not seen: worth
        - name: customers
          columns:
            born: {data_type: date} # 1 without
            "Joined at": {data_type: timestamp} # 1 without
            vip: {data_type: bool} # 2 without
            score: {data_type: double} # 1 without
            tags: {data_type: json} # 2 without
            note: {data_type: text} # only null was seen
          endpoint:
            data_selector: customers
            paginator: {type: json_link, next_url_path: paging.next}
        # orders: GET URL/customers/1/orders, status 200
        #   1 record at `$`, as the description says
        #   paginator single_page, as the description says; this is the page of one record of its parent
        - name: orders
          columns:
            "no": {data_type: wei}
            at: {data_type: timestamp, timezone: false}
        # gone: GET URL/gone, status 410
        #   it failed
    "#]].assert_eq(&run.stdout.replace(&api.url, "URL"));
    expect![[r#"
        lines is left out: it needs --arg order_id=VALUE
        error: gone, page 1: GET URL/gone answered 410 Gone (1 try in … s): {}
    "#]]
    .assert_eq(&without_times(&run.stderr.replace(&api.url, "URL")));
    assert_eq!(run.status, 1);
    // One page of each, and the parent's once more for its child.
    let asked = ["/customers", "/customers", "/customers/1/orders", "/gone"];
    assert_eq!(api.targets(), asked);
}

#[test]
fn arguments_and_parameters_go_into_the_request() {
    let api = Api::start(shop);
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "http://127.0.0.1:9"))]);
    let command = "probe shop.yaml lines --arg order_id=7 --allow auto_paginator --base-url";
    let run = run(&mut folder.command(&format!("{command} {}", api.url)), "");
    expect![[r#"
        resources:
        # lines: GET URL/orders/7/lines, status 200
        #   0 records at `$`, as the description says
        #   paginator single_page, as the description says; this page is the last one
        #   the description says all that is there
    "#]]
    .assert_eq(&run.stdout.replace(&api.url, "URL"));
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn that_it_waits_for_a_server_is_said() {
    let description = "client: {base_url: 'http://127.0.0.1:9', paginator: single_page, \
                       retry: {max_retries: 1, max_delay: 0.01}}\nresources: [items]\n";
    let folder = Folder::with(&[("api.yaml", description)]);
    let run = run(folder.command("probe api.yaml").env("NO_PROXY", "127.0.0.1"), "");
    assert!(run.stderr.contains("WARN trying again retry=1"), "{}", run.stderr);
    assert!(
        run.stderr.contains("error: items, page 1: GET http://127.0.0.1:9/items"),
        "{}",
        run.stderr
    );
    assert_eq!(run.status, 1);
}

/// What is printed can be pasted: with it the description says all that is there.
#[test]
fn what_is_printed_is_part_of_a_description() {
    let api = Api::start(shop);
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    let first = run(&mut folder.command("probe shop.yaml customers --allow auto_paginator"), "");
    let pasted = format!("client: {{base_url: '{}'}}\n{}", api.url, first.stdout);
    folder.write("pasted.yaml", pasted.as_bytes());
    let second = run(&mut folder.command("probe pasted.yaml"), "");
    assert_eq!((second.stderr.as_str(), second.status), ("", 0));
    assert!(!second.stdout.contains("data_selector:"), "{}", second.stdout);
    assert!(!second.stdout.contains("born"), "{}", second.stdout);
}
