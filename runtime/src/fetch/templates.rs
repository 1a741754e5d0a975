//! The templates of an endpoint.

use crate::{
    http::inputs::Inputs,
    plan::{Body, Configurable, Endpoint, JsonTemplate, Template},
};

/// Every template of an endpoint that a request fills.
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
    match &endpoint.body {
        None => {}
        Some(Body::Json(json)) => each_in_json(json, visit),
        Some(Body::Form(fields)) => {
            for (name, value) in fields.iter() {
                visit(name);
                visit(value);
            }
        }
        Some(Body::Text(text)) => visit(text),
    }
    let bounds = endpoint.incremental.iter().flat_map(|of| [&of.initial_value, &of.end_value]);
    for bound in bounds.flatten() {
        if let Configurable::Template(text) = bound {
            visit(text);
        }
    }
}

/// Whether what an endpoint sends depends on when a run begins, by a setting.
pub(crate) fn is_of_now(endpoint: &Endpoint, inputs: &Inputs) -> bool {
    let mut is_of_now = false;
    if inputs.may_be_of_now() {
        each_template(endpoint, &mut |template| is_of_now |= inputs.is_of_now(template));
    }
    is_of_now
}

fn each_in_json(json: &JsonTemplate, visit: &mut dyn FnMut(&Template)) {
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
