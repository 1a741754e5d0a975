//! The order of numbers that are stored as text, because SQLite's own have 64 bits.

use std::cmp::Ordering;

use rest_source::{
    Decimal, Wei,
    plan::{Column, DataType},
};
use rusqlite::{Connection, Result};

use crate::sql::quote;

/// The name of the order. No table has it: it would be of no use to programs that do not know it.
const NAME: &str = "_rest_source_number";

/// Makes the order known to a connection.
pub(super) fn define(connection: &Connection) -> Result<()> {
    connection.create_collation(NAME, compare)
}

/// The expression by which a staged column of numbers is sorted.
pub(super) fn sorted_by(column: &Column) -> Option<String> {
    let is_number = matches!(column.data_type, DataType::Decimal | DataType::Wei);
    is_number.then(|| format!("{} COLLATE {NAME}", quote(&column.name)))
}

fn compare(one: &str, other: &str) -> Ordering {
    fn both<T: Ord>(one: Option<T>, other: Option<T>) -> Option<Ordering> {
        Some(one?.cmp(&other?))
    }

    let decimal = |text| Decimal::from_str_exact(text).ok();
    let wei = |text: &str| text.parse::<Wei>().ok();
    both(decimal(one), decimal(other))
        .or_else(|| both(wei(one), wei(other)))
        .unwrap_or_else(|| one.cmp(other))
}
