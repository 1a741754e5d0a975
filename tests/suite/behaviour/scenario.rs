//! What a scenario file says: the data that a server has and how it answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// A script for a server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// What is played, in a sentence.
    #[serde(rename = "about")]
    _about: String,
    /// What it belongs to: `cursor`, `auth` …
    #[serde(rename = "group")]
    _group: String,
    /// What is remarkable about what dlt makes of it.
    #[serde(rename = "remark", default)]
    _remark: Option<String>,
    #[serde(default)]
    pub(crate) data: BTreeMap<String, Data>,
    /// What takes the place of data in a later run.
    #[serde(default)]
    pub(crate) run_data: BTreeMap<String, BTreeMap<String, Data>>,
    /// The first one that fits answers.
    pub(crate) routes: Vec<Route>,
    #[serde(default = "one")]
    pub(crate) runs: u64,
    /// Environment variables, which are dlt's own.
    #[serde(rename = "env", default)]
    _env: BTreeMap<String, String>,
    /// Headers that are logged beside those that always are.
    #[serde(default)]
    pub(crate) log_headers: Vec<String>,
    /// Whether the time between requests is of interest.
    #[serde(default)]
    pub(crate) record_waits: bool,
    #[serde(rename = "order", default)]
    _order: Option<String>,
    /// After so many requests the server refuses, so that endless loops end.
    #[serde(default = "three_hundred")]
    pub(crate) max_requests: u64,
}

/// The records that a server has.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Data {
    List(Vec<Value>),
    /// As many as `count`, made of a template.
    Made {
        count: u64,
        #[serde(default = "one")]
        start: u64,
        record: Value,
    },
}

/// Who answers a request, and how.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Route {
    /// `*` is any.
    #[serde(default = "get")]
    pub(crate) method: String,
    /// `{name}` is one segment.
    pub(crate) path: String,
    /// What a request must have for this route.
    #[serde(default)]
    pub(crate) when: Map<String, Value>,
    /// What it must have not to be refused.
    #[serde(default)]
    pub(crate) require: Map<String, Value>,
    /// The answers to the first calls.
    #[serde(default)]
    pub(crate) fail_first: Vec<Reply>,
    /// Whether calls are counted for each target or for the whole route.
    #[serde(default)]
    pub(crate) count_by: CountBy,
    #[serde(default)]
    pub(crate) reply: Option<Reply>,
    /// One after the other; the last one repeats.
    #[serde(default)]
    pub(crate) replies: Vec<Reply>,
    #[serde(default)]
    pub(crate) token: Option<Token>,
    #[serde(default)]
    pub(crate) page: Option<Page>,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CountBy {
    #[default]
    Target,
    Route,
}

/// A prepared answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    #[serde(default)]
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// `null` is an answer too.
    #[serde(default, deserialize_with = "given")]
    pub(crate) json: Option<Value>,
    #[serde(default)]
    pub(crate) json_text: Option<String>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) base64: Option<String>,
    #[serde(default)]
    pub(crate) gzip: bool,
    #[serde(default)]
    pub(crate) delay_ms: u64,
    #[serde(default)]
    pub(crate) drop: Option<Drop>,
}

/// Where a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drop {
    BeforeReply,
    MidBody,
}

/// An OAuth 2 token endpoint: gives token-1, token-2 …
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    /// Fields that the form must have.
    #[serde(default)]
    pub(crate) form: BTreeMap<String, String>,
    #[serde(default = "an_hour")]
    pub(crate) expires_in: u64,
    /// How long it lives if that is not what the answer says, in seconds.
    #[serde(default)]
    pub(crate) really_lives: Option<u64>,
    #[serde(default = "yes")]
    pub(crate) say_expiry: bool,
}

/// Pages of data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    pub(crate) kind: Kind,
    pub(crate) data: String,
    #[serde(default)]
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Where a request says which page: `query` or `json`.
    #[serde(default = "query")]
    pub(crate) r#in: String,
    #[serde(default)]
    pub(crate) param: Option<String>,
    #[serde(default = "ten")]
    pub(crate) size: usize,
    #[serde(default)]
    pub(crate) size_param: Option<String>,
    /// Where the records go; with `""` the body is the list.
    #[serde(default = "data")]
    pub(crate) records: String,
    /// Where the next cursor or link goes.
    #[serde(default)]
    pub(crate) next: Option<String>,
    #[serde(default)]
    pub(crate) end: End,
    #[serde(default)]
    pub(crate) prefix: Option<String>,
    #[serde(default)]
    pub(crate) cursor_as: Option<String>,
    #[serde(default)]
    pub(crate) total: Option<String>,
    /// `records`, `pages`, or a value.
    #[serde(default, deserialize_with = "given")]
    pub(crate) total_is: Option<Value>,
    #[serde(default)]
    pub(crate) total_as: Option<String>,
    #[serde(default)]
    pub(crate) has_more: Option<String>,
    #[serde(default)]
    pub(crate) has_more_as: Option<String>,
    #[serde(default = "one")]
    pub(crate) base: u64,
    #[serde(default)]
    pub(crate) link: Link,
    #[serde(default = "yes")]
    pub(crate) link_keeps_query: bool,
    #[serde(default)]
    pub(crate) rel: Option<String>,
    #[serde(default)]
    pub(crate) filter: Vec<Filter>,
    #[serde(default)]
    pub(crate) gzip: bool,
    #[serde(default)]
    pub(crate) extra: BTreeMap<String, Value>,
}

/// How a server leads from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Cursor,
    Offset,
    Page,
    LinkHeader,
    JsonLink,
    HeaderCursor,
    None,
}

/// What the last page has in place of a cursor or link.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum End {
    #[default]
    Null,
    Empty,
    Absent,
    Zero,
    False,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Link {
    #[default]
    Absolute,
    Path,
    LastSegment,
    Query,
    OtherHost,
}

/// Which records a request asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    pub(crate) from: String,
    pub(crate) name: String,
    pub(crate) field: String,
    #[serde(default)]
    pub(crate) op: Operator,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
pub(crate) enum Operator {
    #[default]
    #[serde(rename = "==")]
    Equal,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = ">")]
    Above,
    #[serde(rename = "<")]
    Below,
    #[serde(rename = "<=")]
    AtMost,
}

fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn one() -> u64 {
    1
}

fn ten() -> usize {
    10
}

fn three_hundred() -> u64 {
    300
}

fn an_hour() -> u64 {
    3600
}

fn yes() -> bool {
    true
}

fn get() -> String {
    "GET".to_owned()
}

fn query() -> String {
    "query".to_owned()
}

fn data() -> String {
    "data".to_owned()
}
