//! What shows how a list is paged: the parameters of the request, and the members and headers of the response.

use super::names::{last, plain};
use crate::{
    api::{
        operation::{Operation, Parameter},
        records::{Records, selector},
        reference::Document,
        schema::{Kind, Schema},
    },
    document::Value,
};

/// How deep members are looked at, in schemas and in samples.
const MOST_DEPTH: usize = 3;
const MOST_DEPTH_OF_SAMPLES: usize = 6;
/// How many members are looked at.
const MOST_MEMBERS: usize = 400;

/// A member of the response beside its records.
pub(super) struct Member<'a> {
    /// The keys that lead to it.
    pub(super) path: Vec<&'a str>,
    /// Its plain name.
    pub(super) name: String,
    /// The plain name of the object that it is in; empty at the root.
    pub(super) within: String,
    /// What its values are.
    pub(super) kind: Kind,
    /// Whether it is described as an address.
    pub(super) is_address: bool,
}

impl Member<'_> {
    /// The selector that leads to it.
    pub(super) fn selector(&self) -> String {
        selector(&self.path)
    }
}

/// A query parameter and its plain name.
pub(super) struct Named<'a> {
    /// The parameter.
    pub(super) parameter: Parameter<'a>,
    /// Its plain name.
    pub(super) name: String,
    /// Whether its values are numbers.
    pub(super) is_number: bool,
    /// Whether its values are texts.
    pub(super) is_text: bool,
}

/// What is known of how a list is paged.
pub(super) struct Evidence<'a> {
    /// The query parameters.
    pub(super) parameters: Vec<Named<'a>>,
    /// The members of the response beside the records.
    pub(super) members: Vec<Member<'a>>,
    /// The selector of the next address in a list of links, each with its relation.
    pub(super) relation: Option<String>,
    /// The headers of the response, each with its plain name.
    pub(super) headers: Vec<(&'a str, String)>,
}

impl<'a> Evidence<'a> {
    /// Collects what an operation shows.
    pub(super) fn of(
        document: &Document<'a>,
        operation: &Operation<'a>,
        records: Option<&Records<'a>>,
    ) -> Self {
        let parameters = operation.paging().map(|parameter| {
            let schema = Schema::of(document, parameter.schema);
            let is_number = matches!(schema.kind(), Some(Kind::Integer | Kind::Number));
            let is_text = schema.kind() == Some(Kind::Text);
            Named { parameter, name: plain(last(parameter.name)), is_number, is_text }
        });
        let headers = operation.response.members_of("headers");
        let mut evidence = Evidence {
            parameters: parameters.collect(),
            members: Vec::new(),
            relation: None,
            headers: headers.map(|(name, _)| (name, plain(name))).collect(),
        };
        if let Some(records) = records {
            evidence.collect(document, &records.response, &mut Vec::new());
        }
        evidence
    }

    fn collect(&mut self, document: &Document<'a>, schema: &Schema<'a>, path: &mut Vec<&'a str>) {
        let most_depth = if document.is_of_samples { MOST_DEPTH_OF_SAMPLES } else { MOST_DEPTH };
        for (name, property) in &schema.properties {
            if self.members.len() >= MOST_MEMBERS {
                return;
            }
            let below = Schema::of_alternatives(document, property);
            path.push(name);
            match below.kind() {
                Some(Kind::Object) if path.len() < most_depth => {
                    self.collect(document, &below, path);
                }
                Some(Kind::List) if plain(name).ends_with("links") || plain(name) == "link" => {
                    self.relation =
                        self.relation.take().or_else(|| relation(document, &below, path));
                }
                Some(kind @ (Kind::Text | Kind::Integer | Kind::Number | Kind::Bool)) => {
                    self.members.push(member(&below, path, kind));
                }
                // What is not described may be text.
                None if below.kinds.is_empty() => {
                    self.members.push(member(&below, path, Kind::Text));
                }
                _ => {}
            }
            path.pop();
        }
    }

    /// The first parameter that has one of the names, in the order of the names.
    pub(super) fn parameter(&self, names: &[&str]) -> Option<&Named<'a>> {
        names.iter().find_map(|name| self.parameters.iter().find(|named| named.name == **name))
    }

    /// The first member that has one of the names, in the order of the names.
    pub(super) fn member(
        &self,
        names: &[&str],
        is: impl Fn(&Member<'a>) -> bool,
    ) -> Option<&Member<'a>> {
        names
            .iter()
            .find_map(|name| self.members.iter().find(|member| member.name == **name && is(member)))
    }

    /// The first header that has one of the names.
    pub(super) fn header(&self, names: &[&str]) -> Option<&'a str> {
        let has = |(_, name): &&(&'a str, String)| names.contains(&name.as_str());
        self.headers.iter().find(has).map(|(header, _)| *header)
    }
}

fn member<'a>(schema: &Schema<'a>, path: &[&'a str], kind: Kind) -> Member<'a> {
    let at = |back: usize| path.len().checked_sub(back).and_then(|at| path.get(at));
    let says = |text: &str| {
        let text = text.to_lowercase();
        ["url", "uri", "link to", "hyperlink", "href"].iter().any(|word| text.contains(word))
    };
    let is_uri = schema.format.is_some_and(|format| format.contains("ur"));
    Member {
        path: path.to_vec(),
        name: at(1).map_or_else(String::new, |name| plain(name)),
        within: at(2).map_or_else(String::new, |name| plain(name)),
        kind,
        is_address: is_uri || schema.description.is_some_and(says),
    }
}

/// The selector of the next address in a list of links such as `{rel: next, href: …}`.
fn relation<'a>(document: &Document<'a>, list: &Schema<'a>, path: &[&'a str]) -> Option<String> {
    let link = Schema::of_alternatives(document, &list.items);
    let has = |names: &[&'static str]| {
        names.iter().copied().find(|name| link.properties.contains_key(name))
    };
    let rel = has(&["rel", "relation"])?;
    let href = has(&["href", "url", "uri"])?;
    Some(format!("{}[?@.{rel} == 'next'].{href}", selector(path)))
}

/// The page size to request by a parameter: its maximum within reason, or its default.
pub(super) fn size(parameter: &Parameter<'_>) -> Option<i64> {
    /// More records are not requested at once, whatever a server would give.
    const MOST: i64 = 500;
    // A size that was sent is one that the server takes.
    if let Some(sent) = parameter.sent {
        return sent.parse().ok();
    }
    let number = |key: &str| parameter.schema.get(key).and_then(Value::whole);
    let text = parameter.value.text_of("description").unwrap_or_default();
    let most = number("maximum").or_else(|| stated_maximum(text)).filter(|most| *most >= 2);
    let default = number("default").filter(|size| (1..=MOST).contains(size));
    most.map(|most| most.min(MOST)).or(default)
}

/// The maximum that a description states: `(max 100)`, `Maximum is 50`.
fn stated_maximum(text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    let at = text.find("max")?;
    let after: String = text[at..].chars().take(48).collect();
    let start = after.find(|c: char| c.is_ascii_digit())?;
    let digits: String = after[start..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::stated_maximum;

    #[test]
    fn a_maximum_is_read_from_a_description() {
        assert_eq!(stated_maximum("The number of results per page (max 100)."), Some(100));
        assert_eq!(stated_maximum("Maximum is 50"), Some(50));
        assert_eq!(stated_maximum("How many"), None);
    }
}
