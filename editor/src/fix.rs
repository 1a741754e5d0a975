//! Making the fixes of mistakes that are sure.

use rest_source_codegen::{Diagnostic, LintLevels, Severity, SourceFile, check, edited};

/// A description with the fixes that were made.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed {
    /// The file with its new text.
    pub file: SourceFile,
    /// The mistakes that were fixed, each with its fix.
    pub fixed: Vec<Diagnostic>,
    /// What is wrong with the new text.
    pub left: Vec<Diagnostic>,
}

/// Makes the fixes that are sure: with each the file has fewer mistakes.
///
/// ```
/// use rest_source_codegen::{LintLevels, SourceFile};
/// use rest_source_editor::fix;
///
/// let text = "client: {base_url: https://api.example.com, pagniator: single_page}\nresources: [orders]\n";
/// let fixed = fix(SourceFile::new("api.yaml", text), &LintLevels::default());
/// assert!(fixed.file.text().contains("paginator: single_page"));
/// assert_eq!(fixed.left, []);
/// ```
pub fn fix(file: SourceFile, lints: &LintLevels) -> Fixed {
    let left = check(&file, lints.clone());
    let mut fixed = Fixed { file, fixed: Vec::new(), left };
    // Each leaves fewer mistakes, so that there is an end.
    while let Some((at, file, left)) = next(&fixed, lints) {
        fixed.fixed.push(fixed.left.swap_remove(at));
        (fixed.file, fixed.left) = (file, left);
    }
    fixed
}

/// The first mistake with a fix that is sure, the file with it, and what is wrong with that.
fn next(fixed: &Fixed, lints: &LintLevels) -> Option<(usize, SourceFile, Vec<Diagnostic>)> {
    fixed.left.iter().enumerate().find_map(|(at, found)| {
        let edit = found.fix.as_ref()?.edit(&fixed.file)?;
        let file = fixed.file.with_text(edited(fixed.file.text(), vec![edit]));
        let left = check(&file, lints.clone());
        (weight(&left) < weight(&fixed.left)).then_some((at, file, left))
    })
}

/// How many errors there are, and how many warnings, which show only where there are no errors.
fn weight(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found.iter().filter(|found| found.severity == Severity::Error).count();
    (errors, found.len() - errors)
}
