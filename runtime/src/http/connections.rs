//! The connections that requests are sent on.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use reqwest::{
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect::Policy,
};

use super::{body::coding::ACCEPTED, header::MAX_HEADERS};
use crate::Error;

/// What the program sets on each HTTP client.
pub(crate) type Configure =
    Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// Connections that read few header lines, and those that read many. hyper makes room for all that it may
/// read before each response: 100 lines, its default, cost nothing.
pub(crate) struct Connections {
    few: reqwest::Client,
    many: OnceLock<reqwest::Client>,
    configure: Option<Configure>,
    /// Whether a response had more header lines than few.
    are_many: AtomicBool,
}

impl Connections {
    pub(crate) fn new(configure: Option<Configure>) -> Result<Connections, Error> {
        install_crypto();
        Ok(Connections {
            few: client(configure.as_ref(), None)?,
            many: OnceLock::new(),
            configure,
            are_many: AtomicBool::new(false),
        })
    }

    /// What sends a request that may be sent again, and whether it reads many header lines.
    pub(crate) fn client(&self) -> (&reqwest::Client, bool) {
        if self.are_many.load(Ordering::Relaxed) { (self.many(), true) } else { (&self.few, false) }
    }

    /// What reads many header lines.
    pub(crate) fn many(&self) -> &reqwest::Client {
        // Where one could be made, another can.
        let many = || client(self.configure.as_ref(), Some(MAX_HEADERS));
        self.many.get_or_init(|| many().unwrap_or_else(|_| self.few.clone()))
    }

    /// From now on all requests are sent by what reads many header lines.
    pub(crate) fn widen(&self) {
        self.are_many.store(true, Ordering::Relaxed);
    }
}

/// Without rules of its own, whatever the program sets: redirects and retries have one owner each, `send` and
/// `retry`.
fn client(
    configure: Option<&Configure>,
    max_headers: Option<usize>,
) -> Result<reqwest::Client, Error> {
    let mut http =
        reqwest::Client::builder().user_agent(concat!("rest_source/", env!("CARGO_PKG_VERSION")));
    if let Some(configure) = configure {
        http = configure(http);
    }
    // Other packages of the program may have reqwest speak HTTP/2.
    #[cfg(not(feature = "http2"))]
    {
        http = http.http1_only();
    }
    if let Some(max_headers) = max_headers {
        http = http.http1_max_headers(max_headers);
    }
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
    http.default_headers(headers)
        // `body` does it, with more codings and one bound for all.
        .no_gzip()
        .no_deflate()
        .no_brotli()
        .no_zstd()
        .referer(false)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .map_err(|error| {
            let whose =
                if configure.is_some() { " that `ClientBuilder::http` sets up" } else { "" };
            Error::config(format!("the HTTP client{whose} cannot be built")).with_source(error)
        })
}

/// TLS needs a provider of cryptography. A program that has installed its own keeps it; when two
/// clients are made at the same time, either's installation serves both.
fn install_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
