//! Where a load stages its rows: in tables that are named after its number and what their rows are
//! for. The place in the shape would not do as a name: what other pipelines add to the same tables may
//! come before it at the next run.

use super::{RESERVED, quote};
use crate::{Shape, rows::shortened};

/// What the names of all places begin with where a load stages its rows, and that of the place for
/// the resource's own table.
pub(crate) fn staging_root(load: i64) -> String {
    format!("{RESERVED}staging_{load}")
}

/// The name of the place where a load stages the rows of the table at `place` of its shape, of up to
/// `max_name` bytes.
pub(crate) fn staging_name(load: i64, shape: &Shape, place: usize, max_name: usize) -> String {
    let root = staging_root(load);
    match place {
        0 => root,
        _ => shortened(&format!("{root}_{}", shape.tables()[place].name), max_name),
    }
}

/// The quoted names of the places where a load stages the rows of each table.
pub(crate) fn staging(load: i64, shape: &Shape, max_name: usize) -> Vec<String> {
    let name = |place| quote(&staging_name(load, shape, place, max_name));
    (0..shape.tables().len()).map(name).collect()
}
