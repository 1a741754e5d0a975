//! Texts as snapshots have them. The tests of several packages include this file.

/// A text, in which what differs from run to run is the same: addresses of servers, folders, moments
/// and how long something took.
pub(crate) fn shown(text: &(impl std::fmt::Display + ?Sized)) -> String {
    let text = text.to_string();
    let folder = std::env::temp_dir().join(".tmp").display().to_string();
    let mut words = text.split_inclusive(char::is_whitespace).peekable();
    let mut shown = String::new();
    while let Some(word) = words.next() {
        let end = word.trim_end().len();
        let is_second = words.peek().is_some_and(|next| is_second(next));
        if word.contains('.') && word[..end].parse::<f64>().is_ok() && is_second {
            shown += "…";
            shown += &word[end..];
        } else if is_moment(&word[..end]) {
            shown += "TIME";
            shown += &word[end..];
        } else {
            let word = replaced(word, "http://127.0.0.1:", |c| c.is_ascii_digit(), "URL");
            let word = replaced(&word, "127.0.0.1:", |c| c.is_ascii_digit(), "127.0.0.1:PORT");
            let word = replaced(&word, "localhost:", |c| c.is_ascii_digit(), "localhost:PORT");
            shown += &replaced(&word, &folder, |c| c.is_ascii_alphanumeric(), "FOLDER");
        }
    }
    shown
}

fn is_second(word: &str) -> bool {
    word.strip_prefix('s').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether this is the time of a clock, to the millisecond, and not one that stands in a test.
fn is_moment(word: &str) -> bool {
    word.len() == 29 && word.get(10..11) == Some("T") && word.get(19..20) == Some(".")
}

/// The text with something else for `before` and the longer part behind it.
fn replaced(text: &str, before: &str, is_part: impl Fn(char) -> bool, instead: &str) -> String {
    let mut parts = text.split(before);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // One digit is a port that a test has chosen because nobody listens there.
        match part.find(|c| !is_part(c)).unwrap_or(part.len()) {
            0 | 1 => replaced += &[before, part].concat(),
            end => replaced += &[instead, &part[end..]].concat(),
        }
    }
    replaced
}
