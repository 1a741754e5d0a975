//! What one run leaves for the next.

use super::{
    age::Begun,
    catalog,
    database::{Arguments, Database, Dialect as _, Kind, Row, with},
    failure::Failed,
    history, known,
    own::{Own, columns},
};
use crate::{
    ResourceState, Run, RunReport, Status, Table, begin::taken_over, open_run, relied::Standing,
    state::State,
};

pub(crate) const NAME: &str = "_rest_source_state";

const TABLE: Own = Own {
    columns: columns! {
        id: Id, "the number in the name of the table _rest_source_staging_…";
        pipeline: Text "NOT NULL";
        source: Text "NOT NULL";
        resource: Text "NOT NULL";
        variant: Text "NOT NULL DEFAULT ''", "the settings and arguments of its requests: repo=a";
        status: Text,
            "running, interrupted, failed, reset; loaded: complete in a run that is not; complete";
        checkpoint: Json, "where the load resumes; NULL: it is complete, and the next run begins";
        next_run: Json, "where a run begins; NULL: at the beginning";
        next_run_fingerprint: Text, "of the description that next_run belongs to";
        fingerprint: Text "NOT NULL", "of the description that the checkpoint belongs to";
        range_fingerprint: Text "NOT NULL", "of what in it tells where a next run begins";
        rows: Number "NOT NULL", "committed by this load so far, or by the last complete one";
        records: Number "NOT NULL DEFAULT 0", "the same with those that were set aside or left out";
        run: Number "NOT NULL DEFAULT 0",
            "the last run that has begun with it; 0: that is not known";
        commits: Commits "NOT NULL", "of this load so far";
        staged: Text, "the tables that this load has staged rows in, a list in JSON";
        started_at: Moment "NOT NULL";
        updated_at: Moment "NOT NULL";
    },
    key: Some("UNIQUE (pipeline, source, resource, variant)"),
};

/// The state of a resource.
const OF: &str = "pipeline = $1 AND source = $2 AND resource = $3 AND variant = $4";

/// Creates the loader's own tables, or adds what they lack as an earlier version has made them.
pub(crate) async fn prepare<D: Database>(db: &D) -> Result<(), Failed> {
    TABLE.prepare(db, NAME).await?;
    known::TABLE.prepare(db, known::NAME).await?;
    history::TABLE.prepare(db, history::NAME).await
}

/// A state with what tells it from others.
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) commits: i64,
    /// The places where the load has staged its rows.
    pub(super) staged: Vec<String>,
    pub(super) state: State,
}

/// What states are read from, and what takes the place of a column that an earlier version lacks.
const READ: [(&str, &str); 17] = [
    ("id", "0"),
    ("commits", "0"),
    ("pipeline", "''"),
    ("source", "''"),
    ("resource", "''"),
    ("variant", "''"),
    ("status", "NULL"),
    ("checkpoint", "NULL"),
    ("next_run", "NULL"),
    ("next_run_fingerprint", "NULL"),
    ("fingerprint", "''"),
    ("range_fingerprint", "''"),
    ("rows", "0"),
    ("records", "0"),
    ("started_at", "''"),
    ("updated_at", "''"),
    ("staged", "NULL"),
];

/// The columns of [`READ`], of a table that has some of them.
fn read_from(has: impl Fn(&str) -> bool) -> [&'static str; READ.len()] {
    READ.map(|(column, other)| if has(column) { column } else { other })
}

fn stored(row: &Row) -> Result<Stored, Failed> {
    let checkpoint: Option<String> = row.get(7)?;
    let state = State {
        pipeline: row.get(2)?,
        source: row.get(3)?,
        resource: row.get(4)?,
        variant: row.get(5)?,
        status: Status::read(row.get::<Option<String>>(6)?.as_deref(), checkpoint.is_some()),
        checkpoint,
        next_run: row.get(8)?,
        next_run_fingerprint: row.get(9)?,
        fingerprint: row.get(10)?,
        range_fingerprint: row.get(11)?,
        rows: row.get(12)?,
        records: row.get(13)?,
        started_at: row.get(14)?,
        updated_at: row.get(15)?,
    };
    // A list that was edited by hand and cannot be read names nothing.
    let staged: Option<String> = row.get(16)?;
    let staged = staged.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    Ok(Stored { id: row.get(0)?, commits: row.get(1)?, staged, state })
}

/// States of a resource, by the name of the pipeline, source and variant: `$1` to `$4`.
async fn find<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
    what: &str,
) -> Result<Vec<Stored>, Failed> {
    let has_commits = D::Dialect::own_type(Kind::Commits).is_some();
    let columns = read_from(|column| column != "commits" || has_commits).join(", ");
    let sql = format!("SELECT {columns} FROM _rest_source_state {what}");
    let with = with![&run.pipeline, &run.source, &table.resource, &table.variant];
    db.query(&sql, with).await?.iter().map(stored).collect()
}

/// The state of the resource, or one that it has where the source is called otherwise, or of another
/// variant.
pub(super) async fn of_resource<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
) -> Result<Option<Stored>, Failed> {
    let what = "WHERE pipeline = $1 AND resource = $3 ORDER BY source <> $2, variant <> $4 LIMIT 1";
    Ok(find(db, run, table, what).await?.into_iter().next())
}

/// The state of the resource, which waits for what a run that was killed is still committing.
pub(super) async fn lock<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
) -> Result<Option<Stored>, Failed> {
    let what = format!("WHERE {OF}{}", D::Dialect::FOR_UPDATE);
    Ok(find(db, run, table, &what).await?.into_iter().next())
}

/// Other states of the resource, the newest first, if there is none of this run's.
pub(super) async fn others<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
) -> Result<Vec<Stored>, Failed> {
    let what = format!(
        "WHERE resource = $3 AND NOT EXISTS (SELECT 1 FROM _rest_source_state WHERE {OF})
         ORDER BY updated_at DESC"
    );
    find(db, run, table, &what).await
}

/// Has other loads into the table begin at the beginning, because it has lost their rows, too. Gives how many
/// there are.
pub(super) async fn reset_others<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
) -> Result<u64, Failed> {
    let mut reset = 0;
    let what = format!("WHERE NOT ({OF}) AND (checkpoint IS NOT NULL OR next_run IS NOT NULL)");
    for other in find(db, run, table, &what)
        .await?
        .iter()
        .filter(|other| other.state.is_lost_with(table, run))
    {
        let sql = "UPDATE _rest_source_state
                   SET checkpoint = NULL, next_run = NULL, run = 0, status = 'reset' WHERE id = $1";
        reset += db.execute(sql, with![other.id]).await?;
    }
    Ok(reset)
}

/// Makes what the run's pipeline has left of the same load, when the source was called otherwise, this
/// run's.
pub(super) async fn take_over<D: Database>(db: &D, run: &Run, table: &Table) -> Result<(), Failed> {
    let (ids, others): (Vec<_>, Vec<_>) =
        others(db, run, table).await?.into_iter().map(|other| (other.id, other.state)).unzip();
    if let Some(place) = taken_over(run, table, &others) {
        let sql = "UPDATE _rest_source_state SET source = $2, variant = $3 WHERE id = $1";
        db.execute(sql, with![ids[place], &run.source, &table.variant]).await?;
    }
    Ok(())
}

/// The resources that are complete in the run which this one resumes.
pub(super) async fn completed<D: Database>(
    db: &D,
    run: &Run,
    begun: &Begun,
) -> Result<Vec<String>, Failed> {
    let mut states = Vec::new();
    // What such a state says is told, or refused, when the table is opened.
    for table in run.tables.iter().filter(|table| begun.standing(table) == Standing::Agrees) {
        // Of a table that was deleted, everything must be loaded.
        if let Some(stored) = find(db, run, table, &format!("WHERE {OF}")).await?.into_iter().next()
            && let Some(has_rows) = catalog::has_rows(db, &table.name).await?
        {
            states.push((table, stored.state, has_rows));
        }
    }
    let left = states.iter();
    let left = left.map(|(table, state, has_rows)| {
        let (table, has_rows) = (*table, *has_rows);
        open_run::Left { table, state, has_rows }
    });
    let left: Vec<_> = left.collect();
    Ok(open_run::completed(run, &left, begun.has_failed))
}

/// Records how the loads of a run have ended, and whether the run has.
pub(super) async fn end<D: Database>(
    db: &D,
    run: &Run,
    number: i64,
    report: &RunReport,
) -> Result<(), Failed> {
    let (unfinished, is_complete) = open_run::ended(run, report);
    let (pipeline, source) = (&run.pipeline, &run.source);
    let sql = format!(
        "UPDATE _rest_source_state SET status = $5 WHERE {OF} AND status = 'running' AND run = $6"
    );
    for (Table { resource, variant, .. }, status) in unfinished {
        let with = with![pipeline, source, resource, variant, status.name(), number];
        db.execute(&sql, with).await?;
    }
    if is_complete && !run.tables.is_empty() {
        let mut with = Arguments(vec![pipeline.into(), source.into()]);
        let keys = run.tables.iter().map(|Table { resource, variant, .. }| {
            format!("({}, {})", with.add(resource), with.add(variant))
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        let resources = run.tables.iter().map(|table| with.add(&table.resource));
        let resources = resources.collect::<Vec<_>>().join(", ");
        // With its last resource, a run is complete also for those that this one did not load. One of
        // other settings is open while a resource is loaded in it.
        let sql = format!(
            "UPDATE _rest_source_state SET status = 'complete'
             WHERE pipeline = $1 AND source = $2 AND status = 'loaded'
               AND ((resource, variant) IN (VALUES {keys}) OR NOT EXISTS (
                 SELECT 1 FROM _rest_source_state WHERE pipeline = $1 AND source = $2
                   AND (status IN ('running', 'interrupted', 'failed')
                     OR (status = 'loaded' AND resource IN ({resources})
                       AND (resource, variant) NOT IN (VALUES {keys})))))",
        );
        db.execute(&sql, &with.0).await?;
    }
    Ok(())
}

/// Everything that is known, of a database that may have nothing, or what an earlier version has made.
pub(crate) async fn all<D: Database>(db: &D) -> Result<Vec<ResourceState>, Failed> {
    let columns = catalog::columns(db, NAME).await?;
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    let sql = format!(
        "SELECT {} FROM _rest_source_state ORDER BY pipeline, source, id",
        read_from(has).join(", "),
    );
    let states = db.query(&sql, with![]).await?;
    let states = states.iter().map(|row| Ok(stored(row)?.state.shown()));
    let mut states = states.collect::<Result<_, Failed>>()?;
    open_run::show_failed(&mut states, history::failed(db).await?);
    Ok(states)
}

/// Forgets where loads resume and where runs begin. What is staged is dropped when the next one does.
/// Of a run that has lost its lock nothing is committed any more.
pub(crate) async fn reset<D: Database>(
    db: &D,
    pipeline: &str,
    resource: Option<&str>,
) -> Result<u64, Failed> {
    let sql = "UPDATE _rest_source_state AS state
               SET checkpoint = NULL, next_run = NULL, run = 0, status = 'reset'
               WHERE pipeline = $1 AND ($2 IS NULL OR resource = $2)
                 AND (checkpoint IS NOT NULL OR next_run IS NOT NULL
                   OR status IN ('running', 'loaded')
                   OR run NOT IN (0, (SELECT max(run) FROM _rest_source_runs AS runs
                     WHERE runs.pipeline = state.pipeline AND runs.source = state.source
                       AND runs.resource = state.resource AND runs.variant = state.variant)))";
    db.execute(sql, with![pipeline, resource]).await
}
