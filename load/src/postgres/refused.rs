//! Records that PostgreSQL refuses when their rows are written: a row or a key that is too large, say.
//! What it would refuse by its value alone is found before, in `value`.

use super::session::{BEGIN, PostgresWriter};
use crate::{Batch, Error, ErrorKind, OnBadRecord, Rejected, Rows, sql::failure::failed};

impl PostgresWriter {
    /// Finds the records of a batch that PostgreSQL does not take, each by itself, and gives the rows
    /// without them; they are among those that are set aside then. `None` if it is no single record.
    ///
    /// # Errors
    ///
    /// The first of them, unless such records are set aside.
    pub(super) async fn without_refused<'a>(
        &mut self,
        batch: &Batch,
        rows: &Rows<'a>,
    ) -> Result<Option<Rows<'a>>, Error> {
        let records: Vec<_> = rows.tables[0].iter().map(|row| row.record).collect();
        if self.probe(batch, rows, &[]).await?.is_some() {
            return Ok(None);
        }
        let mut refused = Vec::new();
        // Halves of which one is known to be refused, the first on top.
        let mut halves = vec![&records[..]];
        while let Some(half) = halves.pop() {
            let Some(error) = self.probe(batch, rows, half).await? else { continue };
            let [record] = half else {
                let (first, second) = half.split_at(half.len() / 2);
                halves.extend([second, first].into_iter().filter(|half| !half.is_empty()));
                continue;
            };
            if self.target.table.on_bad_record == OnBadRecord::Fail {
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

    /// Why these records cannot be written, of which nothing is left.
    async fn probe(
        &mut self,
        batch: &Batch,
        rows: &Rows<'_>,
        records: &[usize],
    ) -> Result<Option<Error>, Error> {
        let rows = rows.only(|record| records.binary_search(&record).is_ok());
        let client = self.lent.take().await?;
        let cannot = || failed("a transaction cannot be tried");
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        let written = self.target.write_rows(&client, batch, &rows).await;
        client.batch_execute("ROLLBACK").await.map_err(cannot())?;
        self.lent.give_back(client);
        match written {
            Ok(_) => Ok(None),
            Err(error) if error.refuses_rows() => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }
}
