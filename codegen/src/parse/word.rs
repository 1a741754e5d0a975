//! Values that are one of a few words.

use super::Parse;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    source::Spanned,
    yaml::Node,
};

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

/// The one of the accepted words that a word is. Another word is reported and replaced by
/// the one that was probably meant, so that it causes no further mistakes.
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

pub(super) fn unknown_word(
    word: &Spanned<String>,
    what: &str,
    accepted: &[&'static str],
    meant: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let message = format!("`{}` is not {what}", word.value);
    let mut diagnostic = Diagnostic::error(Code::UnknownWord, word.span, message);
    if let Some(meant) = meant {
        diagnostic = diagnostic.meant(&word.value, meant);
    }
    let accepted = either(accepted.iter().copied());
    diagnostics.push(diagnostic.help(format!("accepted here: {accepted}")));
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

pub(crate) use parse_words;
