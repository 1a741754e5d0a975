//! A diagnostic as programs want it: complete, with lines and columns instead of byte offsets.

use std::fmt::Write as _;

use rest_source_codegen::{Diagnostic, Severity, SourceFile, Span, note_for_terminal};
use serde::Serialize;

use super::checked::Checked;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding<'a> {
    /// The stable name of the kind of mistake.
    pub(super) code: &'static str,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// What is wrong.
    pub(super) message: &'a str,
    /// The file as it was named.
    pub(super) file: &'a str,
    /// The places that it is about, the most important one first; none for the whole file.
    pub(super) labels: Vec<Label<'a>>,
    /// How to fix it.
    pub(super) help: &'a [String],
    /// Further notes.
    pub(super) notes: Vec<String>,
}

/// A range, from its first character to the one after its last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Label<'a> {
    /// What is to be seen there; may be empty.
    pub(super) text: &'a str,
    /// Its first character.
    pub(super) start: Position,
    /// The character after its last.
    pub(super) end: Position,
}

/// A character's place. Both numbers count from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Position {
    /// The line.
    pub(super) line: usize,
    /// The column.
    pub(super) column: usize,
}

impl<'a> Finding<'a> {
    /// All that was found, file by file.
    pub(super) fn all(checked: &'a [Checked]) -> impl Iterator<Item = Finding<'a>> {
        checked.iter().flat_map(|Checked { file, diagnostics, .. }| {
            diagnostics.iter().map(move |diagnostic| Finding::of(diagnostic, file))
        })
    }

    fn of(diagnostic: &'a Diagnostic, file: &'a SourceFile) -> Finding<'a> {
        let label = |label: &'a rest_source_codegen::Label| {
            // A place may be a mapping of a hundred lines: what is underlined for people is enough.
            let span = file.first_line(label.span);
            let position = |byte| {
                let (line, column) = file.position(Span { start: byte, end: byte });
                Position { line, column }
            };
            Label { text: &label.text, start: position(span.start), end: position(span.end) }
        };
        Finding {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            file: file.name(),
            labels: diagnostic.labels.iter().map(label).collect(),
            help: &diagnostic.help,
            notes: diagnostic.notes.iter().cloned().chain(note_for_terminal(diagnostic)).collect(),
        }
    }

    /// The message and the label of its first place: `a resource has no key `nam`: did you mean `name`?`
    pub(super) fn sentence(&self) -> String {
        match self.labels.first().map(|label| label.text) {
            None | Some("") => self.message.to_owned(),
            Some(text) => format!("{}: {text}", self.message),
        }
    }

    /// The sentence, help and notes, a line for each.
    pub(super) fn text(&self) -> String {
        let mut text = self.sentence();
        for help in self.help {
            let _ = write!(text, "\nhelp: {help}");
        }
        for note in &self.notes {
            let _ = write!(text, "\nnote: {note}");
        }
        text
    }
}
