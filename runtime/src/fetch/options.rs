//! What a fetch is refined by.

use std::sync::Arc;

use jiff::Timestamp;

use super::{beginning::Beginning, slice::Slice, values::Values};
use crate::{Checkpoint, error::Reason};

/// What a fetch is refined by, see [`Fetch`](crate::Fetch).
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) params: Vec<(String, String)>,
    pub(crate) page_size: Option<u64>,
    pub(crate) max_pages: Option<u64>,
    pub(crate) limit: Option<u64>,
    pub(crate) arguments: Vec<(String, serde_json::Value)>,
    pub(crate) resume: Option<Checkpoint>,
    pub(crate) set_aside: bool,
    pub(crate) is_strict: bool,
    pub(crate) appends: bool,
    /// The only record of the parent whose children are fetched, as JSON, or why it is none.
    pub(crate) of_parent: Option<Result<String, Reason>>,
    /// The part that is fetched, if it is not all.
    pub(crate) slice: Option<Arc<Slice>>,
}

impl Options {
    /// What the resource's fetch begins with, or `None` if there is nothing to fetch.
    pub(crate) fn beginning(&self) -> Option<Beginning> {
        let of_slice = || self.slice.as_ref().map(|slice| &slice.checkpoint);
        let resume = self.resume.as_ref().or_else(of_slice);
        let is_over = resume.is_some_and(Checkpoint::is_end)
            || self.max_pages == Some(0)
            || self.limit == Some(0);
        (!is_over).then(|| Beginning {
            params: self.params.clone(),
            page_size: self.page_size,
            values: Values { arguments: self.arguments.clone().into(), ..Values::default() },
            resume: resume.cloned(),
            now: Timestamp::now(),
            width: 1,
            set_aside: self.set_aside,
            is_strict: self.is_strict,
            appends: self.appends,
            observed: Arc::default(),
            of_parent: self.of_parent.clone(),
            part: self.slice.clone(),
            ..Beginning::default()
        })
    }
}
