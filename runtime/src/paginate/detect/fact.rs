//! What a response says beside its records: the values in its objects and headers.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::words;
pub(super) use crate::decode::{count::number, normalized as word};
use crate::paginate::key_path;

/// How many objects may lie one inside the other.
const DEPTH: usize = 5;
/// Headers that most responses have and that say nothing of pages, whose values change each time.
const ASIDE: &[&str] = &[
    "age",
    "alt-svc",
    "cf-ray",
    "connection",
    "content-length",
    "content-type",
    "date",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "nel",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "report-to",
    "server",
    "server-timing",
    "set-cookie",
    "traceparent",
    "transfer-encoding",
    "x-amz-cf-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-correlation-id",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
    "x-runtime",
    "x-trace-id",
];
/// Keys under which the text of an element of XML stands: `{"total": {"$t": "120"}}`.
const WRAPS: &[&str] = &["$t", "#text", "_text", "__text", "$"];
/// A longer value is not shown.
const SHOWN: usize = 60;

/// A value, and where it stands.
#[derive(Clone)]
pub(super) struct Fact {
    pub(super) path: Vec<String>,
    pub(super) is_header: bool,
    /// The last key without case and punctuation: `nextpagetoken` for `next_page_token`.
    pub(super) word: String,
    pub(super) value: Value,
}

impl Fact {
    fn new(path: Vec<String>, is_header: bool, value: Value) -> Fact {
        let fact = Fact { path, is_header, word: String::new(), value };
        Fact { word: word(fact.key()), ..fact }
    }

    pub(super) fn key(&self) -> &str {
        self.named().last().map_or("", |key| local(key))
    }

    /// Its path without the key that only wraps a text.
    fn named(&self) -> &[String] {
        match &*self.path {
            [above @ .., wrap] if !above.is_empty() && WRAPS.contains(&&**wrap) => above,
            path => path,
        }
    }

    /// The objects that it is in.
    pub(super) fn above(&self) -> &[String] {
        self.named().split_last().map_or(&[], |(_, above)| above)
    }

    /// The parameter that it says the value of.
    pub(super) fn param(&self) -> &str {
        let is_gdata = self.named().last().is_some_and(|key| key.starts_with("openSearch$"));
        if is_gdata && self.word == "startindex" { "start-index" } else { self.key() }
    }

    /// Where the file would say that it is; nothing in it can lead into a header.
    pub(super) fn body_path(&self) -> Option<Vec<String>> {
        (!self.is_header).then(|| self.path.clone())
    }

    /// The word of the object that it is in, if that is a member.
    pub(super) fn parent(&self) -> String {
        self.above().last().map(|key| word(key)).unwrap_or_default()
    }

    /// A whole number, also as text.
    pub(super) fn number(&self) -> Option<u64> {
        number(&self.value)
    }

    /// What it says, if it says whether there are more.
    pub(super) fn says_more(&self) -> Option<bool> {
        words::says_more(&self.word, &self.value)
    }

    /// Whether this is the number of all records: `total`, `numFound`, `total_payments` where the
    /// records are payments.
    pub(super) fn is_total(&self, nouns: &[String]) -> bool {
        let is_inside = matches!(self.parent().as_str(), "total" | "totals")
            && matches!(self.word.as_str(), "value" | "count" | "records" | "items" | "all");
        is_inside || words::is_total_word(&self.word, nouns)
    }

    /// Whether a number is that of the records that are still to come.
    pub(super) fn is_remaining(&self) -> bool {
        !self.is_header && words::is_remaining_word(&self.word)
    }

    /// Whether it is about the next page, by its name or by that of the object it is in: `next.href`.
    pub(super) fn is_next(&self) -> bool {
        words::is_next_word(&self.word)
            || matches!(self.parent().as_str(), "next" | "nextpage" | "nextlink") && !self.is_header
    }

    /// Whether it may be a page cursor although it does not say `next`.
    pub(super) fn is_cursor(&self) -> bool {
        words::is_cursor_word(&self.word)
            || self.word == "after"
            || self.word == "offset" && self.value.is_string() && self.number().is_none()
    }

    /// Whether it is an address and not a page cursor, of which some begin with a slash.
    pub(super) fn is_link(&self) -> bool {
        let Value::String(text) = &self.value else { return false };
        let is_cursor = ["token", "cursor", "key", "id"].iter().any(|end| self.word.ends_with(end));
        let is_address = text.starts_with("http://") || text.starts_with("https://");
        let is_relative = text.starts_with(['/', '?']) || text.contains('?') && text.contains('=');
        is_address || is_relative && !is_cursor
    }

    /// Whether a link of this word leads to the next page: `next`, but also `more_topics_url`.
    pub(super) fn leads_on(&self) -> bool {
        self.is_next() || self.word.starts_with("more") || self.word.starts_with("loadmore")
    }

    /// A text or number that says something.
    pub(super) fn has_content(&self) -> bool {
        match &self.value {
            Value::String(text) => !text.trim().is_empty(),
            Value::Number(number) => number.as_f64() != Some(0.0),
            _ => false,
        }
    }

    /// Whether it is there and says that there is nothing: `null`, `false`, `""`, `0`, `{}`, `[]`.
    pub(super) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null | Value::Bool(false) => true,
            Value::Object(members) => members.is_empty(),
            Value::Array(elements) => elements.is_empty(),
            Value::Bool(true) => false,
            Value::String(_) | Value::Number(_) => !self.has_content(),
        }
    }

    /// Whether it is in the same object, or a header as well.
    pub(super) fn is_beside(&self, other: &Fact) -> bool {
        self.is_header == other.is_header
            && (self.is_header && self.path.len() == 1 && other.path.len() == 1
                || self.above() == other.above())
    }

    /// As an error shows where it is.
    pub(super) fn place(&self) -> String {
        format!("`{}`", key_path::path(&self.path))
    }

    /// As an error shows it: `` `meta.next` is "abc" ``. A text is shown whole or not at all, so that no
    /// part of a secret remains where the whole would be masked; of an address what is in front of its
    /// query, where secrets are.
    pub(super) fn shown(&self) -> String {
        let place = self.place();
        match &self.value {
            Value::String(text) if self.is_link() => {
                format!("{place} is {}", Value::from(without_query(text)))
            }
            Value::String(text) if text.chars().count() > SHOWN => {
                format!("{place} is a text of {} characters", text.chars().count())
            }
            Value::Object(_) | Value::Array(_) => {
                let value = self.value.to_string();
                if value.len() > SHOWN {
                    format!("{place} is there")
                } else {
                    format!("{place} is {value}")
                }
            }
            value => format!("{place} is {value}"),
        }
    }
}

/// A key without the prefix of a namespace: `totalResults` for `opensearch:totalResults`, or for
/// `openSearch$totalResults`.
fn local(key: &str) -> &str {
    key.rsplit([':', '$']).next().filter(|key| !key.is_empty()).unwrap_or(key)
}

/// What of an address can be shown: what is in front of its query.
pub(super) fn without_query(address: &str) -> String {
    match address.split_once('?') {
        Some((front, _)) => format!("{front}?…"),
        None => address.to_owned(),
    }
}

/// The facts of a body, those of outer objects first. What is at `records` is passed over, and so
/// is what has an identity of its own: its fields are about it.
pub(super) fn of_body(body: &Value, records: &[&str]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut level = vec![(Vec::<String>::new(), body)];
    for _ in 0..DEPTH {
        let mut below = Vec::new();
        for (path, value) in level {
            let Value::Object(members) = value else { continue };
            for (key, value) in members {
                // Elasticsearch counts there what it has searched.
                if key == "_shards" {
                    continue;
                }
                let mut path = path.clone();
                path.push(key.clone());
                if path == records {
                    continue;
                }
                if let Value::Object(inner) = value
                    && !words::has_identity(inner)
                {
                    below.push((path.clone(), value));
                }
                facts.push(Fact::new(path, false, value.clone()));
            }
        }
        level = below;
    }
    facts
}

/// The headers that may say something of pages.
pub(super) fn telling(headers: &HeaderMap) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
    headers.iter().filter(|(name, _)| !ASIDE.contains(&name.as_str()))
}

/// The facts of headers. One that holds a JSON object is an object with members.
pub(super) fn of_headers(headers: &HeaderMap) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (name, value) in telling(headers) {
        let Ok(text) = value.to_str() else { continue };
        let name = name.as_str().to_owned();
        if text.starts_with('{')
            && let Ok(Value::Object(members)) = serde_json::from_str(text)
        {
            let members = members.into_iter();
            facts.extend(
                members.map(|(key, value)| Fact::new(vec![name.clone(), key], true, value)),
            );
            continue;
        }
        let word = header_word(&name);
        let fact = Fact::new(vec![name], true, Value::from(text.trim()));
        facts.push(Fact { word, ..fact });
    }
    facts
}

/// `pagecount` for `X-Pagination-Page-Count`.
fn header_word(name: &str) -> String {
    let whole = word(name);
    let mut rest = whole.as_str();
    for prefix in ["x", "pagination", "paging", "wp"] {
        rest = rest.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    }
    rest.to_owned()
}
