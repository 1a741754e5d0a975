//! The paginators that a first response may be meant for.

use crate::paginate::detected::FoundPaginator;

/// A paginator that a response may be meant for.
pub(super) struct Candidate {
    pub(super) paginator: FoundPaginator,
    pub(super) next: Next,
}

/// Whether there is a page after this one, by what a paginator looks at.
pub(super) enum Next {
    /// This says so.
    Said(String),
    /// That is not known.
    Open,
    /// This page is the last one.
    End,
}

/// A sign of more that no paginator of the file can follow, and what to do.
pub(super) struct Unfollowed {
    pub(super) what: String,
    pub(super) advice: String,
}
