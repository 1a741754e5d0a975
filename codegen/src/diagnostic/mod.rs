//! Diagnostics: what is wrong, where, and how to fix it. Rendering is in [`render`].

mod code;
mod fix;
mod level;
mod lint;
mod suggest;

pub mod render;

use std::collections::HashSet;

pub(crate) use self::suggest::{MOST_SHOWN, all_of};
pub use self::{
    code::Code,
    fix::Fix,
    level::Level,
    lint::{LintLevel, LintLevels, UnknownLint},
    suggest::{closest, either},
};
use crate::{
    shape::{Block, Shape},
    source::Span,
};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake it is.
    pub code: Code,
    /// Whether it stops the build.
    pub severity: Severity,
    /// What is wrong: one lowercase sentence without full stop.
    pub message: String,
    /// The places it is about, the most important one first. Empty for a mistake of the whole file.
    pub labels: Vec<Label>,
    /// How to fix it, if possible with text to paste.
    pub help: Vec<String>,
    /// A change that removes it.
    pub fix: Option<Box<Fix>>,
    /// Further notes.
    pub notes: Vec<String>,
    /// For a finding of a lint, its level.
    pub lint: Option<LintLevel>,
}

/// Whether a mistake stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

/// A place that a mistake is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Its text; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::of_file(code, message).label(span, "")
    }

    /// An error of the whole file.
    pub fn of_file(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
            notes: Vec::new(),
            lint: None,
        }
    }

    /// Adds a place; the text of the first one may be given later with [`says`](Self::says).
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the text of the first label.
    #[must_use]
    pub fn says(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Asks whether another word was meant instead of one in the first place.
    #[must_use]
    pub fn meant(self, found: &str, meant: &str) -> Diagnostic {
        self.says(format!("did you mean `{meant}`?")).fixed_by(found, meant)
    }

    /// Adds that another text in place of one in the first place removes the mistake.
    #[must_use]
    pub fn fixed_by(mut self, found: &str, meant: &str) -> Diagnostic {
        let (span, found, meant) = (self.start(), found.to_owned(), meant.to_owned());
        self.fix = Some(Box::new(Fix { span, found, meant }));
        self
    }

    /// Adds a help on how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    fn start(&self) -> Span {
        self.labels.first().map_or(Span::default(), |label| label.span)
    }
}

/// After this many mistakes no suggestions are made from the file's own names: comparing thousands with
/// thousands takes minutes.
const MOST_GUESSES: usize = 200;

/// Collects the mistakes of a file.
///
/// Like the collector of `serde_derive` it panics when it is dropped unread, so that no phase can
/// forget what an earlier one found.
#[derive(Debug)]
#[must_use = "the mistakes have to be read with `finish`"]
pub struct Diagnostics {
    found: Option<Vec<Diagnostic>>,
    seen: HashSet<(Code, Span, String)>,
    /// Places whose value was replaced by a guess.
    guessed: HashSet<Span>,
    lints: LintLevels,
    /// The blocks of the language that is read, among which the place of a misplaced key is found.
    language: Vec<Block>,
}

impl Diagnostics {
    /// An empty collection that gives lints these levels.
    pub fn new(lints: LintLevels) -> Diagnostics {
        Diagnostics {
            found: Some(Vec::new()),
            seen: HashSet::new(),
            guessed: HashSet::new(),
            lints,
            language: Vec::new(),
        }
    }

    /// Says which language is read.
    pub(crate) fn set_language(&mut self, shape: &Shape) {
        self.language = shape.blocks();
    }

    /// The blocks of the language that is read.
    pub(crate) fn language(&self) -> &[Block] {
        &self.language
    }

    /// Adds a mistake, once: defaults are read once for
    /// each resource that they apply to, and a mistake in them is still one mistake.
    ///
    /// A mistake whose code is a lint gets that lint's level and is dropped if it is allowed.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if let Some(default) = diagnostic.code.default_level() {
            let lint = self.lints.of(diagnostic.code, default);
            diagnostic.lint = Some(lint);
            diagnostic.severity = match lint.level {
                Level::Allow => return,
                Level::Warn => Severity::Warning,
                Level::Deny => Severity::Error,
            };
        }
        // A consequence of a guess is not reported.
        let is_guess = matches!(diagnostic.code, Code::UnknownWord | Code::WrongType);
        if is_guess {
            self.guessed.insert(diagnostic.start());
        } else if !diagnostic.labels.is_empty() && self.guessed.contains(&diagnostic.start()) {
            return;
        }
        let identity = (diagnostic.code, diagnostic.start(), diagnostic.message.clone());
        if self.seen.insert(identity)
            && let Some(found) = &mut self.found
        {
            found.push(diagnostic);
        }
    }

    /// The [`closest`] of names that the file gives, of which there may be thousands.
    pub(crate) fn closest<'a>(
        &self,
        word: &str,
        names: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Option<&'a str> {
        if self.len() < MOST_GUESSES { closest(word, names) } else { None }
    }

    /// Whether something was found that stops the build.
    pub fn has_errors(&self) -> bool {
        self.found.iter().flatten().any(|found| found.severity == Severity::Error)
    }

    /// How many were found so far.
    pub fn len(&self) -> usize {
        self.found.as_ref().map_or(0, Vec::len)
    }

    /// Keeps only the first ones that were found.
    pub fn truncate(&mut self, len: usize) {
        if let Some(found) = &mut self.found {
            found.truncate(len);
        }
    }

    /// Everything that was found, in the order of the file. Warnings wait until there are no errors:
    /// what has mistakes is not yet what its author means.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let has_errors = self.has_errors();
        let mut found = self.found.take().unwrap_or_default();
        found.retain(|found| !has_errors || found.severity == Severity::Error);
        found.sort_by_key(Diagnostic::start);
        found
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(
            self.found.is_none() || std::thread::panicking(),
            "mistakes were collected and never read"
        );
    }
}
