//! From the characters that the parser counts to the bytes that everything else here counts.

use saphyr_parser::Span as ParserSpan;

use crate::source::Span;

/// Where the characters of a text are.
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    /// The byte of each character; empty where the two are the same.
    bytes: Vec<usize>,
    length: usize,
}

impl Offsets {
    /// Those of a text that is parsed as it is.
    pub(super) fn new(text: &str) -> Offsets {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte).collect()
        };
        Offsets { bytes, length: text.len() }
    }

    /// Those of a text whose characters stand at these bytes of another one with this length.
    pub(super) fn at(bytes: Vec<usize>, length: usize) -> Offsets {
        Offsets { bytes, length }
    }

    pub(super) fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            character.min(self.length)
        } else {
            self.bytes.get(character).copied().unwrap_or(self.length)
        }
    }

    pub(super) fn span(&self, span: ParserSpan) -> Span {
        Span { start: self.byte(span.start.index()), end: self.byte(span.end.index()) }
    }
}
