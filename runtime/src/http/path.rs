//! A path with gaps in it, each filled by one segment or a part of one, or by a value of its query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded;

use crate::error::Reason;

/// What stands for itself in a segment (RFC 3986, section 3.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What ends a segment. Parsers of addresses take a backslash for a slash.
const SEPARATORS: [char; 4] = ['/', '\\', '?', '#'];

/// A path while it is put together: a slash, a question mark or dots in a value shall not lead elsewhere. Behind a
/// question mark of the file a value is encoded as `params` are, and may be empty.
#[derive(Default)]
pub(crate) struct Path {
    text: String,
    /// Where the gaps of its segments begin.
    gaps: Vec<usize>,
}

impl Path {
    /// Adds what the file says.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a value.
    pub(crate) fn push_value(&mut self, value: &str) -> Result<(), Reason> {
        if self.is_in_authority() {
            if value.contains(['/', '\\', '?', '#', '@']) {
                return Err(format!("{value:?} cannot be a part of the name of a host").into());
            }
            self.text.push_str(value);
            return Ok(());
        }
        // What is filled in has neither of these, so that they are of the file.
        if self.text.contains(['?', '#']) {
            self.text.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            return Ok(());
        }
        if value.is_empty() {
            return Err("\"\" cannot be a part of an address".into());
        }
        self.gaps.push(self.text.len());
        self.text.extend(utf8_percent_encode(value, SEGMENT));
        Ok(())
    }

    /// Whether what comes next is a part of the host of a whole address.
    fn is_in_authority(&self) -> bool {
        let rest = self.text.split_once("://").map(|(_, rest)| rest);
        rest.is_some_and(|rest| !rest.contains(['/', '\\', '?', '#']))
    }

    /// The path, in which no value makes a segment of dots.
    pub(crate) fn finish(self) -> Result<String, Reason> {
        for gap in self.gaps {
            let start = self.text[..gap].rfind(['/', '\\']).map_or(0, |slash| slash + 1);
            let rest = &self.text[start..];
            let segment = rest.split(SEPARATORS).next().unwrap_or_default();
            if is_dots(segment) {
                return Err(format!(
                    "{segment:?} cannot be a part of an address: it would lead to another path"
                )
                .into());
            }
        }
        Ok(self.text)
    }
}

/// Whether any segment leads to another path.
pub(crate) fn has_dots(path: &str) -> bool {
    path.split(SEPARATORS).any(is_dots)
}

/// Whether a value is a whole address.
pub(crate) fn is_address(value: &str) -> bool {
    let scheme = value.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Whether a parser of addresses takes a segment for `.` or `..` (URL Standard, section 4.4): it knows
/// their dots encoded as well, and passes over tabs and line breaks.
fn is_dots(segment: &str) -> bool {
    if !segment.contains(['.', '%']) {
        return false;
    }
    let plain: String = segment.chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
    matches!(&*plain.trim().to_ascii_lowercase().replace("%2e", "."), "." | "..")
}
