//! From one JSON value to the field of its column: lenient where nothing is lost, else refused.

mod number;
mod numeral;
mod text;
mod time;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Json;
use crate::{FieldMut, Place};

/// A value as JSON text.
pub(super) trait Written<'de>: Deserialize<'de> {
    fn json(&self) -> &str;

    /// Whether digits may have been lost before the value came here.
    fn is_rounded(&self) -> bool;
}

/// A value as it stands in the JSON that is read.
impl<'de> Written<'de> for &'de RawValue {
    fn json(&self) -> &str {
        self.get()
    }

    fn is_rounded(&self) -> bool {
        false
    }
}

/// A value that any format may hold, written as JSON.
pub(super) struct Any {
    json: String,
    is_rounded: bool,
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Any, D::Error> {
        /// As many significant digits always survive the way through an `f64`.
        const EXACT: usize = f64::DIGITS as usize;
        let value = serde_json::Value::deserialize(deserializer)?;
        let json = value.to_string();
        let digits = json.split(['e', 'E']).next().unwrap_or_default();
        let digits = digits.bytes().filter(u8::is_ascii_digit).count();
        Ok(Any { is_rounded: value.is_f64() && digits > EXACT, json })
    }
}

impl Written<'_> for Any {
    fn json(&self) -> &str {
        &self.json
    }

    fn is_rounded(&self) -> bool {
        self.is_rounded
    }
}

/// The type of a column.
pub(crate) trait Value: Sized {
    /// What its values look like.
    const EXPECTED: &str;

    fn of(json: &Json<'_>) -> Option<Self>;
}

/// A value of a column's type out of JSON text, `None` if it is not one.
pub(crate) fn read<T: Value>(json: &str) -> Option<T> {
    T::of(&Json::read(json)?)
}

/// What a column that is not nullable has instead of `null`.
pub(super) const NOT_NULL: &str = "a value, as the column is not nullable";

/// The depth is `serde_json`'s, which keeps the stack from overflowing.
const NOT_TOO_DEEP: &str = "JSON nested at most 128 levels deep";

/// Puts a value into its field. The error says what is expected in its place.
pub(super) fn convert<'de>(
    value: &impl Written<'de>,
    field: FieldMut<'_>,
) -> Result<(), &'static str> {
    if value.is_rounded() && !matches!(field, FieldMut::Double(_) | FieldMut::Json(_)) {
        return Err("a number whose digits survive this format; write it as text");
    }
    let json = Json::read(value.json()).ok_or("text that escapes whole characters only")?;
    match field {
        FieldMut::Text(place) => put(&json, place),
        FieldMut::Bigint(place) => put(&json, place),
        FieldMut::Double(place) => put(&json, place),
        FieldMut::Bool(place) => put(&json, place),
        FieldMut::Timestamp(place) => put(&json, place),
        FieldMut::Date(place) => put(&json, place),
        FieldMut::Time(place) => put(&json, place),
        FieldMut::Decimal(place) => put(&json, place),
        FieldMut::Wei(place) => put(&json, place),
        FieldMut::Binary(place) => put(&json, place),
        FieldMut::Nothing => Ok(()),
        FieldMut::Json(place) => {
            let tree = match json {
                Json::Null => None,
                _ => Some(serde_json::from_str(value.json()).map_err(|_| NOT_TOO_DEEP)?),
            };
            if place.set(tree) { Ok(()) } else { Err(NOT_NULL) }
        }
    }
}

fn put<T: Value>(json: &Json<'_>, place: Place<'_, T>) -> Result<(), &'static str> {
    let value = match json {
        Json::Null => None,
        json => Some(T::of(json).ok_or(T::EXPECTED)?),
    };
    if place.set(value) { Ok(()) } else { Err(NOT_NULL) }
}
