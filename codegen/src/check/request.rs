//! What an endpoint sends, as templates: its path, parameters, headers and body.

use rest_source_plan::{
    Body, BodyFilter, JsonTemplate, List, Param, Part, ResponseAction, Template,
};

use super::{input::Inputs, literal::literal, secret, selector};
use crate::{
    config::{self, Endpoint, ObjectNode, RawNode},
    diagnostic::{Code, Diagnostic, Diagnostics, LintLevels},
    parse::LooseText,
    source::{Span, Spanned},
    yaml::{Mapping, Node, Value},
};

/// A path in parts.
pub(super) struct Path {
    pub(super) template: Template,
    /// The names in it that nothing binds, each once.
    pub(super) arguments: Vec<Spanned<String>>,
}

/// The path. A plain name in it stands for the parameter of that name, and without one for an
/// argument.
pub(super) fn path(path: &Spanned<String>, endpoint: &Endpoint, inputs: &mut Inputs) -> Path {
    let mut arguments: Vec<Spanned<String>> = Vec::new();
    let template = inputs.fill(&path.value, path.span, &mut |inputs, name| {
        let params = endpoint.params.get().into_iter().flat_map(|params| &params.entries);
        let bound = params.into_iter().find(|(param, _)| param.value == name);
        match bound.map(|(_, param)| &param.value) {
            Some(config::Param::Values(values)) => {
                let value = |Spanned { value: LooseText(text), span }: &Spanned<LooseText>| {
                    inputs.fill_text(text, *span).0.into_owned()
                };
                values.first().map(value).unwrap_or_default()
            }
            Some(config::Param::Resolve(resolve)) => {
                resolve.field.get().and_then(field).into_iter().map(Part::Parent).collect()
            }
            // What is wrong with these has been reported.
            Some(config::Param::Incremental(_) | config::Param::Unsent) => Vec::new(),
            None => {
                if arguments.iter().all(|argument| argument.value != name) {
                    arguments.push(Spanned { value: name.to_owned(), span: path.span });
                }
                vec![Part::Argument(name.to_owned().into())]
            }
        }
    });
    Path { template, arguments }
}

/// A field of the parent's record. What is wrong with it has been reported with its relations.
fn field(field: &Spanned<String>) -> Option<rest_source_plan::Selector> {
    let mut unheard = Diagnostics::new(LintLevels::default());
    let field = selector::read(field, &mut unheard);
    unheard.finish();
    field
}

/// The query parameters. One that is `null` is not sent, one that is a list is sent once for each
/// value, and what the path has taken is none any more.
pub(super) fn params(
    path: &Spanned<String>,
    endpoint: &Endpoint,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> List<Param> {
    let mut taken: Vec<String> = Vec::new();
    inputs.fill(&path.value, path.span, &mut |_, name| {
        taken.push(name.to_owned());
        Vec::new()
    });
    let mut params = Vec::new();
    for (name, param) in endpoint.params.get().into_iter().flat_map(|params| &params.entries) {
        let config::Param::Values(values) = &param.value else { continue };
        if taken.contains(&name.value) {
            continue;
        }
        let given = name;
        let name = inputs.fill_text(&name.value, name.span);
        for Spanned { value: LooseText(text), span } in values {
            let value = inputs.fill_text(text, *span);
            secret::check_param(&given.value, &value, *span, diagnostics);
            params.push(Param { name: name.clone(), value });
        }
    }
    params.into()
}

/// The headers beside the client's.
pub(super) fn headers(
    endpoint: &Endpoint,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> List<(Template, Template)> {
    let mut headers = Vec::new();
    for (name, value) in endpoint.headers.get().into_iter().flat_map(|headers| &headers.entries) {
        let Some(Spanned { value: LooseText(text), span }) = value else { continue };
        let value = inputs.fill_text(text, *span);
        if value.as_text().is_some() || secret::is_named(&value) {
            secret::check_header(&name.value, &value, *span, diagnostics);
        }
        headers.push((inputs.fill_text(&name.value, name.span), value));
    }
    headers.into()
}

/// The body. An empty form is none, as in dlt.
pub(super) fn body(endpoint: &Endpoint, inputs: &mut Inputs) -> Option<Body> {
    if let Some(Spanned { value: ObjectNode(node), .. }) = endpoint.json.get() {
        return Some(Body::Json(json(node, inputs)));
    }
    let Spanned { value: RawNode(node), .. } = endpoint.data.get()?;
    let fields = match &node.value {
        Value::Scalar(scalar) => {
            return Some(Body::Text(inputs.fill_text(&scalar.text, node.span)));
        }
        Value::Mapping(mapping) => form(mapping, inputs),
        Value::Sequence(pairs) => pairs.iter().filter_map(|node| pair(node, inputs)).collect(),
    };
    (!fields.is_empty()).then(|| Body::Form(fields.into()))
}

fn form(mapping: &Mapping, inputs: &mut Inputs) -> Vec<(Template, Template)> {
    let mut fields = Vec::new();
    for entry in &mapping.entries {
        let name = inputs.fill_text(&entry.key, entry.key_span);
        let values = match &entry.value.value {
            Value::Sequence(values) => values.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        for value in values.iter().filter(|value| !value.is_null()) {
            fields.extend(text(value, inputs).map(|value| (name.clone(), value)));
        }
    }
    fields
}

fn pair(node: &Node, inputs: &mut Inputs) -> Option<(Template, Template)> {
    let Value::Sequence(pair) = &node.value else { return None };
    let [name, value] = pair.as_slice() else { return None };
    if value.is_null() {
        return None;
    }
    Some((text(name, inputs)?, text(value, inputs)?))
}

fn text(node: &Node, inputs: &mut Inputs) -> Option<Template> {
    match &node.value {
        Value::Scalar(scalar) => Some(inputs.fill_text(&scalar.text, node.span)),
        Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

fn json(node: &Node, inputs: &mut Inputs) -> JsonTemplate {
    match &node.value {
        Value::Scalar(scalar) => match literal(scalar) {
            Some(literal) => JsonTemplate::Literal(literal.into()),
            None => JsonTemplate::Text(inputs.fill_text(&scalar.text, node.span)),
        },
        Value::Sequence(items) => {
            JsonTemplate::List(items.iter().map(|item| json(item, inputs)).collect())
        }
        Value::Mapping(mapping) => {
            let field = |key: &str, span: Span, value: &Node, inputs: &mut Inputs| {
                (inputs.fill_text(key, span), json(value, inputs))
            };
            let entries = mapping.entries.iter();
            JsonTemplate::Object(
                entries.map(|e| field(&e.key, e.key_span, &e.value, inputs)).collect(),
            )
        }
    }
}

/// What is done with certain responses. An action that does nothing is none.
pub(super) fn response_actions(
    endpoint: &Endpoint,
    diagnostics: &mut Diagnostics,
) -> List<ResponseAction> {
    let actions = endpoint.response_actions.get().into_iter().flatten();
    let mut action = |action: &config::ResponseAction| {
        Some(ResponseAction {
            statuses: action.status_code.get().and_then(|status| statuses(&status.value.0)),
            content: action.content.get().map(|content| content.value.clone().into()),
            filter: match action.r#where.get() {
                Some(filter) => Some(body_filter(filter, diagnostics)?),
                None => None,
            },
            action: action.action.get()?.value,
        })
    };
    actions.filter_map(&mut action).collect()
}

/// What `where` asks of a body, `@.code != 0`, or `!@` for one that is no JSON.
fn body_filter(filter: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<BodyFilter> {
    let text = filter.value.trim();
    if text == "!@" {
        return Some(BodyFilter::NotJson);
    }
    match selector::read_filter(text.strip_prefix('?').unwrap_or(text)) {
        Ok(filter) => Some(BodyFilter::Holds(filter)),
        Err(message) => {
            diagnostics.push(Diagnostic::error(Code::InvalidSelector, filter.span, message).help(
                "write `\"@.ok == false\"`, where `@` is the body, `\"@.error\"` for a key that is \
                 there, or `\"!@\"` for a body that is empty or no JSON",
            ));
            None
        }
    }
}

/// The lowest and the highest status of `404` and `4xx`.
fn statuses(text: &str) -> Option<(u16, u16)> {
    let class = text.strip_suffix("xx").or(text.strip_suffix("XX"));
    match class {
        Some(class) => {
            let lowest = class.parse::<u16>().ok()?.checked_mul(100)?;
            Some((lowest, lowest.checked_add(99)?))
        }
        None => text.parse().ok().map(|status| (status, status)),
    }
}
