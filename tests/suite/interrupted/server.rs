//! The API of a case on the loopback interface.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    response::Response,
    serve::Listener,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::Case;

/// A request as the API sees it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    headers: BTreeMap<String, String>,
    pub(super) body: String,
}

/// What the API answers.
pub(super) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// A server, which ends when it is dropped.
pub(super) struct Server {
    pub(super) url: String,
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// Which each connection has, too.
    open: Arc<()>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    seen: Vec<Asked>,
    failing: Option<usize>,
}

impl Server {
    pub(super) async fn start(answer: fn(&Asked) -> Answer) -> Server {
        let state = Arc::<Mutex<State>>::default();
        let of_server = Arc::clone(&state);
        let app = Router::new().fallback(move |request: Request| {
            let state = Arc::clone(&of_server);
            async move {
                let asked = Asked::read(request).await;
                let is_failing = {
                    let mut state = state.lock().unwrap();
                    state.seen.push(asked.clone());
                    state.failing == Some(state.seen.len())
                };
                if is_failing { Answer::status(500) } else { answer(&asked) }.response()
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let open = Arc::new(());
        let listener = Connections { listener, open: Arc::clone(&open) };
        let task = tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
        Server { url: format!("http://{address}"), address, state, open, task }
    }

    /// A run begins, of which this request fails. What an interrupted one has sent is read before.
    pub(super) async fn begin(&self, failing: Option<usize>) {
        // It is accepted after all that were opened before.
        let mut last = TcpStream::connect(self.address).await.unwrap();
        last.shutdown().await.unwrap();
        let _ = last.read(&mut [0]).await;
        drop(last);
        // The listener has it, and the server.
        while Arc::strong_count(&self.open) > 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        *self.state.lock().unwrap() = State { seen: Vec::new(), failing };
    }

    /// The requests of the run.
    pub(super) fn seen(&self) -> Vec<Asked> {
        self.state.lock().unwrap().seen.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A listener that knows whether connections are open.
struct Connections {
    listener: TcpListener,
    open: Arc<()>,
}

struct Connection {
    stream: TcpStream,
    _open: Arc<()>,
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = self.listener.accept().await.unwrap();
        (Connection { stream, _open: Arc::clone(&self.open) }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Asked {
    async fn read(request: Request) -> Asked {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let query = head.uri.query().unwrap_or_default();
        let headers = head.headers.iter();
        Asked {
            method: head.method.to_string(),
            path: head.uri.path().trim_matches('/').to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: headers
                .map(|(name, value)| {
                    let value = String::from_utf8(value.as_bytes().to_vec()).unwrap();
                    (name.to_string(), value)
                })
                .collect(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A parameter, empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.param(name).unwrap_or_default()
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.param(name).and_then(|value| value.parse().ok())
    }

    /// A header, empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A field of a form, empty where there is none.
    pub(super) fn field(&self, name: &str) -> String {
        let mut fields = url::form_urlencoded::parse(self.body.as_bytes());
        fields.find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| value.into())
    }

    /// The request without what differs between any two.
    pub(super) fn shown(&self, case: &Case) -> String {
        let mut text = format!("{} {}", self.method, self.path);
        let is_kept = |name: &&(String, String)| !case.once.contains(&name.0.as_str());
        for (name, value) in self.query.iter().filter(is_kept) {
            let _ = write!(text, " {name}={value}");
        }
        for (name, value) in &self.headers {
            let is_shown = !matches!(
                name.as_str(),
                "host" | "user-agent" | "accept-encoding" | "content-length"
            ) && !case.once.contains(&name.as_str());
            if is_shown {
                let _ = write!(text, "\n{name}: {value}");
            }
        }
        let body = if self.header("content-type").ends_with("x-www-form-urlencoded") {
            let fields = url::form_urlencoded::parse(self.body.as_bytes());
            let fields = fields.filter(|(name, _)| !case.once.contains(&&**name));
            fields.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        } else {
            self.body.clone()
        };
        masked(&format!("{text}\n{body}"))
    }
}

impl Answer {
    pub(super) fn status(status: u16) -> Answer {
        Answer { status, headers: Vec::new(), body: b"{}".to_vec() }
    }

    pub(super) fn body(body: impl Into<Vec<u8>>) -> Answer {
        Answer { status: 200, headers: Vec::new(), body: body.into() }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    fn response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).unwrap()
    }
}

impl From<Value> for Answer {
    fn from(body: Value) -> Answer {
        Answer::body(body.to_string()).header("content-type", "application/json")
    }
}

/// So many records, the first with the id 1, each a day after the one before.
pub(super) fn records(count: usize) -> Vec<Value> {
    (1..=count).map(|id| json!({"id": id, "at": format!("2024-01-{id:02}T00:00:00Z")})).collect()
}

/// The part of a list that begins at an index, and the index of the next one.
pub(super) fn part<T: Clone>(all: &[T], from: usize, size: usize) -> (Vec<T>, Option<usize>) {
    let end = (from + size).min(all.len());
    let part = all.get(from..end).unwrap_or_default().to_vec();
    (part, (end < all.len()).then_some(end))
}

/// The page after the parameter `after`: `data`, and `next` unless it is the last one.
pub(super) fn after(asked: &Asked, all: &[Value], size: usize) -> Answer {
    let (data, next) = part(all, asked.number("after").unwrap_or(0), size);
    json!({ "data": data, "next": next.map(|next| next.to_string()) }).into()
}

/// A text with `NOW` in place of times within a day from now: seconds or milliseconds since 1970, and those that
/// begin with a date.
pub(super) fn masked(text: &str) -> String {
    let now = Timestamp::now();
    let is_near = |seconds: i64| (seconds - now.as_second()).abs() < 86_400;
    let is_time = |word: &str| {
        let number = word.parse::<i64>().ok();
        let of_number =
            number.map(|number| if number > 100_000_000_000 { number / 1000 } else { number });
        let of_text = word.parse::<Timestamp>().ok().map(Timestamp::as_second);
        of_number.or(of_text).is_some_and(is_near)
    };
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | 'T' | 'Z') {
            word.push(c);
            continue;
        }
        out += if is_time(&word) { "NOW" } else { &word };
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}
