//! Mappings with fixed keys: structs, unions that their `type` tells apart, and fixed words.

use super::{Parse, Setting, missing_key};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    source::{Span, Spanned},
    yaml::{Mapping, Node, Value},
};

/// Reads the keys of a mapping; what nobody asked for is unknown.
pub(crate) struct Reader<'a> {
    pub(crate) what: &'static str,
    span: Span,
    mapping: &'a Mapping,
    known: Vec<&'static str>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    /// Begins to read a mapping, called `what` in messages: «a resource».
    pub(crate) fn begin(
        node: &'a Node,
        what: &'static str,
        diagnostics: &'a mut Diagnostics,
    ) -> Option<Self> {
        match &node.value {
            Value::Mapping(mapping) => {
                Some(Reader { what, span: node.span, mapping, known: Vec::new(), diagnostics })
            }
            _ => {
                let message = format!("{what} is a mapping, found {}", node.describe());
                diagnostics.push(Diagnostic::error(Code::WrongType, node.span, message));
                None
            }
        }
    }

    /// The value of a key that may be missing.
    pub(crate) fn optional<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        self.known.push(key);
        match self.mapping.get(key) {
            Some(entry) if !entry.value.is_null() => {
                T::parse(&entry.value, self.diagnostics).into()
            }
            _ => Setting::Absent,
        }
    }

    /// The value of a key for which `null` is a value of its own.
    pub(crate) fn nullable<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        self.known.push(key);
        match self.mapping.get(key) {
            Some(entry) => T::parse(&entry.value, self.diagnostics).into(),
            None => Setting::Absent,
        }
    }

    /// A key that somebody else has read.
    pub(crate) fn ignore(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// The value of a key that has to be there.
    pub(crate) fn required<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        let setting = self.optional(key);
        if setting.is_absent() {
            // `base_url:` without a value is a place to point at, else there is only the mapping.
            let span = self.mapping.get(key).map_or(self.span, |entry| entry.key_span);
            missing_key(key, self.what, span, self.diagnostics);
        }
        setting
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        for entry in &self.mapping.entries {
            // As in OpenAPI, keys that begin with `x-` are somebody else's notes.
            if self.known.contains(&entry.key.as_str()) || entry.key.starts_with("x-") {
                continue;
            }
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let diagnostic = Diagnostic::error(Code::UnknownKey, entry.key_span, message);
            let known = self.known.iter().copied();
            self.diagnostics.push(match closest(&entry.key, known.clone()) {
                Some(meant) => diagnostic.says(format!("did you mean `{meant}`?")),
                None => diagnostic.help(format!("it takes {}", either(known))),
            });
        }
    }
}

/// Reads the word that tells the kinds of a union apart, from `type` or from text that stands for
/// the whole mapping.
pub(crate) fn kind_of<'a>(
    node: &'a Node,
    what: &'static str,
    default: Option<&'static str>,
    empty: &'a Node,
    diagnostics: &'a mut Diagnostics,
) -> Option<(Spanned<String>, Reader<'a>)> {
    if let Value::Scalar(_) = &node.value {
        let kind = Spanned::parse(node, diagnostics)?;
        return Some((kind, Reader::begin(empty, what, diagnostics)?));
    }
    let mut reader = Reader::begin(node, what, diagnostics)?;
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

/// Reports a word that is not one of those that are accepted.
pub(crate) fn unknown_word<T>(
    word: &Spanned<String>,
    what: &str,
    accepted: &[&'static str],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let message = format!("`{}` is not {what}", word.value);
    let mut diagnostic = Diagnostic::error(Code::UnknownWord, word.span, message);
    if let Some(meant) = closest(&word.value, accepted.iter().copied()) {
        diagnostic = diagnostic.says(format!("did you mean `{meant}`?"));
    }
    let accepted = either(accepted.iter().copied());
    diagnostics.push(diagnostic.help(format!("accepted here: {accepted}")));
    None
}

/// A struct that is read from a mapping with just its fields as keys.
macro_rules! mapping {
    ($(#[doc = $doc:literal])+ pub struct $name:ident is $what:literal {
        $($(#[doc = $field_doc:literal])+ $rule:ident $key:ident: $type:ty,)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default)]
        #[allow(clippy::struct_field_names, reason = "the keys are the language's")]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $key: $crate::parse::Setting<$type>,)*
        }

        impl $name {
            /// What it is called in messages.
            pub(crate) const WHAT: &'static str = $what;

            #[allow(clippy::unused_self, unused_variables, clippy::needless_pass_by_ref_mut)]
            pub(crate) fn read(reader: &mut $crate::parse::Reader<'_>) -> Self {
                $name { $($key: reader.$rule(stringify!($key).trim_start_matches("r#")),)* }
            }
        }

        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let mut reader = $crate::parse::Reader::begin(node, $what, diagnostics)?;
                let parsed = $name::read(&mut reader);
                reader.finish();
                Some(parsed)
            }
        }
    };
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
                let (kind, mut reader) =
                    $crate::parse::kind_of(node, $what, default, &empty, diagnostics)?;
                let parsed = match kind.value.as_str() {
                    $($word => {
                        reader.what = <$type>::WHAT;
                        $name::$variant(<$type>::read(&mut reader))
                    })*
                    _ => {
                        let accepted = &[$($word),*];
                        return $crate::parse::unknown_word(
                            &kind, $what, accepted, diagnostics,
                        );
                    }
                };
                reader.finish();
                Some(parsed)
            }
        }
    };
}

/// An enum that is read from one of a few words.
macro_rules! words {
    ($(#[doc = $doc:literal])+ pub enum $name:ident is $what:literal {
        $($(#[doc = $variant_doc:literal])+ $word:literal => $variant:ident,)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $variant_doc])+ $variant,)*
        }

        impl $name {
            /// As it is written in the file.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let word: $crate::source::Spanned<String> =
                    $crate::parse::Parse::parse(node, diagnostics)?;
                match word.value.as_str() {
                    $($word => Some($name::$variant),)*
                    _ => {
                        let accepted = &[$($word),*];
                        $crate::parse::unknown_word(&word, $what, accepted, diagnostics)
                    }
                }
            }
        }
    };
}

pub(crate) use {mapping, union, words};
