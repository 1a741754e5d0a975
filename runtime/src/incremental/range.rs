//! The incremental range of one run of a resource, or of one parent's children.

use std::{cell::OnceCell, cmp::Ordering, mem};

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use super::{
    bounds::{Bounds, Order as _, Place},
    clock::{Form, go_back},
    compare::{Comparable, Kind, is_digits},
    filled::known,
    journal::Journal,
    limit::{Limit, Planned, is_relative},
    page_record::PageRecord,
    reading::Reading,
    sent::Sent,
    state::RangeState,
    window::{self, SentStart, WindowRange},
};
use crate::{
    decode::{exact, find_in_record, identity::Known, rejected::Unfit, shape::Fate},
    error::{Misread, Reason, brief},
    paginate::Observed,
    plan::{
        Bound, DataType, Distance, Incremental, Moment, OnMissing, RowOrder, Selector, Str, Window,
    },
    record::calendar::SECOND,
};

/// So many are too many to keep.
const MOST: usize = 1_000_000;

/// The incremental range of one run, and what has been seen in it.
pub(crate) struct Range {
    pub(super) plan: Incremental,
    pub(super) bounds: Bounds,
    pub(super) initial: Option<Value>,
    /// The last value that the last run had seen.
    pub(super) bound: Value,
    /// The last value seen.
    pub(super) last: Option<Comparable>,
    pub(super) state: RangeState,
    /// The records that the last run has seen, in sets that are made when the first one is needed.
    pub(super) before: OnceCell<Known>,
    pub(super) ahead_before: OnceCell<Known>,
    pub(super) now: Timestamp,
    /// A time behind this one does not bound the next run.
    pub(super) horizon: Moment,
    pub(super) is_warned: bool,
    /// Whether the unit of a value was compared with that of the bounds.
    is_unit_known: bool,
}

/// Which records of a page are in the range.
pub(crate) struct Taken {
    /// For each record whether it is; all are if `None`.
    pub(crate) kept: Option<Vec<bool>>,
    /// Whether no later page can have one that is, as the server sorts the records.
    pub(crate) ends: bool,
}

impl Range {
    /// The range of a run that begins at this time with this state, or at the beginning.
    pub(crate) fn new(
        plan: &Incremental,
        state: Option<RangeState>,
        now: Timestamp,
    ) -> Result<Range, Reason> {
        let reading = Reading::of(plan);
        let planned = |key: &str, json: &Option<_>| {
            known(json.as_ref()).map(|json: &Str| Planned::read(key, json, &reading)).transpose()
        };
        let initial = planned("initial_value", &plan.initial_value)?;
        let end = planned("end_value", &plan.end_value)?;
        let ends = end.as_ref().is_some_and(|end| !end.is_relative());
        let state = state.filter(|_| !ends);

        let samples = [state.as_ref().map(|state| &state.start)];
        let samples = samples
            .into_iter()
            .chain([&initial, &end].map(|planned| planned.as_ref().and_then(Planned::fixed)));
        let form = samples.flatten().find_map(|value| Form::of(value, &reading));
        let form = form.map_or_else(|| Form::of_type(&reading), |(_, form)| form);
        let initial = initial.map(|initial| initial.at(now, &form)).transpose()?;
        let initial = initial.map(|limit| limit.value);
        let end = end.map(|end| end.at(now, &form)).transpose()?;

        let is_first = state.is_none();
        let state = state.unwrap_or_else(|| RangeState {
            initial: initial.clone().unwrap_or_default(),
            start: initial.clone().unwrap_or_default(),
            last_value: initial.clone().unwrap_or_default(),
            ends,
            ..RangeState::default()
        });
        let mut start = state.start.clone();
        if let (Some(lag), false, false, false) =
            (known(plan.lag.as_ref()), ends, is_first, start.is_null())
            && Some(&start) != initial.as_ref()
        {
            start = go_back(&start, *lag, &reading, plan.last_value)
                .ok_or_else(|| format!("`lag` cannot go back from {start}"))?;
            // A later run requests nothing that the first one did not.
            if let Some(initial) = &initial
                && order(plan, &start, initial) == Some(Ordering::Less)
            {
                start = initial.clone();
            }
        }
        // A run that ends now may begin behind that, where the server's clock is ahead.
        let end = end.map(|end| {
            let is_before = !ends && order(plan, &end.value, &start) == Some(Ordering::Less);
            if is_before { Limit::from(start.clone()) } else { end }
        });
        let start = Some(start).filter(|start| !start.is_null()).map(Limit::from);
        let bounds = Bounds::new(plan, start, end, &state.last_value)?;
        Ok(Range::of(plan, bounds, initial, state, now))
    }

    /// Warns of records that are not fetched because of what earlier runs have left.
    pub(crate) fn warn_of_what_is_left(&self, observed: &Observed) {
        self.warn_of_the_future();
        let first = &self.state.initial;
        // A relative one moves forward with each run; its form may be another one than that of the state.
        let is_relative = known(self.plan.initial_value.as_ref()).is_some_and(is_relative);
        if let Some(initial) = self.initial.as_ref().filter(|_| !first.is_null() && !is_relative)
            && order(&self.plan, initial, first) == Some(Ordering::Less)
        {
            let [initial, first] = [initial, first].map(|value| brief(&value.to_string()));
            let text = format!(
                "`initial_value` {initial} is before {first}, with which the first run began, and the \
                 records between the two are not fetched: reset the state of the resource, or load it \
                 once with `full_refresh`"
            );
            observed.warn("initial", text);
        }
    }

    /// Warns if the last run has left a bound that is not believed any more.
    fn warn_of_the_future(&self) {
        let (start, cursor) = (&self.state.start, self.plan.cursor_path.to_string());
        let bound = self.bounds.known(start);
        let is_future = matches!(bound, Some(Comparable::Moment(at)) if at > self.horizon);
        if is_future && self.initial.as_ref() != Some(start) {
            tracing::warn!(
                cursor,
                start = brief(&start.to_string()),
                "the run begins in the future, where the last one has ended: nothing before is \
                 fetched, unless its state is deleted"
            );
        }
    }

    /// One window of a run's range.
    pub(crate) fn within(
        plan: &Incremental,
        state: RangeState,
        slice: WindowRange,
        now: Timestamp,
    ) -> Result<Range, Reason> {
        let WindowRange { start, end, range_start, range_end } = slice;
        let plan = Incremental { range_start, range_end, ..plan.clone() };
        // Windows are fetched at the same time, and each begins with nothing seen. What an earlier run
        // has seen at its bound, the first of them may meet; elsewhere the same records have changed.
        let before = if start == state.start { state.before } else { Journal::default() };
        let seen = Journal::default();
        let state = RangeState { last_value: Value::Null, seen, before, ..state };
        let bounds = Bounds::new(&plan, Some(Limit::from(start.clone())), end, &Value::Null)?;
        let range = Range::of(&plan, bounds, Some(start.clone()), state, now);
        Ok(Range { bound: start, ..range })
    }

    fn of(
        plan: &Incremental,
        bounds: Bounds,
        initial: Option<Value>,
        state: RangeState,
        now: Timestamp,
    ) -> Range {
        let tolerance = plan.future_tolerance.known().copied().unwrap_or(Window::DAY);
        let tolerance = i128::from(tolerance.seconds()) * SECOND;
        Range {
            plan: plan.clone(),
            initial,
            bound: state.start.clone(),
            last: bounds.known(&state.last_value),
            bounds,
            state,
            before: OnceCell::new(),
            ahead_before: OnceCell::new(),
            now,
            horizon: Moment(now.as_nanosecond() + tolerance),
            is_warned: false,
            is_unit_known: false,
        }
    }

    /// Adds to a state what was seen in a window.
    pub(crate) fn join(plan: &Incremental, whole: &mut RangeState, window: RangeState) {
        let order = match (&window.last_value, &whole.last_value) {
            (Value::Null, _) => Some(Ordering::Less),
            (_, Value::Null) => Some(Ordering::Greater),
            (new, old) => order(plan, new, old),
        };
        match order {
            Some(Ordering::Greater) => {
                whole.last_value = window.last_value;
                whole.seen = window.seen;
            }
            Some(Ordering::Equal) => whole.seen.add(&window.seen),
            Some(Ordering::Less) | None => {}
        }
        whole.ahead.add(&window.ahead);
    }

    /// Its windows, if it is split into some.
    pub(crate) fn slices(
        &self,
        sent: Option<&SentStart>,
    ) -> Result<Option<Vec<WindowRange>>, Reason> {
        let (Some(window), Some(start)) = (known(self.plan.window.as_ref()), &self.bounds.start)
        else {
            return Ok(None);
        };
        let end = self.bounds.end.as_ref();
        window::slices(&self.plan, *window, &start.value, end, self.now, sent).map(Some)
    }

    /// Whether the order of the records may end the pages.
    pub(crate) fn may_end_early(&self) -> bool {
        self.plan.row_order.is_some()
    }

    /// What templates may name of it. The error says why a bound cannot be sent.
    pub(crate) fn bounds(&self) -> Result<Vec<Sent>, Reason> {
        let limit = |value: &Value| Some(value).filter(|v| !v.is_null()).cloned().map(Limit::from);
        let all = [
            (Bound::InitialValue, self.initial.as_ref().and_then(limit)),
            (Bound::StartValue, self.bounds.start.clone()),
            (Bound::LastValue, limit(&self.bound)),
            (Bound::EndValue, self.bounds.end.clone()),
        ];
        let sent = all.into_iter().filter_map(|(bound, limit)| {
            Some(Sent::of(&self.plan, &self.bounds.reading, bound, &limit?))
        });
        let mut sent = sent.collect::<Result<Vec<_>, _>>()?;
        let lag = known(self.plan.lag.as_ref()).map(|lag| match lag {
            Distance::Number(lag) => number(*lag),
            Distance::Time(length) => Value::from(length.seconds()),
        });
        sent.extend(lag.map(|lag| Sent::plain(Bound::Lag, lag)));
        Ok(sent)
    }

    /// Whether records are told apart by all that the server has sent of them.
    pub(crate) fn is_keyless(&self) -> bool {
        self.plan.primary_key.as_ref().is_some_and(|key| key.is_empty())
    }

    /// Goes over the records of a page; `sent` are the same as the server has sent them, where they differ. Those without a place in the range that can be told go to
    /// `unfit`, or fail the page if there is none.
    pub(crate) fn take(
        &mut self,
        records: &[&RawValue],
        sent: Option<&[&RawValue]>,
        fates: Option<&[Fate]>,
        mut unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<Taken, Misread> {
        let mut kept = Vec::with_capacity(records.len());
        let mut last = Vec::new();
        let mut ends = false;
        for (index, record) in records.iter().copied().enumerate() {
            let sent = sent.and_then(|sent| sent.get(index)).copied().unwrap_or(record);
            let record = PageRecord { record, sent };
            match fates.and_then(|fates| fates.get(index)) {
                None | Some(Fate::Kept) => {}
                Some(Fate::Filtered) => {
                    self.pass(record, &mut last, &mut ends);
                    kept.push(false);
                    continue;
                }
                Some(Fate::Unfit) => {
                    // Why it does not fit is known, and it comes no second time.
                    let _ = self.takes(record, &mut last, &mut ends);
                    kept.push(false);
                    continue;
                }
            }
            match (self.takes(record, &mut last, &mut ends), &mut unfit) {
                (Ok(is_taken), _) => kept.push(is_taken),
                (Err(why), unfit) => {
                    let misread = Misread {
                        record: Some(index as u64 + 1),
                        field: Some(self.plan.cursor_path.to_string()),
                        what: why.into(),
                        ..Misread::default()
                    };
                    let Some(unfit) = unfit else { return Err(misread) };
                    unfit.push(Unfit::new(record.record, index, misread));
                    kept.push(false);
                }
            }
        }
        self.remember(&last);
        self.bound()?;
        let kept = kept.contains(&false).then_some(kept);
        Ok(Taken { kept, ends })
    }

    /// Fails if more records are to be remembered than a state may hold.
    fn bound(&self) -> Result<(), Misread> {
        let RangeState { last_value, before, seen, ahead_before, ahead, .. } = &self.state;
        let at_bound = if self.state.start == *last_value { before.len() } else { 0 };
        if at_bound + seen.len() <= MOST && ahead_before.len() + ahead.len() <= MOST {
            return Ok(());
        }
        let path = self.plan.cursor_path.to_string();
        Err(Misread {
            what: format!(
                "more than {MOST} records have the same value of the incremental cursor `{path}` \
                 ({last_value}), and the state would keep the key of each; take a cursor of finer \
                 values or a `lag`, or say `primary_key: []` with `write_disposition: merge`"
            ),
            ..Misread::default()
        })
    }

    /// Whether a record is taken, or why that cannot be told. `last` has the records of the page with the
    /// last value.
    fn takes<'r>(
        &mut self,
        record: PageRecord<'r>,
        last: &mut Vec<PageRecord<'r>>,
        ends: &mut bool,
    ) -> Result<bool, Reason> {
        let value = field(record.record, &self.plan.cursor_path).unwrap_or_default();
        if value.is_null() || value.as_str().is_some_and(Moment::is_missing) {
            return self.takes_without(record.record, &value);
        }
        let (comparable, place) = self.placed(&value, ends)?;
        if place != Place::Within || self.is_known(&comparable, record) {
            return Ok(false);
        }
        let is_future = self.is_future(&comparable, &value);
        let is_new = !self.is_known_ahead(&value, record);
        if is_future {
            self.see_ahead(&value, record);
        } else {
            self.see(value, comparable, record, last);
        }
        Ok(is_new)
    }

    /// The place of a value in the range, and whether the order of the records ends the pages there.
    fn placed(&mut self, value: &Value, ends: &mut bool) -> Result<(Comparable, Place), Reason> {
        if !mem::replace(&mut self.is_unit_known, true) {
            self.bounds.warn_of_unit(&self.plan, value);
        }
        let plan = &self.plan;
        let comparable = self.bounds.comparable(plan, value, &self.state.last_value)?;
        if self.last.is_none() {
            self.last = self.bounds.known(&self.state.last_value);
        }
        let place = self
            .bounds
            .place(plan, &comparable)
            .ok_or_else(|| format!("{value} cannot be compared with the bounds of the range"))?;
        *ends |= match plan.row_order {
            Some(RowOrder::Ascending) => place == plan.far(Place::Behind),
            Some(RowOrder::Descending) => place == plan.far(Place::Before),
            None => false,
        };
        Ok((comparable, place))
    }

    /// Passes over a record that a filter leaves out. It bounds the next run, or else all behind the last
    /// record that is taken would come again in each run.
    fn pass<'r>(
        &mut self,
        record: PageRecord<'r>,
        last: &mut Vec<PageRecord<'r>>,
        ends: &mut bool,
    ) {
        let Some(value) = field(record.record, &self.plan.cursor_path) else { return };
        if value.is_null() || value.as_str().is_some_and(Moment::is_missing) {
            return;
        }
        let Ok((comparable, Place::Within)) = self.placed(&value, ends) else { return };
        if self.is_future(&comparable, &value) {
            return;
        }
        self.see(value, comparable, record, last);
        // It is not one that was taken.
        last.pop_if(|seen| std::ptr::eq(seen.record, record.record));
    }

    /// Whether a value lies in the future, and is not to bound the next run.
    fn is_future(&self, comparable: &Comparable, value: &Value) -> bool {
        match comparable {
            Comparable::Moment(at) => *at > self.horizon,
            Comparable::Number(_) | Comparable::Text(_) => self.is_compact_future(value),
        }
    }

    /// Whether a text of digits is a date of the future, `99991231`, where the values before it are dates,
    /// too. Compared as numbers they have the order of dates.
    fn is_compact_future(&self, value: &Value) -> bool {
        let is_number = matches!(
            self.plan.data_type,
            Some(DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei)
        );
        let start = self.bounds.start.as_ref().map(|limit| &limit.value);
        let known = start.or(Some(&self.state.last_value)).filter(|value| !value.is_null());
        compact(value).is_some_and(|at| at > self.horizon)
            && !is_number
            && known.is_none_or(|known| compact(known).is_some())
    }

    /// Whether a record without a value of the cursor is taken.
    fn takes_without(&self, record: &RawValue, value: &Value) -> Result<bool, Reason> {
        match self.plan.on_missing {
            OnMissing::Include => Ok(true),
            // What is no record at all is not left out without a word.
            OnMissing::Exclude => Ok(!record.get().starts_with('{')),
            OnMissing::Raise => {
                let found = match value {
                    Value::Null => String::new(),
                    value => format!(" ({value} is none)"),
                };
                Err(format!(
                    "the incremental cursor has no value{found}; should such records be there, say \
                     so by `on_cursor_value_missing: include` or `exclude`"
                )
                .into())
            }
        }
    }

    /// What a checkpoint keeps of it.
    pub(crate) fn state(&self) -> RangeState {
        self.state.clone()
    }
}

/// The moment of a date of digits, with or without a time of the day.
fn compact(value: &Value) -> Option<Moment> {
    let text = value.as_str().filter(|text| matches!(text.len(), 8 | 14) && is_digits(text))?;
    Moment::read(text)
}

/// The order of two values of a state or a plan.
fn order(plan: &Incremental, a: &Value, b: &Value) -> Option<Ordering> {
    let reading = Reading::of(plan);
    let kind = *Kind::common([a, b], &reading).first()?;
    let comparable = |value| Comparable::of(value, kind, &reading);
    plan.order(&comparable(a)?, &comparable(b)?)
}

fn field(record: &RawValue, selector: &Selector) -> Option<Value> {
    exact(find_in_record(selector, record).ok()??).ok()
}

/// A lag, without a point where it is whole.
fn number(lag: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "a lag is a small number")]
    let whole = lag as i64;
    if lag.fract() == 0.0 { Value::from(whole) } else { Value::from(lag) }
}
