//! `probe`: what an API has beside what its description says.

use expect_test::expect;

use super::{
    Folder,
    api::{Api, Asked},
    run,
    shown::shown,
};

/// What is declared of it is little; the customers come on two pages.
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
        "/customers?page=2" => {
            r#"{"customers": [{"id": 4, "tags": []}], "paging": {"next": null}}"#
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
        #   3 records at `customers`, which was detected
        #   paginator {type: json_link, next_url_path: paging.next}, which was detected; the second page has 1 record
        #   declared and not seen: worth
        #   column note: only null was seen
        - name: customers
          # primary_key: id
          columns:
            born: {data_type: date} # 2 without
            "Joined at": {data_type: timestamp} # 2 without
            vip: {data_type: bool} # 3 without
            score: {data_type: double} # 2 without
            tags: # 2 without
              items: {data_type: text}
          endpoint:
            data_selector: customers
            paginator: {type: json_link, next_url_path: paging.next}
        # orders: GET URL/customers/1/orders, status 200
        #   1 record at `$`, as the description says
        #   paginator single_page, as the description says; this page of one record of its parent is the last one
        #   primary_key: "no" (unique on this page)
        - name: orders
          columns:
            "no": {data_type: wei}
            at: {data_type: timestamp, timezone: false}
        # gone: GET URL/gone, status 410
        #   it failed
    "#]].assert_eq(&shown(&run.stdout));
    expect![[r#"
        lines is skipped: it needs --arg order_id=VALUE
        error: gone, page 1: GET URL/gone answered 410 Gone (1 try in … s): {}
    "#]]
    .assert_eq(&shown(&run.stderr));
    assert_eq!(run.status, 1);
}

#[test]
fn formats_of_times_are_detected() {
    let api = Api::start(|_| {
        let body = r#"[{"paid": "01/02/2024", "due": "03/04/2024", "updated_at": 1704067200000, "count": 1704067200},
            {"paid": "31/01/2024", "due": "05/06/2024", "updated_at": 1704067200001, "count": 1704067201}]"#;
        (200, body.to_owned())
    });
    let description = "client: {base_url: URL, paginator: single_page}\nresources:\n  - name: bills\n    \
                       endpoint: {data_selector: $}\n";
    let folder = Folder::with(&[("bills.yaml", &description.replace("URL", &api.url))]);
    let run = run(&mut folder.command("probe bills.yaml"), "");
    expect![[r#"
        resources:
        # bills: GET URL/bills, status 200
        #   2 records at `$`, as the description says
        #   paginator single_page, as the description says; this page is the last one
        #   incremental: {cursor_path: paid, cursor_format: "%d/%m/%Y"} (its values are times)
        #   incremental: {cursor_path: due, cursor_format: "%d/%m/%Y" or "%m/%d/%Y"} (its values are times)
        #   incremental: {cursor_path: updated_at, cursor_format: epoch_ms} (its values are times)
        - name: bills
          columns:
            paid: {data_type: text}
            due: {data_type: text}
            updated_at: {data_type: bigint}
            count: {data_type: bigint}
    "#]].assert_eq(&shown(&run.stdout));
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
        #   there is nothing to add to the description
    "#]]
    .assert_eq(&shown(&run.stdout));
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn that_it_waits_for_a_server_is_said() {
    let description = "client: {base_url: 'http://127.0.0.1:9', paginator: single_page, \
                       retry: {max_retries: 1, max_delay: 0.01}}\nresources: [items]\n";
    let folder = Folder::with(&[("api.yaml", description)]);
    let run = run(folder.command("probe api.yaml").env("NO_PROXY", "127.0.0.1"), "");
    expect![[r#"
         WARN trying again retry=1 wait_ms=10 cause="no connection"
        error: items, page 1: GET http://127.0.0.1:9/items could not connect: Connection refused (os error 111) (2 tries in … s)
    "#]].assert_eq(&shown(&run.stderr));
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

/// Records with nested ones, lists, and names that no column can have.
const BOOKS: &str = r#"{"books": [
    {"id": 7, "author": {"id": 1, "name": "Ann"}, "tags": ["a"], "": 1, "'": 2, "lines": [{"no": 1}],
     "closed": null, "links": {}, "mixed": 1},
    {"id": 8, "author": {"id": 2, "name": null}, "tags": [], "": 1, "'": 2, "lines": [],
     "closed": null, "links": {}, "mixed": [1]}
], "next_url": null}"#;

fn books(_: &Asked) -> (u16, String) {
    (200, BOOKS.to_owned())
}

#[test]
fn nested_values_are_declared_as_the_tables_have_them() {
    let api = Api::start(books);
    let text = format!("client: {{base_url: '{}'}}\nresources: [books]\n", api.url);
    let folder = Folder::with(&[("books.yaml", &text)]);
    let run = run(&mut folder.command("probe books.yaml --allow auto_paginator"), "");
    expect![[r#"
        resources:
        # books: GET URL/books, status 200
        #   2 records at `books`, which was detected
        #   paginator {type: json_link, next_url_path: next_url}, which was detected; this page is the last one
        #   column closed: only null was seen
        #   column links: its fields have no values
        #   column mixed: its values are of several kinds
        #   column "": no Rust name can be made of the column ``
        #   column "'": no Rust name can be made of the column `'`
        #   paginator: {type: json_link, next_url_path: next_url} (there was no second page to try it with)
        - name: books
          primary_key: id
          columns:
            id: {data_type: bigint}
            author:
              fields:
                id: {data_type: bigint}
                name: {data_type: text}
            tags:
              items: {data_type: text}
            lines:
              items:
                fields:
                  "no": {data_type: bigint}
          endpoint:
            data_selector: books
    "#]].assert_eq(&shown(&run.stdout));
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn it_is_written_into_the_file_once() {
    let api = Api::start(shop);
    let text = format!(
        "# The shop.\nclient: {{base_url: '{}'}}\nresources:\n  - name: customers # all of them\n    \
         # notes\n    columns:\n      id: {{data_type: bigint}} # the key\n  - {{name: lines, \
         endpoint: {{path: orders/7/lines, paginator: single_page}}}}\n",
        api.url
    );
    let folder = Folder::with(&[("shop.yaml", &text)]);
    let command = "probe shop.yaml --write --allow auto_paginator";
    let first = run(&mut folder.command(command), "");
    assert_eq!(first.status, 0, "{}", first.stderr);
    let written = folder.read("shop.yaml");
    expect![[r##"
        # The shop.
        client: {base_url: 'URL'}
        resources:
          - name: customers # all of them
            # notes
            columns:
              id: {data_type: bigint} # the key
              born: {data_type: date}
              "Joined at": {data_type: timestamp}
              vip: {data_type: bool}
              score: {data_type: double}
              tags:
                items: {data_type: text}
            primary_key: id
            endpoint:
              data_selector: customers
              paginator: {type: json_link, next_url_path: paging.next}
          - {name: lines, endpoint: {path: orders/7/lines, paginator: single_page, data_selector: $}}
    "##]].assert_eq(&shown(&written));
    let second = run(&mut folder.command("probe shop.yaml --write"), "");
    assert_eq!(second.status, 0, "{}", second.stderr);
    assert_eq!(folder.read("shop.yaml"), written);
}

#[test]
fn what_cannot_be_written_into_is_refused() {
    let description = "client: {base_url: 'http://127.0.0.1:9', paginator: single_page}\n\
                       resources: [items]\n";
    let folder = Folder::with(&[("api.yaml", description), ("api.json", "{}")]);
    let mut said = String::new();
    for (file, input) in [("-", description), ("api.json", ""), ("api.yaml --source shop", "")] {
        let run = run(&mut folder.command(&format!("probe {file} --write")), input);
        assert_eq!(run.status, 2);
        said.extend(["$ probe ", file, " --write\n", &run.stderr]);
    }
    expect![[r#"
        $ probe - --write
        error: standard input cannot be written into
          help: leave `--write` out and paste what is printed
        $ probe api.json --write
        error: `--write` writes into YAML files that describe one source
          help: leave `--write` out and paste what is printed
        $ probe api.yaml --source shop --write
        error: `--write` writes into YAML files that describe one source
          help: leave `--write` out and paste what is printed
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_paginator_that_the_response_contradicts_is_named() {
    let api = Api::start(|asked: &Asked| {
        let is_first = !asked.target.contains("after");
        let cursor = if is_first { "\"2\"" } else { "null" };
        let body = format!("{{\"items\": [{{\"id\": 1}}], \"meta\": {{\"after\": {cursor}}}}}");
        (200, body)
    });
    let text = format!(
        "client: {{base_url: '{}'}}\nresources:\n- name: items\n  endpoint: {{data_selector: items, \
         paginator: {{type: json_link, next_url_path: links.next}}}}\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &text)]);
    let run = run(&mut folder.command("probe api.yaml"), "");
    expect![[r#"
        resources:
        # items: GET URL/items, status 200
        #   1 record at `items`, as the description says
        #   paginator json_link, as the description says: items, page 1: the response has no next link (`next_url_path: links.next`), but there are more records: `meta.after` is "2"; the response shows `paginator: {type: cursor, cursor_path: meta.after, cursor_param: after}`
        - name: items
          primary_key: id
          columns:
            id: {data_type: bigint}
    "#]].assert_eq(&shown(&run.stdout));
    assert_eq!(run.status, 1);
}

/// A server that does not know the parameter of the next page gives the first one again.
#[test]
fn a_second_page_that_is_the_first_one_contradicts_the_paginator() {
    let api = Api::start(|_: &Asked| (200, r#"{"items": [{"id": 1}, {"id": 2}]}"#.to_owned()));
    let text = format!(
        "client: {{base_url: '{}'}}\nresources:\n- name: items\n  endpoint: {{data_selector: items, \
         paginator: {{type: page_number, page_param: pg, total_path: null}}}}\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &text)]);
    let run = run(&mut folder.command("probe api.yaml"), "");
    expect![[r#"
        resources:
        # items: GET URL/items?pg=0, status 200
        #   2 records at `items`, as the description says
        #   paginator page_number is contradicted: the second page has the same records as the first, so that the server ignores what requests the next page: look up the parameter's name in the API's documentation
        - name: items
          primary_key: id
          columns:
            id: {data_type: bigint}
    "#]].assert_eq(&shown(&run.stdout));
    assert_eq!(run.status, 1);
}

/// What a description says of the end is tried, too: a flag that says the opposite, and a total that is the
/// number of each page's records.
#[test]
fn an_end_that_the_second_page_contradicts_is_named() {
    let api = Api::start(|asked: &Asked| {
        let is_second =
            ["page=1", "offset=2", "after=a"].iter().any(|one| asked.target.contains(one));
        let is_behind =
            ["page=3", "offset=4", "after=b"].iter().any(|one| asked.target.contains(one));
        let (ids, rest, next) = match (is_second, is_behind) {
            (_, true) => ("", false, "null"),
            (true, _) => ("{\"id\": 3}, {\"id\": 4}", false, "\"b\""),
            _ if asked.target.contains("page=2") => ("{\"id\": 5}", false, "null"),
            _ => ("{\"id\": 1}, {\"id\": 2}", true, "\"a\""),
        };
        let count = ids.matches("id").count();
        (200, format!("{{\"items\": [{ids}], \"n\": {count}, \"rest\": {rest}, \"at\": {next}}}"))
    });
    let mut said = String::new();
    for (paginator, is_right) in [
        ("{type: page_number, total_path: null, end_path: rest}", false),
        ("{type: cursor, cursor_path: at, cursor_param: after, end_path: rest}", false),
        ("{type: offset, limit: 2, total_path: n}", false),
        ("{type: page_number, total_path: n}", false),
        ("{type: cursor, cursor_path: at, cursor_param: after, total_path: n}", false),
        ("{type: page_number, total_path: null, has_more_path: rest}", true),
        ("{type: offset, limit: 2, total_path: null}", true),
    ] {
        let text = format!(
            "client: {{base_url: '{}'}}\nresources:\n- name: items\n  endpoint: {{data_selector: items, \
             paginator: {paginator}}}\n",
            api.url
        );
        let folder = Folder::with(&[("api.yaml", &text)]);
        let run = run(&mut folder.command("probe api.yaml"), "");
        assert_eq!(run.status, i32::from(!is_right), "{paginator} {}", run.stderr);
        said.extend(run.stdout.lines().filter(|line| line.contains("second")));
        said.push('\n');
    }
    expect![[r#"
        #   `page_number` ends at this page, but the second page has 2 records, so that `rest` is no `end_path`; if it says that there are more, it is `has_more_path`
        #   `cursor` ends at this page, but the second page has 2 records, so that `rest` is no `end_path`; if it says that there are more, it is `has_more_path`
        #   paginator offset, as the description says, is contradicted: `n` is how many records a page has (2 records on the first one, 2 records on the second one), and no total; say `total_path: null`, or where the total is
        #   paginator page_number, as the description says, is contradicted: `n` is how many records a page has (2 records on the first one, 2 records on the second one), and no total; say `total_path: null`, or where the total is
        #   paginator cursor, as the description says, is contradicted: `n` is how many records a page has (2 records on the first one, 2 records on the second one), and no total; say `total_path: null`, or where the total is
        #   paginator page_number, as the description says; the second page has 2 records
        #   paginator offset, as the description says; the second page has 2 records
    "#]].assert_eq(&shown(&said));
}

/// Readings on two pages, of which the second one has other values.
fn readings(asked: &Asked) -> (u16, String) {
    let body = if asked.target.contains("page=2") {
        r#"{"readings": [{"id": 2, "value": 7.5, "at": "noon", "unit": "K", "note": true}],
            "next": null}"#
    } else {
        r#"{"readings": [{"id": 1, "value": 7, "at": "2024-01-31", "unit": null}],
            "next": "/readings?page=2"}"#
    };
    (200, body.to_owned())
}

#[test]
fn the_second_page_says_what_the_columns_are_too() {
    let api = Api::start(readings);
    let text = format!(
        "client: {{base_url: '{}'}}\nresources:\n- name: readings\n  endpoint: {{\n    paginator: \
         auto, # detect it\n    data_selector: readings # the list\n  }}\n",
        api.url
    );
    let folder = Folder::with(&[("readings.yaml", &text)]);
    let run = run(&mut folder.command("probe readings.yaml --write --allow auto_paginator"), "");
    expect![[r#"
        readings.yaml: wrote readings
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 0);
    expect![[r#"
        client: {base_url: 'URL'}
        resources:
        - name: readings
          endpoint: {
            paginator: {type: json_link, next_url_path: next}, # detect it
            data_selector: readings # the list
          }
          primary_key: id
          columns:
            id: {data_type: bigint}
            value: {data_type: double}
            at: {data_type: text}
            unit: {data_type: text}
            note: {data_type: bool}
    "#]]
    .assert_eq(&shown(&folder.read("readings.yaml")));
}

/// Orders whose states repeat, whose customers do not, and whose currency is always the same.
fn orders(_: &Asked) -> (u16, String) {
    let order = |id: u32| {
        let status = ["paid", "no", "in_progress", "paid"][id as usize % 4];
        let note = ["Ok", "OK"][id as usize % 2];
        format!(
            r#"{{"id": {id}, "status": "{status}", "customer": "c{}", "currency": "EUR", "note": "{note}",
                "lines": [{{"kind": "{status}"}}], "size": "{}"}}"#,
            id / 2,
            id % 3,
        )
    };
    let orders: Vec<String> = (0..24).map(order).collect();
    (200, format!("[{}]", orders.join(",")))
}

#[test]
fn few_words_that_repeat_are_an_enum() {
    let api = Api::start(orders);
    let text = format!(
        "client: {{base_url: '{}', paginator: single_page}}\nresources: [orders]\n",
        api.url
    );
    let folder = Folder::with(&[("orders.yaml", &text)]);
    let run = run(&mut folder.command("probe orders.yaml"), "");
    expect![[r#"
        resources:
        # orders: GET URL/orders, status 200
        #   24 records at `$`, which was detected
        #   paginator single_page, as the description says; this page is the last one
        - name: orders
          primary_key: id
          columns:
            id: {data_type: bigint}
            status: {enum: [paid, "no", in_progress]}
            customer: {data_type: text}
            currency: {data_type: text}
            note: {data_type: text}
            lines:
              items:
                fields:
                  kind: {enum: [paid, "no", in_progress]}
            size: {data_type: text}
          endpoint:
            data_selector: $
    "#]]
    .assert_eq(&shown(&run.stdout));
}

#[test]
fn what_could_not_be_written_is_told_by_the_status() {
    let api = Api::start(readings);
    let text = format!(
        "client: {{base_url: '{}', paginator: {{type: json_link, next_url_path: next}}}}\nresources:\n\
         - {{name: first, columns: &columns {{id: {{data_type: bigint}}}}}}\n\
         - {{name: readings, columns: *columns}}\n",
        api.url
    );
    let folder = Folder::with(&[("readings.yaml", &text)]);
    let run = run(&mut folder.command("probe readings.yaml readings --write"), "");
    expect![[r#"
        not written: `readings`: its `columns` leaves no place for more keys; paste what is printed
        readings.yaml: nothing was written
    "#]]
    .assert_eq(&shown(&run.stderr));
    assert_eq!((run.status, folder.read("readings.yaml")), (1, text));
}
