//! What is to be fetched of the children for the records on a page of their parent.

use std::sync::Arc;

use super::{
    batches::{Batch, Batches, HasChanged, Member, Place},
    child::Child,
    done::Resumed,
    job::{Job, Shared, Work},
    relation::Related,
};
use crate::{
    Checkpoint, Error,
    error::{Kind, Misread},
};

/// The page of a parent that is expanded.
pub(super) struct ParentPage<'a> {
    /// The checkpoints before and after it.
    pub(super) around: &'a Arc<(Option<Checkpoint>, Checkpoint)>,
    pub(super) number: u64,
    /// Whether a fetch that resumes at a checkpoint is done with it.
    pub(super) is_done_at: &'a dyn Fn(&Checkpoint) -> bool,
    /// How many of its records have been expanded before.
    pub(super) from: usize,
    /// Whether no more of its records come.
    pub(super) is_whole: bool,
}

impl<'a> ParentPage<'a> {
    /// The only page of values that are known from the start.
    pub(super) fn of_values(around: &'a Arc<(Option<Checkpoint>, Checkpoint)>) -> ParentPage<'a> {
        ParentPage { around, number: 1, is_done_at: &|_| false, from: 0, is_whole: true }
    }
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
    let end = (page.from + related.len()) as u64;
    let place = |index| Place { page: Arc::clone(page.around), number: page.number, index };
    for (index, related) in (page.from..).zip(related) {
        let Some(related) = related else { continue };
        let key = related.key();
        let is_new = child.seen.insert(related.whole_key(&key));
        if !is_new || child.leaves_out(&key, page.number) || index < first {
            continue;
        }
        if child.batches.is_some() {
            work.extend(share(number, child, parent, (related, key), &place(index as u64)));
            continue;
        }
        let resumed = child.resumed.as_mut();
        let resume = resumed.and_then(|resumed| resumed.within(&related)).map(Box::new);
        work.push(Work::Fetch(Job {
            child: number,
            key,
            related,
            index: index as u64,
            page: Arc::clone(page.around),
            number: page.number,
            is_last: false,
            resume,
            part: None,
            shared: None,
        }));
    }
    let is_end = page.is_whole && page.around.1.is_end();
    if child.batches.is_some() && (is_end || misread.is_some()) {
        work.extend(rest(number, child, parent, &place(end)));
    }
    if let Some(Work::Fetch(last)) = work.last_mut() {
        last.is_last = page.is_whole
            && misread.is_none()
            && !child.batches.as_ref().is_some_and(Batches::is_waiting);
    }
    work.extend(misread.map(|misread| {
        let error = Error::new(Kind::Decode(misread)).on_page(page.number);
        Work::Fail { child: number, index: end, error }
    }));
    work
}

/// Takes a record of the parent that shares requests with others: the work for those that are complete
/// with it.
fn share(
    number: usize,
    child: &mut Child,
    parent: &str,
    (related, key): (Related, String),
    place: &Place,
) -> Vec<Work> {
    let state = child.known.get(&key).cloned();
    let member = Member { related, key, state, place: place.clone() };
    match child.batches.as_mut().map(|batches| batches.add(member)) {
        None => Vec::new(),
        Some(Ok(complete)) => shared(number, child, complete, place),
        Some(Err(HasChanged)) => changed(number, child, parent, place),
    }
}

/// The work for the requests that no more records are to share.
fn rest(number: usize, child: &mut Child, parent: &str, at: &Place) -> Vec<Work> {
    match child.batches.as_mut().map(Batches::finish) {
        None => Vec::new(),
        Some(Ok(left)) => shared(number, child, left, at),
        Some(Err(HasChanged)) => {
            let mut work = changed(number, child, parent, at);
            if let Some(Ok(left)) = child.batches.as_mut().map(Batches::finish) {
                work.extend(shared(number, child, left, at));
            }
            work
        }
    }
}

/// The work for the requests that are left when the parent has no more records.
pub(super) fn at_the_end(number: usize, child: &mut Child, parent: &str, at: &Place) -> Vec<Work> {
    let mut work = rest(number, child, parent, at);
    if let Some(Work::Fetch(last)) = work.last_mut() {
        last.is_last = true;
    }
    work
}

/// The work where the request that was under way when an earlier fetch stopped cannot be made again.
fn changed(number: usize, child: &mut Child, parent: &str, at: &Place) -> Vec<Work> {
    if child.beginning.appends {
        let what = format!(
            "of the records of the parent `{parent}` that shared the request under way when the fetch \
             stopped, not all have come again, so that records which have come may come a second time"
        );
        let error = Error::new(Kind::WouldRepeat(what)).on_page(at.number);
        return vec![Work::Fail { child: number, index: at.index, error }];
    }
    tracing::warn!(
        child = &*child.plan.name,
        page = at.number,
        "of the parent's records that shared the request under way when the fetch stopped, not all have \
         come again; what they have is fetched again"
    );
    child.resumed.iter_mut().for_each(Resumed::forget);
    let complete = child.batches.as_mut().map(Batches::begin_again);
    shared(number, child, complete.unwrap_or_default(), at)
}

/// The work for requests that are complete with the record at a place.
fn shared(number: usize, child: &mut Child, batches: Vec<Batch>, at: &Place) -> Vec<Work> {
    let job = |batch: Batch| {
        let related = child.batches.as_ref()?.related(&batch.members)?;
        let first = batch.first()?.place.clone();
        let rest = batch.waits.clone().unwrap_or_else(|| at.clone());
        let from = if rest.number < first.number { &rest } else { &first };
        let resumed = child.resumed.as_mut().filter(|_| batch.is_resumed);
        Some(Work::Fetch(Job {
            child: number,
            related,
            key: batch.key(),
            index: at.index,
            page: Arc::clone(&from.page),
            number: from.number,
            is_last: false,
            resume: resumed.and_then(Resumed::within_batch).map(Box::new),
            part: None,
            shared: Some(Box::new(Shared {
                members: batch.members.into_iter().map(Member::known).collect(),
                rest,
            })),
        }))
    };
    batches.into_iter().filter_map(job).collect()
}
