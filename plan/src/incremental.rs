//! Fetching only what is new.

use crate::{DataType, List, Selector, Str};

/// Fetching only what is new, by a field whose largest seen value bounds the next run.
#[derive(Debug, Clone, PartialEq)]
pub struct Incremental {
    /// The field that grows.
    pub cursor_path: Selector,
    /// What its values are, where a column declares it. Values compare by it, and without it as
    /// the type that they themselves have.
    pub data_type: Option<DataType>,
    /// Where the first run begins, as JSON.
    pub initial_value: Option<Str>,
    /// Where every run ends, as JSON. A run that has an end leaves no state.
    pub end_value: Option<Str>,
    /// Which of two values bounds the next run.
    pub last_value: LastValue,
    /// The fields that identify a record at the bound; the whole record if there are none. `None`:
    /// records at the bound are not told apart, and come again.
    pub primary_key: Option<List<Str>>,
    /// The order in which the server gives the records.
    pub row_order: Option<RowOrder>,
    /// How far each run goes back behind the bound: seconds of a time, days of a date, else a
    /// number.
    pub lag: Option<f64>,
    /// What becomes of a record without the field.
    pub on_missing: OnMissing,
    /// Whether the lower bound itself belongs to the range.
    pub range_start: Edge,
    /// Whether the upper bound itself belongs to the range.
    pub range_end: Edge,
    /// The query parameter that sends the lower bound.
    pub start_param: Option<Str>,
    /// The query parameter that sends the upper bound.
    pub end_param: Option<Str>,
    /// How long a range a backfill is split into.
    pub window: Option<Window>,
}

/// Which of two values bounds the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastValue {
    /// The larger one.
    Max,
    /// The smaller one.
    Min,
}

/// The order in which the server gives the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// The smallest value first.
    Ascending,
    /// The largest value first.
    Descending,
}

/// What becomes of a record without the incremental cursor's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnMissing {
    /// An error.
    Raise,
    /// It is kept.
    Include,
    /// It is dropped.
    Exclude,
}

/// Whether a bound belongs to its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// It does.
    Closed,
    /// It does not.
    Open,
}

/// How long a range is: `1 day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day of 24 hours.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}
