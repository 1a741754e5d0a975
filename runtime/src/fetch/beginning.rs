//! What a fetch of one resource begins with.

use std::sync::{Arc, atomic::AtomicBool};

use jiff::Timestamp;

use super::{fetched::Fetched, slice::Slice as Part, values::Values};
use crate::{
    Checkpoint,
    error::Reason,
    incremental::WindowRange,
    paginate::{Observed, detect::SharedRecords},
};

/// What a fetch of one resource begins with.
#[derive(Clone, Default)]
pub(crate) struct Beginning {
    /// Query parameters that go over those of the plan.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) page_size: Option<u64>,
    pub(crate) values: Values,
    pub(crate) resume: Option<Checkpoint>,
    /// When the run begins.
    pub(crate) now: Timestamp,
    /// The window of the incremental range that is fetched, where it is split.
    pub(crate) slice: Option<WindowRange>,
    /// The part of the resource that is fetched, if it is not all.
    pub(crate) part: Option<Arc<Part>>,
    /// How many requests of it may be under way at the same time, where their pages are known
    /// beforehand.
    pub(crate) width: usize,
    /// Whether records that do not fit are set aside.
    pub(crate) set_aside: bool,
    /// What the resource's pages have shown in this run.
    pub(crate) observed: Arc<Observed>,
    /// The only record of the parent whose children are fetched, as JSON, or why it is none.
    pub(crate) of_parent: Option<Result<String, Reason>>,
    /// Whether a page that contradicts a complete fetch fails it.
    pub(crate) is_strict: bool,
    /// Whether no record may come a second time.
    pub(crate) appends: bool,
    /// Whether its pages are not taken any more, where others are fetched with it.
    pub(crate) is_given_up: Option<Arc<AtomicBool>>,
    /// Where its records are, as far as that was detected.
    pub(crate) detected: SharedRecords,
}

impl Beginning {
    /// Whether an earlier fetch is done with the page.
    pub(crate) fn is_done_with(&self, page: &Fetched) -> bool {
        self.resume.as_ref().is_some_and(|resume| {
            // Where pages are counted, one is the same although it ends elsewhere.
            if self.appends { page.number <= resume.page } else { page.is_done_at(resume) }
        })
    }
}
