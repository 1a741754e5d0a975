//! Placeholders: `{resources.posts.id}`, `{incremental.start_value}`, `{secrets.key}` in text.

use super::selector;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    source::{Span, Spanned},
};

/// What `{incremental.…}` may ask for.
const INCREMENTAL: [&str; 5] = ["initial_value", "start_value", "last_value", "end_value", "lag"];

/// A piece of text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text that is used as it is, its doubled braces made single.
    Text(String),
    /// A value that is known only when a request is made.
    Placeholder(Spanned<Placeholder>),
}

/// A value that is known only when a request is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// `{resources.posts.id}`: a field of the parent's record.
    Parent {
        /// The parent.
        resource: String,
        /// The path of the field.
        field: String,
    },
    /// `{incremental.start_value}`.
    Incremental(String),
    /// `{secrets.api_key}`.
    Secret(String),
    /// `{config.account}`.
    Config(String),
    /// `{id}`: something that only a path has.
    Name(String),
}

/// Reports a secret of dlt that is named in the manner of a template language,
/// `{{ dlt.secrets['key'] }}`: doubled braces are braces, so that this text would be sent as it stands.
/// Whether it does.
pub(super) fn is_foreign(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let names = |kind: &str| {
        let (_, after) = text.split_once(&format!("dlt.{kind}["))?;
        let name = after.trim_start_matches(['"', '\'']).split(['"', '\'', ']']).next()?;
        is_name(name).then(|| format!("{{{kind}.{name}}}"))
    };
    let Some(meant) = names("secrets").or_else(|| names("config")) else { return false };
    let message = "this would be sent as it stands, with the name in the place of the value";
    diagnostics.push(
        Diagnostic::error(Code::InvalidPlaceholder, span, message)
            .help(format!("write `\"{meant}\"`")),
    );
    true
}

/// Takes text apart. In a file of dlt's every brace that is none of a placeholder is doubled, and
/// one that stands alone is a mistake.
pub(super) fn pieces(text: &str, span: Span, diagnostics: &mut Diagnostics) -> Vec<Piece> {
    if is_foreign(text, span, diagnostics) {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let begin = text.len() - rest.len() + at;
        literal.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        let end = if brace == "{" { after.find('}') } else { None };
        let Some(end) = end else {
            let message = format!("this `{brace}` belongs to no placeholder");
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidPlaceholder,
                    span.within(text, begin, begin + 1),
                    message,
                )
                .help(format!("write it twice where it is meant as it is, `{brace}{brace}`")),
            );
            return pieces;
        };
        let name = &after[..end];
        let place = span.within(text, begin, begin + end + 2);
        if !literal.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut literal)));
        }
        if let Some(value) = placeholder(name, place, diagnostics) {
            pieces.push(Piece::Placeholder(Spanned { value, span: place }));
        }
        rest = &after[end + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    pieces
}

/// What a path's `{name}` or a text's `{a.b.c}` asks for.
fn placeholder(name: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<Placeholder> {
    let mut invalid = |message: String, help: String| {
        diagnostics.push(Diagnostic::error(Code::InvalidPlaceholder, span, message).help(help));
        None
    };
    match name.split_once('.') {
        Some(("resources", path)) => match path.split_once('.') {
            Some((resource, field)) if !resource.is_empty() && !field.is_empty() => {
                let (resource, field) = (resource.to_owned(), field.to_owned());
                let path = Spanned { value: field.clone(), span };
                selector::read(&path, diagnostics)?;
                Some(Placeholder::Parent { resource, field })
            }
            _ => invalid(
                "this names a resource, but none of its fields".to_owned(),
                format!("write a field behind it, `{{resources.{path}.id}}`"),
            ),
        },
        Some(("incremental", attribute)) if INCREMENTAL.contains(&attribute) => {
            Some(Placeholder::Incremental(attribute.to_owned()))
        }
        Some(("incremental", attribute)) => invalid(
            format!("`incremental` has no value `{attribute}`"),
            match closest(attribute, INCREMENTAL) {
                Some(meant) => format!("did you mean `{{incremental.{meant}}}`?"),
                None => format!("it has {}", either(INCREMENTAL)),
            },
        ),
        Some(("secrets", name)) if is_name(name) => Some(Placeholder::Secret(name.to_owned())),
        Some(("config", name)) if is_name(name) => Some(Placeholder::Config(name.to_owned())),
        None if is_simple_name(name) => Some(Placeholder::Name(name.to_owned())),
        _ => invalid(
            format!("`{{{name}}}` is not a placeholder"),
            "there are `{resources.NAME.FIELD}`, `{incremental.start_value}`, `{secrets.NAME}` and \
             `{config.NAME}`; where braces are meant as they are, write them twice, `{{` and `}}`"
                .to_owned(),
        ),
    }
}

/// Whether a secret or a value of the configuration can be called so.
pub(super) fn is_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

fn is_simple_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
