//! Where a load begins that resumes nothing, and whose state it begins with: the same for every
//! destination.

use rest_source::plan::WriteDisposition;

use crate::{
    Error, ErrorKind, Run, Status, Table,
    fingerprint::{RANGE, RECORDS, in_words, is_elsewhere, is_incremental},
};

/// What a destination remembers of the last load of a resource.
pub(crate) struct Last {
    pub(crate) status: Status,
    /// [`Table::fingerprint`] and [`Table::range_fingerprint`] as they were when it began.
    pub(crate) fingerprint: String,
    pub(crate) range_fingerprint: String,
    /// The latter of the place where a next run begins, if there is one.
    pub(crate) next_run_fingerprint: Option<String>,
    pub(crate) rows: u64,
    /// Whether the table has rows now, of whatever load.
    pub(crate) has_rows: bool,
}

impl Last {
    /// Whether the load begins at the place that is known, which a description keeps that has the same
    /// server, path and incremental cursor. Otherwise it begins at the beginning.
    ///
    /// # Errors
    ///
    /// If an append would begin at the beginning although the rows are there.
    pub(crate) fn keeps_place(&self, run: &Run, table: &Table) -> Result<bool, Error> {
        if run.full_refresh {
            return Ok(false);
        }
        let appends = table.write_disposition == WriteDisposition::Append;
        let Some(fingerprint) = &self.next_run_fingerprint else {
            if appends && self.has_rows {
                self.begin_appending(table)?;
            }
            return Ok(false);
        };
        let resource = &table.resource;
        let changed = table.range_changes(fingerprint);
        if is_elsewhere(&changed) {
            let words = in_words(&changed);
            if appends && self.has_rows {
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
        let changed = self.selected_otherwise(table, changed);
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
    fn selected_otherwise(&self, table: &Table, mut changed: Vec<String>) -> Vec<String> {
        let of_load = table.load_changes(&self.fingerprint);
        changed.extend(of_load.into_iter().filter(|part| part == RECORDS));
        changed
    }

    /// Judges an append that begins at the beginning, of a table that has rows. Without an incremental
    /// cursor each run appends everything, as its user wants.
    fn begin_appending(&self, table: &Table) -> Result<(), Error> {
        // Whoever resets a state wants it so. Into another table nothing was appended.
        let disposition = table.disposition_of(&self.fingerprint);
        let Some(disposition) = disposition.filter(|_| self.status != Status::Reset) else {
            return Ok(());
        };
        if !matches!(disposition, WriteDisposition::Append | WriteDisposition::Skip) {
            return Err(appends_again("its write disposition"));
        }
        let is_whole = matches!(self.status, Status::Loaded | Status::Complete);
        if !is_whole || self.rows == 0 {
            return Ok(());
        }
        let of_load = table.load_changes(&self.fingerprint);
        let mut changed = table.range_changes(&self.range_fingerprint);
        let has_range = [&self.range_fingerprint, &table.range_fingerprint];
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
        if self.status == Status::Loaded && !of_load.is_empty() {
            return Err(appends_again(&in_words(&of_load)));
        }
        Ok(())
    }
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

/// What a destination remembers of a resource of this name whose state is not that of this run: of
/// another pipeline or source, or of other settings or arguments.
pub(crate) struct Other {
    pub(crate) pipeline: String,
    pub(crate) source: String,
    pub(crate) variant: String,
    pub(crate) fingerprint: String,
    /// That of `next_run`, if there is one.
    pub(crate) range_fingerprint: String,
    pub(crate) has_next_run: bool,
    pub(crate) has_checkpoint: bool,
    pub(crate) status: Status,
    pub(crate) rows: u64,
}

impl Other {
    /// Whether it is of the same load, whose source was called otherwise, or whose settings were.
    fn is_same(&self, table: &Table) -> bool {
        let is_same_range =
            || self.has_next_run && !is_elsewhere(&table.range_changes(&self.range_fingerprint));
        table.load_changes(&self.fingerprint).is_empty() || (self.may_be(table) && is_same_range())
    }

    /// Earlier releases knew no variants, and a description may have got its settings since, or lost them.
    fn may_be(&self, table: &Table) -> bool {
        self.variant == table.variant || self.variant.is_empty() || table.variant.is_empty()
    }
}

/// Whose state a run takes over that has none of this resource yet: the place of one of the `others`,
/// the newest first, which is of the same pipeline.
pub(crate) fn taken_over(run: &Run, table: &Table, others: &[Other]) -> Option<usize> {
    let is_ours = |other: &Other| other.pipeline == run.pipeline;
    let place = others.iter().position(|other| is_ours(other) && other.is_same(table));
    if place.is_some() || table.write_disposition != WriteDisposition::Append {
        return place;
    }
    let (resource, variant) = (&table.resource, &table.variant);
    if let Some(Other { pipeline, .. }) = others
        .iter()
        .find(|other| !is_ours(other) && table.load_changes(&other.fingerprint).is_empty())
    {
        tracing::warn!(
            "{resource}: the pipeline `{pipeline}` has loaded the same into this table, and this one, \
             `{}`, adds it once more; to go on with what that one has left, give this one its name",
            run.pipeline,
        );
    } else if let Some(other) = others
        .iter()
        .find(|other| is_ours(other) && other.source == run.source && !other.may_be(table))
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
    others: &[Other],
    has_rows: bool,
) -> Result<(), Error> {
    if table.write_disposition != WriteDisposition::Append || run.full_refresh {
        return Ok(());
    }
    let is_ours = |other: &&Other| other.pipeline == run.pipeline && other.may_be(table);
    for other in others.iter().filter(is_ours) {
        if other.has_next_run || other.has_checkpoint {
            let changed = table.range_changes(&other.range_fingerprint);
            let mut words = in_words(&changed);
            if other.source != run.source {
                let name = format!("its name, which was `{}`", other.source);
                words = if words.is_empty() { name } else { format!("{name}, {words}") };
            }
            return Err(appends_again(&words));
        }
        if has_rows {
            let last = Last {
                status: other.status,
                fingerprint: other.fingerprint.clone(),
                range_fingerprint: other.range_fingerprint.clone(),
                next_run_fingerprint: None,
                rows: other.rows,
                has_rows,
            };
            last.begin_appending(table)?;
        }
    }
    Ok(())
}
