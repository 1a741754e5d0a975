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

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

use serde_json::value::RawValue;

use self::{
    added::Added,
    around::{Enclosed, Reading},
    change::{Rename, cast_all, exclude, include, put},
    node::{Node, shown},
    row::Header,
    trie::Trie,
};
pub(crate) use self::{added::Fill, row::places_of_names};
use super::{
    decode_error::DecodeError,
    explain,
    plain::whole,
    query::Scope,
    select::{Select as _, one_by_one},
};
use crate::{
    error::{Misread, Reason, brief},
    plan::{Cast, Column, FieldPath, Filter, Origin, ProcessingStep, RecordForm, Selector, Str},
};

/// How the records of a resource are made.
pub(crate) struct Shape {
    form: RecordForm,
    steps: Vec<Step>,
    /// The declared columns that are values of rows.
    named: Vec<Str>,
    /// The names that the first page has had, in the order of the alphabet.
    first_names: OnceLock<Vec<String>>,
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

impl Step {
    /// Its key in the description.
    fn name(&self) -> &'static str {
        match self {
            Step::Filter(_) => "filter",
            Step::Exclude(_) => "exclude",
            Step::Include(_) => "include",
            Step::Rename(_) => "rename",
            Step::Add(_) => "add",
            Step::Cast(_) => "cast",
        }
    }
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
    pub(crate) fn of(form: &RecordForm, columns: &[Column]) -> Option<Shape> {
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
        let form = form.clone();
        Some(Shape {
            named: named(&form, columns),
            first_names: OnceLock::new(),
            form,
            steps,
            is_told: AtomicBool::new(false),
        })
    }

    /// What the steps add to the records of a page. The error says which gap cannot be filled.
    pub(crate) fn values(&self, fill: Fill<'_>) -> Result<Values, Reason> {
        let mut values = Vec::new();
        for step in self.form.steps.iter() {
            let ProcessingStep::Add(added) = step else { continue };
            let added =
                added.iter().map(|(path, value)| Ok((path.clone(), Added::of(value, fill)?)));
            values.push(added.collect::<Result<_, Reason>>()?);
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
        most: usize,
        looks_on: bool,
        quarantines: bool,
    ) -> Result<Shaped, DecodeError> {
        let records = self.records(selector, body)?;
        let header = match &*records {
            [] => Header::default(),
            _ => self.header(body)?,
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
                most,
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
            if shaped.text.len() > most {
                return Err(DecodeError::Misread(too_large(most)));
            }
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
                        return Err(DecodeError::Misread(misread));
                    }
                    shaped.unfit.push((index, record.raw().to_owned(), misread));
                    Fate::Unfit
                }
            });
        }
        shaped.text.push(']');
        Ok(shaped)
    }

    /// What the values of the rows of a page are called. Names of which no column is declared are those of
    /// something else.
    fn header<'a>(&self, body: &'a str) -> Result<Header<'a>, DecodeError> {
        let header = row::header(&self.form.rows, body)?;
        let mut names: Vec<String> = header.names().map(str::to_owned).collect();
        names.sort_unstable();
        let first = self.first_names.get_or_init(|| names.clone());
        if *first != names
            && let [row, ..] = &*self.form.rows
        {
            return Err(DecodeError::Misread(Misread {
                what: format!(
                    "{} has other names than on the first page, which had {}; if only that page has names, write \
                     them in `record_columns`",
                    row.names,
                    brief(&first.join(", "))
                ),
                found: Some(names.join(", ")),
                ..Misread::default()
            }));
        }
        let is_declared = |name: &str| {
            let end = self.form.end(&[name.to_owned().into()], 0);
            end.is_some_and(|end| end.first().is_some_and(|first| self.named.contains(first)))
        };
        if self.named.is_empty() || header.names().any(is_declared) {
            return Ok(header);
        }
        let [row, ..] = &*self.form.rows else { return Ok(header) };
        let found: Vec<&str> = header.names().collect();
        Err(DecodeError::Misread(Misread {
            what: format!("{} has none of the fields that the description names", row.names),
            found: Some(found.join(", ")),
            ..Misread::default()
        }))
    }

    /// What is selected of a page.
    fn records<'a>(
        &self,
        selector: &Selector,
        body: &'a str,
    ) -> Result<Vec<Sent<'a>>, DecodeError> {
        if let Selector::Keys(path) = selector
            && let Some(found) = selector.find(body)?
            && let Some(misread) = explain::no_records(path, found)
        {
            return Err(DecodeError::Misread(misread));
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

/// The declared columns that are values of rows.
fn named(form: &RecordForm, columns: &[Column]) -> Vec<Str> {
    if form.rows.iter().all(|row| row.values != Selector::ROOT) {
        return Vec::new();
    }
    let is_value = |column: &&Column| {
        let origin = form.origin(std::slice::from_ref(&column.name), form.steps.len());
        let is_given = form.with.iter().any(|with| with.name == column.name);
        origin == Origin::Made(None) && !is_given
    };
    columns.iter().filter(is_value).map(|column| column.name.clone()).collect()
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
    /// How long the JSON of a page may be.
    most: usize,
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
                    add(&mut node, values, record, self.most)
                }
                Step::Exclude(paths) => exclude(&mut node, paths),
                Step::Include(paths) => include(&mut node, paths),
                Step::Rename(rename) => rename.apply(&mut node),
                Step::Cast(casts) => cast_all(&mut node, casts),
            };
            if let Err(misread) = changed {
                let step = format!("step {} (`{}`): {}", at + 1, step.name(), misread.what);
                let misread = Misread { what: step, ..misread };
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
    most: usize,
) -> Result<(), Misread> {
    for (path, value) in values {
        let json = value.json(record).map_err(|misread| {
            let what = format!("`{}` cannot be made: {}", shown(path), misread.what);
            Misread { what, ..misread }
        })?;
        if json.len() > most {
            return Err(too_large(most));
        }
        put(node, path, Node::owned(json), "it is added")?;
    }
    Ok(())
}

/// What is made of a response may not be larger than a response itself may be.
fn too_large(most: usize) -> Misread {
    Misread {
        what: format!(
            "the records of the response become more than {most} bytes of JSON; `max_body_bytes` of the builder \
             (`--max-body-bytes`) allows more"
        ),
        ..Misread::default()
    }
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
