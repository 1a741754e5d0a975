//! What is kept of incremental ranges, within a run and from one to the next.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::journal::Journal;

/// What is kept of one incremental range.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct RangeState {
    /// The `initial_value` of the first run: what is before it no run has fetched.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) initial: Value,
    /// Where this run began.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) start: Value,
    /// The identities of the records at `start` that the last run has seen.
    #[serde(default, skip_serializing_if = "Journal::is_empty")]
    pub(crate) before: Journal<String>,
    /// The last value seen.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) last_value: Value,
    /// The identities of the records that have it, without those in `before`.
    #[serde(default, skip_serializing_if = "Journal::is_empty")]
    pub(crate) seen: Journal<String>,
    /// The identities of the records whose times lie so far in the future that the last run did
    /// not take one for a bound.
    #[serde(default, skip_serializing_if = "Journal::is_empty")]
    pub(crate) ahead_before: Journal<String>,
    /// The same of this run.
    #[serde(default, skip_serializing_if = "Journal::is_empty")]
    pub(crate) ahead: Journal<String>,
    /// Whether the range has an end of its own, so that nothing is left for a next run.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) ends: bool,
}

impl RangeState {
    /// What it has beyond an earlier state of the same range; `None` if more has changed than that its
    /// lists have grown.
    pub(crate) fn since(&self, earlier: &RangeState) -> Option<RangeState> {
        let is_grown = self.last_value == earlier.last_value && self.start == earlier.start;
        Some(RangeState {
            before: self.before.since(&earlier.before)?,
            seen: self.seen.since(&earlier.seen)?,
            ahead_before: self.ahead_before.since(&earlier.ahead_before)?,
            ahead: self.ahead.since(&earlier.ahead)?,
            ..self.clone()
        })
        .filter(|_| is_grown)
    }

    /// The state again, of an earlier one and what the later one has beyond it.
    pub(crate) fn joined(mut self, earlier: RangeState) -> RangeState {
        let RangeState { before, seen, ahead_before, ahead, .. } = earlier;
        for (list, earlier) in [
            (&mut self.before, before),
            (&mut self.seen, seen),
            (&mut self.ahead_before, ahead_before),
            (&mut self.ahead, ahead),
        ] {
            let later = std::mem::replace(list, earlier);
            list.extend(&later);
        }
        self
    }

    /// How many keys it holds.
    pub(crate) fn entries(&self) -> usize {
        let RangeState { before, seen, ahead_before, ahead, .. } = self;
        [before, seen, ahead_before, ahead].iter().map(|list| list.len()).sum()
    }

    /// The state with which the next run begins, if this run has seen something.
    pub(crate) fn next_run(&self) -> Option<RangeState> {
        let mut before = self.seen.clone();
        if self.last_value == self.start {
            before = self.before.clone();
            before.add(&self.seen);
        }
        let has_seen = !self.last_value.is_null() || !self.ahead.is_empty();
        (!self.ends && has_seen).then(|| RangeState {
            initial: self.initial.clone(),
            start: self.last_value.clone(),
            before,
            last_value: self.last_value.clone(),
            ahead_before: self.ahead.clone(),
            ..RangeState::default()
        })
    }
}

impl Journal<String> {
    /// Adds the identities of another one that it does not have.
    pub(crate) fn add(&mut self, others: &Journal<String>) {
        if self.is_empty() {
            *self = others.clone();
        } else if !others.is_empty() {
            let known: HashSet<String> = self.entries();
            let new = others.entries::<Vec<String>>();
            new.into_iter().filter(|other| !known.contains(other)).for_each(|new| self.push(new));
        }
    }
}

/// The ranges of a child, one for each of its parents. A checkpoint holds how they were when it was
/// made, although the fetch continues: they are written down one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParentStates(Journal<(String, RangeState)>);

impl ParentStates {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last state of each parent.
    pub(crate) fn by_parent(&self) -> BTreeMap<String, RangeState> {
        self.0.entries()
    }

    /// Writes down how the range of a parent is now.
    pub(crate) fn write(&mut self, parent: &str, state: RangeState) {
        self.0.push((parent.to_owned(), state));
    }

    /// What has been written since an earlier state.
    pub(crate) fn since(&self, earlier: &ParentStates) -> Option<ParentStates> {
        self.0.since(&earlier.0).map(ParentStates)
    }

    /// Writes down what a later state has beyond this one.
    pub(crate) fn extend(&mut self, later: &ParentStates) {
        self.0.extend(&later.0);
    }

    /// How many states have been written.
    pub(crate) fn entries(&self) -> usize {
        self.0.len()
    }

    /// The states with which the next run begins.
    pub(crate) fn next_run(&self) -> ParentStates {
        let states = self.by_parent().into_iter();
        states.filter_map(|(parent, state)| Some((parent, state.next_run()?))).collect()
    }
}

impl FromIterator<(String, RangeState)> for ParentStates {
    fn from_iter<I: IntoIterator<Item = (String, RangeState)>>(states: I) -> ParentStates {
        ParentStates(states.into_iter().collect())
    }
}

impl PartialEq for ParentStates {
    fn eq(&self, other: &Self) -> bool {
        self.by_parent() == other.by_parent()
    }
}

impl Serialize for ParentStates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.by_parent().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ParentStates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ParentStates, D::Error> {
        let states = BTreeMap::<String, RangeState>::deserialize(deserializer)?;
        Ok(states.into_iter().collect())
    }
}
