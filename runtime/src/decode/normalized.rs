//! Keys and words of an API, compared without their spelling.

/// A key without case and punctuation: `nextpagetoken` for `next_page_token`.
pub(crate) fn normalized(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
