//! Python's `deltalake`, which reads the tables as other programs do.

use std::{env, process::Command, sync::Mutex};

use serde_json::Value;

use crate::answerer::{Answerer, Idle};

/// Names the interpreter that has the package.
const PYTHON: &str = "DELTA_PYTHON";

static IDLE: Idle = Mutex::new(Vec::new());

/// Asks a function of `read.py`.
pub(super) fn ask(question: &Value) -> Vec<String> {
    Answerer::ask_any(&IDLE, start, &question.to_string())
}

fn start() -> Answerer {
    let python = env::var(PYTHON)
        .unwrap_or_else(|_| panic!("`{PYTHON}` names a Python that has `deltalake`"));
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/delta/read.py");
    Answerer::start(Command::new(python).args(["-u", program]))
}
