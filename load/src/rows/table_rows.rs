//! The rows of one table.

use super::Value;

/// The rows of one table.
#[derive(Debug, Default)]
pub struct TableRows<'a> {
    pub(super) values: Vec<Value<'a>>,
    /// Where each row ends in `values`, and the number of its record in the batch.
    pub(super) ends: Vec<(usize, usize)>,
}

impl<'a> TableRows<'a> {
    /// Where the row at hand begins in `values`.
    pub(super) fn begin(&self) -> usize {
        self.ends.last().map_or(0, |(end, _)| *end)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The row at this position, from 0; below [`len`](TableRows::len).
    pub fn row(&self, index: usize) -> Row<'_, 'a> {
        let begin = if index == 0 { 0 } else { self.ends[index - 1].0 };
        let (end, record) = self.ends[index];
        Row { record, values: &self.values[begin..end] }
    }

    /// All of them, in the order of the records.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        (0..self.len()).map(|index| self.row(index))
    }
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row<'r, 'a> {
    /// The position of its record in the batch, from 0.
    pub record: usize,
    /// The values of the table's first columns; those behind, which were added later, have none.
    pub values: &'r [Value<'a>],
}

impl<'r, 'a> Row<'r, 'a> {
    /// The value of the column at this place.
    pub fn value(&self, column: usize) -> &'r Value<'a> {
        self.values.get(column).unwrap_or(&Value::Null)
    }
}
