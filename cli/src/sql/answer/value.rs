//! A value as text, with every digit.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rest_source::plan::DataType;
use rusqlite::types::ValueRef;

/// A column of an answer.
pub(super) struct Column {
    pub(super) name: String,
    /// What its values are, if it is the column of a table and no expression.
    pub(super) data_type: Option<DataType>,
}

impl Column {
    /// The text of a value; of `NULL` none.
    pub(super) fn text<'a>(&self, value: ValueRef<'a>) -> Option<Cow<'a, str>> {
        Some(match value {
            ValueRef::Null => return None,
            ValueRef::Integer(number) if self.data_type == Some(DataType::Bool) => {
                Cow::Borrowed(if number == 0 { "false" } else { "true" })
            }
            ValueRef::Integer(number) => number.to_string().into(),
            ValueRef::Real(number) => real(number).into(),
            ValueRef::Text(text) => String::from_utf8_lossy(text),
            ValueRef::Blob(bytes) => STANDARD.encode(bytes).into(),
        })
    }
}

/// The shortest text that is this number and no other.
pub(super) fn real(number: f64) -> String {
    match serde_json::to_string(&number) {
        Ok(text) if number.is_finite() => text,
        _ => if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
    }
}
