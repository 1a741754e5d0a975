//! Values in braces and brackets over several lines, where one would be too long.

use super::addition::{Addition, WIDTH, flow};

/// Keys within braces: on the line that is so long already if they fit on it, else each on a line with this margin.
pub(super) fn keys(additions: &[Addition], length: usize, margin: &str) -> String {
    let text = flow(additions);
    if length + text.chars().count() <= WIDTH {
        return text;
    }
    let keys = additions.iter().map(|one| {
        let key = format!("{}: ", one.key);
        format!("{key}{}", value(&one.flow, margin, key.chars().count()))
    });
    keys.collect::<Vec<_>>().join(&format!(",\n{margin}"))
}

/// A value behind a margin and so many characters.
fn value(text: &str, margin: &str, before: usize) -> String {
    let fits = margin.chars().count() + before + text.chars().count() < WIDTH;
    let Some((open, inner, close)) = enclosed(text).filter(|_| !fits) else {
        return text.to_owned();
    };
    let inside = format!("{margin}  ");
    let mut lines: Vec<String> = Vec::new();
    let is_list = open == '[';
    for part in split(inner) {
        let (key, part) = match part.split_once(": ").filter(|_| !is_list) {
            Some((key, part)) => (format!("{key}: "), part),
            None => (String::new(), part),
        };
        let part = format!("{key}{}", value(part, &inside, key.chars().count()));
        match lines.last_mut() {
            // Words of a list share lines.
            Some(line)
                if is_list
                    && inside.len() + line.chars().count() + part.chars().count() + 3 < WIDTH =>
            {
                line.push_str(", ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    format!("{open}\n{inside}{}\n{margin}{close}", lines.join(&format!(",\n{inside}")))
}

/// What is within braces or brackets.
fn enclosed(text: &str) -> Option<(char, &str, char)> {
    [('{', '}'), ('[', ']')].into_iter().find_map(|(open, close)| {
        Some((open, text.strip_prefix(open)?.strip_suffix(close)?, close))
    })
}

/// The parts between the commas of a text that are not within braces, brackets or quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if is_escaped => is_escaped = false,
            (Some('"'), '\\') => is_escaped = true,
            (Some(open), _) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn commas_within_quotes_and_braces_separate_nothing() {
        assert_eq!(
            split(r#"a: {b: 1, c: [d, e]}, "f,\"": g, 'h, i'"#),
            ["a: {b: 1, c: [d, e]}", r#""f,\"": g"#, "'h, i'"]
        );
    }
}
