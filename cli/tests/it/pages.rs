//! The commands of pages, pasted into a shell. What those of the tutorial print is what it shows.

use std::{
    fmt::Write as _,
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt as _, symlink},
    process::Command,
};

use expect_test::expect_file;

use super::{
    Folder, Run,
    demo::{Demo, path_with_cargo},
    import_formats::{COMMAND, PIPELINE, RECORDING},
    run,
    shown::shown,
};

const PAGE: &str = include_str!("../../../docs/tutorial.md");

/// A low-code connector of Airbyte.
const MANIFEST: &str = include_str!("../../../import/tests/airbyte/cursors/input.yaml");

/// What takes the place of curl: a document, whatever its address.
const CURL: &str = "#!/bin/sh\ncat openapi.json\n";

/// A folder in which a shell finds the command, and a demo to which the address of the pages leads.
struct Shell {
    folder: Folder,
    demo: Demo,
    path: String,
}

impl Shell {
    fn start(demo: &str) -> Shell {
        let folder = Folder::with(&[]);
        let demo = Demo::start(&folder, &format!("--port 0 {demo}"));
        let path = path_with_cargo(&folder);
        Shell { folder, demo, path }
    }

    fn paste(&self, command: &str, stdin: &str) -> Run {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(self.folder.path()).env("PATH", &self.path);
        shell.env("XDG_STATE_HOME", self.folder.path().join("state"));
        // A proxy takes requests for any address.
        shell.env("HTTP_PROXY", self.demo.url()).env("http_proxy", self.demo.url());
        shell.env_remove("NO_PROXY").env_remove("no_proxy");
        shell.env("ACCESS_TOKEN", "demo-access-token").env("NO_COLOR", "1");
        run(&mut shell, stdin)
    }
}

/// What a block has, and what is behind it.
fn block(text: &str) -> (&str, &str) {
    text.split_once("```\n").expect("a block ends")
}

#[test]
fn commands_of_pages_work_where_they_are_pasted() {
    let shell = Shell::start("--fault-every 0 --records 600");
    let openapi = include_str!("../../../examples/openapi.yaml");
    for (path, content) in [
        ("openapi.json", openapi),
        ("openapi.yaml", openapi),
        ("manifest.yaml", MANIFEST),
        ("github_pipeline.py", PIPELINE),
        ("recorded.har", &RECORDING.replace("/v1/", "/api/")),
    ] {
        shell.folder.write(path, content.as_bytes());
    }
    let curl = shell.folder.path().join("bin/curl");
    fs::write(&curl, CURL).unwrap();
    fs::set_permissions(&curl, Permissions::from_mode(0o755)).unwrap();
    // What a checkout has.
    for name in ["Cargo.toml", "runtime", "load", "examples"] {
        let checkout = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        symlink(format!("{checkout}/{name}"), shell.folder.path().join(name)).unwrap();
    }
    let description =
        "cargo rest-source demo --description > payments.yaml; mkdir apis; cp payments.yaml apis";
    assert_eq!(shell.paste(description, "").status, 0);

    let mut pasted = 0;
    for (name, page) in [
        ("README.md", include_str!("../../../README.md")),
        ("docs/how-to.md", include_str!("../../../docs/how-to.md")),
        ("docs/sql.md", include_str!("../../../docs/sql.md")),
        ("docs/import.md", include_str!("../../../docs/import.md")),
    ] {
        for content in page.split("```sh\n").skip(1) {
            let mut command = String::new();
            for line in block(content).0.lines() {
                command = command + line + "\n";
                // A text in quotes may have several lines.
                if command.matches('"').count() % 2 == 1 {
                    continue;
                }
                let line = std::mem::take(&mut command);
                if !line.contains("cargo rest-source ") {
                    continue;
                }
                if let Some((_, written)) = line.split_once(" -o ") {
                    let written = written.split_whitespace().next().unwrap();
                    let _ = fs::remove_file(shell.folder.path().join(written));
                }
                let Run { stdout, stderr, status } = shell.paste(&line, COMMAND);
                assert_eq!(status, 0, "{name}: {line}{stdout}{stderr}");
                pasted += 1;
            }
        }
    }
    assert!(pasted >= 25, "{pasted}");
}

#[test]
fn the_tutorial_shows_what_its_commands_print() {
    let options = PAGE.split_once("cargo rest-source demo ").unwrap().1.lines().next().unwrap();
    let shell = Shell::start(options);
    let folder = &shell.folder;

    assert!(PAGE.contains("export ACCESS_TOKEN=demo-access-token\n"));
    let mut page = String::new();
    let mut rest = PAGE;
    let mut commands = 0;
    while let Some((before, behind)) = rest.split_once("```") {
        let (kind, behind) = behind.split_once('\n').unwrap();
        let (content, behind) = block(behind);
        let _ = writeln!(page, "{before}```{kind}");
        match kind {
            "yaml" => folder.write("acme.yaml", content.as_bytes()),
            "crontab" => scheduled(content, &shell),
            _ => {}
        }
        if kind == "console" && !content.contains("$ cargo run") {
            for command in content.lines().filter_map(|line| line.strip_prefix("$ ")) {
                let Run { stdout, stderr, status } = shell.paste(command, "");
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
fn scheduled(crontab: &str, shell: &Shell) {
    let line = crontab.lines().find(|line| line.contains('*')).unwrap();
    let command = line.split_once("* * * *").unwrap().1;
    let command = command.replace("/srv/acme", &shell.folder.path().display().to_string());
    let Run { stdout, stderr, status } = shell.paste(&command, "");
    assert_eq!(status, 0, "{command}: {stdout}{stderr}");
    assert!(fs::exists(shell.folder.path().join("acme.db")).unwrap());
}
