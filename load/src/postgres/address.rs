//! Where the server is and how it is spoken to, from a URL. It is the only place that sees a
//! password, and nothing that it says shows one.

use std::{fmt, path::PathBuf, time::Duration};

use percent_encoding::percent_decode_str;
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};

use super::tls::Trust;
use crate::{Error, ErrorKind};

/// What a URL looks like, for errors: the URL itself may hold a password in any of its parts.
const FORM: &str = "write it as `postgres://user:password@host:5432/database`, with `%40` for `@` \
                    and the like inside of its parts";

/// Options that libpq knows and this client does not. Only these are named in an error, as what
/// looks like an option may be the rest of a password.
const NOT_KNOWN: [&str; 9] = [
    "sslcert",
    "sslkey",
    "sslpassword",
    "sslcrl",
    "passfile",
    "service",
    "gssencmode",
    "krbsrvname",
    "requiressl",
];

/// A PostgreSQL server and a database of it.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) trust: Trust,
}

impl Address {
    /// The address that a URL says.
    pub(super) fn parse(url: &str) -> Result<Address, Error> {
        // The first one behind the password, which may have one of its own.
        let host = url.find('@').unwrap_or_default();
        let query = url[host..].find('?').map_or(url.len(), |place| host + place);
        let (base, query) = (&url[..query], url[query..].trim_start_matches('?'));
        if !["postgres://", "postgresql://"].iter().any(|scheme| base.starts_with(scheme)) {
            return Err(refused(format!("the URL does not begin with `postgres://`; {FORM}")));
        }
        // With a second one it is not clear where a password ends, and the rest would be taken for
        // the name of the host, which errors show.
        if url.matches('@').count() > 1 {
            return Err(refused(format!("the URL has more than one `@`; {FORM}")));
        }
        let (mut mode, mut root, mut others) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "sslmode" => mode = Some(value),
                "sslrootcert" => root = Some(decoded(value)?),
                _ => match NOT_KNOWN.iter().find(|name| **name == key) {
                    Some(name) => {
                        return Err(refused(format!("the option `{name}` is not supported")));
                    }
                    None => others.push(pair),
                },
            }
        }
        let config = format!("{base}?{}", others.join("&")).parse::<Config>();
        // What the parser says may quote the URL.
        let mut config =
            config.map_err(|_| refused(format!("the URL cannot be understood; {FORM}")))?;
        let (mode, trust) = Trust::of(mode, root)?;
        config.ssl_mode(mode);
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(refused(format!("the URL names no host; {FORM}")));
        }
        if mode != SslMode::Disable && mode != SslMode::Prefer && has_socket(&config) {
            return Err(refused("a connection through a socket file has no TLS"));
        }
        config.application_name(config.get_application_name().unwrap_or("rest_source").to_owned());
        keep_alive(&mut config);
        Ok(Address { config, trust })
    }
}

fn decoded(value: &str) -> Result<PathBuf, Error> {
    let text = percent_decode_str(value).decode_utf8();
    text.map(|text| PathBuf::from(&*text)).map_err(|_| refused("`sslrootcert` is no UTF-8"))
}

#[cfg(unix)]
fn has_socket(config: &Config) -> bool {
    config.get_hosts().iter().any(|host| matches!(host, Host::Unix(_)))
}

#[cfg(not(unix))]
fn has_socket(_config: &Config) -> bool {
    false
}

/// A server that is gone without a word is noticed after a minute, unless the URL says otherwise;
/// the operating system would take two hours.
fn keep_alive(config: &mut Config) {
    if config.get_keepalives_idle() == Config::new().get_keepalives_idle() {
        config.keepalives_idle(Duration::from_secs(30));
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(Duration::from_secs(10));
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(3);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(Duration::from_secs(60));
    }
}

/// Hosts and database: what an error may say.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ports = self.config.get_ports();
        for (index, host) in self.config.get_hosts().iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            match host {
                Host::Tcp(host) => write!(f, "{comma}{host}")?,
                #[cfg(unix)]
                Host::Unix(path) => write!(f, "{comma}{}", path.display())?,
            }
            if let Some(port) = ports.get(index).or(ports.first()) {
                write!(f, ":{port}")?;
            }
        }
        match self.config.get_dbname() {
            Some(database) => write!(f, "/{database}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn refused(why: impl fmt::Display) -> Error {
    let message = format!("the address of the PostgreSQL server cannot be used: {why}");
    Error::new(ErrorKind::Destination, message)
}
