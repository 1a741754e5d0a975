//! What tells the versions of a row apart, with the merge strategy `scd2`.

use std::borrow::Cow;

use super::{Builder, Version};
use crate::{
    ROW_HASH, Row, TableShape, Value,
    rows::{
        id::Digest,
        shape::{Refusal, is_system},
    },
};

impl Builder<'_, '_> {
    /// Says what tells this version of the record from others.
    pub(super) fn versioned(&mut self) -> Result<(), Refusal> {
        let Some(version) = &self.version else { return Ok(()) };
        let Some(place) = self.shape.tables()[0].place(ROW_HASH) else { return Ok(()) };
        let begin = |table: usize| self.marks.get(table).map_or(0, |(_, rows)| *rows);
        let row = self.tables[0].row(begin(0));
        let hash = match version {
            Version::Column(column) => {
                let place = self.shape.column(0, column);
                let value = place.map_or(&Value::Null, |place| row.value(place));
                if value.is_null() {
                    return Err(Refusal::Error(format!(
                        "`{column}` is null, but it tells the versions of a record apart",
                    )));
                }
                // Other records may have the same value.
                let mut digest = Digest::default();
                for key in &self.shape.table.primary_key {
                    let place = self.shape.column(0, key);
                    digest.add(place.map_or(&Value::Null, |place| row.value(place)));
                }
                digest.add(value);
                digest.digits()
            }
            Version::Digest => {
                let mut digest = Digest::default();
                for (index, (rows, table)) in
                    self.tables.iter().zip(self.shape.tables()).enumerate()
                {
                    for row in begin(index)..rows.len() {
                        add_row(&mut digest, table, rows.row(row));
                    }
                }
                digest.digits()
            }
        };
        let end = self.tables[0].ends.pop();
        let put = self.put(0, place, Value::Text(Cow::Owned(hash)));
        self.tables[0].ends.extend(end);
        put
    }
}

/// Adds what is in a row to the digest of its record: neither what tells it from others nor the order
/// of the columns, which another order in the file would change.
fn add_row(digest: &mut Digest, table: &TableShape, row: Row<'_, '_>) {
    digest.add_text(&table.name);
    if table.parent.is_some()
        && let (Value::Text(id), Value::Text(root)) = (row.value(0), row.value(2))
    {
        digest.add_text(id.strip_prefix(&**root).unwrap_or_default());
    }
    let mut values: Vec<_> = table
        .columns
        .iter()
        .zip(row.values)
        .filter(|(column, value)| !value.is_null() && !is_system(&column.name))
        .collect();
    values.sort_unstable_by_key(|(column, _)| &column.name);
    for (column, value) in values {
        digest.add_text(&column.name);
        digest.add(value);
    }
}
