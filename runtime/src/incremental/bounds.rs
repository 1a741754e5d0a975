//! What a range reaches from and to, and where a value is in it.

use std::cmp::Ordering;

use serde_json::Value;

use super::{
    compare::{Comparable, Kind, UNORDERED, describe},
    limit::Limit,
    reading::{Reading, misfit, quoted},
};
use crate::{
    error::Reason,
    plan::{DataType, Edge, EpochUnit, Incremental, LastValue, TimeFormat},
};

/// What a range reaches from and to, and as what its values are compared.
pub(super) struct Bounds {
    pub(super) reading: Reading,
    pub(super) start: Option<Limit>,
    pub(super) end: Option<Limit>,
    /// `None` until the first value where bounds could be of several kinds, as numbers in text.
    kind: Option<Kind>,
    /// The bounds as values of that kind.
    compared: (Option<Comparable>, Option<Comparable>),
}

/// Where a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the range, in the order of runs.
    Before,
    Within,
    Behind,
}

impl Bounds {
    /// Bounds that can be compared with each other, and with the last value that was seen.
    pub(super) fn new(
        plan: &Incremental,
        start: Option<Limit>,
        end: Option<Limit>,
        last_value: &Value,
    ) -> Result<Bounds, Reason> {
        let reading = Reading::of(plan);
        let mut bounds = Bounds { reading, start, end, kind: None, compared: (None, None) };
        let limits = [&bounds.start, &bounds.end];
        let values = limits.iter().filter_map(|limit| limit.as_ref().map(|limit| &limit.value));
        let values: Vec<&Value> = values.chain([last_value]).filter(|v| !v.is_null()).collect();
        let reading = &bounds.reading;
        let kinds = Kind::common(values.iter().copied(), reading);
        if let ([], Some(value)) = (kinds.as_slice(), values.first()) {
            let alone = values.iter().find(|value| Kind::common([**value], reading).is_empty());
            if let (Some(notation), Some(value)) = (&reading.notation, alone) {
                return Err(format!(
                    "the last run has left {value}, which does not fit `cursor_format: {}`: write the \
                     format that the state was made with, or reset the state of the resource",
                    quoted(notation.format())
                ).into());
            }
            return Err(match (alone, values.get(1)) {
                (Some(value), _) => format!(
                    "`{value}` is no bound of an incremental range: {}",
                    of_type(plan, value)
                )
                .into(),
                (None, other) => differ(plan, value, other.copied().unwrap_or(value)),
            });
        }
        if let [kind] = kinds.as_slice() {
            bounds.settle(*kind);
        }
        let reading = &bounds.reading;
        if let (Some(start), Some(end)) = (&bounds.start, &bounds.end)
            && let Some(kind) = kinds.first()
            && let Some(from) = start.comparable(*kind, reading)
            && let Some(to) = end.comparable(*kind, reading)
            && plan.order(&to, &from) == Some(Ordering::Less)
        {
            return Err(format!(
                "nothing is within the range: it would end at {}, before it begins at {}",
                end.value, start.value
            )
            .into());
        }
        Ok(bounds)
    }

    fn settle(&mut self, kind: Kind) {
        let compared = |limit: &Option<Limit>| limit.as_ref()?.comparable(kind, &self.reading);
        self.compared = (compared(&self.start), compared(&self.end));
        self.kind = Some(kind);
    }

    /// A value as what the bounds are compared as. If nothing is bounded, the last value is the one
    /// that it has to be compared with.
    pub(super) fn comparable(
        &mut self,
        plan: &Incremental,
        value: &Value,
        last_value: &Value,
    ) -> Result<Comparable, Reason> {
        if self.kind.is_none() {
            let bounds = self.start.iter().chain(&self.end).map(|limit| &limit.value);
            let values = bounds.chain([value, last_value]).filter(|value| !value.is_null());
            if let Some(kind) = Kind::common(values, &self.reading).first() {
                self.settle(*kind);
            }
        }
        let comparable = self.kind.and_then(|kind| Comparable::of(value, kind, &self.reading));
        comparable.ok_or_else(|| {
            if let Some(notation) = &self.reading.notation {
                return misfit(notation, value);
            }
            let is_alone = Kind::common([value], &self.reading).is_empty();
            let bound = self.start.as_ref().or(self.end.as_ref()).map(|limit| &limit.value);
            match bound.or(Some(last_value).filter(|value| !value.is_null())) {
                Some(bound) if matches!(plan.data_type, None | Some(DataType::Text)) => {
                    differ(plan, value, bound)
                }
                _ if is_alone => format!("{value} is {}", of_type(plan, value)).into(),
                bound => differ(plan, value, bound.unwrap_or(&Value::Null)),
            }
        })
    }

    /// Warns if a bound and a value are times since 1970 in different units: all records are within such a range,
    /// or none is.
    pub(super) fn warn_of_unit(&self, plan: &Incremental, value: &Value) {
        let unit = |value: &Value| {
            let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
            EpochUnit::of(number?)
        };
        let limits = [("initial_value", &self.start), ("end_value", &self.end)];
        for (key, limit) in limits {
            let Some(bound) = limit.as_ref().map(|limit| &limit.value) else { continue };
            if let (Some(own), Some(other)) = (unit(bound), unit(value))
                && own != other
            {
                tracing::warn!(
                    cursor = plan.cursor_path.to_string(),
                    "records have {} since 1970 in the incremental cursor, {value}, and `{key}` has {}, {bound}; if \
                     both are times, write `{key}` in {}",
                    other.name(),
                    own.name(),
                    other.name(),
                );
            }
        }
    }

    /// A value of the state as what the bounds are compared as.
    pub(super) fn known(&self, value: &Value) -> Option<Comparable> {
        Comparable::of(value, self.kind?, &self.reading)
    }

    pub(super) fn place(&self, plan: &Incremental, value: &Comparable) -> Option<Place> {
        let (from, to) = &self.compared;
        if let Some(from) = from {
            match (plan.order(value, from)?, plan.range_start) {
                (Ordering::Less, _) | (Ordering::Equal, Edge::Open) => return Some(Place::Before),
                _ => {}
            }
        }
        if let Some(to) = to {
            match (plan.order(value, to)?, plan.range_end) {
                (Ordering::Greater, _) | (Ordering::Equal, Edge::Open) => {
                    return Some(Place::Behind);
                }
                _ => {}
            }
        }
        Some(Place::Within)
    }

    /// Whether a value is the one that the range begins with.
    pub(super) fn is_start(&self, value: &Comparable) -> bool {
        let from = self.compared.0.as_ref();
        from.is_some_and(|from| value.compare(from) == Some(Ordering::Equal))
    }
}

/// What the plan says of order.
pub(super) trait Order {
    fn order(&self, a: &Comparable, b: &Comparable) -> Option<Ordering>;
    fn far(&self, place: Place) -> Place;
}

impl Order for Incremental {
    /// `Greater` is what runs advance towards: with `min` the smaller value.
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

/// What a value should have been.
fn of_type(plan: &Incremental, value: &Value) -> String {
    match plan.data_type {
        Some(data_type) => {
            let hint = match (data_type, value) {
                (DataType::Timestamp, Value::Number(_)) => {
                    " (milliseconds since 1970 are a `bigint`)"
                }
                _ => "",
            };
            format!("not of the column's type, {}{hint}", format!("{data_type:?}").to_lowercase())
        }
        None => describe(value, None).to_owned(),
    }
}

/// Two values of different kinds, and what makes them one.
fn differ(plan: &Incremental, value: &Value, bound: &Value) -> Reason {
    let data_type = plan.data_type;
    let (one, other) = (describe(value, data_type), describe(bound, data_type));
    let cursor = &plan.cursor_path;
    let text = value.as_str().unwrap_or_default();
    let suggested = TimeFormat::suggested(&[text]);
    let help = match (one, other) {
        (UNORDERED, _) if !suggested.is_empty() => {
            let formats: Vec<_> = suggested.iter().map(quoted).collect();
            format!("; say how it is written, by `cursor_format: {}`", formats.join("` or `"))
        }
        ("a number", "a time") | ("a time", "a number") => format!(
            "; if its numbers are seconds since 1970, declare `columns: {{{cursor}: {{data_type: \
             timestamp}}}}`"
        ),
        ("a number", "text") | ("text", "a number") => {
            format!(
                "; declare the type of the column, as in `columns: {{{cursor}: {{data_type: text}}}}`"
            )
        }
        _ => "; write the bound as the records have it".to_owned(),
    };
    format!("{value} cannot be compared with the bound {bound}: {one}, and {other}{help}").into()
}
