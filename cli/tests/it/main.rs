//! The program, as it is run: arguments and files in, output and exit status out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "`expect!` gives a value")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

mod api;
mod awaited;
mod check;
mod color;
mod command;
mod demo;
mod docs;
mod expand;
mod explain;
mod fetch;
mod fingerprints;
mod import;
mod import_formats;
mod load;
mod lsp;
mod machine;
mod mistakes;
mod new;
#[cfg(unix)]
mod pages;
#[cfg(target_os = "linux")]
mod pipes;
mod probe;
mod project;
mod records;
#[cfg(unix)]
mod runs;
mod schema;
#[path = "../../../tests/shown.rs"]
mod shown;
mod sql;
#[cfg(target_os = "linux")]
mod terminal;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A description without mistakes.
const VALID: &str = "\
client: {base_url: https://api.example.com, paginator: single_page}
resources: [payments]
";
/// One with two mistakes.
const MISTAKEN: &str = "\
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - {name: payments, write_dispositon: merge}
  - {name: refunds, columns: {amount: {data_type: integer}}}
";
/// One that a lint denies.
const SECRET: &str = "\
client:
  base_url: https://api.example.com
  auth: {token: sk_live_abc}
  paginator: single_page
resources: [payments]
";

/// A folder with files, in which the program is run.
struct Folder(TempDir);

/// What the program has written, and its exit status.
#[derive(Debug)]
struct Run {
    stdout: String,
    stderr: String,
    status: i32,
}

impl Folder {
    /// A new one with these files.
    fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The program with these arguments, divided by spaces.
    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-rest-source"));
        command.args(arguments.split_whitespace()).current_dir(self.path());
        // Where tokens would be kept.
        command.env("XDG_STATE_HOME", self.path().join("state"));
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            command.env_remove(variable);
        }
        command
    }

    /// The same with the token that the APIs of the tests ask for.
    fn authorized(&self, arguments: &str) -> Command {
        let mut command = self.command(arguments);
        command.env("ACCESS_TOKEN", "canary").env("NO_PROXY", "127.0.0.1");
        command
    }

    fn run(&self, arguments: &str) -> Run {
        run(&mut self.command(arguments), "")
    }
}

fn run(command: &mut Command, stdin: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    let Output { stdout, stderr, status } = child.wait_with_output().unwrap();
    Run {
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
        status: status.code().unwrap(),
    }
}
