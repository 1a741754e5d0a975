//! What an endpoint sends, as templates: its path, parameters, headers and body.

use std::collections::HashMap;

use rest_source_plan::{Body, Bound, Formatted, JsonTemplate, Param, Part, Selector, Template};

use super::{
    each::Lists,
    incremental,
    input::{Inputs, Kind, dlt_secret},
    literal::literal,
    placeholder::{Piece, Placeholder, is_name, pieces},
    relation::{Taken, check_single},
    secret, selector,
    setting::Filling,
    template::refuse_secrets,
};
use crate::{
    config::{self, Endpoint, ObjectNode, RawNode, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics},
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
    /// The bounds of its range that are made of more than settings: `initial_value` and `end_value`.
    pub(super) limits: [Option<Template>; 2],
}

/// Reads all texts of an endpoint, each once. Where a mistake is in one, what could be read of it stays.
pub(super) fn read(
    path: &Spanned<String>,
    endpoint: &Endpoint,
    lists: &mut Lists<'_>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Request {
    let bounds = incremental::NamedBounds::default();
    let mut reader = Reader { endpoint, lists, inputs, diagnostics, taken: Vec::new(), bounds };
    let mut resolved = Vec::new();
    let fields = reader.resolved(&mut resolved);
    let (mut names, mut arguments) = (Vec::new(), Vec::new());
    let place = Place { is_path: true, filling: Filling::TEXT };
    let template = reader.template(&path.value, path.span, place, &mut |reader, name| {
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
    let limits = reader.limits();
    let Reader { mut taken, bounds, .. } = reader;
    taken.append(&mut resolved);
    Request { path: template, params, headers, body, names, arguments, taken, bounds, limits }
}

/// Where a text goes.
#[derive(Clone, Copy)]
struct Place {
    is_path: bool,
    filling: Filling,
}

/// The parts of a plain name.
type Named<'a, 'b, 'l> = &'a mut dyn FnMut(&mut Reader<'b, 'l>, Spanned<String>) -> Vec<Part>;

/// Reads texts of an endpoint, in which every brace that is none of a placeholder is doubled.
struct Reader<'a, 'l> {
    endpoint: &'a Endpoint,
    lists: &'a mut Lists<'l>,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
    taken: Vec<Taken>,
    bounds: incremental::NamedBounds,
}

impl<'a, 'l> Reader<'a, 'l> {
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

    /// The bounds of the range that a request has values for, beside the client's settings.
    fn limits(&mut self) -> [Option<Template>; 2] {
        let incremental = self.endpoint.incremental.get();
        let bounds = incremental.map(|of| [&of.initial_value, &of.end_value]);
        bounds.map_or([None, None], |bounds| {
            bounds.map(|bound| {
                let ScalarNode(node) = bound.get()?;
                let Value::Scalar(scalar) = &node.value else { return None };
                let is_of_request = ["{each.", "{resources."];
                let is_of_request = is_of_request.iter().any(|kind| scalar.text.contains(kind));
                is_of_request.then(|| {
                    let template = self.text(&scalar.text, node.span, Filling::OMITTED);
                    refuse_secrets(&template, node.span, self.diagnostics);
                    self.refuse_bounds(&template, node.span);
                    template
                })
            })
        })
    }

    /// A bound is not made of the bounds of its own range.
    fn refuse_bounds(&mut self, template: &Template, span: Span) {
        let is_bound = |part: &Part| matches!(part, Part::Incremental(_) | Part::Formatted(_));
        if template.0.iter().any(is_bound) {
            let message = "a bound of the range has no value in another one";
            self.diagnostics.push(Diagnostic::error(Code::UnknownPlaceholder, span, message));
        }
    }

    /// What the parameter of this name puts into the path, if there is one.
    fn bound(&mut self, name: &str, fields: &HashMap<&str, Selector>) -> Option<Vec<Part>> {
        let (_, param) = entries(&self.endpoint.params).find(|(param, _)| param.value == name)?;
        Some(match &param.value {
            config::Param::Values(values) => match values.first() {
                Some(Spanned { value: LooseText(text), span }) => {
                    self.text(text, *span, Filling::TEXT).0.into_owned()
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
        Place { is_path, filling }: Place,
        named: Named<'_, 'a, 'l>,
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
                Placeholder::Secret(name) => {
                    parts.push(self.inputs.checked(Kind::Secret, &name, span, self.diagnostics));
                }
                Placeholder::Config(name) => {
                    parts.push(self.inputs.checked(Kind::Config, &name, span, self.diagnostics));
                }
                Placeholder::Each(name) => {
                    parts.extend(self.lists.part(&name, place, self.diagnostics));
                }
                Placeholder::Name(value) => {
                    parts.extend(named(self, Spanned { value, span: place }));
                }
            }
        }
        let template = Template(parts.into());
        self.inputs.check_filling(&template, filling, span, self.diagnostics);
        template
    }

    /// Text in which a plain name has no value.
    fn text(&mut self, text: &str, span: Span, filling: Filling) -> Template {
        let place = Place { is_path: false, filling };
        self.template(text, span, place, &mut |reader, Spanned { value: name, span }| {
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

    fn params(&mut self, names_in_path: &[String]) -> Vec<Param> {
        let mut params = Vec::new();
        for (given, param) in entries(&self.endpoint.params) {
            if names_in_path.contains(&given.value) {
                continue;
            }
            let name = self.text(&given.value, given.span, Filling::OMITTED);
            let config::Param::Values(values) = &param.value else { continue };
            for Spanned { value: LooseText(text), span } in values {
                let value = self.text(text, *span, Filling::VALUE);
                secret::check_param(&given.value, &value, *span, self.diagnostics);
                params.push(Param { name: name.clone(), value, ..Param::DEFAULT });
            }
        }
        params
    }

    fn headers(&mut self) -> Vec<(Template, Template)> {
        let mut headers = Vec::new();
        for (given, value) in entries(&self.endpoint.headers) {
            let name = self.text(&given.value, given.span, Filling::OMITTED);
            let Some(Spanned { value: LooseText(text), span }) = value else { continue };
            let value = self.text(text, *span, Filling::OMITTED);
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
                return Some(Body::Text(self.text(&scalar.text, node.span, Filling::TEXT)));
            }
            Value::Mapping(mapping) => self.form(mapping),
            Value::Sequence(pairs) => pairs.iter().filter_map(|node| self.pair(node)).collect(),
        };
        (!fields.is_empty()).then(|| Body::Form(fields.into()))
    }

    fn form(&mut self, mapping: &Mapping) -> Vec<(Template, Template)> {
        let mut fields = Vec::new();
        for entry in &mapping.entries {
            let name = self.text(&entry.key, entry.key_span, Filling::OMITTED);
            let values = match &entry.value.value {
                Value::Sequence(values) => values.as_slice(),
                _ => std::slice::from_ref(&entry.value),
            };
            for value in values.iter().filter(|value| !value.is_null()) {
                let value = self.scalar(value, Filling::VALUE);
                fields.extend(value.map(|value| (name.clone(), value)));
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
        Some((self.scalar(name, Filling::OMITTED)?, self.scalar(value, Filling::VALUE)?))
    }

    fn scalar(&mut self, node: &Node, filling: Filling) -> Option<Template> {
        match &node.value {
            Value::Scalar(scalar) => Some(self.text(&scalar.text, node.span, filling)),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    fn json(&mut self, node: &Node) -> JsonTemplate {
        match &node.value {
            Value::Scalar(scalar) => match literal(scalar) {
                Some(literal) => JsonTemplate::Literal(literal.into()),
                None => JsonTemplate::Text(self.text(&scalar.text, node.span, Filling::VALUE)),
            },
            Value::Sequence(items) => {
                JsonTemplate::List(items.iter().map(|item| self.json(item)).collect())
            }
            Value::Mapping(Mapping { entries }) => JsonTemplate::Object(
                entries
                    .iter()
                    .map(|entry| {
                        let name = self.text(&entry.key, entry.key_span, Filling::OMITTED);
                        (name, self.json(&entry.value))
                    })
                    .collect(),
            ),
        }
    }
}

fn entries<T>(map: &Setting<Map<T>>) -> impl Iterator<Item = &(Spanned<String>, T)> {
    map.get().into_iter().flat_map(|map| &map.entries)
}
