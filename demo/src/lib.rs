//! A payments API on a loopback port, to try `rest_source` with: real HTTP, invented records, faults on schedule.
//!
//! Its responses have the shapes of GoCardless's API. `cargo rest-source demo` serves it.

#![deny(missing_docs)]

mod fault;
mod record;
mod refusal;
mod route;

use std::{
    fmt, io,
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
/// use rest_source_demo::DemoApi;
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
    /// Every how many requests for a resource one fails, in turns with 429, 503 and 500; `None` for an
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
        DemoApi::start_watched(port, options, |_| ()).await
    }

    /// The same with a function that is called for each request when it is answered.
    ///
    /// # Errors
    ///
    /// When the port cannot be opened.
    pub async fn start_watched(
        port: u16,
        options: Options,
        look: impl Fn(&LoggedRequest) + Send + Sync + 'static,
    ) -> io::Result<DemoApi> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        // Small answers would otherwise wait for the client's delayed acknowledgement.
        let listener = listener.tap_io(|connection| {
            let _ = connection.set_nodelay(true);
        });

        let server = Arc::new(Server::new(options, Box::new(look)));
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

/// The bearer token that it wants. Nothing here is secret: the token is an example of one.
pub const TOKEN: &str = "demo-access-token";

/// Where the description of the demo API expects it.
pub const PORT: u16 = 8080;

/// The description of the demo API at this address, as the README shows it for another one.
pub fn description(base_url: &str) -> String {
    include_str!("../payments.yaml").replace("https://api.example.com", base_url)
}

/// What the requests of one demo API share.
struct Server {
    options: Options,
    faults: Schedule,
    log: Mutex<Vec<LoggedRequest>>,
    look: Box<dyn Fn(&LoggedRequest) + Send + Sync>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Server {
    fn new(options: Options, look: Box<dyn Fn(&LoggedRequest) + Send + Sync>) -> Server {
        let faults = Schedule::new(options.fault_every);
        Server { options, faults, log: Mutex::default(), look }
    }

    /// Logs a request and gives its number, from 1.
    fn log(&self, request: LoggedRequest) -> usize {
        (self.look)(&request);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(request);
        log.len()
    }
}
