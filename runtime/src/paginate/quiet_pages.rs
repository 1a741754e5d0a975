//! What is remembered of first pages that show no others, see [`quiet`](super::quiet).

use std::{collections::HashSet, sync::Arc};

/// So many pages are remembered of a resource. Where what is beside the records has more forms, looking for
/// them costs more than it spares.
const MOST: usize = 256;

/// What the pages have beside their records that show no others.
#[derive(Default)]
pub(super) struct Quiet {
    pages: HashSet<u64>,
    /// That of the last one of them.
    pub(super) form: Option<Arc<Form>>,
}

impl Quiet {
    pub(super) fn has(&self, page: u64) -> bool {
        self.pages.contains(&page)
    }

    /// Whether one more can be remembered.
    pub(super) fn has_room(&self) -> bool {
        self.pages.len() < MOST
    }

    pub(super) fn add(&mut self, page: u64, form: Option<Form>) {
        self.pages.insert(page);
        self.form = form.map(Arc::new);
    }
}

/// A page by which others are known to have as many records, and the same beside them, without reading
/// them.
pub(super) struct Form {
    /// Up to the list of the records.
    pub(super) before: String,
    pub(super) after: String,
    /// Of the objects in the list, of which each record has equally many.
    pub(super) braces: usize,
    pub(super) has_link: bool,
    pub(super) circumstances: u64,
}
