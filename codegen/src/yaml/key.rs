//! Keys, merge keys and tags of YAML.

use saphyr_parser::Tag;

use super::{Mapping, Node, Value};
use crate::{
    diagnostic::{Code, Diagnostic},
    source::Span,
};

type Result<T> = std::result::Result<T, Diagnostic>;

/// `<<: *defaults` or `<<: [*a, *b]`, of which the first one that has a key counts.
pub(super) fn merge(mapping: &mut Mapping, node: Node) -> Result<()> {
    match node.value {
        Value::Mapping(merged) => {
            for entry in merged.entries {
                if mapping.get(&entry.key).is_none() {
                    mapping.entries.push(entry);
                }
            }
            Ok(())
        }
        Value::Sequence(items) => items.into_iter().try_for_each(|item| merge(mapping, item)),
        Value::Scalar(_) => {
            Err(Diagnostic::error(Code::WrongType, node.span, "`<<` takes a mapping"))
        }
    }
}

pub(super) fn key_of(node: Node) -> Result<(String, Span)> {
    match node.value {
        Value::Scalar(scalar) => Ok((scalar.text, node.span)),
        Value::Sequence(_) | Value::Mapping(_) => {
            Err(Diagnostic::error(Code::InvalidYaml, node.span, "a key has to be text")
                .help("put it in quotes, or write the key's value after its colon"))
        }
    }
}

pub(super) fn is_text_tag(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str")
}

/// Tags of YAML's own types change nothing: every key knows what it takes. Others would be lost.
pub(super) fn check_tag(tag: Option<&Tag>, span: Span) -> Result<()> {
    match tag {
        Some(tag) if !(tag.is_yaml_core_schema() || tag.handle == "!" && tag.suffix.is_empty()) => {
            let message = format!("the tag `{}{}` means nothing here", tag.handle, tag.suffix);
            Err(Diagnostic::error(Code::InvalidYaml, span, message).help("leave it out"))
        }
        _ => Ok(()),
    }
}
