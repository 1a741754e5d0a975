//! Reads a value without parts from the JSON parser straight into its field.

use std::{borrow::Cow, fmt};

use serde::de::{Error, Visitor};

use super::{
    Json,
    mismatch::Mismatch,
    value::{NOT_NULL, Unfit, leaf::Leaf},
};
use crate::{
    FieldMut, Place,
    plan::{Column, SchemaContract},
};

/// Puts a value into its field. A value that does not fit is an error of the format: the page is then read again,
/// by the text of its values, which the error of the page shows.
pub(super) struct LeafVisitor<'a, 'p> {
    pub(super) field: FieldMut<'p>,
    pub(super) column: &'a Column,
    pub(super) contract: SchemaContract,
}

impl LeafVisitor<'_, '_> {
    fn put<E: Error>(self, json: &Json<'_>) -> Result<Result<(), Mismatch>, E> {
        match Leaf::of(json, self.contract).fill(self.field, self.column) {
            Ok(()) => Ok(Ok(())),
            Err(Unfit::Null) => Ok(Err(Mismatch::new(NOT_NULL, "null"))),
            Err(Unfit::Expected(_) | Unfit::Within(_)) => {
                Err(E::custom("a value does not fit its column"))
            }
        }
    }
}

impl Visitor<'_> for LeafVisitor<'_, '_> {
    type Value = Result<(), Mismatch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the column's type")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if let FieldMut::Text(place) = self.field {
            place.set(Some(text.to_owned()));
            return Ok(Ok(()));
        }
        self.put(&Json::Text(Cow::Borrowed(text)))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.put(&Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.put(&Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        if let FieldMut::Bigint(Place::Nullable(place)) = self.field {
            *place = Some(number);
            return Ok(Ok(()));
        }
        self.put(&Json::Number(&number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => self.put(&Json::Number(&number.to_string())),
        }
    }
}
