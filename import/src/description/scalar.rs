//! How a text is written as a scalar of YAML.

use rest_source_plan::printable;

/// Where a scalar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// In lines, one entry a line.
    Block,
    /// Within braces or brackets, where commas and brackets mean something.
    Flow,
}

/// A text on one line, in quotes only where it would be something else without them.
pub(super) fn scalar(text: &str, context: Context) -> String {
    if is_plain(text, context) { text.to_owned() } else { printable::scalar(text) }
}

/// Whether a text that has spaces or signs in it can do without quotes. A single word is up to
/// [`printable::scalar`], which knows the words that mean something.
fn is_plain(text: &str, context: Context) -> bool {
    let begins =
        text.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '/') || text == "$";
    let has_sign =
        text.contains([' ', '/', ',', '\'', '(', ')', '$', '%', '+', '=', '@', '*', ':']);
    let in_flow = |c: char| context == Context::Flow && matches!(c, ',' | '[' | ']');
    let allowed = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '_' | '-' | '.' | '/' | ',' | '\'' | '(' | ')' | '[' | ']')
            || matches!(c, '$' | '%' | '+' | '=' | '@' | '*' | '?' | '!' | ';' | ':')
    };
    begins
        && has_sign
        && text.chars().all(|c| allowed(c) && !in_flow(c))
        // A colon before a space, or at the end, makes a key.
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
        && !(context == Context::Flow && text.contains(":["))
}

/// A text as lines that are indented by `indent`, with the mark that says how to read them: folded if it is
/// one long line, literal if it has several. `None` if such lines cannot hold it.
pub(super) fn lines(text: &str, indent: usize, width: usize) -> Option<(&'static str, String)> {
    let is_held = |line: &str| !line.starts_with([' ', '\t']) && !line.ends_with([' ', '\t']);
    if text.is_empty() || !text.lines().all(is_held) {
        return None;
    }
    if text.chars().any(|c| c != '\n' && printable::is_control(c)) {
        return None;
    }
    let margin = " ".repeat(indent);
    if text.contains('\n') {
        let chomp = match text.strip_suffix('\n') {
            Some(body) if body.ends_with('\n') => return None,
            Some(_) => "|",
            None => "|-",
        };
        let line = |line: &str| {
            if line.is_empty() { "\n".to_owned() } else { format!("{margin}{line}\n") }
        };
        // The first line says how far the text is indented.
        let first = text.lines().next().is_some_and(|line| !line.is_empty());
        return first.then(|| (chomp, text.lines().map(line).collect()));
    }
    if text.contains("  ") || text.contains('\t') {
        return None;
    }
    let lines = folded(text, width.saturating_sub(indent).max(40));
    let lines: Vec<String> = lines.into_iter().map(|line| margin.clone() + &line + "\n").collect();
    Some((">-", lines.concat()))
}

/// A text in lines of at most `width` characters, longer only where a word is.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split(' ') {
        let characters = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + characters <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + characters;
            }
            _ => {
                lines.push(word.to_owned());
                length = characters;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_written_where_they_are_needed() {
        for (text, block, flow) in [
            ("orders", "orders", "orders"),
            ("No", "\"No\"", "\"No\""),
            ("Unique identifier", "Unique identifier", "Unique identifier"),
            ("/v1/orders", "/v1/orders", "/v1/orders"),
            (
                "https://api.example.com/v1",
                "https://api.example.com/v1",
                "https://api.example.com/v1",
            ),
            ("One, two", "One, two", "\"One, two\""),
            ("data[*]", "data[*]", "\"data[*]\""),
            ("Note: this", "\"Note: this\"", "\"Note: this\""),
            ("a #b", "\"a #b\"", "\"a #b\""),
            (
                "/posts/{resources.posts.id}",
                "\"/posts/{resources.posts.id}\"",
                "\"/posts/{resources.posts.id}\"",
            ),
            ("12", "\"12\"", "\"12\""),
            ("$", "$", "$"),
            ("", "\"\"", "\"\""),
        ] {
            assert_eq!(scalar(text, Context::Block), block);
            assert_eq!(scalar(text, Context::Flow), flow);
        }
    }

    #[test]
    fn long_texts_are_folded_and_lines_kept() {
        let (mark, text) = lines("word ".repeat(20).trim_end(), 4, 50).unwrap();
        assert_eq!((mark, text.lines().count()), (">-", 3));
        assert_eq!(lines("a\n\nb", 2, 80).unwrap(), ("|-", "  a\n\n  b\n".to_owned()));
        assert_eq!(lines("a\nb\n", 2, 80).unwrap().0, "|");
        assert_eq!(lines("a\n b", 2, 80), None);
        assert_eq!(lines("a\u{1b}b", 2, 80), None);
    }
}
