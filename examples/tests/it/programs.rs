//! The examples that need nothing, run as programs.

use std::{
    env,
    path::PathBuf,
    process::{Command, Output},
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
