//! A declared column.

use crate::{Code, Link, List, Str, code, code::plan, words};

plan! {
    /// A declared column.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Column by short or DEFAULT {
        /// The field's name in the API's records, and the column's in the database.
        pub name: Str = Str::Borrowed(""),
        /// What its values are. Nested records and lists are `json`.
        pub data_type: DataType = DataType::Text,
        /// Whether the file names the field without saying what its values are, as a key does. The field
        /// is of the type `json` then, and loaders store what its values turn out to be.
        pub inferred: bool = false,
        /// Whether a record may lack it or have `null`.
        pub nullable: bool = true,
        /// What it means, as the file says it.
        pub description: Option<Str> = None,
        /// How many digits a `decimal` may have: more are an error. Of other types a hint for
        /// destinations.
        pub precision: Option<u32> = None,
        /// How many digits of a `decimal` may be behind the point: more are an error.
        pub scale: Option<u32> = None,
        /// Whether a timestamp carries a UTC offset (an instant), or is a civil date and time.
        pub timezone: bool = true,
        /// Whether no two rows share a value.
        pub unique: bool = false,
        /// Whether rows are sorted by it.
        pub sort: bool = false,
        /// Whether a value in it removes the row.
        pub hard_delete: bool = false,
        /// Which of several records with one key counts.
        pub dedup_sort: Option<DedupSort> = None,
        /// The columns of a nested record.
        pub fields: List<Column> = List::Borrowed(&[]),
        /// What each element of a list is; a column without a name.
        pub items: Option<Link<Column>> = None,
        /// The words that it is expected to have. Others are kept too.
        pub words: List<Str> = List::Borrowed(&[]),
    }
}

impl Column {
    /// A nullable column without any hints.
    pub const fn new(name: &'static str, data_type: DataType) -> Column {
        Column::plain(name, data_type, None)
    }

    const fn plain(name: &'static str, data_type: DataType, description: Option<Str>) -> Column {
        Column { name: Str::Borrowed(name), data_type, description, ..Column::DEFAULT }
    }

    /// The same, with what it means.
    pub const fn described(
        name: &'static str,
        data_type: DataType,
        description: &'static str,
    ) -> Column {
        Column::plain(name, data_type, Some(Str::Borrowed(description)))
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

    /// The column by a constructor: nearly all of them have a type and a description at most, and so take few
    /// tokens.
    fn short(&self) -> Option<String> {
        let plain = Column {
            nullable: self.nullable,
            inferred: self.inferred,
            description: self.description.clone(),
            name: self.name.clone(),
            ..Column::new("", self.data_type)
        };
        if *self != plain {
            return None;
        }
        let (name, data_type) = (&self.name, self.data_type.code());
        let mut code = match &self.description {
            None => format!("Column::new({name:?}, {data_type})"),
            Some(of) => format!("Column::described({name:?}, {data_type}, {of:?})"),
        };
        if self.inferred {
            code.push_str(".inferred()");
        }
        if !self.nullable {
            code.push_str(".required()");
        }
        Some(code)
    }

    /// Whether two declarations of a column make the same column of a table, or the same columns and
    /// tables: descriptions, words and whether it may be missing make no difference.
    ///
    /// ```
    /// use rest_source_plan::{Column, DataType};
    ///
    /// let id = Column::new("id", DataType::Text);
    /// assert!(id.is_stored_as(&id.clone().required()));
    /// assert!(!id.is_stored_as(&Column::new("id", DataType::Bigint)));
    /// ```
    pub fn is_stored_as(&self, other: &Column) -> bool {
        let plain = |column: &Column| Column {
            description: None,
            nullable: true,
            words: List::default(),
            fields: List::default(),
            items: None,
            ..column.clone()
        };
        let fields = self.fields.len() == other.fields.len()
            && self
                .fields
                .iter()
                .zip(other.fields.iter())
                .all(|(one, other)| one.name == other.name && one.is_stored_as(other));
        let items = match (&self.items, &other.items) {
            (Some(one), Some(other)) => one.is_stored_as(other),
            (None, None) => true,
            _ => false,
        };
        plain(self) == plain(other) && fields && items
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

words! {
    /// Which of several records with one key counts.
    pub enum DedupSort {
        /// The one with the smallest value.
        "asc" => Ascending,
        /// The one with the largest value.
        "desc" => Descending,
    }
}

words! {
    /// What the values of a column are.
    pub enum DataType {
        /// Text.
        "text" => Text,
        /// A whole number of 64 bits.
        "bigint" => Bigint,
        /// A floating-point number of 64 bits.
        "double" => Double,
        /// True or false.
        "bool" => Bool,
        /// A moment, to the nanosecond.
        "timestamp" => Timestamp,
        /// A day of the calendar.
        "date" => Date,
        /// A time of day.
        "time" => Time,
        /// An exact decimal number.
        "decimal" => Decimal,
        /// A whole number of up to 10,000 digits.
        "wei" => Wei,
        /// Anything.
        "json" => Json,
        /// Bytes, in JSON as base64 text.
        "binary" => Binary,
    }
}

impl DataType {
    /// How many digits a `wei` may have. Reading and writing one takes a time that grows with the square of
    /// its digits.
    pub const MAX_WEI_DIGITS: usize = 10_000;
}

impl Code for Link<Column> {
    fn write_code(&self, code: &mut String) {
        code::link(&**self, code);
    }
}
