//! Which keys dlt has, of version 1.31. All others are of this language alone.

/// The keys of dlt by blocks. A key that is not there is this language's own, as is a block that is not there.
const KEYS: &[(&str, &[&str])] = &[
    ("Source", &["client", "resource_defaults", "resources"]),
    ("Client", &["base_url", "headers", "auth", "paginator"]),
    (
        "Auth",
        &[
            "token",
            "api_key",
            "location",
            "name",
            "username",
            "password",
            "access_token",
            "access_token_request_data",
            "access_token_url",
            "client_id",
            "client_secret",
            "default_token_expiration",
        ],
    ),
    (
        "Resource",
        &[
            "name",
            "endpoint",
            "table_name",
            "selected",
            "include_from_parent",
            "processing_steps",
            "primary_key",
            "merge_key",
            "write_disposition",
            "columns",
            "schema_contract",
            "max_table_nesting",
            "parallelized",
            "table_format",
            "file_format",
            "references",
            "nested_hints",
        ],
    ),
    ("Reference", &["columns", "referenced_columns", "referenced_table"]),
    ("NestedHints", &["columns", "merge_key", "primary_key", "write_disposition"]),
    ("ProcessingStep", &["filter", "map", "yield_map"]),
    (
        "Endpoint",
        &[
            "path",
            "method",
            "params",
            "headers",
            "json",
            "data",
            "auth",
            "paginator",
            "data_selector",
            "data_selector_required",
            "response_actions",
            "incremental",
        ],
    ),
    ("ResponseAction", &["status_code", "content", "action"]),
    (
        "Paginator",
        &[
            "next_url_path",
            "links_next_key",
            "cursor_key",
            "cursor_param",
            "cursor_path",
            "cursor_body_path",
            "offset",
            "offset_param",
            "offset_body_path",
            "limit",
            "limit_param",
            "limit_body_path",
            "maximum_offset",
            "base_page",
            "page",
            "page_param",
            "page_body_path",
            "maximum_page",
            "total_path",
            "has_more_path",
            "stop_after_empty_page",
        ],
    ),
    (
        "Incremental",
        &[
            "cursor_path",
            "initial_value",
            "end_value",
            "last_value_func",
            "primary_key",
            "row_order",
            "lag",
            "on_cursor_value_missing",
            "range_start",
            "range_end",
            "convert",
            "transform",
            "start_param",
            "end_param",
            "allow_external_schedulers",
        ],
    ),
    (
        "Param",
        &[
            "resource",
            "field",
            "cursor_path",
            "initial_value",
            "last_value_func",
            "primary_key",
            "row_order",
            "lag",
            "on_cursor_value_missing",
            "range_start",
            "range_end",
            "convert",
            "transform",
            "allow_external_schedulers",
        ],
    ),
    (
        "Column",
        &[
            "name",
            "description",
            "data_type",
            "nullable",
            "precision",
            "scale",
            "timezone",
            "primary_key",
            "merge_key",
            "unique",
            "sort",
            "hard_delete",
            "dedup_sort",
            "partition",
            "cluster",
            "incremental",
            "row_key",
            "root_key",
            "parent_key",
            "variant",
        ],
    ),
    (
        "DispositionOptions",
        &[
            "disposition",
            "strategy",
            "validity_column_names",
            "active_record_timestamp",
            "boundary_timestamp",
            "row_version_column_name",
            "deduplicated",
        ],
    ),
    ("Contracts", &["tables", "columns", "data_type"]),
];

/// Blocks that have the keys of another one.
const ALIKE: &[(&str, &str)] = &[("ResourceDefaults", "Resource"), ("ListedColumn", "Column")];

/// Whether dlt has the key in this block.
pub(super) fn has(block: &str, key: &str) -> bool {
    let block = ALIKE.iter().find(|(name, _)| *name == block).map_or(block, |(_, alike)| alike);
    let keys = KEYS.iter().find(|(name, _)| *name == block);
    keys.is_some_and(|(_, keys)| keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::{super::topics, KEYS};

    /// A key that is renamed or removed does not stay here.
    #[test]
    fn every_key_of_dlt_is_one_of_the_language() {
        let topics = topics();
        for (block, keys) in KEYS {
            let name = super::super::snake(block);
            let topic = topics.iter().find(|topic| topic.name == name);
            for key in *keys {
                let mut entries = topic.into_iter().flat_map(|topic| &topic.entries);
                assert!(entries.any(|entry| entry.key.name == *key), "{block} has no key {key}");
            }
        }
    }
}
