//! A child resource, and what is to be fetched of it for the records of its parent.

use std::{
    collections::{BTreeMap, HashSet},
    sync::atomic::Ordering,
};

use serde_json::value::RawValue;
use tracing::Span;

use super::{
    batches::Batches,
    done::{Done, Resumed, Standing},
    lists::Combinations,
    relation::{Related, Relation},
};
use crate::{
    Checkpoint, Error,
    error::{Kind, Misread},
    fetch::{beginning::Beginning, fetched::Fetched, values::Join},
    incremental::{
        Range, WindowRange,
        state::{ParentStates, RangeState},
    },
    paginate::detect::{Turn, Turns},
    plan::{Link, ResourcePlan, Selector},
};

/// A child resource.
pub(super) struct Child {
    pub(super) resource: usize,
    pub(super) plan: Link<ResourcePlan>,
    pub(super) beginning: Beginning,
    pub(super) relation: Relation,
    pub(super) span: Span,
    /// Where an earlier fetch has stopped.
    pub(super) resumed: Option<Resumed>,
    /// The records of the parent that are done with.
    pub(super) done: Done,
    /// How many pages there have been.
    pub(super) pages: u64,
    /// The records of the parent that there have been.
    pub(super) seen: HashSet<String>,
    /// The incremental ranges with which the fetches begin, by the parent's records.
    pub(super) known: BTreeMap<String, RangeState>,
    /// The same as they are now.
    pub(super) ranges: ParentStates,
    /// The combinations of the values of its lists, if it is fetched for lists, and of what is taken from
    /// resources beside its parent.
    pub(super) lists: Option<Combinations>,
    /// What takes the place of the parent's records, if a slice of it is fetched.
    pub(super) sliced: Option<Sliced>,
    /// What of the parent's records or the lists' values shares requests, if something does.
    pub(super) batches: Option<Batches>,
    /// The windows that it is fetched in instead of for records, if its range is split.
    pub(super) windows: Option<Windows>,
    /// The states of ranges that are split for each record of the parent, as they are with the windows
    /// that are done with.
    split: BTreeMap<String, RangeState>,
    /// The order in which it is detected where its records are.
    turns: Turns,
    pub(super) has_failed: bool,
}

/// Records of a parent that a slice has in its place.
pub(super) struct Sliced {
    /// A single one with nothing in it where there is no parent.
    pub(super) records: Vec<Related>,
    /// The first of the combinations of these with the values of lists.
    pub(super) from: usize,
    /// The one behind the last.
    pub(super) to: usize,
    /// Where the fetch of the parent has ended.
    pub(super) end: Checkpoint,
}

/// The windows of a range.
pub(super) struct Windows {
    pub(super) slices: Vec<WindowRange>,
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
        let Checkpoint { page, pages, parent, ranges, .. } = resume;
        let mut batches = Batches::of(&plan);
        let resumed = parent.map(|point| Resumed::new(*point, pages, batches.is_some()));
        if let (Some(batches), Some(resumed)) = (&mut batches, &resumed) {
            batches.await_again(resumed.batch());
        }
        beginning.values.joins = Join::of(&plan);
        Child {
            relation: Relation::of(&plan),
            resource,
            plan,
            beginning,
            span,
            done: resumed.as_ref().map(Resumed::done).unwrap_or_default(),
            resumed,
            pages: page,
            seen: HashSet::new(),
            known: ranges.by_parent(),
            ranges,
            lists: None,
            sliced: None,
            batches,
            windows: None,
            split: BTreeMap::new(),
            turns: Turns::default(),
            has_failed: false,
        }
    }

    /// The same for the combinations of the values of its lists.
    pub(super) fn for_each(self, lists: Option<Combinations>) -> Child {
        Child { lists, ..self }
    }

    /// The same for what a slice has in place of the parent's records.
    pub(super) fn sliced(self, sliced: Sliced) -> Child {
        Child { sliced: Some(sliced), ..self }
    }

    /// How many values are known from the start that it is fetched for.
    pub(super) fn values(&self) -> usize {
        match &self.sliced {
            Some(sliced) => sliced.to - sliced.from,
            None => self.lists.as_ref().map_or(0, Combinations::len),
        }
    }

    /// The value at `index`, which is below their number.
    pub(super) fn value(&self, index: usize) -> Related {
        let combination = |index| self.lists.as_ref().map(|lists| lists.get(index));
        match &self.sliced {
            Some(sliced) => {
                let (index, each) = (sliced.from + index, self.combinations());
                let record = &sliced.records[index / each];
                combination(index % each).map_or_else(|| record.clone(), |of| record.with(&of))
            }
            None => Related::of_lists(&combination(index).unwrap_or_default()),
        }
    }

    /// How many combinations there are with each record.
    pub(super) fn combinations(&self) -> usize {
        self.lists.as_ref().map_or(1, Combinations::len)
    }

    /// A resource whose range is split into windows.
    pub(super) fn in_windows(
        resource: usize,
        plan: Link<ResourcePlan>,
        beginning: Beginning,
        span: Span,
        slices: Vec<WindowRange>,
        state: RangeState,
    ) -> Child {
        let windows = Some(Windows { slices, state });
        Child { windows, ..Child::new(resource, plan, beginning, span) }
    }

    /// The state with which the fetch for a record begins.
    pub(super) fn state_of(&self, key: &str, related: &Related) -> Option<RangeState> {
        let state = self.known.get(key);
        let earlier = || self.known.get(&related.earlier_key());
        state.or_else(|| if self.known.is_empty() { None } else { earlier() }).cloned()
    }

    /// Whether its range is split for each record of the parent, and not for all of it.
    pub(super) fn is_split(&self) -> bool {
        let incremental = self.plan.endpoint.incremental.as_ref();
        self.windows.is_none() && incremental.is_some_and(|range| range.window.is_some())
    }

    /// Begins the windows of a record's range with this state.
    pub(super) fn begin_split(&mut self, key: &str, state: RangeState) {
        self.split.insert(key.to_owned(), state);
    }

    /// The state of a record's range that is split, with the windows that are done with.
    pub(super) fn split_state(&self, key: &str) -> Option<RangeState> {
        self.split.get(key).cloned()
    }

    /// The state of a record's range with what was seen in a window of it, which may be done with.
    pub(super) fn joined(&mut self, key: &str, new: RangeState, is_done: bool) -> RangeState {
        let mut whole = self.split.get(key).cloned().unwrap_or_default();
        if let Some(plan) = &self.plan.endpoint.incremental {
            Range::join(plan, &mut whole, new);
        }
        if is_done {
            self.split.insert(key.to_owned(), whole.clone());
        }
        whole
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

    /// Whether its pages are not taken any more.
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
                Ok(Ok(found)) => match &self.lists {
                    None => related.push(Some(found)),
                    Some(lists) => {
                        related.extend(lists.iter().map(|values| Some(found.with(&values))));
                    }
                },
                Ok(Err(field)) => {
                    self.warn_of_nothing(parent, page.number, index, field);
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

    /// Warns that a record of a parent has nothing to ask for.
    pub(super) fn warn_of_nothing(&self, parent: &str, page: u64, index: usize, field: &Selector) {
        let (child, record, field) = (&*self.plan.name, index + 1, field.to_string());
        tracing::warn!(
            child,
            parent,
            page,
            record,
            field,
            "the field is null or empty: the record has no children that could be fetched"
        );
    }

    /// How many of the records on a parent's page a resumed fetch passes over, beside those that it is
    /// done with. `None` if it is done with all of them.
    ///
    /// # Errors
    ///
    /// If records of children would come a second time and must not.
    pub(super) fn first(
        &mut self,
        parent: &str,
        page: u64,
        is_done_at: &dyn Fn(&Checkpoint) -> bool,
        records: &[Option<Related>],
    ) -> Result<Option<usize>, Error> {
        let resumed = self.resumed.as_ref();
        let standing = resumed.map(|resumed| resumed.standing(page, is_done_at, records));
        match standing.unwrap_or(Standing::From(0)) {
            Standing::IsDone => Ok(None),
            Standing::From(first) => Ok(Some(first)),
            Standing::Unknown if self.beginning.appends => {
                let what = format!(
                    "the records of the parent `{parent}` have changed since the fetch stopped, and \
                     none that it was done with is on the page where it resumes, so that records which \
                     have come may come a second time"
                );
                Err(Error::new(Kind::WouldRepeat(what)).on_page(page))
            }
            Standing::Unknown => {
                let child = &*self.plan.name;
                tracing::warn!(
                    child,
                    page,
                    "the parent's records have changed since the fetch stopped; the children of \
                     this page are fetched again"
                );
                (self.resumed, self.done) = (None, Done::default());
                self.batches.iter_mut().for_each(Batches::forget);
                Ok(Some(0))
            }
        }
    }

    /// Whether a record that has not come in this fetch, on the parent's page of this number, is one that
    /// an earlier fetch is done with.
    pub(super) fn leaves_out(&mut self, key: &str, page: u64) -> bool {
        let is_done = self.resumed.as_mut().is_some_and(|resumed| resumed.leaves_out(key));
        if is_done && self.batches.is_some() {
            self.done.push(page, key);
        }
        is_done
    }

    /// The parent has no more records.
    pub(super) fn parent_has_ended(&self) {
        if !self.is_over() && self.resumed.as_ref().is_some_and(Resumed::is_waiting) {
            tracing::warn!(
                child = &*self.plan.name,
                "the parent's record whose children were being fetched when the fetch stopped has not \
                 come again: the rest of its children is missing"
            );
        }
    }
}
