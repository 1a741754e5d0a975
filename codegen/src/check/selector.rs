//! Selectors: paths into a JSON document.

mod filter;

use std::borrow::Cow;

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

/// Reads a selector of which nothing is reported. `None` if it is none.
pub(super) fn parse(selector: &str) -> Option<Selector> {
    Reader::new(selector).read().ok()
}

/// Reads a filter by itself, `@.kind == "a"`. The error says what is wrong with it.
pub(super) fn read_filter(filter: &str) -> std::result::Result<Filter, Cow<'static, str>> {
    let mut reader = Reader::new(filter);
    reader.blanks();
    let read = reader.filter().and_then(|filter| {
        reader.blanks();
        if reader.rest.is_empty() { Ok(filter) } else { Err(reader.no_filter()) }
    });
    read.map_err(|mistake| mistake.message)
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
    message: Cow<'static, str>,
}

type Result<T, E = Mistake> = std::result::Result<T, E>;

struct Reader<'a> {
    /// All of it, or all up to the bracket that closes what is read.
    text: &'a str,
    rest: &'a str,
    /// How many parentheses, negations and filters are open.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Reader<'a> {
        Reader { text, rest: text, depth: 0 }
    }

    fn read(mut self) -> Result<Selector> {
        let mut segments = Vec::new();
        if !self.take("$") && !self.rest.starts_with('[') && !self.rest.starts_with("..") {
            segments.push(Segment::Children(self.key()?));
        }
        self.segments(&mut segments)?;
        if self.rest.starts_with('|') {
            return Err(self.mistake(1, "two paths in one are not in the language"));
        }
        if !self.rest.is_empty() {
            return Err(self.mistake(1, "this cannot stand in a key without quotes"));
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

    /// All segments that follow, up to what begins none.
    fn segments(&mut self, segments: &mut Vec<Segment>) -> Result<()> {
        loop {
            // RFC 9535 has blanks between segments.
            let ahead = self.rest.trim_start();
            if ahead.starts_with(['.', '[']) {
                self.rest = ahead;
            }
            segments.push(if self.take("..") {
                let is_bracket = self.rest.starts_with('[');
                Segment::Descendants(if is_bracket { self.bracket()? } else { self.key()? })
            } else if self.take(".") {
                Segment::Children(self.key()?)
            } else if self.rest.starts_with('[') {
                Segment::Children(self.bracket()?)
            } else {
                return Ok(());
            });
        }
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

    fn mistake(&self, length: usize, message: impl Into<Cow<'static, str>>) -> Mistake {
        let at = self.text.len() - self.rest.len();
        Mistake { at, length: length.min(self.rest.len()), message: message.into() }
    }

    /// A key in quotes or of letters, digits, `_`, `-` and `@`, or a `*`.
    fn key(&mut self) -> Result<List<Choice>> {
        if self.take("*") {
            return Ok(vec![Choice::Wildcard].into());
        }
        if let Some((name, _)) = self.rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            return Err(if name.is_empty() {
                self.mistake(2, "a function is missing here")
            } else {
                let message = "the functions of dlt's JSONPath are not in the language";
                self.mistake(name.len() + 2, message)
            });
        }
        let key = match self.quoted()? {
            Some(key) => key,
            None => {
                let in_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
                let end = self.rest.find(|c| !in_key(c)).unwrap_or(self.rest.len());
                if end == 0 {
                    return Err(self.mistake(1, "a key is missing here"));
                }
                let (key, after) = self.rest.split_at(end);
                self.rest = after;
                key.to_owned()
            }
        };
        Ok(vec![Choice::One(Step::Name(key.into()))].into())
    }

    /// `['key']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `[?(@.a > 1)]`, `['a', 'b']`.
    fn bracket(&mut self) -> Result<List<Choice>> {
        let Some(length) = closing(self.rest) else {
            return Err(self.mistake(self.rest.len(), "this bracket is never closed"));
        };
        let no_choice = || self.mistake(length + 1, "this is no index, key or filter");
        let text = &self.text[..self.text.len() - self.rest.len() + length];
        let mut inside = Reader { text, rest: &self.rest[1..length], depth: self.depth };
        let mut choices = Vec::new();
        loop {
            choices.push(inside.choice()?.ok_or_else(no_choice)?);
            inside.blanks();
            if inside.rest.is_empty() {
                break;
            }
            if !inside.take(",") {
                let is_filter = matches!(choices.last(), Some(Choice::Filter(_)));
                return Err(if is_filter { inside.no_filter() } else { no_choice() });
            }
        }
        self.rest = &self.rest[length + 1..];
        Ok(choices.into())
    }

    fn choice(&mut self) -> Result<Option<Choice>> {
        self.blanks();
        if self.take("*") {
            return Ok(Some(Choice::Wildcard));
        }
        if self.take("?") {
            return self.filter().map(Choice::Filter).map(Some);
        }
        if let Some(key) = self.quoted()? {
            return Ok(Some(Choice::One(Step::Name(key.into()))));
        }
        if self.rest.starts_with(['\\', '/']) && self.rest.len() > 1 {
            let message = "sorting is not in the language: records come in the order of the server";
            return Err(self.mistake(self.rest.len(), message));
        }
        let (choice, after) = self.rest.split_at(self.rest.find(',').unwrap_or(self.rest.len()));
        self.rest = after;
        Ok(index_or_slice(choice))
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// A text in quotes, with the escapes of RFC 9535, which are nearly those of JSON.
    fn quoted(&mut self) -> Result<Option<String>> {
        let start = self.rest;
        let Some(quote) = start.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Ok(None);
        };
        self.rest = &start[1..];
        let mut text = String::new();
        loop {
            let mut ahead = self.rest.chars();
            match ahead.next() {
                None => {
                    self.rest = start;
                    return Err(self.mistake(start.len(), "this quote is never closed"));
                }
                Some('\\') => text.push(self.escape(quote)?),
                Some(c) => {
                    self.rest = ahead.as_str();
                    if c == quote {
                        return Ok(Some(text));
                    }
                    text.push(c);
                }
            }
        }
    }

    fn escape(&mut self, quote: char) -> Result<char> {
        let mut ahead = self.rest[1..].chars();
        let escaped = match ahead.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let Some((escaped, length)) = code_units(self.rest) else {
                    return Err(self.mistake(6, "this escape stands for no character"));
                };
                self.rest = &self.rest[length..];
                return Ok(escaped);
            }
            Some(c) if c == quote || matches!(c, '\\' | '/') => c,
            _ => return Err(self.mistake(2, "unknown escape, a backslash is written `\\\\`")),
        };
        self.rest = ahead.as_str();
        Ok(escaped)
    }
}

/// The character of one or two escapes, `\u00e9` or a surrogate pair, and how long they are.
fn code_units(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(0)?;
    let read = |units: &[u16]| char::decode_utf16(units.iter().copied()).next()?.ok();
    match read(&[first]) {
        Some(character) => Some((character, 6)),
        None => Some((read(&[first, unit(6)?])?, 12)),
    }
}

fn index_or_slice(text: &str) -> Option<Choice> {
    if let Ok(index) = text.trim().parse() {
        return Some(Choice::One(Step::Index(index)));
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

/// Where the bracket that the text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                characters.next();
            }
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
