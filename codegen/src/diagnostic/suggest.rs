//! «Did you mean»: what was probably meant, and what is accepted.

/// What other tools call a thing that has another name here.
const OTHER_NAMES: [(&str, &[&str]); 14] = [
    ("text", &["string", "str", "varchar", "uuid"]),
    ("bigint", &["int", "integer", "int64", "long"]),
    ("double", &["float", "float64", "number"]),
    ("bool", &["boolean"]),
    ("timestamp", &["datetime", "date-time"]),
    ("decimal", &["numeric"]),
    ("json", &["object", "array", "list", "complex"]),
    ("binary", &["bytes", "blob"]),
    ("data_type", &["type"]),
    ("description", &["doc", "docs", "comment", "title"]),
    ("base_url", &["url", "host", "server"]),
    ("data_selector", &["data_path", "record_path", "records_path", "records", "data"]),
    ("paginator", &["pagination", "paging"]),
    ("merge", &["upsert"]),
];

/// The candidate that comes closest to `word`, if one is close enough to have been meant.
pub fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let folded = fold(word);
    let synonym = OTHER_NAMES.iter().find(|(_, others)| others.contains(&word));
    if let Some((name, _)) = synonym
        && let Some(candidate) = candidates.clone().into_iter().find(|candidate| candidate == name)
    {
        return Some(candidate);
    }
    candidates
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerated(word, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The words as a choice: `a`, `b` or `c`.
pub fn either<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.pop() {
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} or {last}", quoted.join(", ")),
        None => String::new(),
    }
}

/// `baseUrl`, `base-url` and `base_url` are one word to somebody who mistypes it.
fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(a, b)
}

/// A third of the longer word, as rustc does it.
fn tolerated(word: &str, candidate: &str) -> usize {
    word.chars().count().max(candidate.chars().count()) / 3
}
