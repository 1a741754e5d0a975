//! Resources that are fetched together.

use tokio::runtime::Handle;

use crate::{
    Client,
    error::Reason,
    fetch::{beginning::Beginning, pipe::Inlet, values::Values},
    plan::{Link, ResourcePlan},
};

/// A resource whose pages are wanted.
pub(crate) struct Selected {
    /// By which its pages are known.
    pub(crate) resource: usize,
    pub(crate) plan: Link<ResourcePlan>,
    pub(crate) beginning: Beginning,
}

/// Resources whose pages come out of one pipe.
pub(crate) struct SharedPages {
    /// By which they are known.
    pub(crate) resources: Vec<usize>,
    pub(crate) pages: Inlet,
}

/// Begins to fetch resources: [`open`](super::open) of this folder.
pub(super) type Open =
    fn(&Client, &Handle, Vec<Selected>, bool) -> Result<Vec<SharedPages>, Reason>;

/// A resource of a tree. Parents stand before their children.
pub(super) struct Node {
    pub(super) resource: usize,
    pub(super) plan: Link<ResourcePlan>,
    /// How it is fetched if it is wanted.
    pub(super) wanted: Option<Beginning>,
    /// The values for gaps of its path, which the fetch of a child of it has given too.
    pub(super) values: Values,
    pub(super) parent: Option<usize>,
}
