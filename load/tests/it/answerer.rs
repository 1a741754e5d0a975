//! A process that answers questions, each a line, about what another program sees.

use std::{
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Mutex,
};

/// What an answer begins with, wherever in a line.
pub(crate) const ANSWER: &str = "answer: ";

/// It ends with its questions.
pub(crate) struct Answerer {
    process: Child,
    questions: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

/// Those that have nothing to do.
pub(crate) type Idle = Mutex<Vec<Answerer>>;

impl Answerer {
    pub(crate) fn start(command: &mut Command) -> Answerer {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let questions = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        Answerer { process, questions, answers }
    }

    /// The answer to a question in JSON. One that has failed has ended, and has said why.
    pub(crate) fn ask(&mut self, question: &str) -> Vec<String> {
        writeln!(self.questions, "{question}").unwrap();
        let answer = self.answers.find_map(|line| {
            let line = line.unwrap();
            line.split_once(ANSWER).map(|(_, answer)| serde_json::from_str(answer).unwrap())
        });
        answer.expect("the process answers")
    }

    /// The same of one that is idle, or else of a new one.
    pub(crate) fn ask_any(idle: &Idle, start: fn() -> Answerer, question: &str) -> Vec<String> {
        let mut answerer = idle.lock().unwrap().pop().unwrap_or_else(start);
        let answer = answerer.ask(question);
        idle.lock().unwrap().push(answerer);
        answer
    }

    pub(crate) fn end(mut self) {
        drop(self.questions);
        self.process.wait().unwrap();
    }
}
