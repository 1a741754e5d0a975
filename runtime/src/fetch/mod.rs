//! The pages of one resource: composing a request, the loop over pages in a task of its own, prefetch,
//! checkpoints, and a page as it was fetched.

pub(crate) mod advice;
pub(crate) mod ahead;
pub(crate) mod beginning;
pub(crate) mod checkpoint;
pub(crate) mod compose;
pub(crate) mod decode_alone;
pub(crate) mod fetched;
pub(crate) mod fetcher;
mod filled;
pub(crate) mod from_record;
pub(crate) mod kept;
mod nothing;
pub(crate) mod options;
pub(crate) mod page_text;
pub(crate) mod pipe;
pub(crate) mod raw_record;
mod shaping;
pub(crate) mod slice;
pub(crate) mod templates;
pub(crate) mod values;
