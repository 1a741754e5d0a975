//! Diagnostics as text, in the manner of rustc.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::SourceFile;

/// As plain text for `compile_error!`, to which rustc itself adds `error: ` in front: rustc shows
/// escape sequences instead of obeying them, therefore there is no colour.
pub fn for_rustc(diagnostic: &Diagnostic, file: &SourceFile) -> String {
    let rendered = Renderer::plain().render(&[report(diagnostic, file)]);
    let without_severity = match rendered.split_once(": ") {
        Some((severity, rest)) if !severity.contains('\n') => rest,
        _ => &rendered,
    };
    without_severity.trim_end().to_owned()
}

fn report<'a>(diagnostic: &'a Diagnostic, file: &'a SourceFile) -> Group<'a> {
    let title = match diagnostic.severity {
        Severity::Error => Title::ERROR,
        Severity::Warning => Title::WARNING,
    }
    .primary_title(format!("{} [{}]", diagnostic.message, diagnostic.code));

    let mut group = if diagnostic.labels.is_empty() {
        title.element(Origin::path(file.name()))
    } else {
        let annotations = diagnostic.labels.iter().enumerate().map(|(index, label)| {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(file.first_line(label.span).range());
            if label.text.is_empty() { annotation } else { annotation.label(&label.text) }
        });
        title.element(Snippet::source(file.text()).path(file.name()).annotations(annotations))
    };
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(help.as_str()));
    }
    for note in &diagnostic.notes {
        group = group.element(Title::NOTE.message(note.as_str()));
    }
    group
}
