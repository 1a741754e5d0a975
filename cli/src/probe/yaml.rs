//! Text as YAML.

use rest_source_plan::printable;
use serde_json::Value;

/// A text as YAML.
pub(super) fn yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // What YAML 1.1 takes for truth values other readers of the file may still take for them.
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain) && !is_word
    {
        text.to_owned()
    } else {
        printable::json(&Value::from(text).to_string()).into_owned()
    }
}
