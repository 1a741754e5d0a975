//! Which driver leads to a database, and with which options. Their values may be passwords, and nothing that is said
//! here shows one.

use std::{env, fmt};

use percent_encoding::percent_decode_str;

use crate::{Error, ErrorKind};

/// What an address looks like.
const FORM: &str = "write it as `adbc:postgresql?uri=env:DATABASE_URL`, with `%26` for `&` and the like inside of values";

/// The driver of a database and its options.
#[derive(Clone)]
pub(super) struct Address {
    /// Its name, or the path of its library or manifest.
    pub(super) driver: String,
    pub(super) options: Vec<(String, String)>,
    pub(super) dataset: Option<String>,
}

impl Address {
    pub(super) fn of(driver: String) -> Address {
        Address { driver, options: Vec::new(), dataset: None }
    }

    /// Reads `adbc:postgresql?uri=env:DATABASE_URL`.
    pub(super) fn parse(url: &str) -> Result<Address, Error> {
        let wrong = |what: &str| Error::new(ErrorKind::Destination, format!("{what}; {FORM}"));
        let rest = url.strip_prefix("adbc:").unwrap_or(url);
        let (driver, options) = rest.split_once('?').unwrap_or((rest, ""));
        let driver = decoded(driver).filter(|driver| !driver.is_empty());
        let driver = driver.ok_or_else(|| wrong("the address names no driver of ADBC"))?;
        let mut address = Address::of(driver);
        for option in options.split('&').filter(|option| !option.is_empty()) {
            let (name, value) = option
                .split_once('=')
                .ok_or_else(|| wrong("an option of the driver has no value"))?;
            let pair = decoded(name).zip(decoded(value));
            let (name, value) = pair.ok_or_else(|| wrong("an option of the driver is no UTF-8"))?;
            let value = match value.strip_prefix("env:") {
                Some(variable) => from_env(&name, variable)?,
                None => value,
            };
            address.options.push((name, value));
        }
        Ok(address)
    }

    /// A text of the driver without what may be a password in it: the values of options, and of a URL what is
    /// between the user and the host.
    pub(super) fn masked(&self, text: &str) -> String {
        // On one line.
        let mut masked = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (_, value) in &self.options {
            if !value.is_empty() {
                masked = masked.replace(value, "…");
            }
            let Some(secret) = password(value) else { continue };
            // A driver that cannot read a URL quotes the parts that it has taken it for.
            let is_secret = |quoted: &str| {
                let mut found = value.match_indices(quoted);
                let in_secret = |at: usize| at < secret.1 && at + quoted.len() > secret.0;
                !quoted.is_empty() && found.any(|(at, _)| in_secret(at))
            };
            let parts = masked.split('"').enumerate();
            let parts = parts.map(|(place, part)| match place % 2 {
                1 if is_secret(part) => "…",
                _ => part,
            });
            masked = parts.collect::<Vec<_>>().join("\"");
            masked = masked.replace(&value[secret.0..secret.1], "…");
        }
        masked
    }
}

/// Where the password of a URL begins and ends, if it has one.
fn password(url: &str) -> Option<(usize, usize)> {
    let host = url.find("://")? + 3;
    let end = url.rfind('@')?;
    let begin = host + url.get(host..end)?.find(':')? + 1;
    (begin < end).then_some((begin, end))
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

fn from_env(name: &str, variable: &str) -> Result<String, Error> {
    // What a variable that is no UTF-8 has in it may be a password.
    env::var(variable).map_err(|_| {
        let message = format!(
            "the environment variable `{variable}`, which the option `{name}` takes its value from, is not \
             set; set it to that value"
        );
        Error::new(ErrorKind::Destination, message)
    })
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<_> = self.options.iter().map(|(name, _)| name).collect();
        f.debug_struct("Address")
            .field("driver", &self.driver)
            .field("options", &options)
            .field("dataset", &self.dataset)
            .finish()
    }
}

/// Which driver it is, as errors name the database.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database of the ADBC driver `{}`", self.driver)
    }
}
