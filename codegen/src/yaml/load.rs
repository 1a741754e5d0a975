//! From text to tree, within bounds: a file can neither overflow the stack nor fill the memory.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{
    Entry, Mapping, Node, Scalar, Value,
    help::{help, place},
    key::{check_tag, is_text_tag, key_of, merge},
    offsets::Offsets,
    surrogate,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{SourceFile, Span},
};

/// The longest file, in bytes; the largest configuration found in public has 60 kB.
pub const MAX_BYTES: usize = 4 << 20;
/// The deepest nesting; a nested JSON body is the deepest thing that a description holds.
const MAX_DEPTH: usize = 64;
/// How many nodes aliases may add, so that aliases of aliases do not grow without end.
const MAX_ALIASED_NODES: usize = 20_000;

/// What could be read of a file.
pub struct Loaded {
    /// The document.
    pub document: Option<Node>,
    /// Whether it ends before its end, at a mistake that has been reported: what is missing in it is
    /// no mistake then.
    pub is_cut: bool,
}

/// Reads the one document of a file.
pub fn load(file: &SourceFile, diagnostics: &mut Diagnostics) -> Loaded {
    if file.text().len() > MAX_BYTES {
        let message = format!("the file has more than {} MiB", MAX_BYTES >> 20);
        diagnostics.push(Diagnostic::of_file(Code::TooLarge, message));
        return Loaded { document: None, is_cut: true };
    }
    if let Some(span) = file.not_utf8() {
        let message = "the file is not UTF-8: this byte is invalid";
        diagnostics.push(
            Diagnostic::error(Code::UnreadableFile, span, message).help("save the file as UTF-8"),
        );
    }
    let mut loader = Loader::new(file, diagnostics);
    let mistake = loader.run().err().or_else(|| {
        let help = "a source description begins with `client:` and `resources:`";
        let is_empty = loader.document.is_none();
        is_empty.then(|| Diagnostic::of_file(Code::InvalidYaml, "the file is empty").help(help))
    });
    let is_cut = mistake.is_some() || file.not_utf8().is_some();
    if let Some(mistake) = mistake {
        loader.close();
        loader.diagnostics.push(mistake);
    }
    Loaded { document: loader.document, is_cut }
}

type Result<T> = std::result::Result<T, Diagnostic>;

struct Loader<'a> {
    file: &'a SourceFile,
    diagnostics: &'a mut Diagnostics,
    offsets: Offsets,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased_nodes: usize,
    document: Option<Node>,
}

/// A collection whose end has not come yet.
struct Open {
    start: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        mapping: Mapping,
        key: Option<(String, Span)>,
        /// The keys so far: a search in the mapping would be slow in a large one.
        known: HashMap<String, Span>,
        /// Values of `<<`, which give what the mapping itself does not say.
        merged: Vec<Node>,
    },
}

impl<'a> Loader<'a> {
    fn new(file: &'a SourceFile, diagnostics: &'a mut Diagnostics) -> Self {
        Loader {
            file,
            diagnostics,
            offsets: Offsets::new(file.text()),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliased_nodes: 0,
            document: None,
        }
    }

    fn run(&mut self) -> Result<()> {
        let file = self.file;
        let text = surrogate::resolve(file.text());
        if let Some((_, offsets)) = &text {
            self.offsets = offsets.clone();
        }
        let text = text.as_ref().map_or(file.text(), |(text, _)| text);
        let mut documents = 0;
        // Each step is one event of a state machine: depth costs no stack.
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| {
                let at = self.offsets.byte(error.marker().index());
                let place = place(error.info(), file.text(), at);
                let span = Span { start: place, end: place };
                let diagnostic = Diagnostic::error(Code::InvalidYaml, span, "this is not YAML")
                    .says(error.info().to_owned());
                diagnostic.help(help(error.info(), file.text(), at))
            })?;
            let span = self.offsets.span(span);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "a second YAML document begins here";
                        return Err(Diagnostic::error(Code::InvalidYaml, span, message)
                            .help("one file describes one source"));
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    let plain = style == ScalarStyle::Plain && !is_text_tag(tag.as_deref());
                    check_tag(tag.as_deref(), span)?;
                    let span = self.without_comment(span, style);
                    let scalar = Scalar { text: text.into_owned(), plain };
                    self.complete(Node { span, value: Value::Scalar(scalar) }, anchor)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    check_tag(tag.as_deref(), span)?;
                    self.begin(span, anchor, Content::Sequence(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    check_tag(tag.as_deref(), span)?;
                    let mapping = Mapping::default();
                    let known = HashMap::new();
                    let content =
                        Content::Mapping { mapping, key: None, known, merged: Vec::new() };
                    self.begin(span, anchor, content)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
                Event::Alias(anchor) => {
                    let node = self.alias(anchor, span)?;
                    self.complete(node, 0)?;
                }
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    /// Quoted text ends with its quote: the parser's mark is at whatever follows.
    fn without_comment(&self, span: Span, style: ScalarStyle) -> Span {
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => return span,
        };
        let text = &self.file.text()[span.start..span.end];
        let mut rest = text.char_indices().skip(1).peekable();
        while let Some((at, c)) = rest.next() {
            let is_twice = quote == '\'' && rest.peek().is_some_and(|(_, next)| *next == quote);
            if c == '\\' && quote == '"' || c == quote && is_twice {
                rest.next();
            } else if c == quote {
                return Span { start: span.start, end: span.start + at + 1 };
            }
        }
        span
    }

    /// Ends what a mistake has left open.
    fn close(&mut self) {
        let end = Span { start: self.file.text().len(), end: self.file.text().len() };
        while !self.open.is_empty() && self.end(end).is_ok() {}
    }

    fn begin(&mut self, start: Span, anchor: usize, content: Content) -> Result<()> {
        if self.open.len() == MAX_DEPTH {
            let message = format!("this is nested more than {MAX_DEPTH} levels deep");
            return Err(Diagnostic::error(Code::TooLarge, start, message));
        }
        self.open.push(Open { start, anchor, content });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<()> {
        let Some(Open { start, anchor, content }) = self.open.pop() else { return Ok(()) };
        let value = match content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { mut mapping, merged, .. } => {
                for node in merged {
                    merge(&mut mapping, node)?;
                }
                Value::Mapping(mapping)
            }
        };
        // A block collection ends with its last value: the parser's mark is at whatever follows.
        let flow = self.file.text()[start.start..].starts_with(['{', '[']);
        let end = if flow { end.end } else { value.end().unwrap_or(start.end) };
        self.complete(Node { span: Span { start: start.start, end }, value }, anchor)
    }

    /// Puts a node where it belongs: into the innermost open collection.
    fn complete(&mut self, node: Node, anchor: usize) -> Result<()> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.document = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping { mapping, key, known, merged }) => match key.take() {
                None => *key = Some(key_of(node)?),
                Some((name, _)) if name == "<<" => merged.push(node),
                Some((name, span)) => {
                    if let Some(first) = known.get(&name) {
                        self.diagnostics.push(
                            Diagnostic::error(
                                Code::DuplicateKey,
                                span,
                                format!("the key `{name}` stands twice in this mapping"),
                            )
                            .says("here again")
                            .label(*first, "first here"),
                        );
                    } else {
                        known.insert(name.clone(), span);
                        mapping.entries.push(Entry { key: name, key_span: span, value: node });
                    }
                }
            },
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node> {
        let Some(node) = self.anchors.get(&anchor) else {
            let message = "this alias refers to a value that contains it";
            return Err(Diagnostic::error(Code::InvalidYaml, span, message));
        };
        self.aliased_nodes += node.count();
        if self.aliased_nodes > MAX_ALIASED_NODES {
            let message = format!("aliases add more than {MAX_ALIASED_NODES} values to the file");
            return Err(Diagnostic::error(Code::TooLarge, span, message));
        }
        Ok(Node { span, value: node.value.clone() })
    }
}

impl Node {
    /// How many values it is, with all in it.
    pub fn count(&self) -> usize {
        1 + match &self.value {
            Value::Scalar(_) => 0,
            Value::Sequence(items) => items.iter().map(Node::count).sum(),
            Value::Mapping(mapping) => {
                mapping.entries.iter().map(|entry| entry.value.count()).sum()
            }
        }
    }
}

impl Value {
    fn end(&self) -> Option<usize> {
        match self {
            Value::Scalar(_) => None,
            Value::Sequence(items) => items.last().map(|item| item.span.end),
            Value::Mapping(mapping) => {
                mapping.entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end))
            }
        }
    }
}
