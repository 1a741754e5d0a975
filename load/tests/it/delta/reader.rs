//! Python's `deltalake`, which reads the tables as other programs do.

use std::{
    env,
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Mutex,
};

use serde_json::Value;

/// Names the interpreter that has the package.
const PYTHON: &str = "DELTA_PYTHON";
/// What an answer begins with.
const ANSWER: &str = "answer: ";

/// Those that have nothing to do.
static IDLE: Mutex<Vec<Reader>> = Mutex::new(Vec::new());

struct Reader {
    process: Child,
    questions: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

/// Asks a function of `read.py`.
pub(super) fn ask(question: &Value) -> Vec<String> {
    let mut reader = IDLE.lock().unwrap().pop().unwrap_or_else(Reader::start);
    writeln!(reader.questions, "{question}").unwrap();
    let answer = reader.answers.find_map(|line| {
        let line = line.unwrap();
        line.strip_prefix(ANSWER).map(|answer| serde_json::from_str(answer).unwrap())
    });
    // One that has failed has ended, and has said why.
    let answer = answer.expect("the reader answers");
    IDLE.lock().unwrap().push(reader);
    answer
}

impl Reader {
    fn start() -> Reader {
        let python = env::var(PYTHON)
            .unwrap_or_else(|_| panic!("`{PYTHON}` names a Python that has `deltalake`"));
        let mut process = Command::new(python)
            .args(["-u", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/delta/read.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let questions = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        Reader { process, questions, answers }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
