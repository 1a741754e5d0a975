//! What a run tells while it lasts.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Instant,
};

use rest_source::AnyPage;
use tracing::Span;

use crate::{Error, Outcome, ResourceReport, Written};

/// What happened to a resource just now.
#[derive(Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// What happened.
    pub event: Event,
    /// What the run has done for the resource so far.
    pub report: &'a ResourceReport,
    /// Rows that have been fetched so far; those of the report are committed.
    pub fetched: u64,
}

/// What a [`Progress`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Its load began.
    Started,
    /// A page was fetched.
    Fetched,
    /// Rows and their checkpoint were committed.
    Committed,
    /// Its load ended, see [`ResourceReport::outcome`].
    Ended,
}

pub(crate) type OnProgress = dyn Fn(&Progress<'_>) + Send + Sync;

/// Counts what happens to one resource, and tells it.
pub(crate) struct Tracker<'a> {
    on_progress: &'a OnProgress,
    /// What the load is, in events of `tracing`.
    pub(crate) span: Span,
    begin: Instant,
    /// Locked for additions only: pages are fetched while the ones before are written.
    counts: Mutex<Counts>,
}

struct Counts {
    report: ResourceReport,
    fetched: u64,
}

impl<'a> Tracker<'a> {
    pub(crate) fn begin(
        pipeline: &str,
        resource: &str,
        on_progress: &'a OnProgress,
    ) -> Tracker<'a> {
        let span = tracing::info_span!("load", pipeline, resource);
        let counts = Counts { report: ResourceReport::begin(resource), fetched: 0 };
        Tracker { on_progress, span, begin: Instant::now(), counts: Mutex::new(counts) }
    }

    pub(crate) fn started(&self, resumed: bool) {
        let mut counts = self.counts();
        counts.report.resumed = resumed;
        tracing::info!(resumed, "load started");
        self.tell(Event::Started, &mut counts);
    }

    pub(crate) fn fetched(&self, page: &AnyPage) {
        let mut counts = self.counts();
        counts.fetched += page.records.len() as u64;
        counts.report.pages += 1;
        counts.report.retries += u64::from(page.transfer.retries);
        counts.report.bytes += page.transfer.bytes;
        self.tell(Event::Fetched, &mut counts);
    }

    /// Pages that have been fetched so far.
    pub(crate) fn pages(&self) -> u64 {
        self.counts().report.pages
    }

    /// Records that have been fetched so far.
    pub(crate) fn fetched_records(&self) -> u64 {
        self.counts().fetched
    }

    pub(crate) fn committed(&self, written: Written) {
        let mut counts = self.counts();
        counts.report.records += written.records();
        counts.report.rows += written.rows;
        counts.report.changes = counts.report.changes.and(written.changes);
        counts.report.rejected += written.rejected;
        counts.report.discarded += written.discarded;
        counts.report.repeated += written.repeated;
        let Counts { report, .. } = &*counts;
        tracing::info!(rows = report.rows, pages = report.pages, "committed");
        if written.rejected > 0 {
            tracing::warn!(rejected = written.rejected, "records set aside");
        }
        if written.discarded > 0 {
            tracing::warn!(
                discarded = written.discarded,
                "records left out by the schema contract"
            );
        }
        self.tell(Event::Committed, &mut counts);
    }

    /// The report of a resource that an earlier run has completed, and that this one leaves out.
    pub(crate) fn completed_before(&self) -> ResourceReport {
        let _entered = self.span.enter();
        let mut counts = self.counts();
        (counts.report.completed_before, counts.report.outcome) = (true, Outcome::Complete);
        tracing::info!(
            "completed by the run before, which was not complete as a whole: not loaded again"
        );
        self.tell(Event::Ended, &mut counts);
        counts.report.clone()
    }

    /// Whether the load is complete, or why not.
    pub(crate) fn ended(&self, result: &Result<bool, Error>) -> ResourceReport {
        let _entered = self.span.enter();
        let mut counts = self.counts();
        let Counts { report, .. } = &mut *counts;
        match result {
            Ok(true) => {
                report.outcome = Outcome::Complete;
                tracing::info!(rows = report.rows, "load complete");
            }
            Ok(false) => {
                report.outcome = Outcome::Stopped;
                tracing::info!(rows = report.rows, "load stopped");
            }
            Err(error) => {
                report.outcome = Outcome::Failed { error: error.to_string() };
                tracing::error!(rows = report.rows, %error, "load failed");
            }
        }
        self.tell(Event::Ended, &mut counts);
        counts.report.clone()
    }

    fn tell(&self, event: Event, counts: &mut Counts) {
        counts.report.elapsed = self.begin.elapsed();
        (self.on_progress)(&Progress { event, report: &counts.report, fetched: counts.fetched });
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        // Counts are whole at any moment, also when a callback has panicked.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tracker<'_> {
    /// Tells the end of a load that had none, because the future of its run is dropped.
    fn drop(&mut self) {
        let _entered = self.span.enter();
        let mut counts = self.counts();
        // What panics may be what would be told.
        if counts.report.outcome == Outcome::Running && !thread::panicking() {
            counts.report.outcome = Outcome::Stopped;
            tracing::info!(rows = counts.report.rows, "load stopped");
            self.tell(Event::Ended, &mut counts);
        }
    }
}
