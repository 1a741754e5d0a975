//! What an endpoint sends, as templates: its path, parameters, headers and body.

use std::collections::HashMap;

use rest_source_plan::{Body, Bound, Formatted, JsonTemplate, Param, Part, Selector, Template};

use super::{
    incremental,
    input::{Inputs, Kind, dlt_secret},
    literal::literal,
    placeholder::{Piece, Placeholder, is_name, pieces},
    relation::{Taken, check_single},
    secret, selector,
};
use crate::{
    config::{self, Endpoint, ObjectNode, RawNode},
    diagnostic::{Code, Diagnostic, Diagnostics, either},
    parse::{LooseText, Map, Setting},
    source::{Span, Spanned},
    yaml::{Mapping, Node, Value},
};

/// What an endpoint sends, and from where it takes what it sends.
pub(super) struct Request {
    pub(super) path: Template,
    /// One that is `null` is not sent, one that is a list is sent once for each value, and what the path has
    /// taken is none any more.
    pub(super) params: Vec<Param>,
    /// The headers beside the client's.
    pub(super) headers: Vec<(Template, Template)>,
    /// An empty form is none, as in dlt.
    pub(super) body: Option<Body>,
    /// The plain names in the path.
    pub(super) names: Vec<String>,
    /// Those of them that nothing binds, each once.
    pub(super) arguments: Vec<Spanned<String>>,
    /// What it takes from other resources.
    pub(super) taken: Vec<Taken>,
    /// How it names the bounds of the range.
    pub(super) bounds: incremental::NamedBounds,
}

/// Reads all texts of an endpoint, each once. Where a mistake is in one, what could be read of it stays.
pub(super) fn read(
    path: &Spanned<String>,
    endpoint: &Endpoint,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Request {
    let bounds = incremental::NamedBounds::default();
    let mut reader =
        Reader { endpoint, inputs, diagnostics, known: None, taken: Vec::new(), bounds };
    let mut resolved = Vec::new();
    let fields = reader.resolved(&mut resolved);
    let (mut names, mut arguments) = (Vec::new(), Vec::new());
    let template = reader.template(&path.value, path.span, true, &mut |reader, name| {
        let parts = reader.bound(&name.value, &fields);
        let parts = parts.unwrap_or_else(|| {
            if arguments.iter().all(|argument: &Spanned<String>| argument.value != name.value) {
                arguments.push(Spanned { value: name.value.clone(), span: path.span });
            }
            vec![Part::Argument(name.value.clone().into())]
        });
        names.push(name.value);
        parts
    });
    let (params, headers, body) = (reader.params(&names), reader.headers(), reader.body());
    let Reader { mut taken, bounds, .. } = reader;
    taken.append(&mut resolved);
    Request { path: template, params, headers, body, names, arguments, taken, bounds }
}

/// The parts of a plain name.
type Named<'a, 'b> = &'a mut dyn FnMut(&mut Reader<'b>, Spanned<String>) -> Vec<Part>;

/// What is known where a field is added to the records that a request brings.
pub(super) struct Known<'a> {
    /// The query parameters of the request.
    pub(super) params: Vec<String>,
    /// The plain names in its path that nothing binds.
    pub(super) arguments: &'a [Spanned<String>],
    pub(super) names_in_path: &'a [String],
}

/// Reads a value that is added to records, and what it takes from other resources.
pub(super) fn read_added(
    node: &Node,
    endpoint: &Endpoint,
    known: &Known<'_>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> (JsonTemplate, Vec<Taken>) {
    let known = Some(known);
    let bounds = incremental::NamedBounds::default();
    let mut reader = Reader { endpoint, inputs, diagnostics, known, taken: Vec::new(), bounds };
    let value = reader.json(node);
    (value, reader.taken)
}

/// Reads texts of an endpoint, in which every brace that is none of a placeholder is doubled.
struct Reader<'a> {
    endpoint: &'a Endpoint,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
    /// What a field that is added to records may name beside what a request may.
    known: Option<&'a Known<'a>>,
    taken: Vec<Taken>,
    bounds: incremental::NamedBounds,
}

impl<'a> Reader<'a> {
    /// The fields that dlt's older `resolve` takes, by the names of their parameters.
    fn resolved(&mut self, taken: &mut Vec<Taken>) -> HashMap<&'a str, Selector> {
        let mut fields = HashMap::new();
        for (name, param) in entries(&self.endpoint.params) {
            let config::Param::Resolve(resolve) = &param.value else { continue };
            let (resource, field) = (resolve.resource.get(), resolve.field.get());
            let selector = field.and_then(|field| selector::read(field, self.diagnostics));
            if let (Some(resource), Some(field)) = (resource, field) {
                if let Some(selector) = &selector {
                    check_single(&resource.value, field, selector, self.diagnostics);
                }
                let (resource, span) = (resource.value.clone(), resource.span);
                taken.push(Taken { resource, field: field.value.clone(), span });
            }
            if let Some(selector) = selector {
                fields.insert(name.value.as_str(), selector);
            }
        }
        fields
    }

    /// What the parameter of this name puts into the path, if there is one.
    fn bound(&mut self, name: &str, fields: &HashMap<&str, Selector>) -> Option<Vec<Part>> {
        let (_, param) = entries(&self.endpoint.params).find(|(param, _)| param.value == name)?;
        Some(match &param.value {
            config::Param::Values(values) => match values.first() {
                Some(Spanned { value: LooseText(text), span }) => {
                    self.text(text, *span).0.into_owned()
                }
                None => Vec::new(),
            },
            config::Param::Resolve(_) => {
                fields.get(name).cloned().into_iter().map(Part::Parent).collect()
            }
            // Neither goes into a path, which is reported with the endpoint.
            config::Param::Incremental(_) | config::Param::Unsent => Vec::new(),
        })
    }

    fn template(
        &mut self,
        text: &str,
        span: Span,
        is_path: bool,
        named: Named<'_, 'a>,
    ) -> Template {
        if let Some(name) = dlt_secret(text).filter(|name| is_name(name)) {
            let part = self.inputs.checked(Kind::Secret, name, span, self.diagnostics);
            return Template(vec![part].into());
        }
        let mut parts = Vec::new();
        for piece in pieces(text, span, self.diagnostics) {
            let Spanned { value, span: place } = match piece {
                Piece::Text(text) => {
                    parts.push(Part::Text(text.into()));
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            match value {
                Placeholder::Parent { resource, field, selector } => {
                    check_single(&resource, &field, &selector, self.diagnostics);
                    self.taken.push(Taken { resource, field: field.value, span: place });
                    parts.push(Part::Parent(selector));
                }
                Placeholder::Incremental(bound, format) => {
                    incremental::check_bound(
                        &self.endpoint.incremental,
                        bound,
                        (text, place, is_path),
                        self.diagnostics,
                    );
                    parts.push(match format {
                        None => {
                            self.bounds.has_plain |= bound != Bound::Lag;
                            Part::Incremental(bound)
                        }
                        Some(format) => {
                            self.bounds
                                .formats
                                .push(Spanned { value: format.clone(), span: place });
                            Part::Formatted(Formatted { bound, format, ..Formatted::DEFAULT })
                        }
                    });
                }
                Placeholder::Secret(_) if self.known.is_some() => {
                    let message = "a secret cannot be a field of a record";
                    self.diagnostics.push(
                        Diagnostic::error(Code::InvalidPlaceholder, place, message)
                            .help("name a setting, `{config.NAME}`, whose value may be shown"),
                    );
                }
                Placeholder::Param(name) => parts.extend(self.param(name, place)),
                Placeholder::Record(field) => {
                    if self.known.is_none() {
                        self.only_added("record", place);
                    } else if field.is_single() {
                        parts.push(Part::Record(field));
                    } else {
                        let message =
                            format!("`{field}` may select several values, and a field takes one");
                        self.diagnostics.push(Diagnostic::error(
                            Code::InvalidSelector,
                            place,
                            message,
                        ));
                    }
                }
                Placeholder::Secret(name) => {
                    parts.push(self.inputs.checked(Kind::Secret, &name, span, self.diagnostics));
                }
                Placeholder::Config(name) => {
                    parts.push(self.inputs.checked(Kind::Config, &name, span, self.diagnostics));
                }
                Placeholder::Name(value) => {
                    parts.extend(named(self, Spanned { value, span: place }));
                }
            }
        }
        Template(parts.into())
    }

    /// Text in which a plain name has no value.
    fn text(&mut self, text: &str, span: Span) -> Template {
        self.template(text, span, false, &mut |reader, Spanned { value: name, span }| {
            if let Some(known) = reader.known {
                if known.arguments.iter().any(|argument| argument.value == name) {
                    return vec![Part::Argument(name.into())];
                }
                if known.names_in_path.contains(&name) {
                    return reader.param(name, span);
                }
            }
            let message = format!("`{{{name}}}` has no value here");
            reader.diagnostics.push(
                Diagnostic::error(Code::UnknownPlaceholder, span, message)
                    .help(format!(
                        "a parent's field is `{{resources.NAME.{name}}}`, a value that your program \
                         gives the client `{{config.{name}}}`"
                    ))
                    .help("literal braces are written twice, `{{` and `}}`"),
            );
            Vec::new()
        })
    }

    /// A query parameter of the request, or what the path has in its place.
    fn param(&mut self, name: String, span: Span) -> Vec<Part> {
        let Some(known) = self.known else {
            self.only_added("params", span);
            return Vec::new();
        };
        if known.names_in_path.contains(&name)
            && let Some((_, param)) =
                entries(&self.endpoint.params).find(|(param, _)| param.value == name)
        {
            return match &param.value {
                config::Param::Values(values) => values.first().map_or_else(Vec::new, |value| {
                    self.text(&value.value.0, value.span).0.into_owned()
                }),
                config::Param::Resolve(resolve) => {
                    let field = resolve.field.get().and_then(|field| selector::parse(&field.value));
                    field.into_iter().map(Part::Parent).collect()
                }
                config::Param::Incremental(_) | config::Param::Unsent => Vec::new(),
            };
        }
        if !known.params.contains(&name) {
            let message = format!("the request has no parameter `{name}`");
            let diagnostic = Diagnostic::error(Code::UnknownPlaceholder, span, message);
            let names = known.params.iter().map(String::as_str);
            let closest = self.diagnostics.closest(&name, names.clone());
            self.diagnostics.push(match closest {
                Some(meant) => diagnostic.says(format!("did you mean `{meant}`?")),
                None if known.params.is_empty() => diagnostic,
                None => diagnostic.help(format!("it has {}", either(names))),
            });
            return Vec::new();
        }
        vec![Part::Param(name.into())]
    }

    /// Reports a placeholder that only a field has that is added to records.
    fn only_added(&mut self, of: &str, span: Span) {
        let message = format!("`{{{of}.…}}` has no value here");
        self.diagnostics.push(
            Diagnostic::error(Code::UnknownPlaceholder, span, message)
                .help("only `add` of `processing_steps` knows the record and its request"),
        );
    }

    fn params(&mut self, names_in_path: &[String]) -> Vec<Param> {
        let mut params = Vec::new();
        for (given, param) in entries(&self.endpoint.params) {
            if names_in_path.contains(&given.value) {
                continue;
            }
            let name = self.text(&given.value, given.span);
            let config::Param::Values(values) = &param.value else { continue };
            for Spanned { value: LooseText(text), span } in values {
                let value = self.text(text, *span);
                secret::check_param(&given.value, &value, *span, self.diagnostics);
                params.push(Param { name: name.clone(), value, ..Param::DEFAULT });
            }
        }
        params
    }

    fn headers(&mut self) -> Vec<(Template, Template)> {
        let mut headers = Vec::new();
        for (given, value) in entries(&self.endpoint.headers) {
            let name = self.text(&given.value, given.span);
            let Some(Spanned { value: LooseText(text), span }) = value else { continue };
            let value = self.text(text, *span);
            if value.as_text().is_some() || secret::is_named(&value) {
                secret::check_header(&given.value, &value, *span, self.diagnostics);
            }
            headers.push((name, value));
        }
        headers
    }

    fn body(&mut self) -> Option<Body> {
        if let Some(Spanned { value: ObjectNode(node), .. }) = self.endpoint.json.get() {
            return Some(Body::Json(self.json(node)));
        }
        let Spanned { value: RawNode(node), .. } = self.endpoint.data.get()?;
        let fields = match &node.value {
            Value::Scalar(scalar) => {
                return Some(Body::Text(self.text(&scalar.text, node.span)));
            }
            Value::Mapping(mapping) => self.form(mapping),
            Value::Sequence(pairs) => pairs.iter().filter_map(|node| self.pair(node)).collect(),
        };
        (!fields.is_empty()).then(|| Body::Form(fields.into()))
    }

    fn form(&mut self, mapping: &Mapping) -> Vec<(Template, Template)> {
        let mut fields = Vec::new();
        for entry in &mapping.entries {
            let name = self.text(&entry.key, entry.key_span);
            let values = match &entry.value.value {
                Value::Sequence(values) => values.as_slice(),
                _ => std::slice::from_ref(&entry.value),
            };
            for value in values.iter().filter(|value| !value.is_null()) {
                fields.extend(self.scalar(value).map(|value| (name.clone(), value)));
            }
        }
        fields
    }

    fn pair(&mut self, node: &Node) -> Option<(Template, Template)> {
        let Value::Sequence(pair) = &node.value else { return None };
        let [name, value] = pair.as_slice() else { return None };
        if value.is_null() {
            return None;
        }
        Some((self.scalar(name)?, self.scalar(value)?))
    }

    fn scalar(&mut self, node: &Node) -> Option<Template> {
        match &node.value {
            Value::Scalar(scalar) => Some(self.text(&scalar.text, node.span)),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    fn json(&mut self, node: &Node) -> JsonTemplate {
        match &node.value {
            Value::Scalar(scalar) => match literal(scalar) {
                Some(literal) => JsonTemplate::Literal(literal.into()),
                None => JsonTemplate::Text(self.text(&scalar.text, node.span)),
            },
            Value::Sequence(items) => {
                JsonTemplate::List(items.iter().map(|item| self.json(item)).collect())
            }
            Value::Mapping(Mapping { entries }) => JsonTemplate::Object(
                entries
                    .iter()
                    .map(|entry| (self.text(&entry.key, entry.key_span), self.json(&entry.value)))
                    .collect(),
            ),
        }
    }
}

fn entries<T>(map: &Setting<Map<T>>) -> impl Iterator<Item = &(Spanned<String>, T)> {
    map.get().into_iter().flat_map(|map| &map.entries)
}
