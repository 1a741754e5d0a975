//! From one JSON value to the type of its column: lenient where nothing is lost, else refused.

pub(super) mod leaf;
pub(super) mod number;
pub(super) mod numeral;
mod text;
mod time;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Json, mismatch::Mismatch};

/// A value as JSON text.
pub(super) trait Written<'de>: Deserialize<'de> {
    fn json(&self) -> &str;

    /// Whether a value without parts goes into its field without being looked at as text before.
    const IS_DIRECT: bool = false;

    /// Whether digits may have been lost before the value came here.
    fn is_rounded(&self) -> bool;

    /// Reads what is in it.
    fn read<P: Parts>(&self, parts: P) -> serde_json::Result<Result<(), Mismatch>>;
}

/// What reads the parts of a value: the fields of a record, the elements of a list.
pub(super) trait Parts {
    fn read<'de, S: Written<'de>, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Result<(), Mismatch>, D::Error>;
}

/// A value as it is written in the JSON that is read.
impl<'de> Written<'de> for &'de RawValue {
    fn json(&self) -> &str {
        self.get()
    }

    fn is_rounded(&self) -> bool {
        false
    }

    fn read<P: Parts>(&self, parts: P) -> serde_json::Result<Result<(), Mismatch>> {
        parts.read::<&RawValue, _>(&mut serde_json::Deserializer::from_str(self.get()))
    }
}

/// The same, of which only what needs its text is taken as such. What does not fit is an error of the format,
/// as it can be shown only by its text.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Direct<'a>(#[serde(borrow)] &'a RawValue);

impl<'de> Written<'de> for Direct<'de> {
    const IS_DIRECT: bool = true;

    fn json(&self) -> &str {
        self.0.get()
    }

    fn is_rounded(&self) -> bool {
        false
    }

    fn read<P: Parts>(&self, parts: P) -> serde_json::Result<Result<(), Mismatch>> {
        self.0.read(parts)
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

    fn read<P: Parts>(&self, parts: P) -> serde_json::Result<Result<(), Mismatch>> {
        parts.read::<Any, _>(&self.value)
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

/// Why a value does not fit its field.
pub(super) enum Unfit {
    /// The field must have a value.
    Null,
    /// The field takes this instead.
    Expected(Cow<'static, str>),
    /// Something within it does not fit.
    Within(Mismatch),
}
