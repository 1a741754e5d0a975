//! Mappings whose `type` says which keys they have.

use super::{Kind, Parse, Reader, Setting, missing_key, word::unknown_word};
use crate::{
    diagnostic::{Diagnostics, closest},
    source::Spanned,
    yaml::{Node, Value},
};

/// Reads the word that selects the kind of a union, from `type` or from text that is short for the whole
/// mapping.
pub(crate) fn kind_of<'a>(
    node: &'a Node,
    what: &'static str,
    name: &'static str,
    default: Option<&'static str>,
    empty: &'a Node,
    diagnostics: &'a mut Diagnostics,
) -> Option<(Spanned<String>, Reader<'a>)> {
    if let Value::Scalar(_) = &node.value {
        let kind = Spanned::parse(node, diagnostics)?;
        return Some((kind, Reader::begin(empty, what, name, diagnostics)?));
    }
    let mut reader = Reader::begin(node, what, name, diagnostics)?;
    let kind = match (reader.optional::<Spanned<String>>("type"), default) {
        (Setting::Given(kind), _) => kind,
        (Setting::Absent, Some(default)) => Spanned { value: default.to_owned(), span: node.span },
        (Setting::Absent, None) => {
            missing_key("type", what, node.span, reader.diagnostics);
            return None;
        }
        (Setting::Invalid, _) => return None,
    };
    Some((kind, reader))
}

/// The same for the word of a union's kind. Where it may mean several, the keys beside it decide.
pub(crate) fn known_kind(
    word: &Spanned<String>,
    kinds: &[Kind],
    reader: &mut Reader<'_>,
) -> Option<&'static str> {
    let accepted: Vec<&'static str> = kinds.iter().map(|kind| kind.word).collect();
    let close = kinds.iter().filter(|kind| closest(&word.value, [kind.word]).is_some());
    let meant = close.max_by_key(|kind| {
        let fitting = kind.keys.iter().filter(|key| reader.mapping.get(key.name).is_some());
        let is_closest = closest(&word.value, accepted.iter().copied()) == Some(kind.word);
        (fitting.count(), is_closest)
    });
    let meant = meant.map(|kind| kind.word);
    unknown_word(word, reader.what, &accepted, meant, reader.diagnostics);
    meant
}

/// An enum that is read from a mapping whose `type` says which variant it is, and from that word
/// alone where every other key has a default.
macro_rules! union {
    ($(#[doc = $doc:literal])+ pub enum $name:ident is $what:literal $(or $default:literal)? {
        $($(#[doc = $variant_doc:literal])+ $word:literal => $variant:ident($type:ty),)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ $variant($type),)*
        }

        impl $name {
            fn kinds() -> Vec<$crate::parse::Kind> {
                vec![$($crate::parse::Kind {
                    word: $word,
                    doc: concat!($($variant_doc),+).trim_ascii(),
                    keys: <$type>::keys(),
                }),*]
            }
        }

        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let empty = $crate::yaml::Node {
                    span: node.span,
                    value: $crate::yaml::Value::Mapping($crate::yaml::Mapping::default()),
                };
                let default = None$(.or(Some($default)))?;
                let (kind, mut reader) = $crate::parse::kind_of(
                    node,
                    $what,
                    stringify!($name),
                    default,
                    &empty,
                    diagnostics,
                )?;
                let known = match [$($word),*].into_iter().find(|word| *word == kind.value) {
                    Some(known) => known,
                    None => $crate::parse::known_kind(&kind, &$name::kinds(), &mut reader)?,
                };
                $(if known == $word {
                    reader.what = <$type>::WHAT;
                    let parsed = $name::$variant(<$type>::read(&mut reader));
                    if known == kind.value { reader.finish() } else { reader.finish_guess() }
                    return Some(parsed);
                })*
                None
            }

            fn shape() -> $crate::parse::Shape {
                $crate::parse::Shape::Union($crate::parse::UnionShape {
                    name: stringify!($name),
                    what: $what,
                    doc: concat!($($doc),+).trim_ascii(),
                    kinds: $name::kinds,
                    default: None$(.or(Some($default)))?,
                })
            }
        }
    };
}

pub(crate) use union;
