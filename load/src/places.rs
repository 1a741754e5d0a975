//! Where the next runs of a resource begin, for those who keep that beside rows that are loaded without a destination of
//! this crate.

use std::collections::BTreeMap;

use rest_source::{AnyResource, Checkpoint, Start, plan::WriteDisposition};
use serde::{Deserialize, Serialize};

use crate::{
    Error, ErrorKind, OnBadRecord, Table,
    fingerprint::{in_words, is_elsewhere},
};

/// Where the next runs of an incremental resource begin: one place for each of its [`variant`](crate::variant)s. As serde
/// writes it, it is kept with the rows, in one transaction.
///
/// ```
/// use rest_source::{AnyResource, Checkpoint};
/// use rest_source_load::{Error, IntoArrow, Places};
///
/// # fn run(resource: AnyResource, mut places: Places) -> Result<Places, Error> {
/// let batches = resource.clone().arrow_table(10_000, places.start(&resource)?)?;
/// # let last = Checkpoint::default();
/// // … and behind the last batch:
/// if let Some(next) = last.next_run() {
///     places.leave(&resource, next)?;
/// }
/// # Ok(places)
/// # }
/// ```
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Places(BTreeMap<String, Place>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    next_run: Checkpoint,
    /// The fingerprint of what the place relies on.
    fingerprint: String,
}

impl Places {
    /// How a run of this resource begins: where the last one has ended, unless the description has changed so that this
    /// place means nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WouldDouble`] if rows are appended, and this run would begin at the beginning.
    pub fn start(&self, resource: &AnyResource) -> Result<Start, Error> {
        let table = Table::of(resource, OnBadRecord::Fail)?;
        let appends =
            matches!(table.write_disposition, WriteDisposition::Append | WriteDisposition::Skip);
        let start = Start::default().strict(table.needs_everything()).appends(appends);
        let Some(place) = self.0.get(&table.variant).filter(|_| !table.needs_everything()) else {
            return Ok(start);
        };
        let changed = table.range_changes(&place.fingerprint);
        if !is_elsewhere(&changed) {
            return Ok(start.resume(Some(place.next_run.clone())));
        }
        let words = in_words(&changed);
        if appends {
            let message = format!(
                "the description of `{}` has changed since the last run ({words}), so that this one would begin at the \
                 beginning and append rows that are there a second time; put the old description back, or remove the \
                 state of the resource and its rows",
                table.resource
            );
            return Err(Error::new(ErrorKind::WouldDouble, message));
        }
        tracing::warn!(
            "{}: the description has changed since the last run ({words}), and this run begins at the beginning",
            table.resource
        );
        Ok(start)
    }

    /// Takes over where a run of this resource has ended: the [`next_run`](Checkpoint::next_run) of its last checkpoint.
    ///
    /// # Errors
    ///
    /// As for [`IntoArrow::arrow_table`](crate::IntoArrow::arrow_table).
    pub fn leave(&mut self, resource: &AnyResource, next_run: Checkpoint) -> Result<(), Error> {
        let table = Table::of(resource, OnBadRecord::Fail)?;
        let place = Place { next_run, fingerprint: table.range_fingerprint };
        self.0.insert(table.variant, place);
        Ok(())
    }
}
