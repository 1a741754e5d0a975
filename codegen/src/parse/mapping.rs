//! Mappings with fixed keys: structs, unions that their `type` tells apart, and fixed words.

use super::{Kind, Parse, Setting, missing_key};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, MOST_SHOWN, all_of, closest, either},
    source::{Span, Spanned},
    yaml::{Entry, Mapping, Node, Value},
};

/// Reads the keys of a mapping; what nobody asked for is unknown.
pub(crate) struct Reader<'a> {
    pub(crate) what: &'static str,
    span: Span,
    mapping: &'a Mapping,
    /// The entries whose keys are unknown, and the key that each is probably meant as.
    misspelt: Vec<(&'a Entry, &'static str)>,
    /// What the next key is about.
    doc: &'static str,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    pub(crate) diagnostics: &'a mut Diagnostics,
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
                let (span, known, missing) = (node.span, Vec::new(), Vec::new());
                Some(Reader {
                    what,
                    span,
                    mapping,
                    misspelt: Vec::new(),
                    doc: "",
                    known,
                    missing,
                    diagnostics,
                })
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
        match self.entry(key) {
            Some(entry) if !entry.value.is_null() => {
                T::parse(&entry.value, self.diagnostics).into()
            }
            _ => Setting::Absent,
        }
    }

    /// The value of a key for which `null` is a value of its own.
    pub(crate) fn nullable<T: Parse>(&mut self, key: &'static str) -> Setting<T> {
        self.known.push(key);
        match self.entry(key) {
            Some(entry) => T::parse(&entry.value, self.diagnostics).into(),
            None => Setting::Absent,
        }
    }

    /// Says which keys are going to be asked for, so that a misspelt one can be read as the one that
    /// was meant.
    pub(crate) fn takes(&mut self, keys: &'static [&'static str]) {
        let takes = || keys.iter().map(|key: &&'static str| key.strip_prefix("r#").unwrap_or(key));
        let unknown = self.mapping.entries.iter().filter(|entry| {
            takes().all(|known| known != entry.key)
                && !entry.key.starts_with("x-")
                && instead_of(self.what, &entry.key).is_none()
        });
        self.misspelt =
            unknown.filter_map(|entry| Some((entry, closest(&entry.key, takes())?))).collect();
    }

    /// The entry of a key, or the one that is probably meant as it: that it is misspelt is told by
    /// `finish`, and what else is wrong with it here.
    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.mapping.get(key).or_else(|| {
            let mut misspelt = self.misspelt.iter();
            misspelt.find(|(_, meant)| *meant == key).map(|(entry, _)| *entry)
        })
    }

    /// What the next key is about.
    pub(crate) fn describe(&mut self, doc: &'static str) -> &mut Self {
        self.doc = doc;
        self
    }

    /// A key that has no effect, which is told if it is there, with what is known of it.
    pub(crate) fn ignored<T: Parse>(&mut self, key: &'static str) {
        if let Setting::Given(_) = self.optional::<T>(key)
            && let Some(entry) = self.mapping.get(key)
        {
            let message = format!("`{key}` has no effect");
            let why = self.doc.trim_end_matches('.');
            let why = why.chars().take(1).flat_map(char::to_lowercase).chain(why.chars().skip(1));
            self.diagnostics.push(
                Diagnostic::error(Code::IgnoredKey, entry.key_span, message)
                    .help("leave it out, or allow it where the file is for dlt too")
                    .note(why.collect::<String>()),
            );
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
            self.missing.push(key);
        }
        setting
    }

    /// Reports the keys that are missing and those that nobody asked for. A key that is spelt wrong
    /// is both, and one mistake.
    pub(crate) fn finish(self) {
        self.report(false);
    }

    /// The same where `what` is a guess, which other keys may well be missing for.
    pub(crate) fn finish_guess(self) {
        self.report(true);
    }

    fn report(self, is_guess: bool) {
        let Reader { what, span, mapping, known, mut missing, diagnostics, .. } = self;
        // What is to be done about several keys is said once.
        let mut unknown: Vec<(String, Vec<&Entry>)> = Vec::new();
        for entry in &mapping.entries {
            // As in OpenAPI, keys that begin with `x-` are somebody else's notes.
            if known.contains(&entry.key.as_str()) || entry.key.starts_with("x-") {
                continue;
            }
            let candidates = known.iter().copied();
            let help = match (instead_of(what, &entry.key), closest(&entry.key, candidates.clone()))
            {
                (Some(help), _) => help,
                (None, Some(meant)) => {
                    missing.retain(|missing| *missing != meant);
                    let message = format!("{what} has no key `{}`", entry.key);
                    diagnostics.push(
                        Diagnostic::error(Code::UnknownKey, entry.key_span, message)
                            .says(format!("did you mean `{meant}`?")),
                    );
                    continue;
                }
                (None, None) => format!("it takes {}", either(candidates)),
            };
            match unknown.iter_mut().find(|(known, _)| *known == help) {
                Some((_, entries)) => entries.push(entry),
                None => unknown.push((help, vec![entry])),
            }
        }
        for (help, entries) in unknown {
            let keys = if entries.len() == 1 { "key" } else { "keys" };
            let names = all_of(entries.iter().map(|entry| &*entry.key));
            let message = format!("{what} has no {keys} {names}");
            let mut places = entries.iter().take(MOST_SHOWN).map(|entry| entry.key_span);
            let Some(first) = places.next() else { continue };
            let diagnostic = Diagnostic::error(Code::UnknownKey, first, message);
            let diagnostic =
                places.fold(diagnostic, |diagnostic, place| diagnostic.label(place, ""));
            diagnostics.push(diagnostic.help(help));
        }
        for key in missing.into_iter().filter(|_| !is_guess) {
            // `base_url:` without a value is a place to point at, else there is only the mapping.
            let span = mapping.get(key).map_or(span, |entry| entry.key_span);
            missing_key(key, what, span, diagnostics);
        }
    }
}

/// What to do in the place of a key that is often written where it does not stand.
fn instead_of(what: &str, key: &str) -> Option<String> {
    if let Some(place) = belongs_to(what, key) {
        return Some(format!("this belongs into {place}"));
    }
    let meant = |keys: &'static [&str]| closest(key, keys.iter().copied());
    match what {
        "a resource" if closest(key, OF_RESOURCE).is_none() => {
            let meant = meant(&OF_ENDPOINT)?;
            Some(format!("`{meant}` belongs into `endpoint`"))
        }
        "a `page_number` paginator" | "an `auto` paginator" => {
            closest(key, ["limit", "limit_param", "page_param"])
                .filter(|meant| *meant != "page_param")
                .map(|_| {
                    "the size of pages is a parameter: `params: {per_page: 100}` in `endpoint`"
                        .to_owned()
                })
        }
        _ => None,
    }
}

const OF_ENDPOINT: [&str; 12] = [
    "path",
    "method",
    "params",
    "json",
    "data",
    "headers",
    "data_selector",
    "data_selector_required",
    "paginator",
    "response_actions",
    "incremental",
    "auth",
];
const OF_RESOURCE: [&str; 6] =
    ["name", "primary_key", "merge_key", "write_disposition", "columns", "include_from_parent"];

/// Where a key belongs that is often written a level too high or too low.
fn belongs_to(what: &str, key: &str) -> Option<&'static str> {
    const OF_CLIENT: [&str; 4] = ["base_url", "headers", "auth", "paginator"];
    const OF_DEFAULTS: [&str; 8] = [
        "primary_key",
        "merge_key",
        "write_disposition",
        "columns",
        "schema_contract",
        "max_table_nesting",
        "parallelized",
        "endpoint",
    ];
    match what {
        "a source description" if OF_CLIENT.contains(&key) => Some("`client`"),
        "a source description" if OF_DEFAULTS.contains(&key) => Some("`resource_defaults`"),
        "a resource" if OF_ENDPOINT.contains(&key) => Some("`endpoint`"),
        "an endpoint" if OF_RESOURCE.contains(&key) => Some("the resource, beside `endpoint`"),
        _ => None,
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

/// The value whose word the file has.
pub(crate) fn known_value<T: Copy>(
    node: &Node,
    what: &str,
    words: &[(&'static str, &'static str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let word: Spanned<String> = Parse::parse(node, diagnostics)?;
    let accepted: Vec<&'static str> = words.iter().map(|(word, ..)| *word).collect();
    let known = known_word(&word, what, &accepted, diagnostics)?;
    words.iter().find(|(word, ..)| *word == known).map(|(.., value)| *value)
}

/// The one of the accepted words that a word is. Another word is reported, and the one that was
/// probably meant goes on in its place, so that nothing else is wrong because of it.
pub(crate) fn known_word(
    word: &Spanned<String>,
    what: &str,
    accepted: &[&'static str],
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    if let Some(known) = accepted.iter().find(|known| **known == word.value) {
        return Some(known);
    }
    let meant = closest(&word.value, accepted.iter().copied());
    unknown_word(word, what, accepted, meant, diagnostics);
    meant
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

fn unknown_word(
    word: &Spanned<String>,
    what: &str,
    accepted: &[&'static str],
    meant: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let message = format!("`{}` is not {what}", word.value);
    let mut diagnostic = Diagnostic::error(Code::UnknownWord, word.span, message);
    if let Some(meant) = meant {
        diagnostic = diagnostic.says(format!("did you mean `{meant}`?"));
    }
    let accepted = either(accepted.iter().copied());
    diagnostics.push(diagnostic.help(format!("accepted here: {accepted}")));
}

/// A struct that is read from a mapping with just its fields as keys, and those behind `discarding`,
/// whose values are checked and have no effect.
macro_rules! mapping {
    ($(#[doc = $doc:literal])+ pub struct $name:ident is $what:literal {
        $($(#[doc = $field_doc:literal])+ $rule:ident $key:ident: $type:ty,)*
    } $(discarding {
        $($(#[doc = $discarded_doc:literal])+
            $discarded_rule:ident $discarded:ident: $discarded_type:ty,)*
    })?) => {
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
                reader.takes(&[
                    $(stringify!($key),)* $($(stringify!($discarded),)*)?
                ]);
                let read =
                    $name { $($key: reader.$rule(stringify!($key).strip_prefix("r#").unwrap_or(stringify!($key))),)* };
                $($(reader
                    .describe(concat!($($discarded_doc),+).trim_ascii())
                    .$discarded_rule::<$discarded_type>(stringify!($discarded));)*)?
                read
            }

            pub(crate) fn keys() -> Vec<$crate::parse::Key> {
                vec![$($crate::parse::Key::new(
                    stringify!($key),
                    concat!($($field_doc),+).trim_ascii(),
                    stringify!($rule),
                    <$type as $crate::parse::Parse>::shape(),
                ),)* $($($crate::parse::Key::new(
                    stringify!($discarded),
                    concat!($($discarded_doc),+).trim_ascii(),
                    stringify!($discarded_rule),
                    <$discarded_type as $crate::parse::Parse>::shape(),
                ),)*)?]
            }
        }

        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let mut reader = $crate::parse::Reader::begin(node, $name::WHAT, diagnostics)?;
                let parsed = $name::read(&mut reader);
                reader.finish();
                Some(parsed)
            }

            fn shape() -> $crate::parse::Shape {
                $crate::parse::Shape::Mapping($crate::parse::MappingShape {
                    name: stringify!($name),
                    doc: concat!($($doc),+).trim_ascii(),
                    keys: $name::keys,
                })
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
                let (kind, mut reader) =
                    $crate::parse::kind_of(node, $what, default, &empty, diagnostics)?;
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
                    doc: concat!($($doc),+).trim_ascii(),
                    kinds: $name::kinds,
                    default: None$(.or(Some($default)))?,
                })
            }
        }
    };
}

/// Reads enums that `rest_source_plan::words!` has declared; messages call the value what stands after `is`.
macro_rules! parse_words {
    ($($name:ident is $what:literal;)+) => {$(
        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $crate::parse::known_value(node, $what, $name::WORDS, diagnostics)
            }

            fn shape() -> $crate::parse::Shape {
                $crate::parse::Shape::words($name::WORDS)
            }
        }
    )+};
}

pub(crate) use {mapping, parse_words, union};
