//! What the loader needs of a database that speaks SQL: how it spells what others spell differently, and
//! how statements get to it. Everything else in this folder is written over these two traits.

use rest_source::plan::Column;

use super::failure::{Failed, Means};
use crate::{Error, Table};

/// How a database spells what others spell differently, whatever connection leads to it. Parameters of
/// statements are `$1`, `$2` …
pub(crate) trait Dialect {
    /// How many bytes a name may have.
    const MAX_NAME: usize;

    /// Columns that every table has already, and names that none can have.
    const RESERVED_COLUMNS: &'static [&'static str] = &[];

    /// The moment at hand, as a column of [`Kind::Moment`] takes it.
    const NOW: &'static str;

    /// The number of a new row in `_rest_source_state`, if the database does not give it one.
    const NEXT_ID: Option<&'static str> = None;

    /// What follows the name of a table's definition.
    const TABLE_OPTIONS: &'static str;

    /// What follows a query whose row is going to be updated in the same transaction.
    const FOR_UPDATE: &'static str;

    /// The column of `_rest_source_columns` that tells the order of its rows.
    const KNOWN_ORDER: &'static str;

    /// What rows are told apart by, and which of several is the largest of it.
    const ROW: (&'static str, &'static str);

    /// Whether the type of a column tells what its values are. Otherwise what is remembered of them is
    /// compared with what is declared.
    const TYPES_TELL: bool;

    /// Whether primary keys, and what rows are found by, are indexes of the loader's. Otherwise only what
    /// is declared `unique` is one, and no statement may rely on a key.
    const HAS_KEYS: bool = true;

    /// Whether comments stand within a table's definition; otherwise each is a statement.
    const COMMENTS_WITHIN: bool;

    /// Asks whether there is something that rows can be in, of the name `$1`: gives a row if there is.
    const EXISTS: &'static str;

    /// Asks for the columns of the table `$1`: name, type, and whether a row needs a value for it.
    const COLUMNS: &'static str;

    /// Asks for the columns of the primary key of the table `$1`, in order, each with whether the
    /// loader has made the key.
    const PRIMARY_KEY: &'static str;

    /// Asks for the tables of the name `$1` and those that begin with it and an underscore.
    const STAGED: &'static str;

    /// Asks for the tables that are not the loader's and have a column `$1`.
    const OWNERS: &'static str;

    /// Asks for the loader's own indexes: name, table, whether it is unique, and a column, a row for
    /// each, in order. All of them may be given; those on the table and of these names must be.
    fn indexes(table: &str, names: &[&str]) -> String;

    /// Whether two names are the same.
    fn is_same_name(one: &str, other: &str) -> bool {
        one == other
    }

    /// The type of a column, as the database itself writes it.
    fn column_type(column: &Column) -> String;

    /// Whether a column of the type that is there takes every value of the declared one.
    fn takes(present: &str, declared: &str) -> bool;

    /// The statement that gives a column another type, if there is one.
    fn change_type(_table: &str, _column: &str, _declared: &str) -> Option<String> {
        None
    }

    /// The type of a column of the loader's own tables. `None`: there is no such column.
    fn own_type(kind: Kind) -> Option<&'static str>;

    /// The statements that make the table of an earlier version, whose states are unique without their
    /// variant, today's, which is made by `create`. `columns` are those that it has.
    fn add_variant(create: Vec<String>, columns: &str) -> Vec<String>;

    /// Refuses tables that cannot be told apart, or whose names are not taken.
    fn check_names(tables: &[Table]) -> Result<(), Error>;

    /// Waits until no other run creates or extends the tables of this one, to the end of the transaction.
    async fn hold<D: Database>(_db: &D, _table: &str) -> Result<(), Failed> {
        Ok(())
    }

    /// Makes the name free that the primary key of a new table has.
    async fn free_key_name<D: Database>(_db: &D, _table: &str) -> Result<(), Failed> {
        Ok(())
    }

    /// Drops the primary key that the loader has made a table with. Its columns may be null then. It is
    /// called only if the loader makes keys.
    async fn drop_key<D: Database>(
        _db: &D,
        _table: &str,
        _columns: &[String],
    ) -> Result<(), Failed> {
        Ok(())
    }

    /// Whether the table is one of several that each hold a part of its rows.
    async fn is_partitioned<D: Database>(_db: &D, _table: &str) -> Result<bool, Failed> {
        Ok(false)
    }
}

/// What is in a column of the loader's own tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Numbers the rows, for people and names.
    Id,
    /// Numbers the rows in the order in which they were added.
    Order,
    /// Counts commits, where a commit can be lost or doubled by a connection.
    Commits,
    Number,
    Bool,
    Text,
    /// The name of a table or column.
    Name,
    Json,
    Moment,
}

/// A connection to a database.
pub(crate) trait Database {
    /// What the database speaks.
    type Dialect: Dialect;

    /// Executes a statement and gives the rows that it returns.
    async fn query(&self, sql: &str, with: &[Argument<'_>]) -> Result<Vec<Row>, Failed>;

    /// Executes a statement and gives how many rows it has changed.
    async fn execute(&self, sql: &str, with: &[Argument<'_>]) -> Result<u64, Failed>;

    /// Executes statements, one after the other.
    async fn run(&self, statements: &[impl AsRef<str>]) -> Result<(), Failed>;

    /// The first row that a statement returns.
    async fn first(&self, sql: &str, with: &[Argument<'_>]) -> Result<Option<Row>, Failed> {
        Ok(self.query(sql, with).await?.into_iter().next())
    }

    /// Whether a statement returns a row.
    async fn has(&self, sql: &str, with: &[Argument<'_>]) -> Result<bool, Failed> {
        Ok(!self.query(sql, with).await?.is_empty())
    }
}

/// What takes the place of a parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument<'a> {
    Text(Option<&'a str>),
    Json(Option<&'a str>),
    Number(Option<i64>),
    Bool(bool),
}

/// Arguments from values of their types.
macro_rules! with {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::database::Argument::from($value)),*] };
}
pub(crate) use with;

macro_rules! argument {
    ($($of:ty, $value:ident => $argument:expr;)*) => {$(
        impl<'a> From<$of> for Argument<'a> {
            fn from($value: $of) -> Argument<'a> {
                $argument
            }
        }
    )*};
}

argument! {
    &'a str, text => Argument::Text(Some(text));
    &'a String, text => Argument::Text(Some(text));
    Option<&'a str>, text => Argument::Text(text);
    i64, number => Argument::Number(Some(number));
    Option<i64>, number => Argument::Number(number);
    bool, truth => Argument::Bool(truth);
}

/// The arguments of a statement that is made with them.
#[derive(Debug, Default)]
pub(crate) struct Arguments<'a>(pub(crate) Vec<Argument<'a>>);

impl<'a> Arguments<'a> {
    /// Adds one, and gives its parameter.
    pub(crate) fn add(&mut self, argument: impl Into<Argument<'a>>) -> String {
        self.0.push(argument.into());
        format!("${}", self.0.len())
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    Number(i64),
}

/// A row that a statement returns. JSON and moments are text, truths numbers.
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<Cell>);

impl Row {
    /// The value at this place.
    pub(crate) fn get<T: FromCell>(&self, place: usize) -> Result<T, Failed> {
        let cell = self.0.get(place);
        cell.and_then(T::from_cell).ok_or_else(|| {
            let what = format!("the value in column {place} is of another type: {cell:?}");
            Failed::new(what, Means::Nothing)
        })
    }
}

/// What a value of a row can be read as.
pub(crate) trait FromCell: Sized {
    fn from_cell(cell: &Cell) -> Option<Self>;
}

impl FromCell for String {
    fn from_cell(cell: &Cell) -> Option<String> {
        if let Cell::Text(text) = cell { Some(text.clone()) } else { None }
    }
}

impl FromCell for i64 {
    fn from_cell(cell: &Cell) -> Option<i64> {
        if let Cell::Number(number) = cell { Some(*number) } else { None }
    }
}

/// A count, which is negative only if a user has written it.
impl FromCell for u64 {
    fn from_cell(cell: &Cell) -> Option<u64> {
        Some(u64::try_from(i64::from_cell(cell)?).unwrap_or(0))
    }
}

impl FromCell for bool {
    fn from_cell(cell: &Cell) -> Option<bool> {
        Some(i64::from_cell(cell)? != 0)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: &Cell) -> Option<Option<T>> {
        if *cell == Cell::Null { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}
