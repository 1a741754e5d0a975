//! Literal secrets in the file. They end up in version control and, compiled, in every copy of the
//! program.

use rest_source_plan::{Part, Template};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// What the names of headers that carry a credential contain, in lower case.
const HEADERS: [&str; 7] =
    ["authorization", "cookie", "api-key", "apikey", "token", "secret", "password"];

/// Parameters that carry a credential.
const PARAMS: [&str; 9] = [
    "api_key",
    "apikey",
    "api-key",
    "access_token",
    "token",
    "auth_token",
    "secret",
    "client_secret",
    "password",
];

/// The shortest word beside a placeholder that is taken for a secret: no scheme is as long.
const SECRET_LENGTH: usize = 16;

/// A header that carries a credential names a secret.
pub(super) fn check_header(
    name: &str,
    value: &Template,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let lower = name.to_ascii_lowercase();
    if HEADERS.iter().any(|word| lower.contains(word)) {
        let suggested = if lower.contains("key") { "api_key" } else { "access_token" };
        check_credential(name, value, suggested, span, diagnostics);
    }
}

/// A key in the query is as secret as one in a header.
pub(super) fn check_param(name: &str, value: &Template, span: Span, diagnostics: &mut Diagnostics) {
    if PARAMS.contains(&name.to_ascii_lowercase().as_str()) {
        let help =
            format!("name it instead, by `auth: {{type: api_key, name: {name}, location: query}}`");
        check(name, value, help, span, diagnostics);
    }
}

/// A field of a login or of a token request that carries a credential names a secret.
pub(super) fn check_field(name: &str, value: &Template, span: Span, diagnostics: &mut Diagnostics) {
    let lower = name.to_ascii_lowercase();
    if PARAMS.contains(&lower.as_str()) {
        check_credential(name, value, &lower.replace('-', "_"), span, diagnostics);
    }
}

/// What a key of `auth` has is secret; `suggested` is what the secret may be called.
pub(super) fn check_credential(
    key: &str,
    value: &Template,
    suggested: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let help = format!(
        "name it instead, `{key}: \"{{secrets.{suggested}}}\"`: the value is then given to the client's \
         builder or found in the environment"
    );
    check(key, value, help, span, diagnostics);
}

fn check(what: &str, value: &Template, help: String, span: Span, diagnostics: &mut Diagnostics) {
    let is_beside = has_literal(value);
    if is_named(value) && !is_beside {
        return;
    }
    let message = format!("`{what}` is a secret, and it would be compiled into the program");
    let says = if is_beside { "a literal beside what is filled in" } else { "a literal value" };
    diagnostics.push(Diagnostic::error(Code::PlainSecret, span, message).says(says).help(help));
}

/// Whether a text names a secret.
pub(super) fn is_named(text: &Template) -> bool {
    text.0.iter().any(|part| matches!(part, Part::Secret(_)))
}

/// Whether a literal is no secret although it is the password of HTTP Basic: it is empty, or a word
/// that APIs want beside a key in the given user name, such as `x` and `api_token`.
pub(super) fn is_filler(password: &Template, username: Option<&Template>) -> bool {
    password.as_text().is_some_and(|password| {
        let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-');
        password.is_empty()
            || username.is_some_and(is_named)
                && password.len() < SECRET_LENGTH
                && password.chars().all(is_word)
    })
}

/// Whether a literal beside the name of a secret looks like a part of it: it touches the placeholder,
/// as `Bearer ` and `key=` do not, or is longer than schemes are, with digits in it.
fn has_literal(text: &Template) -> bool {
    let parts = &*text.0;
    let is_secret = |at: usize| matches!(parts.get(at), Some(Part::Secret(_)));
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    is_named(text)
        && parts.iter().enumerate().any(|(at, part)| {
            let Part::Text(text) = part else { return false };
            let touches = (at > 0 && is_secret(at - 1) && text.starts_with(char::is_alphanumeric))
                || (is_secret(at + 1) && text.ends_with(char::is_alphanumeric));
            let is_long = |word: &str| {
                word.len() >= SECRET_LENGTH && word.contains(|c: char| c.is_ascii_digit())
            };
            touches || text.split(|c| !is_inner(c)).any(is_long)
        })
}
