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

/// Whether what a command prints is its result. That of the others is their exit status, or is elsewhere.
fn prints(arguments: &str) -> bool {
    let words = ["expand", "docs", "explain", "schema", "completions", "fetch", "probe"];
    words.iter().any(|word| arguments.starts_with(word)) || arguments.starts_with("state show")
}

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
            let is_lost = script.contains("{} >&-") && prints(arguments);
            let is_told = stderr.contains("standard output is closed") || script.contains("2>&-");
            let is_right = if is_lost && ended == 2 {
                is_told || *status == 2
            } else {
                ended == *status && (*status > 0 || !is_lost)
            };
            assert!(is_right, "{arguments}: {script}: {ended}: {stderr}");
        }
        // What cannot be written is told; what has mistakes has them all the same.
        let Run { status: ended, stderr, .. } = shell(&folder, arguments, "{} >/dev/full");
        assert!(!stderr.contains("panicked"), "{arguments}: {stderr}");
        assert!(ended == *status || ended == 2, "{arguments}: {ended}: {stderr}");
        assert!(ended == *status || stderr.contains("No space left"), "{arguments}: {stderr}");
        assert!(!arguments.starts_with("--") || ended == 2, "{arguments}: {ended}");
    }
}

/// Nothing is fetched of which nobody learns. Cargo, and Rust before `main`, open `/dev/null` for reading and
/// writing in place of what is closed.
#[test]
fn what_is_printed_nowhere_is_no_success() {
    let (folder, api) = folder();
    for script in ["{} >&-", "{} 1<>/dev/null", "{} 1</dev/null"] {
        let ended = shell(&folder, "fetch shop.yaml --checkpoint shop.json", script);
        expect![[r#"
            error: standard output is closed, so that what is written there would be lost
              help: leave it open, or write it to a file or a pipe; `> /dev/null` throws it away
        "#]]
        .assert_eq(&ended.stderr);
        assert_eq!((ended.status, api.targets().len()), (2, 0), "{script}");
        assert!(!folder.path().join("shop.json").exists(), "{script}");
    }
    for script in ["{} >/dev/null", "{} >>/dev/null", "{} | cat", "{} 1<>shop.txt"] {
        let ended = shell(&folder, "fetch shop.yaml", script);
        assert_eq!(ended.status, 0, "{script}: {}", ended.stderr);
    }
}

/// Whoever runs it again after a failure would add the rows a second time.
#[test]
fn a_load_whose_report_cannot_be_printed_has_loaded() {
    let (folder, _api) = folder();
    let ended = shell(&folder, "load shop.yaml --to sqlite:shop.db -q", "{} >/dev/full");
    expect![[r#"
        error: the report cannot be printed: No space left on device (os error 28)
          help: the loaded rows are committed, and the exit status is that of the load; `state show` shows the state
    "#]]
    .assert_eq(&ended.stderr);
    assert_eq!(ended.status, 0);
    let ended = shell(&folder, "load down.yaml --to sqlite:shop.db -q", "{} >/dev/full");
    assert_eq!(ended.status, 1);
}

/// Records that were printed to a full disk are printed again: no checkpoint is behind them.
#[test]
fn a_checkpoint_is_not_behind_what_could_not_be_printed() {
    let api = Api::start(|asked| {
        let page = if asked.target.contains("page=2") { "[{\"id\": 2}]" } else { "[{\"id\": 1}]" };
        (200, page.replace(']', &format!(", {{\"text\": \"{}\"}}]", "x".repeat(100_000))))
    });
    let paginator = "{type: page_number, base_page: 1, maximum_page: 3, total_path: null}";
    let shop = SHOP.replace("URL", &api.url).replace("single_page", paginator);
    let folder = Folder::with(&[("shop.yaml", &shop)]);
    let fetch = "fetch shop.yaml --checkpoint shop.state -q";
    assert_eq!(shell(&folder, fetch, "{} >/dev/full").status, 2);
    // The disk is full within the second page.
    let Run { stderr, .. } = shell(&folder, fetch, "ulimit -f 150; {} >out");
    expect![[r#"
        error: the output cannot be written: File too large (os error 27)
    "#]]
    .assert_eq(&stderr);
    let Run { stdout, status, .. } = shell(&folder, fetch, "{}");
    let ids: Vec<&str> = stdout.lines().filter(|line| line.contains("id")).collect();
    assert_eq!((ids, status), (vec![r#"{"id":2}"#], 0));
}

/// They are Rust programs without tokio, which has a signal of its own for that.
#[test]
fn commands_end_with_an_error_where_a_file_may_grow_no_more() {
    let (folder, _api) = folder();
    for arguments in ["docs valid.yaml", "schema", "explain --all", "expand valid.yaml"] {
        let Run { status, stderr, .. } = shell(&folder, arguments, "ulimit -f 0; {} >out");
        assert_eq!(stderr, "error: the output cannot be written: File too large (os error 27)\n");
        assert_eq!(status, 2, "{arguments}");
    }
}

#[test]
fn a_token_file_that_is_no_file_is_an_error() {
    let (folder, _api) = folder();
    let mut texts = String::new();
    for what in [".", "/dev/zero", "fifo"] {
        let fetch = format!("fetch shop.yaml --token-file {what}");
        let ended = shell(&folder, &fetch, "mkfifo fifo 2>/dev/null; {}");
        texts += &ended.stderr;
        assert_eq!(ended.status, 2, "{what}");
    }
    expect![[r#"
        error: `.` is not a regular file
          help: `--token-file` takes the path of a file
        error: `/dev/zero` is not a regular file
          help: `--token-file` takes the path of a file
        error: `fifo` is not a regular file
          help: `--token-file` takes the path of a file
    "#]]
    .assert_eq(&texts);
}

/// JSON may hold them as they are, and what is printed may end at a terminal.
#[test]
fn what_a_terminal_obeys_is_escaped_in_printed_records() {
    let record = "[{\"id\": \"a\u{9b}2J\u{7f}\u{202e}é\"}]";
    let api = Api::start(move |_| (200, record.to_owned()));
    let folder = Folder::with(&[("shop.yaml", &SHOP.replace("URL", &api.url))]);
    let Run { stdout, .. } = shell(&folder, "fetch shop.yaml -q", "{}");
    assert_eq!(stdout, "{\"id\":\"a\\u009b2J\\u007f\\u202eé\"}\n");
}

#[test]
fn destinations_that_there_are_not_are_told() {
    let (folder, _api) = folder();
    for to in ["mysql://u:canary@h/d", "canary:x//y://z", "CANARY://x", "snowflake://a"] {
        let load = format!("load shop.yaml --to {to}");
        let Run { status, stderr, .. } = shell(&folder, &load, "{}");
        assert!(stderr.contains("`parquet:folder`") && !stderr.to_lowercase().contains("canary"));
        assert_eq!(status, 2, "{to}");
    }
    let Run { stderr, .. } = shell(&folder, "load shop.yaml --to mysql://u:canary@h/d", "{}");
    expect![[r#"
        error: there is no destination `mysql://`
          help: write it as `sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or `env:DATABASE_URL`
    "#]].assert_eq(&stderr);
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

/// How much memory leaves none for threads differs from build to build: every limit is tried, up to the
/// first one that is enough.
#[test]
fn threads_that_cannot_be_started_are_an_error() {
    let (folder, _api) = folder();
    let mut is_told = false;
    for limit in (40_000..400_000).step_by(1_000) {
        let script = format!("ulimit -v {limit}; {{}} > out");
        let Run { status, stderr, .. } =
            shell(&folder, "load shop.yaml --to sqlite:limits.db -q", &script);
        // Where std cannot even begin a thread, also that of `main`, it panics by itself.
        let is_of_std = stderr.contains("failed to allocate an alternative stack");
        assert!(is_of_std || !stderr.contains("panicked"), "{limit}: {stderr}");
        is_told |= stderr.contains("threads can be started") || stderr.contains("needs a thread");
        if status == 0 {
            break;
        }
    }
    assert!(is_told, "no limit was one for threads only");
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
