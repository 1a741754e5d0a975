//! The words of an `enum` and the variants that they become.

use std::collections::HashMap;

use super::super::name;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{Word, Words},
    source::{Span, Spanned},
};

const LEAVE_OUT: &str = "leave it out: the variant `Unknown` keeps words that are not listed";

pub(super) fn check(
    type_name: String,
    listed: &[Spanned<String>],
    diagnostics: &mut Diagnostics,
) -> Words {
    let mut variants: HashMap<String, (&str, Span)> = HashMap::new();
    let mut words = Vec::new();
    for Spanned { value: word, span } in listed {
        let Some(variant) = name::variant(word) else {
            let message = format!("no Rust name can be made of the word `{word}`");
            diagnostics.push(Diagnostic::error(Code::InvalidName, *span, message).help(LEAVE_OUT));
            continue;
        };
        if let Some((first, first_span)) = variants.get(&variant) {
            let diagnostic = if first == word {
                let message = format!("the word `{word}` is listed twice");
                Diagnostic::error(Code::DuplicateName, *span, message).says("here again")
            } else {
                let message = format!("`{first}` and `{word}` would share the variant `{variant}`");
                Diagnostic::error(Code::NameClash, *span, message)
                    .says("the second")
                    .help(LEAVE_OUT)
            };
            diagnostics.push(diagnostic.label(*first_span, "the first"));
            continue;
        }
        variants.insert(variant.clone(), (word, *span));
        words.push(Word { word: word.clone(), variant });
    }
    Words { type_name, words }
}
