//! As what the values of an incremental cursor are read.

use serde_json::Value;

use crate::{
    error::Reason,
    plan::{DataType, Incremental, Moment, MomentForm, Notation, TimeFormat},
};

/// As what the values of an incremental cursor are read: the type of its column, and the format that the
/// file names.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) data_type: Option<DataType>,
    pub(super) notation: Option<Notation>,
}

impl Reading {
    pub(super) fn of(plan: &Incremental) -> Reading {
        let notation = plan.cursor_format.as_ref().map(Notation::of);
        Reading { data_type: plan.data_type, notation }
    }

    /// What a value says in the format that the file names, and how others are written like it. `None` if
    /// it does not fit.
    pub(super) fn noted(notation: &Notation, value: &Value) -> Option<(Moment, MomentForm)> {
        notation.sample(&text(notation, value)?)
    }

    /// The moment of a value in the format that the file names.
    pub(super) fn moment(notation: &Notation, value: &Value) -> Option<Moment> {
        match value.as_str() {
            Some(text) => notation.read(text),
            None => notation.read(&text(notation, value)?),
        }
    }
}

/// A value as the text that a format is of. A number is one of digits alone.
fn text(notation: &Notation, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if notation.is_all_digits() => Some(number.to_string()),
        _ => None,
    }
}

/// Why a value is none of a format, with the format that it may have.
pub(super) fn misfit(notation: &Notation, value: &Value) -> Reason {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let suggested = TimeFormat::suggested(&[&text]);
    let help = match suggested.as_slice() {
        [] => "write the format that the records have".to_owned(),
        [one] => format!("it fits `cursor_format: {}`", quoted(one)),
        several => {
            let formats: Vec<_> = several.iter().map(|one| format!("`{one}`")).collect();
            format!("it fits {}", formats.join(" or "))
        }
    };
    format!("{value} does not fit `cursor_format: {}`; {help}", quoted(notation.format())).into()
}

/// A format as YAML has it: a percent sign begins no plain text.
pub(super) fn quoted(format: &TimeFormat) -> String {
    match format {
        TimeFormat::Named(_) => format.to_string(),
        TimeFormat::Strftime(_) => format!("\"{format}\""),
    }
}
