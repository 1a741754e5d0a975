//! What is to be fetched of the children for the records on a page of their parent.

use std::{mem, sync::Arc};

use super::{
    child::Child,
    relation::{Related, window_key},
};
use crate::{
    Checkpoint, Error,
    error::{Kind, Misread},
    fetch::{checkpoint::ParentPoint, fetched::Fetched},
    incremental::{Range, Slice, state::RangeState},
    paginate::position::Position,
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
    pub(super) position: Option<Position>,
    /// The window of its range that is fetched, where that is split.
    pub(super) part: Option<Box<WindowPart>>,
}

/// One of the windows that the range of a record of the parent is split into.
#[derive(Clone)]
pub(super) struct WindowPart {
    pub(super) slice: Slice,
    /// What tells it from those of other records and from other windows.
    pub(super) key: String,
    pub(super) is_last: bool,
}

/// The page of a parent that is expanded.
pub(super) struct ParentPage<'a> {
    /// The checkpoints before and after it.
    pub(super) around: &'a Arc<(Option<Checkpoint>, Checkpoint)>,
    pub(super) number: u64,
    /// Whether a fetch that resumes at a checkpoint is done with it.
    pub(super) is_done_at: &'a dyn Fn(&Checkpoint) -> bool,
}

/// What is to be fetched of a child for the records on a page of its parent, up to one that is misread.
pub(super) fn work(
    number: usize,
    child: &mut Child,
    parent: &str,
    page: &ParentPage<'_>,
    (related, mut misread): (Vec<Option<Related>>, Option<Misread>),
) -> Vec<Work> {
    let mut work = Vec::new();
    let first = match child.first(parent, page.number, page.is_done_at, &related) {
        Ok(Some(first)) => first,
        // The records are still known when they come again.
        Ok(None) => {
            misread = None;
            usize::MAX
        }
        Err(error) => return vec![Work::Fail { child: number, index: 0, error }],
    };
    let end = related.len() as u64;
    for (index, related) in related.into_iter().enumerate() {
        let Some(related) = related else { continue };
        let key = related.key();
        let is_new = child.seen.insert(related.whole_key(&key));
        if !is_new || child.leaves_out(&key) || index < first {
            continue;
        }
        let resumed = child.resumed.as_mut();
        let position = resumed.and_then(|resumed| resumed.position(&related));
        work.push(Work::Fetch(Job {
            child: number,
            key,
            related,
            index: index as u64,
            page: Arc::clone(page.around),
            number: page.number,
            is_last: false,
            position,
            part: None,
        }));
    }
    if let Some(Work::Fetch(last)) = work.last_mut() {
        last.is_last = misread.is_none();
    }
    work.extend(misread.map(|misread| {
        let error = Error::new(Kind::Decode(misread)).on_page(page.number);
        Work::Fail { child: number, index: end, error }
    }));
    work
}

impl Job {
    /// The windows of a record's range that are to be fetched: those that an earlier fetch is not done
    /// with. The first of them continues where that has stopped.
    pub(super) fn split(
        &self,
        child: &mut Child,
        slices: Vec<Slice>,
        state: RangeState,
    ) -> Vec<Job> {
        child.begin_split(&self.key, state);
        let last = slices.len().saturating_sub(1);
        let mut position = self.position.clone();
        let mut parts = Vec::new();
        for (number, slice) in slices.into_iter().enumerate() {
            let key = window_key(&self.key, &slice);
            let is_last = number == last;
            if child.leaves_out(&key) && !(is_last && parts.is_empty()) {
                continue;
            }
            parts.push(Job {
                part: Some(Box::new(WindowPart { slice, key, is_last })),
                position: position.take(),
                is_last: self.is_last && is_last,
                related: self.related.clone(),
                key: self.key.clone(),
                page: Arc::clone(&self.page),
                ..*self
            });
        }
        parts
    }

    /// A page of the child as it leaves: with what it got from the parent, and where a fetch of all
    /// of the child's pages continues after it.
    pub(super) fn complete(&self, child: &mut Child, mut page: Box<Fetched>) -> Box<Fetched> {
        child.pages += 1;
        let inner = mem::take(&mut page.checkpoint);
        let mut range = None;
        match (&mut child.windows, inner.range) {
            (Some(windows), Some(new)) => {
                let mut whole = windows.state.clone();
                if let Some(plan) = &child.plan.endpoint.incremental {
                    Range::join(plan, &mut whole, new);
                }
                if inner.position.is_none() {
                    windows.state = whole.clone();
                }
                range = Some(whole);
            }
            (None, Some(new)) => {
                let new = match &self.part {
                    Some(_) => child.joined(&self.key, new, inner.position.is_none()),
                    None => new,
                };
                child.ranges.write(&self.key, new);
            }
            (_, None) => {}
        }
        let (before, after) = &*self.page;
        let is_whole = self.part.as_ref().is_none_or(|part| part.is_last);
        if inner.position.is_none() {
            if let Some(part) = &self.part {
                child.done.push(self.number, &part.key);
            }
            if is_whole {
                child.done.push(self.number, &self.key);
            }
        }
        let through = Some(child.done.keys(self.number));
        let point = |after, done, key| {
            Some(Box::new(ParentPoint { after, done, key, through, adds: false }))
        };
        let key = || Some(self.key.clone());
        let parent = match (&inner.position, self.is_last) {
            (Some(_), _) => point(before.clone(), self.index, key()),
            (None, _) if !is_whole => point(before.clone(), self.index, key()),
            (None, false) => point(before.clone(), self.index + 1, key()),
            (None, true) if after.is_end() => None,
            (None, true) => point(Some(after.clone()), 0, None),
        };
        page.number = child.pages;
        page.checkpoint = Checkpoint {
            page: child.pages,
            position: inner.position,
            next_parents: parent.is_none().then(|| after.next_run()).flatten().map(Box::new),
            parent,
            range,
            ranges: child.ranges.clone(),
            now: inner.now,
            ..Checkpoint::default()
        };
        page.included = Arc::clone(&self.related.included);
        page
    }
}
