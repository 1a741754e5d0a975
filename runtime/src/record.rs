//! The records of a resource, as the engine fills them and a destination reads them.
//!
//! A generated struct says which of its fields belongs to which column and nothing more; decoding,
//! `Serialize` and `Deserialize` are written once, here in the runtime, over that table.

use std::fmt;

use crate::{
    Extra, FieldMut, FieldRef,
    plan::{Column, ResourcePlan},
};

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
/// assert_eq!(Record::field(&payment, 1), FieldRef::Bigint(1250));
/// ```
pub trait Resource: Record + Default {
    /// Where the records come from.
    const PLAN: &'static ResourcePlan;
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
