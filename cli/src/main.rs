//! The program `cargo-rest-source`, which cargo runs for `cargo rest-source`.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    cargo_rest_source::run(env::args_os())
}
