//! Filters: those of RFC 9535, `@.kind == 'a' && @.n > 1`, and what dlt's dialect writes otherwise,
//! `kind = a & n > 1`.

use std::borrow::Cow;

use rest_source_plan::{
    Choice, Compare, Comparison, Filter, List, Literal, Node, Operand, Query, Segment,
};

use super::reader::{Mistake, Reader, Result};

/// How deep parentheses, negations and filters may be nested. The reader calls itself for each, as
/// does what evaluates the filter.
const DEPTH: usize = 32;

const NO_FILTER: &str = "this filter is not in the language";

const NO_PATTERNS: &str = "regular expressions are not in the language";

/// From the longest to the shortest, so that none is taken for the beginning of another one.
const COMPARISONS: [(&str, Comparison); 7] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

/// One side of a comparison, or a value alone.
enum Term {
    Operand(Operand),
    Query(Query),
}

impl<'a> Reader<'a> {
    /// A filter without its `?`.
    pub(super) fn filter(&mut self) -> Result<Filter> {
        self.nested(Reader::any)
    }

    fn token(&mut self, token: &str) -> bool {
        self.blanks();
        self.take(token)
    }

    pub(super) fn no_filter(&self) -> Mistake {
        self.mistake(self.rest.len(), NO_FILTER)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        // The filter itself is no level.
        if self.depth > DEPTH + 1 {
            let message = "this filter is nested more than 32 levels deep";
            return Err(self.mistake(1, message));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    /// Filters with `||` between them; dlt writes one `|`.
    fn any(&mut self) -> Result<Filter> {
        let mut filters = vec![self.all()?];
        while self.token("|") {
            self.take("|");
            filters.push(self.all()?);
        }
        Ok(joined(filters, Filter::Any))
    }

    /// Tests with `&&` between them; dlt writes one `&`.
    fn all(&mut self) -> Result<Filter> {
        let mut tests = vec![self.test()?];
        while self.token("&") {
            self.take("&");
            tests.push(self.test()?);
        }
        Ok(joined(tests, Filter::All))
    }

    /// A negation, a group, a query that has to select something, or a comparison.
    fn test(&mut self) -> Result<Filter> {
        if self.token("!") {
            let negated = self.nested(Reader::negated)?;
            return Ok(Filter::Not(negated.into()));
        }
        if self.token("(") {
            let group = self.nested(Reader::any)?;
            return if self.token(")") { Ok(group) } else { Err(self.no_filter()) };
        }
        self.blanks();
        let start = self.rest;
        let term = self.left()?;
        let end = self.rest;
        if self.token("=~") {
            self.rest = end;
            return Err(self.mistake(end.len(), NO_PATTERNS));
        }
        if self.is_in() {
            return self.membership(term, &start[..start.len() - end.len()]);
        }
        match (self.comparison(), term) {
            (Some(comparison), term) => {
                let left = self.operand(term, &start[..start.len() - end.len()])?;
                Ok(Filter::Compare(Compare {
                    left,
                    comparison,
                    right: self.right()?,
                    ..Compare::DEFAULT
                }))
            }
            (None, Term::Query(query)) => Ok(Filter::Exists(query)),
            (None, Term::Operand(_)) => {
                self.rest = end;
                Err(self.mistake(1, "a comparison is missing here, as in `length(@.a) > 1`"))
            }
        }
    }

    /// Takes the word `in`.
    fn is_in(&mut self) -> bool {
        self.blanks();
        let after = self.rest.strip_prefix("in");
        let after = after
            .filter(|after| after.starts_with(|c: char| c.is_whitespace() || "[@$".contains(c)));
        if let Some(after) = after {
            self.rest = after;
        }
        after.is_some()
    }

    /// What follows `in`: constants, of which a value is one, `@.kind in ['a', 'b']`, or a path that leads to
    /// a list in which a constant is, `'a' in @.kinds`. It is not in RFC 9535.
    fn membership(&mut self, term: Term, text: &'a str) -> Result<Filter> {
        let equal = |left: &Operand, right| {
            Filter::Compare(Compare {
                left: left.clone(),
                comparison: Comparison::Equal,
                right: Operand::Literal(right),
                ..Compare::DEFAULT
            })
        };
        self.blanks();
        if let Term::Operand(Operand::Literal(literal)) = term {
            return match self.term()? {
                Some(Term::Query(mut query)) => {
                    let current = Operand::Value(Query::DEFAULT);
                    let choice = Choice::Filter(equal(&current, literal));
                    query.segments.to_mut().push(Segment::Children(vec![choice].into()));
                    Ok(Filter::Exists(query))
                }
                _ => Err(self.no_filter()),
            };
        }
        let left = self.operand(term, text)?;
        if !self.take("[") {
            let message = "expected a list of constants, as in `@.kind in ['a', 'b']`";
            return Err(self.mistake(self.rest.len().max(1), message));
        }
        let mut filters = Vec::new();
        while !self.token("]") {
            if !filters.is_empty() && !self.token(",") {
                return Err(self.no_filter());
            }
            self.blanks();
            match self.literal()? {
                Some(literal) => filters.push(equal(&left, literal)),
                None => return Err(self.no_filter()),
            }
        }
        if filters.is_empty() {
            return Err(self.mistake(1, "no value is in a list without constants"));
        }
        Ok(joined(filters, Filter::Any))
    }

    /// What follows a `!`. RFC 9535 has no negated comparison, which reads like two things.
    fn negated(&mut self) -> Result<Filter> {
        let start = self.rest;
        match self.test()? {
            Filter::Compare(_) if !start.trim_start().starts_with('(') => {
                let length = start.len() - self.rest.len();
                self.rest = start;
                Err(self.mistake(length, "a comparison is negated in parentheses: `!(@.a == 1)`"))
            }
            filter => Ok(filter),
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        COMPARISONS.into_iter().find_map(|(token, found)| self.token(token).then_some(found))
    }

    /// A query, for which `a.b` in dlt's dialect is the same as `@.a.b`; a function; or a constant in
    /// front of one of them, `1 < @.a`.
    fn left(&mut self) -> Result<Term> {
        if let Some(term) = self.term()? {
            return Ok(term);
        }
        let start = self.rest;
        let is_path = start.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if let Some(literal) = self.literal()?
            && !(is_path && matches!(literal, Literal::Text(_)))
        {
            let after = self.rest;
            if (self.is_in() || self.comparison().is_some()) && self.is_term() {
                self.rest = after;
                return Ok(Term::Operand(Operand::Literal(literal)));
            }
        }
        self.rest = start;
        if start.starts_with('*') {
            return Err(self.no_filter());
        }
        let key = self.key().map_err(|_| self.no_filter())?;
        self.query(Node::Current, vec![Segment::Children(key)]).map(Term::Query)
    }

    fn right(&mut self) -> Result<Operand> {
        self.blanks();
        let start = self.rest;
        match self.term()? {
            Some(term) => self.operand(term, &start[..start.len() - self.rest.len()]),
            None => match self.literal()? {
                Some(literal) => Ok(Operand::Literal(literal)),
                None => {
                    self.rest = start;
                    Err(self.no_filter())
                }
            },
        }
    }

    fn is_term(&mut self) -> bool {
        self.blanks();
        self.rest.starts_with(['@', '$']) || self.function_name().is_some()
    }

    /// `@.a`, `$.a` or a function.
    fn term(&mut self) -> Result<Option<Term>> {
        let from = match () {
            () if self.take("@") => Node::Current,
            () if self.take("$") => Node::Root,
            () => return self.function(),
        };
        self.query(from, Vec::new()).map(Term::Query).map(Some)
    }

    fn query(&mut self, from: Node, mut segments: Vec<Segment>) -> Result<Query> {
        self.segments(&mut segments)?;
        Ok(Query { from, segments: segments.into(), ..Query::DEFAULT })
    }

    fn function_name(&self) -> Option<&'a str> {
        let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let (name, after) = self.rest.split_at(self.rest.find(|c| !in_name(c))?);
        (!name.is_empty() && after.starts_with('(')).then_some(name)
    }

    fn function(&mut self) -> Result<Option<Term>> {
        let Some(name) = self.function_name() else { return Ok(None) };
        if !matches!(name, "length" | "count" | "value") {
            let message: Cow<'static, str> = if matches!(name, "match" | "search") {
                NO_PATTERNS.into()
            } else {
                format!("unknown function `{name}`, expected `length`, `count` or `value`").into()
            };
            return Err(self.mistake(name.len(), message));
        }
        self.rest = &self.rest[name.len() + 1..];
        self.blanks();
        let argument = self.rest;
        let term = self.nested(Reader::term)?;
        let operand = match (name, term) {
            ("count", Some(Term::Query(query))) => Operand::Count(query),
            ("value", Some(Term::Query(query))) => Operand::Value(query),
            ("length", Some(term)) => {
                match self.operand(term, &argument[..argument.len() - self.rest.len()])? {
                    Operand::Value(query) => Operand::Length(query),
                    _ => return Err(self.no_query(argument)),
                }
            }
            _ => return Err(self.no_query(argument)),
        };
        if !self.token(")") {
            return Err(self.no_filter());
        }
        Ok(Some(Term::Operand(operand)))
    }

    fn no_query(&mut self, argument: &'a str) -> Mistake {
        self.rest = argument;
        let length = argument.find(')').unwrap_or(argument.len()).max(1);
        self.mistake(length, "expected a path that begins with `@` or `$`")
    }

    /// One side of a comparison, which is one value at most. `text` is what was read of it.
    fn operand(&mut self, term: Term, text: &'a str) -> Result<Operand> {
        match term {
            Term::Operand(operand) => Ok(operand),
            Term::Query(query) if query.segments.iter().all(is_single) => Ok(Operand::Value(query)),
            Term::Query(_) => {
                let text = text.trim_end();
                let message = format!(
                    "`{text}` may select several values, compare `count({text})` or `value({text})`"
                );
                let at = text.as_ptr().addr() - self.text.as_ptr().addr();
                Err(Mistake { at, length: text.len(), message: message.into() })
            }
        }
    }

    /// A number, a truth value, `null`, or text, for which dlt needs no quotes.
    fn literal(&mut self) -> Result<Option<Literal>> {
        if let Some(text) = self.quoted()? {
            return Ok(Some(Literal::Text(text.into())));
        }
        let is_end = |c: char| c.is_whitespace() || "()&|=!<>,]".contains(c);
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (value, after) = self.rest.split_at(end);
        self.rest = after;
        let is_number = value.parse::<f64>().is_ok_and(f64::is_finite) && !value.starts_with('+');
        Ok(match value {
            "" => None,
            "null" => Some(Literal::Null),
            "true" | "false" => Some(Literal::Bool(value == "true")),
            _ if is_number => Some(Literal::Number(value.to_owned().into())),
            _ => {
                let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                value.chars().all(in_word).then(|| Literal::Text(value.to_owned().into()))
            }
        })
    }
}

/// Whether a segment leads to one value at most.
fn is_single(segment: &Segment) -> bool {
    match segment {
        Segment::Children(choices) => matches!(**choices, [Choice::One(_)]),
        Segment::Descendants(_) => false,
    }
}

fn joined(mut filters: Vec<Filter>, join: fn(List<Filter>) -> Filter) -> Filter {
    if filters.len() == 1 { filters.swap_remove(0) } else { join(filters.into()) }
}
