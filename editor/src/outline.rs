//! A description as it is written, also while it is typed and is not YAML: its keys, and the way that leads to
//! a place in it. Nothing is resolved here: no alias, no merge key, no escape.

mod flow;
mod line;

use std::ops::Range;

use rest_source_codegen::Span;

/// The mappings and lists of a text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) mappings: Vec<Mapping>,
    /// Texts that are elements of lists.
    pub(crate) items: Vec<Item>,
    /// Where the lines begin that have a key or an element of a list outside of braces and brackets.
    pub(crate) lines: Vec<usize>,
    /// Where block scalars are, from the value of their key on.
    pub(crate) blocks: Vec<Range<usize>>,
    /// What is at the place that was asked for.
    pub(crate) place: Option<Place>,
}

/// A mapping with the way to it.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) path: Vec<Step>,
    pub(crate) entries: Vec<Entry>,
}

/// A key, and its value if that is a text on the same line.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Option<Scalar>,
    /// Where its last line ends.
    pub(crate) end: usize,
}

/// An element of a list.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) path: Vec<Step>,
    pub(crate) scalar: Scalar,
}

/// A text without its quotes, and where it is, with them.
#[derive(Debug, Clone)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the value of a key of this mapping, by its index in [`Outline::mappings`].
    Key(String, usize),
    /// To an element of a list.
    Item,
}

/// A place where something is typed.
#[derive(Debug)]
pub(crate) struct Place {
    /// The way to the value that the word is, or to the mapping whose key it is.
    pub(crate) path: Vec<Step>,
    /// Of a key: its mapping, by its index.
    pub(crate) mapping: Option<usize>,
    /// The word around the place.
    pub(crate) word: Range<usize>,
    /// Whether a colon follows the word.
    pub(crate) has_colon: bool,
}

/// What the scanner is in.
#[derive(Debug)]
enum Frame {
    /// A mapping whose keys begin at this column, and the key whose value is read.
    Mapping { column: usize, index: usize, key: Option<String> },
    /// A list whose dashes are at this column.
    List { column: usize },
    /// A mapping in braces.
    Braces { index: usize, key: Option<String> },
    /// A list in brackets.
    Brackets,
}

struct Scanner<'a> {
    text: &'a str,
    /// The place that is looked for.
    cursor: Option<usize>,
    frames: Vec<Frame>,
    outline: Outline,
}

impl Outline {
    /// The outline of a text, with what is at this place.
    pub(crate) fn of(text: &str, cursor: Option<usize>) -> Outline {
        let mut scanner = Scanner { text, cursor, frames: Vec::new(), outline: Outline::default() };
        scanner.run();
        scanner.outline
    }

    /// The value of a key of a mapping, if that is a text on its line.
    pub(crate) fn value(&self, mapping: usize, key: &str) -> Option<&Scalar> {
        self.entry(mapping, key)?.value.as_ref()
    }

    pub(crate) fn entry(&self, mapping: usize, key: &str) -> Option<&Entry> {
        self.mappings.get(mapping)?.entries.iter().find(|entry| entry.key == key)
    }
}

/// Whether a path has these keys.
pub(crate) fn leads(path: &[Step], keys: &[&str]) -> bool {
    path.len() == keys.len()
        && path.iter().zip(keys).all(|(step, wanted)| match step {
            Step::Key(key, _) => key == wanted || *wanted == "*",
            Step::Item => *wanted == "*",
        })
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = self.line(at);
        }
        // Behind the last line break there is one more line to type on.
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.line(self.text.len());
        }
    }

    /// The way to what is read.
    fn path(&self) -> Vec<Step> {
        self.frames.iter().filter_map(Frame::step).collect()
    }

    fn begin_mapping(&mut self) -> usize {
        let path = self.path();
        self.outline.mappings.push(Mapping { path, entries: Vec::new() });
        self.outline.mappings.len() - 1
    }

    /// Adds a key to a mapping.
    fn add(&mut self, index: usize, key_span: Range<usize>) -> String {
        let key = unquoted(&self.text[key_span.clone()]).to_owned();
        let end = key_span.end;
        self.outline.mappings[index].entries.push(Entry {
            key: key.clone(),
            key_span,
            value: None,
            end,
        });
        key
    }

    /// Adds a text as the value of the key that is read, or as an element of a list.
    fn scalar(&mut self, span: Range<usize>) {
        let written = &self.text[span.clone()];
        if written.is_empty() || written.starts_with(['*', '&', '!', '|', '>']) {
            return;
        }
        let scalar = Scalar { text: unquoted(written).to_owned(), span };
        match self.frames.last() {
            Some(
                Frame::Mapping { index, key: Some(_), .. } | Frame::Braces { index, key: Some(_) },
            ) => {
                if let Some(entry) = self.outline.mappings[*index].entries.last_mut() {
                    entry.end = scalar.span.end;
                    entry.value = Some(scalar);
                }
            }
            Some(Frame::List { .. } | Frame::Brackets) => {
                let path = self.path();
                self.outline.items.push(Item { path, scalar });
            }
            _ => {}
        }
    }

    /// Whether the cursor is in this range or at its end.
    fn is_in(&self, range: &Range<usize>) -> bool {
        self.cursor.is_some_and(|cursor| range.start <= cursor && cursor <= range.end)
    }

    /// Notes that the cursor is at a key of a mapping.
    fn at_key(&mut self, mapping: Option<usize>, word: Range<usize>, has_colon: bool) {
        let path = match mapping {
            Some(mapping) => self.outline.mappings[mapping].path.clone(),
            None => self.path(),
        };
        self.outline.place.get_or_insert(Place { path, mapping, word, has_colon });
    }

    /// Notes that the cursor is at a value.
    fn at_value(&mut self, word: Range<usize>) {
        let path = self.path();
        self.outline.place.get_or_insert(Place { path, mapping: None, word, has_colon: false });
    }
}

impl Frame {
    fn step(&self) -> Option<Step> {
        match self {
            Frame::Mapping { key, index, .. } | Frame::Braces { key, index } => {
                Some(Step::Key(key.clone()?, *index))
            }
            Frame::List { .. } | Frame::Brackets => Some(Step::Item),
        }
    }

    /// The column of what is written in lines.
    fn column(&self) -> Option<usize> {
        match self {
            Frame::Mapping { column, .. } | Frame::List { column } => Some(*column),
            Frame::Braces { .. } | Frame::Brackets => None,
        }
    }
}

/// A range of the text as others take it.
pub(crate) fn span(range: &Range<usize>) -> Span {
    Span { start: range.start, end: range.end }
}

/// A text without quotes around it.
fn unquoted(written: &str) -> &str {
    let inner = |quote| written.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(written)
}

/// Where a quoted text ends that begins here: behind its quote, or at the end of the line if it has none.
fn quoted_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\n' => return at,
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote => {
                if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 1;
                } else {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text.len().min(at)
}

/// The trimmed part of a range.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = start + part.trim().len();
    start..end
}

/// The last place up to this one where a character begins.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
