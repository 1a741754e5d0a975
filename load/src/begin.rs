//! Where a load begins that resumes nothing, and whose state it begins with: the same for every
//! destination.

use rest_source::plan::WriteDisposition;

use crate::{
    Error, ErrorKind, Run, Status, Table,
    fingerprint::{RANGE, RECORDS, in_words, is_elsewhere, is_incremental},
    state::State,
};

/// Whether the load that follows `last` begins at the place that it has left, which a description keeps that
/// has the same server, path and incremental cursor. Otherwise it begins at the beginning. `has_rows` says
/// whether the table has rows now, of whatever load.
///
/// # Errors
///
/// If an append would begin at the beginning although the rows are there.
pub(crate) fn keeps_place(
    last: &State,
    has_rows: bool,
    run: &Run,
    table: &Table,
) -> Result<bool, Error> {
    if run.full_refresh {
        return Ok(false);
    }
    let appends =
        matches!(table.write_disposition, WriteDisposition::Append | WriteDisposition::Skip);
    let Some(fingerprint) = last.next_run_fingerprint() else {
        if appends && has_rows {
            begin_appending(last, table)?;
        }
        return Ok(false);
    };
    let resource = &table.resource;
    let changed = table.range_changes(fingerprint);
    if is_elsewhere(&changed) {
        let words = in_words(&changed);
        if appends && has_rows {
            return Err(appends_again(&words));
        }
        if !table.needs_everything() {
            tracing::warn!(
                "{resource}: the description has changed since the last run ({words}), and this \
                 run begins at the beginning"
            );
        }
        return Ok(false);
    }
    if table.needs_everything() {
        return Ok(true);
    }
    let changed = selected_otherwise(last, table, changed);
    if !changed.is_empty() {
        let words = in_words(&changed);
        tracing::warn!(
            "{resource}: the description has changed since the last run ({words}), and this run \
             begins where that one has ended: records before are as the old one selected them; \
             `full_refresh` loads them again"
        );
    }
    Ok(true)
}

/// What has changed of which records the description selects.
fn selected_otherwise(last: &State, table: &Table, mut changed: Vec<String>) -> Vec<String> {
    let of_load = table.load_changes(&last.fingerprint);
    changed.extend(of_load.into_iter().filter(|part| part == RECORDS));
    changed
}

/// Judges an append that begins at the beginning, of a table that has rows. Without an incremental
/// cursor each run appends everything, as its user wants.
fn begin_appending(last: &State, table: &Table) -> Result<(), Error> {
    // A state that is reset is meant to be. Into another table nothing was appended.
    let disposition = table.disposition_of(&last.fingerprint);
    let Some(disposition) = disposition.filter(|_| last.status != Status::Reset) else {
        return Ok(());
    };
    if !matches!(disposition, WriteDisposition::Append | WriteDisposition::Skip) {
        return Err(appends_again("its write disposition"));
    }
    let is_whole = matches!(last.status, Status::Loaded | Status::Complete);
    if !is_whole || last.rows == 0 {
        return Ok(());
    }
    let of_load = table.load_changes(&last.fingerprint);
    let mut changed = table.range_changes(&last.range_fingerprint);
    let has_range = [&last.range_fingerprint, &table.range_fingerprint];
    if has_range.into_iter().any(|range| is_incremental(range)) {
        changed.extend(of_load.iter().filter(|part| *part == RANGE).cloned());
        if !changed.is_empty() {
            return Err(appends_again(&in_words(&changed)));
        }
        tracing::warn!(
            "{}: the last run has left no place where this one could begin, as its range has an \
             end or its records no cursor: this run appends the records of the range again; \
             with `write_disposition: merge` each is there once",
            table.resource,
        );
    }
    // The same description is left out of the run, unless the table is empty.
    if last.status == Status::Loaded && !of_load.is_empty() {
        return Err(appends_again(&in_words(&of_load)));
    }
    Ok(())
}

fn appends_again(changed: &str) -> Error {
    let message = format!(
        "the description has changed since the last run ({changed}), so that this one would begin at \
         the beginning and append rows that are there a second time; put the old description back, give \
         the pipeline another name, or run it once with `full_refresh`, which appends everything; delete \
         the rows before that if they are not to be there twice"
    );
    Error::new(ErrorKind::WouldDouble, message)
}

/// Whether a state of another source or other settings is of the same load.
fn is_same(other: &State, table: &Table) -> bool {
    let is_same_range = || {
        other.next_run.is_some() && !is_elsewhere(&table.range_changes(range_fingerprint(other)))
    };
    table.load_changes(&other.fingerprint).is_empty() || (may_be(other, table) && is_same_range())
}

/// Earlier releases knew no variants, and a description may have got its settings since, or lost them.
fn may_be(other: &State, table: &Table) -> bool {
    other.variant == table.variant || other.variant.is_empty() || table.variant.is_empty()
}

/// The fingerprint of where its next run begins, or else of where its load did.
fn range_fingerprint(other: &State) -> &str {
    other.next_run_fingerprint().unwrap_or(&other.range_fingerprint)
}

/// Whose state a run takes over that has none of this resource yet: the place of one of the `others`,
/// the newest first, which is of the same pipeline.
pub(crate) fn taken_over(run: &Run, table: &Table, others: &[State]) -> Option<usize> {
    let is_ours = |other: &State| other.pipeline == run.pipeline;
    let place = others.iter().position(|other| is_ours(other) && is_same(other, table));
    if place.is_some() || table.write_disposition != WriteDisposition::Append {
        return place;
    }
    let (resource, variant) = (&table.resource, &table.variant);
    if let Some(State { pipeline, .. }) = others
        .iter()
        .find(|other| !is_ours(other) && table.load_changes(&other.fingerprint).is_empty())
    {
        tracing::warn!(
            "{resource}: the pipeline `{pipeline}` has loaded the same into this table, and this one, \
             `{}`, adds it once more; to continue with what that one has left, give this one its name",
            run.pipeline,
        );
    } else if let Some(other) = others
        .iter()
        .find(|other| is_ours(other) && other.source == run.source && !may_be(other, table))
    {
        tracing::warn!(
            "{resource}: it is loaded for the first time with {variant}, and an append of all of it \
             begins; the rows that it has appended with {} stay",
            other.variant,
        );
    }
    place
}

/// Refuses to append everything again of which the pipeline has state under another name or without its
/// settings, and that is not the same load. `has_rows` says whether the table has some.
///
/// # Errors
///
/// If there is one of the `others`.
pub(crate) fn refuse_renamed(
    run: &Run,
    table: &Table,
    others: &[State],
    has_rows: bool,
) -> Result<(), Error> {
    if table.write_disposition != WriteDisposition::Append || run.full_refresh {
        return Ok(());
    }
    let is_ours = |other: &&State| other.pipeline == run.pipeline && may_be(other, table);
    for other in others.iter().filter(is_ours) {
        if other.next_run.is_some() || other.checkpoint.is_some() {
            let changed = table.range_changes(range_fingerprint(other));
            let mut words = in_words(&changed);
            if other.source != run.source {
                let name = format!("its name, which was `{}`", other.source);
                words = if words.is_empty() { name } else { format!("{name}, {words}") };
            }
            return Err(appends_again(&words));
        }
        if has_rows {
            begin_appending(other, table)?;
        }
    }
    Ok(())
}
