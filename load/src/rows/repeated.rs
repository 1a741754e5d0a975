//! How many of the first records of a load share their primary key with an earlier one of it.

use std::{
    collections::HashSet,
    hash::{BuildHasher as _, BuildHasherDefault, Hash as _, Hasher},
};

use foldhash::fast::RandomState;

use super::{Row, TableRows, Value};

/// How many rows of a load are looked at, so that memory and time are bounded: a key that is none shows
/// among the first.
pub(crate) const LOOKED_AT: u64 = 100_000;

/// What is in a set of hashes is not hashed a second time.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The keys of a load so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    known: HashSet<u64, BuildHasherDefault<Hashed>>,
    hasher: RandomState,
    rows: u64,
}

impl Keys {
    /// How many of these rows have the key of an earlier one, in the columns at these places.
    pub(super) fn repeated(&mut self, rows: &TableRows<'_>, key: &[usize]) -> u64 {
        if key.is_empty() || self.rows >= LOOKED_AT {
            return 0;
        }
        self.rows += rows.len() as u64;
        let hasher = &self.hasher;
        rows.iter().filter(|row| !self.known.insert(hash(hasher, row, key))).count() as u64
    }
}

fn hash(hasher: &RandomState, row: &Row<'_, '_>, key: &[usize]) -> u64 {
    let mut hasher = hasher.build_hasher();
    for place in key {
        match row.value(*place) {
            Value::Text(text) => text.hash(&mut hasher),
            Value::Bigint(number) => number.hash(&mut hasher),
            other => format!("{other:?}").hash(&mut hasher),
        }
    }
    hasher.finish()
}
