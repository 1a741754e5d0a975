//! A page cursor: what the server gives for the next page, to be sent back as it came.

use std::fmt;

use serde_json::Value;

use super::{Halt, links::is_larger, page::Page, place::find};
use crate::{decode::Json, http::request::Place, plan::Selector};

/// A page cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageCursor(Value);

/// What is where a response has its page cursor.
pub(super) enum Found {
    PageCursor(PageCursor),
    /// Something that is no page cursor, and says that there is no next page.
    Nothing,
    /// `0`, which says the same, unless the response says besides that there is a next page.
    Zero,
    /// Not even that.
    Absent,
}

impl PageCursor {
    /// The page cursor in a response. As in dlt, everything that Python holds for false ends the
    /// pages; what cannot be sent back is an error rather than text sent to the server.
    pub(super) fn find(path: &mut Selector, place: &Place, page: &Page<'_>) -> Result<Found, Halt> {
        let Some(raw) = find(path, page, "cursor_path")? else { return Ok(Found::Absent) };
        let misread = |what: &str| {
            Err(Halt::Misread {
                what: format!("the page cursor at `{path}` {what}"),
                found: Some(raw.to_owned()),
            })
        };
        Ok(match Json::read(raw) {
            Some(Json::Null | Json::Bool(false)) => Found::Nothing,
            Some(Json::Text(text)) if text.is_empty() => Found::Nothing,
            Some(Json::Text(text)) if is_zero(&text) => Found::Zero,
            Some(Json::Text(text)) => Found::PageCursor(PageCursor(text.into_owned().into())),
            Some(Json::Number(number)) if number.parse() == Ok(0.0) => Found::Zero,
            Some(Json::Number(number)) => Found::PageCursor(PageCursor::number(number)),
            Some(Json::Object | Json::List) if raw[1..raw.len() - 1].trim_ascii().is_empty() => {
                Found::Nothing
            }
            Some(Json::Object | Json::List) if matches!(place, Place::Param(_)) => {
                return misread(
                    "must be a text or a number to be sent as a parameter; an object or a list can be \
                     sent in a JSON body, by `cursor_body_path`",
                );
            }
            Some(Json::Object | Json::List) => match serde_json::from_str(raw) {
                Ok(value) if is_exact(raw) => Found::PageCursor(PageCursor(value)),
                _ => return misread("has a number with more digits than can be sent back"),
            },
            _ => return misread("must be a text, a number, an object or a list"),
        })
    }

    /// A number stays one in a body, unless it has digits that a number here cannot have.
    fn number(digits: &str) -> PageCursor {
        let number: Option<Value> = serde_json::from_str(digits).ok();
        let is_exact = |number: &Value| number.to_string().as_str() == digits;
        PageCursor(number.filter(is_exact).unwrap_or_else(|| digits.into()))
    }

    /// Whether both are whole numbers, and this one is the larger.
    pub(super) fn is_larger_than(&self, other: &PageCursor) -> bool {
        is_larger(&other.to_string(), &self.to_string())
    }

    /// What a checkpoint holds; `None` if that is no page cursor.
    pub(super) fn from_value(value: Value) -> Option<PageCursor> {
        let is_none = matches!(value, Value::Null | Value::Bool(_));
        (!is_none).then_some(PageCursor(value))
    }

    pub(super) fn value(&self) -> &Value {
        &self.0
    }
}

/// Whether a page cursor that is text says that there is no next page. Where the pages end with the
/// number 0, many APIs write it as text.
pub(super) fn is_zero(text: &str) -> bool {
    text.trim() == "0"
}

/// As many digits every floating point number keeps.
const DIGITS: usize = 15;

/// Whether the numbers in some JSON keep all their digits in a [`Value`].
fn is_exact(json: &str) -> bool {
    let mut is_text = false;
    let mut is_escaped = false;
    let outside = json.split(|c: char| {
        match c {
            '"' if !is_escaped => is_text = !is_text,
            _ => {}
        }
        is_escaped = is_text && c == '\\' && !is_escaped;
        is_text || !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'))
    });
    let mut long = outside.filter(|number| number.len() > DIGITS);
    long.all(|number| {
        let value: Option<Value> = serde_json::from_str(number).ok();
        value.is_some_and(|value| value.to_string().as_str() == number)
    })
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
