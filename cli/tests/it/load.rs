//! `load` and `state`: from a description into a database, without compiling.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use expect_test::expect;
use rusqlite::Connection;

use super::{
    Folder, Run,
    api::{Api, Asked},
    awaited::{INTERRUPTED, LOAD_STARTED},
    run,
    shown::shown,
};

/// Two resources, of which `customers` has undeclared fields.
const SHOP: &str = r#"
client:
  base_url: URL
  auth: {type: bearer, token: "{secrets.access_token}"}
  retry: {max_retries: 0}
resource_defaults: {primary_key: id, write_disposition: merge}
resources:
  - name: customers
    columns: {id: {data_type: bigint}, born: {data_type: date}}
    endpoint:
      path: customers
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
  - name: orders
    endpoint: {path: "customers/{resources.customers.id}/orders", data_selector: $, paginator: single_page}
  - name: lines
    endpoint: {path: "orders/{order_id}/lines", data_selector: $, paginator: single_page}
"#;

fn shop(asked: &Asked) -> (u16, String) {
    if let Some(refused) = asked.refused() {
        return refused;
    }
    let body = match asked.target.split('?').next().unwrap() {
        "/customers" if asked.target.contains("after=two") => {
            r#"{"data": [{"id": 3, "born": "1980-02-03"}], "next": null}"#
        }
        "/customers" => {
            r#"{"data": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "worth": 123456789012345678901234567890.1}],
                "next": "two"}"#
        }
        "/customers/1/orders" => r#"[{"id": 10, "total": {"amount": 5}}]"#,
        "/customers/2/orders" => "[]",
        "/customers/3/orders" => r#"[{"id": 30}]"#,
        _ => return (404, "{}".to_owned()),
    };
    (200, body.to_owned())
}

fn open(change: impl Fn(&str) -> String) -> (Folder, Api) {
    let api = Api::start(shop);
    let folder = Folder::with(&[("shop.yaml", &change(&SHOP.replace("URL", &api.url)))]);
    (folder, api)
}

fn told(folder: &Folder, arguments: &str) -> Run {
    run(&mut folder.authorized(arguments), "")
}

/// What is said beside the log, whose lines of several resources have no order.
fn without_log(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(" INFO ")).collect()
}

/// What the database knows of the last loads.
fn state(folder: &Folder) -> String {
    shown(&told(folder, "state show --to sqlite:shop.db").stdout)
}

fn rows(folder: &Folder, sql: &str) -> Vec<String> {
    let database = Connection::open(folder.path().join("shop.db")).unwrap();
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_description_is_loaded_and_loaded_again() {
    let (folder, api) = open(str::to_owned);
    let mut said = String::new();
    for _ in 0..2 {
        let Run { stdout, stderr, status } = told(&folder, "load shop.yaml --to sqlite:shop.db");
        assert_eq!(status, 0, "{stderr}");
        said += &(stdout + &without_log(&stderr));
        let customers = "SELECT id || ' ' || coalesce(born, worth, '') FROM customers ORDER BY id";
        assert_eq!(
            rows(&folder, customers),
            ["1 ", "2 123456789012345678901234567890.1", "3 1980-02-03"]
        );
        assert_eq!(rows(&folder, "SELECT value FROM customers__tags ORDER BY 1"), ["a", "b"]);
        let orders = "SELECT id || ' ' || coalesce(total__amount, '') FROM orders ORDER BY id";
        assert_eq!(rows(&folder, orders), ["10 5", "30 "]);
    }
    expect![[r#"
        shop: 5 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     3    3        0          0      2        0  183 B  … s  complete
        orders           2     2    2        0          0      3        0   50 B  … s  complete
        lines is skipped: it needs --arg order_id=VALUE
        shop: 5 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     3    0        0          3      2        0  183 B  … s  complete
        orders           2     2    0        0          2      3        0   50 B  … s  complete
        lines is skipped: it needs --arg order_id=VALUE
    "#]]
    .assert_eq(&shown(&said));
    // A run requests the pages of a parent once, for itself and for its children.
    let parents = api.targets().into_iter().filter(|target| !target.ends_with("orders"));
    assert_eq!(parents.count(), 4);
}

#[test]
fn files_are_a_destination_too() {
    let (folder, _api) = open(str::to_owned);
    let mut said = String::new();
    for limit in ["--limit 1", ""] {
        let arguments = format!("load shop.yaml customers --to parquet:shop {limit}");
        let Run { stdout, stderr, status } = told(&folder, &arguments);
        assert_eq!(status, 0, "{stderr}");
        said += &stdout;
    }
    expect![[r#"
        shop: 2 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        2     2    0        0          0      1        0  126 B  … s  stopped
        shop: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        1     1    3        0          -      1        0   57 B  … s  complete, resumed
    "#]].assert_eq(&shown(&said));
    let files = fs::read_dir(folder.path().join("shop/customers")).unwrap();
    assert_eq!(files.count(), 1);
    let state = told(&folder, "state show --to parquet:shop").stdout;
    expect![[r#"
        pipeline  resource   status    rows  records  updated                        continues
        shop      customers  complete     3        3  TIME
    "#]]
    .assert_eq(&shown(&state));
}

#[test]
fn what_is_asked_for_is_loaded_and_reported_as_json() {
    let (folder, _api) = open(str::to_owned);
    let arguments = "load shop.yaml customers --to sqlite:shop.db --limit 1 --json --pipeline p";
    let Run { stdout, stderr, status } = told(&folder, arguments);
    assert_eq!(status, 0, "{stderr}");
    expect![[r#"
         INFO load{pipeline="p" resource="customers"}: load started resumed=false
         INFO load{pipeline="p" resource="customers"}: committed rows=2 pages=1
         INFO load{pipeline="p" resource="customers"}: load stopped rows=2
        interrupted; run the same command to resume
    "#]]
    .assert_eq(&shown(&stderr));
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["pipeline"], "p");
    assert_eq!(report["resources"].as_array().unwrap().len(), 1);
    assert_eq!(report["resources"][0]["rows"], 2);
    assert_eq!(report["resources"][0]["outcome"], "stopped");

    expect![[r#"
        pipeline  resource   status       rows  records  updated                        continues
        p         customers  interrupted     2        2  TIME  resumes at {"page":1,"page_cursor":"two"}
    "#]].assert_eq(&state(&folder));
    let json = told(&folder, "state show --to sqlite:shop.db --json").stdout;
    let state: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(state["checkpoint"]["page_cursor"], "two");

    let Run { status, stdout, .. } =
        told(&folder, "load shop.yaml customers --to sqlite:shop.db --pipeline p");
    assert_eq!(status, 0);
    expect![[r#"
        p: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        1     1    1        0          0      1        0   57 B  … s  complete, resumed
    "#]].assert_eq(&shown(&stdout));
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,3"]);
}

#[test]
fn a_load_does_not_go_on_with_other_parameters() {
    let (folder, api) = open(str::to_owned);
    let load = "load shop.yaml customers --to sqlite:shop.db --param status=";
    told(&folder, &format!("{load}open --limit 1"));
    let Run { stdout, stderr, status } = told(&folder, &format!("{load}closed"));
    assert_eq!(status, 0, "{stderr}");
    expect![[r#"
        shop: 3 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     3    1        0          2      2        0  183 B  … s  complete
    "#]]
    .assert_eq(&shown(&stdout));
    let closed = api.targets().into_iter().filter(|target| target.contains("status=closed"));
    assert_eq!(closed.count(), 2);
}

#[test]
fn each_value_of_a_setting_or_an_argument_has_a_state_of_its_own() {
    let (folder, _api) = open(|yaml| {
        yaml.replace(
            "path: customers\n",
            "path: customers\n      params: {for: \"{config.shop}\"}\n",
        )
        .replace("merge}", "append}")
    });
    let load = "load shop.yaml customers --to sqlite:shop.db --limit 1 --set shop=";
    let mut said = String::new();
    for shop in ["a", "b", "a", "b"] {
        let Run { stdout, stderr, status } = told(&folder, &format!("{load}{shop}"));
        assert_eq!(status, 0, "{stderr}");
        said.extend(["$ load --set shop=", shop, "\n", &stdout, &stderr]);
    }
    expect![[r#"
        $ load --set shop=a
        shop: 2 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        2     2    2        0          0      1        0  126 B  … s  stopped
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=2 pages=1
         INFO load{pipeline="shop" resource="customers"}: load stopped rows=2
        interrupted; run the same command to resume
        $ load --set shop=b
        shop: 2 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        2     2    2        0          0      1        0  126 B  … s  stopped
         WARN customers: it is loaded for the first time with shop=b, and an append of all of it begins; the rows that it has appended with shop=a stay
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=2 pages=1
         INFO load{pipeline="shop" resource="customers"}: load stopped rows=2
        interrupted; run the same command to resume
        $ load --set shop=a
        shop: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        1     1    1        0          0      1        0   57 B  … s  complete, resumed
         INFO load{pipeline="shop" resource="customers"}: load started resumed=true
         INFO load{pipeline="shop" resource="customers"}: committed rows=1 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=1
        $ load --set shop=b
        shop: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        1     1    1        0          0      1        0   57 B  … s  complete, resumed
         INFO load{pipeline="shop" resource="customers"}: load started resumed=true
         INFO load{pipeline="shop" resource="customers"}: committed rows=1 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=1
    "#]].assert_eq(&shown(&said));
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,1,2,3,3"]);
    expect![[r#"
        pipeline  resource            status    rows  records  updated                        continues
        shop      customers (shop=a)  complete     3        3  TIME
        shop      customers (shop=b)  complete     3        3  TIME
    "#]].assert_eq(&state(&folder));
}

/// What a run has committed that was killed before its end is not loaded again, also if a run of another
/// setting was complete since.
#[test]
fn a_run_that_was_killed_at_its_end_is_resumed_behind_one_of_another_setting() {
    const SHOP: &str = r#"
client: {base_url: URL}
resource_defaults:
  write_disposition: append
  endpoint: {data_selector: $, paginator: single_page}
resources:
  - {name: customers, endpoint: {path: "{config.shop}/customers"}}
  - {name: orders, endpoint: {path: "{config.shop}/orders"}}
"#;
    let api = Api::start(|_: &Asked| (200, r#"[{"id": 1}]"#.to_owned()));
    for to in ["sqlite:shop.db", "parquet:files"] {
        let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
        let load = |given| {
            let run = told(&folder, &format!("load shop.yaml --to {to} --set shop={given}"));
            assert_eq!(run.status, 0, "{}", run.stderr);
            run.stdout
        };
        load("a");
        if to.starts_with("sqlite") {
            let database = Connection::open(folder.path().join("shop.db")).unwrap();
            let killed = "UPDATE _rest_source_state SET status = 'loaded';
                          UPDATE _rest_source_runs SET outcome = 'running', ended_at = NULL;";
            database.execute_batch(killed).unwrap();
        } else {
            let manifests = fs::read_dir(folder.path().join("files/_rest_source")).unwrap();
            let manifests = manifests.map(|entry| entry.unwrap().path()).filter(|it| it.is_file());
            let newest = manifests.max().unwrap();
            let json = fs::read_to_string(&newest).unwrap();
            fs::write(&newest, json.replace(r#""complete""#, r#""loaded""#)).unwrap();
        }
        assert!(load("b customers").contains("complete"), "a part of another setting's");
        load("b");
        let again = load("a");
        assert_eq!(again.matches("completed by the run before").count(), 2, "{to}: {again}");
        // With that, the run is complete; the next one loads everything.
        assert!(load("a").contains("shop: 2 rows"));
    }
}

/// Records of two settings, or of two resources in two pipelines, in one table, which is lost for both.
#[test]
fn a_table_that_is_lost_is_loaded_again_by_all_that_load_into_it() {
    const TICKETS: &str = r#"
client: {base_url: URL}
resource_defaults:
  table_name: tickets
  primary_key: id
  write_disposition: merge
  endpoint:
    path: "tickets/{config.shop}"
    data_selector: $
    paginator: single_page
    incremental: {cursor_path: id, initial_value: 0}
resources: [{name: tickets}, {name: others}]
"#;
    let api = Api::start(|asked: &Asked| {
        let first = if asked.target.ends_with('a') { 1 } else { 11 };
        let ticket = |id| format!(r#"{{"id": {id}, "tags": ["x"]}}"#);
        (200, format!("[{}, {}]", ticket(first), ticket(first + 1)))
    });
    let settings = ["tickets --set shop=a", "tickets --set shop=b"];
    let resources = ["tickets --set shop=a", "others --set shop=b --pipeline other"];
    let losses = ["DROP TABLE tickets", "DELETE FROM tickets", "DROP TABLE tickets__tags"];
    for ([one, other], lost) in
        [settings, resources].into_iter().flat_map(|loads| losses.map(|lost| (loads, lost)))
    {
        let folder = Folder::with(&[("shop.yaml", &TICKETS.replace("URL", &api.url))]);
        let load = |given| told(&folder, &format!("load shop.yaml {given} --to sqlite:shop.db -q"));
        assert_eq!([load(one).status, load(other).status], [0, 0]);
        let database = Connection::open(folder.path().join("shop.db")).unwrap();
        database.execute_batch(lost).unwrap();
        let said = load(one).stderr;
        assert!(said.contains("their next runs load everything again"), "{other}: {lost}: {said}");
        assert_eq!(load(other).status, 0);
        let all = "SELECT group_concat(id) FROM (SELECT id FROM tickets ORDER BY id)";
        assert_eq!(rows(&folder, all), ["1,2,11,12"], "{other}: {lost}");
        let tags = "SELECT CAST(count(*) AS TEXT) FROM tickets__tags";
        assert_eq!(rows(&folder, tags), ["4"], "{other}: {lost}");
    }
    // Parquet files have their tables in folders.
    for lost in ["tickets", "tickets__tags"] {
        let folder = Folder::with(&[("shop.yaml", &TICKETS.replace("URL", &api.url))]);
        let load = |given| told(&folder, &format!("load shop.yaml {given} --to parquet:files"));
        for given in settings {
            assert_eq!(load(given).status, 0);
        }
        fs::remove_dir_all(folder.path().join("files").join(lost)).unwrap();
        for given in settings {
            let report = load(given).stdout;
            assert!(
                report.contains("tickets: 2 rows") || report.contains(" 2     2 "),
                "{lost}: {report}"
            );
        }
    }
}

/// The elements of lists that were staged before the break are not there any more.
#[test]
fn a_load_whose_staged_lists_are_gone_begins_again() {
    const TICKETS: &str = r#"
client: {base_url: URL, retry: {max_retries: 0}}
resources:
  - name: tickets
    primary_key: id
    write_disposition: DISPOSITION
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#;
    let lost = [
        "DROP TABLE _rest_source_staging_1_tickets__tags",
        "DELETE FROM _rest_source_staging_1",
        "DROP TABLE _rest_source_staging_1",
    ];
    for (disposition, lost) in ["replace", "{disposition: merge, strategy: delete-insert}"]
        .into_iter()
        .flat_map(|disposition| lost.map(|lost| (disposition, lost)))
    {
        let fails = Arc::new(AtomicBool::new(true));
        let broken = Arc::clone(&fails);
        let api = Api::start(move |asked: &Asked| {
            match (asked.target.contains("after="), broken.load(Ordering::Relaxed)) {
                (true, true) => (500, String::new()),
                (true, false) => (200, r#"{"data": [{"id": 2, "tags": ["c"]}]}"#.to_owned()),
                (false, _) => {
                    (200, r#"{"data": [{"id": 1, "tags": ["a", "b"]}], "next": "2"}"#.to_owned())
                }
            }
        });
        let yaml = TICKETS.replace("URL", &api.url).replace("DISPOSITION", disposition);
        let folder = Folder::with(&[("shop.yaml", &yaml)]);
        let load = || told(&folder, "load shop.yaml --to sqlite:shop.db -q").status;
        assert_eq!(load(), 1);
        let database = Connection::open(folder.path().join("shop.db")).unwrap();
        database.execute_batch(lost).unwrap();
        fails.store(false, Ordering::Relaxed);
        assert_eq!(load(), 0);
        let tags =
            "SELECT group_concat(value, '') FROM (SELECT value FROM tickets__tags ORDER BY 1)";
        assert_eq!(rows(&folder, tags), ["abc"], "{disposition}: {lost}");
        assert_eq!(rows(&folder, "SELECT group_concat(id, '') FROM tickets"), ["12"], "{lost}");
    }
}

#[test]
fn state_is_forgotten() {
    let (folder, _api) = open(str::to_owned);
    let nothing = told(&folder, "state show --to sqlite:shop.db");
    assert_eq!(nothing.status, 0);
    expect![[r#"
        nothing has been loaded there
    "#]]
    .assert_eq(&nothing.stderr);
    assert!(!folder.path().join("shop.db").exists());
    told(&folder, "load shop.yaml customers --to sqlite:shop.db --limit 1");
    let reset = told(&folder, "state reset --to sqlite:shop.db --pipeline shop customers");
    assert_eq!(reset.status, 0);
    expect![[r#"
        deleted the state of 1 resource
    "#]]
    .assert_eq(&reset.stderr);
    expect![[r#"
        pipeline  resource   status  rows  records  updated                        continues
        shop      customers  reset      2        2  TIME
    "#]]
    .assert_eq(&state(&folder));
    let Run { stdout, .. } = told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    expect![[r#"
        shop: 3 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     3    1        0          2      2        0  183 B  … s  complete
    "#]]
    .assert_eq(&shown(&stdout));
    let reset = told(&folder, "state reset --to sqlite:shop.db --pipeline ship");
    expect![[r#"
        there is no state to delete
    "#]]
    .assert_eq(&reset.stderr);
}

#[test]
fn what_fails_is_told_and_what_came_before_is_there() {
    let (folder, _api) = open(|yaml| yaml.replace("/orders\"", "/ordres\""));
    let Run { stdout, stderr, status } = told(&folder, "load shop.yaml --to sqlite:shop.db");
    assert_eq!(status, 1);
    expect![[r#"
        lines is skipped: it needs --arg order_id=VALUE
        error: 1 of 2 resources failed before this run committed anything of it
          orders, page 1: GET URL/customers/1/ordres answered 404 Not Found (1 try in … s): {}
          help: see whether the base URL and the endpoint's path are right
    "#]]
    .assert_eq(&shown(&without_log(&stderr)));
    expect![[r#"
        shop: 3 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     3    3        0          0      2        0  183 B  … s  complete
        orders           0     0    0        0          0      0        0    0 B  … s  failed
    "#]]
    .assert_eq(&shown(&stdout));
    expect![[r#"
        pipeline  resource   status                    rows  records  updated                        continues
        shop      customers  complete, its run is not     3        3  TIME
        shop      orders     failed                       0        0  TIME
    "#]].assert_eq(&state(&folder));
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,3"]);
}

#[test]
fn a_record_that_does_not_fit_is_set_aside_if_asked() {
    let (folder, _api) =
        open(|yaml| yaml.replace("born: {data_type: date}", "tags: {data_type: bool}"));
    let Run { stderr, status, .. } = told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    assert_eq!(status, 1);
    expect![[r#"
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
        error: 1 of 1 resource failed before this run committed anything of it
          customers, page 1, record 1, field `tags`: expected true or false, found ["a", "b"]
    "#]]
    .assert_eq(&shown(&stderr));
    let Run { stdout, status, stderr } =
        told(&folder, "load shop.yaml customers --to sqlite:shop.db --on-bad-record quarantine");
    assert_eq!(status, 0, "{stderr}");
    expect![[r#"
        shop: 2 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     2    2        0          0      2        0  183 B  … s  complete, 1 rejected
    "#]].assert_eq(&shown(&stdout));
    expect![[r#"
        pipeline  resource   status    rows  records  updated                        continues
        shop      customers  complete     2        3  TIME
    "#]]
    .assert_eq(&state(&folder));
    assert_eq!(
        rows(&folder, "SELECT json FROM customers__rejected"),
        [r#"{"id":1,"tags":["a","b"]}"#]
    );
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["2,3"]);
}

#[test]
fn records_that_the_contract_leaves_out_are_told() {
    let contract = "columns: {id: {data_type: bigint}, born: {data_type: date}}
    schema_contract: {columns: discard_row}";
    let (folder, _api) = open(|yaml| {
        yaml.replace("columns: {id: {data_type: bigint}, born: {data_type: date}}", contract)
    });
    let Run { stdout, .. } = told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    expect![[r#"
        shop: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        3     1    1        0          0      2        0  183 B  … s  complete, 2 discarded
    "#]].assert_eq(&shown(&stdout));
    expect![[r#"
        pipeline  resource   status    rows  records  updated                        continues
        shop      customers  complete     1        3  TIME
    "#]]
    .assert_eq(&state(&folder));
}

#[test]
fn progress_is_logged_where_there_is_no_terminal() {
    let (folder, _api) = open(str::to_owned);
    let load = "load shop.yaml customers --to sqlite:shop.db";
    let Run { stderr, .. } = told(&folder, load);
    expect![[r#"
        $ load shop.yaml customers --to sqlite:shop.db
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=3 pages=2
         INFO load{pipeline="shop" resource="customers"}: load complete rows=3
    "#]]
    .assert_eq(&shown(&format!("$ {load}\n{stderr}")));
    assert_eq!(told(&folder, &format!("{load} --quiet")).stderr, "");
}

/// The first lets what has been fetched be committed, which may take long.
#[test]
#[cfg(unix)]
fn a_second_interruption_ends_a_run_at_once() {
    let is_held = Arc::new(AtomicBool::new(true));
    let held = Arc::clone(&is_held);
    let api = Api::start(move |asked| {
        while asked.target.contains("after=two") && held.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(5));
        }
        shop(asked)
    });
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    let load = "load shop.yaml customers --to sqlite:shop.db";
    told(&folder, &format!("{load} --limit 1"));
    let other = Connection::open(folder.path().join("shop.db")).unwrap();
    let mut run = folder.authorized(load).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    stderr.find(|line| line.contains(LOAD_STARTED)).unwrap();
    // Nothing can be committed until this has ended.
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    is_held.store(false, Ordering::Relaxed);
    let interrupt = || {
        let pid = run.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    };
    interrupt();
    stderr.find(|line| line.contains(INTERRUPTED)).unwrap();
    interrupt();
    let begin = Instant::now();
    assert_eq!(run.wait().unwrap().code(), Some(130));
    assert!(begin.elapsed() < Duration::from_secs(10));
    drop(other);
    assert_eq!(told(&folder, load).status, 0);
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,3"]);
}

#[test]
fn null_in_the_place_of_records_does_not_empty_a_table() {
    let mut said = String::new();
    for nothing in [r#"{"data": null}"#, r#"{"data": []}"#] {
        let full = AtomicBool::new(true);
        let api = Api::start(move |_| {
            let body = if full.swap(false, Ordering::Relaxed) {
                r#"{"data": [{"id": 1}]}"#
            } else {
                nothing
            };
            (200, body.to_owned())
        });
        let yaml = format!(
            "client: {{base_url: '{}', paginator: single_page}}
resources:
  - {{name: customers, write_disposition: replace, endpoint: {{data_selector: data}}}}",
            api.url,
        );
        let folder = Folder::with(&[("shop.yaml", &yaml)]);
        let is_null = nothing.contains("null");
        let emptied = if is_null { (1, "1") } else { (0, "0") };
        for (expected, count) in [(0, "1"), emptied] {
            let Run { stderr, status, .. } = told(&folder, "load shop.yaml --to sqlite:shop.db");
            assert_eq!(status, expected, "{stderr}");
            said += &stderr;
            assert_eq!(rows(&folder, "SELECT count(*) || '' FROM customers"), [count]);
        }
    }
    expect![[r#"
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=1 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=1
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
        error: 1 of 1 resource failed before this run committed anything of it
          customers, page 1: `null` stands where records are expected, so that some may be missing; if that is how the API says that there are no more, say `response_actions: [{where: "@.data == null", action: ignore}]`
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=1 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=1
         INFO load{pipeline="shop" resource="customers"}: load started resumed=false
         INFO load{pipeline="shop" resource="customers"}: committed rows=0 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=0
    "#]].assert_eq(&shown(&said));
}

/// What is said of commands that are not carried out.
fn refused(folder: &Folder, commands: &[&str]) -> String {
    let mut said = String::new();
    for arguments in commands {
        let Run { stderr, status, .. } = told(folder, arguments);
        assert_eq!(status, 2, "{arguments}: {stderr}");
        assert!(!stderr.contains("canary"), "{arguments}: {stderr}");
        said.extend(["$ ", arguments, "\n", &stderr]);
    }
    said
}

#[test]
fn duckdb_without_its_library_is_told_with_how_to_install_it() {
    let (folder, _api) = open(str::to_owned);
    let mut load = folder.authorized("load shop.yaml --to duckdb:shop.duckdb -q");
    let Run { stderr, status, .. } = run(load.env("DUCKDB_LIBRARY", "/nowhere/libduckdb.so"), "");
    assert_eq!(status, 2);
    expect![[r#"
        error: `DUCKDB_LIBRARY` is /nowhere/libduckdb.so, which cannot be loaded: /nowhere/libduckdb.so: cannot open shared object file: No such file or directory; install it with `dbc install duckdb`, or unpack `libduckdb` of DuckDB's releases, or of `npm pack @duckdb/node-bindings-linux-x64`, and set `DUCKDB_LIBRARY` to the path of the library
    "#]].assert_eq(&stderr);
    assert!(!folder.path().join("shop.duckdb").exists());
}

#[test]
fn wrong_destinations_are_told() {
    let (folder, _api) = open(str::to_owned);
    let said = refused(
        &folder,
        &[
            "load shop.yaml",
            "load shop.yaml --to shop",
            "load shop.yaml --to shop.db",
            "load shop.yaml --to data/shop.SQLITE3",
            "load shop.yaml --to file:shop.db",
            "load shop.yaml --to ./shop/",
            "load shop.yaml --to u:canary@h/d.db",
            "load shop.yaml --to password=canary/d.db",
            "load shop.yaml --to shop.duckdb",
            "load shop.yaml --to sqlite://shop.db",
            "load shop.yaml --to duckdb://shop.duckdb",
            "load shop.yaml --to adbc:no_such_vendor",
            "load shop.yaml --to adbc:",
            "load shop.yaml --to adbc:postgresql?uri=env:NOWHERE",
            "load shop.yaml --to env:NOWHERE",
            "load shop.yaml --to sqlite:shop.db --dataset shop",
            "load shop.yaml --to postgres://u:canary@h@i/d",
            "load shop.yaml --to postgres://u:canary@127.0.0.1:1/d",
            "load shop.yaml --to parquet:",
            "load shop.yaml --to ftp://u:canary@h/d",
            "state reset --to sqlite:shop.db",
        ],
    );
    expect![[r#"
        $ load shop.yaml
        error: the following required arguments were not provided:
          --to <DESTINATION>

        Usage: cargo rest-source load --to <DESTINATION> <FILE> [RESOURCE]...

        For more information, try '--help'.
        $ load shop.yaml --to shop
        error: the destination cannot be understood
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to shop.db
        error: the destination cannot be understood
          help: write it as `sqlite:shop.db`; other forms are `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to data/shop.SQLITE3
        error: the destination cannot be understood
          help: write it as `sqlite:data/shop.SQLITE3`; other forms are `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to file:shop.db
        error: the destination cannot be understood
          help: write it as `sqlite:shop.db`; other forms are `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to ./shop/
        error: the destination cannot be understood
          help: write it as `parquet:./shop/`; other forms are `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to u:canary@h/d.db
        error: the destination cannot be understood
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to password=canary/d.db
        error: the destination cannot be understood
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to shop.duckdb
        error: the destination cannot be understood
          help: write it as `duckdb:shop.duckdb`; other forms are `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to sqlite://shop.db
        error: behind `sqlite:` comes the path of a file, without `//`
          help: write it as `sqlite:shop.db`, or `sqlite:/shop.db` from the root folder
        $ load shop.yaml --to duckdb://shop.duckdb
        error: behind `duckdb:` comes the path of a file, without `//`
          help: write it as `duckdb:shop.duckdb`, or `duckdb:/shop.duckdb` from the root folder
        $ load shop.yaml --to adbc:no_such_vendor
        lines is skipped: it needs --arg order_id=VALUE
        error: the ADBC driver `no_such_vendor` is not installed: Driver not found: no_such_vendor; install it with `dbc install no_such_vendor`; or name the path of its library instead, `adbc:/…/libadbc_driver_no_such_vendor.so?…`, which `pip install adbc-driver-no_such_vendor` brings, or its folder in `ADBC_DRIVER_PATH`
        $ load shop.yaml --to adbc:
        error: the address names no driver of ADBC; write it as `adbc:postgresql?uri=env:DATABASE_URL`, with `%26` for `&` and the like inside of values
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to adbc:postgresql?uri=env:NOWHERE
        error: the environment variable `NOWHERE`, which the option `uri` takes its value from, is not set; set it to that value
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to env:NOWHERE
        error: the environment variable `NOWHERE` is not set
          help: set it to the destination
        $ load shop.yaml --to sqlite:shop.db --dataset shop
        error: only PostgreSQL has datasets
          help: leave out `--dataset`; another file, folder or prefix is another dataset
        $ load shop.yaml --to postgres://u:canary@h@i/d
        error: the address of the PostgreSQL server cannot be used: the URL has more than one `@`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to postgres://u:canary@127.0.0.1:1/d
        lines is skipped: it needs --arg order_id=VALUE
        error: the PostgreSQL server 127.0.0.1:1/d cannot be used: error connecting to server: Connection refused (os error 111)
        $ load shop.yaml --to parquet:
        error: the destination cannot be understood
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ load shop.yaml --to ftp://u:canary@h/d
        error: there is no destination `ftp://`
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
        $ state reset --to sqlite:shop.db
        error: the following required arguments were not provided:
          --pipeline <NAME>

        Usage: cargo rest-source state reset --to <DESTINATION> --pipeline <NAME> [RESOURCE]

        For more information, try '--help'.
    "#]].assert_eq(&shown(&said));
}

#[test]
fn wrong_arguments_are_told() {
    let (folder, _api) = open(str::to_owned);
    let said = refused(
        &folder,
        &[
            "load shop.yaml custmers --to sqlite:shop.db",
            "load shop.yaml --to sqlite:no/such/shop.db",
            "load shop.yaml --to sqlite:shop.db --limit 0",
            "load shop.yaml --to sqlite:shop.db --concurrency 0",
            "load shop.yaml --to sqlite:shop.db --pipeline=",
            "state reset --to sqlite:shop.db --pipeline=",
            "fetch shop.yaml customers --limit 0",
        ],
    );
    expect![[r#"
        $ load shop.yaml custmers --to sqlite:shop.db
        error: the description has no resource `custmers`
          help: did you mean `customers`?
        $ load shop.yaml --to sqlite:no/such/shop.db
        lines is skipped: it needs --arg order_id=VALUE
        error: the database no/such/shop.db cannot be opened: the folder FOLDER/no/such does not exist; create it first
        $ load shop.yaml --to sqlite:shop.db --limit 0
        error: invalid value '0' for '--limit <RECORDS>': 0 is not in 1..18446744073709551615

        For more information, try '--help'.
        $ load shop.yaml --to sqlite:shop.db --concurrency 0
        error: invalid value '0' for '--concurrency <RESOURCES>': 0 is not in 1..=65535

        For more information, try '--help'.
        $ load shop.yaml --to sqlite:shop.db --pipeline=
        error: a value is required for '--pipeline <NAME>' but none was supplied

        For more information, try '--help'.
        $ state reset --to sqlite:shop.db --pipeline=
        error: a value is required for '--pipeline <NAME>' but none was supplied

        For more information, try '--help'.
        $ fetch shop.yaml customers --limit 0
        error: invalid value '0' for '--limit <RECORDS>': 0 is not in 1..18446744073709551615

        For more information, try '--help'.
    "#]].assert_eq(&shown(&said));
}

#[test]
fn a_description_that_is_renamed_is_told_what_it_was_called() {
    let (folder, _api) = open(|yaml| yaml.replace("merge", "append"));
    told(&folder, "load shop.yaml customers --to sqlite:shop.db --limit 1");
    fs::rename(folder.path().join("shop.yaml"), folder.path().join("store.yaml")).unwrap();
    let load = "load store.yaml customers --to sqlite:shop.db --limit 1";
    let Run { stderr, .. } = told(&folder, load);
    expect![[r#"
         WARN customers: the pipeline `shop` has loaded the same into this table, and this one, `store`, adds it once more; to continue with what that one has left, give this one its name
         WARN the table `customers` has rows that no run of this pipeline has loaded; they stay, and this run adds to them resource="customers"
         INFO load{pipeline="store" resource="customers"}: load started resumed=false
         INFO load{pipeline="store" resource="customers"}: committed rows=2 pages=1
         INFO load{pipeline="store" resource="customers"}: load stopped rows=2
        interrupted; run the same command to resume
    "#]].assert_eq(&shown(&stderr));
    let Run { stdout, stderr, .. } = told(&folder, &format!("{load} --pipeline shop"));
    expect![[r#"
        shop: 1 rows in … s
        resource   records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        customers        1     1    1        0          0      1        0   57 B  … s  complete, resumed
         INFO load{pipeline="shop" resource="customers"}: load started resumed=true
         INFO load{pipeline="shop" resource="customers"}: committed rows=1 pages=1
         INFO load{pipeline="shop" resource="customers"}: load complete rows=1
    "#]].assert_eq(&shown(&(stdout + &stderr)));
}

/// Who may only read has no place for the files that SQLite puts beside a database.
#[test]
#[cfg(unix)]
fn state_is_shown_of_a_database_that_may_only_be_read() {
    use std::{
        fs::Permissions,
        os::unix::{
            fs::{MetadataExt, PermissionsExt},
            process::CommandExt,
        },
    };

    let (folder, _api) = open(str::to_owned);
    told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    let allow = |path: &str, mode| {
        fs::set_permissions(folder.path().join(path), Permissions::from_mode(mode)).unwrap();
    };
    allow("shop.db", 0o444);
    allow(".", 0o555);
    let mut show = folder.command("state show --to sqlite:shop.db");
    if folder.path().metadata().unwrap().uid() == 0 {
        // Nothing is forbidden to root.
        show.uid(65_534).gid(65_534);
    }
    let run = run(&mut show, "");
    allow(".", 0o755);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    expect![[r#"
        pipeline  resource   status    rows  records  updated                        continues
        shop      customers  complete     3        3  TIME
    "#]]
    .assert_eq(&shown(&run.stdout));
}
