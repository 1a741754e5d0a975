//! The examples that need nothing, run as programs.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

#[test]
fn each_says_what_it_has_fetched() {
    for (name, expected) in [
        ("children", "invoice 43 to Rosalind: 4.30\n20 lines, 33 pieces\n"),
        ("oauth2", "token 2 was fetched\n2 transfers\n"),
        (
            "own_paginator",
            "page 3\n  2024-01-02  4 a fee\n  2024-01-02  5 a fee\n  2024-01-03  1 a fee\n",
        ),
    ] {
        let said = run(name);
        assert!(said.ends_with(expected), "{name}: {said}");
    }
    // How many requests there are depends on the day.
    let said = run("incremental");
    let events: Vec<&str> = said.lines().filter_map(|line| line.split(" in ").next()).collect();
    assert_eq!(events, ["60 events", "2 events", "0 events"]);
}

#[test]
fn one_that_was_stopped_goes_on_behind_its_last_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = |most: usize| {
        let mut resume = Command::new(program("resume"));
        // Where the folder for temporary files is, on every system.
        resume.env("TMPDIR", folder.path()).env("TEMP", folder.path()).env("TMP", folder.path());
        let mut resume = resume.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(resume.stdout.take().unwrap()).lines().map(Result::unwrap);
        let pages = lines.filter_map(|line| {
            line.strip_prefix("page ")?.split(':').next()?.parse::<usize>().ok()
        });
        let pages: Vec<usize> = pages.take(most).collect();
        resume.kill().unwrap();
        resume.wait().unwrap();
        pages
    };
    assert_eq!(pages(3), [1, 2, 3]);
    // The checkpoint is written behind the line, so that the third page is in doubt.
    let rest = pages(2);
    assert!(rest == [4, 5] || rest == [3, 4], "{rest:?}");
}

/// What an example prints.
fn run(name: &str) -> String {
    let Output { status, stdout, stderr } = Command::new(program(name)).output().unwrap();
    assert!(status.success(), "{name}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// The program of an example. `cargo test` has built it beside the tests.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests = env::current_exe().unwrap();
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let program = tests.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(program.is_file(), "build it with `cargo build --examples`: {}", program.display());
    program
}
