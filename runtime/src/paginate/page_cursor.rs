//! A page cursor: what the server gives for the next page, to be sent back as it came.

use std::fmt;

use serde_json::Value;

use super::Halt;
use crate::{
    decode::{Json, Select as _},
    plan::Selector,
};

/// A page cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageCursor(Value);

impl PageCursor {
    /// The page cursor in a response. As in dlt, everything that Python holds for false ends the
    /// pages; what can be no page cursor is an error rather than text sent to the server.
    pub(super) fn find(path: &Selector, body: &str) -> Result<Option<PageCursor>, Halt> {
        let Some(raw) = path.find(body).map_err(Halt::Fault)? else { return Ok(None) };
        match Json::read(raw) {
            Some(Json::Null | Json::Bool(false)) => Ok(None),
            Some(Json::Text(text)) if text.is_empty() => Ok(None),
            Some(Json::Text(text)) => Ok(Some(PageCursor(text.into_owned().into()))),
            Some(Json::Number(number)) if number.parse() == Ok(0.0) => Ok(None),
            Some(Json::Number(number)) => Ok(Some(PageCursor::number(number))),
            _ => Err(Halt::Misread {
                what: format!("the page cursor at `{path}` must be a text or a number"),
                found: Some(raw.to_owned()),
            }),
        }
    }

    /// A number stays one in a body, unless it has digits that a number here cannot have.
    fn number(digits: &str) -> PageCursor {
        let number: Option<Value> = serde_json::from_str(digits).ok();
        let is_exact = |number: &Value| number.to_string().as_str() == digits;
        PageCursor(number.filter(is_exact).unwrap_or_else(|| digits.into()))
    }

    /// What a checkpoint holds; `None` if that is no page cursor.
    pub(super) fn from_value(value: Value) -> Option<PageCursor> {
        (value.is_string() || value.is_number()).then_some(PageCursor(value))
    }

    pub(super) fn value(&self) -> &Value {
        &self.0
    }
}

impl From<&str> for PageCursor {
    fn from(text: &str) -> PageCursor {
        PageCursor(text.into())
    }
}

/// As a query parameter has it.
impl fmt::Display for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_str() {
            Some(text) => f.write_str(text),
            None => self.0.fmt(f),
        }
    }
}
