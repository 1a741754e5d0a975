//! The templates of an endpoint.

use crate::plan::{Body, Endpoint, JsonTemplate, ProcessingStep, Template};

/// Every template of what an endpoint sends.
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
}

/// Every template of what is added to its records.
pub(crate) fn each_added(endpoint: &Endpoint, visit: &mut dyn FnMut(&Template)) {
    for step in endpoint.records.steps.iter() {
        if let ProcessingStep::Add(added) = step {
            added.iter().for_each(|(_, value)| each_in_json(value, visit));
        }
    }
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
