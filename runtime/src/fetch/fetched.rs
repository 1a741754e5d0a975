//! A page as it was fetched, with what is known before its records are decoded.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::page_text::Body;
use crate::{
    Checkpoint, Detected, Error, Rejected, Transfer,
    decode::{DecodeError, rejected::Unfit},
    error::mask::Mask,
    paginate::{Doubt, detected::Found},
    plan::{Selector, Str},
};

/// The text of a page, with what is known before its records are decoded.
pub(crate) struct Fetched {
    /// Which resource of those that are fetched together it belongs to.
    pub(crate) resource: usize,
    pub(crate) body: Body,
    /// Where the records are.
    pub(crate) selector: Selector,
    pub(crate) number: u64,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) transfer: Transfer,
    /// Which records count; all do if `None`.
    pub(crate) kept: Option<Vec<bool>>,
    /// The records that do not fit, as far as they are known; if `None`, the first of them fails the
    /// page.
    pub(crate) unfit: Option<Vec<Unfit>>,
    /// Fields of the parent's record that every record gets, by their columns' names.
    pub(crate) included: Arc<[(Str, Box<RawValue>)]>,
    /// What the first response has shown.
    pub(crate) found: Found,
    /// What contradicts a complete fetch, for those who need one.
    pub(crate) doubt: Option<Doubt>,
}

/// What a page has beside its records.
pub(crate) struct PageMetadata {
    pub(crate) number: u64,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) transfer: Transfer,
    pub(crate) detected: Detected,
    pub(crate) rejected: Vec<Rejected>,
}

impl Fetched {
    /// A page of a record that the caller has given.
    pub(crate) fn given(record: String) -> Fetched {
        Fetched {
            resource: usize::MAX,
            body: Body::of(record, None, Arc::default()),
            selector: Selector::ROOT,
            number: 1,
            checkpoint: Checkpoint { page: 1, ..Checkpoint::default() },
            transfer: Transfer::default(),
            kept: None,
            unfit: None,
            included: Arc::new([]),
            found: Found::default(),
            doubt: None,
        }
    }

    /// What its page has beside its records. Those that do not fit are set aside.
    pub(crate) fn around(self, unfit: Option<Vec<Unfit>>, mask: &Mask) -> PageMetadata {
        let mut unfit = unfit.unwrap_or_default();
        unfit.sort_by_key(|unfit| unfit.number);
        let rejected = unfit.into_iter().map(|unfit| unfit.reject(mask)).collect();
        let Fetched { number, checkpoint, transfer, found, .. } = self;
        PageMetadata { number, checkpoint, transfer, detected: Detected::from(&found), rejected }
    }

    /// The error for a page whose records cannot be decoded.
    pub(crate) fn fault(&self, fault: DecodeError) -> Error {
        self.body.fault(fault).on_page(self.number)
    }

    /// Whether a fetch that resumes at this checkpoint is done with the page: it was the one that
    /// the checkpoint came with, or one before. That a page of the same number ends elsewhere now
    /// means that the server's records have moved.
    pub(crate) fn is_done_at(&self, checkpoint: &Checkpoint) -> bool {
        let place = |of: &Checkpoint| {
            let parent = of.parent.as_ref().map(|point| (point.done, point.key.clone()));
            (of.pages.as_ref().map(|point| point.position.clone()), parent)
        };
        let has_moved =
            self.number == checkpoint.page && place(&self.checkpoint) != place(checkpoint);
        if has_moved {
            let page = self.number;
            tracing::warn!(
                page,
                "the records have changed since the fetch stopped; the page comes again"
            );
        }
        self.number <= checkpoint.page && !has_moved
    }

    /// Whether the record at this index counts.
    pub(crate) fn counts(&self, index: usize) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.get(index) != Some(&false))
    }
}
