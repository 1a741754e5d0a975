//! A declared column.

use std::mem;

use crate::{Link, List, Str};

/// A declared column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a hint of the language")]
pub struct Column {
    /// The field's name in the API's records, and the column's in the database.
    pub name: Str,
    /// What its values are. Nested records and lists are `json`.
    pub data_type: DataType,
    /// Whether the file names the field without saying what its values are, as a key does. The field
    /// is of the type `json` then, and loaders store what its values turn out to be.
    pub inferred: bool,
    /// Whether a record may lack it or have `null`.
    pub nullable: bool,
    /// What it means, as the file says it.
    pub description: Option<Str>,
    /// How many digits a `decimal` may have: more are an error. Of other types a hint for
    /// destinations.
    pub precision: Option<u32>,
    /// How many digits of a `decimal` may be behind the point: more are an error.
    pub scale: Option<u32>,
    /// Whether a timestamp is a moment, or a date with a time of day that says nothing of its zone.
    pub timezone: bool,
    /// Whether no two rows share a value.
    pub unique: bool,
    /// Whether rows are sorted by it.
    pub sort: bool,
    /// Whether a value in it removes the row.
    pub hard_delete: bool,
    /// Which of several records with one key counts.
    pub dedup_sort: Option<DedupSort>,
    /// The columns of a nested record.
    pub fields: List<Column>,
    /// What each element of a list is; a column without a name.
    pub items: Option<Link<Column>>,
    /// The words that it is expected to have. Others are kept too.
    pub words: List<Str>,
}

impl Column {
    /// A nullable column without any hints.
    pub const fn new(name: &'static str, data_type: DataType) -> Column {
        Column {
            name: Str::Borrowed(name),
            data_type,
            inferred: false,
            nullable: true,
            description: None,
            precision: None,
            scale: None,
            timezone: true,
            unique: false,
            sort: false,
            hard_delete: false,
            dedup_sort: None,
            fields: List::Borrowed(&[]),
            items: None,
            words: List::Borrowed(&[]),
        }
    }

    /// The same column, with what it means.
    #[must_use]
    pub const fn described(mut self, description: &'static str) -> Column {
        // What a constant is made of cannot be dropped, and nothing is lost with `None`.
        mem::forget(self.description.replace(Str::Borrowed(description)));
        self
    }

    /// The same column, of whose values the file does not say what they are.
    #[must_use]
    pub const fn inferred(mut self) -> Column {
        self.inferred = true;
        self
    }

    /// The same column, never missing.
    #[must_use]
    pub const fn required(mut self) -> Column {
        self.nullable = false;
        self
    }

    /// The columns of the nested record, or of the records in the list, or in the lists of lists.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use rest_source_plan::{Column, DataType, Link};
    ///
    /// static ID: [Column; 1] = [Column::new("id", DataType::Text)];
    /// let link = Column { fields: Cow::Borrowed(&ID), ..Column::new("", DataType::Json) };
    /// let links = Column { items: Some(Link::from(link)), ..Column::new("links", DataType::Json) };
    /// assert_eq!(links.nested(), ID);
    /// ```
    pub fn nested(&self) -> &[Column] {
        match &self.items {
            Some(items) => items.nested(),
            None => &self.fields,
        }
    }
}

/// Which of several records with one key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DedupSort {
    /// The one with the smallest value.
    Ascending,
    /// The one with the largest value.
    Descending,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataType {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Bigint,
    /// A floating-point number of 64 bits.
    Double,
    /// True or false.
    Bool,
    /// A moment, to the nanosecond.
    Timestamp,
    /// A day of the calendar.
    Date,
    /// A time of day.
    Time,
    /// An exact decimal number.
    Decimal,
    /// A whole number of any size.
    Wei,
    /// Anything.
    Json,
    /// Bytes, in JSON as base64 text.
    Binary,
}

impl DataType {
    const ALL: [DataType; 11] = [
        DataType::Text,
        DataType::Bigint,
        DataType::Double,
        DataType::Bool,
        DataType::Timestamp,
        DataType::Date,
        DataType::Time,
        DataType::Decimal,
        DataType::Wei,
        DataType::Json,
        DataType::Binary,
    ];

    /// The word for it in the language.
    ///
    /// ```
    /// use rest_source_plan::DataType;
    ///
    /// assert_eq!(DataType::Bigint.name(), "bigint");
    /// assert_eq!(DataType::named("bigint"), Some(DataType::Bigint));
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            DataType::Text => "text",
            DataType::Bigint => "bigint",
            DataType::Double => "double",
            DataType::Bool => "bool",
            DataType::Timestamp => "timestamp",
            DataType::Date => "date",
            DataType::Time => "time",
            DataType::Decimal => "decimal",
            DataType::Wei => "wei",
            DataType::Json => "json",
            DataType::Binary => "binary",
        }
    }

    /// The data type that the language has this word for.
    pub fn named(name: &str) -> Option<DataType> {
        DataType::ALL.into_iter().find(|data_type| data_type.name() == name)
    }
}
