//! What an endpoint sends, as templates: its path, parameters, headers and body.

mod sent;

use std::collections::HashMap;

use rest_source_plan::{
    Batched, Body, Bound, Formatted, JsonTemplate, Param, Part, Selector, Template,
};

use super::{
    batch,
    each::Lists,
    incremental,
    input::{Inputs, Kind, dlt_secret},
    named_bounds::NamedBounds,
    paginator::{Mention, MentionPlace},
    placeholder::{Piece, Placeholder, is_name, pieces},
    relation::{Taken, check_single},
    selector,
    setting::Filling,
    template::refuse_secrets,
};
use crate::{
    config::{self, Endpoint, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics, either},
    parse::{LooseText, Map, Setting},
    source::{Span, Spanned},
    yaml::{Node, Value},
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
    /// The parameters of which it has the values of several records of the parent.
    pub(super) batches: Vec<batch::Named>,
    /// How it names the bounds of the range.
    pub(super) bounds: NamedBounds,
    /// What it takes from its paginator.
    pub(super) paged: Vec<Mention>,
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
    let bounds = NamedBounds::default();
    let mut reader = Reader {
        endpoint,
        lists,
        inputs,
        diagnostics,
        known: None,
        parent: None,
        taken: Vec::new(),
        batches: Vec::new(),
        bounds,
        paged: Vec::new(),
    };
    let fields = reader.resolved();
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
    let (headers, body) = (reader.headers(), reader.body());
    let params = reader.params(&names);
    let limits = reader.limits();
    let Reader { taken, batches, bounds, paged, .. } = reader;
    Request {
        path: template,
        params,
        headers,
        body,
        names,
        arguments,
        taken,
        batches,
        bounds,
        paged,
        limits,
    }
}

/// Where a text goes.
#[derive(Clone, Copy)]
struct Place {
    is_path: bool,
    filling: Filling,
}

/// The parts of a plain name.
type Named<'a, 'b, 'l> = &'a mut dyn FnMut(&mut Reader<'b, 'l>, Spanned<String>) -> Vec<Part>;

/// What is known where a field is added to the records that a request brings.
pub(super) struct Known<'a> {
    /// The query parameters of the request.
    pub(super) params: Vec<String>,
    /// The plain names in its path that nothing binds.
    pub(super) arguments: &'a [Spanned<String>],
    pub(super) names_in_path: &'a [String],
    /// What the request takes from other resources, from its parent first.
    pub(super) taken: &'a [Taken],
}

/// Reads a value that is added to records, and what it takes from other resources.
pub(super) fn read_added(
    node: &Node,
    endpoint: &Endpoint,
    known: &Known<'_>,
    lists: &mut Lists<'_>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> (JsonTemplate, Vec<Taken>) {
    let parent = known.taken.first().map(|taken| taken.resource.clone());
    let known = Some(known);
    let bounds = NamedBounds::default();
    let (taken, batches, paged) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader {
        endpoint,
        lists,
        inputs,
        diagnostics,
        known,
        parent,
        taken,
        batches,
        bounds,
        paged,
    };
    let value = reader.json(node);
    (value, reader.taken)
}

/// Reads texts of an endpoint, in which every brace that is none of a placeholder is doubled.
struct Reader<'a, 'l> {
    endpoint: &'a Endpoint,
    lists: &'a mut Lists<'l>,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
    /// What a field that is added to records may name beside what a request may.
    known: Option<&'a Known<'a>>,
    /// The resource that it takes values from first, which is its parent.
    parent: Option<String>,
    taken: Vec<Taken>,
    batches: Vec<batch::Named>,
    bounds: NamedBounds,
    paged: Vec<Mention>,
}

impl<'a, 'l> Reader<'a, 'l> {
    /// The fields that dlt's older `resolve` takes, by the names of their parameters.
    fn resolved(&mut self) -> HashMap<&'a str, Part> {
        let mut fields = HashMap::new();
        for (name, param) in entries(&self.endpoint.params) {
            let config::Param::Resolve(resolve) = &param.value else { continue };
            let (resource, field) = (resolve.resource.get(), resolve.field.get());
            let selector = field.and_then(|field| selector::read(field, self.diagnostics));
            let mut part = None;
            if let (Some(resource), Some(field)) = (resource, field) {
                part = self.take(&resource.value, field, selector.as_ref(), resource.span);
            }
            let batch = batch::read(&resolve.batch, &resolve.separator, self.diagnostics);
            match (&part, batch) {
                (Some(Part::Parent(field)), Some(Spanned { value: batch, span })) => {
                    let batched = Batched { field: field.clone(), batch, ..Batched::DEFAULT };
                    let name = name.value.clone();
                    self.batches.push(batch::Named { name, batched, span, is_used: false });
                }
                (Some(_), Some(Spanned { span, .. })) => {
                    let parent = self.parent.as_deref().unwrap_or_default();
                    let message =
                        format!("only the records of `{parent}` can share a request here");
                    self.diagnostics.push(Diagnostic::error(Code::InvalidBatch, span, message).help(
                        "of several resources, the first that is named is the parent, with whose records \
                         those of the others are combined",
                    ));
                }
                (_, None) | (None, _) => {}
            }
            if let Some(part) = part {
                fields.insert(name.value.as_str(), part);
            }
        }
        fields
    }

    /// What a field of another resource's records fills: of the parent, or of one that is combined with it.
    fn take(
        &mut self,
        resource: &str,
        field: &Spanned<String>,
        selector: Option<&Selector>,
        span: Span,
    ) -> Option<Part> {
        if let Some(selector) = selector {
            check_single(resource, field, selector, self.diagnostics);
        }
        let taken = Taken { resource: resource.to_owned(), field: field.value.clone(), span };
        let is_of_parent = *self.parent.get_or_insert_with(|| resource.to_owned()) == *resource;
        let part = selector.cloned().map(|selector| {
            if is_of_parent { Part::Parent(selector) } else { Part::Each(taken.name().into()) }
        });
        if let (false, Some(known)) = (is_of_parent, self.known)
            && !known.taken.iter().any(|known| known.name() == taken.name())
        {
            let message = format!("the request does not name `{{{}}}`", taken.name());
            self.diagnostics.push(Diagnostic::error(Code::UnknownPlaceholder, span, message).help(
                format!("include the field, `include_from_parent: [{resource}.{}]`", field.value),
            ));
        }
        self.taken.push(taken);
        part
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
    fn bound(&mut self, name: &str, fields: &HashMap<&str, Part>) -> Option<Vec<Part>> {
        let (_, param) = entries(&self.endpoint.params).find(|(param, _)| param.value == name)?;
        Some(match &param.value {
            config::Param::Values(values) => match values.first() {
                Some(Spanned { value: LooseText(text), span }) => {
                    self.text(text, *span, Filling::TEXT).0.into_owned()
                }
                None => Vec::new(),
            },
            config::Param::Resolve(_) => fields.get(name).cloned().into_iter().collect(),
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
            let Spanned { value, span: at } = match piece {
                Piece::Text(text) => {
                    parts.push(Part::Text(text.into()));
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            if self.known.is_some() && self.is_refused(&value, at) {
                continue;
            }
            match value {
                Placeholder::Parent { resource, field, selector } => {
                    parts.extend(self.take(&resource, &field, Some(&selector), at));
                }
                Placeholder::Incremental(bound, format) => {
                    incremental::check_bound(
                        &self.endpoint.incremental,
                        bound,
                        (text, at, is_path),
                        self.diagnostics,
                    );
                    if filling.is_required() {
                        self.bounds.required.push(Spanned { value: bound, span: at });
                    }
                    self.bounds.has_end |= bound == Bound::EndValue;
                    parts.push(match format {
                        None => {
                            self.bounds.has_plain |= bound != Bound::Lag;
                            Part::Incremental(bound)
                        }
                        Some(format) => {
                            self.bounds.formats.push(Spanned { value: format.clone(), span: at });
                            Part::Formatted(Formatted { bound, format, ..Formatted::DEFAULT })
                        }
                    });
                }
                Placeholder::Paginator(part) => {
                    // Behind a question mark the value of a path may be empty, as that of a parameter.
                    let is_query =
                        |part: &Part| matches!(part, Part::Text(text) if text.contains('?'));
                    let is_segment = is_path && !parts.iter().any(is_query);
                    let place = if is_segment { MentionPlace::Path } else { MentionPlace::Text };
                    self.paged.push(Mention { part: part.clone(), span: at, place });
                    parts.push(part);
                }
                Placeholder::Param(name) => parts.extend(self.param(name, at)),
                Placeholder::Record(field) => parts.extend(self.record(field, at)),
                Placeholder::Secret(name) => {
                    parts.push(self.inputs.checked(Kind::Secret, &name, span, self.diagnostics));
                }
                Placeholder::Config(name) => {
                    parts.push(self.inputs.checked(Kind::Config, &name, span, self.diagnostics));
                }
                Placeholder::Each(name) => {
                    parts.extend(self.lists.part(&name, at, self.diagnostics));
                }
                Placeholder::Name(value) => {
                    parts.extend(named(self, Spanned { value, span: at }));
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
            if let Some(known) = reader.known {
                if known.arguments.iter().any(|argument| argument.value == name) {
                    return vec![Part::Argument(name.into())];
                }
                if known.names_in_path.contains(&name) {
                    return reader.param(name, span);
                }
            }
            if let Some(named) = reader.batches.iter_mut().find(|named| named.name == name) {
                named.is_used = true;
                return vec![Part::Parent(named.batched.field.clone())];
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
                    self.text(&value.value.0, value.span, Filling::VALUE).0.into_owned()
                }),
                config::Param::Resolve(resolve) if !resolve.batch.is_absent() => {
                    self.refuse_several(&name, span);
                    Vec::new()
                }
                config::Param::Resolve(resolve) => {
                    let (resource, field) = (resolve.resource.get(), resolve.field.get());
                    let part = resource.zip(field).and_then(|(resource, field)| {
                        let selector = selector::parse(&field.value);
                        self.take(&resource.value, field, selector.as_ref(), span)
                    });
                    part.into_iter().collect()
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

    /// Whether a placeholder cannot be in a field that is added to records, which is reported.
    fn is_refused(&mut self, placeholder: &Placeholder, at: Span) -> bool {
        let (message, help) = match placeholder {
            Placeholder::Paginator(_) => (
                "a value of the paginator cannot be a field of a record",
                "name a parameter that the request sends, `{params.NAME}`",
            ),
            Placeholder::Secret(_) => (
                "a secret cannot be a field of a record",
                "name a setting, `{config.NAME}`, whose value may be shown",
            ),
            Placeholder::Each(name) if self.lists.is_batched(name) => {
                self.refuse_several(&format!("each.{name}"), at);
                return true;
            }
            _ => return false,
        };
        let diagnostic = Diagnostic::error(Code::InvalidPlaceholder, at, message);
        self.diagnostics.push(diagnostic.help(help));
        true
    }

    /// A field of the record.
    fn record(&mut self, field: Selector, at: Span) -> Option<Part> {
        if self.known.is_none() {
            self.only_added("record", at);
            return None;
        }
        if field.is_single() {
            return Some(Part::Record(field));
        }
        let message = format!("`{field}` may select several values, and a field takes one");
        self.diagnostics.push(Diagnostic::error(Code::InvalidSelector, at, message));
        None
    }

    /// Reports a placeholder of which a request has several values.
    fn refuse_several(&mut self, name: &str, at: Span) {
        let message =
            format!("a request has several values of `{{{name}}}`, and a field takes one");
        self.diagnostics.push(
            Diagnostic::error(Code::InvalidBatch, at, message)
                .help("without `batch` each value has requests of its own"),
        );
    }

    /// Reports a placeholder that only a field has that is added to records.
    fn only_added(&mut self, of: &str, span: Span) {
        let message = format!("`{{{of}.…}}` has no value here");
        self.diagnostics.push(
            Diagnostic::error(Code::UnknownPlaceholder, span, message)
                .help("only `add` of `processing_steps` knows the record and its request"),
        );
    }
}

fn entries<T>(map: &Setting<Map<T>>) -> impl Iterator<Item = &(Spanned<String>, T)> {
    map.get().into_iter().flat_map(|map| &map.entries)
}
