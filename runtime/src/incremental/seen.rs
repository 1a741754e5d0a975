//! The records that runs have seen: those at the bound of a range, and those whose time is not to be believed.

use std::{cmp::Ordering, mem};

use serde_json::Value;

use super::{
    bounds::Order as _, compare::Comparable, journal::Journal, page_record::PageRecord,
    range::Range,
};
use crate::{
    decode::{
        exact,
        identity::{earlier, identity, joined, of_column},
    },
    error::brief,
    plan::Window,
};

/// Beyond that many records with the last value, a warning says that the state is large.
const MANY: usize = 10_000;

impl Range {
    /// Whether the last run has seen this record: one at its bound, where no lag asks for all.
    pub(super) fn is_known(&self, value: &Comparable, record: PageRecord<'_>) -> bool {
        if self.plan.lag.is_some() || self.state.before.is_empty() || !self.bounds.is_start(value) {
            return false;
        }
        let before = self.before.get_or_init(|| self.state.before.entries());
        self.key(record).is_some_and(|key| before.contains(&identity(&key), || earlier(&key)))
    }

    /// Whether the last run has seen this record although its time was not to be believed.
    pub(super) fn is_known_ahead(&self, value: &Value, record: PageRecord<'_>) -> bool {
        if self.state.ahead_before.is_empty() {
            return false;
        }
        let before = self.ahead_before.get_or_init(|| self.state.ahead_before.entries());
        self.key_ahead(record).is_some_and(|key| {
            let [new, old] = [identity(&key), earlier(&key)].map(|of| of_moment(of, value));
            before.contains(&identity(&new), || earlier(&old))
        })
    }

    /// Remembers a record whose time lies in the future. If it bounded the next run, nothing would
    /// come until then.
    pub(super) fn see_ahead(&mut self, value: &Value, record: PageRecord<'_>) {
        if !mem::replace(&mut self.is_warned, true) {
            let tolerance = self.plan.future_tolerance.known().copied();
            let Window { count, unit, .. } = tolerance.unwrap_or(Window::DAY);
            let (cursor, unit) =
                (self.plan.cursor_path.to_string(), format!("{unit:?}").to_lowercase());
            tracing::warn!(
                cursor,
                value = brief(&value.to_string()),
                "the incremental cursor lies more than {count} {unit} in the future: the record is \
                 taken, but does not bound the next run (`future_tolerance`)"
            );
        }
        if let Some(key) = self.key_ahead(record) {
            self.state.ahead.push(identity(&of_moment(identity(&key), value)));
        }
    }

    /// Remembers the last value, and which records of the page have it.
    pub(super) fn see<'r>(
        &mut self,
        value: Value,
        comparable: Comparable,
        record: PageRecord<'r>,
        last: &mut Vec<PageRecord<'r>>,
    ) {
        let order = self.last.as_ref().map(|last| self.plan.order(&comparable, last));
        match order {
            Some(Some(Ordering::Less) | None) => return,
            Some(Some(Ordering::Equal)) => {}
            Some(Some(Ordering::Greater)) | None => {
                self.state.last_value = value;
                self.state.seen = Journal::default();
                last.clear();
                self.last = Some(comparable);
            }
        }
        if self.plan.lag.is_none() {
            last.push(record);
        }
    }

    /// Adds the records with the last value to the state, when it is known that no other record of the page
    /// has a higher one.
    pub(super) fn remember(&mut self, last: &[PageRecord<'_>]) {
        for record in last {
            let Some(key) = self.key(*record) else { continue };
            self.state.seen.push(identity(&key));
            if self.state.seen.len() == MANY {
                let (cursor, value) = (self.plan.cursor_path.to_string(), &self.state.last_value);
                tracing::warn!(
                    cursor,
                    %value,
                    "{MANY} records have the same value of the incremental cursor; the state keeps \
                     the key of each, unless a cursor of finer values, a `lag`, or `primary_key: []` \
                     with `write_disposition: merge` does without"
                );
            }
        }
    }

    /// What tells a record from others, as text. Without a key that is all that the server has sent: what is
    /// added to it may be another value in each run.
    pub(super) fn key(&self, PageRecord { record, sent }: PageRecord<'_>) -> Option<String> {
        let key = self.plan.primary_key.as_ref()?;
        if key.is_empty() {
            let whole: Value = serde_json::from_str(sent.get()).ok()?;
            return Some(joined([whole.to_string()]));
        }
        let fields = key.iter().map(|name| {
            let value = of_column(record, name).and_then(|value| exact(value).ok());
            value.unwrap_or_default().to_string()
        });
        Some(joined(fields))
    }

    /// The same of a record whose time lies in the future, unless a lag asks for all.
    pub(super) fn key_ahead(&self, record: PageRecord<'_>) -> Option<String> {
        if self.plan.lag.is_some() { None } else { self.key(record) }
    }
}

/// What tells a record from itself with another time: one that has another time has changed.
fn of_moment(identity: String, value: &Value) -> String {
    joined([identity, value.to_string()])
}
