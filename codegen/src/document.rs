//! YAML and JSON as a tree with positions, for programs that read other files than descriptions.

pub use crate::yaml::{Entry, Kind, Mapping, Node, Scalar, Value};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, LintLevels},
    source::SourceFile,
};

/// Reads a YAML or JSON document, with aliases and merge keys resolved.
///
/// # Errors
///
/// Everything that is wrong with its syntax.
pub fn read(file: &SourceFile) -> Result<Node, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::new(LintLevels::default());
    let document = crate::yaml::load(file, &mut diagnostics).document;
    let mistakes = diagnostics.finish();
    match document {
        Some(document) if mistakes.is_empty() => Ok(document),
        _ => Err(mistakes),
    }
}
