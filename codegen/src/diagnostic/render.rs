//! Diagnostics as text, in the manner of rustc.

use std::{borrow::Cow, ops::Range};

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Heading, Origin, Renderer, Snippet, Title,
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
    let rendered = without_repeated(&rendered);
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
    without_repeated(&Renderer::styled().render(&[report(title, note, diagnostic, file)]))
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
    let mut snippets = snippets(diagnostic, file).into_iter();
    let mut group = match snippets.next() {
        None => title.element(Origin::path(printable::line(file.name()))),
        Some(first) => snippets.fold(title.element(first), Group::element),
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

/// How many bytes are shown between the first and the last place of a snippet, and how many of the
/// lines around them. A file may have thousands of mistakes, all on one line, and each of them costs
/// what is shown of it.
const MOST_BETWEEN: usize = 4_000;
const MOST_AROUND: usize = 500;

/// Where a line is shown from the middle on, the renderer counts a wrong column. There the position
/// stands in the path, with this behind it, which is in nothing that is printable.
const REPEATED: char = '\u{1}';

/// The places of a diagnostic in the lines that they stand on; those far from each other are shown
/// apart.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    file: &'a SourceFile,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let span = file.first_line(label.span);
        let end = file.boundary(span.end.min(span.start + MOST_BETWEEN));
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let place = (Span { end, ..span }, kind, &*label.text);
        match parts.last_mut().filter(|part| part.with(span).len() <= MOST_BETWEEN) {
            Some(part) => part.0.push(place),
            None => parts.push(Part(vec![place])),
        }
    }
    parts.into_iter().map(|part| part.snippet(file)).collect()
}

/// Places near each other, and what is to be seen there.
struct Part<'a>(Vec<(Span, AnnotationKind, &'a str)>);

impl<'a> Part<'a> {
    /// From the first place to the last one, another one included.
    fn with(&self, other: Span) -> Range<usize> {
        let places = || self.0.iter().map(|(span, ..)| span);
        let start = places().map(|span| span.start).min().unwrap_or(other.start);
        let end = places().map(|span| span.end).max().unwrap_or(other.end);
        start.min(other.start)..end.max(other.end)
    }

    fn snippet(self, file: &'a SourceFile) -> Snippet<'a, Annotation<'a>> {
        let first = self.0.first().map(|(span, ..)| *span).unwrap_or_default();
        let all = self.with(first);
        let (whole, line) = file.lines_around(all.clone());
        let start = file.boundary(whole.start.max(all.start.saturating_sub(MOST_AROUND)));
        let end = file.boundary(whole.end.min(all.end + MOST_AROUND));
        let mut path = printable::line(file.name());
        if start > whole.start {
            let (line, column) = file.position(first);
            path = format!("{path}:{line}:{column}{REPEATED}").into();
        }
        let annotations = self.0.into_iter().map(|(span, kind, text)| {
            let annotation = kind.span(span.start - start..span.end - start);
            if text.is_empty() { annotation } else { annotation.label(printable::line(text)) }
        });
        let text = harmless(file.text().get(start..end).unwrap_or_default());
        Snippet::source(text).line_start(line).path(path).annotations(annotations)
    }
}

/// Takes off the positions that the renderer has written behind those that stand in a path.
fn without_repeated(rendered: &str) -> String {
    let mut parts = rendered.split(REPEATED);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit())
    })
}
