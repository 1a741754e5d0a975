//! The example `payments`, run as a program.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

use expect_test::expect;
use rest_source_demo::{DemoApi, Options};
use tempfile::TempDir;

use crate::{programs::program, shown::shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_leaves_the_row_counts_as_they_were() {
    let api = demo_api(1_234, Duration::ZERO).await;
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let output = output(example_on(&api, folder.path()).arg("--database=mine.db"));
        assert_eq!(output.code, Some(0), "{}", output.stderr);
        assert_eq!(output.row_counts(), [1_234; 4].map(|rows| rows.to_string()));
        assert!(output.stdout.contains("mine.db"), "{}", output.stdout);
    }
    assert!(folder.path().join("mine.db").is_file());
    assert!(!folder.path().join("payments.db").exists());
}

#[tokio::test]
async fn without_an_address_it_loads_from_a_demo_api_of_its_own() {
    let folder = TempDir::new().unwrap();
    let output = output(&mut example(folder.path()));
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert_eq!(output.row_counts(), ["4000"; 4]);
    for shown in ["16,000 rows", r#"Some("PM004000")"#, "payments.db"] {
        assert!(output.stdout.contains(shown), "no {shown} in {}", output.stdout);
    }
    assert!(output.stderr.contains("429 Too Many Requests"), "{}", output.stderr);
    assert!(folder.path().join("payments.db").is_file());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_run_after_ctrl_c_continues_and_completes() {
    // Eight pages of each resource: time enough to be interrupted in.
    let api = demo_api(4_000, Duration::from_millis(150)).await;
    let folder = TempDir::new().unwrap();
    let mut interrupted = example_on(&api, folder.path()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(interrupted.stderr.take().unwrap()).lines();
    log.find(|line| line.as_ref().unwrap().contains("committed")).unwrap().unwrap();
    let kill = Command::new("kill").args(["-INT", &interrupted.id().to_string()]).status();
    assert!(kill.unwrap().success());
    // Not always the last line: a request that is interrupted meanwhile may be logged after it.
    let said: Vec<_> = log.map(Result::unwrap).collect();
    assert_eq!(interrupted.wait().unwrap().code(), Some(130), "{said:?}");
    assert!(said.iter().any(|line| line.contains("the next run continues")), "{said:?}");

    let output = output(&mut example_on(&api, folder.path()));
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert!(output.stdout.contains("resumed"), "{}", output.stdout);
    assert_eq!(output.row_counts(), ["4000"; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_is_not_shown() {
    let api = demo_api(10, Duration::ZERO).await;
    let folder = TempDir::new().unwrap();
    let output = output(example_on(&api, folder.path()).env("ACCESS_TOKEN", "canary-token"));
    assert_eq!(output.code, Some(1));
    let last = output.stderr.lines().rfind(|line| !line.contains("help: ")).unwrap();
    // What the server says of the request has its number in it.
    let said = last.split(": {").next().unwrap_or_default();
    expect![
        "  payouts, page 1: GET URL/v1/payouts?limit=500 answered 401 Unauthorized (1 try in … s)"
    ]
    .assert_eq(&shown(said));
    assert!(!format!("{output:?}").contains("canary"), "{output:?}");
}

#[test]
fn what_cannot_be_done_is_told_with_a_way_out() {
    let folder = TempDir::new().unwrap();
    let mut texts = String::new();
    for (arguments, base_url, code) in [
        (["--databse=x.db"].as_slice(), "", 2),
        (&["here"], "", 2),
        (&["--database"], "", 2),
        (&["--database", ""], "", 1),
        (&["--database", "no/folder.db"], "", 1),
        (&[], "http://127.0.0.1:9", 1),
    ] {
        let output = output(example(folder.path()).args(arguments).env("BASE_URL", base_url));
        assert_eq!(output.code, Some(code), "{arguments:?}: {}", output.stderr);
        texts += output.stderr.lines().last().unwrap();
        texts += "
";
    }
    expect![[r#"
        error: invalid option '--databse'; see `cargo run --example payments -- --help`
        error: unexpected argument "here"; see `cargo run --example payments -- --help`
        error: missing argument for option '--database'; see `cargo run --example payments -- --help`
        error: the path of the database is empty; name a file, such as `payments.db`
        error: the database no/folder.db cannot be opened: the folder FOLDER/no does not exist; create it first
        error: the secret `access_token` is missing: neither `.access_token(…)` was called on the builder, nor is PAYMENTS_API__ACCESS_TOKEN or ACCESS_TOKEN set in the environment
    "#]].assert_eq(&shown(&texts));
    let help = output(example(folder.path()).arg("--help"));
    assert_eq!((help.code, &*help.stderr), (Some(0), ""));
    assert!(help.stdout.contains("--database FILE"));
}

async fn demo_api(records: u64, latency: Duration) -> DemoApi {
    DemoApi::start_with(Options { records, fault_every: None, latency }).await.unwrap()
}

/// The example, about to load from an API.
fn example_on(api: &DemoApi, folder: &Path) -> Command {
    let mut example = example(folder);
    example.env("BASE_URL", api.base_url()).env("ACCESS_TOKEN", api.token());
    example
}

/// The example, about to run in a folder.
fn example(folder: &Path) -> Command {
    let mut example = Command::new(program("payments"));
    example.current_dir(folder).stdout(Stdio::piped());
    for variable in ["BASE_URL", "ACCESS_TOKEN", "PAYMENTS_API__ACCESS_TOKEN"] {
        example.env_remove(variable);
    }
    example
}

/// What a program wrote, and how it ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn output(command: &mut Command) -> Ended {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

impl Ended {
    /// The numbers of the lines `4000 rows in table payments`.
    fn row_counts(&self) -> Vec<String> {
        let counts = self.stdout.lines().filter_map(|line| line.split_once(" rows in table "));
        counts.map(|(rows, _)| rows.to_owned()).collect()
    }
}
