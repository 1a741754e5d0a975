//! Indexes of the loader's own: that a primary key and what is declared `unique` is so, and those by
//! which rows are found.
//!
//! They are indexes rather than constraints of the table, because they change with what is declared:
//! constraints are the table's owner's, and SQLite takes none back.

use super::{
    RESERVED,
    database::{Database, Dialect as _, with},
    failure::{Failed, failed},
    list, quote,
};
use crate::{
    Error, ErrorKind, ROOT_ID, ROW_ID, Shape, Strategy, Table, TableShape, rows::shortened,
};

/// An index of the loader's own.
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
    pub(crate) is_unique: bool,
}

impl Index {
    /// The statement that creates it.
    pub(crate) fn create(&self) -> String {
        format!(
            "CREATE {}INDEX {} ON {} ({})",
            if self.is_unique { "UNIQUE " } else { "" },
            quote(&self.name),
            quote(&self.table),
            list(&self.columns),
        )
    }

    /// Whether two indexes are the same.
    fn is<D: Database>(&self, other: &Index) -> bool {
        let mut columns = self.columns.iter().zip(&other.columns);
        D::Dialect::is_same_name(&self.name, &other.name)
            && D::Dialect::is_same_name(&self.table, &other.table)
            && self.is_unique == other.is_unique
            && self.columns.len() == other.columns.len()
            && columns.all(|(one, other)| D::Dialect::is_same_name(one, other))
    }

    /// Why it cannot be created, as rows have the same values. `row` is what the database tells its
    /// rows apart by, and `kept` which of them it is the largest of.
    fn duplicates(&self, shape: &Shape, (row, kept): (&str, &str)) -> Error {
        let (target, key) = (quote(&self.table), list(&self.columns));
        let all: Vec<_> =
            self.columns.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
        let what = if self.name.starts_with(&format!("{RESERVED}key_")) {
            "the table cannot be merged into, because several of its rows have the same primary key"
        } else {
            "several rows of the table have the same value in a column that is declared `unique`"
        };
        let message = format!(
            "{what} ({key}); declare another one, or keep only {kept} row of each: `DELETE FROM \
             {target} WHERE {} AND {row} NOT IN (SELECT max({row}) FROM {target} GROUP BY {key}){}`",
            all.join(" AND "),
            self.orphans(shape),
        );
        Error::new(ErrorKind::Schema, message)
    }

    /// The statements behind one that deletes rows of the table, for what belonged to them in lists.
    fn orphans(&self, shape: &Shape) -> String {
        let [own, lists @ ..] = shape.tables() else { return String::new() };
        if own.name != self.table {
            return String::new();
        }
        let (root, row) = (quote(ROOT_ID), quote(ROW_ID));
        let there = format!("SELECT {row} FROM {} WHERE {row} IS NOT NULL", quote(&own.name));
        let delete = |list: &TableShape| {
            format!("; DELETE FROM {} WHERE {root} NOT IN ({there})", quote(&list.name))
        };
        lists.iter().map(delete).collect()
    }
}

/// A primary key that a table was made with.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) columns: Vec<String>,
    /// Whether the loader has made it, which then may drop it.
    pub(crate) is_own: bool,
}

/// The columns by which rows are told apart, which the table's primary key is made of. None if several
/// rows may have the same, or if a column is still to show up.
pub(crate) fn primary_key(table: &Table, shape: &Shape) -> Vec<String> {
    let is_keyed = matches!(
        table.strategy(),
        Strategy::Upsert | Strategy::InsertOnly | Strategy::DeleteInsert
    );
    let key = shape.stored(&table.primary_key);
    let is_there = key.iter().all(|column| shape.tables()[0].place(column).is_some());
    if is_keyed && is_there { key } else { Vec::new() }
}

/// The constraint that makes a new table's primary key, behind its columns. Nothing if it has none.
pub(crate) fn constraint(table: &Table, shape: &Shape, max_name: usize) -> Option<String> {
    let key = primary_key(table, shape);
    let name = quote(&name("key", &shape.tables()[0].name, max_name));
    (!key.is_empty()).then(|| format!("CONSTRAINT {name} PRIMARY KEY ({})", list(key)))
}

/// Whether the table keeps the primary key that the loader has made it with.
pub(crate) fn is_kept(table: &Table, shape: &Shape, made: &Made) -> bool {
    // Of a key that is to show up, all rows that are there have the columns already.
    let wanted = shape.stored(&table.primary_key);
    let is_keyed = !primary_key(table, shape).is_empty()
        || wanted.iter().any(|column| shape.tables()[0].place(column).is_none());
    is_keyed && is_same(&made.columns, &wanted)
}

fn is_same(one: &[String], other: &[String]) -> bool {
    let folded = |names: &[String]| {
        let mut names: Vec<_> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names
    };
    folded(one) == folded(other)
}

/// The indexes that the table at `place` of a shape has, with names of up to `max_name` bytes. `made`
/// is the primary key that the table was made with. Without `has_keys`, only what is declared `unique` is.
///
/// # Errors
///
/// If that is in the way of the key that is declared.
pub(crate) fn wanted(
    table: &Table,
    shape: &Shape,
    place: usize,
    made: &Made,
    max_name: usize,
    has_keys: bool,
) -> Result<Vec<Index>, Error> {
    let stored = &shape.tables()[place];
    let index = |kind: &str, of: &str, columns: Vec<String>, is_unique| Index {
        name: name(kind, of, max_name),
        table: stored.name.clone(),
        columns,
        is_unique,
    };
    let one = |kind: &str, column: &str, is_unique| {
        index(kind, &format!("{}.{column}", stored.name), vec![column.to_owned()], is_unique)
    };
    let mut wanted = Vec::new();
    if place > 0 {
        // Rows of lists are removed with the row that they belong to.
        wanted.push(one("list", ROOT_ID, false));
    } else {
        let key = primary_key(table, shape);
        if !key.is_empty() && !is_made_with(shape, &key, &made.columns)? {
            wanted.push(index("key", &stored.name, key, true));
        }
        if shape.has_children() && stored.place(ROW_ID).is_some() {
            wanted.push(one("row", ROW_ID, false));
        }
    }
    // What is declared of a version of a row does not hold for all of its versions.
    if !matches!(table.strategy(), Strategy::Scd2(_)) {
        let unique = stored.columns.iter().filter(|column| column.unique);
        wanted.extend(unique.map(|column| one("unique", &column.name, true)));
    }
    let sorted = stored.columns.iter().filter(|column| column.sort);
    wanted.extend(sorted.map(|column| one("sort", &column.name, false)));
    if !has_keys {
        let unique = |name: &str| name.starts_with(&format!("{RESERVED}unique_"));
        wanted.retain(|index| unique(&index.name));
    }
    Ok(wanted)
}

/// The name of the index by which a primary key is one.
#[cfg(any(feature = "postgres", feature = "adbc"))]
pub(crate) fn key_name(table: &str, max_name: usize) -> String {
    name("key", table, max_name)
}

/// The name of the index by which a column is `unique`.
pub(crate) fn unique_name(table: &str, column: &str, max_name: usize) -> String {
    name("unique", &format!("{table}.{column}"), max_name)
}

fn name(kind: &str, of: &str, max_name: usize) -> String {
    shortened(&format!("{RESERVED}{kind}_{of}"), max_name)
}

/// Whether the table was made with the primary key that is declared.
fn is_made_with(shape: &Shape, key: &[String], made: &[String]) -> Result<bool, Error> {
    let stored = &shape.tables()[0];
    let places = |names: &[String]| {
        let mut places: Vec<_> = names.iter().map(|name| stored.place(name)).collect();
        places.sort_unstable();
        places
    };
    if places(made) == places(key) {
        return Ok(true);
    }
    // What the database itself numbers, say, is not in the way.
    if made.is_empty() || places(made).contains(&None) {
        return Ok(false);
    }
    let message = format!(
        "the table's primary key is ({}), and the source declares ({}); rename the table so that a \
         new one is created, or declare that key",
        list(made),
        list(key),
    );
    Err(Error::new(ErrorKind::Schema, message))
}

/// Sees to it that the table at `place` of the shape has its indexes, and no others of the loader's.
pub(super) async fn settle<D: Database>(
    db: &D,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table's indexes cannot be prepared");
    let name = &shape.tables()[place].name;
    let made = made(db, name).await.map_err(cannot())?;
    let wanted = wanted(table, shape, place, &made, D::Dialect::MAX_NAME, D::Dialect::HAS_KEYS)?;
    let mut present = Vec::new();
    for index in indexes(db, name, &wanted).await.map_err(cannot())? {
        if wanted.iter().any(|wanted| wanted.is::<D>(&index)) {
            present.push(index);
        } else {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            db.run(&[drop]).await.map_err(cannot())?;
        }
    }
    let is_present = |wanted: &&Index| present.iter().any(|index| index.is::<D>(wanted));
    for index in wanted.iter().filter(|wanted| !is_present(wanted)) {
        db.run(&[index.create()]).await.map_err(|error| match error.violated() {
            Some(_) => index.duplicates(shape, D::Dialect::ROW),
            None => cannot()(error),
        })?;
    }
    Ok(())
}

/// The primary key that a table was made with.
pub(super) async fn made<D: Database>(db: &D, table: &str) -> Result<Made, Failed> {
    let mut made = Made::default();
    for row in db.query(D::Dialect::PRIMARY_KEY, with![table]).await? {
        made.columns.push(row.get(0)?);
        made.is_own = row.get(1)?;
    }
    Ok(made)
}

/// Those on the table and those of the names that are wanted. They are not the same when a user
/// has renamed a table, which its indexes follow under their old names.
async fn indexes<D: Database>(db: &D, table: &str, wanted: &[Index]) -> Result<Vec<Index>, Failed> {
    let names: Vec<_> = wanted.iter().map(|index| &*index.name).collect();
    let mut indexes: Vec<Index> = Vec::new();
    for row in db.query(&D::Dialect::indexes(table, &names), with![]).await? {
        let (name, table, is_unique) = (row.get::<String>(0)?, row.get(1)?, row.get(2)?);
        let column = row.get(3)?;
        match indexes.last_mut().filter(|index| index.name == name) {
            Some(index) => index.columns.push(column),
            None => indexes.push(Index { name, table, columns: vec![column], is_unique }),
        }
    }
    indexes.retain(|index| {
        let is_it = |name: &&str| D::Dialect::is_same_name(name, &index.name);
        D::Dialect::is_same_name(&index.table, table) || names.iter().any(is_it)
    });
    Ok(indexes)
}
