//! Names of tables that a destination must be able to tell apart.

use std::collections::HashMap;

use crate::{Error, ErrorKind, Shape, Table};

/// Refuses tables whose names begin with what is `reserved`, or differ in no more than upper and
/// lower case: of ASCII letters, whose case some databases and file systems ignore.
///
/// `max` is how many bytes a name may have, and `ignores` says who ignores case: `SQLite ignores`.
pub(crate) fn check(
    tables: &[Table],
    max: usize,
    reserved: &[&str],
    ignores: &str,
) -> Result<(), Error> {
    let mut seen = HashMap::new();
    for table in tables {
        for stored in Shape::of(table, max)?.tables() {
            let folded = stored.name.to_ascii_lowercase();
            if reserved.iter().any(|reserved| folded.starts_with(reserved)) {
                let reserved: Vec<_> = reserved.iter().map(|name| format!("`{name}`")).collect();
                return Err(table.schema(&format!(
                    "names that begin with {} are reserved; give the resource another `name`",
                    reserved.join(" or "),
                )));
            }
            if stored.name.contains('\0') {
                return Err(table.schema("a name with a zero byte cannot be stored"));
            }
            if let Some((first, is_own)) =
                seen.insert(folded, (table.name.clone(), stored.parent.is_none()))
            {
                let message = format!(
                    "the resources `{first}` and `{}` would both be stored in the table `{}`{}; \
                     give one of them another `name`",
                    table.name,
                    stored.name,
                    if is_own && stored.parent.is_none() && first != table.name {
                        format!(", because {ignores} upper and lower case")
                    } else {
                        String::new()
                    },
                );
                return Err(Error::new(ErrorKind::Schema, message));
            }
        }
    }
    Ok(())
}
