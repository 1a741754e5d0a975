//! The primary key of a record: which of its fields identifies it.

use super::{
    records::simple,
    reference::Document,
    schema::{Kind, Schema},
};

/// The key of a property's schema that says that no record is identified by it.
pub(crate) const REPEATED: &str = "x-repeated";

/// A key, and why it is taken for one.
pub(super) struct Key {
    /// The field.
    pub(super) field: String,
    /// The reason.
    pub(super) reason: String,
}

/// The key of records that are listed under a name and described by a schema; `placeholders` are those that
/// follow the path of the list, as `{orderId}` of `/orders/{orderId}`.
pub(super) fn of(
    document: &Document<'_>,
    record: &Schema<'_>,
    name: &str,
    placeholders: &[&str],
) -> Option<Key> {
    let find = |wanted: &dyn Fn(&str) -> bool| {
        record.properties.iter().find(|(field, property)| {
            let schema = || Schema::of_alternatives(document, property);
            // In samples, a key is one that no list of them has twice, or without a value.
            let is_repeated = property.iter().any(|of| of.is_true(REPEATED));
            wanted(field)
                && !is_repeated
                && matches!(schema().kind(), Some(Kind::Text | Kind::Integer | Kind::Number))
        })
    };
    let key = |field: &str, reason: String| Some(Key { field: field.to_owned(), reason });
    if let Some((field, _)) = find(&|field| field == "id") {
        return key(field, "the field is named `id`".to_owned());
    }
    for placeholder in placeholders {
        if let Some((field, _)) = find(&|field| simple(field) == simple(placeholder)) {
            return key(field, format!("`{{{placeholder}}}` leads to one record"));
        }
    }
    if let Some((field, _)) = find(&|field| matches!(field, "_id" | "uuid" | "guid" | "Id" | "ID"))
    {
        return key(field, format!("the field is named `{field}`"));
    }
    let own = simple(name);
    let is_own = |field: &str| {
        let field = simple(field);
        ["id", "uuid", "key", "guid"].iter().any(|end| field.strip_suffix(end) == Some(&own))
    };
    let (field, _) = find(&|field| !own.is_empty() && is_own(field))?;
    key(field, "the field is the resource's name with `id`".to_owned())
}
