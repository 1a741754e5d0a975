//! What is to be fetched for a record of the parent, or for several, and where its pages lead.

use std::{mem, sync::Arc};

use super::{
    batches::Place,
    child::Child,
    relation::{Related, window_key},
};
use crate::{
    Checkpoint, Error,
    fetch::{
        checkpoint::{PagePoint, ParentPoint},
        fetched::Fetched,
    },
    incremental::{Range, WindowRange, state::RangeState},
};

/// What is to be done for one record of the parent.
pub(super) enum Work {
    Fetch(Job),
    /// The record lacks what this child needs, which therefore ends here.
    Fail {
        child: usize,
        index: u64,
        error: Error,
    },
}

/// What is to be fetched.
pub(super) struct Job {
    pub(super) child: usize,
    pub(super) related: Related,
    pub(super) key: String,
    /// The number of the record on the parent's page, from 0.
    pub(super) index: u64,
    /// The checkpoints before and after that page.
    pub(super) page: Arc<(Option<Checkpoint>, Checkpoint)>,
    /// The number of that page.
    pub(super) number: u64,
    /// Whether it is the child's last one on the page.
    pub(super) is_last: bool,
    /// Where an earlier fetch of it has stopped.
    pub(super) resume: Option<Box<PagePoint>>,
    /// The window of its range that is fetched, where that is split.
    pub(super) part: Option<Box<WindowPart>>,
    /// What shares its requests. The page is then the first with a record that is not done with.
    pub(super) shared: Option<Box<Shared>>,
}

/// The records of the parent that share requests.
#[derive(Clone)]
pub(super) struct Shared {
    /// Their keys, and the pages that they are on.
    pub(super) members: Vec<(String, u64)>,
    /// Where the first record is that is not done with when they are.
    pub(super) rest: Place,
}

/// One of the windows that the range of a record of the parent is split into.
#[derive(Clone)]
pub(super) struct WindowPart {
    pub(super) slice: WindowRange,
    /// What tells it from those of other records and from other windows.
    pub(super) key: String,
    pub(super) is_last: bool,
}

impl Job {
    /// The windows of a record's range that are to be fetched: those that an earlier fetch is not done
    /// with. The first of them continues where that has stopped.
    pub(super) fn split(
        &self,
        child: &mut Child,
        slices: Vec<WindowRange>,
        state: RangeState,
    ) -> Vec<Job> {
        child.begin_split(&self.key, state);
        let last = slices.len().saturating_sub(1);
        let mut resume = self.resume.clone();
        let mut parts = Vec::new();
        for (number, slice) in slices.into_iter().enumerate() {
            let key = window_key(&self.key, &slice);
            let is_last = number == last;
            if child.leaves_out(&key, self.number) && !(is_last && parts.is_empty()) {
                continue;
            }
            parts.push(Job {
                part: Some(Box::new(WindowPart { slice, key, is_last })),
                resume: resume.take(),
                is_last: self.is_last && is_last,
                related: self.related.clone(),
                key: self.key.clone(),
                page: Arc::clone(&self.page),
                shared: self.shared.clone(),
                ..*self
            });
        }
        parts
    }

    /// The state of the range with which the fetch begins. What shares requests has the same.
    pub(super) fn state(&self, child: &Child) -> Option<RangeState> {
        match &self.shared {
            None => child.state_of(&self.key, &self.related),
            Some(shared) => {
                let (key, _) = shared.members.first()?;
                child.state_of(key, &self.related)
            }
        }
    }

    /// A page of the child as it leaves: with what it got from the parent, and where a fetch of all
    /// of the child's pages continues after it.
    pub(super) fn complete(&self, child: &mut Child, mut page: Box<Fetched>) -> Box<Fetched> {
        child.pages += 1;
        let inner = mem::take(&mut page.checkpoint);
        let is_through = inner.pages.is_none();
        let range = inner.range.and_then(|new| self.keep(child, new, is_through));
        let is_whole = self.part.as_ref().is_none_or(|part| part.is_last);
        if is_through && let Some(part) = &self.part {
            child.done.push(self.number, &part.key);
        }
        let parent = self.point(child, is_through && is_whole);
        let next_parents = match &parent {
            None => self.rest().1.next_run().map(Box::new),
            Some(_) => None,
        };
        page.number = child.pages;
        page.checkpoint = Checkpoint {
            page: child.pages,
            pages: inner.pages,
            next_parents,
            parent,
            range,
            ranges: child.ranges.clone(),
            now: inner.now,
            ..Checkpoint::default()
        };
        page.included = Arc::clone(&self.related.included);
        page
    }

    /// Keeps the state of a range as it is after a page, and gives that of all windows, if the child is
    /// fetched in windows.
    fn keep(&self, child: &mut Child, new: RangeState, is_through: bool) -> Option<RangeState> {
        if let Some(windows) = &mut child.windows {
            let mut whole = windows.state.clone();
            if let Some(plan) = &child.plan.endpoint.incremental {
                Range::join(plan, &mut whole, new);
            }
            if is_through {
                windows.state = whole.clone();
            }
            return Some(whole);
        }
        let new = match &self.part {
            Some(_) => child.joined(&self.key, new, is_through),
            None => new,
        };
        match &self.shared {
            None => child.ranges.write(&self.key, new),
            Some(shared) => {
                for (key, _) in &shared.members {
                    child.ranges.write(key, new.clone());
                }
            }
        }
        None
    }

    /// The checkpoints before and after the page where the first record is that is not done with when
    /// this one is.
    fn rest(&self) -> &(Option<Checkpoint>, Checkpoint) {
        self.shared.as_ref().map_or(&self.page, |shared| &shared.rest.page)
    }

    /// How far the parent's records have been gone through, if this one is done with or else under way.
    /// `None` behind the last one.
    fn point(&self, child: &mut Child, is_done: bool) -> Option<Box<ParentPoint>> {
        let mut point = ParentPoint::default();
        let mut number = self.number;
        match &self.shared {
            None => {
                if is_done {
                    child.done.push(self.number, &self.key);
                }
                (point.done, point.key) = (self.index + u64::from(is_done), Some(self.key.clone()));
            }
            Some(shared) => {
                if is_done {
                    shared.members.iter().for_each(|(key, page)| child.done.push(*page, key));
                    number = shared.rest.number;
                } else {
                    point.batch = shared.members.iter().map(|(key, _)| key.clone()).collect();
                }
                // By which that page is known again.
                let mut on_page = shared.members.iter().filter(|(_, page)| *page == number);
                point.key = on_page.next_back().map(|(key, _)| key.clone());
                point.done = self.index;
            }
        }
        let (before, after) = if is_done { self.rest() } else { &*self.page };
        point.through = Some(child.done.keys(number));
        point.after.clone_from(before);
        if is_done && self.is_last {
            if after.is_end() {
                return None;
            }
            (point.after, point.done, point.key) = (Some(after.clone()), 0, None);
        }
        Some(Box::new(point))
    }
}
