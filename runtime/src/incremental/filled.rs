//! What settings give of an incremental range.

use std::borrow::Cow;

use crate::{
    http::inputs::Inputs,
    plan::{Configurable, DataType, Incremental, Str, Window},
};

/// The same range with all of its settings filled in.
pub(crate) fn filled<'a>(
    plan: &'a Incremental,
    inputs: &Inputs,
) -> Result<Cow<'a, Incremental>, String> {
    let Incremental { initial_value, end_value, lag, future_tolerance, window, .. } = plan;
    let bounds = [initial_value, end_value];
    let is_known = bounds.iter().all(|bound| is_known(bound.as_ref()))
        && is_known(lag.as_ref())
        && is_known(window.as_ref())
        && is_known(Some(future_tolerance));
    if is_known {
        return Ok(Cow::Borrowed(plan));
    }
    let bound = |bound: &Option<Configurable<Str>>| match bound {
        Some(Configurable::Template(template)) => {
            inputs.text(template).map(|text| Some(json(&text, plan.data_type).into()))
        }
        known => Ok(known.clone()),
    };
    let length = |window: &Configurable<Window>| {
        inputs.value(window, "a number and a unit of time, as in `1 day`").map(Configurable::Known)
    };
    let number = |lag: &Configurable<f64>| {
        let lag = inputs.value(lag, "a number, 0 or above")?;
        if lag >= 0.0 {
            Ok(lag.into())
        } else {
            Err(format!("`lag` is {lag}, which is below zero"))
        }
    };
    let filled = Incremental {
        initial_value: bound(initial_value)?,
        end_value: bound(end_value)?,
        lag: lag.as_ref().map(number).transpose()?,
        future_tolerance: length(future_tolerance)?,
        window: window.as_ref().map(length).transpose()?,
        ..plan.clone()
    };
    match known(filled.window.as_ref()) {
        Some(Window { count: 0, .. }) => Err("`window` is no time at all".to_owned()),
        _ => Ok(Cow::Owned(filled)),
    }
}

fn is_known<T>(value: Option<&Configurable<T>>) -> bool {
    value.is_none_or(|value| value.known().is_some())
}

/// A value that has been filled.
pub(super) fn known<T>(value: Option<&Configurable<T>>) -> Option<&T> {
    value.and_then(Configurable::known)
}

/// The text of a setting as a bound: a number where the column has numbers.
fn json(text: &str, data_type: Option<DataType>) -> String {
    let is_number = match data_type {
        Some(DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei) => true,
        Some(DataType::Timestamp) => text.len() != 8,
        _ => false,
    };
    let number = text.trim();
    if is_number && serde_json::from_str::<serde_json::Number>(number).is_ok() {
        return number.to_owned();
    }
    serde_json::Value::from(text).to_string()
}
