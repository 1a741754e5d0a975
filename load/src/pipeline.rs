//! A source, a destination and the state between them: what loads and where to.

use std::time::{Duration, Instant};

use futures_util::future;
use rest_source::{AnyResource, Source, Start, plan::WriteDisposition};
use tokio::sync::Semaphore;
use tracing::Instrument;

use crate::{
    Destination, Error, Failure, OnBadRecord, Progress, ResourceReport, Run, RunReport, Session,
    Table, Writer,
    batch::{Batches, Bounds},
    progress::{OnProgress, Tracker},
};

/// Loads the resources of a source into a destination.
///
/// The name tells its state apart from that of other pipelines on the same destination. See the
/// [crate page](crate) for what is promised in which failure.
///
/// ```no_run
/// use rest_source_load::{Event, Pipeline, Sqlite};
///
/// # async fn load(client: impl rest_source::Source) {
/// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"))
///     .concurrency(2)
///     .batch_rows(1_000)
///     .on_progress(|progress| {
///         if progress.event == Event::Committed {
///             println!("{}: {} rows", progress.report.resource, progress.report.rows);
///         }
///     });
/// match pipeline.run(&client).await {
///     Ok(report) => println!("{report}"),
///     Err(error) => eprintln!("{error}"),
/// }
/// # }
/// ```
pub struct Pipeline<D> {
    name: String,
    destination: D,
    concurrency: usize,
    bounds: Bounds,
    full_refresh: bool,
    on_bad_record: OnBadRecord,
    on_progress: Box<OnProgress>,
}

impl<D: Destination> Pipeline<D> {
    /// A pipeline of this name into `destination`.
    pub fn new(name: impl Into<String>, destination: D) -> Pipeline<D> {
        Pipeline {
            name: name.into(),
            destination,
            concurrency: 4,
            bounds: Bounds { rows: 5_000, bytes: 16 << 20, time: Duration::from_secs(10) },
            full_refresh: false,
            on_bad_record: OnBadRecord::default(),
            on_progress: Box::new(|_| ()),
        }
    }

    /// How many resources are loaded at the same time, 4 unless set. Each holds at most two batches
    /// in memory, one being filled and one being written.
    #[must_use]
    pub fn concurrency(mut self, resources: usize) -> Self {
        self.concurrency = resources.max(1);
        self
    }

    /// After how many rows a batch is committed, 5,000 unless set. A batch is always whole pages,
    /// and is committed 10 seconds after its first page has come in any case.
    #[must_use]
    pub fn batch_rows(mut self, rows: u64) -> Self {
        self.bounds.rows = rows.max(1);
        self
    }

    /// After how many bytes of responses a batch is committed, 16 MiB unless set.
    #[must_use]
    pub fn batch_bytes(mut self, bytes: u64) -> Self {
        self.bounds.bytes = bytes.max(1);
        self
    }

    /// Begins every resource from its beginning, also one whose load an earlier run left half-way:
    /// for a server that accepts the checkpoint no longer, say.
    ///
    /// The rows that are there stay until the write disposition says otherwise: a `merge` writes
    /// over them, and a `replace` puts the new rows in their place at its end. An `append` that is
    /// half-way is refused, because the rows that it has appended would be there twice; the error
    /// says what to do first.
    #[must_use]
    pub fn full_refresh(mut self) -> Self {
        self.full_refresh = true;
        self
    }

    /// What becomes of a record that cannot be stored. Unless set, it ends the load of its resource
    /// with an error, and nothing of its page is loaded.
    #[must_use]
    pub fn on_bad_record(mut self, on_bad_record: OnBadRecord) -> Self {
        self.on_bad_record = on_bad_record;
        self
    }

    /// Is told what happens, from several resources in turn; it should return at once.
    /// `terminal_progress()` of the feature `progress` is one that shows it.
    #[must_use]
    pub fn on_progress(mut self, tell: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.on_progress = Box::new(tell);
        self
    }

    /// Loads every resource of `source`, each from where the last run left it.
    ///
    /// Dropping the future stops the run; what is committed stays, and the next run continues. A
    /// commit that has begun is still made, and the pipeline is busy until then.
    ///
    /// # Errors
    ///
    /// If the run cannot begin, with nothing done: another run of this pipeline is going on, the
    /// destination cannot be opened, or two tables cannot be told apart. If resources fail, after
    /// the others have been loaded; [`Error::failures`] then tells which and why, and
    /// [`Error::report`] what was done.
    pub async fn run(&self, source: &impl Source) -> Result<RunReport, Error> {
        let begin = Instant::now();
        let mut resources = source.resources();
        resources.retain(|resource| {
            let plan = resource.plan();
            plan.selected && plan.write_disposition != WriteDisposition::Skip
        });
        let tables = resources
            .iter()
            .map(|resource| Table::of(resource, self.on_bad_record))
            .collect::<Result<Vec<_>, _>>()?;
        let run = Run {
            pipeline: self.name.clone(),
            source: source.name().to_owned(),
            tables: tables.clone(),
            full_refresh: self.full_refresh,
        };
        let session = self.destination.begin(run).await?;

        let permits = Semaphore::new(self.concurrency);
        let loads = resources.iter().zip(&tables).map(async |(resource, table)| {
            let _permit = permits.acquire().await;
            let span = tracing::info_span!("load", pipeline = self.name, resource = table.resource);
            self.load(&session, resource, table).instrument(span).await
        });
        let (resources, failures): (Vec<_>, Vec<_>) =
            future::join_all(loads).await.into_iter().unzip();

        let report = RunReport { pipeline: self.name.clone(), elapsed: begin.elapsed(), resources };
        let ended = session.end(&report).await;
        let failures: Vec<_> = failures.into_iter().flatten().collect();
        if failures.is_empty() {
            ended.map(|()| report)
        } else {
            Err(Error::incomplete(report, failures))
        }
    }

    async fn load(
        &self,
        session: &D::Session,
        resource: &AnyResource,
        table: &Table,
    ) -> (ResourceReport, Option<Failure>) {
        let tracker = Tracker::begin(&table.resource, &*self.on_progress);
        let result = self.load_pages(session, resource, table, &tracker).await;
        let report = tracker.ended(&result);
        let failure = result.err().map(|error| Failure { resource: table.resource.clone(), error });
        (report, failure)
    }

    async fn load_pages(
        &self,
        session: &D::Session,
        resource: &AnyResource,
        table: &Table,
        tracker: &Tracker<'_>,
    ) -> Result<(), Error> {
        let mut writer = session.open(table).await?;
        let resume = writer.checkpoint().cloned();
        let resumed = resume.as_ref().is_some_and(|checkpoint| !checkpoint.begins_run());
        tracker.started(resumed);

        let pages = resource.pages(Start { resume, ..Start::default() });
        let mut batches = Batches::new(pages, table, self.bounds, tracker);
        let mut next = batches.next().await;
        while let Some(batch) = next {
            // The next batch is gathered while this one is written. The source is asked for no
            // more than that one, so that a slow destination slows down the requests.
            let write = async {
                let written = writer.write(batch).await?;
                tracker.committed(written);
                Ok(())
            };
            let gather = async { Ok(batches.next().await) };
            ((), next) = future::try_join(write, gather).await?;
        }
        batches.finish().map_err(|error| {
            if resumed && tracker.pages() == 0 && error.may_refuse_checkpoint() {
                error.with_advice(format!(
                    "the load was to go on at this page where an earlier run had stopped; should \
                     the server not accept that place any more, {}",
                    writer.start_over(),
                ))
            } else {
                error
            }
        })
    }
}
