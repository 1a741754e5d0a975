//! Which of the staged records become rows.

use std::collections::{HashMap, HashSet};

use arrow_array::{Array, RecordBatch, cast::AsArray, types::Int64Type};

use super::order::{Sort, Sorted};
use crate::rows::SEQUENCE;

/// The records that count, one for each key. What is in memory of each is a digest and a number, and
/// the values of columns with `dedup_sort`.
pub(super) struct Chosen {
    sorts: Vec<Sort>,
    /// Whether the first of several records counts rather than the last, if `dedup_sort` does not
    /// tell.
    first: bool,
    by_key: HashMap<u128, Record>,
    /// Those of a resource that has no such key.
    others: Vec<Record>,
}

/// A staged record.
struct Record {
    /// Its number in the load.
    number: i64,
    /// Whether it says that its row is deleted.
    is_deleted: bool,
    sorted: Vec<Option<Sorted>>,
}

impl Chosen {
    pub(super) fn new(sorts: Vec<Sort>, first: bool) -> Chosen {
        Chosen { sorts, first, by_key: HashMap::new(), others: Vec::new() }
    }

    /// Chooses among more staged records.
    pub(super) fn add(&mut self, batch: &RecordBatch, keys: &[Option<u128>], are_deleted: &[bool]) {
        for (row, number) in numbers(batch).enumerate() {
            let sorted = Sort::values(&self.sorts, batch, row);
            let record = Record { number, is_deleted: are_deleted[row], sorted };
            let Some(key) = keys[row] else {
                self.others.push(record);
                continue;
            };
            match self.by_key.get(&key) {
                Some(chosen) if !self.counts(&record, chosen) => {}
                _ => {
                    self.by_key.insert(key, record);
                }
            }
        }
    }

    /// Whether a record counts rather than one that was there before it.
    fn counts(&self, record: &Record, before: &Record) -> bool {
        let order = Sort::compare(&self.sorts, &record.sorted, &before.sorted);
        order.is_lt() || (order.is_eq() && !self.first)
    }

    /// Whether there are no records.
    pub(super) fn is_empty(&self) -> bool {
        self.by_key.is_empty() && self.others.is_empty()
    }

    /// Whether a record with this key is chosen.
    pub(super) fn has(&self, key: u128) -> bool {
        self.by_key.contains_key(&key)
    }

    /// Chooses no record with this key.
    pub(super) fn remove(&mut self, key: u128) {
        self.by_key.remove(&key);
    }

    /// The numbers of the chosen records, also of those that say that their row is deleted.
    pub(super) fn all(&self) -> HashSet<i64> {
        let records = self.by_key.values().chain(&self.others);
        records.map(|record| record.number).collect()
    }

    /// The numbers of the records that become rows, of those keys for which `is_new` is true.
    pub(super) fn rows(&self, is_new: impl Fn(u128) -> bool) -> HashSet<i64> {
        let by_key = self.by_key.iter().filter(|(key, _)| is_new(**key)).map(|(_, record)| record);
        let rows = by_key.chain(&self.others).filter(|record| !record.is_deleted);
        rows.map(|record| record.number).collect()
    }
}

/// The numbers that staged records have in their load.
pub(super) fn numbers(batch: &RecordBatch) -> impl Iterator<Item = i64> {
    let column = batch.column_by_name(SEQUENCE);
    let column = column.and_then(|column| column.as_primitive_opt::<Int64Type>());
    // Each staged file has them.
    column.map(|numbers| numbers.values().to_vec()).unwrap_or_default().into_iter()
}

/// Which records say that their row is deleted, by these columns.
pub(super) fn are_deleted(batch: &RecordBatch, columns: &[String]) -> Vec<bool> {
    let columns: Vec<_> = columns.iter().filter_map(|name| batch.column_by_name(name)).collect();
    let is_deleted = |row: usize| {
        columns.iter().any(|column| match column.as_boolean_opt() {
            Some(truths) => truths.is_valid(row) && truths.value(row),
            None => column.is_valid(row),
        })
    };
    (0..batch.num_rows()).map(is_deleted).collect()
}
