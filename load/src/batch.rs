//! Pages gathered into what a destination writes at once.

use std::{pin::pin, time::Duration};

use futures_util::{
    StreamExt,
    future::{self, Either},
};
use rest_source::{AnyPage, AnyPages, Checkpoint, Record};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

use crate::{Error, Table, progress::Tracker, rejected::number};

/// Whole pages of one resource that are committed together with where the load continues.
#[non_exhaustive]
pub struct Batch {
    /// The pages, in order. Empty if a load ends without a record.
    pub pages: Vec<AnyPage>,
    /// Where the load continues after these pages. `None`: with them it is complete, and what
    /// has been staged becomes the table's content.
    pub checkpoint: Option<Checkpoint>,
    /// Where the next run begins, of a load that is complete with this batch and whose resource is
    /// fetched incrementally. `None`: where this run began.
    pub next_run: Option<Checkpoint>,
}

impl Batch {
    /// Every record, in order.
    pub fn records(&self) -> impl Iterator<Item = &dyn Record> {
        self.pages
            .iter()
            .flat_map(|page| (0..page.records.len()).map(|index| page.records.get(index)))
    }

    /// How many records there are.
    pub fn rows(&self) -> u64 {
        self.pages.iter().map(|page| page.records.len() as u64).sum()
    }

    /// The page of the record at `index` of [`records`](Batch::records), and its position there.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    pub(crate) fn page_of(&self, mut index: usize) -> Option<(&AnyPage, usize)> {
        for page in &self.pages {
            if index < page.records.len() {
                return Some((page, index));
            }
            index -= page.records.len();
        }
        None
    }

    /// Where the record at `index` of [`records`](Batch::records) came from, for errors:
    /// `page 3, record 17`.
    pub fn place(&self, mut index: usize) -> String {
        for page in &self.pages {
            if index < page.records.len() {
                return format!("page {}, record {}", page.number, number(page, index));
            }
            index -= page.records.len();
        }
        "after the last record".to_owned()
    }
}

/// A batch has at least a row for so many keys that its checkpoint remembers.
const REMEMBERED: u64 = 4;

/// How many entries of undeclared lists and objects a batch has before it is full: each may become a row,
/// which takes a hundred times the memory of what is sent.
const ENTRIES: u64 = 2_000_000;

/// About how many entries the undeclared lists and objects of the pages of a batch have. They are counted
/// only when there are bytes enough for too many, and then once.
#[derive(Default)]
struct Entries {
    bytes: u64,
    /// The entries of so many pages, from the first one on.
    count: u64,
    counted_pages: usize,
}

impl Entries {
    fn add(&mut self, page: &AnyPage) {
        self.bytes += undeclared(page).map(|json| json.len() as u64).sum::<u64>();
    }

    fn are_too_many(&mut self, pages: &[AnyPage]) -> bool {
        // An entry and its comma are two bytes or more.
        if self.bytes < 2 * ENTRIES {
            return false;
        }
        self.count +=
            pages[self.counted_pages..].iter().flat_map(undeclared).map(commas).sum::<u64>();
        self.counted_pages = pages.len();
        self.count >= ENTRIES
    }
}

fn commas(text: &str) -> u64 {
    // So many that a byte holds their number, by which the compiler counts several at once.
    let chunks = text.as_bytes().chunks(255);
    let counts =
        chunks.map(|chunk| u64::from(chunk.iter().map(|byte| u8::from(*byte == b',')).sum::<u8>()));
    counts.sum()
}

fn undeclared(page: &AnyPage) -> impl Iterator<Item = &str> {
    (0..page.records.len()).map(|index| page.records.get(index).extra().as_json())
}

/// When a batch is full. The page that goes over a bound still belongs to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    /// How long a page waits for others to be committed with it. From a slow source little is
    /// committed at once, so that little is lost by a crash.
    pub(crate) time: Duration,
}

/// What stops a run before its loads are complete.
#[derive(Clone)]
pub(crate) struct Stop {
    /// After how many records of a resource.
    pub(crate) limit: u64,
    /// Whether it was asked for.
    pub(crate) asked: watch::Receiver<bool>,
}

/// Why there are no more batches.
enum End {
    Complete,
    Stopped,
    Failed(Error),
}

/// The batches of one load.
pub(crate) struct Batches<'a> {
    pages: AnyPages,
    table: &'a Table,
    bounds: Bounds,
    tracker: &'a Tracker<'a>,
    stop: Stop,
    end: Option<End>,
    /// The checkpoint of the last page of the batch before; at first, that which the load resumes at.
    last: Option<Checkpoint>,
}

impl<'a> Batches<'a> {
    pub(crate) fn new(
        pages: AnyPages,
        table: &'a Table,
        bounds: Bounds,
        tracker: &'a Tracker<'a>,
        stop: Stop,
        last: Option<Checkpoint>,
    ) -> Batches<'a> {
        Batches { pages, table, bounds, tracker, stop, end: None, last }
    }

    /// The next batch, until the load is complete or [`finish`](Batches::finish) says why not.
    ///
    /// Pages before an error are still a batch, so that they need not be fetched again. The batch
    /// that completes the load always comes, also without pages.
    pub(crate) async fn next(&mut self) -> Option<Batch> {
        if self.end.is_some() {
            return None;
        }
        let Bounds { rows, bytes, time } = self.bounds;
        // A checkpoint that has much to remember is written with each batch; with fewer batches, all
        // of that grows with the records and not with their square.
        let remembered = self.last.as_ref().map_or(0, Checkpoint::entries) as u64;
        let rows = rows.max(remembered / REMEMBERED);
        let mut pages = Vec::new();
        let (mut batch_rows, mut batch_bytes) = (0, 0);
        let mut batch_entries = Entries::default();
        // Counts from the first page, as there is nothing to commit before.
        let mut deadline = None;
        while self.end.is_none()
            && batch_rows < rows
            && batch_bytes < bytes
            && !batch_entries.are_too_many(&pages)
            && deadline.is_none_or(|deadline| Instant::now() < deadline)
        {
            let page = match deadline {
                None => self.next_page().await,
                // Only the waiting is given up: the next batch continues with the same page.
                Some(deadline) => match timeout_at(deadline, self.next_page()).await {
                    Ok(page) => page,
                    Err(_) => break,
                },
            };
            match page {
                Ok(Some(page)) => {
                    batch_rows += page.records.len() as u64;
                    batch_bytes += page.transfer.bytes;
                    batch_entries.add(&page);
                    if page.checkpoint.is_end() {
                        self.end = Some(End::Complete);
                    } else if self.tracker.fetched_records() >= self.stop.limit {
                        self.end = Some(End::Stopped);
                    }
                    pages.push(page);
                    deadline.get_or_insert_with(|| Instant::now() + time);
                }
                Ok(None) => self.end = Some(End::Complete),
                Err(Some(error)) => self.end = Some(End::Failed(error)),
                Err(None) => self.end = Some(End::Stopped),
            }
        }
        if let Some(End::Failed(error)) = &self.end
            && error.needs_restart()
        {
            // What has come before is of no use, as records have moved since.
            let checkpoint = Some(Checkpoint::restart());
            return Some(Batch { pages: Vec::new(), checkpoint, next_run: None });
        }
        let last = pages.last().map(|page| &page.checkpoint);
        let (checkpoint, next_run) = match (&self.end, last) {
            // It may be complete without another page, behind those of an earlier batch.
            (Some(End::Complete), last) => {
                (None, last.or(self.last.as_ref()).and_then(Checkpoint::next_run))
            }
            // Without a page there is nothing that a batch could commit.
            (_, last) => (Some(last?.clone()), None),
        };
        self.last = last.cloned();
        Some(Batch { pages, checkpoint, next_run })
    }

    /// Whether the load is complete when there are no more batches.
    pub(crate) fn finish(self) -> Result<bool, Error> {
        match self.end {
            Some(End::Failed(error)) => Err(error),
            Some(End::Stopped) => Ok(false),
            Some(End::Complete) | None => Ok(true),
        }
    }

    /// The next page; without an error if it is not waited for, because the run shall stop.
    async fn next_page(&mut self) -> Result<Option<AnyPage>, Option<Error>> {
        // Without a sender left, nothing can be asked for.
        let asked = async { self.stop.asked.wait_for(|asked| *asked).await.is_ok() };
        let page = match future::select(pin!(asked), self.pages.next()).await {
            Either::Left((true, _)) => return Err(None),
            Either::Left((false, page)) => page.await,
            Either::Right((page, _)) => page,
        };
        let Some(page) = page else { return Ok(None) };
        let page = page.map_err(Error::of_source)?;
        self.table.check(&page)?;
        self.tracker.fetched(&page);
        Ok(Some(page))
    }
}
