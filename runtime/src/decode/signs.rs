//! What the members of an object say about a request: that it failed, that it did not, or nothing.
//!
//! The words are those of APIs, without case and punctuation. A word alone proves little: records
//! have messages, codes and states, too. What counts is whether an object says anything else.

mod words;

use serde_json::{Map, Value};

use self::words::{
    ABOUT, AROUND, CODES, CONTENTS, COUNTS, ERRORS, FAILURES, HEADS, IDENTITIES, MESSAGES, OF,
    PARTS, PROGRESS, STATES, TRUTHS,
};
use super::{count::number, normalized};

/// What the members of an object say.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign by itself, and any may be there")]
pub(super) struct Signs {
    /// What it says of success by true or false.
    truth: Option<bool>,
    /// A word or number for a failure.
    is_refusal: bool,
    /// Whether that is a status of HTTP.
    is_http: bool,
    /// A code that is none of success, and may mean anything else.
    has_code: bool,
    /// A code that is a word.
    has_name: bool,
    has_error: bool,
    /// A number of errors, which may be all that a record counts.
    counts_errors: bool,
    /// The member that says that a part of what was asked failed.
    partial: Option<(String, Value)>,
    has_message: bool,
    /// A message with words for a failure.
    is_complaint: bool,
    /// A state of 0 or 1, of which each means success somewhere.
    state: Option<bool>,
    /// Nothing in place of what was asked for.
    lacks_content: bool,
    /// The same, where it has a name that little else has: `data`.
    lacks_data: bool,
    /// A word, number or message for success.
    is_success: bool,
    has_progress: bool,
    has_identity: bool,
    /// A member that belongs to neither a report nor an envelope.
    has_other: bool,
    /// One of these that is no single value.
    has_content: bool,
    /// One of these that is a list, or has one in it.
    has_list: bool,
    /// A member that does not belong to a mere message.
    has_more: bool,
}

impl Signs {
    /// What the members say, of which those that are `expected` are a record's. Empty ones say
    /// nothing.
    pub(super) fn of(object: &Map<String, Value>, expected: &dyn Fn(&str) -> bool) -> Signs {
        let mut signs = Signs::default();
        // The `id` of JSON-RPC is that of the request.
        let is_of_request =
            |key: &str| matches!(key, "id" | "jsonrpc") && object.contains_key("jsonrpc");
        for (key, value) in object {
            if is_of_request(key) {
                continue;
            }
            if is_empty(value) || is_void(value) {
                let key = normalized(key);
                let name = without_prefix(&key);
                signs.lacks_content |= is_void(value) && CONTENTS.contains(&name);
                signs.lacks_data |= is_void(value) && name == "data";
                continue;
            }
            if expected(key) {
                signs.add_other(value);
            } else {
                signs.add(key, &normalized(key), value);
            }
        }
        signs
    }

    /// Whether a word is one that says something of a request.
    pub(super) fn have(word: &str) -> bool {
        let words = [TRUTHS, ERRORS, STATES, CODES];
        words.iter().any(|words| words.contains(&word)) || MESSAGES.contains(&without_prefix(word))
    }

    fn add(&mut self, written: &str, key: &str, value: &Value) {
        let is = |words: &[&str]| words.contains(&key);
        self.has_progress |= is(PROGRESS) && !value.is_object() && !value.is_array();
        if let Value::Object(members) = value
            && (is(HEADS) || is(CONTENTS))
        {
            let inner = Signs::of(members, &|_| false);
            self.counts_errors |= inner.counts_errors && is(HEADS);
            if inner.fails() && (is(HEADS) || !inner.has_other) {
                (self.has_error, self.has_more) = (true, true);
            } else if is(AROUND) {
                self.has_more = true;
            } else {
                self.add_other(value);
            }
        } else if is(TRUTHS) && truth(value).is_some() {
            self.truth = truth(value);
            self.has_more = true;
        } else if is(COUNTS) && number(value).is_some() {
            self.counts_errors |= number(value) != Some(0);
            self.has_more = true;
        } else if is(ERRORS) {
            self.has_error |= speaks(value);
            self.has_more = true;
        } else if let ("shards", Value::Object(shards)) = (key, value) {
            self.add_part(written, value, has_failed(shards));
            self.has_error |= has_failed(shards) && count(shards, "successful") == Some(0);
            self.has_more = true;
        } else if let ("timedout" | "incompleteresults", Value::Bool(is_partial)) = (key, value) {
            self.add_part(written, value, *is_partial);
            self.has_more = true;
        } else if is(PARTS) {
            self.add_part(written, value, speaks(value));
            self.has_more = true;
        } else if is(STATES) && !value.is_object() && !value.is_array() {
            self.add_state(value);
            self.add_part(written, value, is_partial(value));
            self.has_more = true;
        } else if is(CODES) && !value.is_object() && !value.is_array() {
            self.add_code(value);
        } else if MESSAGES.contains(&without_prefix(key)) {
            match value {
                Value::String(text) => self.add_message(text),
                _ => self.has_more = true,
            }
        } else if is(AROUND) {
            let kind = value.as_str().map(normalized).unwrap_or_default();
            self.is_refusal |= matches!(key, "type" | "object")
                && (kind.ends_with("error") || kind.ends_with("exception") || kind == "fault");
            self.has_more = true;
        } else if !is(ABOUT) {
            self.has_identity |= is(IDENTITIES);
            self.add_other(value);
        }
    }

    fn add_other(&mut self, value: &Value) {
        self.has_other = true;
        self.has_more = true;
        self.has_content |= value.is_object() || value.is_array();
        self.has_list |= has_list(value);
    }

    fn add_message(&mut self, text: &str) {
        self.has_message = true;
        self.is_success |= is_success(text);
        let text = normalized(text);
        self.is_complaint |= speaks_of_failure(&text);
        // What is no more than that is a state.
        self.is_refusal |=
            is_state_of_failure(&text) || matches!(&*text, "error" | "fail" | "failed" | "failure");
    }

    fn add_state(&mut self, value: &Value) {
        match (value, number(value)) {
            (_, Some(400..=599)) => (self.is_refusal, self.is_http) = (true, true),
            (Value::Bool(false), _) => self.is_refusal = true,
            (_, Some(200..=299)) | (Value::Bool(true), _) => self.is_success = true,
            (_, Some(state @ (0 | 1))) => self.state = Some(state == 1),
            (Value::String(text), _) => {
                let text = normalized(text);
                self.is_refusal |= is_state_of_failure(&text) || speaks_of_failure(&text);
                self.is_success |= is_success(&text);
            }
            _ => {}
        }
    }

    fn add_part(&mut self, written: &str, value: &Value, has_failed: bool) {
        if has_failed && self.partial.is_none() {
            self.partial = Some((written.to_owned(), value.clone()));
        }
    }

    fn add_code(&mut self, value: &Value) {
        match (value, number(value)) {
            (_, Some(400..=599)) => (self.is_refusal, self.is_http) = (true, value.is_number()),
            (_, Some(0 | 200..=299)) => self.is_success = true,
            (_, Some(_)) | (Value::Number(_), _) => self.has_code = true,
            (Value::String(text), _) => {
                self.has_name = true;
                self.is_refusal |= speaks_of_failure(&normalized(text));
                self.is_success |= is_success(text);
            }
            _ => {}
        }
    }

    /// Whether they say in a word that the request failed.
    pub(super) fn refuses(&self) -> bool {
        self.truth == Some(false) || self.is_refusal
    }

    /// Whether they say that the request failed.
    pub(super) fn fails(&self) -> bool {
        self.refuses()
            || self.has_error && self.truth != Some(true)
            || self.has_code && self.has_message && !self.is_success && self.truth.is_none()
    }

    /// The same where there are no records, so that a number of errors is one of failures.
    pub(super) fn fails_without_records(&self) -> bool {
        self.fails() || self.counts_errors
    }

    /// Whether they may say so, where a text stands in place of the records.
    pub(super) fn explains_a_text(&self) -> bool {
        let is_refused = self.state == Some(false) && self.has_message || self.is_complaint;
        is_refused && self.state != Some(true) && !self.is_success
    }

    /// Whether they say that it failed although there are records.
    pub(super) fn complain(&self) -> bool {
        self.refuses() || self.has_error && self.truth != Some(true)
    }

    /// Whether they are those of an error within a list of such.
    pub(super) fn is_listed_error(&self) -> bool {
        let has_code = self.has_name || self.has_code;
        let is_told =
            self.has_error || self.has_message && (self.fails() || has_code && self.is_complaint);
        is_told && !self.has_other && !self.is_success && self.truth != Some(true)
    }

    /// What says that a part of what was asked failed, so that records may be missing.
    pub(super) fn partial(&self) -> Option<(&str, &Value)> {
        self.partial.as_ref().map(|(key, value)| (&**key, value))
    }

    /// Whether the object is nothing but the report of an error, or a message and nothing more.
    pub(super) fn is_report(&self) -> bool {
        let is_message = self.has_message && !self.has_more && !self.is_success;
        let has_reason = self.has_error || self.has_message;
        let is_refused = (self.truth == Some(false) || self.is_http) && has_reason;
        let lacks = self.lacks_content && self.refuses()
            || self.lacks_data && has_reason && !self.is_success && self.truth != Some(true);
        let may_be_record = self.has_identity || self.has_content;
        is_message || (is_refused || lacks) && !may_be_record || !self.has_other && self.fails()
    }

    /// Whether the object most likely reports an error, with more about it, where nothing says that it is a
    /// record: it has nothing that identifies it, and no list.
    pub(super) fn is_likely_report(&self) -> bool {
        let is_told = self.fails() || self.has_message && self.is_complaint && !self.is_success;
        is_told && self.truth != Some(true) && !self.has_identity && !self.has_list
    }

    /// Whether the object says how far something has come, or says nothing.
    pub(super) fn is_of_progress(&self) -> bool {
        self.has_progress || !self.has_other
    }
}

/// How many parts of an index have answered so, as Elasticsearch counts them.
fn count(shards: &Map<String, Value>, how: &str) -> Option<u64> {
    shards.get(how).and_then(number)
}

fn has_failed(shards: &Map<String, Value>) -> bool {
    count(shards, "failed") > Some(0)
}

/// Whether a state is one of a part: `partial_success`.
fn is_partial(state: &Value) -> bool {
    let words = ["partial", "partialsuccess", "partialcontent", "partialresult", "partialresults"];
    state.as_str().is_some_and(|state| words.contains(&&*normalized(state)))
}

/// A word without what names of messages and contents begin with: `details` for `responsedetails`.
fn without_prefix(key: &str) -> &str {
    let is_known = |rest: &&str| MESSAGES.contains(rest) || CONTENTS.contains(rest);
    OF.iter().find_map(|prefix| key.strip_prefix(prefix).filter(is_known)).unwrap_or(key)
}

fn is_state_of_failure(text: &str) -> bool {
    matches!(text, "false" | "ko" | "nok" | "notok" | "fault" | "err")
}

fn speaks_of_failure(text: &str) -> bool {
    is_state_of_failure(text) || FAILURES.iter().any(|part| text.contains(part))
}

/// Whether a word is one for whether a request worked, what went wrong, or the code of that.
pub(crate) fn is_of_outcome(word: &str) -> bool {
    [TRUTHS, ERRORS, CODES].iter().any(|words| words.contains(&word))
}

/// Whether an object has nothing but what reports of errors, and messages, have.
pub(crate) fn is_notice(object: &Map<String, Value>) -> bool {
    !Signs::of(object, &|_| false).has_other
}

/// Whether this is what an error is called: who selects it wants it as a record.
pub(super) fn is_of_errors(key: &str) -> bool {
    ERRORS.contains(&&*normalized(key))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether nothing is there instead of something: `null`, or an object of nothing else.
fn is_void(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => !members.is_empty() && members.values().all(is_void),
        _ => false,
    }
}

fn has_list(value: &Value) -> bool {
    match value {
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => members.values().any(has_list),
        _ => false,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match &*normalized(text) {
            "ok" => Some(true),
            text => super::truth(text),
        },
        _ => None,
    }
}

/// Whether the value of what is called an error is one.
fn speaks(value: &Value) -> bool {
    match value {
        Value::Bool(is_error) => *is_error,
        Value::Number(_) => number(value) != Some(0),
        Value::String(text) => {
            let text = normalized(text);
            let is_nothing =
                matches!(&*text, "no" | "none" | "null" | "false" | "noerror" | "noerrors" | "nil");
            !is_nothing && !is_success(&text) && !text.bytes().all(|digit| digit == b'0')
        }
        Value::Object(members) => {
            let signs = Signs::of(members, &|_| false);
            !is_empty(value) && (signs.fails() || !signs.is_success)
        }
        list => !is_empty(list),
    }
}

/// Whether a text says that all is well: `OK`, `Success`, `Operation successful`.
pub(crate) fn is_success(text: &str) -> bool {
    let text = normalized(text);
    matches!(&*text, "ok" | "okay" | "done" | "completed" | "zeroresults" | "noerror")
        || text.contains("success") && !text.contains("unsuccess") && !text.contains("notsuccess")
        || text.contains("成功")
}
