//! The templates of an endpoint.

use crate::{
    http::inputs::Inputs,
    paginate::is_paged,
    plan::{Body, Configurable, Endpoint, JsonTemplate, Part, ProcessingStep, Template},
};

/// Whether a text of an endpoint names a value of its paginator, so that each page has a request of its own.
pub(crate) fn names_page(endpoint: &Endpoint) -> bool {
    let mut names = false;
    each_template(endpoint, &mut |template| names |= template.0.iter().any(is_paged));
    names
}

/// Whether a text of a request names a bound of the range, as all do but whole values of a JSON body.
pub(crate) fn names_bound_in_text(endpoint: &Endpoint) -> bool {
    let names = |template: &Template| {
        let mut parts = template.0.iter();
        parts.any(|part| matches!(part, Part::Incremental(_)))
    };
    let mut in_text = false;
    match &endpoint.body {
        Some(Body::Json(json)) => {
            each_in_json(json, &mut |text| in_text |= text.0.len() > 1 && names(text));
        }
        Some(body) => each_in_body(body, &mut |text| in_text |= names(text)),
        None => {}
    }
    let around = Endpoint { body: None, ..endpoint.clone() };
    each_template(&around, &mut |text| in_text |= names(text));
    in_text
}

/// Every template of what an endpoint sends, and of the bounds of its range.
pub(crate) fn each_template(endpoint: &Endpoint, visit: &mut dyn FnMut(&Template)) {
    visit(&endpoint.path);
    for param in endpoint.params.iter() {
        visit(&param.name);
        visit(&param.value);
    }
    for (name, value) in endpoint.headers.iter() {
        visit(name);
        visit(value);
    }
    if let Some(body) = &endpoint.body {
        each_in_body(body, visit);
    }
    let bounds = endpoint.incremental.iter().flat_map(|of| [&of.initial_value, &of.end_value]);
    for bound in bounds.flatten() {
        if let Configurable::Template(text) = bound {
            visit(text);
        }
    }
}

/// Every template of a body.
pub(crate) fn each_in_body(body: &Body, visit: &mut dyn FnMut(&Template)) {
    match body {
        Body::Json(json) => each_in_json(json, visit),
        Body::Form(fields) => {
            for (name, value) in fields.iter() {
                visit(name);
                visit(value);
            }
        }
        Body::Text(text) => visit(text),
    }
}

/// Every template of what is added to its records.
pub(crate) fn each_added(endpoint: &Endpoint, visit: &mut dyn FnMut(&Template)) {
    for step in endpoint.records.steps.iter() {
        if let ProcessingStep::Add(added) = step {
            added.iter().for_each(|(_, value)| each_in_json(value, visit));
        }
    }
}

/// Whether what an endpoint sends depends on when a run begins, by a setting.
pub(crate) fn is_of_now(endpoint: &Endpoint, inputs: &Inputs) -> bool {
    let mut is_of_now = false;
    if inputs.may_be_of_now() {
        let mut look = |template: &_| is_of_now |= inputs.is_of_now(template);
        each_template(endpoint, &mut look);
        each_added(endpoint, &mut look);
    }
    is_of_now
}

/// Every template of a value.
pub(crate) fn each_in_json(json: &JsonTemplate, visit: &mut dyn FnMut(&Template)) {
    match json {
        JsonTemplate::Literal(_) => {}
        JsonTemplate::Text(template) => visit(template),
        JsonTemplate::List(items) => items.iter().for_each(|item| each_in_json(item, visit)),
        JsonTemplate::Object(members) => {
            for (name, value) in members.iter() {
                visit(name);
                each_in_json(value, visit);
            }
        }
    }
}
