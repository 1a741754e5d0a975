//! Incremental cursors: what bounds the next run.

use super::selector;
use crate::{
    config::{Endpoint, Incremental, Param, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
    yaml::{Kind, Node, Value},
};

pub(super) fn check(endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    if let Some(incremental) = endpoint.incremental.get() {
        check_one(incremental, diagnostics);
    }
    let mut first: Option<Span> = None;
    for (name, param) in endpoint.params.get().into_iter().flat_map(|params| &params.entries) {
        let Param::Incremental(incremental) = &param.value else { continue };
        check_one(incremental, diagnostics);
        // dlt's older form sends the lower bound only: the parameter is where it goes.
        let misplaced = [
            ("end_param", incremental.end_param.get().map(|param| param.span)),
            ("end_value", incremental.end_value.get().map(|ScalarNode(node)| node.span)),
        ];
        for (key, span) in misplaced {
            if let Some(span) = span {
                let message = format!("`{key}` belongs to `endpoint.incremental`");
                diagnostics.push(
                    Diagnostic::error(Code::UnknownKey, span, message)
                        .help("write the whole of it there, and no parameter"),
                );
            }
        }
        let other =
            first.or(endpoint.incremental.get().and_then(|i| i.cursor_path.get()).map(|p| p.span));
        if let Some(other) = other {
            diagnostics.push(
                Diagnostic::error(
                    Code::Conflict,
                    name.span,
                    "this endpoint has two incremental cursors",
                )
                .says("the second")
                .label(other, "the first")
                .help("keep one of them: a run has one bound"),
            );
        }
        first = Some(name.span);
    }
}

fn check_one(incremental: &Incremental, diagnostics: &mut Diagnostics) {
    if let Some(path) = incremental.cursor_path.get() {
        selector::read(path, diagnostics);
    }
    for (key, setting) in [("convert", &incremental.convert), ("transform", &incremental.transform)]
    {
        if let Some(Spanned { span, .. }) = setting.get() {
            python_function(key, *span, diagnostics);
        }
    }
    if let (Setting::Given(ScalarNode(end)), Setting::Absent) =
        (&incremental.end_value, &incremental.initial_value)
    {
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, end.span, "a range that ends here begins nowhere")
                .help("add `initial_value`"),
        );
    }
    if let (Some(ScalarNode(initial)), Some(ScalarNode(end))) =
        (incremental.initial_value.get(), incremental.end_value.get())
    {
        check_range(initial, end, diagnostics);
    }
}

/// Both bounds are of one kind. Their order depends on `last_value_func` and on the column's type.
fn check_range(initial: &Node, end: &Node, diagnostics: &mut Diagnostics) {
    let number = |node: &Node| match &node.value {
        Value::Scalar(scalar) if scalar.kind() == Kind::Number => scalar.text.parse::<f64>().ok(),
        _ => None,
    };
    if let (Some(from), Some(to)) = (number(initial), number(end))
        && (from - to).abs() <= f64::EPSILON
    {
        let message = "a range from a value to the same value has nothing in it";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, end.span, message)
                .label(initial.span, "it begins here"),
        );
    }
}

/// What is a function in dlt cannot stand in a file; dlt itself takes it from Python only.
pub(super) fn python_function(key: &str, span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("`{key}` is a Python function in dlt, which a file cannot hold");
    diagnostics.push(
        Diagnostic::error(Code::PythonFunction, span, message)
            .help("change the records in Rust, by an adaptor on the stream"),
    );
}
