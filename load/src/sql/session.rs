//! A run on a database, and what it writes into: what all databases do between the beginning of a
//! transaction and its end.

use rest_source::plan::Column;

use super::{
    age::Begun,
    database::{Database, Dialect as _},
    failure::{Failed, failed},
    history, known,
    load::{self, Load},
    rejected, relied,
    schema::{self, Present},
    staging::staging,
    state,
    unique::refused,
};
use crate::{
    Batch, Changes, Error, Rows, Run, RunReport, Shape, Table, Value, Written, table::Created,
};

/// How a database writes many rows, each in its fastest way.
pub(crate) trait Write: Database {
    /// Whether a column takes a value, and why not.
    fn accepts(
        _column: &Column,
        _value: &Value<'_>,
        _is_key: impl FnOnce() -> bool,
    ) -> Result<(), String> {
        Ok(())
    }

    /// Writes the rows of a batch: into their tables, or, if the load stages them, into its own.
    async fn write(
        &self,
        target: &Target,
        batch: &Batch,
        rows: &Rows<'_>,
    ) -> Result<Changes, Error>;

    /// Makes the rows in these places rows of the tables.
    async fn move_in(&self, target: &Target, staging: &[String]) -> Result<Changes, Failed>;
}

/// A run that has begun.
#[derive(Debug)]
pub(crate) struct Started {
    pub(crate) run: Run,
    /// Its number in the history.
    number: i64,
    /// The resources that are complete in the run which this one resumes.
    pub(crate) completed: Vec<String>,
    begun: Begun,
    created: Created,
}

impl Started {
    /// Records that a run has begun, whose number in the history is this one.
    pub(crate) async fn new<D: Database>(db: &D, run: Run, number: i64) -> Result<Started, Failed> {
        for table in &run.tables {
            state::take_over(db, &run, table).await?;
        }
        let begun = relied::begin(db, &run, number).await?;
        let completed = state::completed(db, &run, &begun).await?;
        Ok(Started { run, number, completed, begun, created: Created::default() })
    }

    /// Makes a table ready.
    pub(crate) async fn open<D: Write>(&self, db: &D, table: &Table) -> Result<Target, Error> {
        let Started { run, number, begun, created, .. } = self;
        let mut shape =
            Shape::of(table, D::Dialect::MAX_NAME)?.reserving(D::Dialect::RESERVED_COLUMNS);
        recall(db, &mut shape).await?;
        let is_gone = relied::check(db, run, table, &shape, begun).await?;
        let open = load::open(db, run, *number, table, &shape, is_gone, created);
        let (load, present) = open.await?;
        let is_partitioned = D::Dialect::is_partitioned(db, &shape.tables()[0].name).await;
        let is_partitioned = is_partitioned.map_err(failed("the table cannot be prepared"))?;
        Ok(Target { table: table.clone(), shape, present, load, is_partitioned })
    }

    /// Records how the run has ended.
    pub(crate) async fn end<D: Database>(&self, db: &D, report: &RunReport) -> Result<(), Error> {
        let recorded = async {
            history::end(db, self.number, report).await?;
            state::end(db, &self.run, self.number, report).await
        };
        recorded.await.map_err(failed("the end of the run cannot be recorded"))
    }
}

/// Adds what earlier runs have made of the tables of a shape.
async fn recall<D: Database>(db: &D, shape: &mut Shape) -> Result<(), Error> {
    let known = known::recall(db, shape).await;
    shape.add_known(&known.map_err(failed("the known columns cannot be read"))?)
}

/// What a writer writes into, and how far it has come.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) table: Table,
    pub(crate) shape: Shape,
    present: Present,
    pub(crate) load: Load,
    #[cfg_attr(
        not(any(feature = "postgres", feature = "adbc")),
        expect(dead_code, reason = "tables of SQLite are not partitioned")
    )]
    pub(crate) is_partitioned: bool,
}

/// What a batch changes once it is committed.
#[derive(Debug)]
pub(crate) struct Committed {
    written: Written,
    present: Present,
}

impl Target {
    /// Takes note of what the other resources of a shared table have added to it meanwhile.
    pub(crate) async fn refresh<D: Database>(&mut self, db: &D) -> Result<(), Error> {
        if self.table.sharers.is_empty() { Ok(()) } else { recall(db, &mut self.shape).await }
    }

    /// The rows of a batch, without records that cannot be stored.
    pub(crate) fn rows<'a, D: Write>(&mut self, batch: &'a Batch) -> Result<Rows<'a>, Error> {
        let keys = self.shape.stored(self.table.keys());
        let accept = |table: usize, column: &Column, value: &Value<'_>| {
            D::accepts(column, value, || table == 0 && keys.iter().any(|key| *key == column.name))
        };
        self.shape.rows_if(batch, &accept)
    }

    /// Where the rows of each table are staged.
    pub(crate) fn staging<D: Database>(&self) -> Vec<String> {
        staging(self.load.id, &self.shape, D::Dialect::MAX_NAME)
    }

    /// Writes a batch in the transaction at hand, which is to be committed then. `None` if it is committed
    /// already, which only a writer can find that `tries_again`.
    pub(crate) async fn write<D: Write>(
        &self,
        db: &D,
        batch: &Batch,
        rows: &Rows<'_>,
        tries_again: bool,
    ) -> Result<Option<Committed>, Error> {
        let written = rows.written();
        if !load::advance(db, &self.load, batch, written, tries_again).await? {
            return Ok(None);
        }
        let (present, changes) = self.write_rows(db, batch, rows).await?;
        rejected::write(db, &self.shape, self.load.run, &rows.rejected)
            .await
            .map_err(failed("rejected records cannot be set aside"))?;
        Ok(Some(Committed { written: Written { changes, ..written }, present }))
    }

    /// Writes the rows of a batch, and gives what is there then, and what was changed.
    pub(crate) async fn write_rows<D: Write>(
        &self,
        db: &D,
        batch: &Batch,
        rows: &Rows<'_>,
    ) -> Result<(Present, Changes), Error> {
        let Target { table, shape, present, load, .. } = self;
        let mut present = present.clone();
        present.extend(db, table, shape, table.is_staged().then_some(load.id)).await?;
        let mut changes = db.write(self, batch, rows).await?;
        if batch.checkpoint.is_some() && table.is_staged() {
            load::record_staged(db, load).await.map_err(failed("the state cannot be written"))?;
        }
        if batch.checkpoint.is_none() && table.is_staged() {
            let what = "the staged rows cannot be moved into the table";
            if !present.is_empty() {
                let moved = db.move_in(self, &self.staging::<D>()).await;
                changes = moved.map_err(refused(shape, D::Dialect::MAX_NAME, what.to_owned()))?;
            }
            schema::drop_staging(db, load.id).await.map_err(failed(what))?;
        }
        Ok((present, changes))
    }

    /// Takes note that a batch is committed, and gives what it has done.
    pub(crate) fn committed(&mut self, Committed { written, present }: Committed) -> Written {
        self.load.committed(written);
        self.present = present;
        written
    }

    /// Takes note that a batch was committed whose answer was lost, and with it what it has changed.
    #[cfg(feature = "postgres")]
    pub(crate) fn committed_before(&mut self, rows: &Rows<'_>) -> Written {
        let present = Present::all_of(&self.shape);
        self.committed(Committed { written: rows.written(), present })
    }
}
