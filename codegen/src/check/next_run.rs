//! What the next run begins with that is no field of the records: a token of the server, where the pages
//! have ended, or the time of the last run.

use rest_source_plan::{Action, NextRun};

use super::{named_bounds::NamedBounds, range, selector};
use crate::{
    config::{self, Incremental, Keep, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
};

/// What `keep` of the paginator says, beside which the endpoint has no `incremental`.
pub(super) fn kept(
    keep: Option<&Spanned<Keep>>,
    incremental: Option<&Incremental>,
    diagnostics: &mut Diagnostics,
) -> Option<NextRun> {
    let Spanned { value, span } = keep?;
    let next_run = match value {
        Keep::Nothing => return None,
        Keep::Last => NextRun::Page,
        Keep::At(path) => {
            let path = Spanned { value: path.clone(), span: *span };
            NextRun::PageAt(selector::read(&path, diagnostics)?)
        }
    };
    if incremental.is_some() {
        let message = "the next run begins where `keep` says, and `incremental` says it as well";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, *span, message)
                .help("keep one of them; a paginator of the client may be replaced in `endpoint`"),
        );
    }
    Some(next_run)
}

/// What `incremental` says beside `cursor_path`, with what has no effect then. `None` if the next run
/// begins with the last value of a field.
pub(super) fn named(
    incremental: &Incremental,
    sent: &NamedBounds,
    is_param: bool,
    diagnostics: &mut Diagnostics,
) -> Option<NextRun> {
    let Incremental { cursor_path, response_path, cursor, .. } = incremental;
    let given = [
        cursor_path.get().map(|path| path.span),
        response_path.get().map(|path| path.span),
        cursor.get().map(|word| word.span),
    ];
    let mut given = given.into_iter().flatten();
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        let message = "a run leaves one value for the next one, and this is the second";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, second, message)
                .label(first, "the first")
                .help("keep one of `cursor_path`, `response_path` and `cursor`"),
        );
    }
    let (next_run, key, span) = match (cursor_path, response_path, cursor) {
        (Setting::Absent, Setting::Given(path), _) => {
            let read = selector::read(path, diagnostics)?;
            (NextRun::Response(read), "response_path", path.span)
        }
        (Setting::Absent, Setting::Absent, Setting::Given(word)) => {
            (NextRun::RunTime, "cursor: run_time", word.span)
        }
        _ => return None,
    };
    let is_time = next_run == NextRun::RunTime;
    check_ignored(incremental, is_time, key, diagnostics);
    if is_time {
        range::check_run_time(incremental, diagnostics);
    } else if let Some(Spanned { span, .. }) = sent.formats.first() {
        let message = "only a time can be written in a format, and a token is none";
        diagnostics.push(
            Diagnostic::error(Code::InvalidPlaceholder, *span, message)
                .help("write `{incremental.start_value}`"),
        );
    }
    let is_sent = is_param || sent.has_plain || !sent.formats.is_empty();
    if !is_sent && incremental.start_param.is_absent() {
        let message = "no request says where a run begins";
        diagnostics.push(Diagnostic::error(Code::MissingKey, span, message).help(
            "add `start_param` with the name of the query parameter, or write \
                 `{incremental.start_value}` where the request has it",
        ));
    }
    Some(next_run)
}

/// Keys that mean something for a field of the records alone.
fn check_ignored(
    incremental: &Incremental,
    is_time: bool,
    key: &str,
    diagnostics: &mut Diagnostics,
) {
    let span = |ScalarNode(node): &ScalarNode| node.span;
    let of_field: [(&str, Option<Span>); 8] = [
        ("last_value_func", incremental.last_value_func.get().map(|word| word.span)),
        ("row_order", incremental.row_order.get().map(|word| word.span)),
        ("future_tolerance", incremental.future_tolerance.get().map(|text| text.span)),
        ("cursor_format", incremental.cursor_format.get().map(|format| format.span)),
        ("window", incremental.window.get().map(|text| text.span)),
        (
            "primary_key",
            incremental.primary_key.get().and_then(|names| names.0.first()).map(|name| name.span),
        ),
        ("lag", incremental.lag.get().map(|lag| lag.span).filter(|_| !is_time)),
        ("end_value", incremental.end_value.get().map(span).filter(|_| !is_time)),
    ];
    let of_time = [
        ("param_format", incremental.param_format.get().map(|format| format.span)),
        ("end_param", incremental.end_param.get().map(|text| text.span)),
    ];
    let of_time = of_time.into_iter().filter(|_| !is_time);
    for (ignored, span) in of_field.into_iter().chain(of_time) {
        let Some(span) = span else { continue };
        let message = format!("`{ignored}` has no effect");
        diagnostics.push(
            Diagnostic::error(Code::IgnoredKey, span, message)
                .help("leave it out")
                .note(format!("with `{key}` no field of the records is compared")),
        );
    }
}

/// Only what the server has given may be unknown to it.
pub(super) fn check_restart(
    endpoint: &config::Endpoint,
    next_run: Option<&NextRun>,
    diagnostics: &mut Diagnostics,
) {
    if !matches!(next_run, None | Some(NextRun::Cursor | NextRun::RunTime)) {
        return;
    }
    for action in endpoint.response_actions.get().into_iter().flatten() {
        let Some(action) = action.action.get().filter(|action| action.value == Action::Restart)
        else {
            continue;
        };
        let message = "there is no token that a restart could drop";
        diagnostics.push(Diagnostic::error(Code::Unused, action.span, message).help(
            "`restart` is for what the server gives for the next run: `keep` of a paginator, and \
                 `response_path` in `incremental`",
        ));
    }
}
