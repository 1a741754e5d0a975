//! Several resources in one table, which `table_name` puts there.

use rest_source::plan::{Column, WriteDisposition};

use crate::{Error, ErrorKind, Strategy, Table};

/// Gives each of the tables that several resources share the columns of all of them.
///
/// # Errors
///
/// If the resources do not agree on what the table is.
pub(super) fn join(tables: &mut [Table]) -> Result<(), Error> {
    for second in 1..tables.len() {
        let sharers = (0..second).filter(|first| tables[*first].name == tables[second].name);
        for first in sharers.collect::<Vec<_>>() {
            agree(&tables[first], &tables[second])?;
        }
    }
    let declared: Vec<_> = tables.iter().map(|table| table.columns.clone()).collect();
    let names: Vec<_> =
        tables.iter().map(|table| (table.name.clone(), table.resource.clone())).collect();
    for (place, table) in tables.iter_mut().enumerate() {
        for (other, (name, resource)) in names.iter().enumerate() {
            if other == place || *name != table.name {
                continue;
            }
            table.sharers.push(resource.clone());
            let (own, others) = (&declared[place], &declared[other]);
            // No row of another resource has a value in what only this one declares, and one that may lack
            // it there is no reason to refuse.
            for column in &mut table.columns {
                let is_key = table.primary_key.iter().any(|key| column.name == **key);
                column.nullable |=
                    !is_key && named(others, column).is_none_or(|other| other.nullable);
            }
            let missing = others.iter().filter(|column| named(own, column).is_none());
            for column in missing.cloned().collect::<Vec<_>>() {
                if named(&table.columns, &column).is_none() {
                    table.columns.push(Column { nullable: true, ..column });
                }
            }
        }
    }
    Ok(())
}

fn named<'c>(columns: &'c [Column], column: &Column) -> Option<&'c Column> {
    columns.iter().find(|other| other.name == column.name)
}

/// Refuses two resources whose rows cannot be told apart in one table, or that say different things of
/// it.
fn agree(first: &Table, second: &Table) -> Result<(), Error> {
    let refuse = |why: &str, help: &str| {
        let message = format!(
            "the resources `{}` and `{}` have the same `table_name`, `{}`, and {why}; {help}",
            first.resource, second.resource, second.name,
        );
        Err(Error::new(ErrorKind::Schema, message))
    };
    let needs_all = |table: &Table| {
        matches!(table.strategy(), Strategy::Replace | Strategy::Scd2(_))
            || table.write_disposition == WriteDisposition::Replace
    };
    if needs_all(first) || needs_all(second) {
        return refuse(
            "with `replace` or `scd2` one would take the rows of the other for gone",
            "give one of them another `table_name`, or say `write_disposition: merge` with a \
             `primary_key`",
        );
    }
    if first.strategy() != second.strategy()
        || first.primary_key != second.primary_key
        || first.merge_key != second.merge_key
    {
        return refuse(
            "different write dispositions or keys",
            "give both the same `write_disposition`, `primary_key` and `merge_key`, or one of them \
             another `table_name`",
        );
    }
    if first.max_nesting != second.max_nesting {
        return refuse(
            "different bounds on nested data",
            "give both the same `max_table_nesting`, or one of them another `table_name`",
        );
    }
    let same = |column: &&Column| {
        named(&second.columns, column).is_none_or(|other| column.is_stored_as(other))
    };
    match first.columns.iter().find(|column| !same(column)) {
        Some(column) => refuse(
            &format!("declare the column `{}` differently", column.name),
            "declare it alike, or give one of them another `table_name`",
        ),
        None => Ok(()),
    }
}
