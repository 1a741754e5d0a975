//! A source as it was understood: complete, consistent and without places, ready to become Rust.
//!
//! Where the file has mistakes the model holds what could be understood, so that the code made of
//! it still has the types that other code names.

pub use crate::config::{DataType, WriteDisposition};

/// A source.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// What it is.
    pub description: Option<String>,
    /// The address that endpoint paths are joined to.
    pub base_url: String,
    /// Headers of every request.
    pub headers: Vec<(String, Template)>,
    /// How requests are authenticated.
    pub auth: Option<Auth>,
    /// When and how often a failed request is tried again.
    pub retry: Retry,
    /// The longest that one try may take, in seconds.
    pub timeout: f64,
    /// The secrets that the templates name, in the order in which they first stand in the file.
    pub secrets: Vec<Secret>,
    /// The resources, in the file's order.
    pub resources: Vec<Resource>,
}

/// A secret that a client needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its name in the file.
    pub name: String,
    /// The method of the builder that takes it.
    pub setter: String,
    /// The environment variables that may hold it, in the order in which they are looked at.
    pub variables: Vec<String>,
}

/// Text with secrets in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that is used as it is.
    Text(String),
    /// The secret of this name.
    Secret(String),
}

/// How requests are authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A token in the `Authorization` header.
    Bearer {
        /// The token.
        token: Template,
    },
}

/// When and how often a failed request is tried again; times in seconds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Retry {
    /// Statuses after which a request is sent again.
    pub statuses: Vec<u16>,
    /// How often, beyond the first try.
    pub max_retries: u32,
    /// What each wait is multiplied by to give the next.
    pub backoff_factor: f64,
    /// The longest single wait.
    pub max_delay: f64,
    /// The longest that all tries and waits of one request may take together.
    pub max_elapsed: f64,
}

/// A resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its name in the file.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// The client's function that fetches it.
    pub function: String,
    /// The struct of its records.
    pub type_name: String,
    /// The path below the base URL.
    pub path: String,
    /// Query parameters of every request; a list is repeated.
    pub params: Vec<(String, String)>,
    /// Where the records are in a response.
    pub data_selector: Option<Selector>,
    /// How the next request is made.
    pub paginator: Paginator,
    /// The columns that identify a record.
    pub primary_key: Vec<String>,
    /// The columns that say which existing rows a record replaces.
    pub merge_key: Vec<String>,
    /// What loading does to existing rows.
    pub write_disposition: WriteDisposition,
    /// The declared columns.
    pub columns: Vec<Column>,
}

/// A path into a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// As the file says it.
    pub text: String,
    /// The keys to follow, none for the document itself; `None` for a JSONPath of more than keys.
    pub keys: Option<Vec<String>>,
}

/// How the next request is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paginator {
    /// There is no next request.
    SinglePage,
    /// The response holds a page cursor, which the next request sends back.
    Cursor {
        /// Where the page cursor is in a response.
        cursor_path: Selector,
        /// The query parameter that sends it.
        cursor_param: String,
        /// How many records a page shall have.
        limit: Option<u64>,
        /// The query parameter that sends the limit.
        limit_param: String,
    },
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
    /// What is in it.
    pub content: Content,
}

impl Column {
    /// A nullable column of text.
    pub fn text(name: String, field: String) -> Column {
        Column {
            name,
            field,
            data_type: DataType::Text,
            nullable: true,
            description: None,
            precision: None,
            scale: None,
            timezone: true,
            content: Content::Plain,
        }
    }
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
