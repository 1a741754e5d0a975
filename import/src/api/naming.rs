//! Names of resources, from their paths, and of settings.

use std::collections::HashSet;

use heck::ToSnakeCase;

/// A name for each path: its last word, `invoices` of `/v1/customers/{id}/invoices`, with the words before it
/// where several would share that.
pub(super) fn names(paths: &[&str]) -> Vec<String> {
    let words: Vec<Vec<String>> = paths.iter().map(|path| words(path)).collect();
    let mut length: Vec<usize> = words.iter().map(|words| words.len().min(1)).collect();
    let name = |at: usize, length: usize| {
        let words = &words[at];
        words[words.len() - length..].join("_")
    };
    let longest = words.iter().map(Vec::len).max().unwrap_or_default();
    for _ in 0..longest {
        let names: Vec<String> = (0..paths.len()).map(|at| name(at, length[at])).collect();
        for at in 0..paths.len() {
            let is_shared =
                names.iter().enumerate().any(|(other, of)| other != at && *of == names[at]);
            if is_shared && length[at] < words[at].len() {
                length[at] += 1;
            }
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    let unique = |at: usize| {
        let name = name(at, length[at]);
        let name = if name.is_empty() { "records".to_owned() } else { name };
        let candidates = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}_{n}")));
        let free = candidates.into_iter().find(|name| !taken.contains(name)).unwrap_or(name);
        taken.insert(free.clone());
        free
    };
    (0..paths.len()).map(unique).collect()
}

/// The words of a path, without its placeholders and versions.
fn words(path: &str) -> Vec<String> {
    // The number of a page names nothing: `/orders/page/{paginator.page}`.
    let path = path.replace("/page/{paginator.page}", "");
    let segments = path.split('?').next().unwrap_or_default().split('/');
    let segments = segments.filter(|segment| !segment.contains('{') && !is_version(segment));
    let word = |segment: &str| {
        let segment = segment.split('.').next().unwrap_or_default();
        let word = segment.to_snake_case();
        let is_name = word.starts_with(|c: char| c.is_alphabetic());
        if is_name || word.is_empty() { word } else { format!("n{word}") }
    };
    segments.map(word).filter(|word| !word.is_empty()).collect()
}

/// Whether a segment is a version: `v1`, `2.0`, `2024-01`.
pub(crate) fn is_version(segment: &str) -> bool {
    let digits = segment.trim_start_matches(['v', 'V']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// The name of a setting.
pub(crate) fn setting_name(name: &str) -> String {
    let name = name.to_snake_case();
    if name.starts_with(|c: char| c.is_alphabetic()) { name } else { format!("setting_{name}") }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_as_short_as_they_can_be() {
        let paths =
            ["/v1/invoices", "/v1/customers/{id}/invoices", "/v1/orders.json", "/2.0/{a}", "/{b}"];
        assert_eq!(
            names(&paths),
            ["invoices", "customers_invoices", "orders", "records", "records_2"]
        );
    }
}
