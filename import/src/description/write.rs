//! From nodes to text, as a person would write it: in one line what fits, in lines what does not, the reason
//! of a guess beside it.

use std::fmt::Write as _;

use rest_source_plan::printable;

use super::{
    Mapping, Node,
    node::Entry,
    place::{Place, Step, Written},
    scalar::{Context, folded, lines, scalar},
};

/// How long lines may get.
const WIDTH: usize = 100;

/// Keys at the top whose values are always written in lines, and so are the elements of their lists.
const IN_LINES: [&str; 4] = ["client", "config", "resource_defaults", "resources"];

/// The text of a description, and where everything in it was written.
pub(super) fn write(mapping: &Mapping) -> (String, Written) {
    let mut writer = Writer::default();
    for (at, entry) in mapping.entries.iter().enumerate() {
        if at > 0 {
            writer.text.push('\n');
        }
        writer.entry(entry, 0, String::new(), IN_LINES.contains(&entry.key.as_str()));
    }
    (writer.text, writer.written)
}

#[derive(Default)]
struct Writer {
    text: String,
    written: Written,
    place: Place,
}

impl Writer {
    /// An entry that is indented by `indent`, or whose line begins with `lead`, as with the dash of a
    /// list's element.
    fn entry(&mut self, entry: &Entry, indent: usize, lead: String, in_lines: bool) {
        let margin = if lead.is_empty() { " ".repeat(indent) } else { lead };
        let key = scalar(&entry.key, Context::Block);
        let reason = entry.reason.as_deref();
        let reason = reason.map(|reason| format!("guessed: {}", printable::line(reason)));
        self.place.push(Step::Key(entry.key.clone()));
        let line = if in_lines { None } else { Line::of(&entry.value, indent + key.len() + 2) };
        let at = self.written.len();
        match line {
            Some(line) => {
                let length = indent + key.chars().count() + 2 + line.text.chars().count();
                let beside = |reason: &&String| length + reason.chars().count() + 4 <= WIDTH;
                let (beside, above) = match reason {
                    Some(reason) if beside(&&reason) => (format!("  # {reason}"), None),
                    reason => (String::new(), reason),
                };
                self.comment(above.as_deref(), indent, &margin);
                let start = self.begin(&margin, &key);
                self.text.push(' ');
                self.line(line);
                let _ = writeln!(self.text, "{beside}");
                self.written[at].0 = start..self.text.len();
            }
            None => {
                self.comment(reason.as_deref(), indent, &margin);
                let start = self.begin(&margin, &key);
                self.value_in_lines(&entry.value, indent, in_lines);
                self.written[at].0 = start..self.text.len();
            }
        }
        self.place.pop();
    }

    /// The lines of a comment above an entry; above the dash if it is the first one of an element.
    fn comment(&mut self, reason: Option<&str>, indent: usize, margin: &str) {
        let column = margin.find('-').unwrap_or(indent);
        for line in reason.map(|reason| folded(reason, WIDTH - column - 2)).unwrap_or_default() {
            let _ = writeln!(self.text, "{:column$}# {line}", "");
        }
    }

    /// The key of the entry at this place, and where it begins.
    fn begin(&mut self, margin: &str, key: &str) -> usize {
        self.text.push_str(margin);
        let start = self.text.len();
        self.written.push((start..start, self.place.clone()));
        self.text.push_str(key);
        self.text.push(':');
        start
    }

    /// What is in one line, and where.
    fn line(&mut self, line: Line) {
        let start = self.text.len();
        for (range, below) in line.written {
            let place = [&self.place[..], &below[..]].concat();
            self.written.push((start + range.start..start + range.end, place));
        }
        self.text.push_str(&line.text);
    }

    /// A value in the lines below its key.
    fn value_in_lines(&mut self, value: &Node, indent: usize, in_lines: bool) {
        match value {
            Node::Plain(text) => {
                let _ = writeln!(self.text, " {text}");
            }
            Node::Text(text) => {
                let _ = match lines(text, indent + 2, WIDTH) {
                    Some((mark, lines)) => write!(self.text, " {mark}\n{lines}"),
                    None => writeln!(self.text, " {}", printable::quoted(text)),
                };
            }
            Node::List(items) => {
                self.text.push('\n');
                for (index, item) in items.iter().enumerate() {
                    self.place.push(Step::Item(index));
                    self.item(item, indent + 2, in_lines);
                    self.place.pop();
                }
            }
            Node::Map(mapping) => {
                self.text.push('\n');
                for entry in &mapping.entries {
                    self.entry(entry, indent + 2, String::new(), false);
                }
            }
        }
    }

    /// An element of a list.
    fn item(&mut self, item: &Node, indent: usize, in_lines: bool) {
        let at = self.written.len();
        let start = self.text.len();
        self.written.push((start..start, self.place.clone()));
        let margin = " ".repeat(indent);
        let line = if in_lines { None } else { Line::of(item, indent + 2) };
        match (line, item) {
            (Some(line), _) => {
                let _ = write!(self.text, "{margin}- ");
                self.line(line);
                self.text.push('\n');
            }
            (None, Node::Map(mapping)) if !mapping.is_empty() => {
                for (index, entry) in mapping.entries.iter().enumerate() {
                    let lead = if index == 0 { format!("{margin}- ") } else { String::new() };
                    self.entry(entry, indent + 2, lead, false);
                }
            }
            (None, Node::Text(text)) => {
                let text = if text.contains('\n') {
                    printable::quoted(text)
                } else {
                    scalar(text, Context::Block)
                };
                let _ = writeln!(self.text, "{margin}- {text}");
            }
            // A list in a list: JSON is YAML, whatever its length is.
            (None, item) => {
                let line = Line::unbounded(item);
                let _ = write!(self.text, "{margin}- ");
                self.line(line);
                self.text.push('\n');
            }
        }
        self.written[at].0.end = self.text.len();
    }
}

/// A value in one line, and where what is in it was written.
#[derive(Default)]
struct Line {
    text: String,
    written: Written,
    place: Place,
    /// Whether a reason had to be left out, or lines were joined.
    is_lossy: bool,
}

impl Line {
    /// The value as it is written from a column on; `None` if it takes several lines.
    fn of(value: &Node, column: usize) -> Option<Line> {
        if let Node::Text(text) = value {
            let line = Line { text: scalar(text, Context::Block), ..Line::default() };
            let fits = column + line.text.chars().count() <= WIDTH;
            // A single word gets no shorter by folding.
            return ((fits || !text.contains(' ')) && !text.contains('\n')).then_some(line);
        }
        let line = Line::unbounded(value);
        let fits = column + line.text.chars().count() <= WIDTH;
        let is_scalar = matches!(value, Node::Plain(_));
        ((fits || is_scalar) && !line.is_lossy).then_some(line)
    }

    fn unbounded(value: &Node) -> Line {
        let mut line = Line::default();
        line.value(value);
        line
    }

    fn value(&mut self, value: &Node) {
        match value {
            Node::Plain(text) => self.text.push_str(text),
            Node::Text(text) => {
                self.is_lossy |= text.contains('\n');
                self.text.push_str(&scalar(text, Context::Flow));
            }
            Node::List(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index);
                    self.within(Step::Item(index), |line| line.value(item));
                }
                self.text.push(']');
            }
            Node::Map(mapping) => {
                self.text.push('{');
                for (index, entry) in mapping.entries.iter().enumerate() {
                    self.separate(index);
                    self.is_lossy |= entry.reason.is_some();
                    self.within(Step::Key(entry.key.clone()), |line| {
                        line.text.push_str(&scalar(&entry.key, Context::Flow));
                        line.text.push_str(": ");
                        line.value(&entry.value);
                    });
                }
                self.text.push('}');
            }
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.text.push_str(", ");
        }
    }

    fn within(&mut self, step: Step, write: impl FnOnce(&mut Line)) {
        self.place.push(step);
        let start = self.text.len();
        write(self);
        self.written.push((start..self.text.len(), self.place.clone()));
        self.place.pop();
    }
}
