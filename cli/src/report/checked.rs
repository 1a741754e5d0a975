//! What was found in a description.

use rest_source_codegen::{Code, Diagnostic, Severity, SourceFile};

use crate::outcome::Outcome;

/// A description and everything that is wrong with it.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Its text; none if it could not be read.
    pub(crate) file: SourceFile,
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// What the worst of it makes of a command.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.diagnostics.iter().any(|found| found.code == Code::UnreadableFile) {
            Outcome::Impossible
        } else if self.diagnostics.iter().any(|found| found.severity == Severity::Error) {
            Outcome::Mistakes
        } else {
            Outcome::Success
        }
    }
}
