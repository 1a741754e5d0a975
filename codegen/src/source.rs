//! The file being read and places in it.

use std::{iter, ops::Range};

/// A source description as it was read: its text, the name to show for it, and which of its sources
/// is meant if it is dlt's project file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    not_utf8: Option<Span>,
    source: Option<String>,
    /// Where lines begin.
    lines: Vec<usize>,
}

impl SourceFile {
    /// A file of this `name`, as it shall appear in messages, and `text`. A byte order mark at the
    /// beginning is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let lines = iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        SourceFile { name: name.into(), text, not_utf8: None, source: None, lines }
    }

    /// A file as it was read. What is not UTF-8 in it is a mistake that [`check`](crate::check) and
    /// [`compile`](crate::compile) report.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> SourceFile {
        match String::from_utf8(bytes) {
            Ok(text) => SourceFile::new(name, text),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let replacement = char::REPLACEMENT_CHARACTER.len_utf8();
                let not_utf8 = Some(Span { start, end: start + replacement });
                SourceFile { not_utf8, ..SourceFile::new(name, text) }
            }
        }
    }

    /// The same file, of whose sources the one of this name is meant. Only dlt's project file has
    /// several.
    #[must_use]
    pub fn with_source(self, name: impl Into<String>) -> SourceFile {
        SourceFile { source: Some(name.into()), ..self }
    }

    /// The same file with another text.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> SourceFile {
        SourceFile { source: self.source.clone(), ..SourceFile::new(&*self.name, text) }
    }

    /// The name of the source that is meant, if one was chosen.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The first place that is not UTF-8.
    pub fn not_utf8(&self) -> Option<Span> {
        self.not_utf8
    }

    /// The name to show in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of `span` on its first line, which is what a message underlines.
    pub fn first_line(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span { start: span.start, end: span.start + line.len() }
    }

    /// Line and column of the beginning of `span`, both from 1, the column in characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let start = span.start.min(self.text.len());
        let line = self.lines.partition_point(|begin| *begin <= start);
        let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(begin..start).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// The last place up to this one where a character begins.
    pub(crate) fn boundary(&self, at: usize) -> usize {
        (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or_default()
    }

    /// The lines around a range of bytes, and the number of the first one.
    pub(crate) fn lines_around(&self, range: Range<usize>) -> (Span, usize) {
        // Behind the last line break there is no line to show.
        let last = self.text.len().saturating_sub(1);
        let line = |at: usize| {
            self.lines.partition_point(|begin| *begin <= at.min(last)).saturating_sub(1)
        };
        let first = line(range.start);
        let end = self.lines.get(line(range.end) + 1).copied().unwrap_or(self.text.len());
        (Span { start: self.lines.get(first).copied().unwrap_or_default(), end }, first + 1)
    }
}

/// A range of bytes in a [`SourceFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// As a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of a scalar's content from `start` to `end`, counted in bytes of its value. Where
    /// escapes or folded lines shift the positions, it is the whole.
    #[must_use]
    pub fn within(self, content: &str, start: usize, end: usize) -> Span {
        let quotes = match (self.end - self.start).checked_sub(content.len()) {
            Some(0) => 0,
            // One quote on either side, and nothing in between that is written otherwise.
            Some(2) => 1,
            _ => return self,
        };
        Span { start: self.start + quotes + start, end: self.start + quotes + end }
    }
}

/// A part of a text that another text replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub at: Span,
    /// The new text.
    pub text: String,
}

/// A text with all edits, those of later places first; of the same place, the last one comes out first.
pub fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.start));
    let mut text = text.to_owned();
    let is_crlf = text.contains("\r\n");
    for Edit { at, text: new } in edits {
        let new = if is_crlf { new.replace('\n', "\r\n") } else { new };
        text.replace_range(at.range(), &new);
    }
    text
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Another value at the same place.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: to(self.value), span: self.span }
    }
}
