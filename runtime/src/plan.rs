//! What the engine executes: a source and its resources as plain data.
//!
//! Generated code hands these over as constants, therefore everything is a [`Cow`] that can borrow
//! from the program. A plan built at run time owns its parts and runs on the same engine. Nothing
//! here does anything; secrets appear by name only.

use std::{borrow::Cow, fmt, time::Duration};

/// Text of a plan.
pub type Str = Cow<'static, str>;
/// A list in a plan.
pub type List<T> = Cow<'static, [T]>;

/// A whole source: how the API is reached. Its resources have a [`ResourcePlan`] each.
#[derive(Debug, Clone, PartialEq)]
pub struct SourcePlan {
    /// The source's name, `payments_api`.
    pub name: Str,
    /// The address that endpoint paths are joined to.
    pub base_url: Str,
    /// Headers of every request.
    pub headers: List<(Str, Template)>,
    /// How requests are authenticated.
    pub auth: Option<Auth>,
    /// The secrets that headers and authentication name.
    pub secrets: List<Secret>,
    /// When and how often a failed request is tried again.
    pub retry: Retry,
    /// The longest that one try may take, from connecting to the last byte of the body.
    pub timeout: Duration,
}

/// Text that is put together when a client is built: literal parts and secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(pub List<Part>);

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that is used as it is.
    Text(Str),
    /// The secret of this name, `access_token`, which the plan lists.
    Secret(Str),
}

/// A secret that a client needs, and where its value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its name in the file, `access_token`.
    pub name: Str,
    /// The method of the generated builder that takes it, for errors to name.
    pub setter: Str,
    /// The environment variables that may hold it, in the order in which they are looked at.
    pub variables: List<Str>,
}

/// How requests are authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer <token>`.
    Bearer {
        /// The token.
        token: Template,
    },
}

/// When and how often a failed request is tried again.
#[derive(Debug, Clone, PartialEq)]
pub struct Retry {
    /// Statuses after which a request is sent again.
    pub statuses: List<u16>,
    /// How often a request is sent again, beyond the first try.
    pub max_retries: u32,
    /// What each wait is multiplied by to give the next: with 2 they are 1, 2 and 4 seconds.
    pub backoff_factor: f64,
    /// The longest single wait, also for a `Retry-After` that asks for more.
    pub max_delay: Duration,
    /// The longest that all tries and waits of one request may take together.
    pub max_elapsed: Duration,
}

/// One resource: where its records come from and what identifies and describes them.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourcePlan {
    /// The resource's name in the file.
    pub name: Str,
    /// Method, path and parameters that serve it.
    pub endpoint: Endpoint,
    /// The columns that the file declares, in its order.
    pub columns: List<Column>,
    /// Columns that identify a record.
    pub primary_key: List<Str>,
    /// Columns that say which existing rows a record replaces, beside those with its
    /// primary key.
    pub merge_key: List<Str>,
    /// What loading does to existing rows.
    pub write_disposition: WriteDisposition,
}

/// Method, path and parameters that serve a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Endpoint {
    /// The path below the base URL.
    pub path: Str,
    /// Query parameters of every request, in the file's order.
    pub params: List<(Str, Str)>,
    /// Where the records are in a response. `None`: the response is itself the list of records.
    pub data_selector: Option<Selector>,
    /// How the next request is made.
    pub paginator: Paginator,
}

/// How the next request is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Paginator {
    /// There is no next request.
    SinglePage,
    /// The response holds a page cursor, which the next request sends back.
    Cursor {
        /// Where the page cursor is in a response.
        cursor_path: Selector,
        /// The query parameter that sends it.
        cursor_param: Str,
        /// The page size that is asked for.
        page_size: Option<PageSize>,
    },
}

/// The page size that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSize {
    /// The query parameter that sends it.
    pub param: Str,
    /// How many records a page shall have.
    pub records: u64,
}

/// A path into a JSON document: `meta.cursors.after`. Without segments it is the document itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector(pub List<Segment>);

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<&str> = self.0.iter().map(|Segment::Key(key)| &**key).collect();
        f.write_str(if keys.is_empty() { "$" } else { "" })?;
        f.write_str(&keys.join("."))
    }
}

/// One step of a [`Selector`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The member of an object with this name.
    Key(Str),
}

/// A declared column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in the API's records, and the column's in the database.
    pub name: Str,
    /// What its values are.
    pub data_type: DataType,
    /// Whether a record may lack it or have `null`.
    pub nullable: bool,
    /// What it means, as the file says it.
    pub description: Option<Str>,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataType {
    /// [`String`].
    Text,
    /// [`i64`].
    Bigint,
    /// [`f64`].
    Double,
    /// [`bool`].
    Bool,
    /// [`Timestamp`](crate::Timestamp): a moment, to the nanosecond.
    Timestamp,
    /// [`Date`](crate::Date): a day of the calendar.
    Date,
    /// [`Time`](crate::Time): a time of day.
    Time,
    /// [`Decimal`](crate::Decimal): an exact decimal number.
    Decimal,
    /// [`Wei`](crate::Wei): a whole number of any size.
    Wei,
    /// [`serde_json::Value`]: anything.
    Json,
    /// Bytes, in JSON as base64 text.
    Binary,
}

/// What loading does to the rows that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WriteDisposition {
    /// Adds the new rows.
    Append,
    /// Puts the new rows in the place of all old ones.
    Replace,
    /// Puts each new row in the place of the one with its key, and adds those that are new.
    Merge,
}
