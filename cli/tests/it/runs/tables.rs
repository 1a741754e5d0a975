//! What is in a database, without what differs between any two runs.

use std::{collections::BTreeMap, path::Path};

use rusqlite::{Connection, types::Value};

/// The rows of each table, as sorted text, without the columns and tables of the loader.
#[derive(Debug, PartialEq)]
pub(super) struct Tables(BTreeMap<String, Vec<String>>);

impl Tables {
    pub(super) fn read(database: &Path) -> Tables {
        let connection = Connection::open(database).unwrap();
        let names = "SELECT name FROM sqlite_master WHERE type = 'table' \
                     AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";
        let mut names = connection.prepare(names).unwrap();
        let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let tables = names.map(|name| {
            let name = name.unwrap();
            let mut query = connection.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
            let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
            let rows = query.query_map([], |row| {
                let mut cells = columns
                    .iter()
                    .enumerate()
                    .filter(|(_, column)| {
                        !column.starts_with('_')
                            || ["_list_index", "_valid_to"].contains(&&***column)
                    })
                    .map(|(index, column)| {
                        let value = match row.get::<_, Value>(index)? {
                            // When a row has ended differs; that it has does not.
                            Value::Text(_) if column == "_valid_to" => Value::Text("ended".into()),
                            value => value,
                        };
                        Ok((column, value))
                    })
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                cells.sort_by(|one, other| one.0.cmp(other.0));
                Ok(format!("{cells:?}"))
            });
            let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
            rows.sort();
            (name, rows)
        });
        Tables(tables.collect())
    }

    /// The keys of the rows of each resource's own table, each once.
    pub(super) fn read_keys(database: &Path) -> Tables {
        let connection = Connection::open(database).unwrap();
        let tables = Tables::read(database).0.into_keys().filter(|name| !name.contains("__"));
        let tables = tables.map(|name| {
            let keys = format!("SELECT DISTINCT id, tenant FROM \"{name}\" ORDER BY 1, 2");
            let mut keys = connection.prepare(&keys).unwrap();
            let keys = keys.query_map([], |row| {
                Ok(format!("{:?} {:?}", row.get::<_, Value>(0)?, row.get::<_, Value>(1)?))
            });
            (name, keys.unwrap().map(Result::unwrap).collect())
        });
        Tables(tables.collect())
    }

    /// In which table these differ from what is right, and how.
    pub(super) fn difference(&self, right: &Tables) -> Option<String> {
        let names = self.0.keys().chain(right.0.keys());
        let nothing = Vec::new();
        names.into_iter().find_map(|name| {
            let [rows, right] = [self, right].map(|tables| tables.0.get(name).unwrap_or(&nothing));
            (rows != right).then(|| {
                format!(
                    "table {name} has {} rows:\n{}\nand should have {}:\n{}",
                    rows.len(),
                    rows.join("\n"),
                    right.len(),
                    right.join("\n"),
                )
            })
        })
    }
}

/// Whether the last run has recorded that it is complete.
pub(super) fn last_run_is_complete(database: &Path) -> bool {
    let last = "SELECT min(outcome = 'complete') FROM _rest_source_runs
                WHERE run = (SELECT max(run) FROM _rest_source_runs)";
    Connection::open(database)
        .and_then(|connection| connection.query_row(last, [], |row| row.get::<_, Option<bool>>(0)))
        .is_ok_and(|is_complete| is_complete == Some(true))
}
