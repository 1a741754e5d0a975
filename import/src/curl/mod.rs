//! Command lines of `curl`, typed or as browsers copy them: each is a request without its response.

mod options;
mod shell;

use self::options::{Meaning, meaning};
use crate::{
    description::Mapping,
    failure::Failure,
    gap::Gap,
    recorded::{self, Address, Body, Exchange, Request, form},
    selection::Selection,
};

/// What a command line is.
const HELP: &str =
    "a command begins with `curl`: curl 'https://api.example.com/v1/orders' -H 'Authorization: …'";

/// Reads commands, and makes a description of what of them is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let commands = shell::commands(text).map_err(|line| {
        let message = format!("the quote on line {line} is not closed");
        Failure::new(message, "copy the whole command")
    })?;
    let (mut exchanges, mut gaps) = (Vec::new(), Vec::new());
    let mut is_curl = false;
    for command in &commands {
        let name = command.words.iter().position(|word| is_name(word));
        let Some(name) = name.filter(|at| *at < 4) else { continue };
        is_curl = true;
        let place = format!("line {}", command.line);
        for words in command.words[name + 1..].split(|word| word == "--next" || word == "-:") {
            let line = Line::read(words);
            exchanges.extend(line.exchanges(&place, &mut gaps)?);
        }
    }
    if !is_curl {
        return Err(Failure::new("there is no command of `curl`", HELP));
    }
    if exchanges.is_empty() {
        let message = match gaps.first() {
            Some(gap) => format!("{}: {}", gap.place, gap.message),
            None => "no command has an address".to_owned(),
        };
        return Err(Failure::new(message, HELP));
    }
    recorded::describe(exchanges, selection, gaps)
}

/// Whether a word is the name of the program: `curl`, `/usr/bin/curl`, `curl.exe`.
fn is_name(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    name == "curl" || name.eq_ignore_ascii_case("curl.exe")
}

/// What one command line says.
#[derive(Default)]
struct Line {
    urls: Vec<String>,
    method: Option<String>,
    headers: Vec<(String, String)>,
    user: Option<String>,
    data: Vec<String>,
    query: Vec<String>,
    is_json: bool,
    is_get: bool,
    /// What makes it another request than one that reads.
    other: Option<&'static str>,
}

impl Line {
    fn read(words: &[String]) -> Line {
        let mut line = Line::default();
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            if let Some(name) = word.strip_prefix("--") {
                let meaning = meaning(name);
                let value = if meaning.takes_value() { words.next() } else { None };
                line.set(meaning, value.unwrap_or_default());
            } else if let Some(flags) = word.strip_prefix('-').filter(|flags| !flags.is_empty()) {
                // Several letters in one word: the first that takes a value takes the rest.
                for (at, flag) in flags.char_indices() {
                    let meaning = meaning(flag.encode_utf8(&mut [0; 4]));
                    let rest = &flags[at + flag.len_utf8()..];
                    if meaning.takes_value() {
                        let value = if rest.is_empty() { words.next() } else { Some(rest) };
                        line.set(meaning, value.unwrap_or_default());
                        break;
                    }
                    line.set(meaning, "");
                }
            } else {
                line.urls.push(word.to_owned());
            }
        }
        line
    }

    fn set(&mut self, meaning: Meaning, value: &str) {
        match meaning {
            Meaning::Method => self.method = Some(value.to_ascii_uppercase()),
            Meaning::Url => self.urls.push(value.to_owned()),
            Meaning::Header => {
                // `-H 'Accept:'` leaves a header out.
                let header = value.split_once(':').filter(|(_, value)| !value.trim().is_empty());
                if let Some((name, value)) = header {
                    self.headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
            Meaning::User => self.user = Some(value.to_owned()),
            Meaning::Bearer => {
                self.headers.push(("Authorization".to_owned(), format!("Bearer {value}")));
            }
            // A word without `=` is the name of a file.
            Meaning::Cookie if value.contains('=') => {
                self.headers.push(("Cookie".to_owned(), value.to_owned()));
            }
            Meaning::Data | Meaning::Json => {
                self.is_json |= meaning == Meaning::Json;
                self.file(value);
                self.data.push(value.to_owned());
            }
            Meaning::DataUrlencode => {
                self.file(value);
                self.data.push(encoded(value));
            }
            Meaning::UrlQuery => self.query.push(encoded(value)),
            Meaning::Get => self.is_get = true,
            Meaning::Head => self.other = Some("only the headers are requested"),
            Meaning::Form => self.other = Some("a form in several parts cannot be described"),
            Meaning::Upload => self.other = Some("a file is sent, and a source only reads"),
            Meaning::Cookie | Meaning::OfClient | Meaning::Next | Meaning::Nothing(_) => {}
        }
    }

    fn file(&mut self, value: &str) {
        if value.starts_with('@') {
            self.other = Some("the body is in a file");
        }
    }

    /// The requests of the line, one for each address.
    fn exchanges(self, place: &str, gaps: &mut Vec<Gap>) -> Result<Vec<Exchange>, Failure> {
        let has_body = !self.data.is_empty() && !self.is_get;
        let usual = if has_body { "POST" } else { "GET" };
        let method = self.method.as_deref().unwrap_or(usual);
        let other = match method {
            "GET" | "POST" => self.other.map(str::to_owned),
            method => Some(format!("`{method}` changes what a source only reads")),
        };
        if let Some(other) = other {
            gaps.push(Gap::new("request", place, other));
            return Ok(Vec::new());
        }
        let mut exchanges = Vec::new();
        for url in &self.urls {
            let Some(mut address) = Address::read(url) else {
                let message = format!("the address on {place} cannot be read");
                return Err(Failure::new(
                    message,
                    "write it as `https://api.example.com/v1/orders`",
                ));
            };
            let query = self.query.iter().chain(self.data.iter().filter(|_| self.is_get));
            address.query.extend(query.flat_map(|fields| form(fields)));
            if let Some(user) = &self.user {
                let (name, password) = user.split_once(':').unwrap_or((user, ""));
                address.user = Some((name.to_owned(), password.to_owned()));
            }
            let mut request = Request {
                method: method.to_owned(),
                address,
                headers: self.headers.clone(),
                body: None,
                place: place.to_owned(),
            };
            if has_body {
                request.body = Some(self.body(&request));
            }
            exchanges.push(Exchange { request, response: None });
        }
        Ok(exchanges)
    }

    fn body(&self, request: &Request) -> Body {
        let media_type =
            if self.is_json { Some("application/json") } else { request.header("content-type") };
        let separator = if self.is_json { "" } else { "&" };
        Request::body_of(self.data.join(separator), media_type)
    }
}

/// A field as it is in a form: of `name=value` the value is text.
fn encoded(value: &str) -> String {
    let encoded = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    match value.split_once('=') {
        Some((name, value)) => format!("{name}={}", encoded(value)),
        None => encoded(value),
    }
}
