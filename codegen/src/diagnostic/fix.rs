//! Changes of a file's text that remove a mistake.

use crate::source::{Edit, SourceFile, Span};

/// A change of the text that removes a mistake: another word in place of one that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What has the word.
    pub(super) span: Span,
    /// The word that is wrong.
    pub(super) found: String,
    /// What is meant.
    pub(super) meant: String,
}

impl Fix {
    /// What it does: ``replace `pagniator` by `paginator` ``.
    pub fn title(&self) -> String {
        format!("replace `{}` by `{}`", self.found, self.meant)
    }

    /// How it changes a text. `None` if the word is written in another way there, as by an escape.
    pub fn edit(&self, file: &SourceFile) -> Option<Edit> {
        let written = file.text().get(self.span.range())?;
        let (at, _) = written.match_indices(&self.found).next()?;
        let is_whole = written == self.found;
        let start = self.span.start + at;
        // A value that begins with a brace would be a mapping without quotes.
        let quote = if is_whole && self.meant.starts_with('{') { "\"" } else { "" };
        let text = format!("{quote}{}{quote}", self.meant);
        Some(Edit { at: Span { start, end: start + self.found.len() }, text })
    }
}
