//! The columns that loads have made: databases do not tell all data types apart.

use std::borrow::Cow;

use rest_source::plan::{Column, DataType};

use super::{
    database::{Arguments, Database, Dialect as _, with},
    failure::Failed,
    own::{Own, columns},
};
use crate::{Known, Shape};

pub(super) const NAME: &str = "_rest_source_columns";

pub(super) const TABLE: Own = Own {
    columns: columns! {
        number: Order;
        root: Text "NOT NULL", "the table of the resource";
        table_name: Name "NOT NULL";
        parent: Text, "of the table of a list: the table whose rows its own belong to";
        column_name: Name "NOT NULL";
        data_type: Text "NOT NULL", "as in the description";
        is_declared: Bool "NOT NULL DEFAULT false",
            "whether it is declared, or was added because a field of its name showed up";
    },
    key: Some("PRIMARY KEY (table_name, column_name)"),
};

/// How many columns are remembered by one statement.
const AT_ONCE: usize = 1_000;

/// What earlier runs have made of the tables of a resource.
pub(super) async fn recall<D: Database>(db: &D, shape: &Shape) -> Result<Vec<Known>, Failed> {
    let sql = format!(
        "SELECT table_name, parent, column_name, data_type, is_declared
         FROM _rest_source_columns WHERE root = $1 ORDER BY {}",
        D::Dialect::KNOWN_ORDER,
    );
    let mut known = Vec::new();
    for row in db.query(&sql, with![&shape.tables()[0].name]).await? {
        // A word that is not known is a later release's.
        let Some(data_type) = DataType::named(&row.get::<String>(3)?) else { continue };
        let (table, column): (String, String) = (row.get(0)?, row.get(2)?);
        known.push(Known::new(table, row.get(1)?, column, data_type).declared(row.get(4)?));
    }
    Ok(known)
}

/// Whether a load has ever made this table.
pub(super) async fn has_table<D: Database>(db: &D, table: &str) -> Result<bool, Failed> {
    db.has("SELECT 1 FROM _rest_source_columns WHERE table_name = $1 LIMIT 1", with![table]).await
}

/// What the values of a table's columns are, of those that loads have made: names and data types.
pub(super) async fn data_types<D: Database>(
    db: &D,
    table: &str,
) -> Result<Vec<(String, String)>, Failed> {
    let sql = "SELECT column_name, data_type FROM _rest_source_columns WHERE table_name = $1";
    let rows = db.query(sql, with![table]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// What the values of a column are, as it is remembered.
pub(super) fn data_type<D: Database>(column: &Column) -> Cow<'static, str> {
    let name = column.data_type.name();
    if !D::Dialect::TYPES_TELL && column.data_type == DataType::Timestamp && !column.timezone {
        return format!("{name} with `timezone: false`").into();
    }
    name.into()
}

/// Remembers the columns of the table at this place of the shape.
pub(super) async fn remember<D: Database>(
    db: &D,
    shape: &Shape,
    place: usize,
) -> Result<(), Failed> {
    let columns = &shape.tables()[place].columns;
    let types = columns.iter().map(data_type::<D>);
    let known: Vec<_> = shape.known(place).zip(types).collect();
    for known in known.chunks(AT_ONCE) {
        let Some((Known { table, parent, .. }, _)) = known.first() else { continue };
        let mut with = Arguments::default();
        let [root, table] = [&shape.tables()[0].name, table].map(|name| with.add(name));
        let parent = with.add(parent.as_deref());
        let rows = known.iter().map(|(Known { column, is_declared, .. }, data_type)| {
            let (column, data_type) = (with.add(column), with.add(&**data_type));
            let is_declared = with.add(*is_declared);
            format!("({root}, {table}, {parent}, {column}, {data_type}, {is_declared})")
        });
        let rows = rows.collect::<Vec<_>>().join(", ");
        let sql = format!(
            "INSERT INTO _rest_source_columns AS known
               (root, table_name, parent, column_name, data_type, is_declared)
             VALUES {rows}
             ON CONFLICT (table_name, column_name) DO UPDATE SET
               data_type = excluded.data_type, is_declared = excluded.is_declared
             WHERE (known.data_type, known.is_declared)
               <> (excluded.data_type, excluded.is_declared)",
        );
        db.execute(&sql, &with.0).await?;
    }
    Ok(())
}
