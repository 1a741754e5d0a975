//! Paths with placeholders in place of what identifies one record: what is an `id` of another path's records,
//! a number, or a UUID.

use std::collections::HashMap;

use super::request::Exchange;
use crate::{
    api::{is_version, simple},
    document::Value,
    secret,
    vault::Vault,
};

/// How deep lists of records are looked for.
const MOST_DEPTH: usize = 3;

/// A path with placeholders, and what stood in place of each.
#[derive(Clone)]
pub(super) struct Path {
    /// The path.
    pub(super) text: String,
    /// The names of its placeholders with the values.
    pub(super) values: Vec<(String, String)>,
    /// The number of the page that it has, `/orders/page/1`.
    pub(super) page: Option<String>,
}

/// The path of each exchange.
pub(super) fn all(exchanges: &[Exchange], vault: &mut Vault) -> Vec<Path> {
    let mut order: Vec<usize> = (0..exchanges.len()).collect();
    let path = |at: usize| exchanges[at].request.address.path.as_str();
    // The paths of collections before those of what is in them.
    order.sort_by_key(|at| path(*at).matches('/').count());
    let mut keys: HashMap<String, Vec<(String, String)>> = HashMap::new();
    let mut paths: Vec<(usize, Path)> = Vec::new();
    for at in order {
        let template = template(path(at), &keys, vault);
        if let Some(response) = &exchanges[at].response {
            let known = keys.entry(template.text.clone()).or_default();
            collect(&response.body, 0, known);
        }
        paths.push((at, template));
    }
    paths.sort_by_key(|(at, _)| *at);
    paths.into_iter().map(|(_, path)| path).collect()
}

fn template(path: &str, keys: &HashMap<String, Vec<(String, String)>>, vault: &mut Vault) -> Path {
    let mut text = String::new();
    let mut values = Vec::new();
    let mut before = "";
    let mut page = None;
    for segment in path.split('/').skip(1) {
        if secret::is_value(segment) {
            text = format!("{text}/{}", vault.keep("path_token", segment, segment));
            continue;
        }
        let known = keys.get(&text).and_then(|keys| keys.iter().find(|(_, key)| key == segment));
        let is_number = segment.chars().all(|c| c.is_ascii_digit()) && !segment.is_empty();
        if is_number && before.eq_ignore_ascii_case("page") {
            text.push_str("/{paginator.page}");
            page = Some(segment.to_owned());
            before = segment;
            continue;
        }
        let follows_word = before.starts_with(|c: char| c.is_alphabetic())
            && !is_version(before)
            && !["api", "rest"].contains(&before);
        let name = match known {
            Some((field, _)) if !is_id(field) => Some(field.clone()),
            Some(_) => Some(format!("{}_id", simple(before))),
            None if (is_number && follows_word) || secret::is_uuid(segment) => {
                Some(format!("{}_id", simple(before)))
            }
            None => None,
        };
        before = segment;
        match name {
            Some(name) => {
                text = format!("{text}/{{{name}}}");
                values.push((name, segment.to_owned()));
            }
            None => {
                // Braces in a path would be those of a placeholder.
                let segment = segment.replace('{', "%7B").replace('}', "%7D");
                text = format!("{text}/{}", vault.text("", &segment));
            }
        }
    }
    Path { text, values, page }
}

fn is_id(field: &str) -> bool {
    matches!(field, "id" | "_id" | "uuid" | "guid" | "Id" | "ID")
}

/// Collects what identifies the records of a response, each with its field.
fn collect(value: &Value, depth: usize, keys: &mut Vec<(String, String)>) {
    match value {
        Value::List(records) => {
            for field in ["id", "_id", "uuid", "guid", "Id", "ID", "number", "key", "slug", "code"]
            {
                let of_field = records.iter().filter_map(|record| record.get(field)?.scalar());
                keys.extend(of_field.map(|key| (field.to_owned(), key)));
            }
        }
        Value::Map(members) if depth < MOST_DEPTH => {
            members.values().for_each(|member| collect(member, depth + 1, keys));
        }
        _ => {}
    }
}
