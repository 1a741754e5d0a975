//! What is beside the records, without looking into them: a body whose long lists are empty.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};

/// A body of which lists that are longer than wanted are empty. Of one that is not JSON it may be anything,
/// which the code that reads it finds.
pub(crate) struct Shell<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Where the lists stand in the text that were emptied, and how many entries each has.
    emptied: Vec<(usize, u64)>,
}

impl<'a> Shell<'a> {
    /// The body without what is in lists of more bytes than `longest`.
    pub(crate) fn of(body: &'a str, longest: usize) -> Shell<'a> {
        let bytes = body.as_bytes();
        let (mut text, mut emptied) = (String::new(), Vec::new());
        let (mut copied, mut at) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            at = match byte {
                b'"' => behind_text(bytes, at),
                b'[' => {
                    let (end, entries) =
                        list_of_objects(bytes, at).unwrap_or_else(|| list(bytes, at));
                    if end - at > longest {
                        text.push_str(&body[copied..at]);
                        emptied.push((text.len(), entries));
                        text.push_str("[]");
                        copied = end;
                    }
                    end
                }
                _ => at + 1,
            };
        }
        if emptied.is_empty() {
            return Shell { text: body.into(), emptied };
        }
        text.push_str(&body[copied..]);
        Shell { text: text.into(), emptied }
    }

    /// What stands before and behind the entries of the list that was emptied, if there is just one.
    pub(crate) fn around(&self) -> Option<(&str, &str)> {
        match self.emptied[..] {
            [(start, _)] => self.text.split_at_checked(start + 1),
            _ => None,
        }
    }

    /// How many entries a list has that was found in the text and may have been emptied.
    pub(crate) fn entries(&self, found: &str) -> Option<u64> {
        let place = found.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        let list = self.emptied.iter().find(|(start, _)| *start == place);
        list.map(|(_, entries)| *entries)
    }
}

/// The same as [`list`] of objects that hold no list and no escape, as most records are, many bytes at a
/// time. `None` of others.
fn list_of_objects(bytes: &[u8], start: usize) -> Option<(usize, u64)> {
    let length = memchr(b']', bytes.get(start + 1..)?)?;
    let inside = &bytes[start + 1..start + 1 + length];
    if inside.trim_ascii_start().first() != Some(&b'{') || memchr2(b'[', b'\\', inside).is_some() {
        return None;
    }
    let (mut entries, mut looked, mut quotes) = (0, 0, 0);
    for brace in memchr_iter(b'{', inside) {
        // What stands behind a colon is nested.
        if matches!(inside[..brace].trim_ascii_end().last(), None | Some(b',')) {
            quotes += memchr_iter(b'"', &inside[looked..brace]).count();
            looked = brace;
            entries += u64::from(quotes % 2 == 0);
        }
    }
    quotes += memchr_iter(b'"', &inside[looked..]).count();
    // Or else the bracket stands in a text.
    (quotes % 2 == 0).then_some((start + length + 2, entries))
}

/// The end of a list that starts here, and how many entries it has.
fn list(bytes: &[u8], start: usize) -> (usize, u64) {
    let (mut depth, mut commas, mut is_empty) = (0_usize, 0_u64, true);
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                is_empty = false;
                at = behind_text(bytes, at - 1);
            }
            b'[' | b'{' => {
                is_empty &= depth == 0;
                depth += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b',' => commas += u64::from(depth == 1),
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => is_empty = false,
        }
    }
    (at, if is_empty { 0 } else { commas + 1 })
}

/// Where the text ends whose quote is here.
fn behind_text(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = memchr2(b'"', b'\\', rest) else { return bytes.len() };
        at += found + 1;
        if rest[found] == b'"' {
            return at;
        }
        // What is escaped is no end, whatever it is.
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Shell;
    use crate::{decode::Select as _, plan::Selector};

    #[test]
    fn long_lists_are_empty_and_counted() {
        for (body, shell, entries) in [
            (r#"{"data":[1,2,3,4,5,6],"next":"a]["}"#, r#"{"data":[],"next":"a]["}"#, Some(6)),
            (r#"{"a":[1],"data":[[1,2],{"b":[3,4]},"],\""]}"#, r#"{"a":[1],"data":[]}"#, Some(3)),
            (r#"{"x":{"y":[1,2,3,4,5]},"data":[ ]}"#, r#"{"x":{"y":[]},"data":[ ]}"#, None),
            (r#"{"data":[          ],"é":"\\"}"#, r#"{"data":[],"é":"\\"}"#, Some(0)),
            (r#"{"data":[{},[],   {}]}"#, r#"{"data":[]}"#, Some(3)),
            (r#"{"data":[[        ]]}"#, r#"{"data":[]}"#, Some(1)),
            (r#"{"data":[{"a":{"b":1}}, {"a":",{"}],"x":1}"#, r#"{"data":[],"x":1}"#, Some(2)),
            (r#"{"data":[{"a":"]"},{},{"a":"{"}]}"#, r#"{"data":[]}"#, Some(3)),
            (r#"{"data":[{"a":"\"]"},{"b":[{}]}]}"#, r#"{"data":[]}"#, Some(2)),
            (r#"{"data":"[1,2,3,4,5,6]"}"#, r#"{"data":"[1,2,3,4,5,6]"}"#, None),
        ] {
            let short = Shell::of(body, 6);
            assert_eq!(short.text, shell);
            let path = Selector::Keys(vec!["data".into()].into());
            let found = path.find(&short.text).ok().flatten();
            assert_eq!(found.and_then(|found| short.entries(found)), entries, "{body}");
        }
    }

    #[test]
    fn what_is_no_json_has_an_end() {
        for body in ["[", "[\"", "[\"\\", "{\"a\":[[[", "]]]", "[}", "\"", "[1,2,3,4,5,6,7,8"] {
            assert!(Shell::of(body, 2).text.len() <= body.len().max(2), "{body}");
        }
    }
}
