//! A value without parts on its way into a field.

use std::borrow::Cow;

use super::{Json, Unfit, Value, number};
use crate::{
    FieldMut, Place,
    plan::{Column, Contract, SchemaContract},
};

/// A value without parts.
pub(in crate::decode) struct Leaf<'a> {
    json: &'a Json<'a>,
    /// Whether the schema contract puts nothing in place of what does not fit.
    discards: bool,
}

impl<'a> Leaf<'a> {
    pub(in crate::decode) fn of(json: &'a Json<'a>, contract: SchemaContract) -> Leaf<'a> {
        Leaf { json, discards: contract.data_type == Contract::DiscardValue }
    }

    /// Puts it into a field that takes such values.
    pub(in crate::decode) fn fill(
        &self,
        field: FieldMut<'_>,
        column: &Column,
    ) -> Result<(), Unfit> {
        match field {
            FieldMut::Text(place) => self.put(place),
            FieldMut::Bigint(place) => self.put(place),
            FieldMut::Double(place) => self.put(place),
            FieldMut::Bool(place) => self.put(place),
            FieldMut::Timestamp(place) => self.put(place),
            FieldMut::DateTime(place) => self.put(place),
            FieldMut::Date(place) => self.put(place),
            FieldMut::Time(place) => self.put(place),
            FieldMut::Decimal(place) => self.put_if(place, |number| number::misfit(number, column)),
            FieldMut::Wei(place) => self.put(place),
            FieldMut::Binary(place) => self.put(place),
            FieldMut::Word(place) => match String::of(self.json) {
                Some(word) => {
                    place.fill(&word);
                    Ok(())
                }
                None => self.without(place.clear(), String::EXPECTED),
            },
            FieldMut::Json(_) | FieldMut::Record(_) | FieldMut::List(_) | FieldMut::Nothing => {
                Ok(())
            }
        }
    }

    fn put<T: Value>(&self, place: Place<'_, T>) -> Result<(), Unfit> {
        self.put_if(place, |_| None)
    }

    fn put_if<T: Value>(
        &self,
        place: Place<'_, T>,
        misfit: impl FnOnce(&T) -> Option<String>,
    ) -> Result<(), Unfit> {
        if matches!(self.json, Json::Null) {
            return if place.set(None) { Ok(()) } else { Err(Unfit::Null) };
        }
        let expected: Cow<'static, str> = match T::of(self.json) {
            Some(value) => match misfit(&value) {
                None => {
                    place.set(Some(value));
                    return Ok(());
                }
                Some(expected) => expected.into(),
            },
            None => T::EXPECTED.into(),
        };
        if self.discards && place.set(None) { Ok(()) } else { Err(Unfit::Expected(expected)) }
    }

    /// What comes of a value in whose place there is nothing now, if it could be cleared.
    pub(in crate::decode) fn without(
        &self,
        is_cleared: bool,
        expected: &'static str,
    ) -> Result<(), Unfit> {
        match self.json {
            Json::Null if is_cleared => Ok(()),
            Json::Null => Err(Unfit::Null),
            _ if is_cleared && self.discards => Ok(()),
            _ => Err(Unfit::Expected(expected.into())),
        }
    }
}
