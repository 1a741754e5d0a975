//! Selectors: paths into a JSON document.

mod filter;

use std::fmt::Write as _;

use rest_source_plan::Selector;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Reads a selector: `meta.cursors.after`, with an optional `$.` in front. A key of other characters
/// stands in quotes, `meta['page token']`. Beyond such paths of keys, of which nearly all are, there
/// is JSONPath in dlt's dialect, `data[0].id`, `data[*].items`, `data[?(@.kind == "a")]`, `..id`,
/// which becomes that of RFC 9535.
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

type Result<T> = std::result::Result<T, Mistake>;

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    /// The keys, as long as there is nothing else.
    keys: Option<Vec<String>>,
    /// All of it in the words of RFC 9535.
    query: String,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Reader<'a> {
        Reader { text, rest: text, keys: Some(Vec::new()), query: "$".to_owned() }
    }

    fn read(mut self) -> Result<Selector> {
        if !self.take("$") && !self.rest.starts_with('[') && !self.rest.starts_with("..") {
            self.key()?;
        }
        while !self.rest.is_empty() {
            if self.take("..") {
                self.keys = None;
                self.query.push_str("..");
                if !self.rest.starts_with('[') {
                    self.key()?;
                }
            } else if self.take(".") {
                self.key()?;
            } else if self.rest.starts_with('[') {
                self.bracket()?;
            } else if self.rest.starts_with('|') {
                return Err(self.mistake(1, "two paths in one are not in the language"));
            } else {
                return Err(self.mistake(1, "this cannot stand in a key without quotes"));
            }
        }
        Ok(match self.keys {
            Some(keys) => Selector::Keys(keys.into_iter().map(Into::into).collect()),
            None => {
                Selector::JsonPath { text: self.text.to_owned().into(), query: self.query.into() }
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

    fn push_key(&mut self, key: &str) {
        if let Some(keys) = &mut self.keys {
            keys.push(key.to_owned());
        }
        let _ = write!(self.query, "[{}]", literal(key));
    }

    /// A key in quotes or of letters, digits, `_`, `-` and `@`, or a `*`.
    fn key(&mut self) -> Result<()> {
        if self.take("*") {
            self.keys = None;
            self.query.push_str("[*]");
            return Ok(());
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
        self.push_key(key);
        self.rest = after;
        Ok(())
    }

    /// `['key']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `['a', 'b']`, `[?(@.a > 1)]`.
    fn bracket(&mut self) -> Result<()> {
        let Some(length) = closing(self.rest) else {
            return Err(self.mistake(self.rest.len(), "this bracket is never closed"));
        };
        let content = self.rest[1..length].trim();
        if let Some((key, "")) = quoted(content, &['"', '\'']) {
            self.push_key(key);
        } else {
            let Some(query) = bracketed(content) else {
                let message = match content.chars().next() {
                    Some('\\' | '/') if content.len() > 1 => {
                        "sorting is not in the language: records come in the order of the server"
                    }
                    Some('?') => "this filter is not in the language",
                    _ => "this is no index, key or filter",
                };
                return Err(self.mistake(length + 1, message));
            };
            self.keys = None;
            let _ = write!(self.query, "[{query}]");
        }
        self.rest = &self.rest[length + 1..];
        Ok(())
    }
}

/// What stands in brackets, in the words of RFC 9535; `None` if it has none there.
fn bracketed(content: &str) -> Option<String> {
    if content == "*" {
        return Some(content.to_owned());
    }
    if let Some(filter) = content.strip_prefix('?') {
        return Some(format!("?{}", filter::convert(filter)?));
    }
    let number = |part: &str| match part.trim() {
        "" => Some(String::new()),
        part => part.parse::<i64>().ok().map(|number| number.to_string()),
    };
    let selector = |part: &str| {
        if let Some((key, "")) = quoted(part.trim(), &['"', '\'']) {
            return Some(literal(key));
        }
        let numbers = part.split(':').map(number).collect::<Option<Vec<_>>>()?;
        let is_empty = numbers.len() == 1 && numbers[0].is_empty();
        (!is_empty && numbers.len() <= 3).then(|| numbers.join(":"))
    };
    let selectors = content.split(',').map(selector).collect::<Option<Vec<_>>>()?;
    Some(selectors.join(","))
}

/// A key or text in quotes, as RFC 9535 has it.
fn literal(text: &str) -> String {
    let mut literal = "'".to_owned();
    for c in text.chars() {
        match c {
            '\'' | '\\' => literal.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(literal, "\\u{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal + "'"
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
