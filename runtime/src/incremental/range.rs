//! The incremental range of one run of a resource, or of one parent's children.

use std::{cmp::Ordering, collections::HashSet};

use serde_json::{Value, value::RawValue};

use super::{
    compare::{Comparable, go_back},
    state::RangeState,
    window::Slice,
};
use crate::{
    Checkpoint,
    decode::{Select as _, exact},
    error::Misread,
    identity::identity,
    plan::{Bound, Edge, Incremental, LastValue, OnMissing, RowOrder, Selector},
    rejected::Unfit,
};

/// The incremental range of one run, and what has been seen in it.
pub(crate) struct Range {
    plan: Incremental,
    /// Where a record has the incremental cursor.
    cursor: Selector,
    start: Option<(Value, Comparable)>,
    end: Option<(Value, Comparable)>,
    /// The last value that the last run had seen.
    bound: Value,
    /// The last value seen.
    last: Option<Comparable>,
    state: RangeState,
}

/// Whether two fetches go on in the same run of an incremental resource: their ranges begin at the
/// same place, that of each parent's children too.
pub(crate) fn are_of_one_run(
    plan: &Incremental,
    one: Option<&Checkpoint>,
    other: Option<&Checkpoint>,
) -> bool {
    let start = |state: Option<&RangeState>| {
        let range = Range::new(plan, state.cloned()).ok()?;
        Some((range.state.start, range.state.before))
    };
    let range = |checkpoint: Option<&Checkpoint>| {
        start(checkpoint.and_then(|checkpoint| checkpoint.range.as_ref()))
    };
    let by_parent = |checkpoint: Option<&Checkpoint>| {
        checkpoint.map(|checkpoint| checkpoint.ranges.by_parent()).unwrap_or_default()
    };
    let (ones, others) = (by_parent(one), by_parent(other));
    range(one) == range(other)
        && ones
            .keys()
            .chain(others.keys())
            .all(|key| start(ones.get(key)) == start(others.get(key)))
}

/// Which records of a page are in the range.
pub(crate) struct Taken {
    /// For each record whether it is; all are if `None`.
    pub(crate) kept: Option<Vec<bool>>,
    /// Whether no later page can have one that is, as the server sorts the records.
    pub(crate) ends: bool,
}

impl Range {
    /// One window of a run's range.
    pub(crate) fn within(
        plan: &Incremental,
        state: RangeState,
        slice: Slice,
    ) -> Result<Range, String> {
        let json = |value: Value| Some(value.to_string().into());
        let plan = Incremental {
            initial_value: json(slice.start.clone()),
            end_value: slice.end.and_then(json),
            range_start: slice.range_start,
            range_end: slice.range_end,
            ..plan.clone()
        };
        // Windows are fetched at the same time, and each begins with nothing seen.
        let (last_value, seen) = (Value::Null, Vec::new());
        let range = Range::new(&plan, None)?;
        Ok(Range { state: RangeState { last_value, seen, ..state }, last: None, ..range })
    }

    /// Adds to a state what was seen in a window.
    pub(crate) fn join(plan: &Incremental, whole: &mut RangeState, window: RangeState) {
        let value = |state: &RangeState| Comparable::of(&state.last_value, plan.data_type);
        let order = match (value(&window), value(whole)) {
            (None, _) => Some(Ordering::Less),
            (Some(_), None) => Some(Ordering::Greater),
            (Some(new), Some(old)) => plan.order(&new, &old),
        };
        match order {
            Some(Ordering::Greater) => {
                whole.last_value = window.last_value;
                whole.seen = window.seen;
            }
            Some(Ordering::Equal) => {
                let known: HashSet<String> = whole.seen.iter().cloned().collect();
                whole.seen.extend(window.seen.into_iter().filter(|seen| !known.contains(seen)));
            }
            Some(Ordering::Less) | None => {}
        }
    }

    /// The range of a run that begins with this state, or at the beginning.
    pub(crate) fn new(plan: &Incremental, state: Option<RangeState>) -> Result<Range, String> {
        let initial = plan.initial_value.as_deref().map(value).transpose()?;
        let end = plan.end_value.as_deref().map(value).transpose()?;
        let comparable = |value: Value| {
            let comparable = Comparable::of(&value, plan.data_type);
            let what = || format!("`{value}` is no bound of an incremental range: {}", kind(plan));
            comparable.map(|comparable| (value.clone(), comparable)).ok_or_else(what)
        };
        let end = end.map(comparable).transpose()?;
        let ends = end.is_some();
        let state = state.filter(|_| !ends).unwrap_or_else(|| RangeState {
            start: initial.clone().unwrap_or_default(),
            last_value: initial.clone().unwrap_or_default(),
            ends,
            ..RangeState::default()
        });
        let mut start = state.start.clone();
        if let (Some(lag), false, false) = (plan.lag, ends, start.is_null())
            && Some(&start) != initial.as_ref()
        {
            start =
                go_back(&start, lag).ok_or_else(|| format!("`lag` cannot go back from {start}"))?;
            // Nothing is asked for that the first run did not ask for.
            if let Some(initial) = &initial
                && let Some(first) = Comparable::of(initial, plan.data_type)
                && let Some(lagged) = Comparable::of(&start, plan.data_type)
                && plan.order(&lagged, &first) == Some(Ordering::Less)
            {
                start = initial.clone();
            }
        }
        let start = (!start.is_null()).then(|| comparable(start)).transpose()?;
        let bound = state.start.clone();
        let last = Comparable::of(&state.last_value, plan.data_type);
        let cursor = plan.cursor_path.clone();
        Ok(Range { plan: plan.clone(), cursor, start, end, bound, last, state })
    }

    /// Whether the order of the records may end the pages.
    pub(crate) fn may_end_early(&self) -> bool {
        self.plan.row_order.is_some()
    }

    /// Where it begins.
    pub(crate) fn start(&self) -> Option<&Value> {
        self.start.as_ref().map(|(value, _)| value)
    }

    /// What templates may name of it.
    pub(crate) fn bounds(&self) -> Vec<(Bound, Value)> {
        let initial = self.plan.initial_value.as_deref().and_then(|text| value(text).ok());
        let all = [
            (Bound::InitialValue, initial),
            (Bound::StartValue, self.start.as_ref().map(|(value, _)| value.clone())),
            (Bound::LastValue, Some(self.bound.clone())),
            (Bound::EndValue, self.end.as_ref().map(|(value, _)| value.clone())),
            (Bound::Lag, self.plan.lag.map(number)),
        ];
        let known = all.into_iter().filter_map(|(bound, value)| Some((bound, value?)));
        known.filter(|(_, value)| !value.is_null()).collect()
    }

    /// Goes over the records of a page. Those without a place in the range that can be told go to
    /// `unfit`, or fail the page if there is none.
    pub(crate) fn take(
        &mut self,
        records: &[&RawValue],
        mut unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<Taken, Misread> {
        let mut kept = Vec::with_capacity(records.len());
        let mut ends = false;
        for (index, record) in records.iter().enumerate() {
            match (self.takes(record, &mut ends), &mut unfit) {
                (Ok(is_taken), _) => kept.push(is_taken),
                (Err(what), unfit) => {
                    let misread = Misread {
                        record: Some(index as u64 + 1),
                        field: Some(self.plan.cursor_path.to_string()),
                        what,
                        found: None,
                    };
                    let Some(unfit) = unfit else { return Err(misread) };
                    unfit.push(Unfit::new(record, index, misread));
                    kept.push(false);
                }
            }
        }
        let kept = kept.contains(&false).then_some(kept);
        Ok(Taken { kept, ends })
    }

    /// Whether a record is taken, or why that cannot be told.
    fn takes(&mut self, record: &RawValue, ends: &mut bool) -> Result<bool, String> {
        let value = field(record, &self.cursor).unwrap_or_default();
        if value.is_null() {
            return match self.plan.on_missing {
                OnMissing::Include => Ok(true),
                // What is no record at all is not left out without a word.
                OnMissing::Exclude => Ok(!record.get().starts_with('{')),
                OnMissing::Raise => {
                    Err("the incremental cursor has no value; should such records \
                                         be there, say so by `on_cursor_value_missing: include` \
                                         or `exclude`"
                        .to_owned())
                }
            };
        }
        let comparable = Comparable::of(&value, self.plan.data_type)
            .ok_or_else(|| format!("{value} is {}", kind(&self.plan)))?;
        let place = self.place(&comparable).ok_or_else(|| {
            format!(
                "{value} cannot be compared with the bounds of the range; declare the type of the \
                 column `{}`",
                self.plan.cursor_path
            )
        })?;
        let is_new = place == Place::Within && !self.is_known(&comparable, record);
        *ends |= match self.plan.row_order {
            Some(RowOrder::Ascending) => place == self.plan.far(Place::Behind),
            Some(RowOrder::Descending) => place == self.plan.far(Place::Before),
            None => false,
        };
        if is_new {
            self.see(value, comparable, record);
        }
        Ok(is_new)
    }

    /// What a checkpoint keeps of it.
    pub(crate) fn state(&self) -> RangeState {
        self.state.clone()
    }

    fn place(&self, value: &Comparable) -> Option<Place> {
        if let Some((_, start)) = &self.start {
            match (self.plan.order(value, start)?, self.plan.range_start) {
                (Ordering::Less, _) | (Ordering::Equal, Edge::Open) => return Some(Place::Before),
                _ => {}
            }
        }
        if let Some((_, end)) = &self.end {
            match (self.plan.order(value, end)?, self.plan.range_end) {
                (Ordering::Greater, _) | (Ordering::Equal, Edge::Open) => {
                    return Some(Place::Behind);
                }
                _ => {}
            }
        }
        Some(Place::Within)
    }

    /// Whether the last run has seen this record: one at its bound, where no lag asks for all.
    fn is_known(&self, value: &Comparable, record: &RawValue) -> bool {
        let Some((_, start)) = &self.start else { return false };
        self.plan.lag.is_none()
            && !self.state.before.is_empty()
            && value.compare(start) == Some(Ordering::Equal)
            && self.identity(record).is_some_and(|known| self.state.before.contains(&known))
    }

    /// Remembers the last value, and which records have it.
    fn see(&mut self, value: Value, comparable: Comparable, record: &RawValue) {
        let order = self.last.as_ref().map(|last| self.plan.order(&comparable, last));
        match order {
            Some(Some(Ordering::Less) | None) => return,
            Some(Some(Ordering::Equal)) => {}
            Some(Some(Ordering::Greater)) | None => {
                self.state.last_value = value;
                self.state.seen.clear();
                self.last = Some(comparable);
            }
        }
        if self.plan.lag.is_none()
            && let Some(identity) = self.identity(record)
        {
            self.state.seen.push(identity);
        }
    }

    fn identity(&self, record: &RawValue) -> Option<String> {
        let key = self.plan.primary_key.as_ref()?;
        if key.is_empty() {
            let whole: Value = serde_json::from_str(record.get()).ok()?;
            return Some(identity([whole.to_string()]));
        }
        let fields = key.iter().map(|name| {
            let field = field(record, &Selector::Keys(vec![name.clone()].into()));
            field.unwrap_or_default().to_string()
        });
        Some(identity(fields))
    }
}

/// Where a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the range, as runs go on.
    Before,
    Within,
    Behind,
}

/// What the plan says of order.
trait Order {
    fn order(&self, a: &Comparable, b: &Comparable) -> Option<Ordering>;
    fn far(&self, place: Place) -> Place;
}

impl Order for Incremental {
    /// `Greater` is what a run goes on towards: with `min` the smaller value.
    fn order(&self, a: &Comparable, b: &Comparable) -> Option<Ordering> {
        let order = a.compare(b)?;
        Some(match self.last_value {
            LastValue::Max => order,
            LastValue::Min => order.reverse(),
        })
    }

    /// With `min`, ascending records go from behind the range to before it.
    fn far(&self, place: Place) -> Place {
        match (self.last_value, place) {
            (LastValue::Min, Place::Before) => Place::Behind,
            (LastValue::Min, Place::Behind) => Place::Before,
            (_, place) => place,
        }
    }
}

/// A bound of the plan, which is JSON.
fn value(json: &str) -> Result<Value, String> {
    serde_json::from_str(json).map_err(|_| format!("the bound `{json}` of the plan is no JSON"))
}

fn field(record: &RawValue, selector: &Selector) -> Option<Value> {
    exact(selector.find(record.get()).ok()??).ok()
}

/// What the values of the incremental cursor are.
fn kind(plan: &Incremental) -> String {
    match plan.data_type {
        Some(data_type) => format!("not of the column's type, {data_type:?}").to_lowercase(),
        None => "neither a number nor text".to_owned(),
    }
}

/// A lag, without a point where it is whole.
fn number(lag: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "a lag is a small number")]
    let whole = lag as i64;
    if lag.fract() == 0.0 { Value::from(whole) } else { Value::from(lag) }
}
