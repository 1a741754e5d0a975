//! From what a page selects to the records of a resource with a `record form`: records are put together of
//! what the response has, and changed step by step. The page becomes a list of the records as they are
//! then, and all behind it sees only those.

mod added;
mod around;
mod cast;
mod change;
mod node;
mod row;
mod trie;

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::value::RawValue;

pub(crate) use self::added::Fill;
use self::{
    added::Added,
    around::{Enclosed, Reading},
    change::{Rename, cast_all, exclude, include, put},
    node::Node,
    row::Header,
    trie::Trie,
};
use super::{
    explain,
    fault::Fault,
    plain::whole,
    query::Scope,
    select::{Select as _, one_by_one},
};
use crate::{
    error::Misread,
    plan::{Cast, FieldPath, Filter, ProcessingStep, RecordForm, Selector},
};

/// How the records of a resource are made.
pub(crate) struct Shape {
    form: RecordForm,
    steps: Vec<Step>,
    /// Whether it has been told that a field of what encloses records is missing.
    is_told: AtomicBool,
}

enum Step {
    Filter(Filter),
    Exclude(Trie<()>),
    Include(Trie<()>),
    Rename(Rename),
    /// What is added is at this place of [`Values`].
    Add(usize),
    Cast(Trie<Cast>),
}

/// What the steps of a page add.
pub(crate) struct Values(Vec<Vec<(FieldPath, Added)>>);

/// What a page has become.
pub(crate) struct Shaped {
    /// A list with an entry for each record that was sent.
    pub(crate) text: String,
    /// What has become of each.
    pub(crate) fates: Vec<Fate>,
    /// Why some do not fit, by their indices, with the records as they were sent.
    pub(crate) unfit: Vec<(usize, Box<RawValue>, Misread)>,
}

/// What has become of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    /// A filter does not hold for it.
    Filtered,
    /// A step cannot be done.
    Unfit,
}

impl Shape {
    /// `None` if records stay as they are sent.
    pub(crate) fn of(form: &RecordForm) -> Option<Shape> {
        if form.is_plain() {
            return None;
        }
        let mut adds = 0;
        let steps = form.steps.iter().map(|step| match step {
            ProcessingStep::Filter(of) => Step::Filter(of.filter.clone()),
            ProcessingStep::Exclude(paths) => Step::Exclude(Trie::of_paths(paths)),
            ProcessingStep::Include(paths) => Step::Include(Trie::of_paths(paths)),
            ProcessingStep::Rename(renamed) => Step::Rename(Rename::of(renamed)),
            ProcessingStep::Add(_) => {
                adds += 1;
                Step::Add(adds - 1)
            }
            ProcessingStep::Cast(casts) => {
                Step::Cast(Trie::of(casts.iter().map(|(path, to)| (&**path, *to))))
            }
        });
        let steps = steps.collect();
        Some(Shape { form: form.clone(), steps, is_told: AtomicBool::new(false) })
    }

    /// What the steps add to the records of a page. The error says which gap cannot be filled.
    pub(crate) fn values(&self, fill: Fill<'_>) -> Result<Values, String> {
        let mut values = Vec::new();
        for step in self.form.steps.iter() {
            let ProcessingStep::Add(added) = step else { continue };
            let added =
                added.iter().map(|(path, value)| Ok((path.clone(), Added::of(value, fill)?)));
            values.push(added.collect::<Result<_, String>>()?);
        }
        Ok(Values(values))
    }

    /// The records of a page. With `looks_on` those that are left out are changed, too, as their
    /// incremental cursor counts. Without `quarantines` one that does not fit fails the page.
    pub(crate) fn page(
        &self,
        selector: &Selector,
        body: &str,
        values: &Values,
        looks_on: bool,
        quarantines: bool,
    ) -> Result<Shaped, Fault> {
        let records = self.records(selector, body)?;
        let header = match &*records {
            [] => Header::default(),
            _ => row::header(&self.form.rows, body)?,
        };
        let mut reading = Reading::default();
        let mut shaped = Shaped { text: "[".to_owned(), fates: Vec::new(), unfit: Vec::new() };
        shaped.text.reserve(body.len());
        for (index, record) in records.iter().enumerate() {
            if index > 0 {
                shaped.text.push(',');
            }
            if header.is(record.raw()) {
                shaped.text.push_str("null");
                shaped.fates.push(Fate::Filtered);
                continue;
            }
            let start = shaped.text.len();
            let mut change = Change {
                steps: &self.steps,
                values,
                json: &mut shaped.text,
                looks_on,
                is_filtered: false,
                misread: None,
            };
            let is_done =
                self.put_together(record, &header, &mut reading).and_then(|whole| match whole {
                    Some(whole) => change.apply(0, raw(&whole)?),
                    None => change.apply(0, record.raw()),
                });
            let (is_filtered, mut misread) = (change.is_filtered, change.misread);
            if let Err(wrong) = is_done {
                misread.get_or_insert(wrong);
                shaped.text.truncate(start);
                shaped.text.push_str("null");
            }
            shaped.fates.push(match misread {
                _ if is_filtered => Fate::Filtered,
                None => Fate::Kept,
                Some(misread) => {
                    let misread = Misread { record: Some(index as u64 + 1), ..misread };
                    if !quarantines {
                        return Err(Fault::Misread(misread));
                    }
                    shaped.unfit.push((index, record.raw().to_owned(), misread));
                    Fate::Unfit
                }
            });
        }
        shaped.text.push(']');
        Ok(shaped)
    }

    /// What is selected of a page.
    fn records<'a>(&self, selector: &Selector, body: &'a str) -> Result<Vec<Sent<'a>>, Fault> {
        if let Selector::Keys(path) = selector
            && let Some(found) = selector.find(body)?
            && let Some(misread) = explain::no_records(path, found)
        {
            return Err(Fault::Misread(misread));
        }
        if self.form.with.is_empty() {
            return Ok(selector.records(body)?.into_iter().map(Sent::Alone).collect());
        }
        // Says what is wrong if nothing is selected.
        one_by_one(selector, body)?;
        Ok(around::records(selector, body)?.into_iter().map(Sent::Enclosed).collect())
    }

    /// A record with the names of its values and what it gets from what encloses it. `None` if it stays
    /// as it is.
    fn put_together<'a>(
        &self,
        sent: &Sent<'a>,
        header: &Header<'a>,
        reading: &mut Reading<'a>,
    ) -> Result<Option<String>, Misread> {
        let record = sent.raw();
        if self.form.rows.is_empty() && self.form.with.is_empty() || record.get() == "null" {
            return Ok(None);
        }
        let mut node = match &*self.form.rows {
            [] => object(record),
            rows => row::object(rows, header, record)?,
        };
        if let Sent::Enclosed(enclosed) = sent {
            for (index, with) in self.form.with.iter().enumerate() {
                let found = reading.field(index, with, enclosed)?;
                if found.is_none() && !self.is_told.swap(true, Ordering::Relaxed) {
                    let (field, path) = (&*with.name, with.path.to_string());
                    tracing::warn!(
                        field,
                        path,
                        "a response does not have what `with` takes from it: the field is null"
                    );
                }
                let value = Node::owned(found.unwrap_or_else(|| "null".to_owned()));
                put(&mut node, std::slice::from_ref(&with.name), value, "`with` adds it")?;
            }
        }
        Ok(Some(node.json()))
    }
}

/// A record as it was sent.
enum Sent<'a> {
    Alone(&'a RawValue),
    Enclosed(Enclosed<'a>),
}

impl<'a> Sent<'a> {
    fn raw(&self) -> &'a RawValue {
        match self {
            Sent::Alone(record) => record,
            Sent::Enclosed(enclosed) => enclosed.record,
        }
    }
}

/// Goes through the steps with one record.
struct Change<'s> {
    steps: &'s [Step],
    values: &'s Values,
    /// Where the record is written.
    json: &'s mut String,
    looks_on: bool,
    is_filtered: bool,
    misread: Option<Misread>,
}

impl Change<'_> {
    /// Goes through the steps from that of this index on.
    fn apply(&mut self, mut at: usize, record: &RawValue) -> Result<(), Misread> {
        while let Some(Step::Filter(filter)) = self.steps.get(at) {
            if !(Scope { current: record, root: record }).holds(filter)? {
                self.is_filtered = true;
                if !self.looks_on {
                    self.json.push_str("null");
                    return Ok(());
                }
            }
            at += 1;
        }
        if at == self.steps.len() {
            self.json.push_str(record.get());
            return Ok(());
        }
        if record.get() == "null" {
            // No step has anything to change, and what it means is for the columns to say.
            return self.apply(at + 1, record);
        }
        let is_object = record.get().starts_with('{');
        let mut node = object(record);
        let start = at;
        while let Some(step) = self.steps.get(at) {
            let changed = match step {
                Step::Filter(_) => break,
                Step::Add(index) => {
                    let values = self.values.0.get(*index).map_or(&[][..], Vec::as_slice);
                    // Fields are read from text.
                    let is_fresh = at == start && is_object;
                    if !is_fresh && values.iter().any(|(_, value)| value.is_of_record()) {
                        break;
                    }
                    add(&mut node, values, record)
                }
                Step::Exclude(paths) => exclude(&mut node, paths),
                Step::Include(paths) => include(&mut node, paths),
                Step::Rename(rename) => rename.apply(&mut node),
                Step::Cast(casts) => cast_all(&mut node, casts),
            };
            if let Err(misread) = changed {
                if !self.looks_on {
                    return Err(misread);
                }
                self.misread.get_or_insert(misread);
            }
            at += 1;
        }
        if at == self.steps.len() {
            node.write(self.json);
            return Ok(());
        }
        let json = node.json();
        self.apply(at, raw(&json)?)
    }
}

fn add(
    node: &mut Node<'_>,
    values: &[(FieldPath, Added)],
    record: &RawValue,
) -> Result<(), Misread> {
    for (path, value) in values {
        put(node, path, Node::owned(value.json(record)?), "a step adds it")?;
    }
    Ok(())
}

/// A record as an object, which a plain value or a list becomes as in its table.
fn object(record: &RawValue) -> Node<'_> {
    let json = record.get();
    if json.starts_with('{') {
        return Node::of(json);
    }
    let member = node::Member { name: whole(json).into(), value: Node::of(json) };
    Node::Object(vec![member])
}

fn raw(json: &str) -> Result<&RawValue, Misread> {
    serde_json::from_str(json).map_err(|error| Misread {
        what: format!("the record is JSON that nothing can hold ({error})"),
        ..Misread::default()
    })
}
