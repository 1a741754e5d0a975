//! Fields that are text in the body, as the JSON values that their columns take.

use serde::de::IgnoredAny;

use crate::plan::{Column, DataType};

/// What a field's text becomes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Itself, and empty text if it is empty.
    Text,
    /// A number.
    Number,
    Bool,
    /// Text of a form, such as a date.
    Formed,
    /// The JSON that it is.
    Json,
}

impl Kind {
    /// That of a column; of a field that is not declared, text.
    pub(super) fn of(column: Option<&Column>) -> Kind {
        let Some(column) = column.filter(|column| !column.inferred) else { return Kind::Text };
        match column.data_type {
            DataType::Text if column.words.is_empty() => Kind::Text,
            DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei => Kind::Number,
            DataType::Bool => Kind::Bool,
            DataType::Json => Kind::Json,
            _ => Kind::Formed,
        }
    }

    /// Writes a field. Where nothing is in it, `null` is, except for text. What is not of the kind stays text,
    /// for the decoder to refuse.
    pub(super) fn write(self, text: &str, json: &mut Vec<u8>) {
        if self == Kind::Text {
            return write_text(text, json);
        }
        let text = text.trim();
        if text.is_empty() {
            return json.extend_from_slice(b"null");
        }
        let is_json = |text| serde_json::from_str::<IgnoredAny>(text).is_ok();
        match self {
            Kind::Number if is_number(text) && is_json(text) => {
                json.extend_from_slice(text.as_bytes());
            }
            Kind::Json if is_json(text) => json.extend_from_slice(text.as_bytes()),
            Kind::Bool => match truth(text) {
                Some(value) => json.extend_from_slice(if value { b"true" } else { b"false" }),
                None => write_text(text, json),
            },
            _ => write_text(text, json),
        }
    }
}

/// Whether a text looks like a number and like nothing else that JSON has.
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// The words that programs and databases write for true and false.
fn truth(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is(&["true", "t", "yes", "y", "1"]) => Some(true),
        () if is(&["false", "f", "no", "n", "0"]) => Some(false),
        () => None,
    }
}

/// Writes a text of JSON.
pub(super) fn write_text(text: &str, json: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(json, text);
}
