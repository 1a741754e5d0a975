//! Where credentials may go: the base URL's server, and those that the plan allows beside it.

use url::{Host, Url};

use super::address::same_origin;
use crate::error::Reason;

/// The servers that a client's requests, and with them its credentials, may go to.
pub(crate) struct Origins {
    home: Url,
    /// The base URL of the file, where the builder has set another.
    replaced: Option<Url>,
    allowed: Vec<Allowed>,
}

/// A server as `allowed_hosts` names it.
struct Allowed {
    host: String,
    /// `None` is the scheme's own port.
    port: Option<u16>,
}

impl Origins {
    pub(crate) fn new<'a>(
        home: &Url,
        replaced: Option<Url>,
        allowed: impl IntoIterator<Item = &'a str>,
    ) -> Result<Origins, Reason> {
        let allowed = allowed.into_iter().map(Allowed::read).collect::<Result<_, _>>()?;
        Ok(Origins { home: home.clone(), replaced, allowed })
    }

    /// An address of the file, on the client's server if it is on the one that this has replaced:
    /// a sandbox has a token endpoint of its own.
    pub(crate) fn moved(&self, mut url: Url) -> Url {
        if self.replaced.as_ref().is_some_and(|replaced| same_origin(replaced, &url)) {
            let mut moved = self.home.clone();
            moved.set_path(url.path());
            moved.set_query(url.query());
            url = moved;
        }
        url
    }

    /// Says why a request may not go to `url`, where an answer of `from` leads.
    pub(crate) fn check(&self, from: &Url, url: &Url) -> Result<(), Reason> {
        if from.scheme() == "https" && url.scheme() == "http" {
            let from = from.origin().ascii_serialization();
            return Err(format!("credentials stay where it is encrypted, as {from} was").into());
        }
        if same_origin(&self.home, url) {
            return Ok(());
        }
        let home = self.home.origin().ascii_serialization();
        let host = server(url);
        if !self.allowed.iter().any(|allowed| allowed.is_of(url)) {
            return Err(format!(
                "credentials stay at {home}; if {host} may see them, too, add it to \
                 `allowed_hosts` of `client`"
            )
            .into());
        }
        if url.scheme() == "https" || is_loopback(url) {
            return Ok(());
        }
        Err(format!("`allowed_hosts` lets credentials go to {host} by https only").into())
    }
}

impl Allowed {
    /// Reads `host` or `host:port`.
    fn read(text: &str) -> Result<Allowed, Reason> {
        // Reading it as an address brings its letters and its kind of address into one form.
        let url = Url::parse(&format!("https://{text}/")).ok();
        let url = url
            .filter(|url| url.path() == "/" && url.query().is_none() && url.username().is_empty());
        let host = url.as_ref().and_then(Url::host_str);
        let host = host.ok_or_else(|| {
            format!("`{text}` of `allowed_hosts` is not a host: write `host` or `host:port`")
        })?;
        // An address knows no port that is its scheme's own.
        let port = text.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Ok(Allowed { host: host.to_owned(), port })
    }

    fn is_of(&self, url: &Url) -> bool {
        let port = match self.port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none(),
        };
        port && url.host_str() == Some(&self.host)
    }
}

/// The server of an address, as `allowed_hosts` names it.
fn server(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether what is sent there leaves the machine at all.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
