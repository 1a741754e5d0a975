//! A payments API on a free loopback port: real HTTP, made-up records, faults on schedule.
//!
//! Its answers have the shapes of the real API that `gocardless.yaml` describes.

mod fault;
mod record;
mod refusal;
mod route;

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::serve::ListenerExt;
use tokio::{net::TcpListener, sync::oneshot};

use self::fault::Schedule;

/// A running demo API. It stops when it is dropped.
///
/// `payments`, `refunds`, `mandates` and `payouts` are each listed at `/v1/<name>`, newest first,
/// and read one by one at `/v1/<name>/<id>`. Every record is computed from its number alone, so
/// that each start serves the same ones and any number of them takes no memory.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// use rest_source_examples::demo_api::DemoApi;
///
/// let api = DemoApi::start().await?;
/// println!("curl -H 'Authorization: Bearer {}' {}/v1/payments", api.token(), api.base_url());
/// # Ok::<(), std::io::Error>(()) })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct DemoApi {
    base_url: String,
    server: Arc<Server>,
    /// The server runs for as long as this is held.
    _running: oneshot::Sender<()>,
}

/// What a demo API serves, and how well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many records each resource has.
    pub records: u64,
    /// Every how many requests for a resource one fails, by turns with 429 and 503; `None` for an
    /// API that never does. With 2 or more, a request that failed succeeds when it is sent again.
    pub fault_every: Option<u64>,
    /// How long each answer is held back.
    pub latency: Duration,
}

/// A request that the demo API has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// The method, `GET`.
    pub method: String,
    /// Path and query as they were sent, `/v1/payments?limit=500`.
    pub target: String,
    /// The status of the answer.
    pub status: u16,
}

impl DemoApi {
    /// Starts a demo API with the default [`Options`].
    ///
    /// # Errors
    ///
    /// When no loopback port can be opened.
    pub async fn start() -> io::Result<DemoApi> {
        DemoApi::start_with(Options::default()).await
    }

    /// Starts a demo API.
    ///
    /// # Errors
    ///
    /// When no loopback port can be opened.
    pub async fn start_with(options: Options) -> io::Result<DemoApi> {
        DemoApi::start_on(0, options).await
    }

    /// Starts a demo API on this port of the loopback interface, or on a free one for 0.
    ///
    /// # Errors
    ///
    /// When the port cannot be opened.
    pub async fn start_on(port: u16, options: Options) -> io::Result<DemoApi> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        // Small answers would otherwise wait for the client's delayed acknowledgement.
        let listener = listener.tap_io(|connection| {
            let _ = connection.set_nodelay(true);
        });

        let server = Arc::new(Server::new(options));
        let (running, stopped) = oneshot::channel();
        let serve =
            axum::serve(listener, route::router(server.clone())).with_graceful_shutdown(async {
                let _ = stopped.await;
            });
        tokio::spawn(serve.into_future());
        Ok(DemoApi { base_url, server, _running: running })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The bearer token that it wants.
    pub fn token(&self) -> &str {
        TOKEN
    }

    /// The requests so far, in the order in which they were answered.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.server.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// 4,000 records each and no latency; every fourth request for a resource fails.
impl Default for Options {
    fn default() -> Options {
        Options { records: 4_000, fault_every: Some(4), latency: Duration::ZERO }
    }
}

/// Nothing here is secret: the token is an example of one.
const TOKEN: &str = "demo-access-token";

/// What the requests of one demo API share.
#[derive(Debug)]
struct Server {
    options: Options,
    faults: Schedule,
    log: Mutex<Vec<LoggedRequest>>,
}

impl Server {
    fn new(options: Options) -> Server {
        Server { faults: Schedule::new(options.fault_every), options, log: Mutex::default() }
    }

    /// Logs a request and gives its number, from 1.
    fn log(&self, request: LoggedRequest) -> usize {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(request);
        log.len()
    }
}
