//! Records that are no objects: the elements of a list of texts, numbers or lists.

use crate::plan::{Column, ResourcePlan};

/// The column of a plain value, the same as in the table of a list within a record.
const VALUE: &str = "value";
/// The column of a list within a list.
const LIST: &str = "list";

/// The column that a record goes into as a whole, where it gets fields beside what it is.
pub(crate) fn whole(record: &str) -> &'static str {
    if record.starts_with('[') { LIST } else { VALUE }
}

/// Which plain values are records of a resource.
#[derive(Clone, Copy, Default)]
pub(super) struct Plain {
    /// Whether all are, as nothing is declared that says otherwise.
    any: bool,
    value: bool,
    list: bool,
}

impl Plain {
    /// Those of a resource. One that declares columns has objects for records, unless the column of
    /// plain values is among them.
    pub(super) fn of(plan: &ResourcePlan) -> Plain {
        let included = |column: &Column| plan.included().any(|name| *name == column.name);
        let declares = |name| plan.columns.iter().any(|column| column.name == name);
        Plain {
            any: plan.columns.iter().all(|column| column.inferred || included(column)),
            value: declares(VALUE),
            list: declares(LIST),
        }
    }

    /// The column that a record goes into as a whole. `None` if it is an object, or is refused.
    pub(super) fn column(self, record: &str) -> Option<&'static str> {
        match record.as_bytes().first()? {
            b'{' => None,
            b'n' => self.value.then_some(VALUE),
            b'[' => (self.any || self.list).then_some(LIST),
            _ => (self.any || self.value).then_some(VALUE),
        }
    }
}
