//! What a database must be able to do so that pipelines can load into it.

use std::future::Future;

use rest_source::Checkpoint;

use crate::{Batch, Error, Table};

/// Where a pipeline writes: a database, or files.
///
/// A destination knows nothing of HTTP. It gets tables and batches of records, and it keeps one
/// promise on which everything else rests: [`Writer::write`] commits the rows and the checkpoint of
/// a batch together or not at all. How it stores a name, a data type or its state is its own
/// affair.
///
/// ```
/// use rest_source::Checkpoint;
/// use rest_source_load::{Batch, Destination, Error, Run, Session, Table, Writer};
///
/// /// Prints every record, and remembers nothing: each run begins anew.
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
///         Ok(PrintTable { name: table.name.clone() })
///     }
///
///     async fn end(self) {}
/// }
///
/// struct PrintTable {
///     name: String,
/// }
///
/// impl Writer for PrintTable {
///     fn checkpoint(&self) -> Option<&Checkpoint> {
///         None
///     }
///
///     async fn write(&mut self, batch: Batch) -> Result<(), Error> {
///         for record in batch.records() {
///             for (index, column) in record.columns().iter().enumerate() {
///                 println!("{} {}: {:?}", self.name, column.name, record.field(index));
///             }
///         }
///         Ok(())
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
    /// [`ErrorKind::Busy`](crate::ErrorKind::Busy) if another run of this pipeline is going on;
    /// a process that was killed must not keep its pipeline busy.
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if two of the tables, or two columns of one,
    /// have names that the destination cannot tell apart.
    fn begin(&self, run: Run) -> impl Future<Output = Result<Self::Session, Error>> + Send;
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
    /// Whether every load begins anew, also one that an earlier run left half-way.
    pub full_refresh: bool,
}

/// One run on a destination. Dropping it, or the process ending, lets go of the pipeline.
pub trait Session: Send + Sync {
    /// What writes into one table.
    type Writer: Writer;

    /// Makes a table ready: creates it, or adds the columns that it lacks; for a load that stages
    /// its rows the staging place too. Tables are opened and written concurrently.
    ///
    /// A load that an earlier run left half-way goes on if its fingerprint is still
    /// [`Table::fingerprint`] and the run is no [`full_refresh`](Run::full_refresh); otherwise what
    /// it staged is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if a column exists with another type, or if
    /// an append that is half-way would have to begin anew, which would double its rows. Its
    /// text need not name the table, nor need that of [`Writer::write`]:
    /// [`Failure`](crate::Failure) does.
    fn open(&self, table: &Table) -> impl Future<Output = Result<Self::Writer, Error>> + Send;

    /// Ends the run when every writer is dropped: closes what must not be closed on the async
    /// runtime. All that matters is committed by then, therefore it cannot fail.
    fn end(self) -> impl Future<Output = ()> + Send;
}

/// Writes the batches of one load into one table.
pub trait Writer: Send {
    /// Where a load that an earlier run left half-way goes on. `None`: from the beginning.
    fn checkpoint(&self) -> Option<&Checkpoint>;

    /// What somebody does to have the next run begin anew, as a clause. Told when the server seems
    /// not to accept the checkpoint any more.
    fn start_over(&self) -> String {
        "run the pipeline once with `full_refresh`".to_owned()
    }

    /// Commits the rows of a batch and its checkpoint in one transaction.
    ///
    /// A batch without checkpoint completes the load: what has been staged for a `replace` is
    /// swapped in, in the same transaction, and the next run begins anew. The last of several
    /// records with one primary key wins, within a batch and across batches.
    ///
    /// # Errors
    ///
    /// If the destination fails or refuses a row. Nothing of the batch is committed then.
    fn write(&mut self, batch: Batch) -> impl Future<Output = Result<(), Error>> + Send;
}
