//! Reading a selector from its text.

use std::borrow::Cow;

use rest_source_plan::{Choice, JsonPath, List, Segment, Selector, Slice, Step};

pub(super) struct Mistake {
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) message: Cow<'static, str>,
}

pub(super) type Result<T, E = Mistake> = std::result::Result<T, E>;

pub(super) struct Reader<'a> {
    /// All of it, or all up to the bracket that closes what is read.
    pub(super) text: &'a str,
    pub(super) rest: &'a str,
    /// How many parentheses, negations and filters are open.
    pub(super) depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { text, rest: text, depth: 0 }
    }

    pub(super) fn read(mut self) -> Result<Selector> {
        let mut segments = Vec::new();
        if !self.take("$") && !self.rest.starts_with('[') && !self.rest.starts_with("..") {
            segments.push(Segment::Children(self.key()?));
        }
        self.segments(&mut segments)?;
        if self.rest.starts_with('|') {
            return Err(self.mistake(1, "two paths in one are not in the language"));
        }
        if !self.rest.is_empty() {
            return Err(self.mistake(1, "this needs quotes within a key"));
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
            None => Selector::JsonPath(JsonPath {
                text: self.text.to_owned().into(),
                segments: segments.into(),
                ..JsonPath::DEFAULT
            }),
        })
    }

    /// All segments that follow, up to what begins none.
    pub(super) fn segments(&mut self, segments: &mut Vec<Segment>) -> Result<()> {
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

    pub(super) fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    pub(super) fn mistake(&self, length: usize, message: impl Into<Cow<'static, str>>) -> Mistake {
        let at = self.text.len() - self.rest.len();
        Mistake { at, length: length.min(self.rest.len()), message: message.into() }
    }

    /// A key in quotes or of letters, digits, `_`, `-` and `@`, or a `*`.
    pub(super) fn key(&mut self) -> Result<List<Choice>> {
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
    pub(super) fn bracket(&mut self) -> Result<List<Choice>> {
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

    pub(super) fn choice(&mut self) -> Result<Option<Choice>> {
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

    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
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
    Some(Choice::Slice(Slice { start: number(start)?, end: number(end)?, step, ..Slice::DEFAULT }))
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
