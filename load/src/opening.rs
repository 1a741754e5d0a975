//! How a load begins, by what earlier runs have left and what is there: the same for every destination.

use rest_source::Checkpoint;

use crate::{Error, Run, Shape, Table, begin, resume::Unfinished, state::State};

/// What a destination finds when a load begins.
pub(crate) struct Found<'a> {
    pub(crate) state: Option<&'a State>,
    /// States of the resource of other pipelines, sources and variants, if there is none of this run's.
    pub(crate) others: &'a [State],
    /// Whether the resource's own table has rows.
    pub(crate) has_rows: bool,
    /// Whether rows of the load that has stopped are staged, and whether this destination stages them.
    pub(crate) is_staged: bool,
    pub(crate) stages: bool,
    /// How a user has a load start over, as a clause.
    pub(crate) how_to_restart: String,
}

/// How a load begins.
#[derive(Debug)]
pub(crate) enum Opening {
    /// It resumes what an earlier run has left unfinished.
    Resumed { checkpoint: Box<Checkpoint>, start_over: String },
    /// It is a new one. `keeps_place` says that the place where it begins stays one of the description,
    /// and `is_anew` that no later run begins there either, should this one end before its first batch.
    Begun { keeps_place: bool, is_anew: bool },
}

impl Found<'_> {
    /// Whether the load that an earlier run left unfinished is resumed. `is_missing` says that a table is new,
    /// or was deleted, so that everything must be loaded.
    ///
    /// # Errors
    ///
    /// If rows would be appended a second time; if the checkpoint cannot be read.
    pub(crate) fn open(
        self,
        run: &Run,
        table: &Table,
        shape: &Shape,
        is_missing: bool,
    ) -> Result<Opening, Error> {
        let Found { state, others, has_rows, is_staged, stages, how_to_restart } = self;
        let mut keeps_place = false;
        if !is_missing {
            match state {
                Some(state) => {
                    let left = Unfinished { state, is_staged, how_to_restart };
                    if let Some(checkpoint) = left.go_on(run, table, shape, stages)? {
                        let (checkpoint, start_over) =
                            (Box::new(checkpoint), left.start_over(table, shape));
                        return Ok(Opening::Resumed { checkpoint, start_over });
                    }
                    keeps_place = begin::keeps_place(state, has_rows, run, table)?;
                }
                None => begin::refuse_renamed(run, table, others, has_rows)?,
            }
        }
        Ok(Opening::Begun { keeps_place, is_anew: is_missing || run.full_refresh })
    }
}
