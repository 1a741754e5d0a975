//! Filters in dlt's dialect: `@.kind = 'a' & @.n > 1`.

use rest_source_plan::{Comparison, Filter, List, Literal, Step};

use super::{name, quoted, step};

/// How deep parentheses may be nested. The reader calls itself for each, as does what follows the
/// filter.
const DEPTH: usize = 32;

const NO_FILTER: &str = "this filter is not in the language";

type Result<T> = std::result::Result<T, &'static str>;

/// Reads a filter without its `?`. The error says what is wrong with it; regular expressions of
/// Python's kind are not in the language.
pub(super) fn read(filter: &str) -> Result<Filter> {
    let mut reader = Reader { rest: filter.trim(), depth: 0 };
    let filter = reader.any()?;
    if reader.rest.is_empty() { Ok(filter) } else { Err(NO_FILTER) }
}

struct Reader<'a> {
    rest: &'a str,
    /// How many parentheses are open.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(after) = self.rest.strip_prefix(token) else { return false };
        self.rest = after.trim_start();
        true
    }

    /// Filters with `|` between them, which may be doubled.
    fn any(&mut self) -> Result<Filter> {
        let mut filters = vec![self.all()?];
        while self.take("|") {
            self.take("|");
            filters.push(self.all()?);
        }
        Ok(joined(filters, Filter::Any))
    }

    /// Terms with `&` between them, which may be doubled.
    fn all(&mut self) -> Result<Filter> {
        let mut terms = vec![self.term()?];
        while self.take("&") {
            self.take("&");
            terms.push(self.term()?);
        }
        Ok(joined(terms, Filter::All))
    }

    /// A group, a path that has to be there, or a comparison.
    fn term(&mut self) -> Result<Filter> {
        if self.take("(") {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err("the parentheses of this filter are nested more than 32 levels deep");
            }
            let group = self.any()?;
            self.depth -= 1;
            return if self.take(")") { Ok(group) } else { Err(NO_FILTER) };
        }
        let path = self.path().ok_or(NO_FILTER)?.into();
        if self.rest.trim_start().starts_with("=~") {
            return Err(NO_FILTER);
        }
        for (operator, comparison) in [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("=", Comparison::Equal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ] {
            if self.take(operator) {
                let literal = self.literal().ok_or(NO_FILTER)?;
                return Ok(Filter::Compare { path, comparison, literal });
            }
        }
        Ok(Filter::Exists(path))
    }

    /// `@.a.b`, `@['a']`, and `a.b`, which dlt takes for the same.
    fn path(&mut self) -> Option<Vec<Step>> {
        let mut path = Vec::new();
        if !self.take("@") {
            path.push(name(self.word()?));
        }
        loop {
            if let Some(after) = self.rest.strip_prefix('.') {
                self.rest = after;
                path.push(name(self.word()?));
            } else if let Some(after) = self.rest.strip_prefix('[') {
                let (content, after) = after.split_once(']')?;
                path.push(step(content.trim())?);
                self.rest = after;
            } else {
                return Some(path);
            }
        }
    }

    /// A number, a truth value, `null`, or text, for which dlt needs no quotes.
    fn literal(&mut self) -> Option<Literal> {
        if let Some((text, after)) = quoted(self.rest, &['"', '\'']) {
            self.rest = after;
            return Some(Literal::Text(text.to_owned().into()));
        }
        let end = self.rest.find([' ', ')', '&', '|']).unwrap_or(self.rest.len());
        let (value, after) = self.rest.split_at(end);
        self.rest = after;
        let is_number = value.parse::<f64>().is_ok_and(f64::is_finite) && !value.starts_with('+');
        match value {
            "" => None,
            "null" => Some(Literal::Null),
            "true" | "false" => Some(Literal::Bool(value == "true")),
            _ if is_number => Some(Literal::Number(value.to_owned().into())),
            _ => value.chars().all(in_word).then(|| Literal::Text(value.to_owned().into())),
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

fn joined(mut filters: Vec<Filter>, join: fn(List<Filter>) -> Filter) -> Filter {
    if filters.len() == 1 { filters.swap_remove(0) } else { join(filters.into()) }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
