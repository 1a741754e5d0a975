//! Paths and texts as the file says them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::plan::printable;

/// A path of keys in the language of the file, as YAML.
pub(super) fn path(path: &[String]) -> String {
    let text = plain(path);
    if text == "$" { text } else { quoted(&text) }
}

/// The same without quotes of YAML.
pub(super) fn plain(path: &[String]) -> String {
    let mut text = String::new();
    for key in path {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
        if key.is_empty() || !key.chars().all(is_plain) {
            let quote = if key.contains('\'') { '"' } else { '\'' };
            let _ = write!(text, "[{quote}{key}{quote}]");
        } else {
            text += if text.is_empty() { "" } else { "." };
            text += key;
        }
    }
    if text.is_empty() { "$".to_owned() } else { text }
}

/// A text as YAML.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_word = matches!(text, "null" | "true" | "false" | "Null" | "True" | "False");
    let is_name = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if text.chars().all(is_plain) && is_name && !is_word {
        text.to_owned()
    } else {
        printable::json(&Value::from(text).to_string()).into_owned()
    }
}
