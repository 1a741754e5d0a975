//! Records that are set aside because they cannot be stored.

use super::{
    database::{Arguments, Database, Dialect as _},
    failure::Failed,
    own::{Own, columns},
    quote,
};
use crate::{Rejected, Shape};

/// The record is text, as JSON of the database may be what it was refused by.
const TABLE: Own = Own {
    columns: columns! {
        run: Number, "as `_rest_source_runs` counts them";
        page: Number "NOT NULL", "of the fetch, from 1";
        record: Number "NOT NULL", "of the page, from 1";
        reason: Text "NOT NULL";
        json: Text "NOT NULL", "the record";
        rejected_at: Moment "NOT NULL";
    },
    key: None,
};

/// How many are written by one statement.
const AT_ONCE: usize = 1_000;

/// Writes them into the table beside that of their resource, which is created for the first.
pub(super) async fn write<D: Database>(
    db: &D,
    shape: &Shape,
    run: i64,
    rejected: &[Rejected],
) -> Result<(), Failed> {
    if rejected.is_empty() {
        return Ok(());
    }
    let name = shape.rejected();
    TABLE.prepare(db, &name).await?;
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    for rejected in rejected.chunks(AT_ONCE) {
        let mut with = Arguments::default();
        let run = with.add(run);
        let rows = rejected.iter().map(|Rejected { page, record, reason, json }| {
            let [page, record] = [page, record].map(|at| with.add(number(*at)));
            let [reason, json] = [reason, json].map(|text| with.add(text));
            format!("({run}, {page}, {record}, {reason}, {json}, {})", D::Dialect::NOW)
        });
        let rows = rows.collect::<Vec<_>>().join(", ");
        let sql = format!(
            "INSERT INTO {} (run, page, record, reason, json, rejected_at) VALUES {rows}",
            quote(&name),
        );
        db.execute(&sql, &with.0).await?;
    }
    Ok(())
}
