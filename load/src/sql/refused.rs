//! Records that a database refuses when their rows are written: a row or a key that is too large, say. What it would
//! refuse by its value alone is found before.

use crate::{Batch, Error, ErrorKind, OnBadRecord, Rejected, Rows, Table};

/// What tries to write rows.
pub(crate) trait Probe {
    fn table(&self) -> &Table;

    /// Why the database does not take these rows of a batch, of which nothing is left.
    async fn probe(&mut self, batch: &Batch, rows: &Rows<'_>) -> Result<Option<Error>, Error>;
}

/// Finds the records of a batch that the database does not take, each by itself, and gives the rows without them; they
/// are among those that are set aside then. `None` if it is no single record.
///
/// # Errors
///
/// The first of them, unless such records are set aside; those of the probe.
pub(crate) async fn without_refused<'a, P: Probe>(
    with: &mut P,
    batch: &Batch,
    rows: &Rows<'a>,
) -> Result<Option<Rows<'a>>, Error> {
    let records: Vec<_> = rows.tables[0].iter().map(|row| row.record).collect();
    let only = |records: &[usize]| rows.only(|record| records.binary_search(&record).is_ok());
    if with.probe(batch, &only(&[])).await?.is_some() {
        return Ok(None);
    }
    let mut refused = Vec::new();
    // Halves of which one is known to be refused, the first on top.
    let mut halves = vec![&records[..]];
    while let Some(half) = halves.pop() {
        let Some(error) = with.probe(batch, &only(half)).await? else { continue };
        let [record] = half else {
            let (first, second) = half.split_at(half.len() / 2);
            halves.extend([second, first].into_iter().filter(|half| !half.is_empty()));
            continue;
        };
        if with.table().on_bad_record == OnBadRecord::Fail {
            let place = batch.place(*record);
            return Err(Error::caused_by(ErrorKind::Record, place, error));
        }
        refused.push((*record, error.to_string()));
    }
    if refused.is_empty() {
        return Ok(None);
    }
    let mut others = rows.only(|record| refused.iter().all(|(refused, _)| *refused != record));
    for (record, reason) in refused {
        if let Some((page, index)) = batch.page_of(record) {
            let record = page.records.get(index);
            others.rejected.push(Rejected::of(page, index, reason, record));
        }
    }
    Ok(Some(others))
}
