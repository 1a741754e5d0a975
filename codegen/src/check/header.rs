//! Headers that requests can be sent with.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::LooseText,
    source::{Span, Spanned},
};

/// RFC 9110, section 5: a header's name is a token, its value has no control characters. What a
/// request could not be sent with is better known now.
pub(super) fn check(
    name: &Spanned<String>,
    value: &Spanned<LooseText>,
    diagnostics: &mut Diagnostics,
) -> bool {
    // The name may contain a placeholder, whose value is not known here.
    if !check_filled_name(&name.value, name.span, diagnostics) {
        return false;
    }
    if value.value.0.chars().any(char::is_control) {
        let message = format!("the value of `{}` contains a control character", name.value);
        diagnostics.push(Diagnostic::error(Code::InvalidHeader, value.span, message));
        return false;
    }
    true
}

/// A name in which placeholders are filled later.
pub(super) fn check_filled_name(name: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    check_name(name, span, |c| is_token(c) || "{}".contains(c), diagnostics)
}

pub(super) fn check_name(
    name: &str,
    span: Span,
    may_be: impl Fn(char) -> bool,
    diagnostics: &mut Diagnostics,
) -> bool {
    let is_name = !name.is_empty() && name.chars().all(may_be);
    if !is_name {
        let message = format!("`{name}` cannot be the name of a header");
        diagnostics.push(
            Diagnostic::error(Code::InvalidHeader, span, message)
                .help("a header's name has letters, digits and -, as in `X-Api-Version`"),
        );
    }
    is_name
}

/// RFC 9110, section 5.6.2.
pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}
