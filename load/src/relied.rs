//! Whether what a state relies on is there: rows without their state, a state without its rows, and a state
//! that is older or newer than them, as after tables were dropped, emptied, renamed or restored. A
//! destination says what it finds; only what costs next to nothing is looked at, and no rows are counted.

use rest_source::plan::WriteDisposition;

use crate::{Error, ErrorKind, Strategy, Table};

/// What a destination finds when a table is opened, before a load begins or resumes.
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
    /// Whether the state is of the last run.
    pub(crate) standing: Standing,
}

/// How a state stands to the history of runs.
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres", feature = "adbc")),
    expect(dead_code, reason = "a manifest has state and rows, which are of one moment")
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is of the last run that has written rows, or one of them does not say.
    #[default]
    Agrees,
    /// A later run than that of the state has written rows, or the same one after the state.
    Older { id: i64, run: i64, last: i64 },
    /// The last run that is known is an earlier one than that of the state.
    Newer { run: i64, last: i64 },
    /// There is none, although a run has written rows.
    Gone,
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
    /// Whether it is of a load that stopped and whose rows are staged.
    pub(crate) is_staged: bool,
}

impl Left {
    /// Whether the table must have had rows.
    fn had_rows(self) -> bool {
        self.rows > 0 || self.is_incremental
    }
}

impl Relied {
    /// Tells what is not as the state says. Gives whether everything must be loaded, as by a `merge` that
    /// would miss the rows that are gone. `forget` is how to append all the same.
    ///
    /// # Errors
    ///
    /// If an append would add rows that are there a second time.
    pub(crate) fn check(&self, table: &Table, forget: &str) -> Result<bool, Error> {
        let (resource, name) = (&*table.resource, &*table.name);
        let is_append = table.write_disposition == WriteDisposition::Append;
        let adds = is_append && self.has_rows == Some(true);
        if self.check_standing(table, adds, forget)? {
            return Ok(true);
        }
        match self.state {
            Some(left) if left.is_elsewhere && left.had_rows() => {
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
            None if adds && table.sharers.is_empty() => self.check_orphans(table, forget),
            _ => Ok(false),
        }
    }

    /// Tells of a state that is not of the last run. Gives whether everything must be loaded; `adds` says
    /// that rows are appended to rows.
    fn check_standing(&self, table: &Table, adds: bool, forget: &str) -> Result<bool, Error> {
        let resource = &*table.resource;
        let is_append = table.write_disposition == WriteDisposition::Append;
        match (self.standing, self.state) {
            (Standing::Older { id, run, last }, _) if adds => Err(is_older(table, id, run, last)),
            (Standing::Gone, _) if adds && self.is_known => Err(state_is_gone(table, forget)),
            (Standing::Older { run, last, .. }, Some(left)) if !is_append => {
                let does = if left.is_staged { "restarts" } else { "begins where that run ended" };
                tracing::warn!(
                    resource,
                    "the state is that of run {run}, and run {last} has loaded rows since: the load {does}"
                );
                Ok(left.is_staged)
            }
            (Standing::Newer { run, last }, Some(left))
                if left.is_staged || (left.had_rows() && !table.needs_everything()) =>
            {
                let does = if is_append {
                    "rows may be missing; to load everything, delete them and reset the state"
                } else {
                    "everything is loaded again, as rows may be missing"
                };
                tracing::warn!(
                    resource,
                    "the state is that of run {run}, and the last one in `_rest_source_runs` is run \
                     {last}: {does}"
                );
                Ok(!is_append)
            }
            _ => Ok(false),
        }
    }

    /// Rows that an append would be added to without knowing whether they are the same.
    fn check_orphans(&self, table: &Table, forget: &str) -> Result<bool, Error> {
        let name = &table.name;
        if self.is_known && !self.had_states {
            return Err(state_is_gone(table, forget));
        }
        tracing::warn!(
            resource = &*table.resource,
            "the table `{name}` has rows that no run of this pipeline has loaded; they stay, and this \
             run adds to them"
        );
        Ok(false)
    }
}

fn state_is_gone(table: &Table, forget: &str) -> Error {
    let message = format!(
        "the table `{}` has rows that earlier runs have appended, but the state of those runs is \
         gone, so that the same records may be added a second time; put the state back, delete the rows \
         to load everything, or {forget} to add to them all the same",
        table.name,
    );
    Error::new(ErrorKind::WouldDouble, message)
}

/// `id` is that of the state.
fn is_older(table: &Table, id: i64, run: i64, last: i64) -> Error {
    let since = if run == last {
        format!("from before the end of run {run}")
    } else {
        format!("that of run {run}, and run {last} has appended rows since")
    };
    let message = format!(
        "the state of `{}` is an older one: it is {since}, so that the same records would be added to the \
         table `{}` a second time; put the newer state back. If the rows are as old as the state is, \
         continue from there by `UPDATE _rest_source_state SET run = {last}, status = NULL WHERE id = {id}`; \
         to load everything, delete the rows and reset the state",
        table.resource, table.name,
    );
    Error::new(ErrorKind::WouldDouble, message)
}

/// Whether rows of a load that stopped are in the table itself, and how many.
pub(crate) fn committed(table: &Table, is_staged: bool, rows: u64) -> u64 {
    if is_staged || table.strategy() == Strategy::Replace { 0 } else { rows }
}
