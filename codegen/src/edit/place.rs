//! Where keys are written into the text of a mapping.

use super::{
    addition::{Addition, flow, lines, mapping},
    broken,
};
use crate::{
    source::{Edit, Span},
    yaml::{Entry, Mapping, Node, Value},
};

/// A node where it is written.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) node: &'a Node,
    /// Whether what is added within braces is broken where its line would be too long.
    pub(super) breaks: bool,
}

impl<'a> Place<'a> {
    pub(super) fn new(text: &'a str, node: &'a Node) -> Place<'a> {
        Place { text, node, breaks: false }
    }

    pub(super) fn written(&self) -> Option<&str> {
        self.text.get(self.node.span.range())
    }

    pub(super) fn is_alias(&self) -> bool {
        self.written().is_none_or(|written| written.starts_with('*'))
    }

    fn is_flow(&self) -> bool {
        self.written().is_some_and(|written| written.starts_with('{'))
    }

    /// Whether an entry is written in this mapping: what a merge key brings is elsewhere.
    fn has(&self, entry: &Entry) -> bool {
        let span = self.node.span;
        (span.start..span.end.max(span.start + 1)).contains(&entry.key_span.start)
    }

    /// Writes keys into a mapping: those that it has get their new values, the others are added.
    pub(super) fn write(&self, additions: &[Addition]) -> Option<Vec<Edit>> {
        let mapping = mapping(self.node).filter(|_| !self.is_alias())?;
        let (mut edits, mut new) = (Vec::new(), Vec::new());
        for addition in additions {
            match mapping.get(&addition.key).filter(|entry| self.has(entry)) {
                Some(entry) => edits.push(self.replace(entry, &addition.flow)?),
                None => new.push(addition.clone()),
            }
        }
        if !new.is_empty() {
            edits.extend(self.insert(mapping, &new)?);
        }
        Some(edits)
    }

    /// Replaces the value of a key by one on a single line.
    fn replace(&self, entry: &Entry, flow: &str) -> Option<Edit> {
        let colon = entry.key_span.end + self.text.get(entry.key_span.end..)?.find(':')? + 1;
        let span = entry.value.span;
        let is_written = span.start >= colon && !span.range().is_empty();
        if entry.value.is_null() && !is_written {
            return Some(Edit { at: Span { start: colon, end: colon }, text: format!(" {flow}") });
        }
        // The value of an anchor is also that of its aliases.
        let before = self.text.get(colon..span.start)?;
        let written = self.text.get(span.start..self.end_of(&entry.value))?;
        let is_anchored =
            before.lines().chain([written]).any(|line| line.trim_start().starts_with(['&', '!']));
        let end = span.start + without_comments(written);
        let at = Span { start: span.start, end };
        (!is_anchored).then(|| Edit { at, text: flow.to_owned() })
    }

    /// Adds keys at the end of a mapping.
    fn insert(&self, mapping: &Mapping, additions: &[Addition]) -> Option<Vec<Edit>> {
        let first = mapping.entries.iter().find(|entry| self.has(entry));
        let last = mapping.entries.iter().rfind(|entry| self.has(entry));
        let edit = |at: usize, text: String| Edit { at: Span { start: at, end: at }, text };
        let (Some(first), Some(last)) = (first, last) else {
            let at = self.node.span.start + 1;
            return self.is_flow().then(|| vec![edit(at, self.added(additions, at, false))]);
        };
        let end = self.end(last);
        let before = self.line_before(first.key_span.start)?;
        let line = self.text.get(end..)?.find('\n').map_or(self.text.len(), |at| end + at);
        let line = if self.text[..line].ends_with('\r') { line - 1 } else { line };
        if self.is_flow() {
            let rest = self.text.get(end..)?;
            let comma = rest.trim_start().starts_with(',');
            let at = if comma { end + rest.find(',')? + 1 } else { end };
            let is_alone = before.trim().is_empty() && !before.is_empty();
            let comma = if comma { "" } else { "," };
            // A comment behind the last entry is about that one.
            if self.text.get(at..line).is_some_and(|rest| rest.trim_start().starts_with('#')) {
                let before = self.line_before(last.key_span.start)?;
                let indent: String = before.chars().map(|_| ' ').collect();
                let text = format!("\n{indent}{}", self.broken(additions, 0, &indent));
                let comma = (!comma.is_empty()).then(|| edit(at, comma.to_owned()));
                return Some(comma.into_iter().chain([edit(line, text)]).collect());
            }
            if is_alone {
                let text = format!("{comma}\n{before}{}", self.broken(additions, 0, before));
                return Some(vec![edit(at, text)]);
            }
            return Some(vec![edit(at, comma.to_owned() + &self.added(additions, at, true))]);
        }
        if !before.chars().all(|c| matches!(c, ' ' | '-')) {
            return None;
        }
        let indent = before.chars().count();
        let added: String = additions.iter().map(|one| lines(one, indent)).collect();
        Some(vec![edit(line, format!("\n{}", added.trim_end()))])
    }

    /// Keys within braces at this place of a line, behind a space if they follow others there.
    pub(super) fn added(&self, additions: &[Addition], at: usize, follows: bool) -> String {
        let line = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        let indent = self.text[line..].chars().take_while(|c| matches!(c, ' ' | '-')).count();
        let rest = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let margin = " ".repeat(indent + 2);
        let text = self.broken(additions, self.text[line..rest].chars().count() + 2, &margin);
        match text.contains('\n') {
            true => format!("\n{margin}{text}"),
            false if follows => format!(" {text}"),
            false => text,
        }
    }

    /// Keys within braces, behind so many characters.
    fn broken(&self, additions: &[Addition], length: usize, margin: &str) -> String {
        if self.breaks { broken::keys(additions, length, margin) } else { flow(additions) }
    }

    /// The text before a place on its line.
    pub(super) fn line_before(&self, at: usize) -> Option<&str> {
        let before = self.text.get(..at)?;
        Some(&before[before.rfind('\n').map_or(0, |at| at + 1)..])
    }

    /// The end of an entry, without blank lines after it.
    fn end(&self, entry: &Entry) -> usize {
        let end = self.end_of(&entry.value).max(entry.key_span.end);
        self.text.get(..end).map_or(end, |text| text.trim_end().len())
    }

    /// Where a flow collection ends: behind a comma that nothing follows, the parser's mark is at
    /// that comma.
    fn closed(&self, written: &str, end: usize) -> usize {
        // The mark may as well be behind a comment.
        let code = |line: &'_ str| line.split('#').next().map_or(0, |code| code.trim_end().len());
        let last = written.lines().rev().find(|line| code(line) > 0).unwrap_or_default();
        if last[..code(last)].ends_with(['}', ']']) {
            return end;
        }
        let mut at = end;
        for line in self.text.get(end..).unwrap_or_default().split_inclusive('\n') {
            let code = line.split('#').next().unwrap_or_default();
            if let Some(close) = code.find(['}', ']']) {
                return at + close + 1;
            }
            at += line.len();
        }
        end
    }

    /// Where a node ends, without comments after it.
    pub(super) fn end_of_code(&self, node: &Node) -> usize {
        let written = self.text.get(node.span.start..self.end_of(node)).unwrap_or_default();
        node.span.start + without_comments(written)
    }

    /// Where a node ends, whatever the parser's mark is.
    fn end_of(&self, node: &Node) -> usize {
        let written = self.text.get(node.span.range()).unwrap_or_default();
        if written.starts_with('*') {
            return node.span.end;
        }
        if written.starts_with(['{', '[']) {
            return self.closed(written, node.span.end);
        }
        match &node.value {
            Value::Scalar(_) => node.span.end,
            Value::Sequence(items) => items.last().map_or(node.span.end, |item| self.end_of(item)),
            Value::Mapping(mapping) => match mapping.entries.last() {
                Some(last) if last.key_span.start >= node.span.start => self.end(last),
                _ => node.span.end,
            },
        }
    }
}

/// The length of a value without blank lines and comments after it: the parser's end may include those.
fn without_comments(written: &str) -> usize {
    let trimmed = written.trim_end();
    let start = trimmed.rfind('\n').map_or(0, |at| at + 1);
    let code = trimmed[start..].split(" #").next().unwrap_or_default();
    match code.trim_start() {
        code if (code.is_empty() || code.starts_with('#')) && start > 0 => {
            without_comments(&trimmed[..start])
        }
        _ => start + code.trim_end().len(),
    }
}
