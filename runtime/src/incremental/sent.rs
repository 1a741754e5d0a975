//! The bounds of a range as requests name them.

use serde_json::Value;

use super::{clock::Form, limit::Limit, reading::Reading};
use crate::{
    error::Reason,
    plan::{Bound, Incremental, LastValue, Moment, MomentForm, Notation, TimeFormat},
};

/// A bound of a range as requests name it.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) bound: Bound,
    /// In the format of the parameters, or else as records have it.
    pub(crate) value: Value,
    at: Option<Moment>,
    /// Whether the next later moment stands for one that a format cannot write: a range that is sent
    /// contains the one that is meant, and what is beyond that is left out of the response.
    is_late: bool,
}

impl Sent {
    /// A bound that is a value of the cursor.
    ///
    /// # Errors
    ///
    /// If the parameters have a format, and the value is no time.
    pub(super) fn of(
        plan: &Incremental,
        reading: &Reading,
        bound: Bound,
        limit: &Limit,
    ) -> Result<Sent, Reason> {
        let is_end = bound == Bound::EndValue;
        let is_late = is_end == (plan.last_value == LastValue::Max);
        let at = limit.sent_at(reading);
        let mut sent = Sent { bound, value: limit.value.clone(), at, is_late };
        if let Some(format) = &plan.param_format {
            let written = sent.in_format(format, false);
            sent.value = written.map_err(|why| why.with_context("`param_format`"))?;
        } else if limit.is_converted()
            && let Some(at) = at
            && let Some((_, form)) = Form::of(&limit.value, reading)
        {
            sent.value = form.write(if is_late { form.rounded_up(at) } else { at });
        }
        Ok(sent)
    }

    /// A bound that is no value of the cursor.
    pub(super) fn plain(bound: Bound, value: Value) -> Sent {
        Sent { bound, value, at: None, is_late: false }
    }

    /// The bound in the format of one of the placeholders that name it.
    ///
    /// # Errors
    ///
    /// If it is no time.
    pub(crate) fn written(&self, format: &TimeFormat) -> Result<Value, Reason> {
        self.in_format(format, true)
    }

    /// The bound in a format, which may be one of the parts of a date.
    fn in_format(&self, format: &TimeFormat, is_part: bool) -> Result<Value, Reason> {
        let at = self.at.ok_or_else(|| {
            format!(
                "{} is no time that could be written as `{format}`: `cursor_format` says how records \
                 write theirs, such as `cursor_format: epoch`",
                self.value
            )
        })?;
        let notation = Notation::of(format);
        let form = notation.form();
        let at = match self.is_late {
            // Year, month and day of a date are those of the same day.
            true if is_part && notation.is_partial() => MomentForm::date().rounded_up(at),
            true => form.rounded_up(at),
            false => at,
        };
        let text = form.write(at);
        Ok(if notation.is_number() {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        } else {
            Value::String(text)
        })
    }
}
