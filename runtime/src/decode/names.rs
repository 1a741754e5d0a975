//! The names of a record's fields, looked up among those of its columns.

use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use crate::plan::Column;

/// The name of a field.
pub(super) enum Name<'de> {
    /// Of the column with this index.
    Declared(usize),
    Other(Cow<'de, str>),
}

/// The names of columns, which tell most other names apart at a glance.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) columns: &'a [Column],
    /// Has the [mark](Names::mark) of each name.
    marks: u64,
    /// Whether some must have a value.
    pub(super) are_required: bool,
}

impl<'a> Names<'a> {
    pub(super) fn of(columns: &'a [Column]) -> Names<'a> {
        let marks = columns.iter().fold(0, |marks, column| marks | Names::mark(&column.name));
        Names { columns, marks, are_required: columns.iter().any(|column| !column.nullable) }
    }

    /// One bit, by the length and the last two letters, in which numbered names differ.
    #[inline]
    fn mark(name: &str) -> u64 {
        let sum = match name.as_bytes() {
            letters @ [.., before, last] => {
                letters.len() * 7 + usize::from(*before) * 11 + usize::from(*last)
            }
            letters => letters.len(),
        };
        1 << (sum % 64)
    }

    /// The index of the column of this name, which most likely is this one.
    #[inline]
    fn index(&self, name: &str, likely: usize) -> Option<usize> {
        if self.marks & Names::mark(name) == 0 {
            return None;
        }
        let is = |column: &Column| column.name == name;
        if self.columns.get(likely).is_some_and(is) {
            return Some(likely);
        }
        self.columns.iter().position(is)
    }
}

/// Reads the name of a field.
pub(super) struct Key<'a> {
    pub(super) names: Names<'a>,
    /// The column after the last one, which most often it is.
    pub(super) likely: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Name<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        let index = self.names.index(name, self.likely);
        Ok(index.map_or(Name::Other(Cow::Borrowed(name)), Name::Declared))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        let index = self.names.index(name, self.likely);
        Ok(index.map_or_else(|| Name::Other(Cow::Owned(name.to_owned())), Name::Declared))
    }
}
