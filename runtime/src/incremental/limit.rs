//! The bounds of a range, as the plan and the state of the last run give them.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    clock::Form,
    compare::{Comparable, Kind, moment},
    reading::{Reading, misfit},
};
use crate::{
    error::Reason,
    plan::{Moment, Relative, Str},
    record::calendar::relative,
};

/// A bound of a range.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Limit {
    /// What requests send.
    pub(super) value: Value,
    /// The moment that it stands for, where the form in which it is sent is less exact: records up
    /// to `now` are in a range although its end is sent as a date.
    exact: Option<Moment>,
    /// Whether it depends on when the run begins.
    is_relative: bool,
}

/// A bound as the plan has it.
pub(super) enum Planned {
    Fixed(Value),
    /// A time that is not written as the records write theirs.
    At(Moment),
    Relative(Relative),
}

impl Planned {
    /// Reads a bound of the plan, which is JSON.
    pub(super) fn read(key: &str, json: &str, reading: &Reading) -> Result<Planned, Reason> {
        let value: Value = serde_json::from_str(json)
            .map_err(|_| format!("the bound `{json}` of the plan is no JSON"))?;
        if let Some(text) = value.as_str() {
            if let Some(relative) = Relative::read(text) {
                return Ok(Planned::Relative(relative));
            }
            if let Some(meant) = Relative::meant_by(text) {
                return Err(format!("`{key}` is {value}, which is no time: write `{meant}`").into());
            }
            if Relative::is_begun(text) {
                return Err(format!(
                    "`{key}` is {value}, which is no time: write {}",
                    Relative::FORMS
                )
                .into());
            }
        }
        let Some(notation) = &reading.notation else { return Ok(Planned::Fixed(value)) };
        let usual = value.as_str().and_then(Moment::read);
        match (Reading::moment(notation, &value), usual) {
            (Some(_), Some(_)) if notation.is_number() => Err(format!(
                "`{key}` is {value}, which may be a date as well as a number since 1970: write the \
                 date with dashes, as in `2024-01-31`"
            )
            .into()),
            (Some(_), _) => Ok(Planned::Fixed(value)),
            (None, Some(at)) => Ok(Planned::At(at)),
            (None, None) => Err(misfit(notation, &value).with_context(format_args!("`{key}`"))),
        }
    }

    pub(super) fn fixed(&self) -> Option<&Value> {
        match self {
            Planned::Fixed(value) => Some(value),
            Planned::At(_) | Planned::Relative(_) => None,
        }
    }

    pub(super) fn is_relative(&self) -> bool {
        matches!(self, Planned::Relative(_))
    }

    /// The bound in a run that begins now; what is relative is written in this form.
    pub(super) fn at(&self, now: Timestamp, form: &Form) -> Result<Limit, Reason> {
        match self {
            Planned::Fixed(value) => Ok(Limit::from(value.clone())),
            Planned::At(moment) => {
                Ok(Limit { value: form.write(*moment), exact: Some(*moment), is_relative: false })
            }
            Planned::Relative(bound) => {
                let moment = relative(now, *bound)?;
                Ok(Limit { value: form.write(moment), exact: Some(moment), is_relative: true })
            }
        }
    }
}

impl From<Value> for Limit {
    fn from(value: Value) -> Limit {
        Limit { value, exact: None, is_relative: false }
    }
}

impl Limit {
    pub(super) fn moment(&self, reading: &Reading) -> Option<Moment> {
        self.exact.or_else(|| moment(&self.value, reading))
    }

    /// Whether it is a time whose value is written in another form than the file has it, and may be less exact.
    pub(super) fn is_converted(&self) -> bool {
        self.exact.is_some()
    }

    /// The moment that requests name: the beginning of a run to the second, as many a server refuses one
    /// that is yet to come.
    pub(super) fn sent_at(&self, reading: &Reading) -> Option<Moment> {
        const SECOND: i128 = 1_000_000_000;
        let at = self.moment(reading)?;
        Some(if self.is_relative { Moment(at.0.div_euclid(SECOND) * SECOND) } else { at })
    }

    pub(super) fn comparable(&self, kind: Kind, reading: &Reading) -> Option<Comparable> {
        match (kind, self.exact) {
            (Kind::Moment, Some(exact)) => Some(Comparable::Moment(exact)),
            _ => Comparable::of(&self.value, kind, reading),
        }
    }
}

/// Whether the JSON text of a bound is relative to the time of the run.
pub(super) fn is_relative(json: &Str) -> bool {
    Planned::read("", json, &Reading::default()).is_ok_and(|planned| planned.is_relative())
}
