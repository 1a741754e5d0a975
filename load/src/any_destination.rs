//! Destinations that are chosen while a program runs. [`Destination`] is not dyn-compatible: each of its methods
//! returns a future of its own type.

use std::{fmt, sync::Arc};

use futures_util::future::{BoxFuture, FutureExt as _};
use rest_source::Checkpoint;

use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written,
};

/// A type-erased destination. Cloning it is cheap.
///
/// ```no_run
/// use rest_source_load::{AnyDestination, Error, ErrorKind, Pipeline, Sqlite};
///
/// # async fn load(client: impl rest_source::Source, text: &str) -> Result<(), Error> {
/// let destination = match text.strip_prefix("sqlite:") {
///     Some(path) => AnyDestination::new(Sqlite::at(path)),
///     None => {
///         let message = format!("`{text}` is no address of a database: write `sqlite:payments.db`");
///         return Err(Error::new(ErrorKind::Destination, message));
///     }
/// };
/// let report = Pipeline::new("payments", destination).run(&client).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AnyDestination(Arc<dyn ErasedDestination>);

/// A run on an [`AnyDestination`].
pub struct AnySession(Box<dyn ErasedSession>);

/// What writes into a table of an [`AnyDestination`].
pub struct AnyWriter(Box<dyn ErasedWriter>);

impl AnyDestination {
    /// This destination without its type.
    pub fn new(destination: impl Destination<Session: 'static> + 'static) -> AnyDestination {
        AnyDestination(Arc::new(destination))
    }
}

impl AnySession {
    /// This session without its type.
    #[cfg(feature = "adbc")]
    pub(crate) fn new(session: impl Session<Writer: 'static> + 'static) -> AnySession {
        AnySession(Box::new(session))
    }
}

impl Destination for AnyDestination {
    type Session = AnySession;

    async fn begin(&self, run: Run) -> Result<AnySession, Error> {
        self.0.begin(run).await.map(AnySession)
    }

    fn batch_rows(&self) -> u64 {
        self.0.batch_rows()
    }

    fn batch_bytes(&self) -> u64 {
        self.0.batch_bytes()
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        self.0.state().await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        self.0.reset(pipeline, resource).await
    }
}

impl Session for AnySession {
    type Writer = AnyWriter;

    fn completed(&self) -> &[String] {
        self.0.completed()
    }

    async fn open(&self, table: &Table) -> Result<AnyWriter, Error> {
        self.0.open(table).await.map(AnyWriter)
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        self.0.end(report).await
    }
}

impl Writer for AnyWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.0.checkpoint()
    }

    fn start_over(&self) -> String {
        self.0.start_over()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        self.0.write(batch).await
    }
}

trait ErasedDestination: Send + Sync {
    fn batch_rows(&self) -> u64;
    fn batch_bytes(&self) -> u64;
    fn begin(&self, run: Run) -> BoxFuture<'_, Result<Box<dyn ErasedSession>, Error>>;
    fn state(&self) -> BoxFuture<'_, Result<Vec<ResourceState>, Error>>;
    fn reset<'a>(
        &'a self,
        pipeline: &'a str,
        resource: Option<&'a str>,
    ) -> BoxFuture<'a, Result<u64, Error>>;
}

impl<D: Destination<Session: 'static>> ErasedDestination for D {
    fn batch_rows(&self) -> u64 {
        Destination::batch_rows(self)
    }

    fn batch_bytes(&self) -> u64 {
        Destination::batch_bytes(self)
    }

    fn begin(&self, run: Run) -> BoxFuture<'_, Result<Box<dyn ErasedSession>, Error>> {
        let session = Destination::begin(self, run);
        async { Ok(Box::new(session.await?) as Box<dyn ErasedSession>) }.boxed()
    }

    fn state(&self) -> BoxFuture<'_, Result<Vec<ResourceState>, Error>> {
        Destination::state(self).boxed()
    }

    fn reset<'a>(
        &'a self,
        pipeline: &'a str,
        resource: Option<&'a str>,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        Destination::reset(self, pipeline, resource).boxed()
    }
}

trait ErasedSession: Send + Sync {
    fn completed(&self) -> &[String];
    fn open<'a>(&'a self, table: &'a Table) -> BoxFuture<'a, Result<Box<dyn ErasedWriter>, Error>>;
    fn end(self: Box<Self>, report: &RunReport) -> BoxFuture<'_, Result<(), Error>>;
}

impl<S: Session<Writer: 'static> + 'static> ErasedSession for S {
    fn completed(&self) -> &[String] {
        Session::completed(self)
    }

    fn open<'a>(&'a self, table: &'a Table) -> BoxFuture<'a, Result<Box<dyn ErasedWriter>, Error>> {
        let writer = Session::open(self, table);
        async { Ok(Box::new(writer.await?) as Box<dyn ErasedWriter>) }.boxed()
    }

    fn end(self: Box<Self>, report: &RunReport) -> BoxFuture<'_, Result<(), Error>> {
        Session::end(*self, report).boxed()
    }
}

trait ErasedWriter: Send {
    fn checkpoint(&self) -> Option<&Checkpoint>;
    fn start_over(&self) -> String;
    fn write(&mut self, batch: Batch) -> BoxFuture<'_, Result<Written, Error>>;
}

impl<W: Writer> ErasedWriter for W {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        Writer::checkpoint(self)
    }

    fn start_over(&self) -> String {
        Writer::start_over(self)
    }

    fn write(&mut self, batch: Batch) -> BoxFuture<'_, Result<Written, Error>> {
        Writer::write(self, batch).boxed()
    }
}

impl fmt::Debug for AnyDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyDestination").finish_non_exhaustive()
    }
}
