//! Colour, where it is wanted.

use super::{Folder, MISTAKEN, Run, run};

const RED: &str = "\x1b[91m";

fn check(arguments: &str, variables: &[(&str, &str)]) -> Run {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
    let mut command = folder.command(&format!("check payments.yaml {arguments}"));
    run(command.envs(variables.iter().copied()), "")
}

#[test]
fn colour_follows_the_flag_and_then_the_environment() {
    for (arguments, variables, colored) in [
        ("", &[][..], false),
        ("--color always", &[], true),
        ("", &[("CLICOLOR_FORCE", "1")], true),
        ("--color never", &[("CLICOLOR_FORCE", "1")], false),
        ("", &[("NO_COLOR", "1")], false),
        ("--color always", &[("NO_COLOR", "1")], true),
        ("--format short --color always", &[], false),
        ("--format json --color always", &[], false),
    ] {
        let shown = check(arguments, variables).stdout;
        assert_eq!(shown.contains(RED), colored, "{arguments} {variables:?}: {shown}");
    }
}

#[test]
fn without_colour_the_text_is_the_same() {
    let colored = check("--color always", &[]).stdout;
    let plain = check("--color never", &[]).stdout;
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

/// On a terminal, which `script` of util-linux plays.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_colour_unless_it_is_not_wanted() {
    for (variables, colored) in [(&[][..], true), (&[("NO_COLOR", "1")], false)] {
        let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
        let program = env!("CARGO_BIN_EXE_cargo-rest-source");
        let mut terminal = std::process::Command::new("script");
        terminal
            .args(["--quiet", "--return", "--command"])
            .args([format!("{program} check payments.yaml"), "/dev/null".to_owned()])
            .current_dir(folder.path())
            .envs([("TERM", "xterm-256color")])
            .env_remove("NO_COLOR")
            .envs(variables.iter().copied());
        let shown = run(&mut terminal, "");
        assert_eq!(shown.stdout.contains(RED), colored, "{variables:?}: {}", shown.stdout);
        assert_eq!(shown.status, 1);
    }
}
