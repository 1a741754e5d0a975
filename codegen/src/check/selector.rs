//! Selectors: paths into a JSON document.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::Selector,
    source::Spanned,
};

/// Reads a selector: `meta.cursors.after`, with an optional `$.` in front. A key of other characters
/// stands in quotes, `meta['page token']`. Beyond such paths of keys, of which nearly all are, there
/// is JSONPath: `data[0].id`, `data[*].items`, `data[?(@.kind == "a")]`, `..id`.
pub(super) fn read(selector: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Selector> {
    match Reader::new(&selector.value).read() {
        Ok(keys) => Some(Selector { text: selector.value.clone(), keys }),
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
pub(super) fn is_path_of_keys(selector: &str) -> bool {
    matches!(Reader::new(selector).read(), Ok(Some(_)))
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
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Reader<'a> {
        Reader { text, rest: text, keys: Some(Vec::new()) }
    }

    /// The keys of a path of keys, `None` for any other JSONPath.
    fn read(mut self) -> Result<Option<Vec<String>>> {
        if !self.take("$") && !self.rest.starts_with('[') && !self.rest.starts_with("..") {
            self.key()?;
        }
        while !self.rest.is_empty() {
            if self.take("..") {
                self.keys = None;
                if !self.rest.starts_with('[') {
                    self.key()?;
                }
            } else if self.take(".") {
                self.key()?;
            } else if self.rest.starts_with('[') {
                self.bracket()?;
            } else if self.take("|") {
                self.keys = None;
                if !self.take("$") {
                    self.key()?;
                }
            } else {
                return Err(self.mistake(1, "this cannot stand in a key without quotes"));
            }
        }
        Ok(self.keys)
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

    /// A key in quotes or of letters, digits, `_`, `-` and `@`, a `*`, or a function in backticks.
    fn key(&mut self) -> Result<()> {
        if self.take("*") {
            self.keys = None;
            return Ok(());
        }
        if let Some((name, after)) = quoted(self.rest, &['`']) {
            self.keys = None;
            if name.is_empty() {
                return Err(self.mistake(2, "a function is missing here"));
            }
            self.rest = after;
            return Ok(());
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
        if let Some(keys) = &mut self.keys {
            keys.push(key.to_owned());
        }
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
            if let Some(keys) = &mut self.keys {
                keys.push(key.to_owned());
            }
        } else {
            self.keys = None;
            let is_index =
                |part: &str| part.trim().is_empty() || part.trim().parse::<i64>().is_ok();
            let indices = content.split([':', ',']).all(is_index) && !content.is_empty();
            let listed = |part: &str| matches!(quoted(part.trim(), &['"', '\'']), Some((_, "")));
            let filter = content.strip_prefix('?').is_some_and(|filter| !filter.trim().is_empty());
            let sort = content.starts_with(['\\', '/']) && content.len() > 1;
            if !(indices || content == "*" || filter || sort || content.split(',').all(listed)) {
                return Err(self.mistake(length + 1, "this is no index, key or filter"));
            }
        }
        self.rest = &self.rest[length + 1..];
        Ok(())
    }
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
