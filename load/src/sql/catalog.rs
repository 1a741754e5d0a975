//! What is there in a database: tables and columns.

use super::{
    database::{Database, Dialect as _, Row, with},
    failure::Failed,
    quote,
};

/// A column of a table that exists.
pub(super) struct Existing {
    pub(super) name: String,
    pub(super) sql_type: String,
    /// Whether a row cannot be added without a value for it.
    pub(super) required: bool,
}

/// Whether there is something that rows can be in, of this name.
pub(crate) async fn exists<D: Database>(db: &D, table: &str) -> Result<bool, Failed> {
    db.has(D::Dialect::EXISTS, with![table]).await
}

/// The columns of a table.
pub(super) async fn columns<D: Database>(db: &D, table: &str) -> Result<Vec<Existing>, Failed> {
    let column = |row: &Row| {
        Ok(Existing { name: row.get(0)?, sql_type: row.get(1)?, required: row.get(2)? })
    };
    db.query(D::Dialect::COLUMNS, with![table]).await?.iter().map(column).collect()
}

/// Whether a table has a row; `None` if there is no such table.
pub(super) async fn has_rows<D: Database>(db: &D, table: &str) -> Result<Option<bool>, Failed> {
    if !exists(db, table).await? {
        return Ok(None);
    }
    db.has(&format!("SELECT 1 FROM {} LIMIT 1", quote(table)), with![]).await.map(Some)
}
