//! Values that a step adds: made of constants, of what a fetch knows, and of the record.

use serde_json::value::RawValue;

use super::node::quoted;
use crate::{
    decode::{Json, select::find_in_record},
    error::{Misread, Reason},
    plan::{JsonTemplate, Part, Selector, Template},
};

/// What fills a gap, as JSON.
pub(crate) type Fill<'a> = &'a dyn Fn(&Part) -> Result<String, Reason>;

/// A value as far as it is known before there is a record.
pub(super) enum Added {
    /// The same for each record, as JSON.
    Known(String),
    /// A field of the record.
    Field(Selector),
    /// Text with fields of the record in it.
    Text(Vec<Piece>),
    List(Vec<Added>),
    Object(Vec<(Added, Added)>),
}

/// A part of a text.
pub(super) enum Piece {
    Text(String),
    Field(Selector),
}

const NULL: &str = "null";

impl Added {
    /// The error says which gap cannot be filled.
    pub(super) fn of(template: &JsonTemplate, fill: Fill<'_>) -> Result<Added, Reason> {
        Ok(match template {
            JsonTemplate::Literal(json) => Added::Known(json.to_string()),
            JsonTemplate::Text(text) => Added::of_text(text, fill)?,
            JsonTemplate::List(items) => {
                let items = items.iter().map(|item| Added::of(item, fill));
                Added::List(items.collect::<Result<_, _>>()?)
            }
            JsonTemplate::Object(members) => {
                let member = |(name, value): &(Template, JsonTemplate)| {
                    Ok((Added::of_text(name, fill)?, Added::of(value, fill)?))
                };
                Added::Object(members.iter().map(member).collect::<Result<_, Reason>>()?)
            }
        })
    }

    fn of_text(Template(parts): &Template, fill: Fill<'_>) -> Result<Added, Reason> {
        match &**parts {
            [Part::Text(text)] => return Ok(Added::Known(quoted(text))),
            [Part::Record(field)] => return Ok(Added::Field(field.clone())),
            // What is the whole of a value keeps its type.
            [part] => return fill(part).map(Added::Known),
            _ => {}
        }
        let mut pieces = Vec::new();
        for part in parts.iter() {
            pieces.push(match part {
                Part::Text(text) => Piece::Text(text.to_string()),
                Part::Record(field) => Piece::Field(field.clone()),
                part => {
                    let json = fill(part)?;
                    match text(&json) {
                        Ok(Some(text)) => Piece::Text(text),
                        Ok(None) => return Ok(Added::Known(NULL.to_owned())),
                        Err(Nested) => {
                            return Err(format!("{json} cannot stand within text").into());
                        }
                    }
                }
            });
        }
        Ok(Added::Text(pieces))
    }

    /// Whether it has a field of the record.
    pub(super) fn is_of_record(&self) -> bool {
        match self {
            Added::Known(_) => false,
            Added::Field(_) | Added::Text(_) => true,
            Added::List(items) => items.iter().any(Added::is_of_record),
            Added::Object(members) => {
                members.iter().any(|(name, value)| name.is_of_record() || value.is_of_record())
            }
        }
    }

    /// The value for a record, as JSON.
    pub(super) fn json(&self, record: &RawValue) -> Result<String, Misread> {
        Ok(match self {
            Added::Known(json) => json.clone(),
            Added::Field(path) => field(record, path)?.to_owned(),
            Added::Text(pieces) => {
                let mut whole = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => whole.push_str(text),
                        Piece::Field(path) => {
                            let json = field(record, path)?;
                            match text(json) {
                                Ok(Some(text)) => whole.push_str(&text),
                                Ok(None) => return Ok(NULL.to_owned()),
                                Err(Nested) => {
                                    return Err(Misread {
                                        field: Some(path.to_string()),
                                        what: "expected a value that can stand within text".into(),
                                        found: Some(json.to_owned()),
                                        ..Misread::default()
                                    });
                                }
                            }
                        }
                    }
                }
                quoted(&whole)
            }
            Added::List(items) => {
                let items: Vec<_> =
                    items.iter().map(|item| item.json(record)).collect::<Result<_, _>>()?;
                format!("[{}]", items.join(","))
            }
            Added::Object(members) => {
                let mut written = Vec::with_capacity(members.len());
                for (name, value) in members {
                    let name = text(&name.json(record)?).ok().flatten().unwrap_or_default();
                    written.push(format!("{}:{}", quoted(&name), value.json(record)?));
                }
                format!("{{{}}}", written.join(","))
            }
        })
    }
}

/// The JSON of a field, `null` if there is none.
fn field<'a>(record: &'a RawValue, path: &Selector) -> Result<&'a str, Misread> {
    let found = find_in_record(path, record).map_err(|_| Misread {
        field: Some(path.to_string()),
        what: "expected a field that can be read".to_owned(),
        ..Misread::default()
    })?;
    Ok(found.unwrap_or(NULL))
}

/// A list or an object, which is no part of a text.
struct Nested;

/// A value as part of a text: none for `null`.
fn text(json: &str) -> Result<Option<String>, Nested> {
    match Json::read(json) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Bool(value)) => Ok(Some(value.to_string())),
        Some(Json::Number(number)) => Ok(Some(number.to_owned())),
        Some(Json::Text(text)) => Ok(Some(text.into_owned())),
        Some(Json::Object | Json::List) => Err(Nested),
    }
}
