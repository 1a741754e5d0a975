//! Where a load stages its rows: in tables that are named after its number.

use super::{RESERVED, quote};
use crate::Shape;

/// The name of the place where a load stages the rows of the table at `place` of its shape.
pub(crate) fn staging_name(load: i64, place: usize) -> String {
    match place {
        0 => format!("{RESERVED}staging_{load}"),
        _ => format!("{RESERVED}staging_{load}_{place}"),
    }
}

/// The quoted names of the places where a load stages the rows of each table.
pub(crate) fn staging(shape: &Shape, load: i64) -> Vec<String> {
    (0..shape.tables().len()).map(|place| quote(&staging_name(load, place))).collect()
}
