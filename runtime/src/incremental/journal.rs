//! A list that only grows, whose clones share what is written.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list that only grows. A clone is how it was when it was cloned, and costs nothing, although the
/// list may be long and each page's checkpoint has one: all share one vector, and each knows how much
/// of it is its own.
pub(crate) struct Journal<T> {
    written: Arc<Mutex<Vec<T>>>,
    length: usize,
}

impl<T: Clone> Journal<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn push(&mut self, entry: T) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.len() == self.length {
            written.push(entry);
        } else {
            // Another clone has gone on from here, so that their ways part.
            let mut own = written.iter().take(self.length).cloned().collect::<Vec<_>>();
            own.push(entry);
            drop(written);
            self.written = Arc::new(Mutex::new(own));
        }
        self.length += 1;
    }

    /// What it has beyond an earlier state of the same list.
    pub(crate) fn since(&self, earlier: &Journal<T>) -> Option<Journal<T>> {
        let is_same = Arc::ptr_eq(&self.written, &earlier.written) || earlier.is_empty();
        if !is_same || earlier.length > self.length {
            return None;
        }
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        Some(written.get(earlier.length..self.length)?.iter().cloned().collect())
    }

    /// Adds what another list has.
    pub(crate) fn extend(&mut self, others: &Journal<T>) {
        others.entries::<Vec<T>>().into_iter().for_each(|entry| self.push(entry));
    }

    /// What is in it, in order.
    pub(crate) fn entries<C: FromIterator<T>>(&self) -> C {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.iter().take(self.length).cloned().collect()
    }
}

impl<T> Clone for Journal<T> {
    fn clone(&self) -> Self {
        Journal { written: Arc::clone(&self.written), length: self.length }
    }
}

impl<T> Default for Journal<T> {
    fn default() -> Self {
        Journal { written: Arc::default(), length: 0 }
    }
}

impl<T> FromIterator<T> for Journal<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let written: Vec<T> = entries.into_iter().collect();
        let length = written.len();
        Journal { written: Arc::new(Mutex::new(written)), length }
    }
}

impl<T: Clone + PartialEq> PartialEq for Journal<T> {
    fn eq(&self, other: &Self) -> bool {
        let is_same = Arc::ptr_eq(&self.written, &other.written) && self.length == other.length;
        is_same || self.entries::<Vec<T>>() == other.entries::<Vec<T>>()
    }
}

impl<T> fmt::Debug for Journal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Journal").field(&self.length).finish()
    }
}

impl<T: Clone + Serialize> Serialize for Journal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        serializer.collect_seq(written.iter().take(self.length))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Journal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|entries: Vec<T>| entries.into_iter().collect())
    }
}
