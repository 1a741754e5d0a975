//! JSONPath (RFC 9535): what a query selects in a body, as it stands there.
//!
//! The library looks for places in a tree, which has rounded numbers. So it is asked for the places
//! alone, and these are then looked up in the text.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, value::RawValue};
use serde_json_path::{JsonPath, PathElement};

use super::{Unreadable, outline::whole};
use crate::plan::Str;

/// How many brackets and parentheses may be open at a time. The library's parser calls itself for
/// each and would use up the stack.
const DEPTH: usize = 32;

/// A compiled query.
pub(crate) struct Query {
    text: Str,
    path: JsonPath,
    must_match: bool,
    is_reordering: bool,
}

impl Query {
    /// `query` as the library takes it; `text` as the file says it.
    pub(super) fn new(text: &Str, query: &str) -> Result<Query, String> {
        let shape = Shape::of(query);
        if shape.depth > DEPTH {
            return Err(format!("the selector `{text}` is nested more than {DEPTH} levels deep"));
        }
        let path = JsonPath::parse(query)
            .map_err(|error| format!("the selector `{text}` is no JSONPath: {error}"))?;
        let Shape { is_singular, is_reordering, .. } = shape;
        Ok(Query { text: text.clone(), path, must_match: is_singular, is_reordering })
    }

    /// Whether nothing but names and indices leads to it, so that it should be there. A query with
    /// a wildcard or a filter may well select nothing.
    pub(super) fn must_match(&self) -> bool {
        self.must_match
    }

    /// What it selects, in the order of the body unless the query has an order of its own.
    pub(super) fn matches<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, Unreadable> {
        let root: Value = match serde_json::from_str(body) {
            Ok(root) => root,
            Err(_) => whole(body)?,
        };
        let located = self.path.query_located(&root);
        let mut wanted = Wanted::default();
        let mut count = 0;
        for location in located.locations() {
            let place = location.iter().fold(&mut wanted, |wanted, element| {
                wanted.below.entry(Step::from(element)).or_default()
            });
            place.as_matches.push(count);
            count += 1;
        }
        let mut matches = vec![None; count];
        let raw = serde_json::from_str(body).map_err(Unreadable)?;
        wanted.gather(raw, &mut matches).map_err(Unreadable)?;
        let mut matches: Vec<&RawValue> = matches.into_iter().flatten().collect();
        if !self.is_reordering {
            matches.sort_by_key(|raw| raw.get().as_ptr().addr());
        }
        Ok(matches)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What can be seen of a query without parsing it.
struct Shape {
    depth: usize,
    /// Whether it is nothing but names and indices in brackets.
    is_singular: bool,
    /// Whether it may name places in another order than that of the document: by `['b', 'a']` or
    /// `[::-1]`.
    is_reordering: bool,
}

impl Shape {
    fn of(query: &str) -> Shape {
        let mut shape = Shape { depth: 0, is_singular: true, is_reordering: false };
        let (mut open, mut quote, mut is_escaped) = (0_usize, None, false);
        for c in query.chars() {
            if let Some(end) = quote {
                if is_escaped || c == '\\' {
                    is_escaped = !is_escaped;
                } else if c == end {
                    quote = None;
                }
                continue;
            }
            match c {
                '\'' | '"' => quote = Some(c),
                '[' | '(' => open += 1,
                ']' | ')' => open = open.saturating_sub(1),
                ',' | ':' => shape.is_reordering = true,
                _ => {}
            }
            shape.depth = shape.depth.max(open);
            shape.is_singular &= !matches!(c, '*' | '?' | ':' | ',');
        }
        shape.is_singular &= !query.contains("..");
        shape
    }
}

/// The places that are wanted in a document.
#[derive(Default)]
struct Wanted<'a> {
    /// As which matches this place is wanted itself.
    as_matches: Vec<usize>,
    below: BTreeMap<Step<'a>, Wanted<'a>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    Name(Cow<'a, str>),
    Index(usize),
}

impl<'a> From<&PathElement<'a>> for Step<'a> {
    fn from(element: &PathElement<'a>) -> Step<'a> {
        match element {
            PathElement::Name(name) => Step::Name(Cow::Borrowed(name)),
            PathElement::Index(index) => Step::Index(*index),
        }
    }
}

impl Wanted<'_> {
    fn gather<'de>(
        &self,
        raw: &'de RawValue,
        matches: &mut [Option<&'de RawValue>],
    ) -> serde_json::Result<()> {
        for index in &self.as_matches {
            matches[*index] = Some(raw);
        }
        if self.below.is_empty() {
            return Ok(());
        }
        let mut deserializer = serde_json::Deserializer::from_str(raw.get());
        deserializer.deserialize_any(Gather { wanted: self, matches })
    }
}

/// Looks the places up below an object or a list.
struct Gather<'w, 'a, 'm, 'de> {
    wanted: &'w Wanted<'a>,
    matches: &'m mut [Option<&'de RawValue>],
}

impl<'de> Visitor<'de> for Gather<'_, '_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            match self.wanted.below.get(&Step::Name(name)) {
                Some(wanted) => self::gather(wanted, map.next_value()?, self.matches)?,
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for index in 0.. {
            match self.wanted.below.get(&Step::Index(index)) {
                Some(wanted) => match list.next_element()? {
                    Some(raw) => self::gather(wanted, raw, self.matches)?,
                    None => break,
                },
                None => {
                    if list.next_element::<IgnoredAny>()?.is_none() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

fn gather<'de, E: serde::de::Error>(
    wanted: &Wanted<'_>,
    raw: &'de RawValue,
    matches: &mut [Option<&'de RawValue>],
) -> Result<(), E> {
    wanted.gather(raw, matches).map_err(E::custom)
}
