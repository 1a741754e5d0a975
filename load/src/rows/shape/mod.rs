//! The tables that the records of a resource are stored in: its own, and one for each list in them.

mod declare;
mod known;
mod variant;

use std::{collections::HashMap, sync::Arc};

use rest_source::plan::{Column, Contract, DataType};

pub use self::known::Known;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
pub(crate) use self::known::is_kept_as;
use super::{Keys, name};
use crate::{OnBadRecord, Strategy, Table};

/// The column that identifies a row which others belong to.
pub const ROW_ID: &str = "_row_id";
/// The column of the row in the parent table that a row of a list belongs to.
pub const PARENT_ID: &str = "_parent_id";
/// The column of the row in the resource's own table that a row of a list belongs to.
pub const ROOT_ID: &str = "_root_id";
/// The column that tells the place of an element in its list, from 0.
pub const LIST_INDEX: &str = "_list_index";
/// The column that tells the version of a row from others, with the merge strategy `scd2`.
pub const ROW_HASH: &str = "_row_hash";
/// The column that tells since when a version of a row has been valid, unless the file names one.
pub const VALID_FROM: &str = "_valid_from";
/// The column that tells until when a version of a row was valid, unless the file names one.
pub const VALID_TO: &str = "_valid_to";

const RESERVED: [&str; 5] = [ROW_ID, PARENT_ID, ROOT_ID, LIST_INDEX, ROW_HASH];

/// Whether a column of this name is not of the record but of the loader.
pub(super) fn is_system(name: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// How many columns a table may have. Databases end at 1,600 (PostgreSQL) and 2,000 (SQLite); what
/// needs more is a map whose keys are data.
const MAX_COLUMNS: usize = 1_000;

/// How many tables the lists of a resource's records may need, and how many columns all of them. What
/// needs more has names that are data, and would take the database minutes.
const MAX_TABLES: usize = 500;
const MAX_ALL_COLUMNS: usize = 10_000;

/// How deep nested data becomes columns and tables where the file sets no bound. What is deeper is
/// kept as JSON.
const MAX_NESTING: u32 = 32;

/// The tables that the records of a resource are stored in.
///
/// A nested record becomes columns of its table, `links__payout`; a list becomes a table of its own,
/// `payments__items`, whose rows say which row they belong to. Where the description declares a type
/// they have it; what it does not declare is added as it shows up. Both only ever grow: a table or
/// column that is there keeps its place.
#[derive(Debug, Clone)]
pub struct Shape {
    pub(super) table: Table,
    tables: Vec<TableShape>,
    pub(super) fields: Arc<[Declared]>,
    /// Types of columns that earlier runs have declared, by the names of their tables and their own
    /// without upper case.
    formerly: HashMap<(String, String), DataType>,
    max_name: usize,
    reserved: &'static [&'static str],
    /// The keys of the load so far, if those that come again are counted.
    pub(super) keys: Option<Keys>,
}

/// A table of a [`Shape`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TableShape {
    /// Its name.
    pub name: String,
    /// The table whose rows its own belong to, by its place in [`Shape::tables`]. `None` for the
    /// resource's own table, which is the first.
    pub parent: Option<usize>,
    /// Its columns; what their `fields` and `items` say is said by other columns and tables.
    pub columns: Vec<Column>,
    /// Whether the description declares it.
    pub is_declared: bool,
    /// How many of the columns, from the first on, the description declares or the loader adds.
    pub declared_columns: usize,
    /// Places of the columns, by names without upper case: some databases ignore the case of ASCII
    /// letters, and none shall mean something else.
    places: HashMap<String, usize>,
    /// Whether a column has the name of one for another field's values.
    has_variants: bool,
}

/// Where a field of a record goes.
#[derive(Debug)]
pub(in crate::rows) enum Declared {
    /// Into a column.
    Column(usize),
    /// Into the column of this name, which is made when a value shows what it is.
    Inferred(String),
    /// Into columns, one for each field. The text is what their names begin with.
    Record(String, Vec<Declared>),
    /// Into a table, by its place.
    List(usize, Box<Declared>),
}

impl Shape {
    /// The places of the columns of a primary key that no two records of a load are to share. None if
    /// that is not so, or `dedup_sort` says which of them counts.
    pub(super) fn told_key(&self) -> Vec<usize> {
        let is_sorted = self.table.columns.iter().any(|column| column.dedup_sort.is_some());
        let is_merged = match self.table.strategy() {
            Strategy::Upsert | Strategy::DeleteInsert | Strategy::InsertOnly => !is_sorted,
            Strategy::Append | Strategy::Replace | Strategy::Scd2(_) => false,
        };
        let key = self.table.primary_key.iter().filter(|_| is_merged);
        key.filter_map(|name| self.tables[0].place(name)).collect()
    }

    /// The same for a destination that takes no columns of these names: a record with such a field
    /// cannot be stored.
    #[must_use]
    pub fn reserving(mut self, names: &'static [&'static str]) -> Shape {
        self.reserved = names;
        self
    }

    /// The same without counting the keys that come again.
    #[cfg(feature = "arrow")]
    pub(crate) fn without_repeated(mut self) -> Shape {
        self.keys = None;
        self
    }

    /// The tables: first the resource's own, and each after the one that its rows belong to.
    pub fn tables(&self) -> &[TableShape] {
        &self.tables
    }

    /// The name of the table of records that are set aside: `payments__rejected`.
    pub fn rejected(&self) -> String {
        name::child(&self.table.name, "rejected", self.max_name)
    }

    /// Whether lists of the records have tables.
    pub fn has_children(&self) -> bool {
        self.tables.len() > 1
    }

    /// How deep what is nested becomes columns and tables.
    pub(super) fn nesting(&self) -> u32 {
        self.table.max_nesting.unwrap_or(MAX_NESTING).min(MAX_NESTING)
    }

    /// The place of the column that identifies a row, which is added if it is not there yet.
    pub(super) fn row_id(&mut self, table: usize) -> Result<usize, String> {
        match self.tables[table].place(ROW_ID) {
            Some(place) => Ok(place),
            None => self.add_column(table, of_type(ROW_ID.to_owned(), DataType::Text)),
        }
    }

    /// The table of the list `name` of another table, which is added if it is not there yet. `None`
    /// if the contract leaves it out.
    pub(super) fn list(&mut self, parent: usize, name: &str) -> Result<Option<usize>, Refusal> {
        let name = name::child(&self.tables[parent].name, name, self.max_name);
        if let Some(table) = self.table_named(&name) {
            if self.tables[table].parent != Some(parent) {
                return Err(Refusal::of_shared(&name));
            }
            return Ok(Some(table));
        }
        let is_taken =
            |other: &String| name::shortened(other, self.max_name).eq_ignore_ascii_case(&name);
        if self.table.others.iter().any(is_taken) {
            return Err(Refusal::Error(format!(
                "the list would be the table `{name}`, which is another resource's; declare it as a \
                 column with `data_type: json`",
            )));
        }
        if self.table.on_bad_record == OnBadRecord::Quarantine && name == self.rejected() {
            return Err(Refusal::Error(format!(
                "the list would be the table `{name}`, in which records are set aside; declare it \
                 as a column with `data_type: json`",
            )));
        }
        match self.table.contract.tables {
            Contract::Evolve if self.tables.len() >= MAX_TABLES => Err(Refusal::Error(format!(
                "its lists would need more than {MAX_TABLES} tables; if the names of fields are data, \
                 declare what they are in as a column with `data_type: json`, or say \
                 `max_table_nesting: 0`",
            ))),
            Contract::Evolve => {
                self.row_id(parent)?;
                Ok(Some(self.add_table_named(parent, &name)?))
            }
            Contract::DiscardValue => Ok(None),
            Contract::DiscardRow => Err(Refusal::Discard),
            Contract::Freeze => Err(Refusal::Error(format!(
                "the list would be the table `{name}`, which is new, and `schema_contract` says \
                 `tables: freeze`; declare it as a column, or say `tables: discard_value`",
            ))),
        }
    }

    /// The place of a column by its name, shortened if need be.
    pub(super) fn column(&self, table: usize, name: &str) -> Option<usize> {
        let table = &self.tables[table];
        if name.len() <= self.max_name {
            return table.place(name);
        }
        table.place(&name::shortened(name, self.max_name))
    }

    /// The same of one whose place most likely is this one.
    pub(super) fn likely_column(&self, table: usize, name: &str, likely: usize) -> Option<usize> {
        match self.tables[table].columns.get(likely) {
            Some(column) if column.name == name => Some(likely),
            _ => self.column(table, name),
        }
    }

    /// The names of columns of the resource's own table as they are stored: shortened if need be. One
    /// that is not there yet is as it will be.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
    pub(crate) fn stored<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> Vec<String> {
        let stored = names.into_iter().map(|name| match self.column(0, name) {
            Some(place) => self.tables[0].columns[place].name.to_string(),
            None => name::shortened(name, self.max_name),
        });
        stored.collect()
    }

    /// Adds a column for a field that is not declared.
    pub(super) fn add(
        &mut self,
        table: usize,
        name: &str,
        data_type: DataType,
    ) -> Result<usize, String> {
        if is_system(name) {
            return Err(format!("the name `{name}` is reserved for a column that the loader adds"));
        }
        if self.reserved.contains(&name) {
            return Err(format!("the destination takes no column of the name `{name}`"));
        }
        if self.tables.iter().map(|table| table.columns.len()).sum::<usize>() >= MAX_ALL_COLUMNS {
            return Err(format!(
                "its tables would have more than {MAX_ALL_COLUMNS} columns together; if the names of \
                 fields are data, declare what they are in as a column with `data_type: json`",
            ));
        }
        self.add_column(table, of_type(name.to_owned(), data_type))
    }

    /// How many columns each table has, to [`roll_back`](Shape::roll_back) to.
    pub(super) fn mark(&self, columns: &mut Vec<usize>) {
        columns.clear();
        columns.extend(self.tables.iter().map(|table| table.columns.len()));
    }

    /// Forgets the tables and columns that have been added since.
    pub(super) fn roll_back(&mut self, columns: &[usize]) {
        self.tables.truncate(columns.len());
        for (table, columns) in self.tables.iter_mut().zip(columns) {
            for column in table.columns.drain(*columns..) {
                table.places.remove(&column.name.to_ascii_lowercase());
            }
        }
    }

    fn table_named(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name.eq_ignore_ascii_case(name))
    }

    fn add_table_named(&mut self, parent: usize, name: &str) -> Result<usize, String> {
        if self.table_named(name).is_some() {
            return Err(format!("two of its lists would both be the table `{name}`"));
        }
        self.tables.push(TableShape::new(name, Some(parent)));
        let table = self.tables.len() - 1;
        for (name, data_type) in [
            (ROW_ID, DataType::Text),
            (PARENT_ID, DataType::Text),
            (ROOT_ID, DataType::Text),
            (LIST_INDEX, DataType::Bigint),
        ] {
            self.add_column(table, of_type(name.to_owned(), data_type))?;
        }
        Ok(table)
    }

    fn add_column(&mut self, table: usize, mut column: Column) -> Result<usize, String> {
        let is_variant = name::is_variant(&column.name);
        column.name = name::shortened(&column.name, self.max_name).into();
        let table = &mut self.tables[table];
        if column.name.contains('\0') {
            return Err("a name with a zero byte cannot be stored".to_owned());
        }
        if let Some(other) = table.place(&column.name) {
            return Err(format!(
                "the columns `{}` and `{}` would be one column of the table `{}`",
                table.columns[other].name, column.name, table.name,
            ));
        }
        if table.columns.len() == MAX_COLUMNS {
            return Err(format!(
                "the table `{}` would have more than {MAX_COLUMNS} columns; if the names of fields \
                 are data, declare what they are in as a column with `data_type: json`",
                table.name,
            ));
        }
        table.has_variants |= is_variant;
        table.places.insert(column.name.to_ascii_lowercase(), table.columns.len());
        table.columns.push(column);
        Ok(table.columns.len() - 1)
    }
}

impl TableShape {
    fn new(name: &str, parent: Option<usize>) -> TableShape {
        TableShape {
            name: name.to_owned(),
            parent,
            columns: Vec::new(),
            is_declared: false,
            declared_columns: 0,
            places: HashMap::new(),
            has_variants: false,
        }
    }

    /// Whether the description declares the column at this place, or the loader adds it to what is
    /// declared.
    pub(crate) fn declares(&self, column: usize) -> bool {
        self.is_declared && column < self.declared_columns
    }

    /// The place of the column of this name, in whatever case.
    pub fn place(&self, column: &str) -> Option<usize> {
        if let Some(place) = self.places.get(column) {
            return Some(*place);
        }
        self.places.get(&column.to_ascii_lowercase()).copied()
    }
}

/// Why a record is not stored.
pub(super) enum Refusal {
    /// It cannot be.
    Error(String),
    /// The contract leaves it out.
    Discard,
}

impl Refusal {
    /// Of two lists, in one record or in several, that would be one table.
    pub(super) fn of_shared(table: &str) -> Refusal {
        Refusal::Error(format!(
            "two lists of the records would be the table `{table}`; declare one of them as a column \
             with `data_type: json`",
        ))
    }
}

impl From<String> for Refusal {
    fn from(message: String) -> Refusal {
        Refusal::Error(message)
    }
}

fn of_type(name: String, data_type: DataType) -> Column {
    Column { name: name.into(), ..Column::new("", data_type) }
}
