//! What texts of a request may name of its paginator: `{paginator.offset}`.

use serde_json::Value;

use crate::{
    decode::Select as _,
    error::Reason,
    plan::{PageValue, Part, Selector},
};

/// What texts of a request may name of its paginator.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paged {
    pub(super) cursor: Option<Value>,
    pub(super) offset: Option<u64>,
    pub(super) page: Option<u64>,
    pub(super) limit: Option<u64>,
}

impl Paged {
    /// The page cursor, or what is at a path in it; `None` on the first page.
    pub(crate) fn cursor(&self, path: &Selector) -> Result<Option<Value>, Reason> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        if *path == Selector::ROOT {
            return Ok(Some(cursor.clone()));
        }
        if !(cursor.is_object() || cursor.is_array()) {
            return Err(
                format!("the page cursor {cursor} has no members, and so no `{path}`").into()
            );
        }
        let text = cursor.to_string();
        let found = path.find(&text).ok().flatten();
        Ok(found.and_then(|found| serde_json::from_str(found).ok()))
    }

    /// Fails if there is a page cursor, which then lacks what other text has at a path in it.
    pub(crate) fn check_none(&self, path: &Selector) -> Result<(), Reason> {
        match &self.cursor {
            None => Ok(()),
            Some(cursor) => Err(format!("the page cursor {cursor} has nothing at `{path}`").into()),
        }
    }

    /// Another value.
    pub(crate) fn value(&self, value: PageValue) -> Option<Value> {
        let number = match value {
            PageValue::Offset => self.offset,
            PageValue::Page => self.page,
            PageValue::Limit => self.limit,
        };
        number.map(Value::from)
    }
}

/// Whether a part of a template is filled by the paginator.
pub(crate) fn is_paged(part: &Part) -> bool {
    matches!(part, Part::PageCursor(_) | Part::Paginator(_))
}
