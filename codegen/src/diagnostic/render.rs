//! Diagnostics as text, in the manner of rustc.

use std::borrow::Cow;

use annotate_snippets::{
    AnnotationKind, Group, Level as Heading, Origin, Renderer, Snippet, Title,
};

use rest_source_plan::printable;

use super::{Diagnostic, Severity};
use crate::source::{SourceFile, Span};

/// As plain text for `compile_error!`, to which rustc itself adds `error: ` in front: rustc shows
/// escape sequences instead of obeying them, therefore there is no colour.
pub fn for_rustc(diagnostic: &Diagnostic, file: &SourceFile) -> String {
    let title =
        heading(diagnostic).primary_title(format!("{} [{}]", message(diagnostic), diagnostic.code));
    let note = lint_note(diagnostic, "as the attribute says", |code| {
        format!("`allow({code})` in the attribute")
    });
    let rendered = Renderer::plain().render(&[report(title, note, diagnostic, file)]);
    let without_severity = match rendered.split_once(": ") {
        Some((severity, rest)) if !severity.contains('\n') => rest,
        _ => &rendered,
    };
    without_severity.trim_end().to_owned()
}

/// In colour, with escape sequences; where they are not wanted they can be stripped.
pub fn for_terminal(diagnostic: &Diagnostic, file: &SourceFile) -> String {
    let title = heading(diagnostic).primary_title(message(diagnostic)).id(diagnostic.code.name());
    let note = note_for_terminal(diagnostic);
    Renderer::styled().render(&[report(title, note, diagnostic, file)])
}

/// What the command line says of a lint's level: which one it is, and how it is changed.
pub fn note_for_terminal(diagnostic: &Diagnostic) -> Option<String> {
    lint_note(diagnostic, "as the command line says", |code| format!("`--allow {code}`"))
}

fn message(diagnostic: &Diagnostic) -> Cow<'_, str> {
    printable::line(&diagnostic.message)
}

/// The file's lines without what a terminal would obey, byte for byte as long.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| !matches!(c, '\n' | '\r' | '\t') && printable::is_control(c);
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c.len_utf8() {
        _ if !is_obeyed(c) => c,
        1 => '?',
        2 => '·',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(shown).collect()
}

fn heading(diagnostic: &Diagnostic) -> Heading<'static> {
    match diagnostic.severity {
        Severity::Error => Heading::ERROR,
        Severity::Warning => Heading::WARNING,
    }
}

fn lint_note(
    diagnostic: &Diagnostic,
    chosen: &str,
    allow: impl FnOnce(&str) -> String,
) -> Option<String> {
    let lint = diagnostic.lint?;
    let code = diagnostic.code.name();
    let origin = if lint.is_default { "by default" } else { chosen };
    let level = lint.level.name();
    Some(format!("`{code}` is a lint, {level} {origin}; {} turns it off", allow(code)))
}

fn report<'a>(
    title: Title<'a>,
    lint_note: Option<String>,
    diagnostic: &'a Diagnostic,
    file: &'a SourceFile,
) -> Group<'a> {
    let mut group = if diagnostic.labels.is_empty() {
        title.element(Origin::path(printable::line(file.name())))
    } else {
        // Only the lines between the places are looked at: a file may have thousands of mistakes.
        let spans: Vec<Span> = diagnostic.labels.iter().map(|l| file.first_line(l.span)).collect();
        let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
        let end = spans.iter().map(|span| span.end).max().unwrap_or_default();
        let (shown, line) = file.lines_around(start..end);
        let annotations = diagnostic.labels.iter().zip(spans).enumerate();
        let annotations = annotations.map(|(index, (label, span))| {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(span.start - shown.start..span.end - shown.start);
            if label.text.is_empty() {
                annotation
            } else {
                annotation.label(printable::line(&label.text))
            }
        });
        let text = harmless(file.text().get(shown.range()).unwrap_or_default());
        let path = printable::line(file.name());
        let snippet = Snippet::source(text).line_start(line).path(path);
        title.element(snippet.annotations(annotations))
    };
    for help in &diagnostic.help {
        group = group.element(Heading::HELP.message(printable::lines(help)));
    }
    for note in &diagnostic.notes {
        group = group.element(Heading::NOTE.message(printable::lines(note)));
    }
    match lint_note {
        Some(note) => group.element(Heading::NOTE.message(note)),
        None => group,
    }
}
