//! How values are stored in Delta Lake. The manual's table of types says the same.

use arrow_schema::DataType as Arrow;
use delta_kernel::{
    KernelError,
    schema::{DataType, StructField},
};
use rest_source::plan::Column;

use crate::{Error, ErrorKind, arrow::Storage, parquet::manifest::StoredColumn};

/// What names of columns have none of, where they are those in the files.
const REFUSED: [char; 10] = [' ', ',', ';', '{', '}', '(', ')', '\n', '\t', '='];

/// Refuses a name that Delta Lake does not take.
pub(super) fn check_name(name: &str) -> Result<(), Error> {
    match name.chars().find(|char| REFUSED.contains(char)) {
        None => Ok(()),
        Some(char) => {
            let message = format!(
                "the field `{name}` cannot be a column of a Delta table, whose names have no {char:?}; load \
                 it into another destination, or leave it out by `schema_contract`"
            );
            Err(Error::new(ErrorKind::Schema, message))
        }
    }
}

/// How the values of a column are stored: as in other Parquet files, but as text where Delta Lake has no type
/// that holds them exactly. It has no time of day, and no digits of a second behind the sixth.
pub(super) fn storage(column: &Column) -> Storage {
    match Storage::of(column) {
        Storage::Time | Storage::Timestamp { nanoseconds: true, .. } => Storage::Text,
        other => other,
    }
}

/// A column as the log has it. Each may lack values, as files do that are older than it.
pub(super) fn field(column: &StoredColumn) -> Result<StructField, KernelError> {
    let data_type = match column.stored.arrow() {
        Arrow::Int64 => DataType::LONG,
        Arrow::Float64 => DataType::DOUBLE,
        Arrow::Boolean => DataType::BOOLEAN,
        Arrow::Timestamp(_, Some(_)) => DataType::TIMESTAMP,
        Arrow::Timestamp(_, None) => DataType::TIMESTAMP_NTZ,
        Arrow::Date32 => DataType::DATE,
        Arrow::Decimal128(precision, scale) => DataType::decimal(precision, scale.unsigned_abs())?,
        Arrow::Binary => DataType::BINARY,
        _ => DataType::STRING,
    };
    Ok(StructField::nullable(&column.name, data_type))
}
