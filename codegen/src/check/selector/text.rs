//! Texts in quotes within selectors.

use super::reader::{Reader, Result};

impl Reader<'_> {
    /// A text in quotes, with the escapes of RFC 9535, which are nearly those of JSON.
    pub(super) fn quoted(&mut self) -> Result<Option<String>> {
        let start = self.rest;
        let Some(quote) = start.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Ok(None);
        };
        self.rest = &start[1..];
        let mut text = String::new();
        loop {
            let mut ahead = self.rest.chars();
            match ahead.next() {
                None => {
                    self.rest = start;
                    return Err(self.mistake(start.len(), "this quote is never closed"));
                }
                Some('\\') => text.push(self.escape(quote)?),
                Some(c) => {
                    self.rest = ahead.as_str();
                    if c == quote {
                        return Ok(Some(text));
                    }
                    text.push(c);
                }
            }
        }
    }

    pub(super) fn escape(&mut self, quote: char) -> Result<char> {
        let mut ahead = self.rest[1..].chars();
        let escaped = match ahead.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let Some((escaped, length)) = code_units(self.rest) else {
                    return Err(self.mistake(6, "this escape is not a character"));
                };
                self.rest = &self.rest[length..];
                return Ok(escaped);
            }
            Some(c) if c == quote || matches!(c, '\\' | '/') => c,
            _ => return Err(self.mistake(2, "unknown escape, a backslash is written `\\\\`")),
        };
        self.rest = ahead.as_str();
        Ok(escaped)
    }
}

/// The character of one or two escapes, `\u00e9` or a surrogate pair, and how long they are.
fn code_units(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(0)?;
    let read = |units: &[u16]| char::decode_utf16(units.iter().copied()).next()?.ok();
    match read(&[first]) {
        Some(character) => Some((character, 6)),
        None => Some((read(&[first, unit(6)?])?, 12)),
    }
}
