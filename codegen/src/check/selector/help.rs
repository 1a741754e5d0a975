//! What to write instead of text that is no selector.

use rest_source_plan::Selector;

use super::reader::Reader;

/// What was probably meant by what is no selector.
pub(super) fn help(selector: &str) -> String {
    let text = selector.trim();
    let words = text.split(' ').filter(|word| !word.is_empty());
    let is_key = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "_-@".contains(c));
    if text.contains(' ') && words.clone().all(is_key) {
        return format!("a key with spaces needs two pairs of quotes: `\"'{text}'\"`");
    }
    match text.strip_suffix("[]") {
        Some("") => "leave it out where the response is the list of records itself".to_owned(),
        Some(list) if is_path_of_keys(list) => {
            format!("a list is selected by its key: write `{list}`")
        }
        _ => "a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath".to_owned(),
    }
}

/// Whether a selector is nothing but keys, one after the other.
fn is_path_of_keys(selector: &str) -> bool {
    matches!(Reader::new(selector).read(), Ok(Selector::Keys(_)))
}
