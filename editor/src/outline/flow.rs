//! What is in braces and brackets, over as many lines as they take.

use std::ops::Range;

use super::{Frame, Scanner, quoted_end, trimmed};

impl Scanner<'_> {
    /// Reads what begins with a brace or a bracket here. Gives where it ends.
    pub(super) fn flow(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let depth = self.frames.len();
        // Where the word at hand begins, or the value behind a colon.
        let mut word = start;
        let mut at = start;
        while let Some(byte) = bytes.get(at).copied() {
            match byte {
                b'"' | b'\'' if trimmed(self.text, word..at).is_empty() => {
                    at = quoted_end(self.text, at);
                    continue;
                }
                b'#' if at > start && matches!(bytes[at - 1], b' ' | b'\t' | b'\n') => {
                    self.word(word..at);
                    at = self.line_end(at);
                    word = at;
                    continue;
                }
                b'{' => {
                    let index = self.begin_mapping();
                    self.frames.push(Frame::Braces { index, key: None });
                    word = at + 1;
                }
                b'[' => {
                    self.frames.push(Frame::Brackets);
                    word = at + 1;
                }
                b':' if bytes.get(at + 1).is_none_or(|next| b" \n,}]".contains(next)) => {
                    self.flow_key(word..at);
                    word = at + 1;
                }
                b',' => {
                    self.word(word..at);
                    if let Some(Frame::Braces { key, .. }) = self.frames.last_mut() {
                        *key = None;
                    }
                    word = at + 1;
                }
                b'}' | b']' => {
                    self.word(word..at);
                    self.frames.pop();
                    word = at + 1;
                    if self.frames.len() <= depth {
                        self.ended(at + 1);
                        return at + 1;
                    }
                }
                // A bracket that was not closed yet: the next key of the mapping around ends it.
                b'\n' if self.is_left_open(at + 1) => break,
                _ => {}
            }
            at += 1;
        }
        let end = at.min(self.text.len());
        self.word(word..end);
        self.frames.truncate(depth);
        self.ended(end);
        // The line that the scanner ends at is done.
        end.saturating_sub(usize::from(end > start))
    }

    /// Whether a line begins that belongs to a mapping around.
    fn is_left_open(&self, line: usize) -> bool {
        let text = &self.text[line..self.line_end(line)];
        let column = text.len() - text.trim_start_matches(' ').len();
        let content = text.trim();
        let is_key = content.split_once(':').is_some_and(|(key, value)| {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            !key.is_empty()
                && key.trim_start_matches("- ").chars().all(is_word)
                && (value.is_empty() || value.starts_with(' '))
                && !value.trim_end().ends_with([',', '}', ']'])
        });
        let around = self.frames.iter().rev().find_map(Frame::column);
        is_key && around.is_some_and(|around| column <= around)
    }

    fn ended(&mut self, end: usize) {
        if let Some(Frame::Mapping { index, key: Some(_), .. }) = self.frames.last()
            && let Some(entry) = self.outline.mappings[*index].entries.last_mut()
        {
            entry.end = end;
        }
    }

    fn flow_key(&mut self, range: Range<usize>) {
        let span = trimmed(self.text, range.clone());
        let Some(Frame::Braces { index, key: None }) = self.frames.last() else { return };
        let index = *index;
        if self.is_in(&(span.start.min(range.start)..span.end)) {
            self.at_key(Some(index), span.clone(), true);
        }
        let name = self.add(index, span);
        if let Some(Frame::Braces { key, .. }) = self.frames.last_mut() {
            *key = Some(name);
        }
    }

    /// A word that a comma or a bracket ends: a value, or a key that is being typed.
    fn word(&mut self, range: Range<usize>) {
        let span = trimmed(self.text, range.clone());
        if self.is_in(&range) {
            let word = match self.cursor {
                Some(cursor) if span.is_empty() || !self.is_in(&span) => cursor..cursor,
                _ => span.clone(),
            };
            match self.frames.last() {
                Some(Frame::Braces { index, key: None }) => {
                    let index = *index;
                    self.at_key(Some(index), word, false);
                }
                _ => self.at_value(word),
            }
        }
        self.scalar(span);
    }
}
