//! By what the records of a page are recognised: as they are written, by what identifies them, and by
//! fields that tell them apart.

use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use memchr::memchr_iter;
use serde_json::value::RawValue;

use crate::{
    Extra,
    decode::identity::of_column,
    plan::{ResourcePlan, Str},
};

/// How many records of a page are recognised by what identifies them.
const RECORDS: usize = 64;

/// How many words of 64 bits are hashed side by side.
const ROWS: usize = 4;

/// An odd number without a pattern: 2⁶⁴ by the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// What may identify a record, where the file does not say it.
const IDENTITIES: &[&str] = &["id", "uuid", "guid", "_id"];

/// What identifies the records of a resource.
pub(super) struct Key {
    names: Vec<Str>,
    pub(super) is_declared: bool,
}

impl Key {
    /// The primary key, as far as a record of the page has it, or else what is mostly called so.
    pub(super) fn of(record: &RawValue, plan: &ResourcePlan) -> Option<Key> {
        let has = |name: &Str| value(record, name).is_some();
        let records = &plan.endpoint.records;
        let sent = plan.primary_key.iter().filter_map(|name| records.sent(name));
        let declared: Vec<Str> = sent.filter(has).collect();
        if !declared.is_empty() {
            return Some(Key { names: declared, is_declared: true });
        }
        let mut likely = IDENTITIES.iter().map(|name| Str::Borrowed(*name));
        let name = likely.find(has)?;
        Some(Key { names: vec![name], is_declared: false })
    }

    /// Of the keys of these records in any order. `None` if one has none.
    pub(super) fn of_all(&self, records: &[&RawValue]) -> Option<u64> {
        let mut sum = records.len() as u64;
        for record in records.iter().take(RECORDS) {
            let mut hasher = DefaultHasher::new();
            for name in &self.names {
                value(record, name)?.hash(&mut hasher);
            }
            sum = sum.wrapping_add(hasher.finish());
        }
        Some(sum)
    }

    /// Whether the first two records have other ones.
    pub(super) fn are_several(&self, records: &[&RawValue]) -> bool {
        records.len() > 1 && self.of_all(&records[..1]) != self.of_all(&records[1..2])
    }

    pub(super) fn name(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    }
}

/// Of what identifies a record, or of how it is written.
pub(super) fn of_one(record: &RawValue, plan: &ResourcePlan) -> u64 {
    let key = Key::of(record, plan).and_then(|key| key.of_all(&[record]));
    key.unwrap_or_else(|| written(&[record]))
}

/// How many objects a text has, with those in them.
pub(super) fn braces(text: &str) -> usize {
    memchr_iter(b'{', text.as_bytes()).count()
}

/// How many objects each of these records has. `None` if that differs, or they are no objects.
pub(super) fn braces_of_each(records: &[&RawValue]) -> Option<usize> {
    let mut counts = records.iter().map(|record| braces(record.get()));
    let first = counts.next().filter(|first| *first > 0)?;
    counts.all(|count| count == first).then_some(first)
}

/// A page that may come again with values that change from one request to the next.
#[derive(Clone)]
pub(super) struct Reached {
    records: u64,
    keys: Option<u64>,
    /// The fields of which each record has another value, with all of these.
    distinct: BTreeMap<String, u64>,
}

impl Reached {
    pub(super) fn of(records: &[&RawValue], plan: &ResourcePlan) -> Reached {
        let key = records.first().and_then(|record| Key::of(record, plan));
        Reached {
            records: written(records),
            keys: key.and_then(|key| key.of_all(records)),
            distinct: distinct(records),
        }
    }

    /// Whether another page is this one: it has the same records, or as many with the same identities,
    /// or with the same values in a field that tells them apart.
    pub(super) fn is(&self, other: &Reached) -> bool {
        match (self.keys, other.keys) {
            _ if self.records == other.records => true,
            (Some(one), Some(other)) => one == other,
            _ => {
                self.distinct.iter().any(|(name, values)| other.distinct.get(name) == Some(values))
            }
        }
    }
}

/// The fields of which each of the records has another value, with all of these.
fn distinct(records: &[&RawValue]) -> BTreeMap<String, u64> {
    let mut fields: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for record in records.iter().take(RECORDS) {
        for (name, value) in Extra::members_of(record.get()) {
            fields.entry(name.into_owned()).or_default().push(value);
        }
    }
    let count = records.len().min(RECORDS);
    let is_distinct = |values: &[&str]| {
        count > 1 && values.len() == count && values.iter().collect::<HashSet<_>>().len() == count
    };
    fields.retain(|_, values| is_distinct(values));
    let hash = |values: Vec<&str>| {
        let mut hasher = DefaultHasher::new();
        (records.len(), values).hash(&mut hasher);
        hasher.finish()
    };
    fields.into_iter().map(|(name, values)| (name, hash(values))).collect()
}

/// Whether the first two records are other values.
pub(super) fn are_different(records: &[&RawValue]) -> bool {
    records.len() > 1 && records[0].get() != records[1].get()
}

/// What a record has under a name, unless that is null.
fn value<'a>(record: &'a RawValue, name: &Str) -> Option<&'a str> {
    of_column(record, name).filter(|value| *value != "null")
}

/// Of the records as they are written. Where pages are counted this goes over each of them, and the hash of
/// the standard library would add a tenth to what a page costs: here four rows of words are multiplied
/// side by side.
pub(super) fn written(records: &[&RawValue]) -> u64 {
    let mut rows = [0_u64; ROWS];
    let mut add = |block: &[u8; 8 * ROWS]| {
        for (row, word) in rows.iter_mut().zip(block.as_chunks().0) {
            *row = (row.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
        }
    };
    let mut hasher = DefaultHasher::new();
    for record in records {
        let (blocks, rest) = record.get().as_bytes().as_chunks();
        blocks.iter().for_each(&mut add);
        let mut last = [0; 8 * ROWS];
        last[..rest.len()].copy_from_slice(rest);
        add(&last);
        record.get().len().hash(&mut hasher);
    }
    rows.hash(&mut hasher);
    hasher.finish()
}
