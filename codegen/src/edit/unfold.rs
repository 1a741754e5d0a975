//! Braces and brackets on one line as lines of their own, where what is added would make that line too long.

use super::{
    addition::{Addition, WIDTH, mapping},
    place::Place,
};
use crate::{
    source::{Edit, Span, edited},
    yaml::{Entry, Node, Value},
};

/// Whether a text has a line that is too long, and that another text does not have.
pub(super) fn is_too_long(text: &str, before: &str) -> bool {
    let long = |line: &&str| line.chars().count() > WIDTH;
    text.lines().filter(long).any(|line| !before.lines().any(|known| known == line))
}

/// The text in which the outermost of the list of resources, the resource, and those of its keys that get
/// additions is in lines of its own; `None` if none of them is in braces on one line.
pub(super) fn unfolded(
    text: &str,
    resources: &Entry,
    item: &Node,
    additions: &[Addition],
) -> Option<String> {
    let is_flow = |node: &Node| text[node.span.range()].starts_with(['{', '[']);
    // The mark of a list with dashes may be that of its first element.
    let behind = text.get(resources.key_span.end..)?.trim_start().strip_prefix(':')?;
    let edit = if behind.trim_start().starts_with('[') {
        list(text, resources)?
    } else if is_flow(item) || matches!(item.value, Value::Scalar(_)) {
        resource(text, item)?
    } else {
        let within = ["columns", "endpoint"].into_iter();
        let within = within.filter(|key| additions.iter().any(|one| one.within == Some(key)));
        let mut entries = within.filter_map(|key| mapping(item)?.get(key));
        entries.find_map(|entry| value(text, entry))?
    };
    Some(edited(text, vec![edit]))
}

/// A list in brackets as elements with dashes.
fn list(text: &str, entry: &Entry) -> Option<Edit> {
    let Value::Sequence(items) = &entry.value.value else { return None };
    let of_items = items.iter().map(|item| (item.span.start, item));
    let (parts, end) = parts(text, &entry.value, of_items)?;
    let margin = margin(text, entry.key_span.start)?;
    let lines = in_lines(&parts, &format!("{margin}  - "));
    below(text, entry, &lines, end)
}

/// A resource that is a name, or in braces, as keys in lines.
fn resource(text: &str, item: &Node) -> Option<Edit> {
    let margin = margin(text, item.span.start)?;
    let (lines, end) = match &item.value {
        Value::Scalar(_) => {
            let name = text.get(item.span.range()).filter(|name| !name.starts_with('*'))?;
            (vec![format!("name: {name}")], item.span.end)
        }
        _ => entries(text, item)?,
    };
    let (line, comment) = rest_of_line(text, end)?;
    let (first, others) = lines.split_first()?;
    let others = in_lines(others, &margin);
    let at = Span { start: item.span.start, end: line };
    Some(Edit { at, text: format!("{first}{comment}{others}") })
}

/// The value of a key, in braces or the short form of an endpoint, as keys in lines.
fn value(text: &str, entry: &Entry) -> Option<Edit> {
    let margin = margin(text, entry.key_span.start)?;
    let (lines, end) = match &entry.value.value {
        Value::Mapping(_) => entries(text, &entry.value)?,
        _ => return None,
    };
    let lines = in_lines(&lines, &format!("{margin}  "));
    below(text, entry, &lines, end)
}

/// Each part on a line of its own.
fn in_lines(parts: &[String], margin: &str) -> String {
    parts.iter().flat_map(|part| ["\n", margin, part]).collect()
}

/// Writes lines below a key instead of its value, whose comment stays beside the key.
fn below(text: &str, entry: &Entry, lines: &str, end: usize) -> Option<Edit> {
    let colon = entry.key_span.end + text.get(entry.key_span.end..)?.find(':')? + 1;
    // An anchor or a tag is of the value.
    let is_plain = text.get(colon..entry.value.span.start)?.trim().is_empty();
    let (line, comment) = rest_of_line(text, end)?;
    let at = Span { start: colon, end: line };
    is_plain.then(|| Edit { at, text: format!("{comment}{lines}") })
}

/// The entries of a mapping in braces, and where it ends.
fn entries(text: &str, node: &Node) -> Option<(Vec<String>, usize)> {
    let entries = mapping(node)?.entries.iter();
    parts(text, node, entries.map(|entry| (entry.key_span.start, &entry.value)))
}

/// What is in braces or brackets that are on one line, from each start to the end of its node, and where they end;
/// `None` if there is more between these than commas, or nothing.
fn parts<'a>(
    text: &str,
    node: &Node,
    nodes: impl Iterator<Item = (usize, &'a Node)>,
) -> Option<(Vec<String>, usize)> {
    let whole = Place::new(text, node);
    let end = whole.end_of_code(node);
    let written = text.get(node.span.start..end).filter(|written| !written.contains('\n'))?;
    if !written.starts_with(['{', '[']) || !written.ends_with(['}', ']']) {
        return None;
    }
    let is_between = |from: usize, to: usize| {
        text.get(from..to).is_some_and(|text| text.chars().all(|c| c == ',' || c == ' '))
    };
    let mut parts = Vec::new();
    let mut at = node.span.start + 1;
    for (start, node) in nodes {
        let end = whole.end_of_code(node);
        if !is_between(at, start) {
            return None;
        }
        parts.push(text.get(start..end)?.trim_end().to_owned());
        at = end;
    }
    (is_between(at, end - 1) && !parts.is_empty()).then_some((parts, end))
}

/// As many spaces as there are characters before a place, if these are those of indented elements.
fn margin(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let is_indent = before.chars().all(|c| matches!(c, ' ' | '-'));
    is_indent.then(|| " ".repeat(before.chars().count()))
}

/// The end of a line, and what follows on it, which is nothing or a comment.
fn rest_of_line(text: &str, end: usize) -> Option<(usize, &str)> {
    let rest = text.get(end..)?;
    let line = rest.find(['\r', '\n']).unwrap_or(rest.len());
    let rest = rest[..line].trim_end();
    (rest.is_empty() || rest.trim_start().starts_with('#')).then_some((end + line, rest))
}
