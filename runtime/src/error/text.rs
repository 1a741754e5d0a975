//! How much of a server's text an error shows.

use crate::plan::printable::line;

/// How much of a server's text is shown, in characters.
const EXCERPT: usize = 300;

/// The beginning of a server's text on one line, for texts that no error is.
pub(crate) fn brief(text: &str) -> String {
    line(&excerpt(text)).into_owned()
}

/// What is `shown` of a text, and that there is more, if there is.
pub(crate) fn cut(shown: &str, text: &str, most: usize) -> String {
    if text.len() <= most { shown.to_owned() } else { format!("{shown}… ({} bytes)", text.len()) }
}

/// The beginning of `text` on one line.
pub(super) fn excerpt(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if let Some((end, _)) = words.char_indices().nth(EXCERPT) {
            words.truncate(end);
            words.push('…');
            break;
        }
    }
    words
}
