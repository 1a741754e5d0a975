//! What the request for a page has asked for, and where.

use serde_json::Value;
use url::form_urlencoded;

use super::{
    fact::{Fact, number, word},
    words,
};
use crate::{
    http::request::{Payload, Request},
    paginate::detected::FoundPlace,
};

/// How deep the body of a request is looked into.
const DEPTH: usize = 4;

/// The parameters of a request, and the members of its body.
pub(super) struct Asked {
    values: Vec<AskedValue>,
    body: Kind,
}

/// A value that was sent.
#[derive(Clone)]
pub(super) struct AskedValue {
    pub(super) word: String,
    /// Where it stands; `None` in a form, which paginators have no place in.
    pub(super) place: Option<FoundPlace>,
    /// As an error shows it.
    pub(super) name: String,
    pub(super) value: Value,
}

/// What kind of body was sent.
enum Kind {
    None,
    /// With the text of a GraphQL query, if it has one.
    Object {
        query: Option<String>,
    },
    Other,
}

impl AskedValue {
    pub(super) fn number(&self) -> Option<u64> {
        number(&self.value)
    }
}

impl Asked {
    pub(super) fn of(request: &Request) -> Asked {
        let mut values = Vec::new();
        for (name, value) in request.address().query_pairs() {
            let (word, name) = (word(&name), name.into_owned());
            let place = Some(FoundPlace::Param(name.clone()));
            values.push(AskedValue { word, place, name, value: value.into_owned().into() });
        }
        let body = match &request.body {
            None => Kind::None,
            Some(Payload::Json(body @ Value::Object(members))) => {
                collect(body, &[], &mut values);
                let query = members.get("query").and_then(Value::as_str).map(str::to_owned);
                Kind::Object { query }
            }
            Some(Payload::Json(_)) => Kind::Other,
            Some(Payload::Form(fields)) => {
                values.extend(fields.iter().map(form));
                Kind::Other
            }
            Some(Payload::Text(text)) => {
                let fields = form_urlencoded::parse(text.as_bytes()).into_owned();
                let fields: Vec<_> = fields.filter(|(_, value)| !value.is_empty()).collect();
                values.extend(fields.iter().map(form));
                Kind::Other
            }
        };
        Asked { values, body }
    }

    pub(super) fn find(&self, is: impl Fn(&AskedValue) -> bool) -> Option<&AskedValue> {
        self.values.iter().find(|value| is(value))
    }

    /// The page size that was asked for.
    pub(super) fn size(&self) -> Option<(&AskedValue, u64)> {
        let mut sizes = self.values.iter().filter(|value| words::asks_size(&value.word));
        sizes.find_map(|size| Some((size, size.number().filter(|size| *size > 0)?)))
    }

    pub(super) fn page(&self) -> Option<(&AskedValue, u64)> {
        self.counting(|value| words::is_page(&value.word))
    }

    pub(super) fn offset(&self) -> Option<(&AskedValue, u64)> {
        self.counting(|value| {
            words::is_offset(&value.word)
                || words::may_be_offset(&value.word) && words::is_place(value.number())
        })
    }

    fn counting(&self, is: impl Fn(&AskedValue) -> bool) -> Option<(&AskedValue, u64)> {
        let mut counting = self.values.iter().filter(|value| is(value));
        // What is null is to be filled in, and stands for the beginning.
        let number = |value: &AskedValue| match value.value {
            Value::Null => Some(0),
            _ => value.number(),
        };
        counting.find_map(|value| Some((value, number(value)?)))
    }

    /// Whether a fact was sent as it is, by its own name or as a page cursor: then it is an echo.
    pub(super) fn sent(&self, fact: &Fact) -> bool {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let wanted = text(&fact.value);
        self.values.iter().any(|sent| {
            let is_cursor = sent.word == fact.word || words::sends_cursor(&sent.word);
            is_cursor && text(&sent.value) == wanted
        })
    }

    /// Where a parameter of this name is to be sent: what the request has already by that name; in
    /// the body, if there is one, beside the page size; or else in the query. `None` if the body has
    /// no such place.
    pub(super) fn place(&self, name: &str) -> Option<FoundPlace> {
        let wanted = word(name);
        if let Some(sent) = self.find(|value| value.word == wanted) {
            return sent.place.clone();
        }
        match (self.size().map(|(size, _)| &size.place), &self.body) {
            (Some(Some(FoundPlace::Param(_))), _) | (None, Kind::None) => {
                Some(FoundPlace::Param(name.to_owned()))
            }
            (Some(Some(FoundPlace::Body(size))), _) => {
                let mut path = size.clone();
                path.pop();
                path.push(name.to_owned());
                Some(FoundPlace::Body(path))
            }
            (None, Kind::Object { query: None }) => Some(FoundPlace::Body(vec![name.to_owned()])),
            // The values that a query takes are declared in its text.
            (None, Kind::Object { query: Some(query) }) => query
                .contains(&format!("${name}"))
                .then(|| FoundPlace::Body(vec!["variables".to_owned(), name.to_owned()])),
            (Some(None), _) | (None, Kind::Other) => None,
        }
    }
}

fn form((name, value): &(String, String)) -> AskedValue {
    let value = value.clone().into();
    AskedValue { word: word(name), place: None, name: name.clone(), value }
}

fn collect(value: &Value, path: &[String], values: &mut Vec<AskedValue>) {
    let Value::Object(members) = value else { return };
    for (key, value) in members {
        let mut path = path.to_vec();
        path.push(key.clone());
        match value {
            Value::Object(_) if path.len() < DEPTH => collect(value, &path, values),
            Value::Array(_) | Value::Object(_) => {}
            _ => values.push(AskedValue {
                word: word(key),
                name: path.join("."),
                place: Some(FoundPlace::Body(path)),
                value: value.clone(),
            }),
        }
    }
}
