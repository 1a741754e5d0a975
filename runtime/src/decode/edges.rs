//! What stands near the edges of a body, found without reading what is between: before or behind the
//! records most APIs say where the next page is, and the sooner that is known, the sooner it is asked
//! for.

use std::{fmt, ops::Range};

use memchr::memmem;
use serde::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::follow::Is;

/// How far from an edge is looked, in bytes.
const NEAR: usize = 16 << 10;

/// The value of the member `name` of the object that `body` is, as it is written there, if it is near an
/// edge. `None` says nothing: the member may be further inside. Of members of the same name it is the
/// last one near the end, or else the first one.
///
/// What is between the edges is not looked at, so of a body that is not JSON it may give anything.
pub(super) fn member<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    // In the text, such a name is written otherwise.
    if name.contains('\\') {
        return None;
    }
    near_end(body, name).or_else(|| first_member(body, name))
}

/// The same, if it is near the beginning.
pub(super) fn first_member<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let mut first = First { name, value: None, is_whole: false };
    // It stops with an error, for nothing else stops it in the middle of an object.
    let beginning = &body.as_bytes()[..body.len().min(NEAR)];
    let _ = serde_json::Deserializer::from_slice(beginning).deserialize_map(&mut first);
    first.value.filter(|_| first.is_whole)
}

/// Whether a name stands near an edge, wherever it belongs. Nearly nothing is paid for that, where
/// [`member`] would go over the records there.
pub(super) fn has_name(body: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    let body = body.as_bytes();
    let edges = [&body[..body.len().min(NEAR)], &body[body.len().saturating_sub(NEAR)..]];
    edges.iter().any(|edge| memmem::find(edge, quoted.as_bytes()).is_some())
}

/// The first member of a name.
struct First<'n, 'a> {
    name: &'n str,
    value: Option<&'a str>,
    /// Whether it does not only go as far as what is looked at.
    is_whole: bool,
}

impl<'a> Visitor<'a> for &mut First<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(here) = map.next_key_seed(Is(self.name))? {
            let value: &RawValue = map.next_value()?;
            if here {
                self.value = Some(value.get());
                map.next_key::<IgnoredAny>()?;
                self.is_whole = true;
                return Err(A::Error::custom("found"));
            }
        }
        Ok(())
    }
}

fn near_end<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let start = body.len().saturating_sub(NEAR);
    let end = &body.as_bytes()[start..];
    let mut rest = Rest(end);
    rest.pop_if(b'}')?;
    loop {
        let value = rest.value()?;
        rest.pop_if(b':')?;
        if &end[rest.text()?] == name.as_bytes() {
            return body.get(start + value.start..start + value.end);
        }
        rest.pop_if(b',')?;
    }
}

/// What has not been looked at yet, from the end backwards.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Takes off white space and then this byte.
    fn pop_if(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.trim_ascii_end().strip_suffix(&[byte])?;
        Some(())
    }

    /// Takes off white space and then a value. Gives its place.
    fn value(&mut self) -> Option<Range<usize>> {
        self.0 = self.0.trim_ascii_end();
        let end = self.0.len();
        let mut depth = 0_usize;
        loop {
            match self.0.last()? {
                b'"' => _ = self.text()?,
                b'}' | b']' => (depth, self.0) = (depth + 1, self.0.split_last()?.1),
                b'{' | b'[' => (depth, self.0) = (depth.checked_sub(1)?, self.0.split_last()?.1),
                _ if depth > 0 => self.0 = self.0.split_last()?.1,
                // A number or a word goes as far as nothing else begins.
                _ => {
                    let is_end =
                        |byte: &u8| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
                    let start = self.0.iter().rposition(is_end)? + 1;
                    self.0 = &self.0[..start];
                }
            }
            if depth == 0 {
                return Some(self.0.len()..end);
            }
        }
    }

    /// Takes off white space and then a text in quotes. Gives the place of what is between them.
    fn text(&mut self) -> Option<Range<usize>> {
        self.pop_if(b'"')?;
        let end = self.0.len();
        loop {
            let quote = self.0.iter().rposition(|byte| *byte == b'"')?;
            self.0 = &self.0[..quote];
            // No escape stands before a text, and one within what is looked at may be cut off.
            if *self.0.last()? != b'\\' {
                return Some(quote + 1..end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::iter::repeat_with;

    use serde_json::Value;

    use super::{NEAR, member};

    const NAMES: [&str; 5] = ["next", "a", "é", "to \\\"quote\\\"", ""];

    /// A JSON value with white space anywhere.
    fn value(random: &mut fastrand::Rng, depth: usize) -> String {
        let space = |random: &mut fastrand::Rng| [" ", "\n\t", "", ""][random.usize(..4)];
        let parts = random.usize(..4);
        let inner = match random.usize(if depth == 0 { 2 } else { 0 }..8) {
            0 => {
                let list: Vec<String> =
                    repeat_with(|| value(random, depth - 1)).take(parts).collect();
                format!("[{}]", list.join(","))
            }
            1 => object(random, depth - 1, parts),
            2 => format!(
                "\"{}\"",
                ["", "}],{", "\\\\", "\\\"", "a\\\\\\\":", "é"][random.usize(..6)]
            ),
            3 => random.i64(..).to_string(),
            4 => "-1.5e+30".to_owned(),
            word => ["null", "true", "false"][word - 5].to_owned(),
        };
        format!("{}{inner}{}", space(random), space(random))
    }

    fn object(random: &mut fastrand::Rng, depth: usize, members: usize) -> String {
        let members: Vec<String> = (0..members)
            .map(|_| {
                let name = NAMES[random.usize(..NAMES.len())];
                format!("\"{name}\" :{}", value(random, depth))
            })
            .collect();
        format!("{{{}}}", members.join(" ,"))
    }

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_is_found_is_what_is_there() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let members = random.usize(..6);
            let body = object(&mut random, 3, members);
            let tree = read(&body);
            for name in ["next", "a", "é", "b", "to \\\"quote\\\""] {
                let found = member(&body, name).map(read);
                assert_eq!(found.as_ref(), tree.get(name), "{name} in {body}");
            }
        }
    }

    #[test]
    fn both_edges_of_a_long_body_are_looked_at() {
        let records = format!("[{}]", vec![r#"{"next":0,"meta":{"next":1}}"#; NEAR].join(","));
        let long = "x".repeat(NEAR);
        for (body, expected) in [
            (format!(r#"{{"next":2,"data":{records}}}"#), Some("2")),
            (format!(r#"{{"data":{records},"next" : "}}]" }}"#), Some(r#""}]""#)),
            (format!(r#"{{"data":{records},"meta":{{"next":2}}}}"#), None),
            (format!(r#"{{"data":{records},"next":2,"data":{records}}}"#), None),
            // A value that continues where it is not looked at any more.
            (format!(r#"{{"next":"{long}","data":{records}}}"#), None),
            (format!(r#"{{"next":{}1,"data":{records}}}"#, "1".repeat(NEAR)), None),
            (records.clone(), None),
            // What is looked at begins behind the backslash.
            (
                format!(r#"{{"next":1,"data":{records},"A\"next":5,"b":"{}"}}"#, &long[16..]),
                Some("1"),
            ),
        ] {
            assert_eq!(member(&body, "next"), expected, "{}", &body[..40]);
        }
    }
}
