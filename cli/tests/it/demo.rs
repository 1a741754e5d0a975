//! `demo`: the API, and the commands that it prints.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use expect_test::expect;

use super::{Folder, Run, run};

/// A demo that runs until this is dropped.
pub(crate) struct Demo {
    child: Child,
    greeting: String,
}

impl Demo {
    pub(crate) fn start(folder: &Folder, options: &str) -> Demo {
        let mut child = folder
            .command(&format!("demo {options}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        let mut greeting = String::new();
        while !greeting.contains(" load ") {
            greeting = greeting + &lines.next().expect("it greets").unwrap() + "\n";
        }
        Demo { child, greeting }
    }

    pub(crate) fn url(&self) -> &str {
        let rest = self.greeting.split_once("http://").unwrap().1;
        let end = rest.find(' ').unwrap();
        let begin = self.greeting.find("http://").unwrap();
        &self.greeting[begin..begin + "http://".len() + end]
    }

    /// Ends it by Ctrl-C, and gives what it has announced.
    fn end(mut self) -> (String, Option<i32>) {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
        let mut announced = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut announced).unwrap();
        (announced, self.child.wait().unwrap().code())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A `PATH` on which cargo finds the program.
#[cfg(unix)]
pub(crate) fn path_with_cargo(folder: &Folder) -> String {
    let bin = folder.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let program = env!("CARGO_BIN_EXE_cargo-rest-source");
    std::os::unix::fs::symlink(program, bin.join("cargo-rest-source")).unwrap();
    format!("{}:{}", bin.display(), std::env::var("PATH").unwrap())
}

/// Each command is pasted into a shell.
#[cfg(unix)]
#[test]
fn the_commands_that_it_prints_work_when_they_are_pasted() {
    let folder = Folder::with(&[]);
    let demo = Demo::start(&folder, "--port 0 --records 900 --fault-every 3");
    let port = demo.url().rsplit(':').next().unwrap();
    expect![[r#"
        The payments API is at http://127.0.0.1:PORT until Ctrl-C.
        Of the requests for a resource, every 3rd fails, with 429, 503 and 500 in turns.

        In another terminal:

          export ACCESS_TOKEN=demo-access-token
          cargo rest-source demo --description --port PORT > payments.yaml
          cargo rest-source probe payments.yaml
          cargo rest-source fetch payments.yaml payments --limit 3
          cargo rest-source sql payments.yaml "select currency, count(*), sum(amount) from payments group by 1"
          cargo rest-source load payments.yaml --to sqlite:payments.db
    "#]].assert_eq(&demo.greeting.replace(port, "PORT"));

    let (_, commands) = demo.greeting.split_once("In another terminal:").unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", commands]).current_dir(folder.path());
    shell
        .env("PATH", path_with_cargo(&folder))
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("ACCESS_TOKEN");
    shell.env("XDG_STATE_HOME", folder.path().join("state"));
    let Run { stdout, stderr, status } = run(&mut shell, "");
    assert_eq!(status, 0, "{stdout}{stderr}");
    let database = rusqlite::Connection::open(folder.path().join("payments.db")).unwrap();
    for table in ["payments", "refunds", "mandates", "payouts"] {
        let count = format!("SELECT count(*), count(DISTINCT id) FROM {table}");
        let counts: (i64, i64) =
            database.query_row(&count, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(counts, (900, 900), "{table}");
    }
    let sums = stdout.lines().skip_while(|line| !line.starts_with("currency"));
    assert_eq!(sums.take_while(|line| !line.starts_with("payments:")).count(), 4, "{stdout}");

    let (announced, status) = demo.end();
    assert!(announced.contains("429 for GET /v1/payments?limit=500, on purpose"), "{announced}");
    assert_eq!(status, Some(0));
}

#[test]
fn its_description_has_no_mistakes() {
    let folder = Folder::with(&[]);
    let description = folder.run("demo --description");
    assert_eq!((description.stderr.as_str(), description.status), ("", 0));
    assert!(description.stdout.contains("base_url: http://127.0.0.1:8080\n"));
    folder.write("payments.yaml", description.stdout.as_bytes());
    assert_eq!(folder.run("check payments.yaml").status, 0);
}

/// The demo ends in the middle of a load, and is started again.
#[cfg(unix)]
#[test]
fn an_interrupted_load_is_resumed_with_the_next_demo() {
    let folder = Folder::with(&[]);
    let demo = Demo::start(&folder, "--port 0 --fault-every 0");
    let port = demo.url().rsplit(':').next().unwrap().to_owned();
    let description = folder.run(&format!("demo --description --port {port}")).stdout;
    folder.write("payments.yaml", description.as_bytes());
    let load = |options: &str| {
        let mut load = folder
            .command(&format!("load payments.yaml payments --to sqlite:payments.db {options}"));
        run(load.env("ACCESS_TOKEN", "demo-access-token").env("NO_PROXY", "127.0.0.1"), "")
    };
    assert_eq!(load("--limit 1000").status, 0);
    assert_eq!(demo.end(), (String::new(), Some(0)));
    assert_eq!(load("").status, 1);
    let _demo = Demo::start(&folder, &format!("--port {port} --fault-every 0"));
    let rest = load("--json");
    assert_eq!(rest.status, 0, "{}", rest.stderr);
    assert!(rest.stdout.contains(r#""records":3000"#), "{}", rest.stdout);
}

#[test]
fn a_port_in_use_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let run = Folder::with(&[]).run(&format!("demo --port {port}"));
    expect![[r#"
        error: the port PORT cannot be opened: Address already in use (os error 98)
          help: end the program that uses it, or choose another `--port`
    "#]]
    .assert_eq(&run.stderr.replace(&port.to_string(), "PORT"));
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}
