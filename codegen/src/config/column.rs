//! A column: one field of the records.

use crate::parse::{mapping, words};

mapping! {
    /// One field of the records.
    pub struct Column is "a column" {
        /// What its values are; by default text.
        optional data_type: DataType,
        /// Whether a record may lack it.
        optional nullable: bool,
        /// What it means.
        optional description: String,
    }
}

words! {
    /// What the values of a column are.
    pub enum DataType is "a data type" {
        /// Text.
        "text" => Text,
        /// A whole number of 64 bits.
        "bigint" => Bigint,
        /// A floating-point number.
        "double" => Double,
        /// True or false.
        "bool" => Bool,
        /// A moment.
        "timestamp" => Timestamp,
        /// A day of the calendar.
        "date" => Date,
        /// A time of day.
        "time" => Time,
        /// An exact decimal number.
        "decimal" => Decimal,
        /// A whole number of any size.
        "wei" => Wei,
        /// Anything.
        "json" => Json,
        /// Bytes, in JSON as base64 text.
        "binary" => Binary,
    }
}
