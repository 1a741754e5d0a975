//! What a database must be able to do so that pipelines can load into it.

use std::future::Future;

use rest_source::Checkpoint;
use serde::Serialize;

use crate::{Batch, Error, RunReport, Status, Table, Written};

/// Where a pipeline writes: a database, or files.
///
/// A destination knows nothing of HTTP. It gets tables and batches of records, and it keeps one
/// promise on which everything else rests: [`Writer::write`] commits the rows and the checkpoint of
/// a batch together or not at all. How it stores a name, a data type or its state is its own
/// affair.
///
/// The trait cannot be a `dyn Destination`; [`AnyDestination`](crate::AnyDestination) is for a program that chooses
/// its destination while it runs.
///
/// ```
/// use rest_source::Checkpoint;
/// use rest_source_load::{
///     Batch, Destination, Error, Run, RunReport, Session, Shape, Table, Writer, Written,
/// };
///
/// /// Prints every record, and remembers nothing: each run starts over.
/// struct Print;
///
/// impl Destination for Print {
///     type Session = Print;
///
///     async fn begin(&self, _run: Run) -> Result<Print, Error> {
///         Ok(Print)
///     }
/// }
///
/// impl Session for Print {
///     type Writer = PrintTable;
///
///     async fn open(&self, table: &Table) -> Result<PrintTable, Error> {
///         Ok(PrintTable { shape: Shape::of(table, usize::MAX)? })
///     }
///
///     async fn end(self, report: &RunReport) -> Result<(), Error> {
///         println!("{report}");
///         Ok(())
///     }
/// }
///
/// struct PrintTable {
///     shape: Shape,
/// }
///
/// impl Writer for PrintTable {
///     fn checkpoint(&self) -> Option<&Checkpoint> {
///         None
///     }
///
///     async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
///         let rows = self.shape.rows(&batch)?;
///         for (table, rows) in self.shape.tables().iter().zip(&rows.tables) {
///             for row in rows.iter() {
///                 for (column, value) in table.columns.iter().zip(row.values) {
///                     println!("{} {}: {value:?}", table.name, column.name);
///                 }
///             }
///         }
///         Ok(rows.written())
///     }
/// }
/// ```
pub trait Destination: Send + Sync {
    /// What is held while a run lasts.
    type Session: Session;

    /// Begins a run.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Busy`](crate::ErrorKind::Busy) if another run of this pipeline is active;
    /// a process that was killed must not keep its pipeline busy.
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if two of the tables, or two columns of one,
    /// have names that the destination cannot tell apart.
    fn begin(&self, run: Run) -> impl Future<Output = Result<Self::Session, Error>> + Send;

    /// After how many rows a batch is committed, unless [`Pipeline::batch_rows`](crate::Pipeline::batch_rows)
    /// says otherwise. A destination whose commits cost much has more.
    fn batch_rows(&self) -> u64 {
        5_000
    }

    /// After how many bytes of responses a batch is committed, unless
    /// [`Pipeline::batch_bytes`](crate::Pipeline::batch_bytes) says otherwise.
    fn batch_bytes(&self) -> u64 {
        16 << 20
    }

    /// What runs have left for the next ones, for each resource of each pipeline. A destination that
    /// has never been written to has nothing, and nothing is created in it.
    ///
    /// # Errors
    ///
    /// If the destination cannot be read.
    fn state(&self) -> impl Future<Output = Result<Vec<ResourceState>, Error>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Forgets what runs of a pipeline have left, of one resource or of all: the next run begins at
    /// the beginning. Rows stay. Gives of how many resources something was forgotten.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Busy`](crate::ErrorKind::Busy) if a run of the pipeline is active; if the
    /// destination cannot be written to.
    fn reset(
        &self,
        _pipeline: &str,
        _resource: Option<&str>,
    ) -> impl Future<Output = Result<u64, Error>> + Send {
        async { Ok(0) }
    }
}

/// What runs have left for the next one, of one resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResourceState {
    /// The pipeline's name.
    pub pipeline: String,
    /// The source's name.
    pub source: String,
    /// The resource's name.
    pub resource: String,
    /// The settings and arguments that the requests of the loads were made of, `repo=a`.
    pub variant: String,
    /// How the last load stands.
    pub status: Status,
    /// Where a load that stopped in the middle resumes. `None`: the last one is complete.
    pub checkpoint: Option<Checkpoint>,
    /// Where the next run begins, of a resource that is fetched incrementally.
    pub next_run: Option<Checkpoint>,
    /// Rows that the load has committed, or the last one if that is complete.
    pub rows: u64,
    /// Records that were committed with these: also those that are set aside or that the
    /// `schema_contract` leaves out.
    pub records: u64,
    /// When the load began, `2024-01-02T03:04:05.678+00:00`.
    pub started_at: String,
    /// When it last committed something, in the same form.
    pub updated_at: String,
}

/// What is going to be loaded.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Run {
    /// The pipeline's name.
    pub pipeline: String,
    /// The source's name.
    pub source: String,
    /// Every table that the run will open, once each.
    pub tables: Vec<Table>,
    /// Whether every load starts over, also one that an earlier run left unfinished.
    pub full_refresh: bool,
}

/// One run on a destination. Dropping it, or the process ending, lets go of the pipeline.
pub trait Session: Send + Sync {
    /// What writes into one table.
    type Writer: Writer;

    /// The resources that earlier runs have completed in the run which this one resumes. They are not
    /// loaded again until that run is complete.
    fn completed(&self) -> &[String] {
        &[]
    }

    /// Makes a table ready: creates it, or adds the columns that it lacks; for a load that stages
    /// its rows the staging place too. Tables are opened and written concurrently.
    ///
    /// A load that an earlier run left unfinished resumes if its fingerprint is still
    /// [`Table::fingerprint`] and the run is no [`full_refresh`](Run::full_refresh); otherwise what
    /// it staged is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if a column exists with another type, or if
    /// an append that is unfinished would have to start over, which would double its rows. Its
    /// text need not name the table, nor need that of [`Writer::write`]:
    /// [`Failure`](crate::Failure) does.
    fn open(&self, table: &Table) -> impl Future<Output = Result<Self::Writer, Error>> + Send;

    /// Ends the run when every writer is dropped: records what it has done, and closes what must not
    /// be closed on the async runtime. If the report is complete, so is what [`completed`] gives to the
    /// next run.
    ///
    /// [`completed`]: Session::completed
    ///
    /// # Errors
    ///
    /// If it cannot be recorded. The rows are committed all the same.
    fn end(self, report: &RunReport) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Writes the batches of one load into one table.
pub trait Writer: Send {
    /// Where a load that an earlier run left unfinished resumes. `None`: from the beginning.
    fn checkpoint(&self) -> Option<&Checkpoint>;

    /// How to have the next run start over, as a clause. Told when the server seems
    /// not to accept the checkpoint any more.
    fn start_over(&self) -> String {
        "run the pipeline once with `full_refresh`".to_owned()
    }

    /// Commits the rows of a batch and its checkpoint in one transaction.
    ///
    /// A batch without checkpoint completes the load: what has been staged for a `replace` is
    /// swapped in, in the same transaction, and the next run starts over. The last of several
    /// records with one primary key wins, within a batch and across batches.
    ///
    /// # Errors
    ///
    /// If the destination fails or refuses a row. Nothing of the batch is committed then.
    fn write(&mut self, batch: Batch) -> impl Future<Output = Result<Written, Error>> + Send;
}
