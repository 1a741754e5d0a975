//! Foreign text in messages. The author of a response, a description or a file name decides what is in
//! it, and a terminal obeys control characters: they are escaped here, as Rust writes them.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

/// A text on one line: with its control characters, its line breaks too, as `\n` or `\u{1b}`.
#[doc(hidden)]
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, is_control)
}

/// A text of several lines: the same, but with its line breaks and tabs.
#[doc(hidden)]
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| !matches!(c, '\n' | '\t') && is_control(c))
}

/// JSON to print, where JSON itself escapes only what is below U+0020: the same value.
#[doc(hidden)]
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    // Most records are without, and there are many.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    replaced(
        text,
        |c| c != '\n' && is_control(c),
        |shown, c| {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        },
    )
}

/// A text as a string of JSON, and so of YAML and TOML, to print.
#[doc(hidden)]
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push_str(&json(c.encode_utf8(&mut [0; 4]))),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as a description says it: in quotes only where it would be something else without them.
#[doc(hidden)]
#[must_use]
pub fn scalar(text: &str) -> String {
    // Also what YAML 1.1 takes for truth values, as other readers of the file may.
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_name = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if is_name && text.chars().all(is_plain) && !WORDS.contains(&&*text.to_ascii_lowercase()) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Whether a character changes what a terminal shows of others: C0, DEL and C1, what separates lines,
/// and what turns the direction of a text.
#[doc(hidden)]
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is written to it in [`lines`].
#[doc(hidden)]
pub struct Lines<'a>(pub &'a mut dyn fmt::Write);

impl fmt::Write for Lines<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(&lines(text))
    }
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    replaced(text, is_escaped, |shown, c| match c {
        '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
        _ => shown.extend(c.escape_unicode()),
    })
}

fn replaced(
    text: &str,
    is_replaced: impl Fn(char) -> bool,
    put: impl Fn(&mut String, char),
) -> Cow<'_, str> {
    if !text.contains(&is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_replaced(c) { put(&mut shown, c) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let hostile = "a\u{1b}[2J\u{9b}2J\r\n\u{202e}b\tc";
        assert_eq!(line(hostile), r"a\u{1b}[2J\u{9b}2J\r\n\u{202e}b\tc");
        assert_eq!(lines(hostile), "a\\u{1b}[2J\\u{9b}2J\\r\n\\u{202e}b\tc");
        assert_eq!(json("\"\u{7f}\u{9b}\u{202e}\"\n"), "\"\\u007f\\u009b\\u202e\"\n");
        assert_eq!(quoted("\"\\\n\r\t\u{1}\u{202e}ü"), r#""\"\\\n\r\t\u0001\u202eü""#);
        assert_eq!(
            ["größe", "meta.next", "No", "a b", "1a", ""].map(scalar),
            ["größe", "meta.next", "\"No\"", "\"a b\"", "\"1a\"", "\"\""]
        );
        assert_eq!(line("größe – 中文 🙂"), "größe – 中文 🙂");
    }
}
