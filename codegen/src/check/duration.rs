//! Times in seconds.

use std::time::Duration;

use rest_source_plan::ClientSetting;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
};

/// A time in seconds, or its default.
pub(super) fn duration(
    setting: &Setting<Spanned<f64>>,
    default: Duration,
    diagnostics: &mut Diagnostics,
) -> Duration {
    let seconds = setting.get();
    let seconds = seconds.and_then(|seconds| time(seconds.value, seconds.span, diagnostics));
    seconds.unwrap_or(default)
}

pub(super) fn time(seconds: f64, span: Span, diagnostics: &mut Diagnostics) -> Option<Duration> {
    if seconds > 0.0 && seconds <= ClientSetting::DAY {
        return Some(Duration::from_secs_f64(seconds));
    }
    let message = "this is a time in seconds, above 0 and at most a day (86400)";
    diagnostics.push(Diagnostic::error(Code::InvalidNumber, span, message));
    None
}
