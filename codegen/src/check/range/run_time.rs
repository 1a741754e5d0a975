//! The bounds of a range that begins with the time of the last run.

use super::bound::{Given, bound};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
};

pub(in super::super) fn check_run_time(incremental: &Incremental, diagnostics: &mut Diagnostics) {
    let mut wrong = |span, message: String, help: &str| {
        diagnostics.push(Diagnostic::error(Code::WrongType, span, message).help(help));
    };
    if let Some(initial) =
        incremental.initial_value.get().and_then(|node| bound("initial_value", node, None))
        && !matches!(initial.value, Given::Moment(..) | Given::Relative(_) | Given::Unknown)
    {
        let message = format!("`{}` is not a time", initial.text);
        wrong(initial.span, message, "write it as in `2024-01-31T08:00:00Z` or `now - 30 days`");
    }
    if let Some(end) = incremental.end_value.get().and_then(|node| bound("end_value", node, None))
        && end.is_fixed()
    {
        let message = "the runs of a range without a field cannot end at a fixed value".to_owned();
        wrong(end.span, message, "write `end_value: now`, or leave it out");
    }
    if let Some(end_param) =
        incremental.end_param.get().filter(|_| incremental.end_value.is_absent())
    {
        let message = "`end_param` has no effect";
        diagnostics.push(
            Diagnostic::error(Code::IgnoredKey, end_param.span, message)
                .help("add `end_value: now`")
                .note("the range has no end to send"),
        );
    }
}
