//! A child resource, and what is to be fetched of it for the records of its parent.

use std::{
    collections::{BTreeMap, HashSet},
    sync::atomic::Ordering,
};

use serde_json::value::RawValue;
use tracing::Span;

use super::relation::{Related, Relation};
use crate::{
    Checkpoint,
    checkpoint::{ParentPoint, Position},
    error::Misread,
    fetcher::{Beginning, Fetched},
    incremental::{ParentStates, RangeState, Slice},
    paginate::detect::{Turn, Turns},
    plan::{Link, ResourcePlan},
};

/// A child resource.
pub(super) struct Child {
    pub(super) resource: usize,
    pub(super) plan: Link<ResourcePlan>,
    pub(super) beginning: Beginning,
    pub(super) relation: Relation,
    pub(super) span: Span,
    /// Where an earlier fetch has stopped.
    pub(super) resume: Option<(ParentPoint, Option<Position>)>,
    /// How many pages there have been.
    pub(super) pages: u64,
    /// The records of the parent that there have been.
    pub(super) seen: HashSet<String>,
    /// The incremental ranges with which the fetches begin, by the parent's records.
    pub(super) known: BTreeMap<String, RangeState>,
    /// The same as they are now.
    pub(super) ranges: ParentStates,
    /// The windows that take the place of the parent's records, if its range is split.
    pub(super) windows: Option<Windows>,
    /// The order in which it is detected where its records are.
    turns: Turns,
    pub(super) has_failed: bool,
}

/// The windows of a range.
pub(super) struct Windows {
    pub(super) slices: Vec<Slice>,
    /// What is kept of those together that are through.
    pub(super) state: RangeState,
}

impl Child {
    pub(super) fn new(
        resource: usize,
        plan: Link<ResourcePlan>,
        mut beginning: Beginning,
        span: Span,
    ) -> Child {
        let resume = beginning.resume.take().unwrap_or_default();
        let Checkpoint { page, position, parent, ranges, .. } = resume;
        Child {
            relation: Relation::of(&plan),
            resource,
            plan,
            beginning,
            span,
            resume: parent.map(|point| (*point, position)),
            pages: page,
            seen: HashSet::new(),
            known: ranges.by_parent(),
            ranges,
            windows: None,
            turns: Turns::default(),
            has_failed: false,
        }
    }

    /// A resource whose range is split into windows.
    pub(super) fn in_windows(
        resource: usize,
        plan: Link<ResourcePlan>,
        beginning: Beginning,
        span: Span,
        slices: Vec<Slice>,
        state: RangeState,
    ) -> Child {
        let windows = Some(Windows { slices, state });
        let relation = Relation::of_window();
        Child { relation, windows, ..Child::new(resource, plan, beginning, span) }
    }

    /// When the first response of its next fetch is looked at, if that is to detect where its records
    /// are.
    pub(super) fn turn(&mut self) -> Option<Turn> {
        let is_known =
            self.plan.endpoint.data_selector.is_some() || self.beginning.detected.get().is_some();
        (!is_known).then(|| self.turns.next())
    }

    /// Whether nothing more of it is to be begun. What is under way still comes out, as it belongs to
    /// records before the one that has failed.
    pub(super) fn is_over(&self) -> bool {
        self.has_failed || self.is_given_up()
    }

    /// Whether nobody takes its pages any more.
    pub(super) fn is_given_up(&self) -> bool {
        let is_given_up = self.beginning.is_given_up.as_ref();
        is_given_up.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// What the records on a parent's page have for it, up to one that it cannot do without, and what
    /// that one lacks.
    pub(super) fn related(
        &self,
        parent: &str,
        page: &Fetched,
        records: &[&RawValue],
    ) -> (Vec<Option<Related>>, Option<Misread>) {
        let mut related = Vec::with_capacity(records.len());
        for (index, record) in records.iter().enumerate() {
            if !page.counts(index) {
                related.push(None);
                continue;
            }
            match self.relation.read(parent, record, &page.included) {
                Ok(Ok(found)) => related.push(Some(found)),
                Ok(Err(field)) => {
                    let (child, page, record) = (&*self.plan.name, page.number, index + 1);
                    let field = field.to_string();
                    tracing::warn!(
                        child,
                        parent,
                        page,
                        record,
                        field,
                        "the field is null or empty: the record has no children that could be \
                         fetched"
                    );
                    related.push(None);
                }
                Err(misread) => {
                    let record = Some(index as u64 + 1);
                    return (related, Some(Misread { record, ..misread }));
                }
            }
        }
        (related, None)
    }

    /// Of the records on a parent's page, the first that there is something to do for, and where its
    /// fetch goes on. `None` if all of them are done with.
    pub(super) fn first(
        &self,
        page: &Fetched,
        records: &[Option<Related>],
    ) -> Option<(usize, Option<Position>)> {
        let Some((point, position)) = &self.resume else { return Some((0, None)) };
        let last = point.after.as_ref().map_or(0, |checkpoint| checkpoint.page);
        if page.number != last + 1 {
            let is_done = point.after.as_ref().is_some_and(|after| page.is_done_at(after));
            return if is_done { None } else { Some((0, None)) };
        }
        let done = usize::try_from(point.done).unwrap_or(usize::MAX);
        let Some(key) = &point.key else { return Some((done, None)) };
        let at = if position.is_some() { done } else { done.saturating_sub(1) };
        match records.get(at).and_then(Option::as_ref) {
            Some(related) if related.key() == *key || related.earlier_key() == *key => {
                Some((done, position.clone()))
            }
            _ => {
                let child = &*self.plan.name;
                tracing::warn!(
                    child,
                    page = page.number,
                    "the parent's records have changed since the fetch stopped; the children of \
                     this page are fetched again"
                );
                Some((0, None))
            }
        }
    }
}
