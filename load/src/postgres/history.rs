//! What runs have done, in a table that a person can read.

use tokio_postgres::{Client, Error, types::Type};

use super::schema;
use crate::{ResourceState, Run, RunReport, open_run, sql::age::FAILED};

pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_runs (
  run bigint NOT NULL,
  pipeline text NOT NULL,
  source text NOT NULL,
  resource text NOT NULL,
  outcome text NOT NULL,
  rows bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  discarded bigint NOT NULL DEFAULT 0,
  pages bigint NOT NULL DEFAULT 0,
  retries bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  error text,
  records bigint,
  new bigint,
  updated bigint,
  unchanged bigint,
  variant text,
  PRIMARY KEY (run, resource)
);
COMMENT ON COLUMN _rest_source_runs.run IS 'counts the runs of all pipelines';
COMMENT ON COLUMN _rest_source_runs.outcome IS
  'running, complete, failed, stopped; interrupted: the process ended in it';
COMMENT ON COLUMN _rest_source_runs.rows IS 'that the run has committed';
COMMENT ON COLUMN _rest_source_runs.rejected IS 'records that were set aside';
COMMENT ON COLUMN _rest_source_runs.discarded IS
  'records that the schema contract leaves out';
COMMENT ON COLUMN _rest_source_runs.records IS 'that came, with those that are no rows';
COMMENT ON COLUMN _rest_source_runs.new IS 'rows that were added; NULL if that is not known';
COMMENT ON COLUMN _rest_source_runs.updated IS 'rows that were updated; NULL if that is not known';
COMMENT ON COLUMN _rest_source_runs.unchanged IS
  'records whose row was left as it was; NULL if that is not known';
COMMENT ON COLUMN _rest_source_runs.variant IS
  'the settings and arguments of its requests; NULL in runs of earlier versions';
COMMENT ON COLUMN _rest_source_runs.bytes IS 'of responses, after decompression';
";

/// Records that a run has begun, and gives its number.
pub(super) async fn begin(client: &Client, run: &Run) -> Result<i64, Error> {
    // Whatever was running is not any more: one run of a pipeline goes on at a time.
    client
        .execute_typed(
            "UPDATE _rest_source_runs SET outcome = 'interrupted'
             WHERE pipeline = $1 AND outcome = 'running'",
            &[(&run.pipeline, Type::TEXT)],
        )
        .await?;
    // The state remembers the number of the run that it belongs to, also of one that had no resource.
    let sql = "SELECT greatest(
                 (SELECT coalesce(max(run), 0) FROM _rest_source_runs),
                 (SELECT coalesce(max(run), 0) FROM _rest_source_state)) + 1";
    let number: i64 = client.query_typed_one(sql, &[]).await?.get(0);
    let resources: Vec<&str> = run.tables.iter().map(|table| &*table.resource).collect();
    let variants: Vec<&str> = run.tables.iter().map(|table| &*table.variant).collect();
    client
        .execute_typed(
            "INSERT INTO _rest_source_runs
               (run, pipeline, source, resource, variant, outcome, started_at)
             SELECT $1, $2, $3, resource, variant, 'running', clock_timestamp()
             FROM unnest($4, $5) AS of (resource, variant)",
            &[
                (&number, Type::INT8),
                (&run.pipeline, Type::TEXT),
                (&run.source, Type::TEXT),
                (&resources, Type::TEXT_ARRAY),
                (&variants, Type::TEXT_ARRAY),
            ],
        )
        .await?;
    Ok(number)
}

/// Resources whose last run has failed.
pub(super) async fn failed(client: &Client) -> Result<Vec<ResourceState>, Error> {
    let name = "_rest_source_runs";
    if !schema::exists(client, name).await? || !schema::has_column(client, name, "variant").await? {
        // An earlier version has made it.
        return Ok(Vec::new());
    }
    let text = |moment| format!(r#"to_char({moment}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"')"#);
    let sql = format!(
        "SELECT pipeline, source, resource, variant, {}, {} FROM ({FAILED}) AS failed",
        text("started_at"),
        text("ended_at"),
    );
    let failed = client.query_typed(&sql, &[]).await?;
    let failed = failed.iter().map(|row| {
        let key = [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?];
        Ok(open_run::failed(key, row.try_get(4)?, row.try_get(5)?))
    });
    failed.collect()
}

/// Records how a run has ended.
pub(super) async fn end(client: &Client, run: i64, report: &RunReport) -> Result<(), Error> {
    for report in &report.resources {
        let [rows, rejected, discarded, pages, retries, bytes] = report.counts();
        let [records, new, updated, unchanged] = report.later_counts();
        client
            .execute_typed(
                "UPDATE _rest_source_runs SET outcome = $3, rows = $4, rejected = $5,
                   discarded = $6, pages = $7, retries = $8, bytes = $9,
                   ended_at = clock_timestamp(), error = $10,
                   records = $11, new = $12, updated = $13, unchanged = $14
                 WHERE run = $1 AND resource = $2",
                &[
                    (&run, Type::INT8),
                    (&report.resource, Type::TEXT),
                    (&report.outcome.name(), Type::TEXT),
                    (&rows, Type::INT8),
                    (&rejected, Type::INT8),
                    (&discarded, Type::INT8),
                    (&pages, Type::INT8),
                    (&retries, Type::INT8),
                    (&bytes, Type::INT8),
                    (&report.outcome.error(), Type::TEXT),
                    (&records, Type::INT8),
                    (&new, Type::INT8),
                    (&updated, Type::INT8),
                    (&unchanged, Type::INT8),
                ],
            )
            .await?;
    }
    Ok(())
}
