//! Names of tables that a destination must be able to tell apart.

use std::collections::HashMap;

use crate::{Error, ErrorKind, OnBadRecord, Shape, Table};

/// Refuses tables whose names begin with what is `reserved`, and resources that would share a table,
/// also that in which records are set aside.
///
/// `max` is how many bytes a name may have. If the case of ASCII letters does not tell names apart,
/// `ignores` says for whom: `SQLite ignores`.
pub(crate) fn check(
    tables: &[Table],
    max: usize,
    reserved: &[&str],
    ignores: Option<&str>,
) -> Result<(), Error> {
    let fold = |name: &str| match ignores {
        Some(_) => name.to_ascii_lowercase(),
        None => name.to_owned(),
    };
    let mut seen = HashMap::new();
    for table in tables {
        let shares = |other: &str| *other == table.name && !table.sharers.is_empty();
        for stored in Shape::of(table, max)?.tables() {
            let name = fold(&stored.name);
            if reserved.iter().any(|reserved| name.starts_with(reserved)) {
                let reserved: Vec<_> = reserved.iter().map(|name| format!("`{name}`")).collect();
                return Err(table.schema(&format!(
                    "names that begin with {} are reserved; give the resource another `name`",
                    reserved.join(" or "),
                )));
            }
            if stored.name.contains('\0') {
                return Err(table.schema("a name with a zero byte cannot be stored"));
            }
            let is_own = stored.parent.is_none();
            let first = seen.insert(name, (&table.name, is_own));
            if let Some((first, first_is_own)) = first.filter(|(first, _)| !shares(first)) {
                let because = match ignores {
                    Some(ignores) if is_own && first_is_own && *first != table.name => {
                        format!(", because {ignores} upper and lower case")
                    }
                    _ => String::new(),
                };
                let message = format!(
                    "the resources `{first}` and `{}` would both be stored in the table \
                     `{}`{because}; give one of them another `table_name`",
                    table.name, stored.name,
                );
                return Err(Error::new(ErrorKind::Schema, message));
            }
        }
    }
    for table in tables.iter().filter(|table| table.on_bad_record == OnBadRecord::Quarantine) {
        let rejected = Shape::of(table, max)?.rejected();
        if let Some((other, is_own)) = seen.get(&fold(&rejected)) {
            let (whose, or) = match is_own {
                true => ("", ""),
                false => ("a list of ", ", or declare the list as a column with `data_type: json`"),
            };
            let message = format!(
                "the records of `{}` that are set aside and the rows of {whose}`{other}` would both be \
                 stored in the table `{rejected}`; give one of them another `table_name`{or}",
                table.name,
            );
            return Err(Error::new(ErrorKind::Schema, message));
        }
    }
    Ok(())
}

/// Refuses several resources in one table, which `what` takes from one only.
#[cfg(feature = "parquet")]
pub(crate) fn refuse_sharers(tables: &[Table], what: &str) -> Result<(), Error> {
    match tables.iter().find_map(|table| Some((table, table.sharers.first()?))) {
        Some((table, other)) => Err(Error::new(
            ErrorKind::Schema,
            format!(
                "the resources `{}` and `{other}` have the same `table_name`, `{}`, and {what} takes \
                 the records of one resource; give one of them another `table_name`",
                table.resource, table.name,
            ),
        )),
        None => Ok(()),
    }
}

/// Refuses a table without a name.
#[cfg(any(feature = "postgres", feature = "parquet", feature = "adbc"))]
pub(crate) fn refuse_empty(tables: &[Table]) -> Result<(), Error> {
    match tables.iter().find(|table| table.name.is_empty()) {
        Some(table) => Err(table.schema("a name that is empty cannot be stored")),
        None => Ok(()),
    }
}
