//! The records of a resource, as the engine fills them and a destination reads them.
//!
//! A generated struct says which of its fields belongs to which column and nothing more; decoding,
//! `Serialize` and `Deserialize` are written once, here in the runtime, over that table. Records, lists and
//! their places name each other, and are reached without knowing the type of what is in them, so that
//! decoding is compiled once.

pub(crate) mod any_record;
pub(crate) mod calendar;
pub(crate) mod extra;
pub(crate) mod field;
pub(crate) mod json;
pub(crate) mod nested;
pub(crate) mod reader;
pub(crate) mod resource;
pub(crate) mod serialize;
pub(crate) mod timestamp;

use std::fmt;

use crate::{Date, DateTime, Decimal, Extra, Json, Time, Timestamp, Wei, plan::Column};

/// A record whose fields are reached by the position of their column.
///
/// Generated structs implement this; a destination reads any record through it without knowing the
/// struct. `index` is always below `columns().len()`. A record can be a field of another one, and
/// then its columns are the `fields` of that field's column.
pub trait Record: Send + Sync + 'static {
    /// The declared columns, in the order of the fields' indices.
    fn columns(&self) -> &[Column];

    /// The value of the field for column `index`.
    fn field(&self, index: usize) -> FieldRef<'_>;

    /// The place of the field for column `index`.
    fn field_mut(&mut self, index: usize) -> FieldMut<'_>;

    /// Fields that the file does not declare.
    fn extra(&self) -> &Extra;

    /// The place of the fields that the file does not declare.
    fn extra_mut(&mut self) -> &mut Extra;
}

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

/// The elements of a list.
pub trait List: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at this position, from 0; below `len()`.
    fn get(&self, index: usize) -> FieldRef<'_>;
}

/// The place of a nested record.
pub trait RecordPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts an empty record there and gives it out.
    fn fill(&mut self) -> &mut dyn Record;
}

/// The place of a list.
pub trait ListPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts an empty list there.
    fn fill(&mut self);

    /// Adds an element and gives out its place.
    fn add(&mut self) -> FieldMut<'_>;
}

/// The place of a word of an `enum`.
pub trait WordPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts the word there.
    fn fill(&mut self, word: &str);
}

/// Whether a column with `hard_delete` says that the record removes its row. Such a record needs its key
/// only.
#[doc(hidden)]
pub fn is_deleted(record: &dyn Record) -> bool {
    record.columns().iter().enumerate().any(|(index, column)| match record.field(index) {
        FieldRef::Null => false,
        FieldRef::Record(nested) => is_deleted(nested),
        FieldRef::Bool(is_deleted) => column.hard_delete && is_deleted,
        _ => column.hard_delete,
    })
}

/// Two are equal when they have the same columns, fields and undeclared fields.
impl PartialEq for dyn Record + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.columns() == other.columns()
            && (0..self.columns().len()).all(|index| self.field(index) == other.field(index))
            && self.extra() == other.extra()
    }
}

impl fmt::Debug for dyn Record + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns().iter().enumerate();
        f.debug_map()
            .entries(columns.map(|(index, column)| (&column.name, self.field(index))))
            .entries(self.extra().iter())
            .finish()
    }
}

/// Two are equal when they have the same elements.
impl PartialEq for dyn List + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (0..self.len()).all(|index| self.get(index) == other.get(index))
    }
}

impl fmt::Debug for dyn List + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len()).map(|index| self.get(index))).finish()
    }
}

macro_rules! debug {
    ($($place:ident: $what:literal;)*) => {$(
        impl fmt::Debug for dyn $place + '_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($what)
            }
        }
    )*};
}

debug! {
    RecordPlace: "the place of a record";
    ListPlace: "the place of a list";
    WordPlace: "the place of a word";
}
