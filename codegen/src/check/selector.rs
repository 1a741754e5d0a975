//! Selectors: paths into a JSON document.

mod filter;

use rest_source_plan::{Choice, Filter, List, Segment, Selector, Step};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Reads a selector: `meta.cursors.after`, with an optional `$.` in front. A key of other characters
/// stands in quotes, `meta['page token']`. Beyond such paths of keys, of which nearly all are, there
/// is JSONPath in dlt's dialect, `data[0].id`, `data[*].items`, `data[?(@.kind == "a")]`, `..id`.
pub(super) fn read(selector: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Selector> {
    match Reader::new(&selector.value).read() {
        Ok(read) => Some(read),
        Err(Mistake { at, length, message }) => {
            let span = selector.span.within(&selector.value, at, at + length);
            diagnostics.push(
                Diagnostic::error(Code::InvalidSelector, span, message).help(help(&selector.value)),
            );
            None
        }
    }
}

/// Reads a filter by itself, `@.kind == "a"`. The error says what is wrong with it.
pub(super) fn read_filter(filter: &str) -> std::result::Result<Filter, &'static str> {
    filter::read(filter)
}

/// What was probably meant by what is no selector.
fn help(selector: &str) -> String {
    let text = selector.trim();
    let words = text.split(' ').filter(|word| !word.is_empty());
    let is_key = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "_-@".contains(c));
    if text.contains(' ') && words.clone().all(is_key) {
        return format!("a key with spaces stands in quotes twice: `\"'{text}'\"`");
    }
    match text.strip_suffix("[]") {
        Some("") => "leave it out where the response is the list of records itself".to_owned(),
        Some(list) if is_path_of_keys(list) => {
            format!("a list is selected by its key: write `{list}`")
        }
        _ => "a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath".to_owned(),
    }
}

/// Whether a selector is nothing but keys, one after the other.
fn is_path_of_keys(selector: &str) -> bool {
    matches!(Reader::new(selector).read(), Ok(Selector::Keys(_)))
}

struct Mistake {
    at: usize,
    length: usize,
    message: &'static str,
}

type Result<T, E = Mistake> = std::result::Result<T, E>;

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Reader<'a> {
        Reader { text, rest: text }
    }

    fn read(mut self) -> Result<Selector> {
        let mut segments = Vec::new();
        if !self.take("$") && !self.rest.starts_with('[') && !self.rest.starts_with("..") {
            segments.push(Segment::Children(self.key()?));
        }
        while !self.rest.is_empty() {
            segments.push(if self.take("..") {
                let is_bracket = self.rest.starts_with('[');
                Segment::Descendants(if is_bracket { self.bracket()? } else { self.key()? })
            } else if self.take(".") {
                Segment::Children(self.key()?)
            } else if self.rest.starts_with('[') {
                Segment::Children(self.bracket()?)
            } else if self.rest.starts_with('|') {
                return Err(self.mistake(1, "two paths in one are not in the language"));
            } else {
                return Err(self.mistake(1, "this cannot stand in a key without quotes"));
            });
        }
        let key = |segment: &Segment| match segment {
            Segment::Children(choices) => match &**choices {
                [Choice::One(Step::Name(key))] => Some(key.clone()),
                _ => None,
            },
            Segment::Descendants(_) => None,
        };
        Ok(match segments.iter().map(key).collect() {
            Some(keys) => Selector::Keys(List::Owned(keys)),
            None => {
                Selector::JsonPath { text: self.text.to_owned().into(), segments: segments.into() }
            }
        })
    }

    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn mistake(&self, length: usize, message: &'static str) -> Mistake {
        let at = self.text.len() - self.rest.len();
        Mistake { at, length: length.min(self.rest.len()), message }
    }

    /// A key in quotes or of letters, digits, `_`, `-` and `@`, or a `*`.
    fn key(&mut self) -> Result<List<Choice>> {
        if self.take("*") {
            return Ok(vec![Choice::Wildcard].into());
        }
        if let Some((name, _)) = quoted(self.rest, &['`']) {
            return Err(if name.is_empty() {
                self.mistake(2, "a function is missing here")
            } else {
                let message = "the functions of dlt's JSONPath are not in the language";
                self.mistake(name.len() + 2, message)
            });
        }
        let (key, after) = match quoted(self.rest, &['"', '\'']) {
            Some(quoted) => quoted,
            None => {
                let in_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
                self.rest.split_at(self.rest.find(|c| !in_key(c)).unwrap_or(self.rest.len()))
            }
        };
        if key.is_empty() {
            return Err(self.mistake(1, "a key is missing here"));
        }
        self.rest = after;
        Ok(vec![Choice::One(name(key))].into())
    }

    /// `['key']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `['a', 'b']`, `[?(@.a > 1)]`.
    fn bracket(&mut self) -> Result<List<Choice>> {
        let Some(length) = closing(self.rest) else {
            return Err(self.mistake(self.rest.len(), "this bracket is never closed"));
        };
        let choices = bracketed(self.rest[1..length].trim())
            .map_err(|message| self.mistake(length + 1, message))?;
        self.rest = &self.rest[length + 1..];
        Ok(choices.into())
    }
}

/// What stands in brackets. The error says what is wrong with it.
fn bracketed(content: &str) -> Result<Vec<Choice>, &'static str> {
    if content == "*" {
        return Ok(vec![Choice::Wildcard]);
    }
    if let Some(filter) = content.strip_prefix('?') {
        return Ok(vec![Choice::Filter(filter::read(filter)?)]);
    }
    if content.len() > 1 && content.starts_with(['\\', '/']) {
        return Err("sorting is not in the language: records come in the order of the server");
    }
    // A key may have a comma in it.
    let choices = match quoted(content, &['"', '\'']) {
        Some((key, "")) => Some(vec![Choice::One(name(key))]),
        _ => content.split(',').map(|part| choice(part.trim())).collect(),
    };
    choices.ok_or("this is no index, key or filter")
}

/// A key in quotes, an index or a slice.
fn choice(text: &str) -> Option<Choice> {
    if let Some(step) = step(text) {
        return Some(Choice::One(step));
    }
    let number = |part: &str| match part.trim() {
        "" => Some(None),
        part => part.parse().ok().map(Some),
    };
    let (start, end) = text.split_once(':')?;
    let (end, step) = end.split_once(':').unwrap_or((end, ""));
    let step = number(step)?.unwrap_or(1);
    Some(Choice::Slice { start: number(start)?, end: number(end)?, step })
}

/// A key in quotes or an index.
fn step(text: &str) -> Option<Step> {
    match quoted(text, &['"', '\'']) {
        Some((key, "")) => Some(name(key)),
        _ => text.parse().ok().map(Step::Index),
    }
}

fn name(key: &str) -> Step {
    Step::Name(key.to_owned().into())
}

/// What stands in quotes at the beginning, and what follows.
fn quoted<'a>(text: &'a str, quotes: &[char]) -> Option<(&'a str, &'a str)> {
    let quote = text.chars().next().filter(|c| quotes.contains(c))?;
    text[1..].split_once(quote)
}

/// Where the bracket that the text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            (None, _) => {}
        }
    }
    None
}
