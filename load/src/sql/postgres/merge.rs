//! How PostgreSQL moves staged rows into their tables: by an insert that updates.

use rest_source::plan::{Column, DataType};

use crate::{
    ROW_HASH, ROW_ID, Shape, Table,
    sql::{SEQUENCE, apply::Comparison, quote},
};

/// How rows that differ are told from those that do not. Rows that an upsert has inserted have no `xmax`, but those
/// of a partitioned table must not be asked for it.
pub(crate) fn comparison(is_partitioned: bool) -> Comparison {
    let is_new = (!is_partitioned).then_some("xmax = 0");
    Comparison { is_same: Some(is_same), is_new, ..Comparison::default() }
}

/// Without it PostgreSQL would plan for tables of which it knows nothing, and may read all of a large
/// one for the few rows of a batch. Only what staged rows are searched by is looked at.
pub(crate) fn analyze(table: &Table, shape: &Shape, places: &[String]) -> String {
    let keys = shape.stored(table.keys());
    let is_searched = |column: &&Column| {
        let is_key = keys.iter().any(|key| column.name == **key);
        is_key || column.hard_delete || [ROW_ID, ROW_HASH].contains(&&*column.name)
    };
    let searched = shape.tables()[0].columns.iter().filter(is_searched);
    let searched: String = searched.map(|column| quote(&column.name) + ", ").collect();
    let root = format!("{} ({searched}{SEQUENCE})", places[0]);
    let lists = places[1..].iter().map(|place| format!(", {place} ({SEQUENCE})"));
    format!("ANALYZE {root}{}", lists.collect::<String>())
}

/// Compares rows as they are stored: 1.0 is not 1.00, and no collation has a say. PostgreSQL compares
/// only columns of one type so, and a text's may be of a type that is bounded.
fn is_same(one: &str, other: &str, columns: &[&Column]) -> String {
    let row = |name: &str| {
        let value = |column: &&Column| {
            let cast = if column.data_type == DataType::Text { "::text" } else { "" };
            format!("{name}.{}{cast}", quote(&column.name))
        };
        columns.iter().map(value).collect::<Vec<_>>().join(", ")
    };
    // As records: of two rows that are written out, PostgreSQL would compare column by column.
    format!("ROW({})::record *= ROW({})::record", row(one), row(other))
}
