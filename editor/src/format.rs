//! Formatting: indentation, blank lines and the blanks at the ends of lines. Words, quotes and comments stay
//! as they are, and so does what the file says.

use rest_source_codegen::{
    SourceFile,
    document::{self, Node, Value},
};

use crate::outline::Outline;

/// How far a level is indented.
const INDENT: usize = 2;

/// The text with two blanks for each level, elements of lists a level below their key, and no more than one blank
/// line at a time. `None` if it is no YAML.
///
/// ```
/// use rest_source_editor::format;
///
/// let text = "resources:\n-   name: orders   # all\n    endpoint:\n        path: /v1/orders\n";
/// assert_eq!(
///     format(text).unwrap(),
///     "resources:\n  - name: orders   # all\n    endpoint:\n      path: /v1/orders\n"
/// );
/// ```
pub fn format(text: &str) -> Option<String> {
    let before = read(text)?;
    let formatted = Formatter::new(text).run();
    // What a line means is known to the parser alone: a text that would say something else stays.
    let is_same = read(&formatted).is_some_and(|after| is_same(&before, &after));
    Some(if is_same { formatted } else { text.to_owned() })
}

fn read(text: &str) -> Option<Node> {
    document::read(&SourceFile::new("", text)).ok()
}

/// Whether two documents say the same.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Mapping(a), Value::Mapping(b)) => {
            let mut entries = a.entries.iter().zip(&b.entries);
            a.entries.len() == b.entries.len()
                && entries.all(|(a, b)| a.key == b.key && is_same(&a.value, &b.value))
        }
        _ => false,
    }
}

/// A level of what is written in lines.
#[derive(Debug, Clone, Copy)]
struct Level {
    is_list: bool,
    /// Its column in the text, and in the result.
    column: usize,
    new: usize,
}

struct Formatter<'a> {
    text: &'a str,
    levels: Vec<Level>,
    outline: Outline,
    result: String,
    /// Comments that wait for the line that they are about.
    comments: Vec<&'a str>,
    blank: bool,
}

impl<'a> Formatter<'a> {
    fn new(text: &'a str) -> Formatter<'a> {
        Formatter {
            text,
            levels: Vec::new(),
            outline: Outline::of(text, None),
            result: String::with_capacity(text.len()),
            comments: Vec::new(),
            blank: false,
        }
    }

    fn run(mut self) -> String {
        // How the last line that begins something has moved.
        let (mut old, mut new) = (0, 0);
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let is_text = self.is_in_block(start);
            let line = line.trim_end_matches(['\n', '\r']);
            let content = if is_text { line } else { line.trim_end() };
            let column = content.len() - content.trim_start_matches(' ').len();
            let words = &content[column..];
            if words.trim().is_empty() {
                if is_text {
                    self.flush();
                    self.result.push('\n');
                } else {
                    self.blank = true;
                }
                continue;
            }
            if !is_text && words.starts_with('#') {
                self.blank_line();
                self.comments.push(words);
                continue;
            }
            if self.outline.lines.binary_search(&start).is_ok() {
                let (indent, words) = self.place(column, words);
                (old, new) = (column, indent);
                self.write(indent, &words);
            } else {
                let moved = (column + new).saturating_sub(old);
                self.write(moved, words);
            }
        }
        self.flush();
        if self.text.contains("\r\n") { self.result.replace('\n', "\r\n") } else { self.result }
    }

    fn is_in_block(&self, line: usize) -> bool {
        // The first line of a block has its key.
        self.outline.blocks.iter().any(|block| block.start < line && line <= block.end)
    }

    /// The indentation of a line, and its words with one blank behind each dash.
    fn place(&mut self, column: usize, words: &str) -> (usize, String) {
        let (mut column, mut rest) = (column, words);
        let mut indent = None;
        let mut written = String::new();
        while rest == "-" || rest.starts_with("- ") {
            let new = self.level(column, true);
            indent.get_or_insert(new);
            let behind = rest[1..].trim_start();
            column += rest.len() - behind.len();
            rest = behind;
            written.push('-');
            if !rest.is_empty() {
                written.push(' ');
            }
        }
        if !rest.is_empty() && !rest.starts_with('#') {
            let new = self.level(column, false);
            indent.get_or_insert(new);
        }
        written.push_str(rest);
        (indent.unwrap_or(column), written)
    }

    /// The new column of what is at a column.
    fn level(&mut self, column: usize, is_list: bool) -> usize {
        while let Some(last) = self.levels.last() {
            let is_left = last.column > column || last.column == column && last.is_list && !is_list;
            if !is_left {
                break;
            }
            self.levels.pop();
        }
        match self.levels.last() {
            Some(last) if last.column == column && last.is_list == is_list => last.new,
            last => {
                let new = last.map_or(0, |last| last.new + INDENT);
                self.levels.push(Level { is_list, column, new });
                new
            }
        }
    }

    fn write(&mut self, indent: usize, words: &str) {
        for comment in std::mem::take(&mut self.comments) {
            self.indented(indent, comment);
        }
        self.blank_line();
        self.indented(indent, words);
    }

    /// Writes comments that nothing follows.
    fn flush(&mut self) {
        for comment in std::mem::take(&mut self.comments) {
            self.indented(0, comment);
        }
    }

    /// One blank line where there were some, but none at the beginning.
    fn blank_line(&mut self) {
        if std::mem::take(&mut self.blank) {
            if !self.comments.is_empty() {
                self.comments.push("");
            } else if !self.result.is_empty() {
                self.result.push('\n');
            }
        }
    }

    fn indented(&mut self, indent: usize, words: &str) {
        if !words.is_empty() {
            self.result.extend(std::iter::repeat_n(' ', indent));
            self.result.push_str(words);
        }
        self.result.push('\n');
    }
}
