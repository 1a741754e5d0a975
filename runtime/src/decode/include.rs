//! What records get from their parent's record, beside what they have themselves.

use std::cell::Cell;

use serde_json::{Value, value::RawValue};

use super::object;
use crate::{
    FieldRef, Record,
    error::Misread,
    plan::{ResourcePlan, Str},
    record::json::compact,
};

/// What all records of a page get from their parent's record.
pub(crate) struct Inclusion<'a> {
    plan: &'a ResourcePlan,
    included: &'a [(Str, Box<RawValue>)],
    /// Whether it has been told that fields of the records are replaced.
    is_told: Cell<bool>,
}

impl<'a> Inclusion<'a> {
    pub(crate) fn new(plan: &'a ResourcePlan, included: &'a [(Str, Box<RawValue>)]) -> Self {
        Inclusion { plan, included, is_told: Cell::new(false) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.included.is_empty()
    }

    /// The names of the fields, and their values.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a RawValue)> {
        self.included.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Puts them into a record's fields.
    pub(crate) fn fill(&self, record: &mut dyn Record) -> Result<(), Misread> {
        for (name, value) in self.fields() {
            let Some(index) = self.plan.columns.iter().position(|column| column.name == *name)
            else {
                if let Some(own) = record.extra().raw(name) {
                    self.check(name, own, value.get())?;
                }
                record.extra_mut().push(name, value.get());
                continue;
            };
            let own = written(record.field(index));
            let (place, column) = (record.field_mut(index), &self.plan.columns[index]);
            object::convert(&value, place, column, self.plan.schema_contract).map_err(|wrong| {
                Misread {
                    what: format!("{}, from the parent's record", wrong.what()),
                    ..wrong.in_field(name).misread(None)
                }
            })?;
            if let Some(own) = own {
                // In the form of the column, as it is now.
                let value = written(record.field(index));
                self.check(name, &own, value.as_deref().unwrap_or("null"))?;
            }
        }
        Ok(())
    }

    /// Checks that no value of the record itself is lost, of which `own` is the JSON. Under a name that
    /// is made of the parent's, the parent's value counts, as in dlt; of a name that the file chose,
    /// it is unknown which value is meant.
    pub(crate) fn check(&self, name: &str, own: &str, value: &str) -> Result<(), Misread> {
        if own == "null" || is_same(own, value) {
            return Ok(());
        }
        let parent = self.plan.parent.as_ref().map_or("", |parent| &*parent.plan.name);
        let crossed = self.plan.crossed.iter().map(|crossed| &*crossed.plan.name);
        let is_made = [parent, "each"].into_iter().chain(crossed).any(|origin| {
            let rest = name.strip_prefix('_').and_then(|name| name.strip_prefix(origin));
            rest.is_some_and(|rest| rest.starts_with('_'))
        });
        if is_made {
            if !self.is_told.replace(true) {
                let resource = &*self.plan.name;
                tracing::warn!(
                    resource,
                    field = name,
                    "records have this field themselves; the value of the parent's record replaces it"
                );
            }
            return Ok(());
        }
        Err(Misread {
            field: Some(name.to_owned()),
            what: format!(
                "the record has this field itself, and `include_from_parent` would replace it by {}; \
                 choose another name there, as in `{{{parent}_{name}: …}}`",
                compact(value)
            ),
            found: Some(own.to_owned()),
            ..Misread::default()
        })
    }
}

/// A field as JSON, unless it has no value.
fn written(field: FieldRef<'_>) -> Option<String> {
    if field == FieldRef::Null {
        return None;
    }
    let mut json = Vec::new();
    field.write_json(&mut json).ok()?;
    String::from_utf8(json).ok()
}

/// Whether two values say the same: APIs write an identifier as a number here and as text there.
pub(super) fn is_same(own: &str, value: &str) -> bool {
    let plain = |json: &str| compact(json).trim_matches('"').to_owned();
    let tree = |json: &str| serde_json::from_str::<Value>(json).ok();
    plain(own) == plain(value) || tree(own) == tree(value)
}
