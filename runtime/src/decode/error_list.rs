//! A list of errors in place of a list of records: `[{"message": …, "errorCode": …}]`, as some APIs
//! answer where another one would have a status of failure.

use serde_json::{Map, Value};

use super::{normalized, signs::Signs};

/// Reports have no more errors than this, and a table of errors has more.
const MOST: usize = 3;

/// A body that is longer is none.
const LONGEST: usize = 16 << 10;

/// What the error of a list says of where it is (JSON:API, RFC 9457).
const PLACES: &[&str] =
    &["field", "fields", "param", "parameter", "source", "pointer", "location", "domain"];

/// When something happened, which is what entries of a log have.
const TIMES: &[&str] = &["timestamp", "time", "datetime"];

/// The errors of a body that is a list of nothing else. Mostly its first name shows that it is none.
pub(super) fn errors(body: &str) -> Option<Vec<Map<String, Value>>> {
    let first = body.trim_start().strip_prefix('[')?.trim_start();
    let (name, _) = first.strip_prefix('{')?.trim_start().strip_prefix('"')?.split_once('"')?;
    if body.len() > LONGEST || !Signs::have(&normalized(name)) {
        return None;
    }
    let mut first = serde_json::Deserializer::from_str(first).into_iter();
    if !is_error(&first.next()?.ok()?) {
        return None;
    }
    let errors: Vec<_> = serde_json::from_str(body.trim()).ok()?;
    (errors.len() <= MOST && errors.iter().all(is_error)).then_some(errors)
}

/// Whether an element is nothing but the report of an error.
fn is_error(element: &Map<String, Value>) -> bool {
    let is = |words: &[&str], key: &str| words.contains(&&*normalized(key));
    let report = element.iter().filter(|(key, _)| !is(PLACES, key));
    let report = report.map(|(key, value)| (key.clone(), value.clone())).collect();
    !element.keys().any(|key| is(TIMES, key)) && Signs::of(&report, &|_| false).is_listed_error()
}
