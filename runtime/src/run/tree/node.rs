//! A resource among those that are fetched together.

use crate::{
    fetch::{beginning::Beginning, values::Values},
    plan::{Link, ResourcePlan},
};

/// A resource of a family. Parents stand before their children.
pub(super) struct Node {
    pub(super) resource: usize,
    pub(super) plan: Link<ResourcePlan>,
    /// How it is fetched if it is wanted.
    pub(super) wanted: Option<Beginning>,
    /// The values for gaps of its path, which the fetch of a child of it has given too.
    pub(super) values: Values,
    pub(super) parent: Option<usize>,
}
