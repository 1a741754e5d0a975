//! The time in which versions of rows are valid, with the merge strategy `scd2`.

use std::sync::Arc;

use arrow_array::{
    Array, RecordBatch, TimestampMicrosecondArray, cast::AsArray, types::TimestampMicrosecondType,
};
use arrow_schema::ArrowError;
use jiff::{Timestamp, civil::Time, fmt::temporal::Pieces, tz::Offset};
use rest_source::plan::Scd2;

use crate::{Error, ErrorKind, Shape, VALID_FROM, VALID_TO, arrow::in_utc};

/// When versions begin and end, in microseconds.
#[derive(Debug)]
pub(in super::super) struct Versions {
    from: String,
    to: String,
    /// The moment at which new versions begin and old ones end.
    now: i64,
    /// What stands for an end that has not come.
    open_end: Option<i64>,
}

impl Versions {
    /// # Errors
    ///
    /// If the description names something that is not a moment.
    pub(in super::super) fn new(scd2: &Scd2, shape: &Shape) -> Result<Versions, Error> {
        let (from, to) = match &scd2.validity_columns {
            Some((from, to)) => (from.to_string(), to.to_string()),
            None => (VALID_FROM.to_owned(), VALID_TO.to_owned()),
        };
        let [from, to] = [from, to].map(|name| shape.stored([&name]).concat());
        let now = match &scd2.boundary_timestamp {
            Some(json) => moment("boundary_timestamp", json)?,
            None => Timestamp::now().as_microsecond(),
        };
        let open_end = scd2.active_record_timestamp.as_deref().filter(|json| *json != "null");
        let open_end = open_end.map(|json| moment("active_record_timestamp", json)).transpose()?;
        Ok(Versions { from, to, now, open_end })
    }

    /// The column of the end.
    pub(super) fn to(&self) -> &str {
        &self.to
    }

    /// Which rows are versions that are valid still.
    pub(super) fn are_valid(&self, batch: &RecordBatch) -> Vec<bool> {
        let ends = batch.column_by_name(&self.to);
        let ends = ends.and_then(|ends| ends.as_primitive_opt::<TimestampMicrosecondType>());
        let end = |row: usize| ends.filter(|ends| ends.is_valid(row)).map(|ends| ends.value(row));
        (0..batch.num_rows()).map(|row| end(row) == self.open_end).collect()
    }

    /// New versions, which begin now.
    pub(super) fn begin(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let begun = set(batch, &self.from, |_, _| Some(self.now))?;
        set(&begun, &self.to, |_, _| self.open_end)
    }

    /// Versions of which those end now that do not stay.
    pub(super) fn end(
        &self,
        batch: &RecordBatch,
        stay: &[bool],
    ) -> Result<RecordBatch, ArrowError> {
        set(batch, &self.to, |row, end| if stay[row] { end } else { Some(self.now) })
    }
}

/// The rows with other moments in one column.
fn set(
    batch: &RecordBatch,
    column: &str,
    moment: impl Fn(usize, Option<i64>) -> Option<i64>,
) -> Result<RecordBatch, ArrowError> {
    let place = batch.schema().index_of(column)?;
    let moments = batch.column(place).as_primitive_opt::<TimestampMicrosecondType>();
    let moments = moments.ok_or_else(|| {
        ArrowError::SchemaError(format!("the column `{column}` does not hold microseconds"))
    })?;
    let set = moments.iter().enumerate().map(|(row, old)| moment(row, old));
    let set =
        set.collect::<TimestampMicrosecondArray>().with_data_type(moments.data_type().clone());
    let mut columns = batch.columns().to_vec();
    columns[place] = Arc::new(set);
    RecordBatch::try_new(batch.schema(), columns)
}

/// A moment that the description has as JSON; without an offset in UTC. What it is whose end has not
/// come may be later than jiff's last moment: `9999-12-31T00:00:00Z`.
fn moment(key: &str, json: &str) -> Result<i64, Error> {
    let text = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
    let microseconds = Pieces::parse(&text).ok().and_then(|pieces| {
        let time = pieces.date().to_datetime(pieces.time().unwrap_or_else(Time::midnight));
        let offset = pieces.to_numeric_offset().map_or(0, Offset::seconds);
        i64::try_from(in_utc(time) / 1_000 - i128::from(offset) * 1_000_000).ok()
    });
    microseconds.ok_or_else(|| {
        let message = format!("`{key}: {text}` of the merge strategy `scd2` is not a moment");
        Error::new(ErrorKind::Schema, message)
    })
}
