//! A source as it was understood: complete, consistent and without places, ready to become Rust.
//!
//! Where the file has mistakes the model holds what could be understood, so that the code made of
//! it still has the types that other code names.

use rest_source_plan::{DataType, DedupSort, Link, ResourcePlan, SourcePlan};

/// A source.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What it is.
    pub description: Option<String>,
    /// How the API is reached.
    pub plan: SourcePlan,
    /// The resources, in the file's order.
    pub resources: Vec<Resource>,
}

impl Default for Source {
    fn default() -> Self {
        Source { description: None, plan: SourcePlan::new("", ""), resources: Vec::new() }
    }
}

/// A resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// What it is.
    pub description: Option<String>,
    /// The client's function that fetches it.
    pub function: String,
    /// The struct of its records.
    pub type_name: String,
    /// The resources that it takes values from, the parent first: their names, and the structs of their records.
    pub origins: Vec<(String, String)>,
    /// What the function takes: the arguments of the plan.
    pub arguments: Vec<Argument>,
    /// Where its records come from and what identifies and describes them. Children share it.
    pub plan: Link<ResourcePlan>,
    /// The columns of the plan, with their names in Rust.
    pub columns: Vec<Column>,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name in the path.
    pub name: String,
    /// Its name in Rust.
    pub variable: String,
    /// What it is.
    pub data_type: DataType,
}

/// A declared column, a field of a nested record, or what the elements of a list are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in the API's records; none for the elements of a list.
    pub name: String,
    /// The field's name in Rust.
    pub field: String,
    /// What its values are; `json` for nested records and lists.
    pub data_type: DataType,
    /// Whether the file names it without saying what its values are; they are `json` then.
    pub inferred: bool,
    /// Whether a record may lack it.
    pub nullable: bool,
    /// What it means.
    pub description: Option<String>,
    /// How many digits it has.
    pub precision: Option<u32>,
    /// How many of the digits are behind the point.
    pub scale: Option<u32>,
    /// Whether a timestamp has a zone.
    pub timezone: bool,
    /// What only a table is concerned with.
    pub hints: Hints,
    /// What is in it.
    pub content: Content,
}

impl Column {
    /// A nullable column whose values may be anything.
    pub fn inferred(name: String, field: String) -> Column {
        Column {
            name,
            field,
            data_type: DataType::Json,
            inferred: true,
            nullable: true,
            description: None,
            precision: None,
            scale: None,
            timezone: true,
            hints: Hints::default(),
            content: Content::Plain,
        }
    }
}

/// What of a column only a table is concerned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// Whether no two rows share a value.
    pub unique: bool,
    /// Whether rows are sorted by it.
    pub sort: bool,
    /// Whether a value in it removes the row.
    pub hard_delete: bool,
    /// Which of several records with one key counts.
    pub dedup_sort: Option<DedupSort>,
}

/// What is in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A value of its data type.
    Plain,
    /// A nested record.
    Record(Nested),
    /// A list of such values.
    List(Box<Column>),
    /// One of a few words.
    Words(Words),
}

/// A record within a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    /// Its struct.
    pub type_name: String,
    /// Its declared fields.
    pub columns: Vec<Column>,
}

/// The words that a column is expected to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Their enum.
    pub type_name: String,
    /// The words, in the file's order.
    pub words: Vec<Word>,
}

/// A word and its variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As the API writes it.
    pub word: String,
    /// As Rust has it.
    pub variant: String,
}
