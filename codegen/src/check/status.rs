//! Statuses of failures.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// A successful answer is never sent again, and RFC 9110 has no status above 599.
pub(super) fn check(status: &Spanned<u64>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let valid = u16::try_from(status.value).ok().filter(|status| (400..=599).contains(status));
    if valid.is_none() {
        let message = format!("{} is not the status of a failure", status.value);
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, status.span, message)
                .help("failures have statuses from 400 to 599"),
        );
    }
    valid
}
