//! The primary key of a record: which of its fields identifies it.

use super::{
    records::simple,
    reference::Document,
    schema::{Kind, Schema},
};

/// The key of a property's schema that says that no record is identified by it.
pub(crate) const REPEATED: &str = "x-repeated";

/// How surely the name of a field says that it identifies a record; the surest is the least.
///
/// Whether the values do so is for the caller to find out: no two records have the same one, and none has none.
///
/// ```
/// use rest_source_import::KeyName;
///
/// assert_eq!(KeyName::of("id", "orders"), Some(KeyName::Id));
/// assert_eq!(KeyName::of("orderId", "orders"), Some(KeyName::Own));
/// assert_eq!(KeyName::of("customer_id", "orders"), None);
/// assert!(!KeyName::Code.is_sure());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyName {
    /// `id`
    Id,
    /// `_id`, `uuid`, `guid`
    Identifier,
    /// The name of the list with `id` or the like: `order_id` of `orders`.
    Own,
    /// `code`, `sku`, `slug`: where the values identify the records, this may be chance.
    Code,
}

impl KeyName {
    /// What the name of a field says in a list of this name; `None` for one that names no key.
    #[must_use]
    pub fn of(field: &str, list: &str) -> Option<KeyName> {
        if field == "id" {
            return Some(KeyName::Id);
        }
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let (name, plural, one) = (plain(field), plain(list), simple(list));
        if matches!(name.as_str(), "id" | "uuid" | "guid" | "gid") {
            return Some(KeyName::Identifier);
        }
        let mut stems =
            ["id", "uuid", "key", "guid"].iter().filter_map(|end| name.strip_suffix(end));
        // `address_id` of `addresses`.
        let is_own = |stem: &str| {
            !stem.is_empty()
                && (stem == one || stem == plural || one.strip_suffix('e') == Some(stem))
        };
        if stems.any(is_own) {
            return Some(KeyName::Own);
        }
        let codes = ["key", "code", "slug", "number", "no", "sku", "handle", "reference"];
        codes.contains(&name.as_str()).then_some(KeyName::Code)
    }

    /// Whether the name alone says that the field identifies a record.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self < KeyName::Code
    }
}

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
    let fields = || {
        record.properties.iter().filter_map(|(field, property)| {
            // In samples, a key is one that no list of them has twice, or without a value.
            let is_repeated = property.iter().any(|of| of.is_true(REPEATED));
            let kind = || Schema::of_alternatives(document, property).kind();
            let is_scalar = || matches!(kind(), Some(Kind::Text | Kind::Integer | Kind::Number));
            (!is_repeated && is_scalar()).then_some(*field)
        })
    };
    let key = |field: &str, reason: String| Some(Key { field: field.to_owned(), reason });
    let named = fields().filter_map(|field| Some((KeyName::of(field, name)?, field)));
    // Of equally sure ones the first.
    let best = named.filter(|(name, _)| name.is_sure()).min_by_key(|(name, _)| *name);
    if let Some((KeyName::Id, field)) = best {
        return key(field, "the field is named `id`".to_owned());
    }
    for placeholder in placeholders {
        if let Some(field) = fields().find(|field| simple(field) == simple(placeholder)) {
            return key(field, format!("`{{{placeholder}}}` leads to one record"));
        }
    }
    match best? {
        (KeyName::Own, field) => {
            key(field, "the field is the resource's name with `id`".to_owned())
        }
        (_, field) => key(field, format!("the field is named `{field}`")),
    }
}
