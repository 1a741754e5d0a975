//! Paths of keys as the file says them.

use std::fmt::Write as _;

use crate::plan::printable::scalar;

/// A path of keys in the language of the file, as YAML.
pub(crate) fn path(path: &[String]) -> String {
    let text = plain(path);
    if text == "$" { text } else { scalar(&text) }
}

/// The same without quotes of YAML.
pub(crate) fn plain(path: &[String]) -> String {
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
