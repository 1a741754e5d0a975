//! Lists of links with relations.

use serde_json::Value;

/// Whether a list is one of links with relations: `[{"rel": "next", "href": …}]`. Gives the keys of
/// the relation and of the address, and whether one leads to the next page.
pub(super) fn relations(value: &Value) -> Option<(String, String, bool)> {
    let links = value.as_array()?;
    let key = |members: &serde_json::Map<String, Value>, keys: &[&str]| {
        keys.iter().find(|key| members.contains_key(**key)).map(|key| (*key).to_owned())
    };
    let first = links.first()?.as_object()?;
    let relation = key(first, &["rel", "relation", "type", "name"])?;
    let address = key(first, &["href", "url", "uri", "link", "target"])?;
    let has_next = links.iter().any(|link| match &link[&relation] {
        Value::String(text) => text.eq_ignore_ascii_case("next"),
        Value::Array(texts) => texts.iter().any(|text| text == "next"),
        _ => false,
    });
    Some((relation, address, has_next))
}
