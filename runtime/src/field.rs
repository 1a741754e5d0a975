//! The fields of a record: the types that they can have, their values and their places.
//!
//! Places are reached without knowing the type of what is in them, so that decoding is compiled
//! once. [`FieldValue`] says which types there are, [`Field`] adds what may be missing.

mod value;

use crate::{
    Date, DateTime, Decimal, Json, Record, Time, Timestamp, Wei,
    nested::{List, ListPlace, RecordPlace, WordPlace},
};

pub use self::value::FieldValue;

/// The value of a field, borrowed from its record.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FieldRef<'a> {
    /// No value.
    Null,
    /// Text, or a word of an `enum`.
    Text(&'a str),
    /// A whole number of 64 bits.
    Bigint(i64),
    /// A floating-point number of 64 bits.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// A moment.
    Timestamp(Timestamp),
    /// A day with a time of day, which says nothing of its zone.
    DateTime(DateTime),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A whole number of any size.
    Wei(&'a Wei),
    /// Any JSON.
    Json(&'a Json),
    /// Bytes.
    Binary(&'a [u8]),
    /// A nested record; [`write_json`](FieldRef::write_json) makes JSON of it.
    Record(&'a dyn Record),
    /// A list; [`write_json`](FieldRef::write_json) makes JSON of it.
    List(&'a dyn List),
}

/// The place where a field of a record is put, by its type.
#[derive(Debug)]
#[non_exhaustive]
pub enum FieldMut<'a> {
    /// Of a `text` column.
    Text(Place<'a, String>),
    /// Of a `bigint` column.
    Bigint(Place<'a, i64>),
    /// Of a `double` column.
    Double(Place<'a, f64>),
    /// Of a `bool` column.
    Bool(Place<'a, bool>),
    /// Of a `timestamp` column.
    Timestamp(Place<'a, Timestamp>),
    /// Of a `timestamp` column with `timezone: false`.
    DateTime(Place<'a, DateTime>),
    /// Of a `date` column.
    Date(Place<'a, Date>),
    /// Of a `time` column.
    Time(Place<'a, Time>),
    /// Of a `decimal` column.
    Decimal(Place<'a, Decimal>),
    /// Of a `wei` column.
    Wei(Place<'a, Wei>),
    /// Of a `json` column.
    Json(Place<'a, Json>),
    /// Of a `binary` column.
    Binary(Place<'a, Vec<u8>>),
    /// Of a column with an `enum`.
    Word(&'a mut dyn WordPlace),
    /// Of a column with `fields`.
    Record(&'a mut dyn RecordPlace),
    /// Of a column with `items`.
    List(&'a mut dyn ListPlace),
    /// There is no such column: the value is skipped.
    Nothing,
}

/// A field that may be `None`, or one that always has a value.
#[derive(Debug)]
pub enum Place<'a, T> {
    /// The column is nullable.
    Nullable(&'a mut Option<T>),
    /// The column says `nullable: false`.
    Required(&'a mut T),
}

impl<T> Place<'_, T> {
    /// Puts a value there, or none. Says whether that is possible.
    pub(crate) fn set(self, value: Option<T>) -> bool {
        match (self, value) {
            (Place::Nullable(place), value) => *place = value,
            (Place::Required(place), Some(value)) => *place = value,
            (Place::Required(_), None) => return false,
        }
        true
    }
}

/// A type that a field of a record can have: any [`FieldValue`], and its `Option` where the column
/// is nullable.
pub trait Field: Send + Sync + 'static {
    /// The field's value.
    fn field(&self) -> FieldRef<'_>;
    /// The field's place.
    fn field_mut(&mut self) -> FieldMut<'_>;
}

impl<T: FieldValue> Field for T {
    fn field(&self) -> FieldRef<'_> {
        self.value()
    }

    fn field_mut(&mut self) -> FieldMut<'_> {
        T::place(self)
    }
}

impl<T: FieldValue> Field for Option<T> {
    fn field(&self) -> FieldRef<'_> {
        self.as_ref().map_or(FieldRef::Null, FieldValue::value)
    }

    fn field_mut(&mut self) -> FieldMut<'_> {
        T::nullable_place(self)
    }
}
