//! `sql`: answers of queries, over an API on the loopback interface.

use std::{
    fs,
    io::Read as _,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use expect_test::{Expect, expect};

use super::{Folder, Run, api::Api, run, shown::shown};

/// Customers, their orders with lines, and refunds that are refused.
const SHOP: &str = r#"
client:
  base_url: URL
  auth: {type: bearer, token: "{secrets.access_token}"}
  retry: {max_retries: 0}
resource_defaults: {primary_key: id, write_disposition: merge, endpoint: {data_selector: $, paginator: single_page}}
resources:
  - name: customers
    columns: {id: {data_type: bigint}, name: {data_type: text}, vip: {data_type: bool}}
  - name: orders
    include_from_parent: [id]
    columns:
      id: {data_type: bigint}
      total: {data_type: decimal}
      at: {data_type: timestamp}
      raw: {data_type: json}
      mark: {data_type: binary}
      lines: {data_type: json, items: {fields: {sku: {data_type: text}, count: {data_type: bigint}}}}
    endpoint: {path: "customers/{resources.customers.id}/orders"}
  - name: visits
    write_disposition: append
    primary_key: []
  - name: refunds
    columns: {id: {data_type: bigint}}
    schema_contract: freeze
  - name: parts
    endpoint: {path: "orders/{order_id}/parts"}
"#;

/// Like the one of `load`, with every type.
fn shop(number: u64, target: &str) -> (u16, String) {
    let body = match target.split('?').next().unwrap() {
        "/customers" => {
            r#"[{"id": 1, "name": "Zoë", "vip": true, "tags": ["a", "b"]}, {"id": 2, "name": "李雷", "vip": false,
                "note": "x,\"y\"\nz"}, {"id": 3}]"#
        }
        "/customers/1/orders" => {
            r#"[{"id": 9223372036854775807, "total": 12345678901234567890.10, "at": "2024-02-29T23:59:59.123456+01:00",
                 "raw": {"b": [1.50,
                  null]}, "mark": "AP8K", "rate": 0.1,
                 "lines": [{"sku": "x", "count": 2}, {"sku": "y", "count": 1}]}]"#
        }
        "/customers/2/orders" => r#"[{"id": 7, "total": 9.9, "lines": []}]"#,
        "/customers/3/orders" => "[]",
        "/orders/7/parts" => r#"[{"id": 1}]"#,
        "/visits" => {
            return (200, format!(r#"[{{"page": "a", "n": {number}}}, {{"page": "b", "n": 0}}]"#));
        }
        _ => return (404, "{}".to_owned()),
    };
    (200, body.to_owned())
}

fn open() -> (Folder, Api) {
    let requests = AtomicU64::new(0);
    let api = Api::start(move |asked| {
        let number = requests.fetch_add(1, Ordering::Relaxed) + 1;
        asked.refused().unwrap_or_else(|| shop(number, &asked.target))
    });
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    (folder, api)
}

fn command(folder: &Folder, sql: &str, options: &str) -> Command {
    let mut command = folder.authorized(&format!("sql shop.yaml {options}"));
    command.arg(sql).env("TMPDIR", folder.path());
    command
}

fn sql(folder: &Folder, sql: &str, options: &str) -> Run {
    run(&mut command(folder, sql, options), "")
}

fn answers(folder: &Folder, statement: &str, options: &str, answer: Expect) {
    let run = sql(folder, statement, options);
    answer.assert_eq(&(run.stdout + &run.stderr));
    assert_eq!(run.status, 0);
}

fn refuses(folder: &Folder, statement: &str, options: &str, status: i32, complaint: Expect) {
    let run = sql(folder, statement, options);
    complaint.assert_eq(&shown(&run.stderr));
    assert_eq!((run.stdout.as_str(), run.status), ("", status));
}

#[test]
fn only_the_tables_that_a_statement_names_are_loaded() {
    let (folder, api) = open();
    answers(
        &folder,
        "with c as (select * from Customers) select c.name, \"vip\" from c where id < 3 order by id",
        "",
        expect![[r#"
            name    vip
            Zoë    true
            李雷  false
        "#]],
    );
    assert_eq!(api.targets(), ["/customers"]);
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["shop.yaml"]);
}

#[test]
fn a_statement_may_need_no_table() {
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "https://api.example.com"))]);
    let answer = run(folder.command("sql shop.yaml").arg("values (1, null)"), "");
    assert_eq!(
        (answer.stdout.as_str(), answer.status),
        ("column1  column2\n      1     NULL\n", 0),
        "{answer:?}"
    );
}

#[test]
fn resources_are_joined_with_children_and_lists() {
    let (folder, api) = open();
    answers(
        &folder,
        "select c.name, o.total, l.sku, l.count
         from customers c left join orders o on o._customers_id = c.id
         left join orders__lines l on l._parent_id = o._row_id order by c.id, l.sku",
        "",
        expect![[r#"
            name  total                    sku   count
            Zoë   12345678901234567890.10  x         2
            Zoë   12345678901234567890.10  y         1
            李雷  9.9                      NULL   NULL
            NULL  NULL                     NULL   NULL
        "#]],
    );
    assert_eq!(api.targets().iter().filter(|target| *target == "/customers").count(), 1);
    // A child alone, and a list that is not declared.
    answers(
        &folder,
        "select count(*) from orders",
        "",
        expect![[r#"
        count(*)
               2
    "#]],
    );
    answers(
        &folder,
        "select value from customers__tags order by 1",
        "",
        expect![[r#"
        value
        a
        b
    "#]],
    );
}

#[test]
fn every_value_is_exact() {
    let (folder, _api) = open();
    let all = "select id, total, at, raw, mark, rate, note from orders
               left join (select note from customers where id = 1) order by id desc";
    let all = &all.replace(", note from", ", tags.value as note from").replace(
        "(select note from customers where id = 1)",
        "customers__tags tags on tags.value = 'b' and total > 100",
    );
    for (format, answer) in [
        (
            "table",
            expect![[r#"
                             id  total                    at                                raw                                     mark  rate  note
            9223372036854775807  12345678901234567890.10  2024-02-29T22:59:59.123456+00:00  {"b": [1.50,\n                  null]}  AP8K   0.1  b
                              7  9.9                      NULL                              NULL                                    NULL  NULL  NULL
        "#]],
        ),
        (
            "json",
            expect![[r#"
            {"id":9223372036854775807,"total":"12345678901234567890.10","at":"2024-02-29T22:59:59.123456+00:00","raw":{"b": [1.50,                   null]},"mark":"AP8K","rate":0.1,"note":"b"}
            {"id":7,"total":"9.9","at":null,"raw":null,"mark":null,"rate":null,"note":null}
        "#]],
        ),
        (
            "csv",
            expect![[r#"
                id,total,at,raw,mark,rate,note
                9223372036854775807,12345678901234567890.10,2024-02-29T22:59:59.123456+00:00,"{""b"": [1.50,
                                  null]}",AP8K,0.1,b
                7,9.9,,,,,
            "#]],
        ),
    ] {
        answers(&folder, all, &format!("--format {format}"), answer);
    }
    answers(
        &folder,
        "select vip, note, name from customers",
        "--format json",
        expect![[r#"
        {"vip":true,"note":null,"name":"Zoë"}
        {"vip":false,"note":"x,\"y\"\nz","name":"李雷"}
        {"vip":null,"note":null,"name":null}
    "#]],
    );
    answers(
        &folder,
        "select '' as empty, vip, note from customers",
        "--format csv",
        expect![[r#"
            empty,vip,note
            "",true,
            "",false,"x,""y""
            z"
            "",,
        "#]],
    );
}

#[test]
fn decimals_are_numbers() {
    let (folder, _api) = open();
    answers(
        &folder,
        "select total, total > 100, decimal_sum(total) over () from orders order by total",
        "",
        expect![[r#"
            total                    total > 100  decimal_sum(total) over ()
            9.9                                0  12345678901234567900.00
            12345678901234567890.10            1  12345678901234567900.00
        "#]],
    );
    answers(
        &folder,
        "select max(total), decimal_sum(total) from orders",
        "",
        expect![[r#"
        max(total)               decimal_sum(total)
        12345678901234567890.10  12345678901234567900.00
    "#]],
    );
}

#[test]
fn the_tables_are_listed_without_a_statement() {
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "https://api.example.com"))]);
    let run = folder.run("sql shop.yaml");
    expect![[r#"
        customers
          id
          name
          vip
        orders
          id
          total
          at
          raw
          mark
          _customers_id
          _row_id
        orders__lines
          _row_id
          _parent_id
          _root_id
          _list_index
          sku
          count
        visits
        refunds
          id
        parts
          id
    "#]]
    .assert_eq(&run.stdout);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn mistakes_are_shown_before_anything_is_requested() {
    let (folder, api) = open();
    for (statement, complaint) in [
        (
            "select * from costumers",
            expect![[r#"
            error: there is no table `costumers`
              select * from costumers
                            ^^^^^^^^^
              help: did you mean `customers`? The tables are `customers`, `orders`, `orders__lines`, `visits`, `refunds`, `parts`
        "#]],
        ),
        (
            "selct * from customers",
            expect![[r#"
            error: near `selct`: syntax error
              selct * from customers
              ^^^^^
              help: see https://sqlite.org/lang_select.html
        "#]],
        ),
        (
            "select nofunction(id) from customers",
            expect![[r#"
                error: no such function: nofunction
                  select nofunction(id) from customers
                         ^^^^^^^^^^
                  help: the functions are those of https://sqlite.org/lang_corefunc.html and `decimal_sum`
            "#]],
        ),
        (
            "select *\nfrom refunds\nwhere idd = 1",
            expect![[r#"
            error: there is no column `idd`
              where idd = 1
                    ^^^
              help: did you mean `id`? `refunds` has `id`
        "#]],
        ),
        (
            "select 1; select 2",
            expect![[r#"
            error: there is more than one statement
              help: write one `SELECT`
        "#]],
        ),
        (
            "",
            expect![[r#"
            error: the statement cannot be used: SQL is empty or comment only
              help: write one `SELECT`, such as `select count(*) from payments`
        "#]],
        ),
        (
            "delete from customers",
            expect![[r#"
            error: the statement is not a query, and only queries are answered
              help: write a `SELECT`; rows come from the API, as the description says
        "#]],
        ),
        (
            "create table x as select * from customers",
            expect![[r#"
            error: the statement is not a query, and only queries are answered
              help: write a `SELECT`; rows come from the API, as the description says
        "#]],
        ),
        (
            "attach 'x.db' as x",
            expect![[r#"
            error: the statement is not a query, and only queries are answered
              help: write a `SELECT`; rows come from the API, as the description says
        "#]],
        ),
        (
            "pragma journal_mode = delete",
            expect![[r#"
            error: the statement is not a query, and only queries are answered
              help: write a `SELECT`; rows come from the API, as the description says
        "#]],
        ),
        (
            "select * from _rest_source_state",
            expect![[r#"
            error: there is no table `_rest_source_state`
              select * from _rest_source_state
                            ^^^^^^^^^^^^^^^^^^
              help: the tables are `customers`, `orders`, `orders__lines`, `visits`, `refunds`, `parts`, and those of their lists
        "#]],
        ),
        (
            "select * from parts",
            expect![[r#"
            error: `parts` needs a value for `order_id`
              help: give it by `--arg order_id=VALUE`
        "#]],
        ),
    ] {
        refuses(&folder, statement, "", 2, complaint);
    }
    assert_eq!(api.targets(), Vec::<String>::new());
}

#[test]
fn a_column_that_no_record_has_is_a_mistake() {
    let (folder, _api) = open();
    for (statement, complaint) in [
        (
            "select c.nam from customers c",
            expect![[r#"
            error: there is no column `c.nam`
              select c.nam from customers c
                     ^^^^^
              help: did you mean `name`? `customers` has `id`, `name`, `vip`, `_row_id`, `note`
        "#]],
        ),
        (
            "select name from customers where name = \"Zoë\"",
            expect![[r#"
                error: there is no column `Zoë`
                  select name from customers where name = "Zoë"
                                                          ^^^^^
                  help: a text is in single quotes: `'Zoë'`. `customers` has `id`, `name`, `vip`, `_row_id`, `note`
            "#]],
        ),
        (
            "select * from customers__labels",
            expect![[r#"
                error: there is no table `customers__labels`: no record has such a list
                  select * from customers__labels
                                ^^^^^^^^^^^^^^^^^
                  help: the tables are `customers`, `customers__tags`
            "#]],
        ),
        (
            "select id from customers where id = ?",
            expect![[r#"
            error: the statement has parameters, which have no value
              help: write the values themselves, a text in single quotes
        "#]],
        ),
    ] {
        refuses(&folder, statement, "", 2, complaint);
    }
    refuses(
        &folder,
        "select id, id from customers",
        "--format json",
        2,
        expect![[r#"
        error: two columns are called `id`, which one object cannot hold
          help: name one of them otherwise: `… AS other`
    "#]],
    );
}

#[test]
fn a_resource_that_fails_leaves_the_statement_without_an_answer() {
    let (folder, _api) = open();
    refuses(
        &folder,
        "select count(*) from refunds, customers",
        "",
        1,
        expect![[r#"
        error: 1 of 2 resources failed before this run committed anything of it
          refunds, page 1: GET URL/refunds answered 404 Not Found (1 try in … s): {}
          help: the path `refunds` is the resource's name; `path` of its endpoint sets another
          help: see whether the base URL and the endpoint's path are right
          help: the statement is not answered, as rows are missing
    "#]],
    );
    let without =
        run(command(&folder, "select 1 from customers", "").env_remove("ACCESS_TOKEN"), "");
    expect![[r#"
        error: the secret `access_token` is missing
          help: set SHOP__ACCESS_TOKEN or ACCESS_TOKEN in the environment
    "#]]
    .assert_eq(&without.stderr);
    assert_eq!(without.status, 2);
}

#[test]
fn no_network_is_said() {
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "http://127.0.0.1:9"))]);
    refuses(
        &folder,
        "select count(*) from customers",
        "",
        1,
        expect![[r#"
        error: 1 of 1 resource failed before this run committed anything of it
          customers, page 1: GET http://127.0.0.1:9/customers could not connect: Connection refused (os error 111) (1 try in … s)
          help: the statement is not answered, as rows are missing
    "#]],
    );
}

#[test]
fn a_limit_bounds_each_resource() {
    let (folder, _api) = open();
    answers(
        &folder,
        "select count(*) as n from customers",
        "--limit 2",
        expect![[r#"
        n
        3
    "#]],
    );
}

#[test]
fn arguments_fill_paths() {
    let (folder, api) = open();
    answers(
        &folder,
        "select id from parts",
        "--arg order_id=7",
        expect![[r#"
        id
         1
    "#]],
    );
    assert_eq!(api.targets(), ["/orders/7/parts"]);
}

#[test]
fn a_kept_database_is_used_while_it_is_young() {
    let (folder, api) = open();
    let count = "select count(*) as n from customers";
    answers(
        &folder,
        count,
        "--keep kept.db --max-age 1h",
        expect![[r#"
        n
        3
    "#]],
    );
    answers(
        &folder,
        count,
        "--keep kept.db --max-age 1h",
        expect![[r#"
        n
        3
    "#]],
    );
    assert_eq!(api.targets().len(), 1);
    // It needs no token then.
    let mut offline = command(&folder, count, "--keep kept.db --max-age 1h");
    assert_eq!(run(offline.env_remove("ACCESS_TOKEN"), "").status, 0);
    // Each resource has an age of its own.
    answers(
        &folder,
        "select (select count(*) from customers) as c, (select count(*) from visits) as v",
        "--keep kept.db --max-age 1h",
        expect![[r#"
            c  v
            3  2
        "#]],
    );
    assert_eq!(api.targets(), ["/customers", "/visits"]);
    // Past its age, what is appended is replaced, and nothing is doubled.
    answers(
        &folder,
        "select count(*), max(n) from visits",
        "--keep kept.db --max-age 1ns",
        expect![[r#"
            count(*)  max(n)
                   2       3
        "#]],
    );
    answers(
        &folder,
        "select count(*), max(n) from visits",
        "--keep kept.db",
        expect![[r#"
        count(*)  max(n)
               2       4
    "#]],
    );
    assert_eq!(api.targets().len(), 4);
    let left = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut left: Vec<_> = left.collect();
    left.sort();
    assert_eq!(left, ["kept.db", "kept.db-shop.lock", "shop.yaml"]);
}

#[test]
fn a_kept_database_belongs_to_one_description_and_its_arguments() {
    let (folder, api) = open();
    let parts = "select id from parts";
    answers(
        &folder,
        parts,
        "--keep kept.db --max-age 1h --arg order_id=7",
        expect![[r#"
        id
         1
    "#]],
    );
    let run = sql(&folder, parts, "--keep kept.db --max-age 1h --arg order_id=8");
    expect![[r#"
        `kept.db` is of another description, or of other arguments and settings: it is loaded from scratch
        error: 1 of 1 resource failed before this run committed anything of it
          parts, page 1: GET URL/orders/8/parts answered 404 Not Found (1 try in … s): {}
          help: see whether the base URL and the endpoint's path are right
          help: the statement is not answered, as rows are missing
    "#]].assert_eq(&shown(&run.stderr));
    assert_eq!(run.status, 1);
    assert_eq!(api.targets(), ["/orders/7/parts", "/orders/8/parts"]);
    let database = rusqlite::Connection::open(folder.path().join("own.db")).unwrap();
    database.execute_batch("create table customers (id)").unwrap();
    folder.write("text.db", b"no database");
    let refused = ["own.db", "text.db", "."].map(|name| {
        let run = sql(&folder, parts, &format!("--keep {name} --arg order_id=7"));
        assert_eq!(run.status, 2);
        run.stderr.replace(name, "NAME")
    });
    assert_eq!(refused, [refused[0].clone(), refused[0].clone(), refused[0].clone()]);
    expect![[r#"
        error: `NAME` is not a database that `--keep` has made
          help: name another file, or one that is not there yet: what is in a kept database is replaced when it is too old
    "#]].assert_eq(&refused[0]);
}

/// Two resources append to one table, which can only be loaded from scratch.
#[test]
fn what_would_be_appended_again_is_replaced() {
    let (folder, api) = open();
    let description = folder.read("shop.yaml")
        + "  - {name: calls, write_disposition: append, primary_key: [], table_name: visits, \
           endpoint: {path: visits}}\n";
    folder.write("shop.yaml", description.as_bytes());
    let count = "select count(*) as n from visits";
    answers(
        &folder,
        count,
        "--keep kept.db",
        expect![[r#"
        n
        4
    "#]],
    );
    let again = sql(&folder, count, "--keep kept.db");
    assert_eq!((again.stdout.as_str(), again.status), ("n\n4\n", 0), "{}", again.stderr);
    assert_eq!(api.targets().len(), 4);
}

#[test]
fn what_was_complete_in_a_failed_run_is_used() {
    let (folder, _api) = open();
    let failing =
        sql(&folder, "select count(*) from customers, refunds", "--keep kept.db --max-age 1h");
    assert_eq!(failing.status, 1);
    answers(
        &folder,
        "select count(*) as n from customers",
        "--keep kept.db --max-age 1h",
        expect![[r#"
            n
            3
        "#]],
    );
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let (folder, _api) = open();
    let endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n";
    for format in ["json", "csv"] {
        let mut child = command(&folder, endless, &format!("--format {format}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 9]).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (String::from_utf8(output.stderr).unwrap().as_str(), output.status.code()),
            ("", Some(0))
        );
    }
}

/// A line for each value, where the columns do not fit.
#[cfg(target_os = "linux")]
#[test]
fn a_narrow_terminal_shows_a_line_for_each_value() {
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "https://api.example.com"))]);
    let program = env!("CARGO_BIN_EXE_cargo-rest-source");
    folder.write(
        "query.sql",
        b"select 'Zo\xc3\xab' as first_name, '0123456789012345678901234567' as number, 1 as n",
    );
    let query = format!("exec {program} sql shop.yaml \"$(cat query.sql)\"");
    let mut shown = String::new();
    for columns in [40, 80] {
        let output = Command::new("script")
            .args(["--quiet", "--return", "--command"])
            .args([format!("stty cols {columns} rows 24; {query}"), "/dev/null".to_owned()])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success());
        shown += &String::from_utf8(output.stdout).unwrap().replace('\r', "");
    }
    expect![[r#"
        row 1
          first_name  Zoë
          number      0123456789012345678901234567
          n           1
        first_name  number                        n
        Zoë         0123456789012345678901234567  1
    "#]]
    .assert_eq(&shown);
}

/// While it loads, while the query runs, and while nobody reads its rows.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_leaves_nothing() {
    let entered = Arc::new(AtomicU64::new(0));
    let waiting = Arc::clone(&entered);
    let api = Api::start(move |_| {
        waiting.store(1, Ordering::Relaxed);
        thread::sleep(Duration::from_secs(3600));
        (200, String::new())
    });
    let endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select";
    for (statement, options) in [
        ("select * from customers".to_owned(), ""),
        (format!("{endless} count(*) from n"), ""),
        (format!("{endless} x from n"), "--format csv"),
    ] {
        let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
        let mut child = command(&folder, &statement, options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        if options.is_empty() && statement.contains("customers") {
            while entered.load(Ordering::Relaxed) == 0 {
                thread::sleep(Duration::from_millis(10));
            }
        } else {
            thread::sleep(Duration::from_millis(500));
        }
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(130), "{statement}");
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, ["shop.yaml"], "{statement}");
    }
}
