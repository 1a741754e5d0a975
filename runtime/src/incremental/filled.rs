//! What settings give of an incremental range.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    error::Reason,
    http::inputs::Inputs,
    plan::{Configurable, DataType, Distance, Incremental, Part, Str, Template, Window},
};

/// What fills the text of a bound, a value or `null` if it has none.
pub(crate) type Fill<'a> = &'a dyn Fn(&Template) -> Result<Value, Reason>;

/// The same range with all of its settings filled in; `fill` does so for the bounds that are made of
/// more.
pub(crate) fn filled<'a>(
    plan: &'a Incremental,
    inputs: &Inputs,
    fill: Fill<'_>,
) -> Result<Cow<'a, Incremental>, Reason> {
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
            // What a setting alone is may be relative to the run, which is for the range to read.
            let value = match &*template.0 {
                [Part::Config(name)] => inputs.config(name)?.map_or(Value::Null, Value::from),
                _ => fill(template)?,
            };
            Ok::<_, Reason>(match value {
                Value::Null => None,
                Value::String(text) => Some(json(&text, plan.data_type).into()),
                value => Some(value.to_string().into()),
            })
        }
        known => Ok(known.clone()),
    };
    let distance = |of: Option<&Configurable<Distance>>| {
        let expected = "a number, 0 or above, or a length of time, as in `1 day`";
        Ok::<_, Reason>(inputs.given(of, expected)?.map(Configurable::Known))
    };
    let tolerance =
        inputs.given(Some(future_tolerance), "a number and a unit of time, as in `1 day`")?;
    let filled = Incremental {
        initial_value: bound(initial_value)?,
        end_value: bound(end_value)?,
        lag: distance(lag.as_ref())?,
        future_tolerance: tolerance
            .map_or(Incremental::DEFAULT.future_tolerance, Configurable::Known),
        window: distance(window.as_ref())?,
        ..plan.clone()
    };
    match known(filled.window.as_ref()) {
        Some(Distance::Time(Window { count: 0, .. })) => Err("`window` is no time at all".into()),
        Some(Distance::Number(number)) if *number <= 0.0 => {
            Err(format!("`window` is {number}, which splits nothing").into())
        }
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
    Value::from(text).to_string()
}
