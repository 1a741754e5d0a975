//! Lines outside of braces and brackets.

use std::ops::Range;

use super::{Frame, Scanner, quoted_end, trimmed};

impl Scanner<'_> {
    /// Reads the line that begins here, and what it opens. Gives where the next one begins.
    pub(super) fn line(&mut self, start: usize) -> usize {
        let end = self.line_end(start);
        let next = end + 1;
        let line = &self.text[start..end];
        let content = code_end(self.text, start..end);
        let column = line.len() - line.trim_start_matches(' ').len();
        if trimmed(self.text, start..content).is_empty() {
            // What is typed on an empty line is at the cursor's column.
            if let Some(cursor) = self.cursor.filter(|at| (start..=end).contains(at))
                && line.trim().is_empty()
            {
                self.typed_key(cursor - start, cursor..cursor);
            }
            return next;
        }
        self.outline.lines.push(start);
        self.entry(start, start + column, content).map_or(next, |behind| self.line_end(behind) + 1)
    }

    /// Reads what begins at a column of a line, down to its end. Gives where it ends if it takes more lines.
    fn entry(&mut self, line: usize, mut at: usize, end: usize) -> Option<usize> {
        loop {
            let column = at - line;
            let rest = &self.text[at..end];
            let is_dash = rest == "-" || rest.starts_with("- ");
            if !is_dash {
                return self.content(column, at..end);
            }
            self.dash(column);
            let behind = &rest[1..];
            let spaces = behind.len() - behind.trim_start().len();
            if behind.trim().is_empty() {
                let cursor =
                    self.cursor.filter(|cursor| (at + 1..=self.line_end(at)).contains(cursor));
                if let Some(cursor) = cursor {
                    self.typed_key((cursor - line).max(column + 2), cursor..cursor);
                }
                return None;
            }
            at += 1 + spaces;
        }
    }

    /// Begins an element of a list.
    fn dash(&mut self, column: usize) {
        self.leave(|at, _| at > column);
        if !matches!(self.frames.last(), Some(Frame::List { column: at }) if *at == column) {
            self.frames.push(Frame::List { column });
        }
    }

    /// Leaves frames at the end of the stack, by their columns and whether they are lists.
    fn leave(&mut self, leaves: impl Fn(usize, bool) -> bool) {
        while let Some(last) = self.frames.last() {
            let is_list = matches!(last, Frame::List { .. });
            if last.column().is_some_and(|at| !leaves(at, is_list)) {
                return;
            }
            self.frames.pop();
        }
    }

    /// The mapping whose keys are at a column, which begins if there is none.
    fn mapping_at(&mut self, column: usize) -> usize {
        self.leave(|at, is_list| at > column || is_list && at == column);
        if let Some(Frame::Mapping { column: at, index, .. }) = self.frames.last()
            && *at == column
        {
            return *index;
        }
        let index = self.begin_mapping();
        self.frames.push(Frame::Mapping { column, index, key: None });
        index
    }

    /// A key that is being typed, whose colon is not there yet.
    fn typed_key(&mut self, column: usize, word: Range<usize>) {
        let index = self.mapping_at(column);
        if let Some(Frame::Mapping { key, .. }) = self.frames.last_mut() {
            *key = None;
        }
        self.at_key(Some(index), word, false);
    }

    /// Reads a key with its value, or a text.
    fn content(&mut self, column: usize, range: Range<usize>) -> Option<usize> {
        let Some(colon) = colon(self.text, range.clone()) else {
            if matches!(self.text.as_bytes()[range.start], b'{' | b'[') {
                return Some(self.flow(range.start));
            }
            let is_item =
                matches!(self.frames.last(), Some(Frame::List { column: at }) if *at < column);
            if is_item {
                self.scalar(range.clone());
            }
            if self.is_in(&range) {
                self.typed_key(column, range);
            }
            return None;
        };
        let key_span = trimmed(self.text, range.start..colon);
        let index = self.mapping_at(column);
        if self.is_in(&key_span) {
            self.at_key(Some(index), key_span.clone(), true);
        }
        let name = self.add(index, key_span);
        if let Some(Frame::Mapping { key, .. }) = self.frames.last_mut() {
            *key = Some(name);
        }
        self.value(column, colon + 1..range.end)
    }

    /// Reads the value of a key on its line.
    fn value(&mut self, column: usize, range: Range<usize>) -> Option<usize> {
        let mut value = trimmed(self.text, range.clone());
        // An anchor or a tag is before the value.
        while self.text[value.clone()].starts_with(['&', '!']) {
            let length = self.text[value.clone()].find(' ').unwrap_or(value.len());
            value = trimmed(self.text, value.start + length..value.end);
        }
        let cursor_here = self.is_in(&(range.start..range.end.max(self.line_end(range.start))));
        match self.text.as_bytes().get(value.start).filter(|_| !value.is_empty()) {
            Some(b'{' | b'[') => return Some(self.flow(value.start)),
            Some(b'|' | b'>') => return Some(self.block(column, range.start)),
            _ => {}
        }
        if cursor_here {
            let word = match self.cursor {
                Some(cursor) if value.is_empty() || cursor < value.start => cursor..cursor,
                _ => value.clone(),
            };
            self.at_value(word);
        }
        self.scalar(value);
        None
    }

    /// Goes over the lines of a block scalar. Gives where its last line begins.
    fn block(&mut self, column: usize, start: usize) -> usize {
        let mut last = start;
        let mut at = self.line_end(start) + 1;
        while at < self.text.len() {
            let end = self.line_end(at);
            let line = &self.text[at..end];
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !line.trim().is_empty() && indent <= column {
                break;
            }
            if !line.trim().is_empty() {
                last = at;
            }
            at = end + 1;
        }
        let end = self.line_end(last);
        if self.is_in(&(start..end)) {
            self.at_value(start..end);
        }
        self.outline.blocks.push(start..end);
        if let Some(Frame::Mapping { index, .. }) = self.frames.last()
            && let Some(entry) = self.outline.mappings[*index].entries.last_mut()
        {
            entry.end = end;
        }
        last
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length)
    }
}

/// Where the code of a line ends: before its comment, and the blanks before that.
pub(super) fn code_end(text: &str, line: Range<usize>) -> usize {
    let bytes = text.as_bytes();
    let mut at = line.start;
    let mut end = line.end;
    while at < line.end {
        let is_begin = at == line.start || matches!(bytes[at - 1], b' ' | b'\t');
        match bytes[at] {
            b'#' if is_begin => {
                end = at;
                break;
            }
            // A quote within a word is a letter.
            b'"' | b'\'' if is_begin || matches!(bytes[at - 1], b'{' | b'[' | b',' | b':') => {
                at = quoted_end(text, at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    line.start + text[line.start..end].trim_end().len()
}

/// Where the colon behind a key is.
fn colon(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes[range.start];
    let mut at = range.start;
    if matches!(first, b'"' | b'\'') {
        at = quoted_end(text, at);
    } else if matches!(first, b'{' | b'[' | b'#') {
        return None;
    }
    while at < range.end {
        if bytes[at] == b':' && (at + 1 == range.end || matches!(bytes[at + 1], b' ' | b'\t')) {
            return Some(at);
        }
        at += 1;
    }
    None
}
