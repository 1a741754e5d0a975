//! What a state relies on, as it is found in the manifest and among the files.

use std::collections::HashSet;

use super::{
    history,
    manifest::{FOLDER, Manifest, State, StoredTable},
    state::is_staged,
    store::Store,
};
use crate::{
    Error, ErrorKind, Run, Shape, Table,
    relied::{Relied, Standing},
};

/// Refuses data files of which no manifest says what they are: they would be deleted as what a run has
/// left that was killed, or doubled.
///
/// # Errors
///
/// If there are some.
pub(super) fn check_manifest(manifest: &Manifest, present: &HashSet<String>) -> Result<(), Error> {
    let is_first = manifest.number == 0;
    match present.iter().min().filter(|_| is_first) {
        None => Ok(()),
        Some(path) => {
            let message = format!(
                "there are data files, such as {path}, but no manifest in {FOLDER} that says what they \
                 are; put the newest `manifest-….json` back, or move the files away to load everything"
            );
            Err(Error::new(ErrorKind::Destination, message))
        }
    }
}

/// Refuses to delete the rows of later runs than the manifest knows, as after an older one was put back or the
/// newest one was lost. The next run's number is then in the history already, which it has only when its
/// manifest is written.
///
/// # Errors
///
/// If there are some.
pub(super) async fn check_runs(
    manifest: &Manifest,
    present: &HashSet<String>,
    store: &Store,
) -> Result<(), Error> {
    let known = manifest.paths();
    let Some(path) = present.iter().filter(|path| !known.contains(&***path)).min() else {
        return Ok(());
    };
    let next = history::path(manifest.run.saturating_add(1));
    if store.get(&next).await?.is_none() {
        // A run that was killed has left it.
        return Ok(());
    }
    let message = format!(
        "the newest manifest is that of run {}, and there are data files, such as {path}, of later runs; put \
         the newest `manifest-….json` back, or continue from this one without their rows by deleting {next} \
         and what follows it",
        manifest.run,
    );
    Err(Error::new(ErrorKind::Destination, message))
}

/// Tells what is not as the state says. Gives whether everything must be loaded.
pub(super) fn check(
    manifest: &Manifest,
    run: &Run,
    table: &Table,
    shape: &Shape,
) -> Result<bool, Error> {
    let stored = manifest.table(&shape.tables()[0].name);
    // The source may be called otherwise than it was, and rows be those of another variant.
    let is_of = |state: &&State| state.pipeline == run.pipeline && state.resource == table.resource;
    let own = manifest.state(run, table);
    let state = own
        .or_else(|| manifest.state.iter().find(is_of))
        .map(|state| state.said().left(table, state.staged.is_some(), is_staged(table)));
    let found = Relied {
        has_rows: stored.map(StoredTable::has_rows),
        is_known: stored.is_some(),
        had_states: !manifest.state.is_empty(),
        state,
        // The files and the state are of one moment.
        standing: Standing::Agrees,
    };
    found.check(table, "move the table's folder away")
}
