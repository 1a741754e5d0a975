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

use rusqlite::Connection;

use super::{
    Folder, Run,
    api::{Api, Asked},
    run,
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

fn rows(folder: &Folder, sql: &str) -> Vec<String> {
    let database = Connection::open(folder.path().join("shop.db")).unwrap();
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_description_is_loaded_and_loaded_again() {
    let (folder, api) = open(str::to_owned);
    for _ in 0..2 {
        let Run { stdout, stderr, status } = told(&folder, "load shop.yaml --to sqlite:shop.db");
        assert_eq!(status, 0, "{stderr}");
        assert!(stdout.starts_with("shop: 5 rows in "), "{stdout}");
        assert!(stderr.contains("lines is left out: it needs --arg order_id=VALUE"), "{stderr}");
        let customers = "SELECT id || ' ' || coalesce(born, worth, '') FROM customers ORDER BY id";
        assert_eq!(
            rows(&folder, customers),
            ["1 ", "2 123456789012345678901234567890.1", "3 1980-02-03"]
        );
        assert_eq!(rows(&folder, "SELECT value FROM customers__tags ORDER BY 1"), ["a", "b"]);
        let orders = "SELECT id || ' ' || coalesce(total__amount, '') FROM orders ORDER BY id";
        assert_eq!(rows(&folder, orders), ["10 5", "30 "]);
    }
    // A run requests the pages of a parent once, for itself and for its children.
    let parents = api.targets().into_iter().filter(|target| !target.ends_with("orders"));
    assert_eq!(parents.count(), 4);
}

#[test]
fn files_are_a_destination_too() {
    let (folder, _api) = open(str::to_owned);
    for (outcome, arguments) in
        [("2 rows in ", "--to parquet:shop --limit 1"), ("1 rows in ", "--to parquet:shop")]
    {
        let arguments = format!("load shop.yaml customers {arguments}");
        let Run { stdout, stderr, status } = told(&folder, &arguments);
        assert_eq!(status, 0, "{stderr}");
        assert!(stdout.contains(outcome), "{stdout}");
    }
    let files = fs::read_dir(folder.path().join("shop/customers")).unwrap();
    assert_eq!(files.count(), 1);
    let shown = told(&folder, "state show --to parquet:shop").stdout;
    assert!(shown.contains("\nshop      customers  complete     3        3  20"), "{shown}");
}

#[test]
fn what_is_asked_for_is_loaded_and_reported_as_json() {
    let (folder, _api) = open(str::to_owned);
    let arguments = "load shop.yaml customers --to sqlite:shop.db --limit 1 --json --pipeline p";
    let Run { stdout, stderr, status } = told(&folder, arguments);
    assert_eq!(status, 0, "{stderr}");
    assert!(stderr.ends_with("interrupted; run the same command to resume\n"), "{stderr}");
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["pipeline"], "p");
    assert_eq!(report["resources"].as_array().unwrap().len(), 1);
    assert_eq!(report["resources"][0]["rows"], 2);
    assert_eq!(report["resources"][0]["outcome"], "stopped");

    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    let head =
        "pipeline  resource   status       rows  records  updated                        continues";
    assert_eq!(shown.lines().next(), Some(head));
    assert!(shown.contains("\np         customers  interrupted     2        2  20"), "{shown}");
    assert!(shown.contains("resumes at {\"page\":1,\"page_cursor\":\"two\"}"), "{shown}");
    let shown = told(&folder, "state show --to sqlite:shop.db --json").stdout;
    let state: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(state["checkpoint"]["page_cursor"], "two");

    let Run { status, stdout, .. } =
        told(&folder, "load shop.yaml customers --to sqlite:shop.db --pipeline p");
    assert_eq!(status, 0);
    assert!(stdout.contains("complete, resumed"), "{stdout}");
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,3"]);
}

#[test]
fn a_load_does_not_go_on_with_other_parameters() {
    let (folder, api) = open(str::to_owned);
    let load = "load shop.yaml customers --to sqlite:shop.db --param status=";
    told(&folder, &format!("{load}open --limit 1"));
    let Run { stdout, stderr, status } = told(&folder, &format!("{load}closed"));
    assert_eq!(status, 0, "{stderr}");
    assert!(!stdout.contains("resumed"), "{stdout}");
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
    for (shop, outcome) in [("a", "stopped"), ("b", "stopped"), ("a", "resumed"), ("b", "resumed")]
    {
        let Run { stdout, stderr, status } = told(&folder, &format!("{load}{shop}"));
        assert_eq!(status, 0, "{stderr}");
        assert!(stdout.contains(outcome), "{stdout}");
        let is_told = stderr.contains("it is loaded for the first time with shop=b");
        assert_eq!(is_told, (shop, outcome) == ("b", "stopped"), "{stderr}");
    }
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,1,2,3,3"]);
    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    assert!(shown.contains("shop      customers (shop=b)  complete "), "{shown}");
}

#[test]
fn state_is_forgotten() {
    let (folder, _api) = open(str::to_owned);
    let nothing = told(&folder, "state show --to sqlite:shop.db");
    assert_eq!((nothing.status, nothing.stderr.as_str()), (0, "nothing has been loaded there\n"));
    assert!(!folder.path().join("shop.db").exists());
    told(&folder, "load shop.yaml customers --to sqlite:shop.db --limit 1");
    let reset = told(&folder, "state reset --to sqlite:shop.db --pipeline shop customers");
    assert_eq!((reset.status, reset.stderr.as_str()), (0, "forgotten for 1 resource\n"));
    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    assert!(shown.contains("shop      customers  reset "), "{shown}");
    let Run { stdout, .. } = told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    assert!(stdout.contains("complete") && !stdout.contains("resumed"), "{stdout}");
    let reset = told(&folder, "state reset --to sqlite:shop.db --pipeline ship");
    assert_eq!(reset.stderr, "there is nothing to forget\n");
}

#[test]
fn what_fails_is_told_and_what_came_before_is_there() {
    let (folder, _api) = open(|yaml| yaml.replace("/orders\"", "/ordres\""));
    let Run { stdout, stderr, status } = told(&folder, "load shop.yaml --to sqlite:shop.db");
    assert_eq!(status, 1);
    assert!(stderr.contains("error: 1 of 2 resources failed"), "{stderr}");
    assert_eq!(stderr.matches("404 Not Found").count(), 1, "{stderr}");
    assert!(stdout.contains("failed"), "{stdout}");
    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    assert!(shown.contains("shop      customers  complete, its run is not "), "{shown}");
    assert!(shown.contains("shop      orders     failed "), "{shown}");
    assert_eq!(rows(&folder, "SELECT group_concat(id) FROM customers"), ["1,2,3"]);
}

#[test]
fn a_record_that_does_not_fit_is_set_aside_if_asked() {
    let (folder, _api) =
        open(|yaml| yaml.replace("born: {data_type: date}", "tags: {data_type: bool}"));
    let Run { stderr, status, .. } = told(&folder, "load shop.yaml customers --to sqlite:shop.db");
    assert_eq!(status, 1);
    assert!(stderr.contains("tags"), "{stderr}");
    let Run { stdout, status, stderr } =
        told(&folder, "load shop.yaml customers --to sqlite:shop.db --on-bad-record quarantine");
    assert_eq!(status, 0, "{stderr}");
    assert!(stdout.contains("1 rejected"), "{stdout}");
    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    assert!(shown.contains("\nshop      customers  complete     2        3  20"), "{shown}");
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
    assert!(stdout.contains("complete, 2 discarded"), "{stdout}");
    let shown = told(&folder, "state show --to sqlite:shop.db").stdout;
    assert!(shown.contains("\nshop      customers  complete     1        3  20"), "{shown}");
}

#[test]
fn progress_is_logged_where_there_is_no_terminal() {
    let (folder, _api) = open(str::to_owned);
    let load = "load shop.yaml customers --to sqlite:shop.db";
    let Run { stderr, .. } = told(&folder, load);
    for told in ["load started resumed=false", "committed rows=3 pages=2", "load complete rows=3"] {
        let line = format!("INFO load{{pipeline=\"shop\" resource=\"customers\"}}: {told}\n");
        assert!(stderr.contains(&line), "{stderr}");
    }
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
    stderr.find(|line| line.contains("load started")).unwrap();
    // Nothing can be committed until this has ended.
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    is_held.store(false, Ordering::Relaxed);
    let interrupt = || {
        let pid = run.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    };
    interrupt();
    stderr.find(|line| line.contains("once more")).unwrap();
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
            let error = "`null` stands where records are expected";
            assert_eq!(stderr.contains(error), status == 1, "{stderr}");
            assert_eq!(rows(&folder, "SELECT count(*) || '' FROM customers"), [count]);
        }
    }
}

#[test]
fn wrong_arguments_are_told() {
    let (folder, _api) = open(str::to_owned);
    for (arguments, expected) in [
        ("load shop.yaml", "--to"),
        ("load shop.yaml --to shop", "write it as `sqlite:payments.db`, `postgres://"),
        ("load shop.yaml --to shop.db", "write it as `sqlite:shop.db`"),
        ("load shop.yaml --to data/shop.SQLITE3", "write it as `sqlite:data/shop.SQLITE3`"),
        ("load shop.yaml --to file:shop.db", "write it as `sqlite:shop.db`"),
        ("load shop.yaml --to ./shop/", "write it as `parquet:./shop/`"),
        ("load shop.yaml --to u:canary@h/d.db", "write it as `sqlite:payments.db`"),
        ("load shop.yaml --to password=canary/d.db", "write it as `sqlite:payments.db`"),
        ("load shop.yaml --to sqlite://shop.db", "write it as `sqlite:shop.db`"),
        ("load shop.yaml --to env:NOWHERE", "the environment variable `NOWHERE` is not set"),
        ("load shop.yaml --to sqlite:shop.db --dataset shop", "only PostgreSQL has datasets"),
        ("load shop.yaml --to postgres://u:canary@h@i/d", "more than one `@`"),
        ("load shop.yaml --to postgres://u:canary@127.0.0.1:1/d", "127.0.0.1"),
        ("load shop.yaml --to parquet:", "the destination cannot be understood"),
        ("load shop.yaml --to ftp://u:canary@h/d", "`ftp://` is no place for Parquet files"),
        ("load shop.yaml custmers --to sqlite:shop.db", "did you mean `customers`?"),
        ("load shop.yaml --to sqlite:no/such/shop.db", "create it first"),
        ("state reset --to sqlite:shop.db", "--pipeline"),
        ("load shop.yaml --to sqlite:shop.db --limit 0", "'--limit <RECORDS>': 0 is not in 1.."),
        (
            "load shop.yaml --to sqlite:shop.db --concurrency 0",
            "'--concurrency <RESOURCES>': 0 is not in 1..",
        ),
        ("load shop.yaml --to sqlite:shop.db --pipeline=", "'--pipeline <NAME>'"),
        ("state reset --to sqlite:shop.db --pipeline=", "'--pipeline <NAME>'"),
        ("fetch shop.yaml customers --limit 0", "'--limit <RECORDS>': 0 is not in 1.."),
    ] {
        let Run { stderr, status, .. } = told(&folder, arguments);
        assert_eq!(status, 2, "{arguments}: {stderr}");
        assert!(!stderr.contains("canary"), "{arguments}: {stderr}");
        assert!(stderr.contains(expected), "{arguments}: {stderr}");
    }
}

#[test]
fn a_description_that_is_renamed_is_told_what_it_was_called() {
    let (folder, _api) = open(|yaml| yaml.replace("merge", "append"));
    told(&folder, "load shop.yaml customers --to sqlite:shop.db --limit 1");
    fs::rename(folder.path().join("shop.yaml"), folder.path().join("store.yaml")).unwrap();
    let load = "load store.yaml customers --to sqlite:shop.db --limit 1";
    let Run { stderr, .. } = told(&folder, load);
    let expected = "the pipeline `shop` has loaded the same into this table";
    assert!(stderr.contains(expected), "{stderr}");
    let Run { stdout, stderr, .. } = told(&folder, &format!("{load} --pipeline shop"));
    assert!(stdout.contains("resumed") && !stderr.contains(expected), "{stdout}{stderr}");
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
    let shown = run(&mut show, "");
    allow(".", 0o755);
    assert_eq!((shown.stderr.as_str(), shown.status), ("", 0));
    assert!(shown.stdout.contains("\nshop      customers  complete     3 "), "{shown:?}");
}
