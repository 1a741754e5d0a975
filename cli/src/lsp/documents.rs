//! The texts that an editor has open, and what is wrong with them.

use std::collections::HashMap;

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, PublishDiagnosticsParams, Uri,
};
use rest_source_codegen::{Diagnostic, LintLevels, Severity, SourceFile, Span, check};
use rest_source_editor::is_description;

use super::position::range;

pub(super) struct Documents {
    pub(super) lints: LintLevels,
    /// The texts with their versions, by their addresses.
    open: HashMap<String, (SourceFile, Option<i32>)>,
}

impl Documents {
    pub(super) fn new(lints: LintLevels) -> Documents {
        Documents { lints, open: HashMap::new() }
    }

    pub(super) fn set(&mut self, uri: &Uri, text: String, version: Option<i32>) {
        let name = uri.as_str().rsplit('/').next().unwrap_or_default();
        self.open.insert(uri.as_str().to_owned(), (SourceFile::new(name, text), version));
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.open.remove(uri.as_str());
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&SourceFile> {
        self.open.get(uri.as_str()).map(|(file, _)| file)
    }

    /// What is wrong with a text. Of other YAML, which an editor may send as well, nothing is.
    pub(super) fn found(&self, file: &SourceFile) -> Vec<Diagnostic> {
        if is_description(file.text()) { check(file, self.lints.clone()) } else { Vec::new() }
    }

    /// The same as an editor takes it; nothing of a text that is closed.
    pub(super) fn diagnostics(&self, uri: Uri) -> PublishDiagnosticsParams {
        let open = self.open.get(uri.as_str());
        let version = open.and_then(|(_, version)| *version);
        let found = open.map(|(file, _)| (file, self.found(file)));
        let diagnostics = found.into_iter().flat_map(|(file, found)| {
            let shown = found.iter().map(|found| shown(file, &uri, found));
            shown.collect::<Vec<_>>()
        });
        PublishDiagnosticsParams { diagnostics: diagnostics.collect(), version, uri }
    }
}

/// A diagnostic as an editor shows it: the message with its help, and the other places beside it.
pub(super) fn shown(file: &SourceFile, uri: &Uri, found: &Diagnostic) -> Shown {
    let first = found.labels.first();
    let place = |span: Span| range(file.text(), file.first_line(span));
    let others = found.labels.iter().skip(1).map(|label| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: place(label.span) },
        message: if label.text.is_empty() { "here as well".to_owned() } else { label.text.clone() },
    });
    let others: Vec<_> = others.collect();
    let mut message = found.message.clone();
    if let Some(label) = first.filter(|label| !label.text.is_empty()) {
        message.extend([": ", &label.text]);
    }
    for (what, texts) in [("help", &found.help), ("note", &found.notes)] {
        for text in texts {
            message.extend(["\n", what, ": ", text]);
        }
    }
    Shown {
        range: first.map(|label| place(label.span)).unwrap_or_default(),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(found.code.name().to_owned())),
        source: Some("rest_source".to_owned()),
        message,
        related_information: (!others.is_empty()).then_some(others),
        ..Shown::default()
    }
}
