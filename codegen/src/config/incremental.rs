//! `incremental`: fetching only what is new since the last run.

use rest_source_plan::{Edge, LastValue, OnMissing, RowOrder, RunCursor, TimeFormat};

use super::{RawNode, ScalarNode};
use crate::{
    parse::{DistanceText, Length, OneOrMany, TemplateText, mapping, parse_words},
    source::Spanned,
};

mapping! {
    /// Fetch only new records: the largest seen value of a field bounds the next run.
    pub struct Incremental is "`incremental`" {
        /// The field that grows with each record.
        either cursor_path: Spanned<String>,
        /// The path of the value in a response, such as a sync token, with which the next run begins, where
        /// that is no field of the records.
        either response_path: Spanned<String>,
        /// What else the next run begins with: `run_time`, the time at which the last run began.
        either cursor: Spanned<RunCursor>,
        /// The lower bound of the first run: a value of the field, or a time such as `now - 30 days`.
        optional initial_value: ScalarNode,
        /// The upper bound of every run: a value of the field, which leaves no state, or `now`.
        optional end_value: ScalarNode,
        /// Which of two values bounds the next run; by default `max`.
        optional last_value_func: Spanned<LastValue>,
        /// The columns that identify a record at the bound; by default the resource's.
        optional primary_key: OneOrMany<String>,
        /// The order in which the server returns the records; by default any.
        optional row_order: Spanned<RowOrder>,
        /// How far each run starts before the bound: `2 days`, or a number, which is of seconds for a time and
        /// of days for a date.
        optional lag: Spanned<DistanceText>,
        /// How far in the future a time may be to bound the next run; by default `1 day`.
        optional future_tolerance: Spanned<Length>,
        /// How to handle a record without the field; by default it is an error.
        optional on_cursor_value_missing: OnMissing,
        /// Whether the lower bound itself belongs to the range; by default it does.
        optional range_start: Edge,
        /// Whether the upper bound itself belongs to the range; by default it does not.
        optional range_end: Edge,
        /// A Python function in dlt.
        optional convert: Spanned<RawNode>,
        /// The older name of `convert`.
        optional transform: Spanned<RawNode>,
        /// The query parameter that sends the lower bound.
        optional start_param: Spanned<TemplateText>,
        /// The query parameter that sends the upper bound.
        optional end_param: Spanned<TemplateText>,
        /// How records write the field: `iso`, `epoch`, `epoch_ms`, `rfc2822`, `microsoft_json`, or a format such
        /// as `"%d/%m/%Y"`; by default each value is taken for what it looks like.
        optional cursor_format: Spanned<TimeFormat>,
        /// How requests write the bounds; by default as records write the field.
        optional param_format: Spanned<TimeFormat>,
        /// The length of the windows that a backfill is split into: `1 day`, or a number for a cursor of
        /// numbers.
        optional window: Spanned<DistanceText>,
    } discarding {
        /// The range of a run comes from this block, from arguments or from the last run.
        ignored allow_external_schedulers: bool,
    }
}

parse_words! {
    RunCursor is "a `cursor`";
    LastValue is "a `last_value_func`";
    RowOrder is "an order of rows";
    OnMissing is "an answer to a missing value";
    Edge is "an edge of a range";
}
