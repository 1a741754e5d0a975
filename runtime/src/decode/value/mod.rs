//! From one JSON value to the field of its column: lenient where nothing is lost, else refused.

mod number;
pub(super) mod numeral;
mod text;
mod time;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{
    Json,
    nested::{Nested, NestedPlace},
    wrong::Wrong,
};
use crate::{
    FieldMut, Place,
    plan::{Column, Contract, SchemaContract},
};

/// A value as JSON text.
pub(super) trait Written<'de>: Deserialize<'de> {
    fn json(&self) -> &str;

    /// Whether digits may have been lost before the value came here.
    fn is_rounded(&self) -> bool;

    /// Reads what is in it.
    fn read(&self, nested: Nested<'_, '_>) -> serde_json::Result<Result<(), Wrong>>;
}

/// A value as it stands in the JSON that is read.
impl<'de> Written<'de> for &'de RawValue {
    fn json(&self) -> &str {
        self.get()
    }

    fn is_rounded(&self) -> bool {
        false
    }

    fn read(&self, nested: Nested<'_, '_>) -> serde_json::Result<Result<(), Wrong>> {
        nested.read::<&RawValue, _>(&mut serde_json::Deserializer::from_str(self.get()))
    }
}

/// A value that any format may hold, written as JSON.
pub(super) struct Any {
    json: String,
    value: serde_json::Value,
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
        Ok(Any { is_rounded: value.is_f64() && digits > EXACT, json, value })
    }
}

impl Written<'_> for Any {
    fn json(&self) -> &str {
        &self.json
    }

    fn is_rounded(&self) -> bool {
        self.is_rounded
    }

    fn read(&self, nested: Nested<'_, '_>) -> serde_json::Result<Result<(), Wrong>> {
        nested.read::<Any, _>(&self.value)
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

/// Puts a value into its field. What does not fit is left out where the schema contract says so and
/// the field can do without.
pub(super) fn convert<'de>(
    value: &impl Written<'de>,
    field: FieldMut<'_>,
    column: &Column,
    contract: SchemaContract,
) -> Result<(), Wrong> {
    let found = value.json();
    if value.is_rounded() && !matches!(field, FieldMut::Double(_) | FieldMut::Json(_)) {
        let expected = "a number whose digits survive this format; write it as text";
        return Err(Wrong::new(expected, found));
    }
    let unfit = match put(value, field, column, contract) {
        Ok(()) => return Ok(()),
        Err(unfit) => unfit,
    };
    match unfit {
        Unfit::Within(wrong) => Err(wrong),
        Unfit::Null => Err(Wrong::new(NOT_NULL, found)),
        Unfit::Expected(expected) => {
            let mut wrong = Wrong::new(expected, found);
            wrong.discards_record = contract.data_type == Contract::DiscardRow;
            Err(wrong)
        }
    }
}

/// Why a value does not fit its field.
enum Unfit {
    /// The field must have a value.
    Null,
    /// The field takes this instead.
    Expected(Cow<'static, str>),
    /// Something within it does not fit.
    Within(Wrong),
}

fn put<'de>(
    value: &impl Written<'de>,
    field: FieldMut<'_>,
    column: &Column,
    contract: SchemaContract,
) -> Result<(), Unfit> {
    let escapes = || Unfit::Expected("text that escapes whole characters only".into());
    let json = Json::read(value.json()).ok_or_else(escapes)?;
    let leaf = Leaf { json: &json, discards: contract.data_type == Contract::DiscardValue };
    match field {
        FieldMut::Text(place) => leaf.put(place),
        FieldMut::Bigint(place) => leaf.put(place),
        FieldMut::Double(place) => leaf.put(place),
        FieldMut::Bool(place) => leaf.put(place),
        FieldMut::Timestamp(place) => leaf.put(place),
        FieldMut::DateTime(place) => leaf.put(place),
        FieldMut::Date(place) => leaf.put(place),
        FieldMut::Time(place) => leaf.put(place),
        FieldMut::Decimal(place) => leaf.put_if(place, |number| number::check(number, column)),
        FieldMut::Wei(place) => leaf.put(place),
        FieldMut::Binary(place) => leaf.put(place),
        FieldMut::Nothing => Ok(()),
        FieldMut::Json(place) => {
            let written = match json {
                Json::Null => None,
                _ => Some(crate::Json::of(value.json())),
            };
            if place.set(written) { Ok(()) } else { Err(Unfit::Null) }
        }
        FieldMut::Word(place) => match String::of(&json) {
            Some(word) => {
                place.fill(&word);
                Ok(())
            }
            None => leaf.without(place.clear(), String::EXPECTED),
        },
        FieldMut::Record(place) if matches!(json, Json::Object) => {
            within(value, column, contract, NestedPlace::Record(place.fill()))
        }
        FieldMut::Record(place) => leaf.without(place.clear(), "a record, which is an object"),
        FieldMut::List(place) if matches!(json, Json::List) => {
            place.fill();
            within(value, column, contract, NestedPlace::List(place))
        }
        FieldMut::List(place) => leaf.without(place.clear(), "a list"),
    }
}

fn within<'de>(
    value: &impl Written<'de>,
    column: &Column,
    contract: SchemaContract,
    place: NestedPlace<'_>,
) -> Result<(), Unfit> {
    match value.read(Nested { column, contract, place }) {
        Ok(read) => read.map_err(Unfit::Within),
        // The value is JSON, so it is a name in it.
        Err(_) => Err(Unfit::Expected("names that escape whole characters only".into())),
    }
}

/// A value without parts.
struct Leaf<'a> {
    json: &'a Json<'a>,
    /// Whether the schema contract puts nothing in the place of what does not fit.
    discards: bool,
}

impl Leaf<'_> {
    fn put<T: Value>(&self, place: Place<'_, T>) -> Result<(), Unfit> {
        self.put_if(place, |_| Ok(()))
    }

    fn put_if<T: Value>(
        &self,
        place: Place<'_, T>,
        check: impl FnOnce(&T) -> Result<(), String>,
    ) -> Result<(), Unfit> {
        if matches!(self.json, Json::Null) {
            return if place.set(None) { Ok(()) } else { Err(Unfit::Null) };
        }
        let expected: Cow<'static, str> = match T::of(self.json) {
            Some(value) => match check(&value) {
                Ok(()) => {
                    place.set(Some(value));
                    return Ok(());
                }
                Err(expected) => expected.into(),
            },
            None => T::EXPECTED.into(),
        };
        if self.discards && place.set(None) { Ok(()) } else { Err(Unfit::Expected(expected)) }
    }

    /// What comes of a value in whose place there is nothing now, if it could be cleared.
    fn without(&self, is_cleared: bool, expected: &'static str) -> Result<(), Unfit> {
        match self.json {
            Json::Null if is_cleared => Ok(()),
            Json::Null => Err(Unfit::Null),
            _ if is_cleared && self.discards => Ok(()),
            _ => Err(Unfit::Expected(expected.into())),
        }
    }
}
