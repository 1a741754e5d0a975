//! The value that a mistake is in, as it was meant: text that YAML takes for something else.

/// The value of a key or an element on the line of a place.
pub(super) fn value_at(text: &str, at: usize) -> Option<&str> {
    let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[begin..].lines().next()?;
    let before = line.get(..at - begin)?;
    let starts = [(": ", 2), ("- ", 2), (", ", 2), ("{", 1), ("[", 1)];
    // A brace may begin the value itself: what counts is the last key before it.
    let start = before.rfind(": ").map(|start| start + 2).or_else(|| {
        let found = starts.iter().filter_map(|(sign, length)| Some(before.find(sign)? + length));
        found.min()
    })?;
    let rest = line[start..].trim_start();
    let is_in_flow = before[..start].contains(['{', '[']);
    let end = if is_in_flow { end_in_flow(rest) } else { end_of_line(rest) };
    Some(rest[..end].trim_end()).filter(|value| !value.is_empty() && value.len() < 60)
}

/// Where a value ends that nothing but a comment ends.
fn end_of_line(rest: &str) -> usize {
    rest.find(" #").unwrap_or(rest.len())
}

/// Where a value ends within braces or brackets: at a comma or at the one that closes them.
fn end_in_flow(rest: &str) -> usize {
    let mut depth = 0_i32;
    for (at, c) in rest.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' | ',' if depth == 0 => return at,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    end_of_line(rest)
}

/// Whether a value can only be meant as text: a placeholder or a path that more text is beside.
pub(super) fn is_text(value: &str) -> bool {
    let quotes = ['"', '\''];
    if value.starts_with(quotes) {
        return false;
    }
    if value.contains("${") || value.starts_with("{{") || value.starts_with(['*', '@', '`', '%']) {
        return true;
    }
    if value.starts_with(['{', '[']) {
        return closed(value).is_some_and(|end| !value[end..].trim_start().is_empty());
    }
    value.contains(": ") && !value.contains(quotes) && !value.contains(['{', '['])
}

/// Where the bracket ends that a text begins with.
fn closed(value: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in value.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The variable of the environment that a value names as a shell does.
pub(super) fn variable(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("${")?;
    let (name, _) = rest.split_once('}')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}
