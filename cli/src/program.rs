//! The name under which the program runs.

use std::sync::OnceLock;

use clap::{Command, builder::StyledStr};

/// How the program is called by cargo.
const BY_CARGO: &str = "cargo rest-source";

static NAME: OnceLock<&str> = OnceLock::new();

/// Sets how the program is called, once.
pub(crate) fn set_name(name: &'static str) {
    NAME.get_or_init(|| name);
}

/// How the program is called.
pub(crate) fn name() -> &'static str {
    NAME.get().copied().unwrap_or(BY_CARGO)
}

/// The command with that name, also in its help.
pub(crate) fn named(command: Command) -> Command {
    let name = name();
    if name == BY_CARGO {
        return command;
    }
    renamed(command, name).name(name).bin_name(name)
}

fn renamed(mut command: Command, name: &str) -> Command {
    let text = |text: &StyledStr| text.to_string().replace(BY_CARGO, name);
    if let Some(help) = command.get_after_help().map(text) {
        command = command.after_help(help);
    }
    if let Some(about) = command.get_long_about().map(text) {
        command = command.long_about(about);
    }
    command.mut_subcommands(|command| renamed(command, name))
}
