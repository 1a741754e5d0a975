//! The tutorial: its files are written, its commands are pasted into a shell, and what they print is what the page shows.

use std::{fmt::Write as _, fs, process::Command};

use expect_test::expect_file;

use super::{
    Folder, Run,
    demo::{Demo, path_with_cargo},
    run,
    shown::shown,
};

const PAGE: &str = include_str!("../../../docs/tutorial.md");

/// What follows a fence of this kind, up to its end, and what is behind that.
fn block(text: &str) -> (&str, &str) {
    text.split_once("```\n").expect("a block ends")
}

#[test]
fn the_tutorial_shows_what_its_commands_print() {
    let folder = Folder::with(&[]);
    let options = PAGE.split_once("cargo rest-source demo ").unwrap().1.lines().next().unwrap();
    let demo = Demo::start(&folder, &format!("--port 0 {options}"));
    let path = path_with_cargo(&folder);
    let pasted = |command: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(folder.path()).env("PATH", &path);
        shell.env("XDG_STATE_HOME", folder.path().join("state"));
        // So that the address of the page leads to the demo of this test.
        shell.env("HTTP_PROXY", demo.url()).env("http_proxy", demo.url());
        shell.env_remove("NO_PROXY").env_remove("no_proxy");
        shell.env("ACCESS_TOKEN", "demo-access-token").env("NO_COLOR", "1");
        run(&mut shell, "")
    };

    assert!(PAGE.contains("export ACCESS_TOKEN=demo-access-token\n"));
    let mut page = String::new();
    let mut rest = PAGE;
    let mut commands = 0;
    while let Some((before, behind)) = rest.split_once("```") {
        let (kind, behind) = behind.split_once('\n').unwrap();
        let (content, behind) = block(behind);
        let _ = write!(page, "{before}```{kind}\n");
        match kind {
            "yaml" => folder.write("acme.yaml", content.as_bytes()),
            "crontab" => scheduled(content, &folder, &pasted),
            _ => {}
        }
        if kind == "console" && !content.contains("$ cargo run") {
            for command in content.lines().filter_map(|line| line.strip_prefix("$ ")) {
                let Run { stdout, stderr, status } = pasted(command);
                assert_eq!(status, 0, "{command}: {stdout}{stderr}");
                let is_log = |line: &&str| line.starts_with(" INFO ");
                let stderr: Vec<&str> = stderr.lines().filter(|line| !is_log(line)).collect();
                let _ = writeln!(page, "$ {command}");
                let said = shown(&format!("{stdout}{}\n", stderr.join("\n")));
                page += said.trim_end().replace("URL", "http://127.0.0.1:8080").as_str();
                page += if said.trim().is_empty() { "" } else { "\n" };
                commands += 1;
            }
        } else {
            page += content;
        }
        page += "```\n";
        rest = behind;
    }
    page += rest;
    assert!(commands >= 10, "{commands}");
    expect_file!["../../../docs/tutorial.md"].assert_eq(&page);

    let program = folder.read("acme-report/acme.yaml");
    assert_eq!(program, include_str!("../../../examples/acme.yaml"));
}

/// The command of a crontab does what it is there for.
fn scheduled(crontab: &str, folder: &Folder, pasted: &dyn Fn(&str) -> Run) {
    let line = crontab.lines().find(|line| line.contains('*')).unwrap();
    let command = line.split_once("* * * *").unwrap().1;
    let command = command.replace("/srv/acme", &folder.path().display().to_string());
    let Run { stdout, stderr, status } = pasted(&command);
    assert_eq!(status, 0, "{command}: {stdout}{stderr}");
    assert!(fs::exists(folder.path().join("acme.db")).unwrap());
}
