//! Which resource a record belongs to.

use crate::{Record, plan::ResourcePlan};

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
