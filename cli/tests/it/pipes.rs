//! Output that is closed, full or not read, and limits of the system: every command ends by itself, its
//! exit status says what was done, and nothing panics.

use std::{
    fs::File,
    io::Read,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use expect_test::expect;

use super::{Folder, MISTAKEN, Run, VALID, api::Api, run, shown::shown};

const SHOP: &str = "\
client: {base_url: 'URL', paginator: single_page, retry: {max_retries: 0}}
resources:
  - {name: customers, write_disposition: append, endpoint: {data_selector: $}}
";

/// A folder with descriptions, of an API and of a server that is down.
fn folder() -> (Folder, Api) {
    let api = Api::start(|_| (200, r#"[{"id": 1}, {"id": 2}]"#.to_owned()));
    let shop = SHOP.replace("URL", &api.url);
    let down = SHOP.replace("URL", "http://127.0.0.1:9");
    let folder = Folder::with(&[
        ("valid.yaml", VALID),
        ("mistaken.yaml", MISTAKEN),
        ("shop.yaml", &shop),
        ("down.yaml", &down),
    ]);
    (folder, api)
}

/// Every command, with the status that it has when all goes well.
const COMMANDS: &[(&str, i32)] = &[
    ("check valid.yaml", 0),
    ("check mistaken.yaml", 1),
    ("check --format json mistaken.yaml", 1),
    ("check nowhere.yaml", 2),
    ("expand valid.yaml", 0),
    ("expand mistaken.yaml", 1),
    ("docs valid.yaml", 0),
    ("docs mistaken.yaml", 1),
    ("explain too_large", 0),
    ("explain", 0),
    ("schema", 0),
    ("completions bash", 0),
    ("fetch down.yaml", 1),
    ("fetch mistaken.yaml", 1),
    ("probe shop.yaml", 0),
    ("probe down.yaml", 1),
    ("load shop.yaml --to sqlite:shop.db", 0),
    ("load shop.yaml --to sqlite:shop.db --json -q", 0),
    ("load down.yaml --to sqlite:down.db", 1),
    ("load shop.yaml --to sqlite:nowhere/shop.db", 2),
    ("state show --to sqlite:shop.db", 0),
    ("state reset --to sqlite:shop.db --pipeline shop", 0),
    ("--help", 0),
    ("check --nothing", 2),
];

/// The program in a shell: `{}` stands for it and its arguments.
fn shell(folder: &Folder, arguments: &str, script: &str) -> Run {
    let program = format!("{} {arguments}", env!("CARGO_BIN_EXE_cargo-rest-source"));
    let mut bash = Command::new("bash");
    bash.args(["-c", &script.replace("{}", &program)]).current_dir(folder.path());
    bash.env("NO_PROXY", "127.0.0.1");
    run(&mut bash, "")
}

#[test]
fn whoever_reads_does_not_change_the_exit_status() {
    let (folder, _api) = folder();
    for (arguments, status) in COMMANDS {
        for script in [
            "{}",
            "{} >&-",
            "{} 2>&-",
            "{} >&- 2>&-",
            "{} 2>/dev/full",
            // The reader has gone before the first word.
            "(sleep 0.05; exec {}) | true; exit ${PIPESTATUS[0]}",
            "(sleep 0.05; exec {} 2>&1) | true; exit ${PIPESTATUS[0]}",
            "(sleep 0.05; exec {} 2>&1 >/dev/null) | true; exit ${PIPESTATUS[0]}",
        ] {
            let Run { status: ended, stderr, .. } = shell(&folder, arguments, script);
            assert!(!stderr.contains("panicked"), "{arguments}: {script}: {stderr}");
            assert_eq!(ended, *status, "{arguments}: {script}: {stderr}");
        }
        // What cannot be written is told; what has mistakes has them all the same.
        let Run { status: ended, stderr, .. } = shell(&folder, arguments, "{} >/dev/full");
        assert!(!stderr.contains("panicked"), "{arguments}: {stderr}");
        assert!(ended == *status || ended == 2, "{arguments}: {ended}: {stderr}");
        assert!(ended == *status || stderr.contains("No space left"), "{arguments}: {stderr}");
    }
}

#[test]
fn a_resource_that_failed_before_the_reader_had_gone_has_failed() {
    let api = Api::start(|asked| match &*asked.target {
        "/others" => (500, String::new()),
        _ => {
            thread::sleep(Duration::from_millis(300));
            (200, r#"[{"id": 1}]"#.to_owned())
        }
    });
    let both = SHOP.replace("URL", &api.url) + "  - {name: others, endpoint: {data_selector: $}}\n";
    let folder = Folder::with(&[("both.yaml", &both)]);
    for script in
        ["{}", "{} | true; exit ${PIPESTATUS[0]}", "{} 2>&1 | true; exit ${PIPESTATUS[0]}"]
    {
        assert_eq!(shell(&folder, "fetch both.yaml", script).status, 1, "{script}");
    }
    let Run { status, stderr, .. } = shell(&folder, "fetch both.yaml", "{} >/dev/full");
    assert_eq!(status, 2);
    expect![[r#"
        error: the output cannot be written: No space left on device (os error 28)
    "#]]
    .assert_eq(&shown(&stderr));
}

#[test]
fn limits_of_the_system_are_errors_and_nothing_is_doubled() {
    let (folder, _api) = folder();
    let load = "load shop.yaml --to sqlite:limits.db -q";
    for limit in ["-n 16", "-n 12", "-n 9", "-n 7", "-n 5", "-f 0", "-f 20"] {
        for arguments in [load, "fetch shop.yaml", "probe shop.yaml", "check valid.yaml"] {
            let script = format!("ulimit {limit}; {{}} > out");
            let Run { status, stderr, .. } = shell(&folder, arguments, &script);
            assert!(!stderr.contains("panicked"), "{limit}: {arguments}: {stderr}");
            assert!((0..=2).contains(&status) || limit.contains("-f"), "{limit}: {stderr}");
            assert!(status == 0 || !stderr.is_empty(), "{limit}: {arguments}: {status}");
        }
    }
    // An append that was not complete goes on, and one that was is a run of its own.
    let count = |folder: &Folder| {
        let database = rusqlite::Connection::open(folder.path().join("limits.db")).unwrap();
        let sql = "SELECT count(*) FROM customers";
        database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(shell(&folder, load, "{}").status, 0);
    let before = count(&folder);
    assert_eq!(before % 2, 0);
    assert_eq!(shell(&folder, load, "ulimit -f 0; {}").status == 0, count(&folder) == before + 2);
}

/// How much memory leaves none for threads differs from build to build.
#[test]
fn threads_that_cannot_be_started_are_an_error() {
    let (folder, _api) = folder();
    for limit in (40_000..120_000).step_by(2_000) {
        let script = format!("ulimit -v {limit}; {{}} > out");
        let run = shell(&folder, "load shop.yaml --to sqlite:limits.db -q", &script);
        assert!(!run.stderr.contains("panicked"), "{limit}: {}", run.stderr);
    }
}

/// A pipe holds 64 KB; then the command waits for somebody to read.
#[test]
fn ctrl_c_ends_a_command_that_nobody_reads() {
    let page = format!("[{}]", vec![r#"{"id": 1, "text": "0123456789"}"#; 10_000].join(","));
    let api = Api::start(move |_| (200, page.clone()));
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    let mut fetch = folder.authorized("fetch shop.yaml -q");
    let mut fetch = fetch.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut first = [0];
    fetch.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    let interrupted = Command::new("kill").args(["-INT", &fetch.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = fetch.try_wait().unwrap() {
            break status;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "it is deaf");
        thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(130));
}

#[test]
fn a_description_without_end_is_not_read_to_its_end() {
    let folder = Folder::with(&[]);
    let mut said = String::new();
    for arguments in ["check /dev/zero", "check -"] {
        let mut check = folder.command(arguments);
        check.stdin(File::open("/dev/zero").unwrap());
        let output = check.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}");
        let found = String::from_utf8(output.stdout).unwrap();
        said += &found;
    }
    expect![[r#"
        error[too_large]: the file has more than 4 MiB
        --> /dev/zero

        error[too_large]: the file has more than 4 MiB
        --> <stdin>

    "#]]
    .assert_eq(&said);
}
