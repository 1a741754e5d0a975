//! What something means.

use rest_source_codegen::{Shape, Span};

use crate::{
    language::{keys, shapes},
    outline::{Outline, floor, span},
};

/// What something means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hover {
    /// The text, in Markdown.
    pub text: String,
    /// The bytes that it is about.
    pub at: Span,
}

/// What the key or the word at this byte of a text means. `None` where there is neither.
pub fn hover(text: &str, at: usize) -> Option<Hover> {
    let outline = Outline::of(text, Some(floor(text, at)));
    let place = outline.place.as_ref()?;
    let word = text.get(place.word.clone())?.trim_matches(['"', '\'']);
    let shapes = shapes(&outline, &place.path);
    let text = if place.mapping.is_some() && place.has_colon {
        let mut keys = shapes.iter().flat_map(|shape| keys(shape, &outline, place.mapping));
        let key = keys.find(|key| key.name == word)?;
        let required = if key.is_required { ", required" } else { "" };
        format!("`{word}`: {}{required}\n\n{}", key.shape.in_words(), key.doc)
    } else {
        let (name, doc) = shapes.iter().find_map(|shape| meaning(shape, word))?;
        format!("`{name}`\n\n{doc}")
    };
    Some(Hover { text, at: span(&place.word) })
}

/// What a word of the language means where a value has this shape.
fn meaning(shape: &Shape, word: &str) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Words(words) => {
            words.iter().find(|(known, doc)| *known == word && !doc.is_empty()).copied()
        }
        Shape::Union(union) => {
            let kinds = (union.kinds)();
            kinds.iter().find(|kind| kind.word == word).map(|kind| (kind.word, kind.doc))
        }
        Shape::List(shape) => meaning(shape, word),
        _ => None,
    }
}
