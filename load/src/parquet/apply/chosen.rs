//! Which of the staged records become rows.

use std::collections::HashMap;

use arrow_array::{Array, RecordBatch, cast::AsArray, types::Int64Type};

use super::{
    order::{Sort, Sorted},
    records::Records,
};
use crate::rows::SEQUENCE;

/// The records that count, one for each key. What is in memory of each is the digest of its key and
/// its number, and the values of columns with `dedup_sort`.
pub(super) struct Chosen {
    /// Whether the first of several records counts rather than the last, if `dedup_sort` does not
    /// tell.
    first: bool,
    sorts: Vec<Sort>,
    /// The numbers that records have in their load.
    by_key: HashMap<u128, i64>,
    /// The values that the columns with `dedup_sort` have, if there are any.
    sorted: HashMap<u128, Vec<Option<Sorted>>>,
    /// All that count, also those without a key by which to choose.
    all: Records,
    /// Those that say that their row is deleted.
    deleted: Records,
}

impl Chosen {
    pub(super) fn new(sorts: Vec<Sort>, first: bool) -> Chosen {
        Chosen {
            first,
            sorts,
            by_key: HashMap::new(),
            sorted: HashMap::new(),
            all: Records::default(),
            deleted: Records::default(),
        }
    }

    /// Chooses among more staged records.
    pub(super) fn add(&mut self, batch: &RecordBatch, keys: &[Option<u128>], are_deleted: &[bool]) {
        for (row, record) in numbers(batch).enumerate() {
            if are_deleted[row] {
                self.deleted.insert(record);
            }
            if keys[row].is_none_or(|key| self.choose(key, record, batch, row)) {
                self.all.insert(record);
            }
        }
    }

    /// Whether a record counts rather than the one with its key that was there before, if any.
    fn choose(&mut self, key: u128, record: i64, batch: &RecordBatch, row: usize) -> bool {
        let sorted = Sort::values(&self.sorts, batch, row);
        if let Some(before) = self.by_key.get(&key) {
            let others = self.sorted.get(&key).map_or(&[][..], |sorted| sorted);
            let order = Sort::compare(&self.sorts, &sorted, others);
            if order.is_gt() || (order.is_eq() && self.first) {
                return false;
            }
            self.all.remove(*before);
        }
        self.by_key.insert(key, record);
        if !self.sorts.is_empty() {
            self.sorted.insert(key, sorted);
        }
        true
    }

    /// Whether any record may become a row.
    pub(super) fn has_rows(&self) -> bool {
        !self.all.is_within(&self.deleted)
    }

    /// How many records become rows.
    pub(super) fn rows(&self) -> u64 {
        self.all.count_without(&self.deleted)
    }

    /// The record with this key that is chosen.
    pub(super) fn record(&self, key: u128) -> Option<i64> {
        self.by_key.get(&key).copied()
    }

    /// Whether a record with this key is chosen.
    pub(super) fn has(&self, key: u128) -> bool {
        self.by_key.contains_key(&key)
    }

    /// Makes no row of the record with this key, which is chosen all the same.
    pub(super) fn leave_out(&mut self, key: u128) {
        if let Some(record) = self.by_key.get(&key) {
            self.all.remove(*record);
        }
    }

    /// Whether a record is chosen, also one that says that its row is deleted.
    pub(super) fn counts(&self, record: i64) -> bool {
        self.all.contains(record)
    }

    /// Whether a record becomes a row.
    pub(super) fn is_row(&self, record: i64) -> bool {
        self.all.contains(record) && !self.deleted.contains(record)
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
