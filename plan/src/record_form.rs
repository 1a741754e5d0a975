//! How records are put together and changed before they are typed.

use std::{borrow::Cow, fmt};

use crate::{Column, DataType, Filter, JsonTemplate, Link, List, Selector, Str, code::plan, words};

plan! {
    /// How records are made of what a response has, and changed, before they are typed. By default a
    /// record is what the data selector selects.
    #[derive(Clone, PartialEq, Eq)]
    pub struct RecordForm or DEFAULT {
        /// What names the values of records that are lists, or have lists of values.
        pub rows: List<Row> = List::Borrowed(&[]),
        /// Fields of what encloses a record.
        pub with: List<With> = List::Borrowed(&[]),
        /// What is done with each record, in this order.
        pub steps: List<ProcessingStep> = List::Borrowed(&[]),
    }
}

plan! {
    /// A list of values that become fields of the record.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Row or DEFAULT {
        /// Where the values are: the record itself, or a place in it.
        pub values: Selector = Selector::ROOT,
        /// What they are called.
        pub names: Names = Names::Fixed(List::Borrowed(&[])),
    }
}

plan! {
    /// What the values of a list are called.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Names {
        /// These names.
        Fixed(List<Str>),
        /// The texts that the response has in this place.
        Sent(Selector),
    }
}

plan! {
    /// A field of what encloses a record.
    #[derive(Clone, PartialEq, Eq)]
    pub struct With or DEFAULT {
        /// What it is called in the record.
        pub name: Str = Str::Borrowed(""),
        /// How many steps of the data selector lead to what it is taken from.
        pub depth: u32 = 0,
        /// The way from there.
        pub path: Selector = Selector::ROOT,
        /// Whether it is the key that leads to that value, in place of something in it.
        pub is_key: bool = false,
    }
}

/// Keys that lead to a field of a record, one inside the other. A list on the way is gone through.
pub type FieldPath = List<Str>;

plan! {
    /// What is done with each record.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum ProcessingStep {
        /// Records for which this does not hold are left out.
        Filter(RecordFilter),
        /// These fields are removed.
        Exclude(List<FieldPath>),
        /// All other fields are removed.
        Include(List<FieldPath>),
        /// The first field becomes the second.
        Rename(List<(FieldPath, FieldPath)>),
        /// These fields are added.
        Add(List<(FieldPath, JsonTemplate)>),
        /// These fields become values of another type.
        Cast(List<(FieldPath, Cast)>),
    }
}

plan! {
    /// Which records are kept.
    #[derive(Clone, PartialEq, Eq)]
    pub struct RecordFilter or DEFAULT {
        /// As the file says it: `@.status == 'active'`.
        pub text: Str = Str::Borrowed(""),
        /// What it means.
        pub filter: Filter = Filter::All(List::Borrowed(&[])),
    }
}

words! {
    /// What a field becomes.
    pub enum Cast {
        /// A whole number.
        "integer" | "bigint" => Integer,
        /// A number.
        "double" => Double,
        /// A number with all of its digits.
        "decimal" => Decimal,
        /// Text.
        "text" => Text,
        /// `true` or `false`.
        "bool" => Bool,
        /// A moment.
        "timestamp" => Timestamp,
        /// A day.
        "date" => Date,
        /// What JSON in a text says.
        "json" => Json,
    }
}

/// As messages name them.
impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Names::Fixed(_) => f.write_str("`record_columns`"),
            Names::Sent(path) => write!(f, "`record_columns_path: {path}`"),
        }
    }
}

impl Cast {
    /// The type of a column that takes such values.
    pub const fn data_type(self) -> DataType {
        match self {
            Cast::Integer => DataType::Bigint,
            Cast::Double => DataType::Double,
            Cast::Decimal => DataType::Decimal,
            Cast::Text => DataType::Text,
            Cast::Bool => DataType::Bool,
            Cast::Timestamp => DataType::Timestamp,
            Cast::Date => DataType::Date,
            Cast::Json => DataType::Json,
        }
    }
}

/// Where a field of a finished record comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From this field of the record as it was sent.
    Sent(Vec<Str>),
    /// It is made of something else, before or by the step of this index.
    Made(Option<usize>),
    /// The step of this index removes it, or gives it another name.
    Removed(usize),
    /// Nothing is called so among the columns of a row.
    Missing,
}

impl RecordForm {
    /// Whether records are what the response has.
    pub fn is_plain(&self) -> bool {
        self.rows.is_empty() && self.with.is_empty() && self.steps.is_empty()
    }

    /// Where the field comes from that is called so in front of the step of index `end`.
    pub fn origin(&self, path: &[Str], end: usize) -> Origin {
        let mut path = path.to_vec();
        for (index, step) in self.steps.iter().enumerate().take(end).rev() {
            match step {
                ProcessingStep::Filter(_) | ProcessingStep::Cast(_) => {}
                ProcessingStep::Exclude(excluded) => {
                    if excluded.iter().any(|excluded| path.starts_with(excluded)) {
                        return Origin::Removed(index);
                    }
                }
                ProcessingStep::Include(included) => {
                    if !included.iter().any(|included| overlap(&path, included)) {
                        return Origin::Removed(index);
                    }
                }
                ProcessingStep::Rename(renamed) => {
                    let found = renamed.iter().filter(|(_, to)| path.starts_with(to));
                    if let Some((from, to)) = found.max_by_key(|(_, to)| to.len()) {
                        path = [from, &path[to.len()..]].concat();
                    } else if renamed.iter().any(|(from, _)| path.starts_with(from)) {
                        return Origin::Removed(index);
                    }
                }
                ProcessingStep::Add(added) => {
                    if added.iter().any(|(name, _)| overlap(&path, name)) {
                        return Origin::Made(Some(index));
                    }
                }
            }
        }
        let Some(first) = path.first() else { return Origin::Sent(path) };
        if self.with.iter().any(|with| with.name == *first) {
            return Origin::Made(None);
        }
        let is_row = self.rows.iter().any(|row| row.values == Selector::ROOT);
        let mut names = self.rows.iter().map(|row| match &row.names {
            Names::Fixed(names) => names.contains(first),
            Names::Sent(_) => true,
        });
        match is_row {
            true if names.any(|is_named| is_named) => Origin::Made(None),
            true => Origin::Missing,
            false => Origin::Sent(path),
        }
    }

    /// What the field is called at the end that is called so in front of the step of index `start`. `None` if
    /// it is removed.
    pub fn end(&self, path: &[Str], start: usize) -> Option<Vec<Str>> {
        let mut path = path.to_vec();
        for step in self.steps.iter().skip(start) {
            match step {
                ProcessingStep::Exclude(excluded) => {
                    if excluded.iter().any(|excluded| path.starts_with(excluded)) {
                        return None;
                    }
                }
                ProcessingStep::Include(included) => {
                    if !included.iter().any(|included| overlap(&path, included)) {
                        return None;
                    }
                }
                ProcessingStep::Rename(renamed) => {
                    let found = renamed.iter().filter(|(from, _)| path.starts_with(from));
                    if let Some((from, to)) = found.max_by_key(|(from, _)| from.len()) {
                        path = [to, &path[from.len()..]].concat();
                    }
                }
                ProcessingStep::Filter(_) | ProcessingStep::Add(_) | ProcessingStep::Cast(_) => {}
            }
        }
        Some(path)
    }

    /// What a column was called in the record as it was sent, as the name of a column. `None` if it was
    /// not sent in the record.
    pub fn sent(&self, column: &Str) -> Option<Str> {
        self.sent_path(column).map(|path| path.join("__").into())
    }

    fn sent_path(&self, column: &Str) -> Option<Vec<Str>> {
        if self.is_plain() {
            return Some(vec![column.clone()]);
        }
        let end = self.steps.len();
        let path = match column.split("__").collect::<Vec<_>>() {
            keys if keys.len() > 1 && keys.iter().all(|key| !key.is_empty()) => {
                keys.into_iter().map(|key| Str::from(key.to_owned())).collect()
            }
            _ => vec![column.clone()],
        };
        let whole = self.origin(std::slice::from_ref(column), end);
        let origin = match whole {
            Origin::Sent(sent) if sent == [column.clone()] => self.origin(&path, end),
            origin => origin,
        };
        match origin {
            Origin::Sent(path) => Some(path),
            Origin::Made(_) | Origin::Removed(_) | Origin::Missing => None,
        }
    }

    /// The columns of a record as it was sent: with the names that it has there, without what it is given or
    /// what is removed. Formats whose values are text read them by these.
    pub fn sent_columns<'a>(&self, columns: &'a [Column]) -> Cow<'a, [Column]> {
        if self.is_plain() {
            return Cow::Borrowed(columns);
        }
        let mut sent = Vec::new();
        for column in columns {
            if let Some(path) = self.sent_path(&column.name) {
                insert(&mut sent, &path, hollow(column));
            }
            self.send_fields(std::slice::from_ref(&column.name), column, &mut sent);
        }
        Cow::Owned(sent)
    }

    /// Adds the fields of a nested record, or of those in a list.
    fn send_fields(&self, path: &[Str], column: &Column, sent: &mut Vec<Column>) {
        let items = column.items.as_deref().map(|items| &*items.fields);
        for field in column.fields.iter().chain(items.unwrap_or_default()) {
            let path = [path, std::slice::from_ref(&field.name)].concat();
            if let Origin::Sent(origin) = self.origin(&path, self.steps.len()) {
                insert(sent, &origin, hollow(field));
            }
            self.send_fields(&path, field, sent);
        }
    }
}

/// A column without the fields that are in it.
fn hollow(column: &Column) -> Column {
    let items = column.items.as_deref().map(|items| Link::from(hollow(items)));
    Column { fields: List::Borrowed(&[]), items, ..column.clone() }
}

/// Puts a column where a path leads.
fn insert(columns: &mut Vec<Column>, path: &[Str], column: Column) {
    let Some((first, rest)) = path.split_first() else { return };
    let known = columns.iter().position(|known| known.name == *first);
    if rest.is_empty() {
        let column = Column { name: first.clone(), ..column };
        match known {
            Some(at) => columns[at] = column,
            None => columns.push(column),
        }
        return;
    }
    let at = known.unwrap_or_else(|| {
        let data_type = DataType::Json;
        columns.push(Column { name: first.clone(), data_type, ..Column::DEFAULT });
        columns.len() - 1
    });
    match &mut columns[at].items {
        Some(items) => {
            let mut element = (**items).clone();
            insert(element.fields.to_mut(), rest, column);
            *items = Link::from(element);
        }
        None => insert(columns[at].fields.to_mut(), rest, column),
    }
}

/// Whether one path leads through the end of the other.
fn overlap(one: &[Str], other: &[Str]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
