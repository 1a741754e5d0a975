//! Records whose values stand in lists, beside a list of what they are called.

use std::{borrow::Cow, collections::HashSet};

use serde_json::value::RawValue;

use super::node::{Member, Node};
use crate::{
    decode::{
        Json,
        decode_error::DecodeError,
        level::place,
        select::{Select as _, elements},
    },
    error::Misread,
    plan::{Names, Row, Selector},
};

/// What the values of rows are called.
#[derive(Default)]
pub(super) struct Header<'a> {
    names: Vec<Vec<Cow<'a, str>>>,
    /// Where the names are in the response.
    places: Vec<usize>,
}

impl Header<'_> {
    /// Whether a record is the row of the names.
    pub(super) fn is(&self, record: &RawValue) -> bool {
        self.places.contains(&place(record))
    }

    /// The names of all values.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flatten().map(|name| &**name)
    }
}

/// Where the rows of the names are in a body, which are no records although the server may have them among these.
pub(crate) fn places_of_names(rows: &[Row], body: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for row in rows {
        if let Names::Sent(path) = &row.names {
            let found = path.matches(body).unwrap_or_default();
            let lists = found.into_iter().filter(|found| found.get().starts_with('['));
            places.extend(lists.map(place));
        }
    }
    places
}

/// What the values of the rows of a page are called.
pub(super) fn header<'a>(rows: &[Row], body: &'a str) -> Result<Header<'a>, DecodeError> {
    let mut seen = HashSet::new();
    let mut header = Header::default();
    for row in rows {
        let names: Vec<Cow<'a, str>> = match &row.names {
            Names::Fixed(names) => names.iter().map(|name| Cow::Owned(name.to_string())).collect(),
            Names::Sent(path) => sent(path, body, &mut header.places)?,
        };
        for name in &names {
            if !seen.insert(name.to_string()) {
                let what = format!("{} has the name `{name}` twice", row.names);
                return Err(DecodeError::Misread(Misread { what, ..Misread::default() }));
            }
        }
        header.names.push(names);
    }
    Ok(header)
}

/// The texts that a response has in a place.
fn sent<'a>(
    path: &Selector,
    body: &'a str,
    places: &mut Vec<usize>,
) -> Result<Vec<Cow<'a, str>>, DecodeError> {
    let mut names = Vec::new();
    for found in path.matches(body)? {
        if found.get().starts_with('[') {
            places.push(place(found));
        }
        for name in elements(found)? {
            let Some(Json::Text(name)) = Json::read(name.get()) else {
                let what = format!("expected the names of columns in `{path}`, which are texts");
                let found = Some(name.get().to_owned());
                return Err(DecodeError::Misread(Misread { what, found, ..Misread::default() }));
            };
            names.push(name);
        }
    }
    if names.is_empty() {
        let what = format!("the response has no names of columns in `{path}`");
        return Err(DecodeError::Misread(Misread { what, ..Misread::default() }));
    }
    Ok(names)
}

/// A row as an object.
pub(super) fn object<'a>(
    rows: &[Row],
    header: &Header<'a>,
    record: &'a RawValue,
) -> Result<Node<'a>, Misread> {
    let mut members = Vec::new();
    let taken: Vec<&str> = rows.iter().filter_map(|row| row.values.first_key()).collect();
    if record.get().starts_with('{') {
        let mut own = Node::of(record.get());
        let own = own.members().map(std::mem::take).unwrap_or_default();
        members.extend(own.into_iter().filter(|member| !taken.contains(&&*member.name)));
    }
    for (row, names) in rows.iter().zip(&header.names) {
        let wrong = |what: String| Misread {
            field: Some(row.values.to_string()).filter(|path| path != "$"),
            what,
            found: Some(record.get().to_owned()),
            ..Misread::default()
        };
        let Ok(values) = values(&row.values, record) else {
            return Err(wrong("expected a list of values".to_owned()));
        };
        let Some(values) = values else {
            return Err(wrong("expected a list of values".to_owned()));
        };
        if values.len() > names.len() {
            let (values, names) = (values.len(), names.len());
            return Err(wrong(format!("{values} values stand beside {names} names of columns")));
        }
        for (name, value) in names.iter().zip(values) {
            members
                .push(Member { name: Cow::Owned(name.to_string()), value: Node::of(value.get()) });
        }
    }
    Ok(Node::Object(members))
}

/// The values of a row. `None` if they are no list.
fn values<'a>(
    path: &Selector,
    record: &'a RawValue,
) -> Result<Option<Vec<&'a RawValue>>, DecodeError> {
    let found = path.matches(record.get())?;
    match (path, &*found) {
        (Selector::Keys(_), [list]) if list.get().starts_with('[') => Ok(Some(elements(list)?)),
        (Selector::Keys(_), _) => Ok(None),
        (Selector::JsonPath(_), _) => Ok(Some(found)),
    }
}
