//! Pages that come round: 1, 2, 3, 1, 2, 3, each under a new page cursor.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// So many marks are remembered, and so many first records; then all are forgotten.
const MOST: usize = 4096;

/// By what a page is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// Its records as they are written.
    Records,
    /// What identifies them.
    Keys,
}

/// The pages that a fetch has looked at. Copies of a paginator, which only ask for pages, share them.
#[derive(Clone, Default)]
pub(super) struct Rounds(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    /// The last page that had a mark.
    numbers: HashMap<(Mark, u64), u64>,
    round: Option<Round>,
    /// The last page that began with a record.
    firsts: HashMap<u64, u64>,
    /// Up to this page each is looked at, as one has come again.
    alert: u64,
}

impl Pages {
    /// A page is like the one so many pages before.
    fn expect_round(&mut self, number: u64, length: u64) {
        self.alert = number.saturating_add(length).saturating_add(length.min(8));
    }
}

/// Pages in a row that are those of as many before.
#[derive(Clone, Copy)]
pub(super) struct Round {
    /// How many pages before.
    pub(super) length: u64,
    /// How many in a row.
    pub(super) pages: u64,
    pub(super) mark: Mark,
}

impl Rounds {
    /// Whether a page is to be looked at because one has come again.
    pub(super) fn is_alert(&self, number: u64) -> bool {
        self.with(|pages| number <= pages.alert)
    }

    /// Takes note of what a page begins with. If one before did so too, the pages from this one on are to be
    /// looked at, as many as there are between and a few more.
    pub(super) fn begins(&self, number: u64, first: u64) {
        self.with(|pages| {
            if pages.firsts.len() >= MOST {
                pages.firsts.clear();
            }
            if let Some(before) = pages.firsts.insert(first, number) {
                pages.expect_round(number, number.saturating_sub(before));
            }
        });
    }

    /// Adds a page. Gives the row of pages that have come again and that it ends; a page just like the one
    /// before it is none of those.
    pub(super) fn add(&self, number: u64, marks: &[(Mark, u64)]) -> Option<Round> {
        self.with(|pages| {
            if pages.numbers.len() >= MOST {
                pages.numbers.clear();
            }
            let mut found = None;
            for mark in marks {
                let before = pages.numbers.insert(*mark, number);
                found = found.or(before.map(|before| (mark.0, number.saturating_sub(before))));
            }
            let found = found.filter(|(_, length)| *length > 1);
            let before = pages.round.take();
            let (mark, length) = found?;
            pages.expect_round(number, length);
            let row = before.filter(|row| row.length == length && row.mark == mark);
            let count = row.map_or(0, |row| row.pages) + 1;
            pages.round = Some(Round { length, pages: count, mark });
            pages.round
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut Pages) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
