//! A value of a record that does not fit, and where in the record it is.

use std::{borrow::Cow, fmt};

use crate::error::Misread;

/// A value that does not fit, found on the way down to it and placed on the way back.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// `links.customer`, `items[3].amount`.
    path: String,
    expected: Cow<'static, str>,
    found: String,
    /// Whether the schema contract leaves the record out instead.
    pub(super) discards_record: bool,
}

impl Mismatch {
    pub(super) fn new(expected: impl Into<Cow<'static, str>>, found: &str) -> Mismatch {
        let (expected, found) = (expected.into(), found.to_owned());
        Mismatch { path: String::new(), expected, found, discards_record: false }
    }

    /// Whether it is `null` as a whole.
    pub(super) fn is_of_null(&self) -> bool {
        self.path.is_empty() && self.found == "null"
    }

    /// The same, seen from the record that has it in this field.
    pub(super) fn in_field(mut self, name: &str) -> Mismatch {
        self.path = match self.path.as_str() {
            "" => name.to_owned(),
            path if path.starts_with('[') => format!("{name}{path}"),
            path => format!("{name}.{path}"),
        };
        self
    }

    /// The same, seen from the list that has it at this position, from 0.
    pub(super) fn in_element(self, index: usize) -> Mismatch {
        self.in_field(&format!("[{index}]"))
    }

    /// As the error of a page.
    pub(super) fn misread(self, record: Option<u64>) -> Misread {
        let what = self.what();
        Misread {
            record,
            field: Some(self.path),
            what,
            found: Some(self.found),
            ..Misread::default()
        }
    }

    /// What is expected, as a clause.
    pub(super) fn what(&self) -> String {
        format!("expected {}", self.expected)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}
