//! Placeholders: `{resources.posts.id}`, `{incremental.start_value}`, `{secrets.key}` in text.

use rest_source_plan::{Bound, PageValue, Part, Selector, TimeFormat};

use super::selector;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    parse::{dlt_member, shell_variable},
    source::{Span, Spanned},
};

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
        /// Where the field is in its records, as the file says it.
        field: Spanned<String>,
        /// The same, read.
        selector: Selector,
    },
    /// `{incremental.start_value}`, or with a format of its own `{incremental.start_value:%Y-%m-%d}`.
    Incremental(Bound, Option<TimeFormat>),
    /// `{paginator.offset}`, `{paginator.cursor.id}`.
    Paginator(Part),
    /// `{secrets.api_key}`.
    Secret(String),
    /// `{config.account}`.
    Config(String),
    /// `{params.region}`: a query parameter of the request, for a field that is added.
    Param(String),
    /// `{record.id}`: a field of the record, for a field that is added.
    Record(Selector),
    /// `{each.repo}`: a value of a list that the resource is fetched for.
    Each(String),
    /// `{id}`: something that only a path has.
    Name(String),
}

/// Whether text names a value in the syntax of another language, which is reported: a secret of dlt as in
/// `{{ dlt.secrets['key'] }}`, where doubled braces are braces, or a shell's `${REGION}`. It would be
/// sent literally.
pub(super) fn is_foreign(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let names = |kind: &str| {
        let (_, after) = text.split_once(&format!("dlt.{kind}["))?;
        let name = after.trim_start_matches(['"', '\'']).split(['"', '\'', ']']).next()?;
        is_name(name).then(|| format!("{{{kind}.{name}}}"))
    };
    if let Some((begin, end)) = shell_variable(text) {
        let name = text[begin + 2..end - 1].to_ascii_lowercase();
        let message = "variables of the environment are not filled in by their names";
        diagnostics.push(
            Diagnostic::error(Code::InvalidPlaceholder, span.within(text, begin, end), message)
                .help(format!(
                    "write `{{config.{name}}}` for a setting, `{{secrets.{name}}}` for a secret: \
                     either may be given by an environment variable"
                )),
        );
        return true;
    }
    let member = || {
        let (kind, name) = dlt_member(text)?;
        Some(format!("{{{kind}.{}}}", name.filter(|name| is_name(name)).unwrap_or("NAME")))
    };
    let meant = names("secrets").or_else(|| names("config")).or_else(member);
    let meant = meant.or_else(|| of_jinja(text));
    let Some(meant) = meant else { return false };
    let message = "this would be sent literally, with the name instead of the value";
    diagnostics.push(
        Diagnostic::error(Code::InvalidPlaceholder, span, message)
            .help(format!("write `\"{meant}\"`"))
            .fixed_by(text, &meant),
    );
    true
}

/// What `{{ config['region'] }}` and `{{ config.region }}` mean, as other tools write it.
fn of_jinja(text: &str) -> Option<String> {
    let inner = text.split("{{").skip(1).map(str::trim_start);
    inner.filter(|inner| inner.contains("}}")).find_map(|inner| {
        let kind = ["config", "secrets"].into_iter().find(|kind| inner.starts_with(kind))?;
        let rest = inner[kind.len()..].strip_prefix(['.', '['])?.trim_start_matches(['"', '\'']);
        let name = rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?;
        is_name(name).then(|| format!("{{{kind}.{name}}}"))
    })
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
            let message = format!("this `{brace}` is not part of a placeholder");
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidPlaceholder,
                    span.within(text, begin, begin + 1),
                    message,
                )
                .help(format!("write a literal brace twice, `{brace}{brace}`")),
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

/// What a path's `{name}` or a text's `{a.b.c}` refers to.
fn placeholder(name: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<Placeholder> {
    let mut invalid = |message: String, help: String| {
        diagnostics.push(Diagnostic::error(Code::InvalidPlaceholder, span, message).help(help));
        None
    };
    match name.split_once('.') {
        Some(("resources", path)) => match path.split_once('.') {
            Some((resource, field)) if !resource.is_empty() && !field.is_empty() => {
                let field = Spanned { value: field.to_owned(), span };
                let selector = selector::read(&field, diagnostics)?;
                Some(Placeholder::Parent { resource: resource.to_owned(), field, selector })
            }
            _ => invalid(
                "this names a resource, but none of its fields".to_owned(),
                format!("write a field after it, `{{resources.{path}.id}}`"),
            ),
        },
        Some(("incremental", written)) => {
            let (name, format) = match written.split_once(':') {
                Some((name, format)) => (name, Some(format)),
                None => (written, None),
            };
            match (Bound::named(name), format.map(TimeFormat::read)) {
                (Some(Bound::Lag), Some(_)) => invalid(
                    "a lag has no format".to_owned(),
                    "write `{incremental.lag}`".to_owned(),
                ),
                (Some(bound), None) => Some(Placeholder::Incremental(bound, None)),
                (Some(bound), Some(Ok(format))) => {
                    Some(Placeholder::Incremental(bound, Some(format)))
                }
                (Some(_), Some(Err(mistake))) => {
                    diagnostics.push(
                        Diagnostic::error(Code::InvalidFormat, span, mistake.message)
                            .help(mistake.help),
                    );
                    None
                }
                (None, _) => {
                    let bounds = Bound::WORDS.iter().map(|(word, ..)| *word);
                    invalid(
                        format!("`incremental` has no value `{name}`"),
                        match closest(name, bounds.clone()) {
                            Some(meant) => format!("did you mean `{{incremental.{meant}}}`?"),
                            None => format!("it has {}", either(bounds)),
                        },
                    )
                }
            }
        }
        Some(("paginator", name)) => match page_value(name, span, diagnostics)? {
            Ok(part) => Some(Placeholder::Paginator(part)),
            Err((message, help)) => {
                diagnostics.push(Diagnostic::error(Code::InvalidPlaceholder, span, message).help(help));
                None
            }
        },
        Some(("secrets", name)) if is_name(name) => Some(Placeholder::Secret(name.to_owned())),
        Some(("config", name)) if is_name(name) => Some(Placeholder::Config(name.to_owned())),
        Some(("params", name)) if !name.is_empty() => Some(Placeholder::Param(name.to_owned())),
        Some(("record", path)) if !path.is_empty() => {
            let field = Spanned { value: path.to_owned(), span };
            Some(Placeholder::Record(selector::read(&field, diagnostics)?))
        }
        Some(("each", name)) if is_simple_name(name) => Some(Placeholder::Each(name.to_owned())),
        None if is_simple_name(name) => Some(Placeholder::Name(name.to_owned())),
        _ => invalid(
            format!("`{{{name}}}` is not a placeholder"),
            misspelt(name).unwrap_or_else(|| {
                "there are `{resources.NAME.FIELD}`, `{incremental.start_value}`, `{each.NAME}`, \
                 `{paginator.cursor}`, `{secrets.NAME}` and `{config.NAME}`; where braces are meant \
                 as they are, write them twice, `{{` and `}}`"
                    .to_owned()
            }),
        ),
    }
}

/// What a paginator has by this name; `None` if what is wrong with it was reported. The error has a message
/// and a help.
fn page_value(
    name: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<std::result::Result<Part, (String, String)>> {
    if let Some(path) = name.strip_prefix("cursor").filter(|path| path.starts_with(['.', '['])) {
        let path = Spanned { value: format!("${path}"), span };
        return selector::read(&path, diagnostics).map(|path| Ok(Part::PageCursor(path)));
    }
    if name == "cursor" {
        return Some(Ok(Part::PageCursor(Selector::ROOT)));
    }
    if let Some(value) = PageValue::named(name) {
        return Some(Ok(Part::Paginator(value)));
    }
    let words = || ["cursor"].into_iter().chain(PageValue::WORDS.iter().map(|(word, ..)| *word));
    let help = match closest(name, words()) {
        Some(meant) => format!("did you mean `{{paginator.{meant}}}`?"),
        None => format!("it has {}", either(words())),
    };
    Some(Err((format!("`paginator` has no value `{name}`"), help)))
}

/// What was probably meant, if only the first word of it is wrong.
fn misspelt(name: &str) -> Option<String> {
    let (word, rest) = name.split_once('.')?;
    let known =
        ["resources", "incremental", "paginator", "secrets", "config", "each", "params", "record"];
    let meant = closest(word, known)?;
    (meant != word).then(|| format!("did you mean `{{{meant}.{rest}}}`?"))
}

/// Whether a secret or a value of the configuration can be called so.
pub(super) fn is_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

pub(super) fn is_simple_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_yaml::Value;

    use super::{Piece, Placeholder, pieces};
    use crate::{
        diagnostic::{Diagnostics, LintLevels},
        source::Span,
    };

    /// dlt's own table of texts and their expansions, beside the workspace: it is not part of it.
    const TABLE: &str =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/dlt-tests/interpolation.json");
    /// What only Python has: formats, and names that are none here.
    const REFUSED: [&str; 5] = ["{posts.id}", "{posts.id2}", "{id:>5}", "{id!r}", "{user@domain}"];

    /// What a text becomes with these values: one value where the text is one placeholder, else text.
    fn expand(text: &str, values: &Value) -> Result<Value, String> {
        let mut diagnostics = Diagnostics::new(LintLevels::default());
        let pieces = pieces(text, Span::default(), &mut diagnostics);
        if let Some(found) = diagnostics.finish().first() {
            return Err(found.message.clone());
        }
        let value = |piece: &Piece| match piece {
            Piece::Text(text) => Ok(Value::from(text.as_str())),
            Piece::Placeholder(placeholder) => {
                let name = match &placeholder.value {
                    Placeholder::Parent { resource, field, .. } => {
                        format!("resources.{resource}.{}", field.value)
                    }
                    Placeholder::Name(name) => name.clone(),
                    other => panic!("{text}: {other:?}"),
                };
                values.get(&name).cloned().ok_or(name)
            }
        };
        if let [piece] = pieces.as_slice() {
            return value(piece);
        }
        let values: Result<Vec<Value>, String> = pieces.iter().map(value).collect();
        let text = |value: Value| match value {
            Value::String(text) => text,
            value => serde_yaml::to_string(&value).unwrap().trim_end().to_owned(),
        };
        Ok(Value::from(values?.into_iter().map(text).collect::<String>()))
    }

    /// Each text in a value with what it is in another one of the same shape.
    fn texts<'a>(input: &'a Value, output: &'a Value) -> Vec<(&'a str, &'a Value)> {
        match (input, output) {
            (Value::String(text), output) => vec![(text, output)],
            (Value::Sequence(inputs), Value::Sequence(outputs)) => inputs
                .iter()
                .zip(outputs)
                .flat_map(|(input, output)| texts(input, output))
                .collect(),
            (Value::Mapping(inputs), Value::Mapping(outputs)) => {
                inputs.iter().flat_map(|(key, input)| texts(input, &outputs[key])).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn texts_become_what_they_become_in_dlt() {
        let Ok(table) = fs::read_to_string(TABLE) else {
            eprintln!("there is no {TABLE}: placeholders are NOT COMPARED with dlt's");
            return;
        };
        let cases: Vec<Value> = serde_yaml::from_str(&table).unwrap();
        let (mut compared, mut refused) = (0, 0);
        for case in &cases {
            let (input, values) = (&case["input"], &case["placeholders"]);
            if case.get("error").is_some() {
                let missing = expand(input.as_str().unwrap(), values).unwrap_err();
                assert!(input.as_str().unwrap().contains(&format!("{{{missing}}}")), "{case:?}");
                continue;
            }
            for (text, expected) in texts(input, &case["output"]) {
                // A single value keeps its type here; as text it would be Python's.
                if case["preserve_value_type"] == false && text.starts_with('{') {
                    continue;
                }
                match expand(text, values) {
                    Ok(value) => assert_eq!(&value, expected, "{text}"),
                    Err(message) => {
                        assert!(
                            REFUSED.iter().any(|part| text.contains(part)),
                            "{text}: {message}"
                        );
                        refused += 1;
                    }
                }
                compared += 1;
            }
        }
        assert!(compared > 50 && refused < 10, "{compared} texts, of which {refused} are refused");
    }
}
