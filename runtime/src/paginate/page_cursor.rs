//! A page cursor: what the server gives for the next page, to be sent back as it came.

use std::fmt;

use serde_json::{Map, Value};

use super::{Halt, links::is_larger, page::Page, place::find};
use crate::{
    decode::Json,
    http::request::Place,
    plan::{Selector, Str},
};

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

/// What a page cursor can be where it is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any JSON.
    Any,
    /// Text, a number, or an object whose members are such.
    Members,
    /// Text or a number, which is a parameter.
    Param,
    /// The same, within other text.
    Text,
}

impl Takes {
    pub(super) fn at(place: &Place, sends_members: bool) -> Takes {
        match place {
            Place::Body(_) | Place::Json(_) => Takes::Any,
            Place::Param(_) if sends_members => Takes::Members,
            Place::Param(_) => Takes::Param,
            Place::Text(_) => Takes::Text,
        }
    }

    /// What an object or a list must be instead.
    fn refuse(self) -> &'static str {
        match self {
            Takes::Text => {
                "must be a text or a number to be part of a text; an object or a list can be sent as a \
                 whole value of a JSON body, `\"{paginator.cursor}\"`"
            }
            Takes::Any | Takes::Members | Takes::Param => {
                "must be a text or a number to be sent as a parameter; an object or a list can be sent \
                 in a JSON body, by `cursor_body_path`"
            }
        }
    }
}

impl PageCursor {
    /// The page cursor in a response. As in dlt, everything that Python holds for false ends the
    /// pages; what cannot be sent back is an error rather than text sent to the server.
    pub(super) fn find(path: &mut Selector, takes: Takes, page: &Page<'_>) -> Result<Found, Halt> {
        let Some(raw) = find(path, page, "cursor_path")? else { return Ok(Found::Absent) };
        PageCursor::read(raw, takes).map_err(|what| {
            Halt::misread(format!("the page cursor at `{path}` {what}"), Some(raw.to_owned()))
        })
    }

    /// The page cursor that is made of these members. One that is empty is left out; without any there is
    /// none.
    ///
    /// # Errors
    ///
    /// If the response has some of them, and nothing where another one would be.
    pub(super) fn find_members(
        paths: &mut [(Str, Selector)],
        takes: Takes,
        page: &Page<'_>,
    ) -> Result<Found, Halt> {
        let (mut members, mut zeros, mut is_absent) = (Map::new(), 0, true);
        let takes = if takes == Takes::Any { Takes::Any } else { Takes::Param };
        let mut missing = None;
        for (name, path) in paths {
            let found = PageCursor::find(path, takes, page)?;
            match found {
                Found::Absent => missing = Some((name.clone(), path.to_string())),
                _ => is_absent = false,
            }
            match found {
                Found::PageCursor(PageCursor(value)) => {
                    members.insert(name.to_string(), value);
                }
                Found::Zero => {
                    zeros += 1;
                    members.insert(name.to_string(), 0.into());
                }
                Found::Nothing | Found::Absent => {}
            }
        }
        if let (Some((name, path)), false) = (missing, members.is_empty()) {
            return Err(Halt::misread(
                format!(
                    "the page cursor has nothing for `{name}`: the response has nothing at `{path}`"
                ),
                Some(Value::Object(members).to_string()),
            ));
        }
        Ok(match members.len() {
            0 if is_absent => Found::Absent,
            0 => Found::Nothing,
            count if count == zeros => Found::Zero,
            _ => Found::PageCursor(PageCursor(Value::Object(members))),
        })
    }

    fn read(raw: &str, takes: Takes) -> Result<Found, &'static str> {
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
            Some(Json::List) if takes != Takes::Any => return Err(takes.refuse()),
            Some(Json::Object) if !matches!(takes, Takes::Any | Takes::Members) => {
                return Err(takes.refuse());
            }
            Some(Json::Object | Json::List) => match serde_json::from_str(raw) {
                Ok(Value::Object(members)) if takes == Takes::Members => {
                    return PageCursor::of_members(members, raw);
                }
                Ok(value) if is_exact(raw) => Found::PageCursor(PageCursor(value)),
                _ => return Err("has a number with more digits than can be sent back"),
            },
            _ => return Err("must be a text, a number, an object or a list"),
        })
    }

    /// A page cursor whose members are parameters. One that is `null` or empty is not sent.
    fn of_members(mut members: Map<String, Value>, raw: &str) -> Result<Found, &'static str> {
        members.retain(|_, value| !(value.is_null() || value.as_str() == Some("")));
        if members.values().any(|value| value.is_object() || value.is_array()) {
            return Err(
                "has a member that is an object or a list, and each must be a text or a number to be \
                 sent as the parameter of its name",
            );
        }
        if !is_exact(raw) {
            return Err("has a number with more digits than can be sent back");
        }
        if members.is_empty() {
            return Ok(Found::Nothing);
        }
        Ok(Found::PageCursor(PageCursor(Value::Object(members))))
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
