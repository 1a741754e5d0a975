//! A source, a destination and the state between them: what loads and where to.

use std::{
    collections::HashMap,
    future::Future,
    pin::pin,
    time::{Duration, Instant},
};

use futures_util::future::{self, Either};
use rest_source::{
    __private::Tree, AnyPages, AnyResource, Checkpoint, Source, Start, plan::WriteDisposition,
};
use tokio::sync::{Mutex, MutexGuard, Semaphore, watch};
use tracing::Instrument;

use crate::{
    Destination, Error, ErrorKind, Failure, OnBadRecord, Progress, ResourceReport, Run, RunReport,
    Session, Table, Writer,
    batch::{Batches, Bounds, Stop},
    progress::{OnProgress, Tracker},
    rows::LOOKED_AT,
    tables,
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
#[must_use = "nothing is loaded before it is run"]
pub struct Pipeline<D> {
    name: String,
    destination: D,
    concurrency: usize,
    bounds: Bounds,
    full_refresh: bool,
    /// The resources that are loaded; all that the file selects if `None`.
    resources: Option<Vec<String>>,
    limit: u64,
    on_bad_record: OnBadRecord,
    on_progress: Box<OnProgress>,
}

/// A table, and what writes into it: nothing if another table of the run is refused.
type OpenWriter<'a, D> = (&'a Table, Result<Option<WriterOf<D>>, Error>);

/// What writes into a table of this destination.
type WriterOf<D> = <<D as Destination>::Session as Session>::Writer;

impl<D: Destination> Pipeline<D> {
    /// A pipeline of this name, which must not be empty, into `destination`.
    pub fn new(name: impl Into<String>, destination: D) -> Pipeline<D> {
        let (rows, bytes) = (destination.batch_rows(), destination.batch_bytes());
        Pipeline {
            name: name.into(),
            destination,
            concurrency: 4,
            bounds: Bounds { rows, bytes, time: Duration::from_secs(10) },
            full_refresh: false,
            resources: None,
            limit: u64::MAX,
            on_bad_record: OnBadRecord::default(),
            on_progress: Box::new(|_| ()),
        }
    }

    /// How many resources are loaded at the same time, 4 unless set. Each holds at most two batches
    /// in memory, one being filled and one being written. Resources that have a parent in common are
    /// fetched together with it, and count as one. At least one is loaded, also with 0.
    pub fn concurrency(mut self, resources: usize) -> Self {
        self.concurrency = resources.max(1);
        self
    }

    /// After how many rows a batch is committed, 5,000 unless set, and more into DuckDB. A batch is always whole pages,
    /// and is committed 10 seconds after its first page has come in any case.
    pub fn batch_rows(mut self, rows: u64) -> Self {
        self.bounds.rows = rows.max(1);
        self
    }

    /// After how many bytes of responses a batch is committed, 16 MiB unless set, and more into DuckDB.
    pub fn batch_bytes(mut self, bytes: u64) -> Self {
        self.bounds.bytes = bytes.max(1);
        self
    }

    /// Begins every resource from its beginning, also one whose load an earlier run left unfinished:
    /// for a server that accepts the checkpoint no longer, say.
    ///
    /// The rows that are there stay until the write disposition says otherwise: a `merge` writes
    /// over them, and a `replace` puts the new rows in their place at its end. An `append` that is
    /// unfinished is refused, because the rows that it has appended would be there twice; the error
    /// says what to do first.
    pub fn full_refresh(mut self) -> Self {
        self.full_refresh = true;
        self
    }

    /// Loads these resources and no others, also such as the file does not select.
    pub fn resources(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.resources = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Stops the load of each resource behind the page with which this run has loaded so many
    /// records of it. The next run resumes there, with the same limit or another; a load that stages
    /// its rows, such as that of a `replace`, shows them when it is complete. At least one page is
    /// loaded, also with 0: a run that asks for nothing would never come to an end.
    pub fn limit(mut self, records: u64) -> Self {
        self.limit = records.max(1);
        self
    }

    /// What happens to a record that cannot be stored. Unless set, it ends the load of its resource
    /// with an error, and nothing of its page is loaded.
    pub fn on_bad_record(mut self, on_bad_record: OnBadRecord) -> Self {
        self.on_bad_record = on_bad_record;
        self
    }

    /// Is told what happens, from several resources in turn; it should return at once.
    /// `terminal_progress()` of the feature `progress` is one that shows it.
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
    /// If the run cannot begin, with nothing done: the pipeline has no name, another run of it is
    /// active, the destination cannot be opened, or two tables cannot be told apart. If resources fail, after
    /// the others have been loaded; [`Error::failures`] then tells which and why, and
    /// [`Error::report`] what was done. If one of them would append rows a second time,
    /// [`ErrorKind::WouldDouble`], the others are not loaded either.
    pub async fn run(&self, source: &impl Source) -> Result<RunReport, Error> {
        self.run_until(source, future::pending()).await
    }

    /// Loads as [`run`](Pipeline::run) does, until `stop` is ready: then what has been fetched is
    /// committed, nothing more is requested, and the report says which resources were stopped. The
    /// next run continues there.
    ///
    /// ```no_run
    /// use rest_source_load::{Error, Pipeline, Sqlite};
    ///
    /// # async fn load(client: impl rest_source::Source) -> Result<(), Error> {
    /// let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    /// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
    /// let report = pipeline.run_until(&client, interrupted).await?;
    /// if !report.is_complete() {
    ///     println!("stopped; run it again to resume");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`run`](Pipeline::run).
    pub async fn run_until(
        &self,
        source: &impl Source,
        stop: impl Future<Output = ()>,
    ) -> Result<RunReport, Error> {
        let begin = Instant::now();
        if self.name.is_empty() {
            let message = "the pipeline has no name, by which its state is found again";
            return Err(Error::new(ErrorKind::Schema, message));
        }
        let resources = self.chosen(source)?;
        let tables = tables::of(&resources, self.on_bad_record)?;
        let run = Run {
            pipeline: self.name.clone(),
            source: source.name().to_owned(),
            tables: tables.clone(),
            full_refresh: self.full_refresh,
        };
        let session = self.destination.begin(run).await?;

        let permits = Semaphore::new(self.concurrency);
        let turns = Turns::of(&tables);
        let (ask, asked) = watch::channel(false);
        let stopped = Stop { limit: self.limit, asked };
        let (completed, resources): (Vec<_>, Vec<_>) = resources
            .into_iter()
            .partition(|one| session.completed().iter().any(|name| *name == one.plan().name));
        let completed = completed.iter().map(|resource| {
            let tracker = Tracker::begin(&self.name, &resource.plan().name, &*self.on_progress);
            (tracker.completed_before(), None)
        });
        let completed: Vec<(ResourceReport, Option<Failure>)> = completed.collect();
        let trees = Tree::of(resources);
        let loads = async {
            let opened = self.open(&session, &trees, &tables, &turns).await;
            let loads = trees.iter().zip(opened).map(async |(tree, opened)| {
                let _permit = permits.acquire().await;
                self.load(tree, opened, &turns, &stopped).await
            });
            future::join_all(loads).await
        };
        let ended = match future::select(pin!(loads), pin!(stop)).await {
            Either::Left((ended, _)) => ended,
            Either::Right(((), loads)) => {
                ask.send_replace(true);
                loads.await
            }
        };
        let mut ended: Vec<_> = ended.into_iter().flatten().chain(completed).collect();
        // In the file's order, in which trees are not.
        ended.sort_by_key(|(report, _)| {
            tables.iter().position(|table| table.resource == report.resource)
        });
        let (resources, failures): (Vec<_>, Vec<_>) = ended.into_iter().unzip();

        let report = RunReport { pipeline: self.name.clone(), elapsed: begin.elapsed(), resources };
        let recorded = session.end(&report).await;
        let failures: Vec<_> = failures.into_iter().flatten().collect();
        if failures.is_empty() {
            recorded.map(|()| report)
        } else {
            Err(Error::incomplete(report, failures))
        }
    }

    /// The resources that are loaded, in the file's order.
    fn chosen(&self, source: &impl Source) -> Result<Vec<AnyResource>, Error> {
        let mut resources = source.resources();
        match &self.resources {
            None => resources.retain(|resource| {
                let plan = resource.plan();
                plan.selected && plan.write_disposition != WriteDisposition::Skip
            }),
            Some(names) => {
                let is_there =
                    |name: &&String| resources.iter().any(|one| one.plan().name == **name);
                if let Some(name) = names.iter().find(|name| !is_there(name)) {
                    let known: Vec<_> =
                        resources.iter().map(|one| format!("`{}`", one.plan().name)).collect();
                    let message = format!(
                        "the source `{}` has no resource `{name}`; it has {}",
                        source.name(),
                        known.join(", "),
                    );
                    return Err(Error::new(ErrorKind::Schema, message));
                }
                resources.retain(|resource| names.iter().any(|name| resource.plan().name == *name));
            }
        }
        Ok(resources)
    }

    /// Opens the tables of each tree of resources, before anything is loaded: what one of them refuses, because
    /// it would double rows, no other begins. Otherwise what resumes with the old description and
    /// what has begun with the new one would both be unfinished.
    async fn open<'a>(
        &self,
        session: &D::Session,
        trees: &[Tree],
        tables: &'a [Table],
        turns: &Turns,
    ) -> Vec<Vec<OpenWriter<'a, D>>> {
        let resources = trees.iter().map(|tree| tree.resources().iter());
        let table = |resource: &AnyResource| {
            tables.iter().find(|table| table.resource == resource.plan().name)
        };
        let of_trees = resources.map(|resources| resources.filter_map(table).collect());
        let of_trees: Vec<Vec<&Table>> = of_trees.collect();
        let permits = Semaphore::new(self.concurrency);
        let flat = of_trees.concat();
        let opened = flat.iter().map(async |table| {
            let _permit = permits.acquire().await;
            let _turn = turns.wait(table).await;
            session.open(table).await
        });
        let opened = future::join_all(opened).await;
        let is_refused =
            |opened: &Result<WriterOf<D>, Error>| opened.as_ref().is_err_and(Error::would_double);
        let is_refused = opened.iter().any(is_refused);
        let mut opened = opened.into_iter().map(|opened| match opened {
            Ok(_) if is_refused => Ok(None),
            opened => opened.map(Some),
        });
        let zipped =
            of_trees.into_iter().map(|tables| tables.into_iter().zip(&mut opened).collect());
        zipped.collect()
    }

    /// Loads the resources of a tree, which are fetched together, and gives what happened to each.
    async fn load(
        &self,
        tree: &Tree,
        opened: Vec<OpenWriter<'_, D>>,
        turns: &Turns,
        stop: &Stop,
    ) -> Vec<(ResourceReport, Option<Failure>)> {
        let (tables, opened): (Vec<_>, Vec<_>) = opened.into_iter().unzip();
        let trackers: Vec<_> = tables
            .iter()
            .map(|table| Tracker::begin(&self.name, &table.resource, &*self.on_progress))
            .collect();
        let is_stopped =
            *stop.asked.borrow() || opened.iter().any(|opened| matches!(opened, Ok(None)));
        let results: Vec<Result<bool, Error>> = if is_stopped {
            opened.into_iter().map(|opened| opened.map(|_| false)).collect()
        } else {
            let starts = opened.iter().zip(&tables).map(|(opened, table)| {
                let writer = opened.iter().flatten().next();
                Start::default()
                    .resume(writer.and_then(|writer| resume(writer, table)))
                    .set_aside(self.on_bad_record == OnBadRecord::Quarantine)
                    .strict(table.takes_missing_for_deleted())
                    .appends(table.write_disposition == WriteDisposition::Append)
            });
            let pages = tree.pages(starts.collect());
            let loads = opened.into_iter().zip(pages).zip(tables.iter().zip(&trackers));
            let loads = loads.map(async |((writer, pages), (table, tracker))| {
                // Without its writer it drops its pages, and holds up no other resource.
                let Some(writer) = writer? else { return Ok(false) };
                let load = self.load_pages(writer, pages, table, turns, tracker, stop.clone());
                load.instrument(tracker.span.clone()).await
            });
            future::join_all(loads).await
        };
        let ended = tables.iter().zip(trackers).zip(results);
        let ended = ended.map(|((table, tracker), result)| {
            let report = tracker.ended(&result);
            tell_repeated(&report);
            let failure =
                result.err().map(|error| Failure { resource: table.resource.clone(), error });
            (report, failure)
        });
        ended.collect()
    }

    async fn load_pages(
        &self,
        mut writer: WriterOf<D>,
        pages: AnyPages,
        table: &Table,
        turns: &Turns,
        tracker: &Tracker<'_>,
        stop: Stop,
    ) -> Result<bool, Error> {
        let resumed_at = resume(&writer, table).filter(|checkpoint| !checkpoint.begins_run());
        let resumed = resumed_at.is_some();
        tracker.started(resumed);
        let mut batches = Batches::new(pages, table, self.bounds, tracker, stop, resumed_at);
        let mut next = batches.next().await;
        while let Some(batch) = next {
            // The next batch is gathered while this one is written. The source is asked for no
            // more than that one, so that a slow destination slows down the requests.
            let write = async {
                let _turn = turns.wait(table).await;
                let written = writer.write(batch).await?;
                tracker.committed(written);
                Ok(())
            };
            let gather = async { Ok(batches.next().await) };
            ((), next) = future::try_join(write, gather).await?;
        }
        batches.finish().map_err(|error| {
            if error.would_repeat() {
                Error::caused_by(ErrorKind::WouldDouble, "", error).with_advice(writer.start_over())
            } else if resumed && tracker.pages() == 0 && error.may_refuse_checkpoint() {
                error.with_advice(format!(
                    "the load resumed at this page, where an earlier run had stopped; if the server \
                     does not accept that position any more, {}",
                    writer.start_over(),
                ))
            } else {
                error
            }
        })
    }
}

/// Lets one of the resources that share a table write at a time: each must see which columns the
/// others have added.
struct Turns(HashMap<String, Mutex<()>>);

impl Turns {
    fn of(tables: &[Table]) -> Turns {
        let shared = tables.iter().filter(|table| !table.sharers.is_empty());
        Turns(shared.map(|table| (table.name.clone(), Mutex::default())).collect())
    }

    async fn wait(&self, table: &Table) -> Option<MutexGuard<'_, ()>> {
        match self.0.get(&table.name) {
            Some(turn) => Some(turn.lock().await),
            None => None,
        }
    }
}

/// A load with one repeated key in so many rows is told: fewer are those of records that moved while
/// pages were fetched.
const MANY_IN: u64 = 10;

fn tell_repeated(report: &ResourceReport) {
    let ResourceReport { resource, rows, repeated, .. } = report;
    if *repeated > 0 && repeated * MANY_IN >= *rows.min(&LOOKED_AT) {
        tracing::warn!(
            "{resource}: {repeated} of {rows} records of this load share their primary key with an \
             earlier one, and of each key one is kept: see whether `primary_key` is the key of a record, \
             and whether pages came again"
        );
    }
}

/// Where a load resumes or begins. `None`: at the beginning.
fn resume(writer: &impl Writer, table: &Table) -> Option<Checkpoint> {
    let checkpoint = writer.checkpoint()?;
    (!checkpoint.begins_run() || !table.needs_everything()).then(|| checkpoint.clone())
}
