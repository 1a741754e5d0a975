//! Whether what a state relies on is there: rows without their state and a state without its rows, as
//! after tables were dropped, emptied, renamed or restored. A destination says what it finds; only
//! what costs next to nothing is looked at, and no rows are counted.

use rest_source::plan::WriteDisposition;

use crate::{Error, ErrorKind, Strategy, Table};

/// What a destination finds when a table is opened, before a load begins or goes on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Relied {
    /// Whether the table has a row; `None` if there was no table before this run.
    pub(crate) has_rows: Option<bool>,
    /// Whether earlier loads have made the table, as far as that is remembered.
    pub(crate) is_known: bool,
    /// Whether any resource had a state when the run began, or one of another pipeline has.
    pub(crate) had_states: bool,
    /// What the state of this resource says, if it has one.
    pub(crate) state: Option<Left>,
}

/// What a state says of the rows that are there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Left {
    /// How many rows a load that stopped has committed to the table itself, not to a staging place.
    pub(crate) rows: u64,
    /// Whether the next run begins behind what the last one has seen.
    pub(crate) is_incremental: bool,
    /// Whether it is of another table, as `table_name` was another one.
    pub(crate) is_elsewhere: bool,
}

impl Left {
    /// Whether the table must have had rows.
    fn had_rows(self) -> bool {
        self.rows > 0 || self.is_incremental
    }
}

impl Relied {
    /// Tells what is not as the state says. Gives whether everything must be loaded, as by a `merge` that
    /// would miss the rows that are gone. `forget` is what somebody does to append all the same.
    ///
    /// # Errors
    ///
    /// If an append would add rows that are there a second time.
    pub(crate) fn check(&self, table: &Table, forget: &str) -> Result<bool, Error> {
        let (resource, name) = (&*table.resource, &*table.name);
        let is_append = table.write_disposition == WriteDisposition::Append;
        match self.state {
            Some(left) if left.is_elsewhere && left.had_rows() => {
                let adds = is_append && self.has_rows == Some(true);
                let does = if adds { "the run adds what is new" } else { "everything is loaded" };
                tracing::warn!(
                    resource,
                    "it is loaded into the table `{name}` now: {does}, and the rows of earlier runs stay \
                     in the table that they were loaded into"
                );
                Ok(!adds)
            }
            Some(left) if left.had_rows() && self.has_rows.is_none() => {
                tracing::warn!(
                    resource,
                    "the table `{name}`, which earlier runs have loaded, is not there any more: \
                     everything is loaded again"
                );
                Ok(true)
            }
            Some(left)
                if left.had_rows() && self.has_rows == Some(false) && !table.needs_everything() =>
            {
                if is_append {
                    tracing::warn!(
                        resource,
                        "the table `{name}` is empty, although earlier runs have loaded rows into it: \
                         the run adds what is new; to load everything again, reset the state"
                    );
                    return Ok(false);
                }
                tracing::warn!(
                    resource,
                    "the table `{name}` is empty, although earlier runs have loaded rows into it: \
                     everything is loaded again"
                );
                Ok(true)
            }
            // The rows may be those of another resource of the table.
            None if self.has_rows == Some(true) && is_append && table.sharers.is_empty() => {
                self.check_orphans(table, forget)
            }
            _ => Ok(false),
        }
    }

    /// Rows that an append would be added to without knowing whether they are the same.
    fn check_orphans(&self, table: &Table, forget: &str) -> Result<bool, Error> {
        let name = &table.name;
        if self.is_known && !self.had_states {
            let message = format!(
                "the table `{name}` has rows that earlier runs have appended, but the state of those \
                 runs is gone, so that the same records may be added a second time; put the state \
                 back, delete the rows to load everything, or {forget} to add to them all the same",
            );
            return Err(Error::new(ErrorKind::WouldDouble, message));
        }
        tracing::warn!(
            resource = &*table.resource,
            "the table `{name}` has rows that no run of this pipeline has loaded; they stay, and this \
             run adds to them"
        );
        Ok(false)
    }
}

/// Whether rows of a load that stopped are in the table itself, and how many.
pub(crate) fn committed(table: &Table, is_staged: bool, rows: u64) -> u64 {
    if is_staged || table.strategy() == Strategy::Replace { 0 } else { rows }
}
