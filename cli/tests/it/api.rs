//! An API on the loopback interface, for the commands that fetch.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A request as the API sees it.
pub(super) struct Asked {
    pub(super) target: String,
    /// By their names in lower case.
    pub(super) headers: HashMap<String, String>,
}

impl Asked {
    /// The answer to a request without the token.
    pub(super) fn refused(&self) -> Option<(u16, String)> {
        let is_known =
            self.headers.get("authorization").is_some_and(|sent| sent == "Bearer canary");
        (!is_known).then(|| (401, r#"{"error": "who are you?"}"#.to_owned()))
    }
}

/// What the API answers.
pub(super) struct Answer {
    status: u16,
    body: String,
    is_cut: bool,
}

impl Answer {
    pub(super) fn new(status: u16, body: impl Into<String>) -> Answer {
        Answer { status, body: body.into(), is_cut: false }
    }

    /// The same, of which the connection brings the first half only.
    pub(super) fn cut(self) -> Answer {
        Answer { is_cut: true, ..self }
    }
}

impl From<(u16, String)> for Answer {
    fn from((status, body): (u16, String)) -> Answer {
        Answer::new(status, body)
    }
}

/// An API, whose answers a function gives: a status and a body.
pub(super) struct Api {
    pub(super) url: String,
    targets: Arc<Mutex<Vec<String>>>,
}

impl Api {
    pub(super) fn start<A: Into<Answer>>(
        answer: impl Fn(&Asked) -> A + Send + Sync + 'static,
    ) -> Api {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let targets = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&targets);
        let answer = Arc::new(move |asked: &Asked| answer(asked).into());
        thread::spawn(move || {
            for connection in listener.incoming() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || serve(connection.unwrap(), &log, &*answer));
            }
        });
        Api { url, targets }
    }

    /// What was asked for so far, path and query.
    pub(super) fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

fn serve(connection: TcpStream, log: &Mutex<Vec<String>>, answer: &dyn Fn(&Asked) -> Answer) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut writer = connection;
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    reader.read_exact(&mut vec![0; length]).unwrap();
    let target = first.split(' ').nth(1).unwrap().to_owned();
    log.lock().unwrap().push(target.clone());
    let Answer { status, body, is_cut } = answer(&Asked { target, headers });
    let length = body.len();
    // A client that goes away does not want the answer.
    let _ = write!(
        writer,
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{}",
        if is_cut { &body[..length / 2] } else { &body },
    );
}
