//! The order of a range's bounds.

use std::cmp::Ordering;

use rest_source_plan::{DataType, Edge, LastValue, Moment};

use super::bound::{Bound, Given};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
};

/// The bounds are of one kind, and the range does not end before it begins.
pub(super) fn check_order(
    incremental: &Incremental,
    initial: &Bound<'_>,
    end: &Bound<'_>,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let is_typed = data_type.is_some_and(|data_type| data_type != DataType::Text);
    if let (Some(from), Some(to), false) = (initial.kind(), end.kind(), is_typed)
        && from != to
    {
        let message = format!("`end_value` is {to}, and `initial_value` is {from}");
        let diagnostic = Diagnostic::error(Code::WrongColumnType, end.span, message)
            .label(initial.span, from)
            .help("write both as in the records");
        diagnostics.push(match (from, to) {
            ("a number", "a time") | ("a time", "a number") => diagnostic.note(
                "numbers are seconds since 1970 where the cursor's column is declared `timestamp`",
            ),
            _ => diagnostic,
        });
        return;
    }
    let is_min = incremental.last_value_func.get().is_some_and(|f| f.value == LastValue::Min);
    let Some(order) = order(initial, end, data_type) else { return };
    let order = if is_min { order.reverse() } else { order };
    let is_closed = incremental.range_start.get() != Some(&Edge::Open)
        && incremental.range_end.get() == Some(&Edge::Closed);
    let message = match order {
        Ordering::Less => return,
        Ordering::Equal if is_closed => return,
        Ordering::Equal => "`end_value` equals `initial_value`: the range is empty",
        Ordering::Greater if is_min => {
            "`end_value` must be smaller than `initial_value` with `last_value_func: min`"
        }
        Ordering::Greater => "`end_value` is before `initial_value`: the range is empty",
    };
    diagnostics.push(
        Diagnostic::error(Code::EmptyRange, end.span, message)
            .label(initial.span, "the range begins here"),
    );
}

/// The order of two bounds; `None` if it is known only when a run begins.
fn order(a: &Bound<'_>, b: &Bound<'_>, data_type: Option<DataType>) -> Option<Ordering> {
    let is_text = data_type == Some(DataType::Text);
    let moment = |bound: &Bound<'_>| match bound.value {
        Given::Moment(moment, _) => Some(moment),
        // As in the engine, a number in a column of timestamps counts seconds.
        Given::Number(number) | Given::Digits(number) if data_type == Some(DataType::Timestamp) =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "floats are cut to what fits")]
            Some(Moment((number * 1e9) as i128))
        }
        Given::Digits(_) => Moment::read(bound.text),
        _ => None,
    };
    match (a.value, b.value) {
        (Given::Relative(a), Given::Relative(b)) => Some(a.seconds().cmp(&b.seconds())),
        (Given::Text, Given::Text) => Some(a.text.cmp(b.text)),
        (Given::Digits(_), Given::Digits(_)) if is_text => Some(a.text.cmp(b.text)),
        (Given::Number(a) | Given::Digits(a), Given::Number(b) | Given::Digits(b)) if !is_text => {
            a.partial_cmp(&b)
        }
        _ => Some(moment(a)?.cmp(&moment(b)?)),
    }
}
