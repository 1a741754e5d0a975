//! The types that the field of a record can have. [`FieldValue`] says which there are, [`Field`] adds what may
//! be missing.

use crate::{
    Date, DateTime, Decimal, FieldMut, FieldRef, Json, Place, Record, Time, Timestamp, Wei,
};

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

/// A type that a field of a column can have that is not nullable: one for each data type, a record
/// within a record, a list, and the enums that are generated.
pub trait FieldValue: Sized + Send + Sync + 'static {
    /// The field's value.
    fn value(&self) -> FieldRef<'_>;

    /// The place of a field that always has a value.
    fn place(place: &mut Self) -> FieldMut<'_>;

    /// The place of a field that may have none.
    fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_>;
}

macro_rules! field_value {
    ($($variant:ident: $type:ty, $value:ident => $read:expr;)*) => {$(
        impl FieldValue for $type {
            fn value(&self) -> FieldRef<'_> {
                let $value = self;
                FieldRef::$variant($read)
            }

            fn place(place: &mut Self) -> FieldMut<'_> {
                FieldMut::$variant(Place::Required(place))
            }

            fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_> {
                FieldMut::$variant(Place::Nullable(place))
            }
        }
    )*};
}

field_value! {
    Text: String, value => value;
    Bigint: i64, value => *value;
    Double: f64, value => *value;
    Bool: bool, value => *value;
    Timestamp: Timestamp, value => *value;
    DateTime: DateTime, value => *value;
    Date: Date, value => *value;
    Time: Time, value => *value;
    Decimal: Decimal, value => *value;
    Wei: Wei, value => value;
    Json: Json, value => value;
    Binary: Vec<u8>, value => value;
}

impl<T: Record + Default> FieldValue for T {
    fn value(&self) -> FieldRef<'_> {
        FieldRef::Record(self)
    }

    fn place(place: &mut Self) -> FieldMut<'_> {
        FieldMut::Record(place)
    }

    fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_> {
        FieldMut::Record(place)
    }
}

impl<T: Field + Default> FieldValue for Vec<T> {
    fn value(&self) -> FieldRef<'_> {
        FieldRef::List(self)
    }

    fn place(place: &mut Self) -> FieldMut<'_> {
        FieldMut::List(place)
    }

    fn nullable_place(place: &mut Option<Self>) -> FieldMut<'_> {
        FieldMut::List(place)
    }
}
