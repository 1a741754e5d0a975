//! What the fields of a record are whose columns are known at run time.

use std::sync::Arc;

use crate::plan::{Column, DataType};

/// What the fields of a record are, shared by all records that have the same columns.
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    pub(super) kinds: Vec<Kind>,
}

/// What a field is.
#[derive(Clone)]
pub(super) struct Kind {
    pub(super) is_nullable: bool,
    pub(super) value: ValueKind,
}

#[derive(Clone)]
pub(super) enum ValueKind {
    /// With whether a timestamp has a zone.
    Plain(DataType, bool),
    Record(Arc<Layout>),
    List(Arc<Kind>),
}

impl Layout {
    pub(super) fn of(columns: &[Column]) -> Arc<Layout> {
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
