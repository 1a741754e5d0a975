//! What earlier runs have made, beside what is declared.

use rest_source::plan::DataType;

use super::{ROW_HASH, Shape, is_system, of_type};
use crate::{Error, rows::name::shortened};

/// A column that an earlier run has made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// The table's name.
    pub table: String,
    /// The name of the table whose rows its own belong to.
    pub parent: Option<String>,
    /// The column's name.
    pub column: String,
    /// What its values are.
    pub data_type: DataType,
    /// Whether it was declared then. If it is not any more, it gets the fields of its name all the same.
    pub is_declared: bool,
}

impl Known {
    /// A column that an earlier run has added.
    pub fn new(
        table: impl Into<String>,
        parent: Option<String>,
        column: impl Into<String>,
        data_type: DataType,
    ) -> Known {
        Known { table: table.into(), parent, column: column.into(), data_type, is_declared: false }
    }

    /// The same, declared then or not.
    #[must_use]
    pub fn declared(mut self, is_declared: bool) -> Known {
        self.is_declared = is_declared;
        self
    }
}

impl Shape {
    /// Adds what earlier runs have added to the declared tables and columns, and lists that were
    /// declared, whose rows go with those that they belong to. Other columns that were declared are not
    /// added before a field of their name shows up, and have the type then that they had.
    ///
    /// # Errors
    ///
    /// As [`of`](Shape::of).
    pub fn add_known(&mut self, known: &[Known]) -> Result<(), Error> {
        for Known { table, parent, column, data_type, is_declared } in known {
            let is_of_lists = is_system(column) && !column.eq_ignore_ascii_case(ROW_HASH);
            if *is_declared && !is_of_lists {
                let names = (table.to_ascii_lowercase(), column.to_ascii_lowercase());
                self.formerly.insert(names, *data_type);
                continue;
            }
            let place = match (self.table_named(table), parent) {
                (Some(place), _) => place,
                (None, Some(parent)) => {
                    // A parent is known before its children; of one that is not, nothing is.
                    let Some(parent) = self.table_named(parent) else { continue };
                    self.add_table_named(parent, table)
                        .map_err(|message| self.table.schema(&message))?
                }
                (None, None) => continue,
            };
            if self.tables[place].place(column).is_none() {
                let column = of_type(column.clone(), *data_type);
                self.add_column(place, column).map_err(|message| self.table.schema(&message))?;
            }
        }
        Ok(())
    }

    /// What is known of a table, for destinations to remember. In the order in which
    /// [`add_known`](Shape::add_known) takes it.
    pub fn known(&self, place: usize) -> impl Iterator<Item = Known> {
        let table = &self.tables[place];
        let parent = table.parent.map(|parent| self.tables[parent].name.clone());
        table.columns.iter().enumerate().map(move |(place, column)| {
            Known::new(&table.name, parent.clone(), &*column.name, column.data_type)
                .declared(table.declares(place))
        })
    }

    /// The type of a column that is not declared any more.
    pub(in crate::rows) fn formerly(&self, table: usize, column: &str) -> Option<DataType> {
        let column = shortened(column, self.max_name).to_ascii_lowercase();
        self.formerly.get(&(self.tables[table].name.to_ascii_lowercase(), column)).copied()
    }
}

/// Whether a column that has held values of one data type may hold those of another, which is stored
/// alike: so may columns of numbers of any size.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
pub(crate) fn is_kept_as(known: &str, declared: &str) -> bool {
    let numbers = [DataType::Decimal.name(), DataType::Wei.name()];
    known == declared || (numbers.contains(&known) && numbers.contains(&declared))
}
