//! Elements as JSON: see `guide::formats` for the mapping.

mod element;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

use self::element::Element;
use super::{body_error::BodyError, other, place::Place, source::Source};
use crate::plan::{Column, ResourcePlan, Selector, Str, Syntax};

/// How deep elements may be in each other, which bounds the stack as it does for JSON.
const DEEPEST: usize = 100;

/// The document with the elements along the path to the records, of which each is in the list at its end; what
/// is beside them comes behind.
pub(super) fn to_json(
    plan: &ResourcePlan,
    source: &Source<'_>,
    mut json: Vec<u8>,
) -> Result<Vec<u8>, BodyError> {
    let path: &[Str] = match &plan.endpoint.data_selector {
        Some(Selector::Keys(keys)) => keys,
        _ => &[],
    };
    let columns = plan.endpoint.records.sent_columns(&plan.columns);
    json.clear();
    let mut prefix = String::new();
    for (index, key) in path.iter().enumerate() {
        prefix.push_str(if index == 0 { "{" } else { ":{" });
        prefix.push_str(&serde_json::Value::from(&**key).to_string());
    }
    json.extend_from_slice(prefix.as_bytes());
    json.extend_from_slice(b":[");
    let empty = json.len();
    let mut document =
        Document { path, columns: &columns, json, empty, has_list: false, roots: Vec::new() };
    for place in source.parts() {
        if let Some(error) = other::mismatch(&Syntax::Xml, &place, source.content_type) {
            return Err(error);
        }
        document.read(&place, source)?;
    }
    let Document { mut json, has_list, roots, .. } = document;
    if !has_list {
        json.clear();
        element::write_members(&roots, &mut json);
        return Ok(json);
    }
    json.push(b']');
    // What is beside the path in the document, and in each element along it, is written from the innermost out.
    let mut levels = vec![Vec::new()];
    if let [_, along @ .., _] = path {
        let mut level = roots;
        for key in along {
            let inner = element::children_of(&mut level, key);
            levels.push(level);
            level = inner;
        }
        levels.push(level);
    }
    for beside in levels.into_iter().rev() {
        element::write_rest(&beside, &mut json);
    }
    source.bound(&json)?;
    Ok(json)
}

/// What has come of a document so far.
struct Document<'a> {
    path: &'a [Str],
    columns: &'a [Column],
    /// The list of the records.
    json: Vec<u8>,
    /// How long it is without any.
    empty: usize,
    /// Whether the element that has the records was there.
    has_list: bool,
    /// What is beside the records.
    roots: Vec<Element>,
}

impl Document<'_> {
    fn read(&mut self, place: &Place<'_>, source: &Source<'_>) -> Result<(), BodyError> {
        let mut reader = Reader::from_str(place.text);
        reader.config_mut().expand_empty_elements = true;
        let mut open: Vec<Element> = Vec::new();
        // How many of the open elements lie along the path.
        let mut along = 0;
        let before = self.roots.len();
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|error| broken(place, start, &error))?;
            match event {
                Event::Start(tag) => {
                    if open.is_empty() && self.roots.len() > before {
                        return Err(body_error(place, start, "has a second root element"));
                    }
                    if open.len() == DEEPEST {
                        return Err(body_error(
                            place,
                            start,
                            "has more elements in each other than are read",
                        ));
                    }
                    let key = self.path.get(along).filter(|_| along == open.len());
                    if key.is_some_and(|key| *key == tag.name().0) {
                        along += 1;
                        self.has_list |= along + 1 >= self.path.len();
                    }
                    open.push(begin(&tag).map_err(|error| broken(place, start, &error))?);
                }
                Event::End(_) => {
                    let Some(mut element) = open.pop() else { continue };
                    element.close();
                    let is_record = along == self.path.len() && along == open.len() + 1;
                    along = along.min(open.len());
                    if is_record {
                        if self.json.len() > self.empty {
                            self.json.push(b',');
                        }
                        element.write_record(self.columns, &mut self.json);
                        source.bound(&self.json)?;
                    } else {
                        let around =
                            open.last_mut().map_or(&mut self.roots, |open| &mut open.children);
                        around.push(element);
                    }
                    if is_record && open.is_empty() {
                        // A root that is a record is none of those beside it.
                        self.roots.push(Element::default());
                    }
                }
                Event::Text(text) => put(&mut open, &text.xml_content(XmlVersion::Implicit1_0))
                    .map_err(|()| body_error(place, start, "has text outside of its elements"))?,
                Event::CData(text) => put(&mut open, &text.xml_content(XmlVersion::Implicit1_0))
                    .map_err(|()| body_error(place, start, "has text outside of its elements"))?,
                Event::GeneralRef(name) => {
                    let character =
                        name.resolve_char_ref().map_err(|error| broken(place, start, &error))?;
                    let mut buffer = [0; 4];
                    let text = match character {
                        Some(character) => &*character.encode_utf8(&mut buffer),
                        None => resolve_xml_entity(&name).ok_or_else(|| {
                            body_error(
                                place,
                                start,
                                &format!("has the unknown entity `&{};`", &*name),
                            )
                        })?,
                    };
                    put(&mut open, text).map_err(|()| {
                        body_error(place, start, "has text outside of its elements")
                    })?;
                }
                Event::Eof if !open.is_empty() => {
                    let names: Vec<_> = open.iter().map(|element| &*element.name).collect();
                    let what = format!("ends within `{}`", names.join("."));
                    return Err(body_error(place, start, &what).cut());
                }
                Event::Eof if self.roots.len() == before => {
                    let what = format!("is empty{}", place.in_file());
                    return Err(BodyError::new(what));
                }
                Event::Eof => return Ok(()),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }
}

/// An element with the attributes of its first tag. Those that declare namespaces are none.
fn begin(tag: &BytesStart<'_>) -> quick_xml::Result<Element> {
    let mut element = Element { name: tag.name().0.to_owned(), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let name = attribute.key.0;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        let is_nil = name == "nil" || name.ends_with(":nil");
        if is_nil && matches!(&*value, "true" | "1") {
            element.is_nil = true;
        } else if name != "xmlns" && !name.starts_with("xmlns:") {
            element.attributes.push((name.to_owned(), value.into_owned()));
        }
    }
    Ok(element)
}

/// Adds text to the innermost element.
fn put(open: &mut [Element], text: &str) -> Result<(), ()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(()),
    }
    Ok(())
}

fn body_error(place: &Place<'_>, offset: usize, what: &str) -> BodyError {
    BodyError::new(format!("{what}, in {}", place.line(offset)))
}

/// What the parser refuses. A tag that is never closed is mostly one that was cut.
fn broken(place: &Place<'_>, offset: usize, cause: &quick_xml::Error) -> BodyError {
    let error = body_error(place, offset, &format!("is not well-formed XML ({cause})"));
    if matches!(cause, quick_xml::Error::Syntax(_)) { error.cut() } else { error }
}
