//! The records of a resource, as the engine fills them and a destination reads them.
//!
//! A generated struct says which of its fields belongs to which column and nothing more; decoding,
//! `Serialize` and `Deserialize` are written once, here in the runtime, over that table.

use crate::{
    Date, Decimal, Extra, Time, Timestamp, Wei,
    plan::{Column, ResourcePlan},
};

/// A record whose fields are reached by the position of their column.
///
/// Generated structs implement this; a destination reads any record through it without knowing the
/// struct. `index` is always below `columns().len()`.
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

/// A record struct together with the resource that it belongs to. The attribute generates one for
/// each resource; this is what it comes to:
///
/// ```
/// use std::borrow::Cow;
/// use rest_source::{Extra, Field, FieldMut, FieldRef, Record, Resource, plan::*};
///
/// #[derive(Default)]
/// struct Payment {
///     id: Option<String>,
///     amount: Option<i64>,
///     extra: Extra,
/// }
///
/// static COLUMNS: [Column; 2] =
///     [Column::new("id", DataType::Text), Column::new("amount", DataType::Bigint)];
///
/// static PATH: [Part; 1] = [Part::Text(Cow::Borrowed("/v1/payments"))];
///
/// static PAYMENTS: ResourcePlan = ResourcePlan::new(
///     "payments",
///     Endpoint::new(&PATH, None, Paginator::SinglePage),
///     &COLUMNS,
/// );
///
/// impl Record for Payment {
///     fn columns(&self) -> &[Column] {
///         &COLUMNS
///     }
///
///     fn field(&self, index: usize) -> FieldRef<'_> {
///         match index {
///             0 => self.id.field(),
///             _ => self.amount.field(),
///         }
///     }
///
///     fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
///         match index {
///             0 => self.id.field_mut(),
///             _ => self.amount.field_mut(),
///         }
///     }
///
///     fn extra(&self) -> &Extra {
///         &self.extra
///     }
///
///     fn extra_mut(&mut self) -> &mut Extra {
///         &mut self.extra
///     }
/// }
///
/// impl Resource for Payment {
///     const PLAN: &'static ResourcePlan = &PAYMENTS;
/// }
///
/// let payment = Payment { amount: Some(1250), ..Payment::default() };
/// assert_eq!(payment.field(1), FieldRef::Bigint(1250));
/// ```
pub trait Resource: Record + Default {
    /// Where the records come from.
    const PLAN: &'static ResourcePlan;
}

/// The value of a field, borrowed from its record.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FieldRef<'a> {
    /// No value.
    Null,
    /// Text.
    Text(&'a str),
    /// A whole number of 64 bits.
    Bigint(i64),
    /// A floating-point number of 64 bits.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// A moment.
    Timestamp(Timestamp),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A whole number of any size.
    Wei(&'a Wei),
    /// Any JSON.
    Json(&'a serde_json::Value),
    /// Bytes.
    Binary(&'a [u8]),
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
    /// Of a `date` column.
    Date(Place<'a, Date>),
    /// Of a `time` column.
    Time(Place<'a, Time>),
    /// Of a `decimal` column.
    Decimal(Place<'a, Decimal>),
    /// Of a `wei` column.
    Wei(Place<'a, Wei>),
    /// Of a `json` column.
    Json(Place<'a, serde_json::Value>),
    /// Of a `binary` column.
    Binary(Place<'a, Vec<u8>>),
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

/// A type that a field of a record can have: one for each data type, and its `Option`.
pub trait Field {
    /// The field's value.
    fn field(&self) -> FieldRef<'_>;
    /// The field's place.
    fn field_mut(&mut self) -> FieldMut<'_>;
}

macro_rules! field {
    ($($variant:ident: $type:ty, $value:ident => $read:expr;)*) => {$(
        impl Field for $type {
            fn field(&self) -> FieldRef<'_> {
                let $value = self;
                FieldRef::$variant($read)
            }

            fn field_mut(&mut self) -> FieldMut<'_> {
                FieldMut::$variant(Place::Required(self))
            }
        }

        impl Field for Option<$type> {
            fn field(&self) -> FieldRef<'_> {
                self.as_ref().map_or(FieldRef::Null, Field::field)
            }

            fn field_mut(&mut self) -> FieldMut<'_> {
                FieldMut::$variant(Place::Nullable(self))
            }
        }
    )*};
}

field! {
    Text: String, value => value;
    Bigint: i64, value => *value;
    Double: f64, value => *value;
    Bool: bool, value => *value;
    Timestamp: Timestamp, value => *value;
    Date: Date, value => *value;
    Time: Time, value => *value;
    Decimal: Decimal, value => *value;
    Wei: Wei, value => value;
    Json: serde_json::Value, value => value;
    Binary: Vec<u8>, value => value;
}
