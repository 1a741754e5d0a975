//! One element and what is in it, as JSON.

use std::mem;

use super::super::field::{Kind, write_text};
use crate::plan::{Column, DataType};

/// An element, with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// The text between its children.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
    /// Whether it says that it has no value (`xsi:nil`).
    pub(super) is_nil: bool,
}

impl Element {
    /// Ends the element. White space around its text was mostly put there for people to read.
    pub(super) fn close(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        let start = self.text.len() - self.text.trim_start().len();
        self.text.drain(..start);
    }

    /// Whether nothing but text is in it.
    fn is_plain(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty()
    }

    /// Writes it as a record of these columns. It is an object, whatever is in it.
    pub(super) fn write_record(&self, columns: &[Column], json: &mut Vec<u8>) {
        json.push(b'{');
        self.write_fields(columns, json);
        json.push(b'}');
    }

    /// Writes it as a value of its column: one that is declared as a plain value is its text.
    fn write(&self, column: Option<&Column>, json: &mut Vec<u8>) {
        let declared = column.filter(|column| !column.inferred);
        if self.is_nil {
            json.extend_from_slice(b"null");
        } else if declared.is_some_and(|column| column.data_type != DataType::Json)
            && self.children.is_empty()
        {
            Kind::of(declared).write(&self.text, json);
        } else if !self.is_plain() {
            self.write_record(column.map(|column| &*column.fields).unwrap_or_default(), json);
        } else if self.text.is_empty() {
            json.extend_from_slice(b"null");
        } else {
            write_text(&self.text, json);
        }
    }

    /// Writes what is in it as the members of an object.
    fn write_fields(&self, columns: &[Column], json: &mut Vec<u8>) {
        let column = |name: &str| columns.iter().find(|column| column.name == name);
        for (name, value) in &self.attributes {
            let name = format!("@{name}");
            begin(&name, json);
            Kind::of(column(&name)).write(value, json);
        }
        write_groups(&self.children.iter().collect::<Vec<_>>(), &column, json);
        if !self.text.is_empty() {
            begin("#text", json);
            Kind::of(column("#text")).write(&self.text, json);
        }
    }
}

/// Writes elements as the members of an object: those of one name as a list, as is one that is declared as a
/// list.
fn write_groups<'c>(
    elements: &[&Element],
    column: &dyn Fn(&str) -> Option<&'c Column>,
    json: &mut Vec<u8>,
) {
    let mut written: Vec<&str> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let name = &*element.name;
        if written.contains(&name) {
            continue;
        }
        written.push(name);
        begin(name, json);
        let column = column(name);
        let items = column.and_then(|column| column.items.as_deref());
        let mut others = elements[index + 1..].iter().filter(|other| other.name == name).peekable();
        if items.is_none() && others.peek().is_none() {
            element.write(column, json);
            continue;
        }
        json.push(b'[');
        element.write(items, json);
        for other in others {
            json.push(b',');
            other.write(items, json);
        }
        json.push(b']');
    }
}

/// Begins the member of an object.
fn begin(name: &str, json: &mut Vec<u8>) {
    if !matches!(json.last(), Some(b'{')) {
        json.push(b',');
    }
    write_text(name, json);
    json.push(b':');
}

/// Writes the root elements of documents without records.
pub(super) fn write_members(roots: &[Element], json: &mut Vec<u8>) {
    json.push(b'{');
    write_groups(&roots.iter().collect::<Vec<_>>(), &|_| None, json);
    json.push(b'}');
}

/// Takes those children of elements that have this name.
pub(super) fn children_of(elements: &mut [Element], name: &str) -> Vec<Element> {
    let mut taken = Vec::new();
    for element in elements {
        let (of_name, others) =
            mem::take(&mut element.children).into_iter().partition(|child| child.name == name);
        element.children = others;
        taken.extend::<Vec<_>>(of_name);
    }
    taken
}

/// Ends the object that elements along the path to the records are, with what is in them beside those.
pub(super) fn write_rest(elements: &[Element], json: &mut Vec<u8>) {
    for element in elements {
        for (name, value) in &element.attributes {
            begin(&format!("@{name}"), json);
            write_text(value, json);
        }
    }
    let children: Vec<_> = elements.iter().flat_map(|element| &element.children).collect();
    write_groups(&children, &|_| None, json);
    json.push(b'}');
}
