//! What a range is to a run: whether it depends on when that begins, and whether two fetches are of one run.

use jiff::Timestamp;

use super::{
    filled::known,
    limit::is_relative,
    range::Range,
    state::{ParentStates, RangeState},
};
use crate::plan::{Incremental, NextRun};

/// What a fetch resumes with: the state of its own range, and those of the children of each parent.
pub(crate) type States<'a> = (Option<&'a RangeState>, Option<&'a ParentStates>);

/// Whether two fetches resume the same run of an incremental resource: their ranges begin at the same
/// place, that of each parent's children too.
pub(crate) fn are_of_one_run(plan: &Incremental, one: States<'_>, other: States<'_>) -> bool {
    if plan.next_run != NextRun::Cursor {
        let start = |state: Option<&RangeState>| state.map(|state| state.start.clone());
        return start(one.0) == start(other.0);
    }
    // What is relative lies apart from what a run has begun with.
    let now = Timestamp::UNIX_EPOCH;
    let start = |state: Option<&RangeState>| {
        let range = Range::new(plan, state.cloned(), now).ok()?;
        Some((range.state.start, range.state.before))
    };
    let by_parent =
        |(_, states): States<'_>| states.map(ParentStates::by_parent).unwrap_or_default();
    let (ones, others) = (by_parent(one), by_parent(other));
    start(one.0) == start(other.0)
        && ones
            .keys()
            .chain(others.keys())
            .all(|key| start(ones.get(key)) == start(others.get(key)))
}

/// Whether the range depends on when the run begins.
pub(crate) fn is_of_now(plan: &Incremental) -> bool {
    plan.window.is_some()
        || plan.next_run == NextRun::RunTime
        || [&plan.initial_value, &plan.end_value]
            .iter()
            .any(|json| known(json.as_ref()).is_some_and(is_relative))
}
