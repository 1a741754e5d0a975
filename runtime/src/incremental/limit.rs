//! The bounds of a range, as the plan and the state of the last run give them.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    clock::{Form, relative},
    compare::{Comparable, Kind, moment},
};
use crate::plan::{DataType, Moment, Relative};

/// A bound of a range.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Limit {
    /// What requests send.
    pub(super) value: Value,
    /// The moment that it stands for, where the form in which it is sent is less exact: records up
    /// to `now` are in a range although its end is sent as a date.
    exact: Option<Moment>,
}

/// A bound as the plan has it.
pub(super) enum Planned {
    Fixed(Value),
    Relative(Relative),
}

impl Planned {
    /// Reads a bound of the plan, which is JSON.
    pub(super) fn read(key: &str, json: &str) -> Result<Planned, String> {
        let value: Value = serde_json::from_str(json)
            .map_err(|_| format!("the bound `{json}` of the plan is no JSON"))?;
        if let Some(text) = value.as_str() {
            if let Some(relative) = Relative::read(text) {
                return Ok(Planned::Relative(relative));
            }
            if let Some(meant) = Relative::meant_by(text) {
                return Err(format!("`{key}` is {value}, which is no time: write `{meant}`"));
            }
        }
        Ok(Planned::Fixed(value))
    }

    pub(super) fn fixed(&self) -> Option<&Value> {
        match self {
            Planned::Fixed(value) => Some(value),
            Planned::Relative(_) => None,
        }
    }

    pub(super) fn is_relative(&self) -> bool {
        matches!(self, Planned::Relative(_))
    }

    /// The bound in a run that begins now; what is relative is written in this form.
    pub(super) fn at(&self, now: Timestamp, form: &Form) -> Result<Limit, String> {
        match self {
            Planned::Fixed(value) => Ok(Limit::from(value.clone())),
            Planned::Relative(bound) => {
                let moment = relative(now, *bound)?;
                Ok(Limit { value: form.write(moment), exact: Some(moment) })
            }
        }
    }
}

impl From<Value> for Limit {
    fn from(value: Value) -> Limit {
        Limit { value, exact: None }
    }
}

impl Limit {
    pub(super) fn moment(&self, data_type: Option<DataType>) -> Option<Moment> {
        self.exact.or_else(|| moment(&self.value, data_type))
    }

    pub(super) fn comparable(&self, kind: Kind, data_type: Option<DataType>) -> Option<Comparable> {
        match (kind, self.exact) {
            (Kind::Moment, Some(exact)) => Some(Comparable::Moment(exact)),
            _ => Comparable::of(&self.value, kind, data_type),
        }
    }
}
