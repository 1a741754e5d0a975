//! What splits a range, and what it goes back by.

use rest_source_plan::{DataType, Moment, Selector, Unit, Window};

use super::bound::{Bound, Given, LAST_SECOND, name};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// What is split into windows is a range of times, and days are not split into hours.
pub(super) fn check_window(
    window: Window,
    span: Span,
    initial: Option<&Bound<'_>>,
    cursor: &Selector,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let is_typed = !matches!(data_type, None | Some(DataType::Text));
    let is_of_times = match data_type {
        Some(DataType::Timestamp | DataType::Date) => true,
        _ if is_typed => false,
        _ => initial.is_none_or(|initial| match initial.value {
            Given::Moment(..) | Given::Relative(_) | Given::Unknown => true,
            Given::Digits(_) => Moment::read(initial.text).is_some(),
            _ => false,
        }),
    };
    if !is_of_times {
        let what = match (data_type, initial) {
            (Some(data_type), _) if is_typed => {
                format!("the column `{cursor}` is {}", name(data_type))
            }
            (_, Some(initial)) => format!("`{}` is none", initial.text),
            (_, None) => return,
        };
        let message = format!("`window` splits a range of times, and {what}");
        let diagnostic = Diagnostic::error(Code::WrongColumnType, span, message);
        diagnostics.push(match initial.map(|initial| initial.value) {
            Some(Given::Number(number)) if number < LAST_SECOND => {
                diagnostic.help("where these are seconds since 1970, write `cursor_format: epoch`")
            }
            Some(Given::Number(_)) => diagnostic
                .help("where these are milliseconds since 1970, write `cursor_format: epoch_ms`"),
            _ => diagnostic.help("leave `window` out"),
        });
        return;
    }
    let is_short = matches!(window.unit, Unit::Second | Unit::Minute | Unit::Hour);
    let is_date = match data_type {
        Some(DataType::Date) => true,
        _ if is_typed => false,
        _ => initial.is_some_and(|initial| match initial.value {
            Given::Moment(_, is_date) => is_date,
            Given::Digits(_) => initial.text.len() == 8,
            _ => false,
        }),
    };
    if is_date && is_short {
        let message = "`window` is shorter than a day, and the bounds are dates";
        let diagnostic = Diagnostic::error(Code::WrongColumnType, span, message);
        diagnostics.push(match data_type {
            Some(DataType::Date) => diagnostic.help("write a window of days, `window: 1 day`"),
            _ => diagnostic.help(
                "write a window of days, `window: 1 day`, or `initial_value` with a time of day",
            ),
        });
    }
}

pub(super) fn check_lag(
    incremental: &Incremental,
    initial: Option<&Bound<'_>>,
    cursor: &Selector,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let Some((lag, span)) =
        incremental.lag.get().and_then(|lag| Some((*lag.value.known()?, lag.span)))
    else {
        return;
    };
    if lag < 0.0 {
        let message = "a negative `lag` would lose records between two runs";
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, span, message)
                .help(format!("each run starts this much earlier: write `lag: {}`", -lag)),
        );
        return;
    }
    let what = match data_type {
        Some(DataType::Bool | DataType::Binary | DataType::Time | DataType::Json) => {
            data_type.map(|data_type| format!("the column `{cursor}` is {}", name(data_type)))
        }
        _ if initial.is_some_and(|initial| initial.value == Given::Text) => {
            initial.map(|initial| format!("`{}` is text", initial.text))
        }
        _ => None,
    };
    if let Some(what) = what {
        let message = format!("`lag` requires a time, a date or a number, and {what}");
        diagnostics.push(Diagnostic::error(Code::WrongColumnType, span, message));
    }
}
