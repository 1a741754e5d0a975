//! Records that are put together and changed before they are typed, from the description to the table.

use rusqlite::Connection;

use super::{
    Folder, Run,
    api::{Answer, Api, Asked},
    run,
};

/// A folder with a description of an API.
fn open<A: Into<Answer>>(
    resources: &str,
    answer: impl Fn(&Asked) -> A + Send + Sync + 'static,
) -> (Folder, Api) {
    let api = Api::start(answer);
    let folder = Folder::with(&[]);
    describe(&folder, &api, resources);
    (folder, api)
}

fn describe(folder: &Folder, api: &Api, resources: &str) {
    let client = format!(
        "client: {{base_url: \"{}\", retry: {{max_retries: 0}}, paginator: single_page}}",
        api.url
    );
    folder.write("api.yaml", format!("{client}\nresources:\n{resources}").as_bytes());
}

fn told(folder: &Folder, arguments: &str) -> Run {
    run(folder.command(arguments).env("NO_PROXY", "127.0.0.1"), "")
}

/// What a fetch of a body prints.
fn fetched(resource: &str, body: &'static str) -> Vec<String> {
    let (folder, _api) = open(resource, move |_: &Asked| (200, body.to_owned()));
    let run = told(&folder, "fetch api.yaml");
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout.lines().map(str::to_owned).collect()
}

/// What it says instead.
fn refused(resource: &str, body: &'static str) -> String {
    let (folder, _api) = open(resource, move |_: &Asked| (200, body.to_owned()));
    let run = told(&folder, "fetch api.yaml");
    assert_ne!(run.status, 0, "{}", run.stdout);
    run.stderr
}

fn load(folder: &Folder) -> Run {
    told(folder, "load api.yaml --to sqlite:out.db")
}

fn loaded(folder: &Folder) {
    let run = load(folder);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

fn rows(folder: &Folder, sql: &str) -> Vec<String> {
    let database = Connection::open(folder.path().join("out.db")).unwrap();
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn columns(folder: &Folder, table: &str) -> Vec<String> {
    let sql = format!(
        "SELECT name FROM pragma_table_info('{table}') WHERE name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY 1"
    );
    rows(folder, &sql)
}

#[test]
fn steps_are_done_in_their_order() {
    let resource = r#"  - name: users
    processing_steps:
      - filter: "@.status in ['active', 'expired'] && @.n > 0"
      - exclude: [secret, address.street, items.cost]
      - rename: {userId: user_id, "address.city": city, items.lineNo: items.line_no}
      - cast: {n: text, items.line_no: integer}
      - add: {kind: user, label: "{record.user_id}: {record.city}", copy: "{record.items[0].line_no}"}
"#
    .replace(r#""{record": 1, "#, "");
    let body = r#"[
        {"userId": 1, "status": "active", "n": 1.50, "secret": "s", "address": {"street": "x", "city": "Bern"},
         "items": [{"lineNo": "7", "cost": 1}, {"lineNo": "8"}], "big": 12345678901234567890123},
        {"userId": 2, "status": "active", "n": 0},
        {"userId": 3, "status": "closed", "n": 5},
        {"userId": 4, "n": 5},
        {"userId": 5, "status": null, "n": 5},
        {"userId": 6, "status": "expired", "n": 2, "address": null}]"#;
    assert_eq!(
        fetched(&resource, body),
        [
            r#"{"user_id":1,"status":"active","n":"1.50","address":{},"items":[{"line_no":7},{"line_no":8}],"big":12345678901234567890123,"city":"Bern","kind":"user","label":"1: Bern","copy":7}"#,
            r#"{"user_id":6,"status":"expired","n":"2","address":null,"kind":"user","label":null,"copy":null}"#,
        ]
    );
}

#[test]
fn absent_and_null_compare_as_in_selectors() {
    for (filter, kept) in [
        ("@.a == null", &[2][..]),
        ("@.a != null", &[1, 3, 4]),
        ("@.a", &[2, 3, 4]),
        ("!@.a", &[1]),
        ("@.a in [null, 3]", &[2, 3]),
        ("@.a == @.b", &[1]),
        ("@.a >= 3", &[3]),
        ("'x' in @.a", &[4]),
        ("length(@.a) > 0", &[4]),
    ] {
        let resource = format!(
            "  - name: users\n    processing_steps: [{{filter: \"{filter}\"}}, {{include: id}}]\n"
        );
        let body = r#"[{"id": 1}, {"id": 2, "a": null}, {"id": 3, "a": 3}, {"id": 4, "a": ["x"]}]"#;
        let expected: Vec<String> = kept.iter().map(|id| format!("{{\"id\":{id}}}")).collect();
        assert_eq!(fetched(&resource, body), expected, "{filter}");
    }
}

#[test]
fn names_are_not_lost() {
    let steps = |steps: &str| format!("  - name: users\n    processing_steps: [{steps}]\n");
    let swapped = fetched(&steps("{rename: {a: b, b: a}}"), r#"[{"a": 1, "b": 2}]"#);
    assert_eq!(swapped, [r#"{"b":1,"a":2}"#]);
    // One without a value, or with the same, loses nothing.
    let replaced = fetched(
        &steps("{rename: {a: b}}, {add: {c: 5}}"),
        r#"[{"a": 1, "b": null}, {"a": 1, "b": "1", "c": 5}, {"b": 2}]"#,
    );
    assert_eq!(replaced, [r#"{"b":1,"c":5}"#, r#"{"b":1,"c":5}"#, r#"{"b":2,"c":5}"#]);
    for (step, body) in [
        ("{rename: {a: b}}", r#"[{"a": 1}, {"a": 1, "b": 2}]"#),
        ("{add: {b: 1}}", r#"[{"a": 1}, {"a": 1, "b": 2}]"#),
        ("{rename: {a.x: b}}", r#"[{"a": {}}, {"a": {"x": 1}, "b": 2}]"#),
    ] {
        let said = refused(&steps(step), body);
        assert!(said.contains("record 2, field `b`"), "{said}");
        assert!(said.contains("the record has this field itself"), "{said}");
    }
    let said = refused(&steps("{rename: {a.x: b}}"), r#"[{"a": [{"x": 1}]}]"#);
    assert!(said.contains("is in a list here"), "{said}");
}

#[test]
fn casts_are_strict() {
    for (to, sent, read) in [
        ("integer", r#""12""#, "12"),
        ("integer", "12.0", "12"),
        ("integer", "null", "null"),
        ("decimal", r#""1.50""#, "1.50"),
        ("decimal", "12345678901234567890.10", "12345678901234567890.10"),
        ("double", r#""1e3""#, "1000.0"),
        ("text", "1.50", r#""1.50""#),
        ("text", "true", r#""true""#),
        ("bool", r#""TRUE""#, "true"),
        ("bool", "0", "false"),
        ("timestamp", "1700000000", r#""2023-11-14T22:13:20Z""#),
        ("timestamp", r#""2024-01-02 03:04:05""#, r#""2024-01-02T03:04:05Z""#),
        ("json", r#""{\"b\": [1.10]}""#, r#"{"b": [1.10]}"#),
        ("integer", r#"["1", "2"]"#, "[1,2]"),
    ] {
        // In a record within the record no column follows from it.
        let resource =
            format!("  - name: users\n    processing_steps: [{{cast: {{in.a: {to}}}}}]\n");
        let body = Box::leak(format!("[{{\"in\": {{\"a\": {sent}}}}}]").into_boxed_str());
        let expected = format!("{{\"in\":{{\"a\":{read}}}}}").replace(": [", ":[");
        assert_eq!(fetched(&resource, body), [expected], "{to}");
    }
    for (to, sent) in [
        ("integer", r#""12.5""#),
        ("integer", r#""""#),
        ("integer", "true"),
        ("integer", r#""1,000""#),
        ("decimal", r#""a""#),
        ("bool", r#""maybe""#),
        ("timestamp", r#""soon""#),
        ("text", r#"{"a": 1}"#),
        ("json", r#""{""#),
    ] {
        let resource = format!("  - name: users\n    processing_steps: [{{cast: {{a: {to}}}}}]\n");
        let body = Box::leak(format!("[{{\"a\": null}}, {{\"a\": {sent}}}]").into_boxed_str());
        let said = refused(&resource, body);
        assert!(said.contains("record 2, field `a`: step 1 (`cast`): expected"), "{said}");
    }
}

#[test]
fn records_get_what_encloses_them() {
    let rates = "  - name: rates
    endpoint: {data_selector: 'rates.*.*', with: {day: 'rates.*.$key', currency: $key, base: base}}
    processing_steps: [{rename: {value: rate}}]
";
    assert_eq!(
        fetched(
            rates,
            r#"{"base": "CHF", "rates": {"2024-01-01": {"USD": 1.10, "EUR": 1}, "2024-01-02": {"USD": 1.2}}}"#
        ),
        [
            r#"{"rate":1.10,"day":"2024-01-01","currency":"USD","base":"CHF"}"#,
            r#"{"rate":1,"day":"2024-01-01","currency":"EUR","base":"CHF"}"#,
            r#"{"rate":1.2,"day":"2024-01-02","currency":"USD","base":"CHF"}"#,
        ]
    );
    let groups = "  - name: items
    endpoint: {data_selector: 'groups[*].items', with: {group: 'groups[*].name', at: meta.at}}
";
    assert_eq!(
        fetched(
            groups,
            r#"{"groups": [{"name": "a", "items": [{"id": 1}, {"id": 2}]}, {"items": [{"id": 3, "group": null}], "name": "b"}]}"#
        ),
        [
            r#"{"id":1,"group":"a","at":null}"#,
            r#"{"id":2,"group":"a","at":null}"#,
            r#"{"id":3,"group":"b","at":null}"#,
        ]
    );
    let said =
        refused(groups, r#"{"groups": [{"name": "a", "items": [{"id": 1, "group": "own"}]}]}"#);
    assert!(said.contains("record 1, field `group`") && said.contains("`with`"), "{said}");
    let map = "  - {name: items, endpoint: {data_selector: 'data.*', with: {code: $key}}}\n";
    assert_eq!(fetched(map, r#"{"data": {"a": {"n": 1}}}"#), [r#"{"n":1,"code":"a"}"#]);
    assert_eq!(fetched(map, r#"{"data": []}"#), [""; 0]);
    let months =
        "  - {name: items, endpoint: {data_selector: 'data.*.rows', with: {month: $key}}}\n";
    assert_eq!(
        fetched(months, r#"{"data": {"01": {"rows": [{"n": 1}, {"n": 2}]}, "02": {"rows": []}}}"#),
        [r#"{"n":1,"month":"01"}"#, r#"{"n":2,"month":"01"}"#]
    );
    let said = refused(map, r#"{"data": [{"n": 1}]}"#);
    assert!(said.contains("element of a list"), "{said}");
}

#[test]
fn values_in_rows_have_names() {
    let fixed = "  - {name: rows, endpoint: {data_selector: rows, record_columns: [id, name]}}\n";
    assert_eq!(
        fetched(fixed, r#"{"rows": [[1, "a"], [2]]}"#),
        [r#"{"id":1,"name":"a"}"#, r#"{"id":2}"#]
    );
    let said = refused(fixed, r#"{"rows": [[1, "a"], [2, "b", "c"]]}"#);
    assert!(said.contains("record 2") && said.contains("3 values"), "{said}");
    let said = refused(fixed, r#"{"rows": [{"id": 1}]}"#);
    assert!(said.contains("record 1") && said.contains("expected a list of values"), "{said}");

    let sent = "  - {name: rows, endpoint: {data_selector: rows, record_columns_path: columns}}\n";
    assert_eq!(
        fetched(sent, r#"{"columns": ["id", "n\u00e4me"], "rows": [[1, "a"]]}"#),
        [r#"{"id":1,"näme":"a"}"#]
    );
    assert_eq!(fetched(sent, r#"{"rows": []}"#), [""; 0]);
    for body in [
        r#"{"rows": [[1]]}"#,
        r#"{"columns": [1], "rows": [[1]]}"#,
        r#"{"columns": ["a", "a"], "rows": [[1, 2]]}"#,
    ] {
        refused(sent, body);
    }

    let sheet =
        "  - {name: rows, endpoint: {data_selector: values, record_columns_path: 'values[0]'}}\n";
    assert_eq!(
        fetched(sheet, r#"{"values": [["id"], ["1"], ["2"]]}"#),
        [r#"{"id":"1"}"#, r#"{"id":"2"}"#]
    );

    let report = "  - name: rows
    endpoint:
      data_selector: rows
      record_columns_path:
        'dimensionValues[*].value': 'dimensionHeaders[*].name'
        'metricValues[*].value': 'metricHeaders[*].name'
    processing_steps: [{cast: {users: integer}}]
";
    assert_eq!(
        fetched(
            report,
            r#"{"dimensionHeaders": [{"name": "country"}], "metricHeaders": [{"name": "users", "type": "TYPE_INTEGER"}],
                "rows": [{"dimensionValues": [{"value": "US"}], "metricValues": [{"value": "5"}]}]}"#
        ),
        [r#"{"country":"US","users":5}"#]
    );
}

#[test]
fn what_is_added_comes_from_the_fetch() {
    let resources = "  - name: shops
    processing_steps: [{rename: {shopName: name}}, {filter: '@.open'}]
  - name: orders
    endpoint:
      path: shops/{resources.shops.id}/orders
      params: {region: eu}
    processing_steps: [{add: {shop: '{resources.shops.name}', region: '{params.region}', page: [1, '{params.region}!']}}]
";
    let (folder, api) = open(resources, |asked: &Asked| {
        let body = match asked.target.split('?').next().unwrap() {
            "/shops" => {
                r#"[{"id": 1, "shopName": "A", "open": true}, {"id": 2, "shopName": "B"}, {"id": 3, "shopName": null, "open": 1}]"#
            }
            "/shops/1/orders" => r#"[{"id": 10}]"#,
            _ => r#"[{"id": 30}]"#,
        };
        (200, body.to_owned())
    });
    let run = told(&folder, "fetch api.yaml orders");
    assert_eq!(
        run.stdout.lines().collect::<Vec<_>>(),
        [
            r#"{"id":10,"shop":"A","region":"eu","page":[1,"eu!"]}"#,
            r#"{"id":30,"shop":null,"region":"eu","page":[1,"eu!"]}"#,
        ],
        "{}",
        run.stderr
    );
    assert!(!api.targets().iter().any(|target| target.contains("/shops/2/")));
}

/// Records that a filter leaves out count for the end of the pages.
#[test]
fn pages_end_by_what_was_sent() {
    let resource = "  - name: users
    endpoint: {paginator: {type: offset, limit: 2, stop_after_short_page: true, total_path: null}}
    processing_steps: [{filter: '@.id > 2'}, {add: {at: '{params.offset}'}}]
";
    let (folder, api) = open(resource, |asked: &Asked| {
        let body = match asked.target.as_str() {
            target if target.contains("offset=0") => r#"[{"id": 1}, {"id": 2}]"#,
            target if target.contains("offset=2") => r#"[{"id": 3}, {"id": 2}]"#,
            _ => r#"[{"id": 5}]"#,
        };
        (200, body.to_owned())
    });
    let run = told(&folder, "fetch api.yaml");
    assert_eq!(
        run.stdout.lines().collect::<Vec<_>>(),
        [r#"{"id":3,"at":"2"}"#, r#"{"id":5,"at":"4"}"#],
        "{}",
        run.stderr
    );
    assert_eq!(api.targets().len(), 3);
}

/// A table by a merge, in which removed fields are not, and then by another description.
#[test]
fn tables_have_what_the_steps_leave() {
    let resource = "  - name: users
    primary_key: user_id
    write_disposition: merge
    columns: {born: {}, user_id: {data_type: bigint}}
    processing_steps:
      - filter: '@.kind in [1, 2]'
      - exclude: [secret, pets.chip]
      - rename: {userId: user_id}
      - cast: {amount: decimal, born: date}
      - add: {source: api}
";
    let (folder, api) = open(resource, |_: &Asked| {
        let body = r#"[{"userId": 1, "kind": 1, "secret": "x", "amount": "1.10", "born": "2000-01-02",
                       "pets": [{"name": "Rex", "chip": 5}, {"name": "Tom", "chip": 6}]},
                      {"userId": 2, "kind": 3, "secret": "y", "amount": "bad"},
                      {"userId": 3, "kind": 2, "amount": null}]"#;
        (200, body.to_owned())
    });
    for _ in 0..2 {
        loaded(&folder);
        let sql = "SELECT user_id || ' ' || coalesce(amount, '') || ' ' || source || ' ' || coalesce(born, '') FROM users ORDER BY 1";
        assert_eq!(rows(&folder, sql), ["1 1.10 api 2000-01-02", "3  api "]);
        assert_eq!(columns(&folder, "users"), ["amount", "born", "kind", "source", "user_id"]);
        assert_eq!(rows(&folder, "SELECT name FROM users__pets ORDER BY 1"), ["Rex", "Tom"]);
        assert_eq!(columns(&folder, "users__pets"), ["name"]);
    }
    describe(
        &folder,
        &api,
        &resource.replace("kind in [1, 2]", "kind in [1, 3]").replace("amount: decimal, ", ""),
    );
    loaded(&folder);
    assert_eq!(rows(&folder, "SELECT user_id || '' FROM users ORDER BY 1"), ["1", "2", "3"]);
}

/// Records that do not fit are set aside, each as it was sent.
#[test]
fn values_that_cannot_be_cast_are_quarantined() {
    let resource = "  - name: users
    primary_key: id
    write_disposition: merge
    endpoint: {incremental: {cursor_path: at, initial_value: 0}}
    processing_steps: [{filter: '@.id != 9'}, {rename: {when: at}}, {cast: {n: integer}}]
";
    let (folder, _api) = open(resource, |_: &Asked| {
        let body = r#"[{"id": 1, "n": "1", "when": 1}, {"id": 9, "n": "bad", "when": 2}, {"id": 2, "n": "x", "when": 3}, {"id": 3, "n": 3, "when": 2}]"#;
        (200, body.to_owned())
    });
    let run = load(&folder);
    assert_ne!(run.status, 0);
    assert!(
        run.stderr.contains("record 3, field `n`: step 3 (`cast`): expected a whole number"),
        "{}",
        run.stderr
    );
    let run = told(&folder, "load api.yaml --to sqlite:q.db --on-bad-record quarantine");
    let stderr = run.stderr;
    let database = Connection::open(folder.path().join("q.db")).unwrap();
    let ids: String = database
        .query_row("SELECT group_concat(id) FROM (SELECT id FROM users ORDER BY id)", [], |row| {
            row.get(0)
        })
        .unwrap_or_else(|error| panic!("{error}: {stderr}"));
    assert_eq!(ids, "1,3");
    let record: String = database
        .query_row("SELECT json FROM users__rejected", [], |row| row.get(0))
        .unwrap_or_else(|error| panic!("{error}: {stderr}"));
    assert_eq!(record, r#"{"id":2,"n":"x","when":3}"#);
}

/// What a filter leaves out bounds the next run, so that it does not come again each time.
#[test]
fn an_incremental_run_begins_behind_what_was_filtered() {
    let resource = "  - name: events
    primary_key: id
    endpoint: {incremental: {cursor_path: updated_at, initial_value: 10, start_param: since}}
    processing_steps: [{rename: {updatedAt: updated_at}}, {filter: '@.keep'}]
";
    let (folder, api) = open(resource, |asked: &Asked| {
        let since: u32 = asked.target.split("since=").nth(1).unwrap().parse().unwrap();
        let records = [(1, 11, true), (2, 15, true), (3, 20, false), (4, 20, true), (5, 30, false)];
        let records = records.iter().filter(|(_, at, _)| *at >= since).map(|(id, at, keep)| {
            let keep = if *keep { ", \"keep\": 1" } else { "" };
            format!("{{\"id\": {id}, \"updatedAt\": {at}{keep}}}")
        });
        (200, format!("[{}]", records.collect::<Vec<_>>().join(",")))
    });
    for _ in 0..3 {
        loaded(&folder);
        assert_eq!(rows(&folder, "SELECT id || '' FROM events ORDER BY 1"), ["1", "2", "4"]);
    }
    let since: Vec<_> =
        api.targets().iter().map(|target| target.split('=').nth(1).unwrap().to_owned()).collect();
    assert_eq!(since, ["10", "30", "30"]);

    // A record that was left out at the bound comes when the filter lets it in.
    describe(&folder, &api, &resource.replace(", {filter: '@.keep'}", ""));
    let run = load(&folder);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("the description has changed"), "{}", run.stderr);
    assert_eq!(rows(&folder, "SELECT id || '' FROM events ORDER BY 1"), ["1", "2", "4", "5"]);
}

/// A load that stopped continues where it was, and a fetch by its checkpoint.
#[test]
fn interrupted_runs_are_resumed() {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };
    let resource = "  - name: users
    endpoint: {data_selector: 'data.*', with: {code: $key, page: page}, paginator: {type: cursor, cursor_path: next, cursor_param: after}}
    processing_steps: [{filter: '@.n > 1'}, {rename: {n: number}}]
";
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let (folder, api) = open(resource, move |asked: &Asked| match asked.target.as_str() {
        target if target.contains("after=3") => {
            (200, r#"{"page": 3, "next": null, "data": {"e": {"n": 5}}}"#.to_owned())
        }
        target if target.contains("after=2") && down.load(Ordering::SeqCst) => {
            (500, "{}".to_owned())
        }
        target if target.contains("after=2") => {
            (200, r#"{"page": 2, "next": 3, "data": {"c": {"n": 3}, "d": {"n": 0}}}"#.to_owned())
        }
        _ => (200, r#"{"page": 1, "next": 2, "data": {"a": {"n": 1}, "b": {"n": 2}}}"#.to_owned()),
    });
    let first = told(&folder, "fetch api.yaml users --checkpoint users.json");
    assert_eq!(first.stdout, "{\"number\":2,\"code\":\"b\",\"page\":1}\n", "{}", first.stderr);
    assert_ne!(load(&folder).status, 0);
    is_down.store(false, Ordering::SeqCst);
    let asked = api.targets().len();
    let second = told(&folder, "fetch api.yaml users --checkpoint users.json");
    assert_eq!(
        second.stdout,
        "{\"number\":3,\"code\":\"c\",\"page\":2}\n{\"number\":5,\"code\":\"e\",\"page\":3}\n",
        "{}",
        second.stderr
    );
    loaded(&folder);
    assert_eq!(api.targets().len(), asked + 4);
    assert_eq!(rows(&folder, "SELECT code || number FROM users ORDER BY 1"), ["b2", "c3", "e5"]);
}
