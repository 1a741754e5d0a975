//! One JSON value as text: its kind is known, what it holds is not yet converted.

use std::borrow::Cow;

use crate::record::json::text_of;

/// One JSON value as text.
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// As it is written: `1.10`.
    Number(&'a str),
    /// Without quotes and escapes.
    Text(Cow<'a, str>),
    Object,
    List,
}

impl<'a> Json<'a> {
    /// Takes a value that the JSON parser has gone over, without white space around it. `None` if
    /// there is nothing.
    pub(crate) fn read(raw: &'a str) -> Option<Json<'a>> {
        Some(match raw.as_bytes().first()? {
            b'"' => Json::Text(text_of(raw)?),
            b'n' => Json::Null,
            b't' => Json::Bool(true),
            b'f' => Json::Bool(false),
            b'{' => Json::Object,
            b'[' => Json::List,
            _ => Json::Number(raw),
        })
    }
}
