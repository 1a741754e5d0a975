//! A server that plays a scenario, over HTTP/1.1 as it is on the wire, so that it can break off.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
    time::Instant,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

use super::{
    player::{Answer, Player},
    request::Request,
    scenario::Drop as Break,
};

/// A server on the loopback interface. Dropping it stops it.
pub(crate) struct Server {
    pub(crate) port: u16,
    stage: Arc<Mutex<Stage>>,
    task: JoinHandle<()>,
}

struct Stage {
    player: Player,
    /// Each request, and when it came.
    log: Vec<(Instant, Value)>,
}

impl Server {
    /// Plays the scenario of this text, on its `run`th night.
    pub(crate) async fn start(scenario: &str, run: u64) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let player = Player::new(scenario, port, run);
        let stage = Arc::new(Mutex::new(Stage { player, log: Vec::new() }));
        let task = tokio::spawn({
            let stage = Arc::clone(&stage);
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let stage = Arc::clone(&stage);
                    // A client that goes away is none of the server's business.
                    tokio::spawn(async move { serve(connection, &stage).await.ok() });
                }
            }
        });
        Server { port, stage, task }
    }

    /// The requests in the order in which they came.
    pub(crate) fn requests(&self) -> Vec<Value> {
        self.stage.lock().unwrap().log.iter().map(|(_, row)| row.clone()).collect()
    }

    /// The whole seconds between one request and the next.
    pub(crate) fn waits(&self) -> Vec<u64> {
        let stage = self.stage.lock().unwrap();
        let times = stage.log.windows(2).map(|pair| pair[1].0 - pair[0].0);
        times.map(|wait| wait.as_secs()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut connection: TcpStream, stage: &Mutex<Stage>) -> io::Result<()> {
    let mut read = Vec::new();
    loop {
        let Some(mut request) = receive(&mut connection, &mut read).await? else { return Ok(()) };
        let answer = {
            let mut stage = stage.lock().unwrap();
            let answer = stage.player.answer(&mut request);
            let status = if answer.drop.is_some() { 0 } else { answer.status };
            let row = request.row(status, &stage.player.scenario.log_headers);
            stage.log.push((Instant::now(), row));
            answer
        };
        sleep(answer.delay).await;
        connection.write_all(&written(&answer)).await?;
        if answer.drop.is_some() {
            return connection.shutdown().await;
        }
    }
}

/// The next request of a connection, or `None` if it has ended.
async fn receive(connection: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let end = loop {
        if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4;
        }
        if connection.read_buf(read).await? == 0 {
            return Ok(None);
        }
    };
    let head: Vec<u8> = read.drain(..end).collect();
    // A header may be in UTF-8 or in Latin-1; the log shows each byte as one character.
    let head: String = head.into_iter().map(char::from).collect();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    while read.len() < length {
        if connection.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
    let body: Vec<u8> = read.drain(..length).collect();
    Ok(Some(Request::new(method, target, headers, &body)))
}

/// An answer as it is on the wire.
fn written(answer: &Answer) -> Vec<u8> {
    if answer.drop == Some(Break::BeforeReply) {
        return Vec::new();
    }
    let has_body = !matches!(answer.status, 204 | 304);
    let mut out = format!("HTTP/1.1 {} Scripted\r\n", answer.status);
    for (name, value) in &answer.headers {
        out.extend([name, ": ", value, "\r\n"]);
    }
    if has_body {
        out.extend(["Content-Length: ", &answer.body.len().to_string(), "\r\n"]);
    }
    out.push_str("\r\n");
    let mut out = out.into_bytes();
    if has_body {
        let half = answer.body.len() / 2;
        let sent = if answer.drop.is_some() { half } else { answer.body.len() };
        out.extend_from_slice(&answer.body[..sent]);
    }
    out
}
