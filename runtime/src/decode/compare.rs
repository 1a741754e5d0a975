//! How values of a body compare in a filter.

use std::{borrow::Cow, cmp::Ordering};

use serde_json::value::RawValue;

use super::{Json, level::Level, value::numeral::Numeral};
use crate::plan::Literal;

/// How many levels of lists and objects are compared value by value.
const DEPTH: usize = 128;

/// The number of characters of a text, or of children.
pub(super) fn length(value: &RawValue) -> Option<usize> {
    match Json::read(value.get())? {
        Json::Text(text) => Some(text.chars().count()),
        Json::Object | Json::List => Some(Level::of(value).children().len()),
        Json::Null | Json::Bool(_) | Json::Number(_) => None,
    }
}

/// One side of a comparison.
pub(super) enum Value<'a> {
    Nothing,
    Raw(&'a RawValue),
    Literal(Cow<'a, Literal>),
}

impl Value<'_> {
    /// `None` if they are not equal and neither is less than the other.
    pub(super) fn order(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Value::Nothing, Value::Nothing) => Some(Ordering::Equal),
            (Value::Raw(this), Value::Raw(that)) => order(this, that, DEPTH),
            _ => scalar_order(self.json()?, other.json()?),
        }
    }

    fn json(&self) -> Option<Json<'_>> {
        match self {
            Value::Nothing => None,
            Value::Raw(value) => Json::read(value.get()),
            Value::Literal(literal) => Some(match &**literal {
                Literal::Null => Json::Null,
                Literal::Bool(value) => Json::Bool(*value),
                Literal::Number(number) => Json::Number(number),
                Literal::Text(text) => Json::Text(Cow::Borrowed(text)),
            }),
        }
    }
}

/// The order of two values of a body. What is nested deeper than `depth` is equal if it is the same
/// text.
fn order(this: &RawValue, that: &RawValue, depth: usize) -> Option<Ordering> {
    if this.get() == that.get() {
        return Some(Ordering::Equal);
    }
    match (Json::read(this.get())?, Json::read(that.get())?) {
        (Json::Object, Json::Object) | (Json::List, Json::List) => {
            let depth = depth.checked_sub(1)?;
            let is_equal = |this: &RawValue, that: &RawValue| {
                order(this, that, depth) == Some(Ordering::Equal)
            };
            Level::of(this).matches(&Level::of(that), is_equal).then_some(Ordering::Equal)
        }
        (this, that) => scalar_order(this, that),
    }
}

fn scalar_order(this: Json<'_>, that: Json<'_>) -> Option<Ordering> {
    match (this, that) {
        (Json::Null, Json::Null) => Some(Ordering::Equal),
        (Json::Bool(this), Json::Bool(that)) if this == that => Some(Ordering::Equal),
        (Json::Number(this), Json::Number(that)) => {
            Numeral::read(this)?.compare(&Numeral::read(that)?)
        }
        (Json::Text(this), Json::Text(that)) => Some(this.cmp(&that)),
        _ => None,
    }
}
