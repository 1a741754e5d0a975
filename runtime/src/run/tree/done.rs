//! Which records of its parent a child is done with, so that a fetch which is resumed leaves these out
//! wherever they stand by then.

use std::collections::HashMap;

use super::relation::Related;
use crate::{
    Checkpoint, fetch::checkpoint::ParentPoint, incremental::journal::Journal,
    paginate::position::Position,
};

/// The records that are done with, on the parent's page at hand and the one before it: records that
/// come in front move others to the next page.
#[derive(Default)]
pub(super) struct Done {
    keys: Journal<String>,
    /// Where those of the page begin.
    of_page: usize,
    page: u64,
}

impl Done {
    /// One more, on the parent's page of this number.
    pub(super) fn push(&mut self, page: u64, key: &str) {
        self.turn_to(page);
        self.keys.push(key.to_owned());
    }

    /// All of them, as of this page.
    pub(super) fn keys(&mut self, page: u64) -> Journal<String> {
        self.turn_to(page);
        self.keys.clone()
    }

    fn turn_to(&mut self, page: u64) {
        if self.page != page {
            let keys: Vec<String> = self.keys.entries();
            self.keys = keys.into_iter().skip(self.of_page).collect();
            (self.of_page, self.page) = (self.keys.len(), page);
        }
    }
}

/// Where an earlier fetch has stopped.
pub(super) struct Resumed {
    point: ParentPoint,
    /// Where that of the record under way continues.
    position: Option<Position>,
    /// How many records there are to leave out by each key: the requests of two may be the same.
    left: HashMap<String, u64>,
}

/// What a resumed fetch does with a page of the parent.
pub(super) enum Standing {
    /// Nothing.
    IsDone,
    /// It leaves out so many records, and of the others those that it is done with.
    From(usize),
    /// It cannot tell which of them it is done with.
    Unknown,
}

impl Resumed {
    pub(super) fn new(point: ParentPoint, position: Option<Position>) -> Resumed {
        let mut left = HashMap::new();
        for key in point.through.iter().flat_map(Journal::entries::<Vec<String>>) {
            *left.entry(key).or_default() += 1;
        }
        Resumed { point, position, left }
    }

    /// What is done with already, as of the page that the fetch resumes with.
    pub(super) fn done(&self) -> Done {
        let keys = self.point.through.clone().unwrap_or_default();
        Done { keys, of_page: 0, page: self.page() }
    }

    /// The number of the parent's page that it resumes with.
    fn page(&self) -> u64 {
        self.point.after.as_ref().map_or(0, |checkpoint| checkpoint.page) + 1
    }

    /// What it does with the page of this number.
    pub(super) fn standing(
        &self,
        page: u64,
        is_done_at: &dyn Fn(&Checkpoint) -> bool,
        records: &[Option<Related>],
    ) -> Standing {
        let ParentPoint { after, done, key, through, .. } = &self.point;
        if page != self.page() {
            let is_done = after.as_ref().is_some_and(is_done_at);
            return if is_done { Standing::IsDone } else { Standing::From(0) };
        }
        let Some(key) = key else { return Standing::From(0) };
        if through.is_some() {
            // Records that are gone from the first page cannot have come from one before.
            let is_known =
                |related: &Related| related.has_key(key) || self.left.contains_key(&related.key());
            let is_anchored = page == 1 || records.iter().flatten().any(is_known);
            return if is_anchored { Standing::From(0) } else { Standing::Unknown };
        }
        // Earlier releases kept how many there were, and the key of one.
        let done = usize::try_from(*done).unwrap_or(usize::MAX);
        let at = if self.position.is_some() { done } else { done.saturating_sub(1) };
        match records.get(at).and_then(Option::as_ref) {
            Some(related) if related.has_key(key) => Standing::From(done),
            _ => Standing::Unknown,
        }
    }

    /// Whether the fetch is done with one more record of this key.
    pub(super) fn leaves_out(&mut self, key: &str) -> bool {
        match self.left.get_mut(key) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// Where the fetch for a record continues, if it is the one that was under way.
    pub(super) fn position(&mut self, related: &Related) -> Option<Position> {
        let key = self.point.key.as_ref()?;
        if self.position.is_some() && related.has_key(key) { self.position.take() } else { None }
    }

    /// Whether the record that was under way has not come.
    pub(super) fn is_waiting(&self) -> bool {
        self.position.is_some()
    }
}
