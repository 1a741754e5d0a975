//! Progress and warnings on a terminal of 60 columns, which `script` of util-linux plays.

use std::{
    io::{Read as _, Write as _},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use expect_test::expect;

use super::{
    Folder,
    api::Api,
    awaited::{NULL_WARNING, RATE},
    shown as texts,
};

/// A name that is cut where the terminal ends.
const NAME: &str = "payments_of_all_customers_that_were_ever_seen_by_anybody";

/// Three pages, of which the second is a reason for a warning and the third never comes.
fn api() -> Api {
    Api::start(|asked| match asked.target.split("after=").nth(1) {
        None => (200, r#"{"data": [{"id": 1}, {"id": 2}], "next": "two"}"#.to_owned()),
        Some("two") => (200, r#"{"data": null, "next": "three"}"#.to_owned()),
        Some(_) => {
            thread::sleep(Duration::from_secs(3600));
            (500, String::new())
        }
    })
}

fn folder(api: &Api) -> Folder {
    let paginator = "{type: cursor, cursor_path: next, cursor_param: after}";
    let description = format!(
        "client: {{base_url: \"{}\", paginator: {paginator}}}\n\
         resources: [{{name: {NAME}, endpoint: {{path: items, data_selector: data}}}}]\n",
        api.url
    );
    Folder::with(&[("api.yaml", &description)])
}

/// Everything that was shown before Ctrl-C, which comes when `text` is shown, and what is shown at the
/// end.
fn interrupted(folder: &Folder, arguments: &str, text: &str) -> (String, String) {
    let program = env!("CARGO_BIN_EXE_cargo-rest-source");
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--command"])
        .args([format!("stty cols 60 rows 24; exec {program} {arguments}"), "/dev/null".to_owned()])
        .current_dir(folder.path())
        .envs([("TERM", "xterm-256color"), ("NO_COLOR", "1"), ("NO_PROXY", "127.0.0.1")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut keys, mut output) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap());
    let mut screen = vt100::Parser::new(24, 60, 0);
    let mut before = None;
    let mut bytes = [0; 4096];
    loop {
        let length = output.read(&mut bytes).unwrap();
        if length == 0 {
            break;
        }
        screen.process(&bytes[..length]);
        let shown = screen.screen().contents();
        if before.is_none() && shown.contains(text) && shown.contains(RATE) {
            before = Some(shown);
            keys.write_all(b"\x03").unwrap();
        }
    }
    terminal.wait().unwrap();
    (before.unwrap_or_default(), screen.screen().contents())
}

/// What is sent to the terminal, without what colours it, in the order in which it is.
fn shown(folder: &Folder, arguments: &str) -> String {
    let program = env!("CARGO_BIN_EXE_cargo-rest-source");
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command"])
        .args([format!("{program} {arguments}"), "/dev/null".to_owned()])
        .current_dir(folder.path())
        .envs([("TERM", "dumb"), ("NO_COLOR", "1"), ("NO_PROXY", "127.0.0.1")])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn control_characters_of_records_and_messages_are_shown_and_not_sent() {
    const HOSTILE: &str = "\u{9b}2J\u{202e}\u{7f}";
    let api = Api::start(|asked| match asked.target.as_str() {
        "/items" => (200, format!(r#"[{{"a{HOSTILE}": "b\u001b]0;x{HOSTILE}"}}]"#)),
        _ => (400, format!("no\u{1b}]0;x\u{7}{HOSTILE}\r\nerror: nothing")),
    });
    let description = format!(
        "client: {{base_url: \"{}\", paginator: single_page}}\nresources: [{{name: items, \
         endpoint: {{data_selector: $}}}}, {{name: others, endpoint: {{data_selector: $}}}}]\n",
        api.url
    );
    let folder = Folder::with(&[("api.yaml", &description)]);
    let is_sent = |text: &str| text.contains(['\u{9b}', '\u{202e}', '\u{7f}', '\u{7}']);
    let records = shown(&folder, "fetch api.yaml items --quiet");
    assert!(!is_sent(&records), "{records:?}");
    let record: serde_json::Value = serde_json::from_str(records.trim()).unwrap();
    assert_eq!(record[format!("a{HOSTILE}")], format!("b\u{1b}]0;x{HOSTILE}"));
    let error = shown(&folder, "fetch api.yaml others --quiet");
    assert!(!is_sent(&error), "{error:?}");
    expect![[r#"
        error: others, page 1: GET URL/others answered 400 Bad Request (1 try in … s): no\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{7f} error: nothing
    "#]].assert_eq(&texts::shown(&error.replace("\r\n", "\n")));
    // A pipe may end at a terminal.
    assert_eq!(folder.run("fetch api.yaml items --quiet").stdout.trim(), records.trim());
}

#[test]
fn a_fetch_leaves_no_progress_behind() {
    let api = api();
    let folder = folder(&api);
    let (before, after) =
        interrupted(&folder, "fetch api.yaml > records.jsonl", &format!("{RATE} …"));
    let last = before.lines().last().unwrap_or_default();
    assert!(last.contains("payments_of_all_custome…") && last.ends_with('…'), "{before}");
    assert_eq!(before.matches(RATE).count(), 1, "{before}");
    expect!["interrupted after 2 records; with --checkpoint FILE, the next fetch resumes there"]
        .assert_eq(&texts::shown(&after));
}

#[test]
fn a_load_leaves_no_progress_behind() {
    let api = api();
    let folder = folder(&api);
    let (before, after) = interrupted(&folder, "load api.yaml --to sqlite:out.db", NULL_WARNING);
    let last = before.lines().last().unwrap_or_default();
    assert!(last.contains("payments_of_all_custome…"), "{before}");
    assert_eq!(before.matches(RATE).count(), 1, "{before}");
    expect![[r#"
         WARN `null` is in place of the records, and counts as none resource="payments_of_all_customers_that_were_ever_seen_by_anybody"
        api: 2 rows in … s
        resource                                                  records  rows  new  updated  unchanged  pages  retries  bytes   time  outcome
        payments_of_all_customers_that_were_ever_seen_by_anybody        2     2    2        0          0      2        0   78 B  … s  stopped
        interrupted; run the same command to resume"#]].assert_eq(&texts::shown(&after));
}
