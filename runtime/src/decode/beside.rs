//! What a response has beside its records: that a part of the work failed, or all of it.

use memchr::{memchr_iter, memmem};
use serde_json::{Map, Value};

use super::{
    edges, outline,
    report::{Path, Reply, Report, names},
    signs::Signs,
};

/// What says in front of the records that some may be missing.
const PARTIAL: &[&str] = &["_shards", "timed_out", "incomplete_results"];

/// So many bytes of a body with records are searched for that, and of the first one; records are not.
const HEAD: usize = 128;
const FIRST_HEAD: usize = 2048;

impl Reply<'_> {
    /// What a body that has records says beside them of others that may be missing.
    pub(super) fn beside(&self) -> Option<Report> {
        self.partial().or_else(|| self.errors_beside()).or_else(|| self.contradicted())
    }

    fn partial(&self) -> Option<Report> {
        let length = if self.is_later { HEAD } else { FIRST_HEAD };
        let head = &self.body.as_bytes()[..self.body.len().min(length)];
        let head = &head[..first_objects(head).unwrap_or(head.len())];
        let has = |name: &str| memmem::find(head, name.as_bytes()).is_some();
        PARTIAL.iter().filter(|name| has(name)).find_map(|name| {
            let value = edges::first_member(self.body, name)?;
            let member = ((*name).to_owned(), serde_json::from_str(value).ok()?);
            let signs = Signs::of(&Map::from_iter([member]), &|_| false);
            signs.partial().map(Report::in_part)
        })
    }

    /// The first error that is listed beside `data`, as GraphQL reports fields that failed alone:
    /// what belongs there is left out or `null`.
    pub(super) fn errors_beside(&self) -> Option<Report> {
        let is_of_data = names(self.selector?).first() == Some(&"data");
        if !is_of_data || !edges::has_name(self.body, "errors") {
            return None;
        }
        let errors: Vec<Value> = serde_json::from_str(edges::member(self.body, "errors")?).ok()?;
        let what = match errors.first()? {
            Value::String(text) => text.clone(),
            Value::Object(error) if !error.is_empty() => {
                let text = ["message", "detail", "title"]
                    .iter()
                    .find_map(|name| error.get(*name)?.as_str());
                text.map_or_else(|| Value::Object(error.clone()).to_string(), str::to_owned)
            }
            _ => return None,
        };
        let why = format!("`errors` beside the data says: {what}");
        Some(Report::Partial { why, condition: "@.errors[*]".into() })
    }

    /// What is in front of the first list and behind the last one, if that says that the request failed:
    /// the rest is read only where a word stands there that may say so.
    fn contradicted(&self) -> Option<Report> {
        let (before, rest) = self.body.split_once('[')?;
        let (_, behind) = rest.rsplit_once(']')?;
        if !(may_fail(before) || may_fail(behind)) {
            return None;
        }
        let shell = format!("{before}[]{behind}");
        let names = names(self.selector?);
        let tree = outline(&shell, names.len() + 3).ok()?;
        let path = Path::of(&tree, &names);
        path.part().or_else(|| {
            let fails = path.signs().any(|signs| signs.complain());
            fails.then(|| Report::Contradicted(format!("beside the records it says `{shell}`")))
        })
    }
}

/// Where the first list of objects begins, which may be records.
fn first_objects(body: &[u8]) -> Option<usize> {
    memchr_iter(b'[', body).find(|at| body[at + 1..].trim_ascii_start().first() == Some(&b'{'))
}

/// Whether a word that may stand for a failure is in a text, and not the name of a value that says nothing
/// or that all is well.
fn may_fail(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() > FIRST_HEAD {
        return false;
    }
    bytes.iter().enumerate().any(|(at, byte)| {
        let is = |word: &[u8]| {
            bytes[at..].get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        let begins = |words: &[&str]| {
            let value = text.get(at..).and_then(value_of).map(str::to_ascii_lowercase);
            value.is_some_and(|value| words.iter().any(|word| value.starts_with(word)))
        };
        match byte.to_ascii_lowercase() {
            b'r' if is(b"rror") => !begins(NOTHING),
            b'a' if is(b"ail") || is(b"artial") => !begins(NOTHING),
            b's' if is(b"ss\"") || is(b"ssful\"") => begins(FALSE),
            b'd' if is(b"ded\"") => begins(FALSE),
            b'k' => is(b"ko\"") || is(b"k\"") && begins(FALSE),
            _ => false,
        }
    })
}

/// How values begin that say nothing, and those for no.
const NOTHING: &[&str] = &["null", "false", "0", "{}", "\"\"", "[", "\"no", "\"0"];
const FALSE: &[&str] = &["false", "0", "\"f", "\"n", "\"0", "\"off"];

/// The beginning of the value whose name a text begins within.
fn value_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('"')?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start();
    // The list that the text ends at.
    Some(if value.is_empty() { "[" } else { value.get(..8).unwrap_or(value) })
}
