//! `completions`: what shells need to complete commands.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{failure::Failure, outcome::Outcome, output};

/// Prints the completions of a shell
///
/// They complete `cargo-rest-source`, which takes the same arguments as `cargo rest-source`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source completions bash > ~/.local/share/bash-completion/completions/cargo-rest-source
  cargo rest-source completions zsh > ~/.zfunc/_cargo-rest-source
  cargo rest-source completions fish > ~/.config/fish/completions/cargo-rest-source.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub(crate) fn run<C: CommandFactory>(self) -> Result<Outcome, Failure> {
        // The generator panics where it cannot write, as when the reader of a pipe has gone.
        let mut script = Vec::new();
        let mut command = C::command().bin_name("cargo-rest-source");
        clap_complete::generate(self.shell, &mut command, "cargo-rest-source", &mut script);
        output::standard()?.write_all(&script)?;
        Ok(Outcome::Success)
    }
}
