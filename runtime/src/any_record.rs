//! The records of a plan that is made at run time, with a typed field for each column.

mod field;

use std::{fmt, sync::Arc};

use self::field::AnyField;
use crate::{
    Extra, FieldMut, FieldRef, FromRecord, Record,
    decode::Growing,
    from_record::{RawPage, Undecodable, typed},
    plan::{Column, DataType},
    rejected::Unfit,
};

/// A record of a plan that is made at run time: what a generated struct is for a plan of the
/// program. Its fields are reached through [`Record`], by the position of their column.
///
/// ```
/// use rest_source::{AnyRecord, Client, Error, Fetch, Record, plan::{Link, ResourcePlan}};
///
/// async fn print(client: &Client, plan: Link<ResourcePlan>) -> Result<(), Error> {
///     for record in Fetch::<AnyRecord>::of_plan(client, plan).all().await? {
///         for (index, column) in record.columns().iter().enumerate() {
///             println!("{}: {:?}", column.name, record.field(index));
///         }
///     }
///     Ok(())
/// }
/// ```
pub struct AnyRecord {
    layout: Arc<Layout>,
    fields: Vec<AnyField>,
    extra: Extra,
}

/// What the fields of a record are, shared by all records that have the same columns.
struct Layout {
    columns: Vec<Column>,
    kinds: Vec<Kind>,
}

/// What a field is.
#[derive(Clone)]
struct Kind {
    is_nullable: bool,
    value: ValueKind,
}

#[derive(Clone)]
enum ValueKind {
    /// With whether a timestamp has a zone.
    Plain(DataType, bool),
    Record(Arc<Layout>),
    List(Arc<Kind>),
}

impl Layout {
    fn of(columns: &[Column]) -> Arc<Layout> {
        let kinds = columns.iter().map(Kind::of).collect();
        Arc::new(Layout { columns: columns.to_vec(), kinds })
    }
}

impl Kind {
    fn of(column: &Column) -> Kind {
        let value = match &column.items {
            Some(items) => ValueKind::List(Arc::new(Kind::of(items))),
            None if column.fields.is_empty() => ValueKind::Plain(column.data_type, column.timezone),
            None => ValueKind::Record(Layout::of(&column.fields)),
        };
        Kind { is_nullable: column.nullable, value }
    }
}

impl AnyRecord {
    /// A record with none of its values.
    fn empty(layout: &Arc<Layout>) -> AnyRecord {
        AnyRecord {
            layout: Arc::clone(layout),
            fields: layout.kinds.iter().map(AnyField::empty).collect(),
            extra: Extra::default(),
        }
    }
}

impl Record for AnyRecord {
    fn columns(&self) -> &[Column] {
        &self.layout.columns
    }

    fn field(&self, index: usize) -> FieldRef<'_> {
        self.fields.get(index).map_or(FieldRef::Null, AnyField::get)
    }

    fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
        self.fields.get_mut(index).map_or(FieldMut::Nothing, AnyField::place)
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl PartialEq for AnyRecord {
    fn eq(&self, other: &AnyRecord) -> bool {
        self as &dyn Record == other as &dyn Record
    }
}

impl fmt::Debug for AnyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self as &dyn Record, f)
    }
}

impl FromRecord for AnyRecord {
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<AnyRecord>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable> {
        let layout = Layout::of(&page.plan.columns);
        let empty = || AnyRecord::empty(&layout);
        typed(page, &mut Growing { records: into, empty }, unfit)
    }
}
