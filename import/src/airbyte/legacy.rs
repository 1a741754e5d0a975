//! Names of earlier versions of Airbyte's low-code manifests, which are read as those of today.

use indexmap::IndexMap;

use crate::document::Value;

/// Keys and what they are called today.
const KEYS: [(&str, &str); 8] = [
    ("$options", "$parameters"),
    ("stream_slicer", "partition_router"),
    ("stream_slice_field", "partition_field"),
    ("slice_values", "values"),
    ("field_pointer", "field_path"),
    ("stream_slicers", "partition_routers"),
    ("limit_option", "page_size_option"),
    ("stream_cursor_field", "cursor_field"),
];
/// Types and what they are called today.
const TYPES: [(&str, &str); 4] = [
    ("ListStreamSlicer", "ListPartitionRouter"),
    ("SubstreamSlicer", "SubstreamPartitionRouter"),
    ("DatetimeStreamSlicer", "DatetimeBasedCursor"),
    ("LimitPaginator", "DefaultPaginator"),
];

/// A manifest with the names of today.
pub(super) fn renamed(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(renamed).collect()),
        Value::Map(members) => {
            let mut result = IndexMap::new();
            for (key, value) in members {
                let today = KEYS.iter().find(|(earlier, _)| earlier == key);
                let key = today.map_or(key.as_str(), |(_, today)| *today);
                let value = match (key, value) {
                    ("type", Value::Text(kind)) => {
                        let today = TYPES.iter().find(|(earlier, _)| earlier == kind);
                        Value::Text(today.map_or(kind.as_str(), |(_, today)| *today).to_owned())
                    }
                    (_, value) => renamed(value),
                };
                result.insert(key.to_owned(), value);
            }
            Value::Map(result)
        }
        other => other.clone(),
    }
}

/// The routers of a product of routers, or the one that it is.
pub(super) fn routers(router: &Value) -> Vec<&Value> {
    match router {
        Value::Null => Vec::new(),
        Value::List(routers) => routers.iter().flat_map(routers_of).collect(),
        router => routers_of(router),
    }
}

fn routers_of(router: &Value) -> Vec<&Value> {
    match router.text_of("type") {
        Some("CartesianProductStreamSlicer") => {
            router.list_of("partition_routers").iter().collect()
        }
        _ => vec![router],
    }
}
