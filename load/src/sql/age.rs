//! Which run a state is of, and what the history says of the runs of its resource: what a database that was
//! restored in part shows of it.

use std::collections::HashMap;

use crate::{Table, relied::Standing};

/// What is asked of a pipeline, source, resource and variant, `$1` to `$4`, before the run `$5`: gives the
/// columns of [`Age`] in their order.
pub(crate) const AGE: &str = "
SELECT state.id, state.run,
  coalesce(state.status = 'running' AND EXISTS (
    SELECT 1 FROM _rest_source_runs AS own
    WHERE own.run = state.run AND own.resource = state.resource
      AND own.outcome IN ('complete', 'failed', 'stopped')), false),
  (SELECT run FROM _rest_source_runs
   WHERE pipeline = $1 AND resource = $3 AND run < $5 ORDER BY run DESC LIMIT 1),
  (SELECT run FROM _rest_source_runs
   WHERE pipeline = $1 AND source = $2 AND resource = $3 AND variant = $4 AND run < $5
     AND run >= coalesce(state.run, 0)
     AND (rows > 0 OR records > 0 OR outcome = 'interrupted')
   ORDER BY run DESC LIMIT 1),
  coalesce((SELECT outcome = 'failed' FROM _rest_source_runs
   WHERE pipeline = $1 AND source = $2 AND resource = $3 AND variant = $4 AND run < $5
   ORDER BY run DESC LIMIT 1), false),
  (SELECT max(run) FROM _rest_source_state WHERE pipeline = $1 AND resource = $3)
FROM (SELECT 1) AS one LEFT JOIN _rest_source_state AS state
  ON state.pipeline = $1 AND state.source = $2 AND state.resource = $3 AND state.variant = $4";

/// Makes a state that agrees with the history one of the run `$2` that has begun, so that it is the last
/// one also if its load does not begin.
pub(crate) const CLAIM: &str = "UPDATE _rest_source_state SET run = $2 WHERE id = $1";

/// Resources whose last run has failed: what their states are found by, when it began and when it ended. A
/// source may have been called otherwise before.
pub(crate) const FAILED: &str = "
SELECT runs.pipeline, runs.source, runs.resource, runs.variant, runs.started_at,
  coalesce(runs.ended_at, runs.started_at) AS ended_at
FROM _rest_source_runs AS runs JOIN (
  SELECT max(run) AS run, pipeline, resource FROM _rest_source_runs GROUP BY pipeline, resource
) AS last USING (run, pipeline, resource)
WHERE runs.outcome = 'failed' AND runs.variant IS NOT NULL
ORDER BY runs.pipeline, runs.source, runs.resource";

/// What is known of a state and of the runs before this one.
pub(crate) struct Age {
    pub(crate) id: Option<i64>,
    /// The run that it is of; 0 if that is not known.
    pub(crate) run: Option<i64>,
    /// Whether it says that its load is running, and the history that its run has ended.
    pub(crate) is_overtaken: bool,
    /// The last run of the resource, whatever its source was called and its settings were.
    pub(crate) last: Option<i64>,
    /// The last one since the state's that has written rows, or may have: of one that was killed it is unknown
    /// knows. Of earlier ones, which may be many, there is nothing to learn.
    pub(crate) last_written: Option<i64>,
    /// Whether the last one has failed.
    pub(crate) has_failed: bool,
    /// The last run of any state of the resource: this one may have been taken over by another source or
    /// other settings since.
    pub(crate) any: Option<i64>,
}

impl Age {
    pub(crate) fn standing(&self) -> Standing {
        let Some((id, run)) = self.id.zip(self.run) else {
            let is_gone =
                self.last_written.is_some_and(|last| self.any.is_none_or(|any| any < last));
            return if is_gone { Standing::Gone } else { Standing::Agrees };
        };
        match (self.last_written, self.last) {
            _ if run == 0 => Standing::Agrees,
            (Some(last), _) if run < last || (run == last && self.is_overtaken) => {
                Standing::Older { id, run, last }
            }
            (_, Some(last)) if last < run => Standing::Newer { run, last },
            _ => Standing::Agrees,
        }
    }
}

/// What a run finds when it begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Begun {
    /// Whether there was a state of any resource.
    pub(crate) had_states: bool,
    /// Whether the last run of a resource has failed.
    pub(crate) has_failed: bool,
    /// By the resource, of states that do not agree with the history.
    standings: HashMap<String, Standing>,
}

impl Begun {
    pub(crate) fn new(had_states: bool) -> Begun {
        Begun { had_states, ..Begun::default() }
    }

    pub(crate) fn add(&mut self, table: &Table, age: &Age) -> Standing {
        self.has_failed |= age.has_failed;
        let standing = age.standing();
        if standing != Standing::Agrees {
            self.standings.insert(table.resource.clone(), standing);
        }
        standing
    }

    pub(crate) fn standing(&self, table: &Table) -> Standing {
        self.standings.get(&table.resource).copied().unwrap_or_default()
    }
}
