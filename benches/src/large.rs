//! Sources of any number of resources, by which generating code and compiling it is measured: the
//! description, and what a careful engineer writes for the same over reqwest and serde.

use std::fmt::Write as _;

/// How many columns each resource has.
pub const COLUMNS: usize = 20;

/// What the columns of a resource are, in turn; the first one is its key.
const TYPES: [&str; 6] = ["text", "bigint", "timestamp", "decimal", "bool", "json"];

/// The data type of a column.
fn data_type(column: usize) -> &'static str {
    TYPES[column % TYPES.len()]
}

/// The text of a description.
pub fn description(resources: usize) -> String {
    let mut text = "client:\n  base_url: https://api.example.com\n  \
                    auth: {type: bearer, token: \"{secrets.access_token}\"}\n  \
                    paginator: {type: cursor, cursor_path: meta.next, cursor_param: after}\n\
                    resources:\n"
        .to_owned();
    for resource in 0..resources {
        let _ = write!(
            text,
            "  - name: resource_{resource}_items\n    primary_key: id\n    \
             write_disposition: merge\n    endpoint: {{path: /v1/{resource}, data_selector: data}}\n    \
             columns:\n      id: {{data_type: text, nullable: false, description: Its name}}\n"
        );
        for column in 1..COLUMNS {
            let data_type = data_type(column);
            let _ = writeln!(
                text,
                "      column{column}: {{data_type: {data_type}, description: A value}}"
            );
        }
    }
    text
}

/// What is written once for all resources.
const CLIENT: &str = r#"//! The source `by_hand_api`.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Fetches all resources.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    access_token: String,
}

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    next: Option<String>,
}

impl Client {
    /// A client.
    pub fn new(access_token: impl Into<String>) -> Client {
        Client {
            http: reqwest::Client::new(),
            base_url: "https://api.example.com".to_owned(),
            access_token: access_token.into(),
        }
    }

    async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        after: Option<&str>,
    ) -> Result<Page<T>, reqwest::Error> {
        let mut request = self.http.get(format!("{}{path}", self.base_url)).bearer_auth(&self.access_token);
        if let Some(after) = after {
            request = request.query(&[("after", after)]);
        }
        request.send().await?.error_for_status()?.json().await
    }
}
"#;

/// The same structs, with the same documentation, and functions.
pub fn by_hand(resources: usize) -> String {
    let mut code = CLIENT.to_owned();
    code += "\nimpl Client {\n";
    for resource in 0..resources {
        let _ = write!(
            code,
            r#"
    /// `GET /v1/{resource}`, following `meta.next` by `after`. The records are the response's `data`.
    ///
    /// # Errors
    ///
    /// The server refuses a request or cannot be reached, or a response is not as it is described.
    pub async fn resource_{resource}_items(&self) -> Result<Vec<Resource{resource}Item>, reqwest::Error> {{
        let mut records = Vec::new();
        let mut after: Option<String> = None;
        loop {{
            let page: Page<Resource{resource}Item> = self.page("/v1/{resource}", after.as_deref()).await?;
            records.extend(page.data);
            match page.meta.next {{
                Some(next) => after = Some(next),
                None => return Ok(records),
            }}
        }}
    }}
"#
        );
    }
    code += "}\n";
    for resource in 0..resources {
        let _ = write!(
            code,
            "\n/// A record of the resource `resource_{resource}_items`, as \
             [`Client::resource_{resource}_items`] fetches it from `GET /v1/{resource}`.\n///\n\
             /// Its primary key is `id`.\n\
             #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]\n\
             pub struct Resource{resource}Item {{\n    /// Its name\n    ///\n    \
             /// `text`; never missing.\n    pub id: String,\n"
        );
        for column in 1..COLUMNS {
            let word = data_type(column);
            let of_type = match word {
                "text" => "String",
                "bigint" => "i64",
                "timestamp" => "Timestamp",
                "decimal" => "Decimal",
                "bool" => "bool",
                _ => "Value",
            };
            let _ = write!(
                code,
                "    /// A value\n    ///\n    /// `{word}`; may be missing.\n    \
                 pub column{column}: Option<{of_type}>,\n"
            );
        }
        code += "    /// Fields that are not declared.\n    #[serde(flatten)]\n    \
                 pub extra: Map<String, Value>,\n}\n";
    }
    code
}

/// The description with another column in its first resource.
pub fn description_with(column: &str, description: &str) -> String {
    let first = "      column1:";
    let added = format!("      {column}: {{data_type: text, description: A value}}\n{first}");
    description.replacen(first, &added, 1)
}

/// The structs with the same column.
pub fn by_hand_with(column: &str, code: &str) -> String {
    let last = "    /// Fields that are not declared.";
    let added = format!(
        "    /// A value\n    ///\n    /// `text`; may be missing.\n    \
         pub {column}: Option<String>,\n{last}"
    );
    code.replacen(last, &added, 1)
}
