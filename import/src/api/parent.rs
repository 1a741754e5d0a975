//! Parents: a placeholder of a path is a field of the records of the collection before it.

use super::records::simple;

/// Where a placeholder of a path stands.
pub(super) struct Gap<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The path before it, without its slash: `/customers` of `/customers/{id}/invoices`.
    pub(super) before: &'a str,
}

/// The placeholders of a path, in their order.
pub(super) fn gaps(path: &str) -> Vec<Gap<'_>> {
    let mut gaps = Vec::new();
    let mut from = 0;
    while let Some(start) = path[from..].find('{').map(|at| from + at) {
        let Some(end) = path[start..].find('}').map(|at| start + at) else { break };
        let before = path[..start].trim_end_matches('/');
        gaps.push(Gap { name: &path[start + 1..end], before });
        from = end + 1;
    }
    gaps
}

/// A path without the names of its placeholders, by which collections are compared.
pub(super) fn collection(path: &str) -> String {
    let mut collection = String::new();
    let mut rest = path.trim_end_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        collection.push_str(before);
        collection.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    collection.push_str(rest);
    collection
}

/// The field of a parent that a placeholder stands for: one of its name, or the key.
pub(super) fn field<'f>(
    placeholder: &str,
    before: &str,
    key: Option<&'f str>,
    fields: impl Iterator<Item = &'f str>,
) -> Option<&'f str> {
    let wanted = simple(placeholder);
    let mut fields: Vec<&str> = fields.collect();
    fields.retain(|field| simple(field) == wanted);
    let segment = simple(before.rsplit('/').next().unwrap_or_default());
    let is_key = || {
        let rest = ["id", "key", "uuid", "guid"].iter().find_map(|end| wanted.strip_suffix(end));
        rest.is_some_and(|rest| rest.is_empty() || segment.ends_with(rest)) || segment == wanted
    };
    fields.first().copied().or_else(|| key.filter(|_| is_key()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_stand_behind_collections() {
        let gaps = gaps("/a/{b}/c/{d}.json");
        let found: Vec<_> = gaps.iter().map(|gap| (gap.name, gap.before)).collect();
        assert_eq!(found, [("b", "/a"), ("d", "/a/{b}/c")]);
        assert_eq!(collection("/a/{b}/c/"), "/a/{}/c");
    }

    #[test]
    fn a_placeholder_is_the_key_or_a_field_of_its_name() {
        let fields = || ["id", "customer_number"].into_iter();
        let of = |name| field(name, "/v1/customers", Some("id"), fields());
        assert_eq!(of("customerId"), Some("id"));
        assert_eq!(of("customer_id"), Some("id"));
        assert_eq!(of("customerNumber"), Some("customer_number"));
        assert_eq!(of("region"), None);
    }
}
