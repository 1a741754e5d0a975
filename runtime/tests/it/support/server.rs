//! A server in a closure, which notes what it sees.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::Request,
    http::HeaderMap,
    response::{IntoResponse, Response},
    serve::ListenerExt as _,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle, time::Instant};

/// A server on a free loopback port. It ends when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// A request as the server sees it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) number: usize,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) at: Instant,
}

impl Server {
    /// Answers each request with what `answer` makes of it.
    pub(crate) async fn start<F, R>(
        answer: impl Fn(Seen) -> F + Clone + Send + Sync + 'static,
    ) -> Server
    where
        F: Future<Output = R> + Send,
        R: IntoResponse,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let router = Router::new().fallback(move |request: Request| {
            let (answer, log) = (answer.clone(), Arc::clone(&log));
            async move { answer(Seen::note(request, &log).await).await.into_response() }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let listener = listener.tap_io(move |_| _ = count.fetch_add(1, Ordering::Relaxed));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Server { address, seen, connections, task }
    }

    /// Answers as `answer` says, which needs no waiting.
    pub(crate) async fn answering<R: IntoResponse>(
        answer: impl Fn(Seen) -> R + Clone + Send + Sync + 'static,
    ) -> Server {
        Server::start(move |seen| {
            let response: Response = answer(seen).into_response();
            async { response }
        })
        .await
    }

    /// Answers so after some milliseconds, and gives how many requests are under way at the same time,
    /// at most.
    pub(crate) async fn counting<R: IntoResponse>(
        answer: impl Fn(Seen) -> R + Clone + Send + Sync + 'static,
    ) -> (Server, Arc<AtomicUsize>) {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let highest = Arc::clone(&most);
        let server = Server::start(move |seen| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            let response: Response = answer(seen).into_response();
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(5)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                response
            }
        });
        (server.await, highest)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many connections there were so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// The values of a query parameter in the requests so far.
    pub(crate) fn params(&self, name: &str) -> Vec<Option<String>> {
        self.seen().iter().map(|seen| seen.param(name)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Seen {
    async fn note(request: Request, log: &Mutex<Vec<Seen>>) -> Seen {
        let at = Instant::now();
        let (head, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let query = head.uri.query().unwrap_or_default();
        let mut log = log.lock().unwrap();
        let seen = Seen {
            number: log.len() + 1,
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: head.headers,
            body: String::from_utf8(body.into()).unwrap(),
            at,
        };
        log.push(seen.clone());
        seen
    }

    /// The value of a header, empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The fields of a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }

    /// The value of a query parameter.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// `count` payments, `PM1` first.
pub(crate) fn payments(count: usize) -> Vec<Value> {
    (1..=count).map(|n| json!({"id": format!("PM{n}"), "amount": n})).collect()
}

/// The page of `payments` that a request asks for, `size` of them unless it says `limit`, with the
/// id of the last one as the page cursor.
pub(crate) fn pages_of(payments: &[Value], size: usize, seen: &Seen) -> axum::Json<Value> {
    let limit = seen.param("limit").map_or(size, |limit| limit.parse().unwrap()).min(size);
    let after = seen.param("after");
    let start = after.map_or(0, |after| {
        payments.iter().position(|payment| payment["id"] == *after).unwrap() + 1
    });
    let end = (start + limit).min(payments.len());
    let last = (end < payments.len()).then(|| &payments[end - 1]["id"]);
    axum::Json(json!({
        "payments": payments[start..end],
        "meta": {"cursors": {"before": null, "after": last}, "limit": limit},
    }))
}
