//! Which of the rows that an upsert meets differ. SQLite says only how many rows were changed, new ones
//! included, so its condition calls a function that counts.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use rest_source::plan::Column;
use rusqlite::{Connection, functions::FunctionFlags};

use crate::{Changes, sql::quote};

const NAME: &str = "_rest_source_counted";

/// Counts from its making on, until another one is made for the connection.
pub(super) struct Tally(Arc<[AtomicU64; 2]>);

impl Tally {
    pub(super) fn on(connection: &Connection) -> rusqlite::Result<Tally> {
        let counts = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
        let counter = Arc::clone(&counts);
        // Not deterministic: it is called for each row.
        connection.create_scalar_function(NAME, 1, FunctionFlags::SQLITE_UTF8, move |context| {
            let differs: bool = context.get(0)?;
            counter[usize::from(differs)].fetch_add(1, Ordering::Relaxed);
            Ok(differs)
        })?;
        Ok(Tally(counts))
    }

    /// What upserts have done that have changed so many rows.
    pub(super) fn changes(&self, written: u64) -> Changes {
        let [unchanged, updated] = [0, 1].map(|place: usize| self.0[place].load(Ordering::Relaxed));
        Changes {
            new: Some(written.saturating_sub(updated)),
            updated: Some(updated),
            unchanged: Some(unchanged),
        }
    }
}

/// The condition that the row of the table differs from the one that meets it. Whatever collation a
/// column has, the texts are compared. Rows that have no such columns are the same.
pub(super) fn differs(columns: &[&Column]) -> String {
    if columns.is_empty() {
        return format!("{NAME}(0)");
    }
    let row = |of: &str, collation: &str| {
        let value = |column: &&Column| format!("{of}.{}{collation}", quote(&column.name));
        columns.iter().map(value).collect::<Vec<_>>().join(", ")
    };
    format!("{NAME}(({}) IS NOT ({}))", row("target", " COLLATE BINARY"), row("excluded", ""))
}
