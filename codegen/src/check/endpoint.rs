//! Endpoints: the request, and how its response is handled.

use rest_source_plan::Action;

use super::{header, incremental, response_format, url};
use crate::{
    config::{Endpoint, ObjectNode, Param, RawNode, ResponseAction},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::LooseText,
    source::{Span, Spanned},
    yaml::{Mapping, Node, Value},
};

pub(super) fn check(
    path: &Spanned<String>,
    endpoint: &Endpoint,
    names_in_path: &[String],
    base_url: &str,
    diagnostics: &mut Diagnostics,
) {
    url::check_path(path, base_url, diagnostics);
    check_bound(names_in_path, endpoint, diagnostics);
    check_sent(endpoint, diagnostics);
    for action in endpoint.response_actions.get().into_iter().flatten() {
        check_action(action, diagnostics);
    }
    incremental::check(endpoint, diagnostics);
}

/// What is sent beside the path: headers and one body.
pub(super) fn check_sent(endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    check_body(endpoint, diagnostics);
    for (name, value) in endpoint.headers.get().into_iter().flat_map(|headers| &headers.entries) {
        if let Some(value) = value {
            header::check(name, value, diagnostics);
        }
    }
}

/// A name in a path takes the parameter of that name, which then is no query parameter; a name
/// without one becomes an argument of the function. dlt's `resolve` is only for paths, unless it has
/// a `batch`.
fn check_bound(names_in_path: &[String], endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    for (name, param) in endpoint.params.get().into_iter().flat_map(|params| &params.entries) {
        let bound = names_in_path.contains(&name.value);
        match &param.value {
            // What several records share may be sent anywhere.
            Param::Resolve(resolve) if !bound && resolve.batch.is_absent() => {
                let message = format!("the path has no placeholder `{{{}}}` for this", name.value);
                diagnostics.push(
                    Diagnostic::error(Code::Unused, name.span, message)
                        .help(
                            "outside of the path a parent's field is `\"{resources.NAME.FIELD}\"`",
                        )
                        .help("values of several records, `batch: 50`, may be sent as a parameter"),
                );
            }
            Param::Unsent if bound => {
                let message = format!("`{{{}}}` in the path needs a value", name.value);
                diagnostics.push(Diagnostic::error(Code::MissingKey, param.span, message));
            }
            Param::Values(values) if bound && values.len() != 1 => {
                let message = format!("`{{{}}}` in the path takes a single value", name.value);
                diagnostics.push(Diagnostic::error(Code::WrongType, param.span, message));
            }
            Param::Incremental(_) if bound => {
                let message = "an incremental value goes into a path by a placeholder";
                diagnostics.push(
                    Diagnostic::error(Code::WrongType, param.span, message)
                        .help("write `{incremental.start_value}` in the path"),
                );
            }
            _ => {}
        }
    }
}

/// One request has one body: a JSON object, or a form, or text.
fn check_body(endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    if let (Some(json), Some(data)) = (endpoint.json.get(), endpoint.data.get()) {
        diagnostics.push(
            Diagnostic::error(
                Code::Conflict,
                data.span,
                "a request has one body, and this is the second",
            )
            .label(json.span, "the first")
            .help("`json` sends an object, `data` a form or text"),
        );
    }
    if let Some(Spanned { value: ObjectNode(node), .. }) = endpoint.json.get() {
        check_param_form(node, diagnostics);
    }
    if let Some(Spanned { value: RawNode(node), .. }) = endpoint.data.get() {
        check_param_form(node, diagnostics);
        check_form(node, diagnostics);
    }
}

/// dlt's older forms of placeholders are for `params`; in a body they would be sent literally.
fn check_param_form(node: &Node, diagnostics: &mut Diagnostics) {
    let entries = match &node.value {
        Value::Scalar(_) => return,
        Value::Sequence(items) => {
            for item in items {
                check_param_form(item, diagnostics);
            }
            return;
        }
        Value::Mapping(Mapping { entries }) => entries,
    };
    let text = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key == key)?;
        match &entry.value.value {
            Value::Scalar(scalar) => Some(scalar.text.as_str()),
            _ => None,
        }
    };
    let help = match (text("type"), text("cursor_path"), text("resource"), text("field")) {
        (Some("incremental"), Some(cursor), ..) => format!(
            "write `\"{{incremental.start_value}}\"` here, and beside `path` `incremental: \
             {{cursor_path: {cursor}, …}}` with the other keys"
        ),
        (Some("resolve"), _, Some(resource), Some(field)) => {
            format!("write `\"{{resources.{resource}.{field}}}\"` here")
        }
        _ => {
            for entry in entries {
                check_param_form(&entry.value, diagnostics);
            }
            return;
        }
    };
    let message = format!(
        "`type: {}` is only for `params`: in a body it would be sent literally",
        text("type").unwrap_or_default()
    );
    diagnostics.push(Diagnostic::error(Code::WrongType, node.span, message).help(help));
}

/// A form: a mapping, or a list of pairs where a name comes more than once; or plain text.
fn check_form(node: &Node, diagnostics: &mut Diagnostics) {
    let scalar = |node: &Node| matches!(node.value, Value::Scalar(_));
    let values = |node: &Node| match &node.value {
        Value::Scalar(_) => true,
        Value::Sequence(items) => items.iter().all(scalar),
        Value::Mapping(_) => false,
    };
    let wrong = match &node.value {
        Value::Scalar(_) => None,
        Value::Mapping(Mapping { entries }) => {
            entries.iter().map(|entry| &entry.value).find(|value| !values(value))
        }
        Value::Sequence(pairs) => pairs.iter().find(|pair| match &pair.value {
            Value::Sequence(pair) => pair.len() != 2 || !pair.iter().all(scalar),
            _ => true,
        }),
    };
    if let Some(wrong) = wrong {
        let message = format!("a form has names with values, found {}", wrong.describe());
        diagnostics.push(
            Diagnostic::error(Code::WrongType, wrong.span, message)
                .help("write `data: {name: value}`, or a list of pairs, `data: [[name, value]]`"),
        );
    }
}

/// Where no selector names the list, nothing can be left out. A default is for the resources that
/// have one, and a mistake only if none has.
pub(super) fn check_left_out<'a>(
    endpoints: impl Iterator<Item = &'a Endpoint>,
    diagnostics: &mut Diagnostics,
) {
    let mut places: Vec<(Span, bool)> = Vec::new();
    for endpoint in endpoints {
        let required = endpoint.data_selector_required.get().filter(|required| !required.value);
        let Some(Spanned { span, .. }) = required else { continue };
        // Rows and lines need no selector, and may be left out as a list may.
        let has_list = !endpoint.data_selector.is_absent() || response_format::is_list(endpoint);
        match places.iter_mut().find(|(place, _)| place == span) {
            Some((_, some_has)) => *some_has |= has_list,
            None => places.push((*span, has_list)),
        }
    }
    for (span, _) in places.into_iter().filter(|(_, some_has)| !some_has) {
        let message = "without a `data_selector` nothing says what may be missing";
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, span, message)
                .help("name the list of the records beside it, `data_selector: items`"),
        );
    }
}

/// A response action needs something to recognise a response by, and something to do.
fn check_action(action: &ResponseAction, diagnostics: &mut Diagnostics) {
    if let Some(status) = action.status_code.get() {
        let LooseText(text) = &status.value;
        let class = text.strip_suffix("xx").or(text.strip_suffix("XX"));
        let known = match class {
            Some(class) => matches!(class, "1" | "2" | "3" | "4" | "5"),
            None => text.parse::<u16>().is_ok_and(|status| (100..=599).contains(&status)),
        };
        if !known {
            let message = format!("`{text}` is not a status");
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, status.span, message)
                    .help("a status is a number from 100 to 599, or a class, `4xx`"),
            );
        }
    }
    let Some(todo) = action.action.get() else { return };
    if action.status_code.is_absent() && action.content.is_absent() && action.r#where.is_absent() {
        let message = "nothing says which responses this is for";
        diagnostics.push(Diagnostic::error(Code::MissingKey, todo.span, message).help(
            "add one or several of `status_code: 404`, `content` with text of the body, and \
             `where: \"@.code != 0\"`",
        ));
    }
    if todo.value == Action::Ignore && action.status_code.is_absent() {
        // Records may contain any text, and a page of them would be dropped.
        if action.r#where.is_absent()
            && let Some(content) = action.content.get().filter(|content| content.value.is_empty())
        {
            let message = "every response contains this, so that every page would be dropped";
            diagnostics.push(Diagnostic::error(Code::DropsAllPages, content.span, message));
        }
        if action.content.is_absent()
            && let Some(filter) = action.r#where.get().filter(|filter| filter.value.trim() == "@")
        {
            let message = "this holds for every response, so that every page would be dropped";
            diagnostics.push(Diagnostic::error(Code::DropsAllPages, filter.span, message));
        }
    }
}
