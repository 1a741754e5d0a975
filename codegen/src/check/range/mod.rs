//! The values of an incremental range: what its bounds, its windows and its lag mean together and for
//! the type of the cursor's column.

mod bound;
mod distance;
mod filled;
mod format;
mod order;
mod run_time;
mod value;

use rest_source_plan::{DataType, Edge, LastValue, Notation, Selector};

use self::{
    bound::{Bound, bound},
    distance::{Cursor, check_distances},
    format::Formats,
    order::check_order,
    value::wrong,
};
pub(super) use self::{
    distance::Distances,
    filled::{check_default, check_default_length, check_required},
    run_time::check_run_time,
};
use super::named_bounds::NamedBounds;
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

pub(super) fn check(
    incremental: &Incremental,
    cursor: &Selector,
    data_type: Option<DataType>,
    distances: Distances,
    (sent, is_start_sent): (&NamedBounds, bool),
    diagnostics: &mut Diagnostics,
) {
    let notation = incremental.cursor_format.get().map(|format| Notation::of(&format.value));
    let bounds =
        [("initial_value", &incremental.initial_value), ("end_value", &incremental.end_value)];
    let bounds = bounds
        .map(|(key, setting)| setting.get().and_then(|node| bound(key, node, notation.as_ref())));
    let [initial, end] = &bounds;
    let initial_of = initial.as_ref();
    Formats {
        incremental,
        cursor,
        data_type,
        window: distances.window,
        initial: initial_of,
        sent,
        is_start_sent,
    }
    .check(diagnostics);
    // A format says what the values are, whatever their column is.
    let data_type = data_type.filter(|_| notation.is_none());
    let mut is_wrong = false;
    for bound in bounds.iter().flatten() {
        if let Some(diagnostic) = wrong(bound, cursor, data_type) {
            diagnostics.push(diagnostic);
            is_wrong = true;
        }
    }
    if let (Some(initial), Some(end), false) = (initial, end, is_wrong) {
        check_order(incremental, initial, end, data_type, diagnostics);
    }
    if !is_wrong {
        let initial = initial.as_ref();
        check_distances(
            incremental,
            distances,
            &Cursor { path: cursor, data_type, initial },
            diagnostics,
        );
    }
    check_ignored(incremental, end.as_ref(), diagnostics);
    check_edges(incremental, diagnostics);
}

/// A value at which one window ends and the next one begins belongs to one of them.
fn check_edges(incremental: &Incremental, diagnostics: &mut Diagnostics) {
    let is_open = |edge: Option<&Edge>| edge == Some(&Edge::Open);
    if let Some(window) = incremental.window.get()
        && is_open(incremental.range_start.get())
        && incremental.range_end.get() != Some(&Edge::Closed)
    {
        let message = "a record at the bound between two windows would be in none";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, window.span, message)
                .help("write `range_end: closed`, or leave out `range_start: open`"),
        );
    }
}

/// Keys that have no effect beside the others.
fn check_ignored(
    incremental: &Incremental,
    end: Option<&Bound<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut ignored = |key: &str, span: Span, why: &str, help: &str| {
        let message = format!("`{key}` has no effect");
        let diagnostic = Diagnostic::error(Code::IgnoredKey, span, message);
        diagnostics.push(diagnostic.help(help).note(why));
    };
    if let Some(end_param) = incremental.end_param.get()
        && incremental.end_value.is_absent()
        && incremental.window.is_absent()
    {
        ignored(
            "end_param",
            end_param.span,
            "the range has no end to send",
            "add `end_value: now` for everything up to the beginning of a run, or where the range ends",
        );
    }
    let last_value = incremental.last_value_func.get().map(|function| function.value);
    if let (Some(window), Some(LastValue::Min)) = (incremental.window.get(), last_value) {
        ignored(
            "window",
            window.span,
            "with `last_value_func: min` a range is one request",
            "leave it out, or `last_value_func`",
        );
    }
    if end.is_some_and(Bound::is_fixed) {
        let why = "a range with a fixed `end_value` leaves no state, so that every run has the same \
                   bounds";
        let help = "leave it out, or leave out `end_value`";
        for (key, span) in [
            ("lag", incremental.lag.get().map(|lag| lag.span)),
            ("future_tolerance", incremental.future_tolerance.get().map(|text| text.span)),
        ] {
            if let Some(span) = span {
                ignored(key, span, why, help);
            }
        }
    }
}

/// Whether every run has the same end, so that none begins where the last one has ended.
pub(super) fn has_fixed_end(incremental: &Incremental) -> bool {
    let end = incremental.end_value.get().and_then(|node| bound("end_value", node, None));
    end.as_ref().is_some_and(Bound::is_fixed)
}
