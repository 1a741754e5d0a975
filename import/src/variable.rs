//! Values that an input does not have, such as `$CUSTOMER_ID` of a shell: marked in its texts, until they become
//! settings or secrets.

use crate::secret;

/// What is before and after the name of a variable: characters for private use, which no input has.
const MARKS: [char; 2] = ['\u{F0000}', '\u{F0001}'];

/// What the name of a list begins with, and no other variable's.
const EACH: &str = "each.";

/// A variable within a text. One without a name gets that of what it is the value of.
pub(crate) fn marked(name: &str) -> String {
    format!("{}{name}{}", MARKS[0], MARKS[1])
}

/// A value of a list within a text, which is each of them in turn.
pub(crate) fn listed(name: &str) -> String {
    marked(&format!("{EACH}{name}"))
}

/// The text without what would be taken for a variable.
pub(crate) fn without_marks(text: &str) -> String {
    text.replace(MARKS, "")
}

/// Whether a character is a part of a mark.
pub(crate) fn is_mark(c: char) -> bool {
    MARKS.contains(&c)
}

/// The variable that a text begins with, with its marks.
pub(crate) fn first(text: &str) -> Option<&str> {
    let end = text.find(MARKS[1]).filter(|_| text.starts_with(MARKS[0]))?;
    Some(&text[..end + MARKS[1].len_utf8()])
}

/// The names of the variables in a text.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(MARKS[0]).skip(1).filter_map(|rest| Some(rest.split_once(MARKS[1])?.0))
}

/// The text in which variables without names have this one.
pub(crate) fn named(text: &str, name: &str) -> String {
    let name = if name.is_empty() { "value" } else { name };
    text.replace(&marked(""), &marked(name))
}

/// The text in which variables are settings, or values of lists.
pub(crate) fn settings(text: &str) -> String {
    let mut settings = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MARKS[0]) {
        let (name, after) = after.split_once(MARKS[1]).unwrap_or((after, ""));
        settings.push_str(before);
        match name.strip_prefix(EACH) {
            Some(_) => settings.extend(["{", name, "}"]),
            None => settings.extend(["{config.", &secret::named(name), "}"]),
        }
        rest = after;
    }
    settings + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_become_settings() {
        let text = format!("/a/{}/b{}", marked("CUSTOMER_ID"), marked(""));
        assert_eq!(names(&text).collect::<Vec<_>>(), ["CUSTOMER_ID", ""]);
        assert_eq!(settings(&named(&text, "from")), "/a/{config.customer_id}/b{config.from}");
        assert_eq!(settings("{a}"), "{a}");
        assert_eq!(settings(&listed("customer_id")), "{each.customer_id}");
    }
}
