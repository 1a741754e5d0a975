//! What is kept of incremental ranges, within a run and from one to the next.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What is kept of one incremental range.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct RangeState {
    /// Where this run began.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) start: Value,
    /// The identities of the records at `start` that the last run has seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) before: Vec<String>,
    /// The last value seen.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) last_value: Value,
    /// The identities of the records that have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) seen: Vec<String>,
    /// Whether the range has an end of its own, so that nothing is left for a next run.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) ends: bool,
}

impl RangeState {
    /// The state with which the next run begins, if this run has seen something.
    pub(crate) fn next_run(&self) -> Option<RangeState> {
        (!self.ends && !self.last_value.is_null()).then(|| RangeState {
            start: self.last_value.clone(),
            before: self.seen.clone(),
            last_value: self.last_value.clone(),
            seen: self.seen.clone(),
            ends: false,
        })
    }
}

/// The ranges of a child, one for each of its parents. A checkpoint holds how they were when it was
/// made, although the fetch goes on: they are written down one behind the other, and it knows how
/// many there were.
#[derive(Clone, Default)]
pub(crate) struct ParentStates {
    written: Arc<Mutex<Vec<(String, RangeState)>>>,
    length: usize,
}

impl ParentStates {
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The last state of each parent.
    pub(crate) fn by_parent(&self) -> BTreeMap<String, RangeState> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.iter().take(self.length).cloned().collect()
    }

    /// Writes down how the range of a parent is now.
    pub(crate) fn write(&mut self, parent: &str, state: RangeState) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push((parent.to_owned(), state));
        self.length = written.len();
    }

    /// The states with which the next run begins.
    pub(crate) fn next_run(&self) -> ParentStates {
        let states = self.by_parent().into_iter();
        states.filter_map(|(parent, state)| Some((parent, state.next_run()?))).collect()
    }
}

impl FromIterator<(String, RangeState)> for ParentStates {
    fn from_iter<I: IntoIterator<Item = (String, RangeState)>>(states: I) -> ParentStates {
        let written: Vec<_> = states.into_iter().collect();
        let length = written.len();
        ParentStates { written: Arc::new(Mutex::new(written)), length }
    }
}

impl PartialEq for ParentStates {
    fn eq(&self, other: &Self) -> bool {
        self.by_parent() == other.by_parent()
    }
}

impl fmt::Debug for ParentStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ParentStates").field(&self.length).finish()
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
