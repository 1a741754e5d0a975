//! What a child takes from a record of its parent.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use serde_json::{Value, value::RawValue};

use super::lists::Combination;
use crate::{
    decode::{
        Select as _, exact,
        identity::{earlier, identity, joined},
        must_match,
    },
    error::{Misread, Reason},
    fetch::{slice::Origin, templates::each_added},
    incremental::WindowRange,
    plan::{Crossed, Included, JsonPath, Part, ResourcePlan, Selector, Str},
};

/// What a child takes from a record of its parent.
pub(super) struct Relation {
    /// [`parent_fields`](crate::plan::Endpoint::parent_fields).
    fields: Vec<Selector>,
    /// The fields that a step adds to its records.
    added: Vec<Taken>,
    /// The fields that its records get.
    included: Vec<Taken>,
}

/// A field that the child's records get.
struct Taken {
    field: Selector,
    column: Str,
    absence: Absence,
}

/// What it means that a record does not have a field.
enum Absence {
    /// The parent declares the field, and here it has no value.
    Null,
    /// The field is within another one, which may lack it, or the path to it is misspelt. Whether that
    /// has been told.
    Told(AtomicBool),
    /// The name is most likely misspelt.
    Error,
}

/// The values of one record of the parent, or of another origin.
#[derive(Clone)]
pub(super) struct Related {
    pub(super) values: Arc<[(Selector, Value)]>,
    /// The values of the lists that the child is fetched for.
    pub(super) each: Arc<[(Str, Value)]>,
    pub(super) included: Arc<[(Str, Box<RawValue>)]>,
    pub(super) added: Arc<[(Selector, Box<RawValue>)]>,
}

impl Relation {
    /// To a parent.
    pub(super) fn of(child: &ResourcePlan) -> Relation {
        let fields = child.endpoint.parent_fields().into_iter().cloned().collect();
        let mut added: Vec<Taken> = Vec::new();
        each_added(&child.endpoint, &mut |template| {
            for part in template.0.iter() {
                if let (Part::Parent(field), Some(parent)) = (part, &child.parent)
                    && added.iter().all(|taken| taken.field != *field)
                {
                    added.push(Taken {
                        field: field.clone(),
                        column: field.to_string().into(),
                        absence: Absence::of(field, &parent.plan),
                    });
                }
            }
        });
        let included = child.parent.iter();
        let included = included.flat_map(|parent| taken(&parent.include, &parent.plan)).collect();
        Relation { fields, added, included }
    }

    /// To a resource beside the parent.
    pub(super) fn crossed(crossed: &Crossed) -> Relation {
        let fields = crossed.fields.iter().map(|(_, field)| field.clone()).collect();
        let included = taken(&crossed.include, &crossed.plan).collect();
        Relation { fields, included, added: Vec::new() }
    }

    /// What a record has for the child, itself or `inherited` from its own parent. The inner error
    /// is a field that is `null` or empty: there is nothing to ask for then.
    pub(super) fn read(
        &self,
        parent: &str,
        record: &RawValue,
        inherited: &[(Str, Box<RawValue>)],
    ) -> Result<Result<Related, &Selector>, Misread> {
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let found = read(parent, record, inherited, field)?
                .ok_or_else(|| lacks(parent, record, field))?;
            let value = exact(found).map_err(|_| lacks(parent, record, field))?;
            if value.is_null() || value.as_str() == Some("") {
                return Ok(Err(field));
            }
            values.push((field.clone(), value));
        }
        let included = self
            .included
            .iter()
            .map(|taken| Ok((taken.column.clone(), taken.read(parent, record, inherited)?)));
        let included = included.collect::<Result<Vec<_>, Misread>>()?;
        let added = self
            .added
            .iter()
            .map(|taken| Ok((taken.field.clone(), taken.read(parent, record, inherited)?)));
        let added = added.collect::<Result<Vec<_>, Misread>>()?;
        Ok(Ok(Related {
            values: values.into(),
            each: [].into(),
            included: included.into(),
            added: added.into(),
        }))
    }
}

impl Relation {
    /// What was taken from a record again, as a slice has it.
    pub(super) fn taken_again(&self, origin: &Origin) -> Result<Related, Reason> {
        let Origin { fields, include, added } = origin;
        let is_whole = fields.len() == self.fields.len()
            && include.len() == self.included.len()
            && added.len() == self.added.len();
        if !is_whole {
            return Err("the slice has not what the resource takes from its parent".into());
        }
        let included = self.included.iter().map(|taken| taken.column.clone());
        let included = included.zip(include).map(|(column, json)| Ok((column, raw(json)?)));
        let added = self.added.iter().map(|taken| taken.field.clone()).zip(added);
        let added = added.map(|(field, json)| Ok((field, raw(json)?)));
        Ok(Related {
            values: self.fields.iter().cloned().zip(fields.iter().cloned()).collect(),
            each: [].into(),
            included: included.collect::<Result<_, Reason>>()?,
            added: added.collect::<Result<_, Reason>>()?,
        })
    }
}

/// JSON as a slice has it.
pub(super) fn raw(json: &str) -> Result<Box<RawValue>, Reason> {
    RawValue::from_string(json.to_owned())
        .map_err(|error| format!("the slice has `{json}`, which is not JSON: {error}").into())
}

/// The fields of a record of `of` that are included.
fn taken(include: &[Included], of: &ResourcePlan) -> impl Iterator<Item = Taken> {
    include.iter().map(|included| Taken {
        field: included.field.clone(),
        column: included.column.clone(),
        absence: Absence::of(&included.field, of),
    })
}

impl Taken {
    /// The field of a record, as JSON.
    fn read(
        &self,
        parent: &str,
        record: &RawValue,
        inherited: &[(Str, Box<RawValue>)],
    ) -> Result<Box<RawValue>, Misread> {
        let Taken { field, column, absence } = self;
        let found = match (read(parent, record, inherited, field)?, absence) {
            (Some(found), _) => found,
            (None, Absence::Null) => NULL,
            (None, Absence::Told(is_told)) => {
                if !begins(record, field) && !is_told.swap(true, Ordering::Relaxed) {
                    tell_absent(parent, field, column);
                }
                NULL
            }
            (None, Absence::Error) => return Err(undeclared(parent, record, field)),
        };
        let value: &RawValue =
            serde_json::from_str(found).map_err(|_| lacks(parent, record, field))?;
        Ok(value.to_owned())
    }
}

impl Related {
    /// A window of a range, told from others by where it starts.
    pub(super) fn of_window(slice: &WindowRange) -> Related {
        let values = [(Selector::ROOT, slice.start.clone())].into();
        Related { values, each: [].into(), included: [].into(), added: [].into() }
    }

    /// Nothing, where there is no parent.
    pub(super) fn nothing() -> Related {
        Related { values: [].into(), each: [].into(), included: [].into(), added: [].into() }
    }

    /// A combination of values of lists.
    pub(super) fn of_lists(combination: &Combination) -> Related {
        Related::nothing().with(combination)
    }

    /// The same with a combination of values of lists.
    pub(super) fn with(&self, combination: &Combination) -> Related {
        let included = self.included.iter().chain(&combination.included).cloned();
        let mut each = combination.values.clone();
        // It is known by its values: in the order of their names, whatever the file's is.
        each.sort_by(|one, other| one.0.cmp(&other.0));
        Related {
            values: Arc::clone(&self.values),
            each: each.into(),
            included: included.collect(),
            added: Arc::clone(&self.added),
        }
    }

    /// What was taken, as a slice keeps it.
    pub(super) fn origin(&self) -> Origin {
        let text = |json: &RawValue| json.get().to_owned();
        Origin {
            fields: self.values.iter().map(|(_, value)| value.clone()).collect(),
            include: self.included.iter().map(|(_, json)| text(json)).collect(),
            added: self.added.iter().map(|(_, json)| text(json)).collect(),
        }
    }

    /// What tells the record from others, as far as requests go.
    pub(super) fn key(&self) -> String {
        identity(&joined(self.texts()))
    }

    /// Whether this is its key, or was in an earlier release.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.key() == key || self.earlier_key() == key
    }

    /// The same in the states of earlier releases.
    pub(super) fn earlier_key(&self) -> String {
        earlier(&joined(self.texts()))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        let values = self.values.iter().map(|(_, value)| value);
        values.chain(self.each.iter().map(|(_, value)| value)).map(Value::to_string)
    }

    /// What tells it from others for the child's records too. `key` is what does so for requests.
    pub(super) fn whole_key(&self, key: &str) -> String {
        if self.included.is_empty() && self.added.is_empty() {
            return key.to_owned();
        }
        let included = self.included.iter().map(|(_, value)| value.get().to_owned());
        let added = self.added.iter().map(|(_, value)| value.get().to_owned());
        identity(&joined(self.texts().chain(included).chain(added)))
    }
}

/// What tells a window of the range of a record with this key from others.
pub(super) fn window_key(key: &str, slice: &WindowRange) -> String {
    identity(&joined([key.to_owned(), slice.start.to_string()]))
}

impl Absence {
    fn of(field: &Selector, parent: &ResourcePlan) -> Absence {
        let is_declared = |key: &str| parent.columns.iter().any(|column| column.name == *key);
        if field.first_key().is_some_and(is_declared) {
            Absence::Null
        } else if only_key(field).is_some() {
            Absence::Error
        } else {
            Absence::Told(AtomicBool::new(false))
        }
    }
}

const NULL: &str = "null";

/// The name of a field that is not within another one.
fn only_key(field: &Selector) -> Option<&str> {
    match field {
        Selector::Keys(keys) => match &**keys {
            [key] => Some(key),
            _ => None,
        },
        Selector::JsonPath(_) => None,
    }
}

/// Whether a path leads to nothing as what it leads through is `null`.
fn ends_at_null(field: &Selector, record: &str) -> bool {
    let is_null = |path: Selector| matches!(path.find(record), Ok(Some(NULL)));
    match field {
        Selector::Keys(keys) => {
            (1..keys.len()).any(|end| is_null(Selector::Keys(keys[..end].to_vec().into())))
        }
        Selector::JsonPath(JsonPath { text, segments, .. }) => {
            field.is_single()
                && (1..segments.len()).any(|end| {
                    let segments = segments[..end].to_vec().into();
                    is_null(Selector::JsonPath(JsonPath {
                        text: text.clone(),
                        segments,
                        ..JsonPath::DEFAULT
                    }))
                })
        }
    }
}

/// The JSON of a field; `None` if it is missing, which is not to be `null`: it may be misspelt.
fn read<'a>(
    parent: &str,
    record: &'a RawValue,
    inherited: &'a [(Str, Box<RawValue>)],
    field: &Selector,
) -> Result<Option<&'a str>, Misread> {
    let key = only_key(field);
    if let Some((_, value)) = inherited.iter().find(|(column, _)| Some(&**column) == key) {
        return Ok(Some(value.get()));
    }
    // As the column of a table of plain values.
    if key == Some("value") && is_plain(record) {
        return Ok(Some(record.get()));
    }
    let found = if must_match(field) {
        field.find(record.get()).ok().flatten()
    } else {
        match field.matches(record.get()).unwrap_or_default()[..] {
            [_, _, ..] => return Err(several(parent, record, field)),
            [one] => Some(one.get()),
            [] => None,
        }
    };
    Ok(found.or_else(|| ends_at_null(field, record.get()).then_some(NULL)))
}

/// Whether a record is a number, a text or a truth value.
fn is_plain(record: &RawValue) -> bool {
    !record.get().starts_with(['{', '[', 'n'])
}

fn lacks(parent: &str, record: &RawValue, field: &Selector) -> Misread {
    let what = if is_plain(record) {
        format!(
            "this record of the parent `{parent}` is a plain value and has no fields; write \
             `{{resources.{parent}.$}}` for the value itself"
        )
    } else {
        format!("this record of the parent `{parent}` does not have the field")
    };
    Misread {
        field: Some(field.to_string()),
        what,
        found: Some(record.get().to_owned()),
        ..Misread::default()
    }
}

/// The same of a field that the child's records get.
fn undeclared(parent: &str, record: &RawValue, field: &Selector) -> Misread {
    let misread = lacks(parent, record, field);
    let what = format!(
        "{}; if only some records do, declare it, `columns: {{{field}: {{}}}}` of `{parent}`",
        misread.what
    );
    Misread { what, ..misread }
}

/// Whether there is the field that a path begins with, so that the path is not misspelt.
fn begins(record: &RawValue, field: &Selector) -> bool {
    let first = field.first_key().map(|key| Selector::Keys(vec![Str::from(key.to_owned())].into()));
    first.is_some_and(|first| matches!(first.find(record.get()), Ok(Some(_))))
}

fn tell_absent(parent: &str, field: &Selector, column: &str) {
    let field = field.to_string();
    tracing::warn!(
        parent,
        field,
        column,
        "a record of the parent does not have the field: the column is NULL in its children"
    );
}

fn several(parent: &str, record: &RawValue, field: &Selector) -> Misread {
    Misread {
        field: Some(field.to_string()),
        what: format!(
            "this record of the parent `{parent}` has several values there, and a child is fetched \
             for one; make them the records of a resource between the two, by its `data_selector`"
        ),
        found: Some(record.get().to_owned()),
        ..Misread::default()
    }
}
