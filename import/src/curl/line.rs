//! What one command line says of its requests.

use super::{
    address::{Signs, templates},
    options::{Meaning, meaning},
};
use crate::{
    gap::Gap,
    recorded::{Address, Body, Exchange, Request, form, shown},
    variable,
};

/// What one command line says.
#[derive(Default)]
pub(super) struct Line {
    urls: Vec<String>,
    method: Option<String>,
    headers: Vec<(String, String)>,
    user: Option<String>,
    data: Vec<String>,
    query: Vec<String>,
    target: Option<String>,
    is_json: bool,
    is_get: bool,
    /// What braces and brackets of its addresses are.
    signs: Signs,
    /// The option of a kind of authentication that a description does not have.
    other_auth: Option<String>,
    /// What makes it another request than one that reads.
    other: Option<&'static str>,
    /// What is missing of it: the codes and messages of gaps.
    missing: Vec<(&'static str, String)>,
    /// Whether the option before a word is unknown, so that the word may be its value.
    is_after_unknown: bool,
}

impl Line {
    pub(super) fn read(words: &[String]) -> Line {
        let mut line = Line::default();
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            if let Some(name) = word.strip_prefix("--") {
                // `curl` takes no `--url=…`, but people write it.
                let (name, own) =
                    name.split_once('=').map_or((name, None), |(of, own)| (of, Some(own)));
                let meaning = meaning(name);
                let value = if meaning.takes_value() { own.or_else(|| words.next()) } else { None };
                line.set(&format!("--{name}"), meaning, value.unwrap_or_default());
            } else if let Some(flags) = word.strip_prefix('-').filter(|flags| !flags.is_empty()) {
                // Several letters in one word: the first that takes a value takes the rest.
                for (at, flag) in flags.char_indices() {
                    let meaning = meaning(flag.encode_utf8(&mut [0; 4]));
                    let rest = &flags[at + flag.len_utf8()..];
                    if meaning.takes_value() {
                        let value = if rest.is_empty() { words.next() } else { Some(rest) };
                        line.set(&format!("-{flag}"), meaning, value.unwrap_or_default());
                        break;
                    }
                    line.set(&format!("-{flag}"), meaning, "");
                    if meaning == Meaning::Unknown {
                        break;
                    }
                }
            } else {
                line.word(word);
            }
        }
        line
    }

    /// A word that is no option: an address, if it looks like one.
    fn word(&mut self, word: &str) {
        let is_after_unknown = std::mem::take(&mut self.is_after_unknown);
        if word.contains("://") || (!is_after_unknown && is_address(word)) {
            self.urls.push(word.to_owned());
        } else if !is_after_unknown {
            self.miss("option", "a word is neither an option nor an address, and is left out");
        }
    }

    fn miss(&mut self, code: &'static str, message: impl Into<String>) {
        let missing = (code, message.into());
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    fn set(&mut self, option: &str, meaning: Meaning, value: &str) {
        self.is_after_unknown = meaning == Meaning::Unknown;
        match meaning {
            Meaning::Method => self.method = Some(value.to_ascii_uppercase()),
            Meaning::Url => self.urls.push(value.to_owned()),
            Meaning::Header if value.starts_with('@') => {
                self.miss("file", format!("`{option} @…` reads headers from a file"));
            }
            Meaning::Header => {
                // `-H 'Accept:'` leaves a header out.
                let header = value.split_once(':').filter(|(_, value)| !value.trim().is_empty());
                if let Some((name, value)) = header {
                    self.header(name.trim(), value.trim());
                }
            }
            Meaning::User => self.user = Some(value.to_owned()),
            Meaning::Bearer => self.header("Authorization", &format!("Bearer {value}")),
            Meaning::OtherAuth(_) => self.other_auth = Some(option.to_owned()),
            // A word without `=` is the name of a file.
            Meaning::Cookie if value.contains('=') || value.chars().any(variable::is_mark) => {
                self.header("Cookie", value);
            }
            Meaning::Cookie => self.miss("file", format!("`{option}` reads cookies from a file")),
            Meaning::Config => self.miss("file", format!("`{option}` reads options from a file")),
            Meaning::UserAgent => self.header("User-Agent", value),
            Meaning::Range => self.header("Range", &format!("bytes={value}")),
            Meaning::Data | Meaning::DataRaw | Meaning::Json => {
                self.is_json |= meaning == Meaning::Json;
                if meaning != Meaning::DataRaw && value.starts_with('@') {
                    self.other = Some("the body is in a file");
                }
                self.data.push(value.to_owned());
            }
            Meaning::DataUrlencode => {
                let name = value.find(['=', '@']).filter(|at| value[*at..].starts_with('@'));
                if name.is_some() {
                    self.other = Some("the body is in a file");
                }
                self.data.push(encoded(value));
            }
            Meaning::UrlQuery => self.query.push(encoded(value)),
            Meaning::Target => self.target = Some(value.to_owned()),
            Meaning::Get => self.is_get = true,
            Meaning::Literal => self.signs = Signs::Text,
            Meaning::Head => self.other = Some("only the headers are requested"),
            Meaning::Form => self.other = Some("a form in several parts cannot be described"),
            Meaning::Upload => self.other = Some("a file is sent, and a source only reads"),
            Meaning::Unknown => {
                self.miss("option", format!("`{option}` is no option of `curl`, and is left out"));
            }
            Meaning::Nothing(_) => {}
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The requests of the line, one for each address.
    pub(super) fn exchanges(self, place: &str, gaps: &mut Vec<Gap>) -> Vec<Exchange> {
        if self.urls.is_empty() {
            gaps.push(Gap::new("request", place, "the command has no address"));
            return Vec::new();
        }
        for (code, message) in &self.missing {
            gaps.push(Gap::new(code, place, message.as_str()));
        }
        let has_body = !self.data.is_empty() && !self.is_get;
        let usual = if has_body { "POST" } else { "GET" };
        let method = self.method.as_deref().unwrap_or(usual);
        let other = match method {
            "GET" | "POST" => self.other.map(str::to_owned),
            "PUT" | "PATCH" | "DELETE" => {
                Some(format!("`{method}` changes what a source only reads"))
            }
            _ => Some("the method is neither GET nor POST, by which a source reads".to_owned()),
        };
        if let Some(other) = other {
            gaps.push(Gap::new("request", place, other));
            return Vec::new();
        }
        let mut exchanges = Vec::new();
        for url in &self.urls {
            for template in templates(url, self.signs, place, gaps) {
                let Some(address) = self.address(&template.url) else {
                    let message = format!(
                        "`{}` is no address of HTTP: write it as `https://api.example.com/v1/orders`",
                        shown(url)
                    );
                    gaps.push(Gap::new("request", place, message));
                    break;
                };
                let mut exchange = self.exchange(address, method, has_body, place);
                exchange.request.lists = template.lists;
                exchanges.push(exchange);
            }
        }
        exchanges
    }

    fn address(&self, url: &str) -> Option<Address> {
        let mut address = Address::read(url)?;
        if let Some(target) = &self.target {
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            address.path = format!("/{}", path.trim_start_matches('/'));
            address.query = form(query);
        }
        let query = self.query.iter().chain(self.data.iter().filter(|_| self.is_get));
        address.query.extend(query.flat_map(|fields| form(fields)));
        if let Some(user) = &self.user {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            address.user = Some((name.to_owned(), password.to_owned()));
        }
        Some(address)
    }

    fn exchange(&self, address: Address, method: &str, has_body: bool, place: &str) -> Exchange {
        let mut request = Request {
            method: method.to_owned(),
            address,
            headers: self.headers.clone(),
            body: None,
            lists: Vec::new(),
            other_auth: self.other_auth.clone(),
            place: place.to_owned(),
        };
        if has_body {
            request.body = Some(self.body(&request));
        }
        Exchange { request, response: None }
    }

    fn body(&self, request: &Request) -> Body {
        let media_type =
            if self.is_json { Some("application/json") } else { request.header("content-type") };
        let separator = if self.is_json { "" } else { "&" };
        Request::body_of(self.data.join(separator), media_type)
    }
}

/// Whether a word looks like an address without a scheme: its host has a dot, a port or a known name.
fn is_address(word: &str) -> bool {
    let host = word.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_port = !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
    let labels: Vec<&str> = name.split('.').collect();
    let is_domain = labels.len() > 1 && labels.iter().all(|label| !label.is_empty());
    word.starts_with(variable::is_mark)
        || name == "localhost"
        || word.starts_with("[::")
        || (is_port && !name.is_empty())
        || is_domain
}

/// A field as it is in a form: of `name=value` the value is text.
fn encoded(value: &str) -> String {
    let encoded = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    match value.split_once('=') {
        Some((name, value)) => format!("{name}={}", encoded(value)),
        None => encoded(value),
    }
}
