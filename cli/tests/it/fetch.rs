//! `fetch`: records on standard output, and what is said beside them.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use expect_test::expect;

use super::{
    Folder, Run,
    api::{Api, Asked},
    run,
    shown::shown,
};

/// Two resources and a child, of which no request is sent again.
const SHOP: &str = r#"
client:
  base_url: URL
  auth: {type: bearer, token: "{secrets.access_token}"}
  retry: {max_retries: 0}
resources:
  - name: customers
    endpoint:
      path: customers
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
  - name: orders
    include_from_parent: [id]
    endpoint:
      path: customers/{resources.customers.id}/orders
      data_selector: $
      paginator: single_page
  - name: lines
    endpoint: {path: "orders/{order_id}/lines", data_selector: $, paginator: single_page}
"#;

fn shop(asked: &Asked) -> (u16, String) {
    if let Some(refused) = asked.refused() {
        return refused;
    }
    let body = match asked.target.split('?').next().unwrap() {
        "/customers" if asked.target.contains("after=two") => {
            r#"{"data": [{"id": 3, "name": "Cy"}], "next": null}"#
        }
        "/customers" => {
            "{\"data\": [\n  {\"name\": \"A\\n b\", \"id\": 1},\n  \
             {\"id\": 2, \"worth\": 123456789012345678901234567890.10}\n], \"next\": \"two\"}"
        }
        "/customers/1/orders" => r#"[{"no": 10}, {"no": 11}]"#,
        "/customers/2/orders" => "[]",
        "/customers/3/orders" => r#"[{"no": 30}]"#,
        "/orders/7/lines" => r#"[{"sku": "x"}]"#,
        _ => return (404, "{}".to_owned()),
    };
    (200, body.to_owned())
}

/// A folder with the shop's description, and the shop.
fn open() -> (Folder, Api) {
    let api = Api::start(shop);
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    (folder, api)
}

fn fetch(folder: &Folder, arguments: &str) -> Run {
    run(&mut folder.authorized(&format!("fetch {arguments}")), "")
}

#[test]
fn one_resource_is_printed_as_the_server_wrote_it() {
    let (folder, _shop) = open();
    let run = fetch(&folder, "shop.yaml customers");
    expect![[r#"
        {"name":"A\n b","id":1}
        {"id":2,"worth":123456789012345678901234567890.10}
        {"id":3,"name":"Cy"}
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        customers: 3 records on 2 pages
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 0);
}

#[test]
fn of_several_resources_each_record_says_which_it_is_of() {
    let (folder, api) = open();
    let run = fetch(&folder, "shop.yaml");
    let mut lines: Vec<&str> = run.stdout.lines().collect();
    lines.sort_unstable();
    expect![[r#"
        {"resource":"customers","record":{"id":2,"worth":123456789012345678901234567890.10}}
        {"resource":"customers","record":{"id":3,"name":"Cy"}}
        {"resource":"customers","record":{"name":"A\n b","id":1}}
        {"resource":"orders","record":{"no":10,"_customers_id":1}}
        {"resource":"orders","record":{"no":11,"_customers_id":1}}
        {"resource":"orders","record":{"no":30,"_customers_id":3}}"#]]
    .assert_eq(&lines.join("\n"));
    expect![[r#"
        lines is skipped: it needs --arg order_id=VALUE
        customers: 3 records on 2 pages
        orders: 3 records on 3 pages
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 0);
    let parents = api.targets().into_iter().filter(|target| !target.ends_with("orders"));
    assert_eq!(parents.collect::<Vec<_>>(), ["/customers", "/customers?after=two"]);
}

#[test]
fn arguments_limits_and_parameters_go_into_the_requests() {
    let (folder, api) = open();
    let run = fetch(&folder, "shop.yaml lines --arg order_id=7 --param status=open");
    assert_eq!((run.stdout.as_str(), run.status), ("{\"sku\":\"x\"}\n", 0));
    let run = fetch(&folder, "shop.yaml customers --limit 1");
    assert_eq!((run.stdout.lines().count(), run.status), (1, 0));
    assert_eq!(api.targets(), ["/orders/7/lines?status=open", "/customers"]);
}

#[test]
fn the_log_of_requests_has_no_secret() {
    let (folder, api) = open();
    let run = fetch(&folder, "shop.yaml customers --param key=canary --requests log.jsonl");
    assert_eq!(run.status, 0);
    let log = folder.read("log.jsonl").replace(&api.url, "URL");
    let lines = log.lines().map(|line| line.rsplit_once(",\"ms\":").unwrap().0.to_owned() + "\n");
    expect![[r#"
        {"method":"GET","url":"URL/customers?key=***","headers":{"authorization":"***"},"body":null,"status":200
        {"method":"GET","url":"URL/customers?key=***&after=two","headers":{"authorization":"***"},"body":null,"status":200
    "#]].assert_eq(&lines.collect::<String>());
}

/// Also if the description itself tells it, and in the body of a request for a token.
#[test]
fn the_log_of_requests_has_no_secret_that_stands_in_the_description() {
    let api = Api::start(|asked| match &*asked.target {
        "/token" => (200, r#"{"access_token": "canary-token", "expires_in": 60}"#.to_owned()),
        _ => (200, "[]".to_owned()),
    });
    let description = format!(
        "client:\n  base_url: {0}\n  auth: {{type: oauth2_client_credentials, access_token_url: \
         '{0}/token', client_id: me, client_secret: canary}}\n  paginator: single_page\n\
         resources:\n  - {{name: items, endpoint: {{data_selector: $}}}}\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &description)]);
    let run = fetch(&folder, "api.yaml --allow plain_secret --requests log.jsonl");
    expect![[r#"
        items: 0 records on 1 page
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 0);
    let log = folder.read("log.jsonl");
    assert_eq!(log.lines().count(), 2);
    assert!(log.contains("client_id=me&client_secret=***") && !log.contains("canary"), "{log}");
}

#[test]
fn bodies_may_be_compressed_in_every_way_there_is() {
    let api = Api::start(|asked| {
        let accepted = asked.headers.get("accept-encoding").cloned().unwrap_or_default();
        (200, format!("[{accepted:?}]"))
    });
    let description = format!(
        "client: {{base_url: '{}', paginator: single_page}}\nresources: [items]\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &description)]);
    let accepted = fetch(&folder, "api.yaml").stdout;
    assert!(["gzip", "br", "zstd"].iter().all(|way| accepted.contains(way)), "{accepted}");
}

#[test]
fn what_fails_is_said_and_what_does_not_is_printed() {
    let api = Api::start(|asked| match &*asked.target {
        "/good" => (200, "[1]".to_owned()),
        _ => (500, "out of order".to_owned()),
    });
    let description = format!(
        "client: {{base_url: '{}', paginator: single_page, retry: {{max_retries: 0}}}}\n\
         resources: [bad, good]\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &description)]);
    let run = fetch(&folder, "api.yaml");
    assert_eq!(run.stdout, "{\"resource\":\"good\",\"record\":1}\n");
    expect![[r#"
        error: bad, page 1: GET URL/bad answered 500 Internal Server Error (1 try in … s): out of order
        bad: 0 records on 0 pages before it failed
        good: 1 record on 1 page
    "#]].assert_eq(&shown(&run.stderr));
    assert_eq!(run.status, 1);
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    let (folder, api) = open();
    for arguments in [
        "shop.yaml custmers",
        "shop.yaml lines",
        "shop.yaml lines --arg order=7",
        "shop.yaml customers --set region=eu",
        "shop.yaml --param status",
        "shop.yaml --limit 3 --checkpoint state.json",
        "shop.yml",
    ] {
        let run = fetch(&folder, arguments);
        folder.write(
            "told",
            format!("{}$ fetch {arguments}\n{}", told(&folder), run.stderr).as_bytes(),
        );
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{arguments}");
    }
    let mut without = folder.authorized("fetch shop.yaml");
    let run = run(without.env_remove("ACCESS_TOKEN"), "");
    assert_eq!(run.status, 2);
    expect![[r#"
        $ fetch shop.yaml custmers
        error: the description has no resource `custmers`
          help: did you mean `customers`?
        $ fetch shop.yaml lines
        error: `lines` needs a value for `order_id`
          help: give it by `--arg order_id=VALUE`
        $ fetch shop.yaml lines --arg order=7
        error: `lines` needs a value for `order_id`
          help: give it by `--arg order_id=VALUE`
        $ fetch shop.yaml customers --set region=eu
        error: the description has no setting `region`
          help: it names none: settings are written `{config.name}`
        $ fetch shop.yaml --param status
        error: invalid value 'status' for '--param <NAME=VALUE>': expected NAME=VALUE

        For more information, try '--help'.
        $ fetch shop.yaml --limit 3 --checkpoint state.json
        error: the argument '--limit <RECORDS>' cannot be used with '--checkpoint <FILE>'

        Usage: cargo rest-source fetch --limit <RECORDS> <FILE> [RESOURCE]...

        For more information, try '--help'.
        $ fetch shop.yml
        error[unreadable_file]: this file cannot be read: No such file or directory (os error 2)
        --> shop.yml
         = help: did you mean `shop.yaml`?

        $ fetch shop.yaml
        lines is skipped: it needs --arg order_id=VALUE
        error: the secret `access_token` is missing
          help: set SHOP__ACCESS_TOKEN or ACCESS_TOKEN in the environment
    "#]]
    .assert_eq(&(told(&folder) + "$ fetch shop.yaml\n" + &run.stderr));
    assert_eq!(api.targets(), [""; 0]);
}

fn told(folder: &Folder) -> String {
    if folder.path().join("told").exists() { folder.read("told") } else { String::new() }
}

#[test]
fn without_a_server_it_says_so() {
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", "http://127.0.0.1:9"))]);
    let run = fetch(&folder, "shop.yaml customers");
    expect![[r#"
        error: customers, page 1: GET http://127.0.0.1:9/customers could not connect: Connection refused (os error 111) (1 try in … s)
        customers: 0 records on 0 pages before it failed
    "#]].assert_eq(&shown(&run.stderr));
    assert_eq!((run.stdout.as_str(), run.status), ("", 1));
}

/// A thousand pages of one record each. The third cannot be had while `is_broken`.
fn long(is_broken: &Arc<AtomicBool>) -> (Folder, Api) {
    let is_broken = Arc::clone(is_broken);
    let api = Api::start(move |asked| {
        let number: u64 = asked.target.split("after=").nth(1).map_or(0, |n| n.parse().unwrap());
        if number == 2 && is_broken.load(Ordering::SeqCst) {
            return (500, "{}".to_owned());
        }
        thread::sleep(Duration::from_millis(2));
        let next = if number == 999 { "null".to_owned() } else { format!("\"{}\"", number + 1) };
        (200, format!(r#"{{"data": [{number}], "next": {next}}}"#))
    });
    let description = format!(
        "client: {{base_url: '{}', retry: {{max_retries: 0}}}}\n\
         resources:\n  - {{name: numbers, endpoint: {{data_selector: data, paginator: \
         {{type: cursor, cursor_path: next, cursor_param: after}}}}}}\n",
        api.url
    );
    (Folder::with(&[("long.yaml", &description)]), api)
}

fn numbers(from: u64) -> String {
    (from..1000).flat_map(|number| [number.to_string(), "\n".to_owned()]).collect()
}

#[test]
fn a_fetch_that_failed_goes_on_behind_what_it_has_printed() {
    let is_broken = Arc::new(AtomicBool::new(true));
    let (folder, _api) = long(&is_broken);
    let run = fetch(&folder, "long.yaml --checkpoint state.json");
    assert_eq!((run.stdout.as_str(), run.status), ("0\n1\n", 1));
    expect![[r#"
        error: numbers, page 3: GET URL/numbers?after=2 answered 500 Internal Server Error (1 try in … s): {}
        numbers: 2 records on 2 pages before it failed
        run the same command to resume
    "#]].assert_eq(&shown(&run.stderr));
    is_broken.store(false, Ordering::SeqCst);
    let run = fetch(&folder, "long.yaml --checkpoint state.json");
    assert_eq!((run.stdout, run.status), (numbers(2), 0));
    // The next one is a run of its own.
    assert_eq!(folder.read("state.json"), r#"{"checkpoints":{}}"#);
}

#[test]
fn a_fetch_does_not_go_on_where_another_one_was_stopped() {
    let is_broken = Arc::new(AtomicBool::new(true));
    let (folder, api) = long(&is_broken);
    assert_eq!(fetch(&folder, "long.yaml --checkpoint state.json").status, 1);
    let kept = folder.read("state.json");
    folder.write(
        "other.yaml",
        folder
            .read("long.yaml")
            .replace("data_selector", "path: v2/numbers, data_selector")
            .as_bytes(),
    );
    let requests = api.targets().len();
    let mut told = String::new();
    for arguments in [
        "other.yaml --checkpoint state.json",
        "long.yaml --checkpoint state.json --base-url http://127.0.0.1:9",
        "long.yaml --checkpoint state.json --param status=open",
    ] {
        let run = fetch(&folder, arguments);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{arguments}");
        told += &shown(&run.stderr);
    }
    expect![[r#"
        error: `state.json` belongs to another fetch: there `numbers` is GET URL/numbers, here it is GET URL/v2/numbers
          help: name another file, or remove this one to restart
        error: `state.json` belongs to another fetch: there `numbers` is GET URL/numbers, here it is GET http://127.0.0.1:9/numbers
          help: name another file, or remove this one to restart
        error: `state.json` belongs to another fetch: there `numbers` is GET URL/numbers, here it is GET URL/numbers with parameters 290421ee92a47a8212ad0ffb09eab8d6
          help: name another file, or remove this one to restart
    "#]].assert_eq(&told);
    assert_eq!((folder.read("state.json"), api.targets().len()), (kept, requests));
}

#[test]
#[cfg(unix)]
fn a_fetch_that_was_stopped_goes_on_behind_what_it_has_printed() {
    let (folder, _api) = long(&Arc::default());
    let mut child = folder
        .authorized("fetch long.yaml --checkpoint state.json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    for _ in 0..5 {
        out.read_line(&mut printed).unwrap();
    }
    let stop = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(stop.success());
    out.read_to_string(&mut printed).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let told = String::from_utf8(output.stderr).unwrap();
    let is_count = |word: &&str| word.parse::<u64>().is_ok();
    let words = told.split(' ').map(|word| if is_count(&word) { "…" } else { word });
    expect![[r#"
        interrupted after … records; run the same command to resume
    "#]]
    .assert_eq(&words.collect::<Vec<_>>().join(" "));
    let run = fetch(&folder, "long.yaml --checkpoint state.json");
    assert_eq!((printed + &run.stdout, run.status), (numbers(0), 0));
}

/// The server takes the refresh token back with the request, and its answer has the only one that is good.
#[test]
#[cfg(unix)]
fn a_refresh_token_that_is_being_replaced_is_kept_on_ctrl_c() {
    const REFRESHED: &str = r#"
client:
  base_url: URL
  auth:
    type: oauth2_refresh_token
    access_token_url: URL/token
    client_id: shop
    client_secret: "{secrets.client_secret}"
    refresh_token: "{secrets.refresh_token}"
resources: [{name: orders, primary_key: id, endpoint: {path: orders, paginator: single_page}}]
"#;
    for command in ["fetch shop.yaml", "load shop.yaml --to sqlite:out.db", "probe shop.yaml"] {
        let (asked, is_asked) = mpsc::channel();
        let asked = Mutex::new(asked);
        let api = Api::start(move |request: &Asked| {
            assert_eq!(request.target, "/token");
            asked.lock().unwrap().send(()).unwrap();
            // Longer than what does not end is left alone.
            thread::sleep(Duration::from_millis(1500));
            (200, r#"{"access_token": "canary", "refresh_token": "second"}"#.to_owned())
        });
        let folder = Folder::with(&[("shop.yaml", &REFRESHED.replace("URL", &api.url))]);
        let child = folder
            .command(&format!("{command} --token-file tokens.json"))
            .envs([("CLIENT_SECRET", "canary"), ("REFRESH_TOKEN", "first")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        is_asked.recv().unwrap();
        let stop = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(stop.success());
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130), "{command}");
        assert!(folder.read("tokens.json").contains("second"), "{command}");
    }
}

/// `cargo rest-source fetch long.yaml | head -n 1`
#[test]
fn a_reader_that_has_gone_ends_the_fetch_quietly() {
    let (folder, api) = long(&Arc::default());
    let mut child = folder
        .authorized("fetch long.yaml --quiet")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
    assert!(api.targets().len() < 1000);
}

#[test]
fn after_a_complete_run_only_what_is_new_is_asked_for() {
    let api = Api::start(|asked| {
        let since: u64 = asked.target.split("since=").nth(1).map_or(0, |n| n.parse().unwrap());
        let records: Vec<String> = (since..=20).map(|n| format!(r#"{{"n":{n}}}"#)).collect();
        (200, format!("[{}]", records.join(",")))
    });
    let description = format!(
        "client: {{base_url: '{}'}}\n\
         resources:\n  - name: items\n    primary_key: n\n    endpoint:\n      data_selector: $\n      \
         paginator: single_page\n      incremental: {{start_param: since, cursor_path: n, \
         initial_value: 5}}\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &description)]);
    let first = fetch(&folder, "api.yaml --checkpoint state.json");
    assert_eq!((first.stdout.lines().count(), first.status), (16, 0));
    let second = fetch(&folder, "api.yaml --checkpoint state.json");
    assert_eq!((second.stdout.as_str(), second.status), ("", 0));
    assert_eq!(api.targets(), ["/items?since=5", "/items?since=20"]);
}
