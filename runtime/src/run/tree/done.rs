//! Which records of its parent a child is done with, so that a fetch which is resumed leaves these out
//! wherever they stand by then.

use std::collections::{HashMap, HashSet, VecDeque};

use super::relation::Related;
use crate::{
    Checkpoint,
    fetch::checkpoint::{PagePoint, ParentPoint},
    incremental::journal::Journal,
};

/// The records that are done with, on the parent's page at hand and the one before it: records that
/// come in front move others to the next page. The page at hand is the first with a record that is not
/// done with, if those of several pages share a request.
#[derive(Default)]
pub(super) struct Done {
    keys: Journal<String>,
    /// The pages that they come from, and where those of each begin.
    pages: VecDeque<(u64, usize)>,
    /// How many at the beginning are kept in any case.
    kept: usize,
}

impl Done {
    /// One more, on the parent's page of this number.
    pub(super) fn push(&mut self, page: u64, key: &str) {
        if self.pages.back().is_none_or(|(last, _)| *last < page) {
            self.pages.push_back((page, self.keys.len()));
        }
        self.keys.push(key.to_owned());
    }

    /// All of them, as of this page.
    pub(super) fn keys(&mut self, page: u64) -> Journal<String> {
        let mut first = None;
        while let Some((second, begin)) = self.pages.get(1).copied()
            && second < page
        {
            self.pages.pop_front();
            first = Some(begin);
        }
        if let Some(first) = first {
            let keys: Vec<String> = self.keys.entries();
            let (kept, first) = (self.kept, first.max(self.kept));
            let is_kept = |(at, _): &(usize, String)| *at < kept || *at >= first;
            let keys = keys.into_iter().enumerate().filter(is_kept);
            self.keys = keys.map(|(_, key)| key).collect();
            self.pages.iter_mut().for_each(|(_, begin)| *begin -= first - kept);
        }
        self.keys.clone()
    }
}

/// Where an earlier fetch has stopped.
pub(super) struct Resumed {
    point: ParentPoint,
    /// Where that of the record under way continues.
    pages: Option<PagePoint>,
    /// How many records there are to leave out by each key: the requests of two may be the same.
    left: HashMap<String, u64>,
    /// Whether records share requests.
    in_batches: bool,
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
    pub(super) fn new(point: ParentPoint, pages: Option<PagePoint>, in_batches: bool) -> Resumed {
        let mut left = HashMap::new();
        for key in point.through.iter().flat_map(Journal::entries::<Vec<String>>) {
            *left.entry(key).or_default() += 1;
        }
        Resumed { point, pages, left, in_batches }
    }

    /// What is done with already, as of the page that the fetch resumes with. Of records that share
    /// requests some may be on pages behind it.
    pub(super) fn done(&self) -> Done {
        let mut keys = self.point.through.clone().unwrap_or_default();
        let mut kept = 0;
        if self.in_batches {
            // Those that have come again on another page are twice in it.
            let mut known = HashSet::new();
            let all: Vec<String> = keys.entries();
            keys = all.into_iter().filter(|key| known.insert(key.clone())).collect();
            kept = keys.len();
        }
        Done { keys, pages: [(self.page(), 0)].into(), kept }
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
        let ParentPoint { after, done, key, through, batch, .. } = &self.point;
        if page != self.page() {
            let is_done = after.as_ref().is_some_and(is_done_at);
            return if is_done { Standing::IsDone } else { Standing::From(0) };
        }
        // Several records shared the request under way, and do so no more.
        if !self.in_batches && !batch.is_empty() {
            return Standing::Unknown;
        }
        let Some(key) = key else { return Standing::From(0) };
        if through.is_some() {
            // Records that are gone from the first page cannot have come from one before.
            let is_known = |related: &Related| {
                let own = related.key();
                related.has_key(key) || self.left.contains_key(&own) || batch.contains(&own)
            };
            let is_anchored = page == 1 || records.iter().flatten().any(is_known);
            return if is_anchored { Standing::From(0) } else { Standing::Unknown };
        }
        // Earlier releases kept how many there were, and the key of one.
        let done = usize::try_from(*done).unwrap_or(usize::MAX);
        let at = if self.pages.is_some() { done } else { done.saturating_sub(1) };
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
    pub(super) fn within(&mut self, related: &Related) -> Option<PagePoint> {
        let key = self.point.key.as_ref()?;
        if self.pages.is_some() && related.has_key(key) { self.pages.take() } else { None }
    }

    /// The keys of the records that share the request under way; empty if none is.
    pub(super) fn batch(&self) -> Vec<String> {
        let alone = self.point.key.iter().filter(|_| self.pages.is_some());
        if self.point.batch.is_empty() {
            alone.cloned().collect()
        } else {
            self.point.batch.clone()
        }
    }

    /// Where the fetch for the records that share the request under way continues.
    pub(super) fn within_batch(&mut self) -> Option<PagePoint> {
        self.pages.take()
    }

    /// Continues nowhere within what was under way.
    pub(super) fn forget(&mut self) {
        self.pages = None;
    }

    /// Whether the record that was under way has not come.
    pub(super) fn is_waiting(&self) -> bool {
        self.pages.is_some()
    }
}
