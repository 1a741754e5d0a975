//! What the members of an object say about a request: that it failed, that it did not, or nothing.
//!
//! The words are those of APIs, without case and punctuation. A word alone proves little: records
//! have messages, codes and states, too. What counts is whether an object says anything else.

use serde_json::{Map, Value};

use super::normalized;

/// Whether it worked.
const TRUTHS: &[&str] =
    &["ok", "success", "successful", "succeeded", "issuccess", "issuccessful", "isok"];

/// What went wrong.
const ERRORS: &[&str] = &[
    "error",
    "errors",
    "err",
    "errs",
    "errormessage",
    "errormessages",
    "errormsg",
    "errordescription",
    "errordetail",
    "errordetails",
    "errorinfo",
    "errortext",
    "errortype",
    "errorcode",
    "errorresponse",
    "errorsummary",
    "errorcauses",
    "errcode",
    "errmsg",
    "errno",
    "iserror",
    "haserror",
    "haserrors",
    "fault",
    "faultcode",
    "faultstring",
    "exception",
    "exceptionmessage",
    "exceptiontype",
    "apierror",
    "odataerror",
];

/// How it went, as a word or as a status of HTTP.
const STATES: &[&str] = &["status", "stat", "result", "outcome", "response", "responsestatus"];

/// How it went, as a number.
const CODES: &[&str] = &[
    "code",
    "cod",
    "statuscode",
    "httpcode",
    "httpstatus",
    "httpstatuscode",
    "retcode",
    "returncode",
    "ret",
    "rc",
    "resultcode",
    "responsecode",
];

/// Objects that say how it went.
const HEADS: &[&str] = &["status", "responsestatus", "meta", "metadata", "head", "header"];

/// Objects that hold what was asked for, or else what went wrong.
const CONTENTS: &[&str] = &["data", "result", "response", "body", "payload"];

/// What is said to people.
const MESSAGES: &[&str] =
    &["message", "messages", "msg", "detail", "details", "reason", "note", "information", "info"];

/// What stands beside a message and says nothing more than it.
const ABOUT: &[&str] = &[
    "requestid",
    "traceid",
    "correlationid",
    "logid",
    "timestamp",
    "time",
    "datetime",
    "serverdate",
    "documentationurl",
    "documentation",
    "docs",
    "docurl",
    "help",
    "helpurl",
    "moreinfo",
    "hint",
    "extensions",
    "hostid",
    "recommend",
    "resource",
    "errorid",
];

/// What else stands in an envelope or in the report of an error (RFC 9457).
const AROUND: &[&str] = &[
    "type",
    "object",
    "category",
    "subcategory",
    "exctype",
    "title",
    "instance",
    "path",
    "method",
    "url",
    "uri",
    "description",
    "severity",
    "statustext",
    "statusmessage",
    "meta",
    "metadata",
    "responsemetadata",
    "pagination",
    "paging",
    "page",
    "pages",
    "links",
    "total",
    "totalcount",
    "count",
    "limit",
    "offset",
    "cursor",
    "next",
    "nextcursor",
    "previous",
    "hasmore",
    "warning",
    "warnings",
    "debug",
    "trace",
    "stack",
    "stacktrace",
    "cause",
    "target",
    "apiversion",
    "version",
    "request",
];

/// How far work has come.
const PROGRESS: &[&str] = &[
    "status",
    "state",
    "stat",
    "progress",
    "phase",
    "percentcomplete",
    "jobstatus",
    "queryprogress",
];

/// What tells a thing from others.
const IDENTITIES: &[&str] = &["id", "uuid", "guid", "key"];

/// Parts of words for a failure.
const FAILURES: &[&str] = &[
    "error",
    "fail",
    "denied",
    "forbidden",
    "unauthor",
    "unauthenticated",
    "exception",
    "invalid",
    "exceeded",
    "overquerylimit",
    "ratelimit",
    "timeout",
    "timedout",
];

/// What the members of an object say.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign by itself, and any may be there")]
pub(super) struct Signs {
    /// What it says of success by true or false.
    truth: Option<bool>,
    /// A word or number for a failure.
    is_refusal: bool,
    /// A code that is none of success, and may mean anything else.
    has_code: bool,
    has_error: bool,
    has_message: bool,
    /// A word, number or message for success.
    is_success: bool,
    has_progress: bool,
    has_identity: bool,
    /// A member that belongs to neither a report nor an envelope.
    has_other: bool,
    /// One of these that is no single value.
    has_content: bool,
    /// A member that does not belong to a mere message.
    has_more: bool,
}

impl Signs {
    /// What the members say, of which those that are `expected` are a record's. Empty ones say
    /// nothing.
    pub(super) fn of(object: &Map<String, Value>, expected: &dyn Fn(&str) -> bool) -> Signs {
        let mut signs = Signs::default();
        for (key, value) in object {
            if is_empty(value) {
                continue;
            }
            if expected(key) {
                signs.add_other(value);
            } else {
                signs.add(&normalized(key), value);
            }
        }
        signs
    }

    fn add(&mut self, key: &str, value: &Value) {
        let is = |words: &[&str]| words.contains(&key);
        self.has_progress |= is(PROGRESS) && !value.is_object() && !value.is_array();
        if let Value::Object(members) = value
            && (is(HEADS) || is(CONTENTS))
        {
            let inner = Signs::of(members, &|_| false);
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
        } else if is(ERRORS) {
            self.has_error |= speaks(value);
            self.has_more = true;
        } else if is(STATES) && !value.is_object() && !value.is_array() {
            self.add_state(value);
            self.has_more = true;
        } else if is(CODES) && !value.is_object() && !value.is_array() {
            self.add_code(value);
        } else if is(MESSAGES) {
            self.has_message |= value.is_string();
            self.has_more |= !value.is_string();
            self.is_success |= value.as_str().is_some_and(is_success);
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
    }

    fn add_state(&mut self, value: &Value) {
        match (value, number(value)) {
            (_, Some(400..=599)) | (Value::Bool(false), _) => self.is_refusal = true,
            (_, Some(200..=299)) | (Value::Bool(true), _) => self.is_success = true,
            (Value::String(text), _) => {
                let text = normalized(text);
                self.is_refusal |=
                    matches!(&*text, "false" | "ko" | "nok" | "notok" | "fault" | "err")
                        || FAILURES.iter().any(|part| text.contains(part));
                self.is_success |= is_success(&text);
            }
            _ => {}
        }
    }

    fn add_code(&mut self, value: &Value) {
        match (value, number(value)) {
            (_, Some(400..=599)) => self.is_refusal = true,
            (_, Some(0 | 200..=299)) => self.is_success = true,
            (_, Some(_)) | (Value::Number(_), _) => self.has_code = true,
            (Value::String(text), _) => self.is_success |= is_success(text),
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

    /// Whether the object is nothing but the report of an error, or a message and nothing more.
    pub(super) fn is_report(&self) -> bool {
        let is_message = self.has_message && !self.has_more && !self.is_success;
        let is_refused = self.truth == Some(false)
            && (self.has_error || self.has_message)
            && !self.has_identity
            && !self.has_content;
        is_message || is_refused || !self.has_other && self.fails()
    }

    /// Whether the object says how far something has come, or says nothing.
    pub(super) fn is_of_progress(&self) -> bool {
        self.has_progress || !self.has_other
    }
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

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match &*normalized(text) {
            "true" | "yes" | "1" | "ok" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
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

/// A whole number, also as text.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Whether a text says that all is well: `OK`, `Success`, `Operation successful`.
fn is_success(text: &str) -> bool {
    let text = normalized(text);
    matches!(&*text, "ok" | "okay" | "done" | "completed" | "zeroresults" | "noerror")
        || text.contains("success") && !text.contains("unsuccess") && !text.contains("notsuccess")
        || text.contains("成功")
}
