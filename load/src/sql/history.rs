//! What runs have done.

use super::{
    age::FAILED,
    catalog,
    database::{Argument, Arguments, Database, Dialect as _, Row, with},
    failure::Failed,
    own::{Own, columns},
};
use crate::{ResourceState, Run, RunReport, open_run};

pub(super) const NAME: &str = "_rest_source_runs";

pub(super) const TABLE: Own = Own {
    columns: columns! {
        run: Number "NOT NULL", "counts the runs of all pipelines";
        pipeline: Text "NOT NULL";
        source: Text "NOT NULL";
        resource: Text "NOT NULL";
        outcome: Text "NOT NULL",
            "running, complete, failed, stopped; interrupted: the process ended in it";
        rows: Number "NOT NULL DEFAULT 0", "that the run has committed";
        rejected: Number "NOT NULL DEFAULT 0", "records that were set aside";
        discarded: Number "NOT NULL DEFAULT 0", "records that the schema contract leaves out";
        pages: Number "NOT NULL DEFAULT 0";
        retries: Number "NOT NULL DEFAULT 0";
        bytes: Number "NOT NULL DEFAULT 0", "of responses, after decompression";
        started_at: Moment "NOT NULL";
        ended_at: Moment;
        error: Text;
        records: Number, "that came, with those that are no rows";
        new: Number, "rows that were added; NULL if that is not known";
        updated: Number, "rows that were updated; NULL if that is not known";
        unchanged: Number, "records whose row was left as it was; NULL if that is not known";
        variant: Text,
            "the settings and arguments of its requests; NULL in runs of earlier versions";
    },
    key: Some("PRIMARY KEY (run, resource)"),
};

/// Records that a run has begun, and gives its number.
pub(crate) async fn begin<D: Database>(db: &D, run: &Run) -> Result<i64, Failed> {
    // Whatever was running is not any more: a pipeline has one run at a time.
    let sql = "UPDATE _rest_source_runs SET outcome = 'interrupted'
               WHERE pipeline = $1 AND outcome = 'running'";
    db.execute(sql, with![&run.pipeline]).await?;
    D::Dialect::hold(db, NAME).await?;
    // A state remembers the run that it is of, also where the history is an older one.
    let sql = "SELECT coalesce(max(run), 0) + 1 FROM (
                 SELECT max(run) AS run FROM _rest_source_runs
                 UNION ALL SELECT max(run) FROM _rest_source_state) AS runs";
    let number = db.first(sql, with![]).await?.map_or(Ok(1), |row| row.get(0))?;
    if run.tables.is_empty() {
        return Ok(number);
    }
    let mut with = Arguments::default();
    let (number_at, now) = (with.add(number), D::Dialect::NOW);
    let [pipeline, source] = [&run.pipeline, &run.source].map(|name| with.add(name));
    let rows = run.tables.iter().map(|table| {
        let [resource, variant] = [&table.resource, &table.variant].map(|name| with.add(name));
        format!("({number_at}, {pipeline}, {source}, {resource}, {variant}, 'running', {now})")
    });
    let sql = format!(
        "INSERT INTO _rest_source_runs
           (run, pipeline, source, resource, variant, outcome, started_at)
         VALUES {}",
        rows.collect::<Vec<_>>().join(", "),
    );
    db.execute(&sql, &with.0).await?;
    Ok(number)
}

/// Resources whose last run has failed, of a database that may have no history.
pub(super) async fn failed<D: Database>(db: &D) -> Result<Vec<ResourceState>, Failed> {
    if catalog::columns(db, NAME).await?.iter().all(|column| column.name != "variant") {
        // An earlier version has made it.
        return Ok(Vec::new());
    }
    let failed = |row: &Row| {
        let key = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
        Ok(open_run::failed(key, row.get(4)?, row.get(5)?))
    };
    db.query(FAILED, with![]).await?.iter().map(failed).collect()
}

/// Records how a run has ended.
pub(super) async fn end<D: Database>(db: &D, run: i64, report: &RunReport) -> Result<(), Failed> {
    let sql = format!(
        "UPDATE _rest_source_runs SET outcome = $3, rows = $4, rejected = $5, discarded = $6,
           pages = $7, retries = $8, bytes = $9, ended_at = {}, error = $10, records = $11,
           new = $12, updated = $13, unchanged = $14
         WHERE run = $1 AND resource = $2",
        D::Dialect::NOW,
    );
    for report in &report.resources {
        let mut with: Vec<Argument<'_>> =
            vec![run.into(), (&report.resource).into(), report.outcome.name().into()];
        with.extend(report.counts().map(Argument::from));
        with.push(report.outcome.error().into());
        with.extend(report.later_counts().map(Argument::from));
        db.execute(&sql, &with).await?;
    }
    Ok(())
}
