//! The command line itself.

use std::process::{Command, Stdio};

use expect_test::expect;

use super::{Folder, MISTAKEN, VALID, run};

#[test]
fn cargo_finds_it_as_a_subcommand() {
    let folder = Folder::with(&[("payments.yaml", VALID)]);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_cargo-rest-source"));
    let found = std::env::var("PATH").unwrap();
    let path = format!("{}:{found}", program.parent().unwrap().display());
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["rest-source", "check", "payments.yaml"]);
    cargo.env("PATH", path).current_dir(folder.path());
    let by_cargo = run(&mut cargo, "");
    expect![[r#"
        1 file checked: nothing wrong
    "#]]
    .assert_eq(&by_cargo.stderr);
    assert_eq!(by_cargo.status, 0);
}

#[test]
fn arguments_that_do_not_exist_are_named() {
    let run = Folder::with(&[]).run("check payments.yaml --allow plain_secrt");
    expect![[r#"
        error: invalid value 'plain_secrt' for '--allow <LINT>'
          [possible values: plain_secret, insecure_http, auto_paginator, ignored_key, append_with_lag]

          tip: a similar value exists: 'plain_secret'

        For more information, try '--help'.
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

#[test]
fn help_names_every_command() {
    let run = Folder::with(&[]).run("--help");
    expect![[r#"
        Checks, documents, expands, fetches and loads REST source descriptions, the YAML files of
        `#[rest_source]`

        Usage: cargo rest-source [OPTIONS] <COMMAND>

        Commands:
          check        Checks source descriptions and reports mistakes
          expand       Prints the Rust code generated from a source description
          new          Creates a crate from a source description: typed client, documentation, example and
                       test
          import       Makes a source description from another description of an API
          docs         Prints the reference of a source: resources, endpoints, keys, columns, secrets
          fetch        Fetches the records of a source's resources and prints them as JSON, a line for each
          probe        Requests the first pages of each resource and compares them with the description
          load         Loads the records of a source's resources into a database
          sql          Answers a query of a source's tables
          state        Shows or resets the state of pipelines
          demo         Serves a payments API on this machine, to try the other commands with
          explain      Explains a diagnostic code, or a key of the language, with examples
          lsp          Answers an editor that edits source descriptions (Language Server Protocol)
          schema       Prints the JSON Schema of source descriptions
          completions  Prints the completions of a shell
          help         Print this message or the help of the given subcommand(s)

        Options:
              --color <WHEN>  Controls when to use color [default: auto] [possible values: auto, always,
                              never]
          -h, --help          Print help
          -V, --version       Print version

        Exit status:
          0  no errors; warnings may be shown
          1  a description has mistakes, or not everything could be fetched or loaded
          2  the command could not run: wrong arguments, an unreadable file
    "#]].assert_eq(&run.stdout);
}

#[test]
fn shells_get_their_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = Folder::with(&[]).run(&format!("completions {shell}"));
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
        for word in ["cargo-rest-source", "check", "allow"] {
            assert!(run.stdout.contains(word), "{shell} does not know {word}");
        }
    }
}

/// `cargo rest-source explain --all | head -n 1`
#[test]
fn a_reader_that_has_gone_is_no_failure_and_mends_no_mistake() {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
    for (arguments, status) in [("explain --all", 0), ("check --quiet payments.yaml", 1)] {
        let mut child = folder
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        assert_eq!(output.status.code(), Some(status), "{arguments}");
    }
}
