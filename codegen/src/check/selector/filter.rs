//! Filters: from dlt's dialect, `@.kind = 'a' & @.n > 1`, to that of RFC 9535.

use super::{literal, quoted};

/// A filter without its `?`, in the words of RFC 9535. `None` for what has none there, regular
/// expressions of Python's kind say, or is no filter.
pub(super) fn convert(filter: &str) -> Option<String> {
    let mut reader = Reader { rest: filter.trim() };
    let converted = reader.any()?;
    reader.rest.is_empty().then_some(converted)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(after) = self.rest.strip_prefix(token) else { return false };
        self.rest = after.trim_start();
        true
    }

    /// Terms with `&` or `|` between them, which may be doubled.
    fn any(&mut self) -> Option<String> {
        let mut terms = self.term()?;
        loop {
            let operator = if self.take("&") {
                self.take("&");
                "&&"
            } else if self.take("|") {
                self.take("|");
                "||"
            } else {
                return Some(terms);
            };
            terms = format!("{terms} {operator} {}", self.term()?);
        }
    }

    /// A group, a path that has to be there, or a comparison.
    fn term(&mut self) -> Option<String> {
        if self.take("(") {
            let group = self.any()?;
            return self.take(")").then(|| format!("({group})"));
        }
        let path = self.path()?;
        if self.rest.trim_start().starts_with("=~") {
            return None;
        }
        let operators =
            [("==", "=="), ("!=", "!="), ("<=", "<="), (">=", ">="), ("=", "=="), ("<", "<")];
        for (operator, converted) in operators.into_iter().chain([(">", ">")]) {
            if self.take(operator) {
                return Some(format!("{path} {converted} {}", self.value()?));
            }
        }
        Some(path)
    }

    /// `@.a.b`, `@['a']`, and `a.b`, which dlt takes for the same.
    fn path(&mut self) -> Option<String> {
        let mut path = "@".to_owned();
        if !self.take("@") {
            path.extend(["[", &literal(self.word()?), "]"]);
        }
        loop {
            if let Some(after) = self.rest.strip_prefix('.') {
                self.rest = after;
                path.extend(["[", &literal(self.word()?), "]"]);
            } else if let Some(after) = self.rest.strip_prefix('[') {
                let (content, after) = after.split_once(']')?;
                let content = content.trim();
                let key = match quoted(content, &['"', '\'']) {
                    Some((key, "")) => literal(key),
                    _ => content.parse::<i64>().ok()?.to_string(),
                };
                path.extend(["[", &key, "]"]);
                self.rest = after;
            } else {
                return Some(path);
            }
        }
    }

    /// A number, a truth value, or text, for which dlt needs no quotes.
    fn value(&mut self) -> Option<String> {
        if let Some((text, after)) = quoted(self.rest, &['"', '\'']) {
            self.rest = after;
            return Some(literal(text));
        }
        let end = self.rest.find([' ', ')', '&', '|']).unwrap_or(self.rest.len());
        let (value, after) = self.rest.split_at(end);
        self.rest = after;
        let is_number = value.parse::<f64>().is_ok_and(f64::is_finite) && !value.starts_with('+');
        match value {
            "" => None,
            "true" | "false" | "null" => Some(value.to_owned()),
            _ if is_number => Some(value.to_owned()),
            _ => value.chars().all(in_word).then(|| literal(value)),
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        if let Some((key, after)) = quoted(self.rest, &['"', '\'']) {
            self.rest = after;
            return Some(key);
        }
        let end = self.rest.find(|c| !in_word(c)).unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at(end);
        self.rest = after;
        (!word.is_empty()).then_some(word)
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
