//! A large description, by which generating code and compiling it is measured.

use std::fmt::Write as _;

pub const RESOURCES: usize = 100;
pub const COLUMNS: usize = 20;

/// What the columns of a resource are, in turn; the first one is its key.
const TYPES: [&str; 6] = ["text", "bigint", "timestamp", "decimal", "bool", "json"];

/// The data type of a column.
pub fn data_type(column: usize) -> &'static str {
    TYPES[column % TYPES.len()]
}

/// The text of the description.
pub fn description() -> String {
    let mut text = "client:\n  base_url: https://api.example.com\n  \
                    auth: {type: bearer, token: \"{secrets.access_token}\"}\n  \
                    paginator: {type: cursor, cursor_path: meta.next, cursor_param: after}\n\
                    resources:\n"
        .to_owned();
    for resource in 0..RESOURCES {
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
