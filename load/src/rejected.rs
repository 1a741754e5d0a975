//! Records that cannot be stored.

use rest_source::{AnyPage, FieldRef, Record};

/// What happens to a record that cannot be stored: one that lacks a value which it must have, say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnBadRecord {
    /// It is an error, and nothing of its page is loaded.
    #[default]
    Fail,
    /// It is set aside with the reason, in a table beside that of its resource:
    /// `payments__rejected`.
    Quarantine,
}

/// A record that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// The number of its page in the fetch, from 1.
    pub page: u64,
    /// Its number in the page, from 1.
    pub record: u64,
    /// Why it cannot be stored.
    pub reason: String,
    /// The record as JSON.
    pub json: String,
}

impl Rejected {
    /// One that could not be decoded.
    pub(crate) fn undecodable(page: &AnyPage, rejected: &rest_source::Rejected) -> Rejected {
        let rest_source::Rejected { record, number, field, reason, .. } = rejected;
        Rejected {
            page: page.number,
            record: *number,
            reason: match field {
                Some(field) => format!("`{field}`: {reason}"),
                None => reason.clone(),
            },
            json: record.clone(),
        }
    }

    /// One that has no place in a table.
    pub(crate) fn of(
        page: &AnyPage,
        index: usize,
        reason: String,
        record: &dyn Record,
    ) -> Rejected {
        let mut json = Vec::new();
        // Writing into memory does not fail.
        let _ = FieldRef::Record(record).write_json(&mut json);
        Rejected {
            page: page.number,
            record: number(page, index),
            reason,
            json: String::from_utf8(json).unwrap_or_default(),
        }
    }
}

/// The number of a page's record among those that the server sent, from 1.
pub(crate) fn number(page: &AnyPage, index: usize) -> u64 {
    page.rejected.iter().fold(index as u64 + 1, |number, rejected| {
        if rejected.number <= number { number + 1 } else { number }
    })
}
