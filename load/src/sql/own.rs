//! The loader's own tables, which a person can read: created, and brought up to date where an earlier
//! version has made them. The other files say what is in them.

use std::iter;

use super::{
    catalog,
    database::{Database, Dialect as _, Kind},
    failure::Failed,
    literal, quote,
};

/// A table of the loader's own.
pub(super) struct Own {
    pub(super) columns: &'static [Column],
    /// What follows its columns.
    pub(super) key: Option<&'static str>,
}

/// A column of one: its name, what is in it, what follows its type, and what a person should know.
pub(super) type Column = (&'static str, Kind, &'static str, &'static str);

/// Columns: `name: Kind "what follows", "comment";`
macro_rules! columns {
    ($($name:ident: $kind:ident $($rest:literal)? $(, $comment:literal)?;)*) => {
        &[$((
            stringify!($name),
            $crate::sql::database::Kind::$kind,
            concat!($(" ", $rest)?),
            concat!($($comment)?),
        )),*]
    };
}
pub(super) use columns;

/// Added to the key of a table that earlier versions have made.
const VARIANT: &str = "variant";

impl Own {
    /// Creates the table, or adds the columns that it lacks. They are looked for first, as adding one
    /// needs the rights of the table's owner, and locks it, even if there is nothing to add.
    pub(super) async fn prepare<D: Database>(&self, db: &D, name: &str) -> Result<(), Failed> {
        if !catalog::exists(db, name).await? {
            return db.run(&self.create::<D>(name)).await;
        }
        let mut present = catalog::columns(db, name).await?;
        let missing: Vec<_> = self
            .columns
            .iter()
            .filter(|(column, ..)| present.iter().all(|present| present.name != *column))
            .filter_map(|(column, kind, rest, _)| {
                Some((*column, D::Dialect::own_type(*kind)?, *rest))
            })
            .collect();
        let is_of_key = |column: &str| column == VARIANT && self.key.is_some_and(names_variant);
        for (column, own_type, rest) in missing.iter().filter(|(column, ..)| !is_of_key(column)) {
            let table = quote(name);
            db.run(&[format!("ALTER TABLE {table} ADD COLUMN {column} {own_type}{rest}")]).await?;
        }
        if missing.iter().any(|(column, ..)| is_of_key(column)) {
            present = catalog::columns(db, name).await?;
            let columns: Vec<_> = present.into_iter().map(|column| column.name).collect();
            db.run(&D::Dialect::add_variant(self.create::<D>(name), &columns.join(", "))).await?;
        }
        Ok(())
    }

    /// The statements that create the table.
    fn create<D: Database>(&self, name: &str) -> Vec<String> {
        let table = quote(name);
        let columns = self.columns.iter().filter_map(|(column, kind, rest, comment)| {
            Some((format!("{column} {}{rest}", D::Dialect::own_type(*kind)?), *column, *comment))
        });
        let key = self.key.map(|key| (key.to_owned(), "", ""));
        let lines: Vec<_> = columns.chain(key).collect();
        let with_comma = |(place, (line, _, comment)): (usize, &(String, &str, &str))| {
            let comma = if place + 1 == lines.len() { "" } else { "," };
            match *comment {
                comment if D::Dialect::COMMENTS_WITHIN && !comment.is_empty() => {
                    format!("\n  {line}{comma} -- {comment}")
                }
                _ => format!("\n  {line}{comma}"),
            }
        };
        let body: String = lines.iter().enumerate().map(with_comma).collect();
        let commented =
            lines.iter().filter(|(.., it)| !D::Dialect::COMMENTS_WITHIN && !it.is_empty());
        let comments = commented.map(|(_, column, comment)| {
            format!("COMMENT ON COLUMN {table}.{column} IS {}", literal(comment))
        });
        let options = D::Dialect::TABLE_OPTIONS;
        let create = format!("CREATE TABLE IF NOT EXISTS {table} ({body}\n){options}");
        iter::once(create).chain(comments).collect()
    }
}

fn names_variant(key: &str) -> bool {
    key.contains(VARIANT)
}
