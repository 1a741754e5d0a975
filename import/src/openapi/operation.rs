//! Operations: the requests that a document describes.

use super::spec::Spec;
use crate::{
    api::{Operation, Parameter},
    description::Mapping,
    document::Value,
    selection::Selection,
};

/// The GET requests with paths that are selected, in the document's order.
pub(super) fn all<'a>(spec: &Spec<'a>, selection: &Selection) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (path, item) in spec.root.members_of("paths") {
        let item = spec.document.resolve(item);
        let Some(value) = item.get("get") else { continue };
        if !selection.has_path(path) {
            continue;
        }
        let response = response(spec, value);
        operations.push(Operation {
            path,
            place: format!("paths.{path}.get"),
            value,
            parameters: parameters(spec, item, value),
            response,
            schema: schema(spec, response),
            endpoint: Mapping::new(),
            is_resource: false,
        });
    }
    operations
}

/// The parameters of an operation, which go over those of its path.
fn parameters<'a>(spec: &Spec<'a>, item: &'a Value, operation: &'a Value) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for value in item.list_of("parameters").iter().chain(operation.list_of("parameters")) {
        let value = spec.document.resolve(value);
        let (Some(name), Some(place)) = (value.text_of("name"), value.text_of("in")) else {
            continue;
        };
        // In Swagger 2 the schema's members are the parameter's own; in OpenAPI 3 it may be in `content`.
        let schema = value.get("schema").or_else(|| {
            let (_, media) = value.members_of("content").next()?;
            media.get("schema")
        });
        let schema = schema.map_or(value, |schema| spec.document.resolve(schema));
        let is_required = value.is_true("required");
        let parameter = Parameter { name, place, is_required, value, schema, sent: None };
        match parameters.iter_mut().find(|known| known.name == name && known.place == place) {
            Some(known) => *known = parameter,
            None => parameters.push(parameter),
        }
    }
    parameters
}

/// The response of success: 200, or another 2xx, or the default.
fn response<'a>(spec: &Spec<'a>, operation: &'a Value) -> &'a Value {
    let find = |wanted: &dyn Fn(&str) -> bool| {
        operation.members_of("responses").find(|(status, _)| wanted(status))
    };
    let found = find(&|status| status == "200")
        .or_else(|| find(&|status| status.starts_with('2')))
        .or_else(|| find(&|status| status == "default"));
    found.map_or(&Value::Null, |(_, response)| spec.document.resolve(response))
}

/// The schema of a response's JSON.
fn schema<'a>(spec: &Spec<'a>, response: &'a Value) -> Option<&'a Value> {
    if spec.is_swagger {
        return response.get("schema");
    }
    let rank = |media: &str| match media.split(';').next().unwrap_or_default().trim() {
        "application/json" => 0,
        media if media.ends_with("+json") || media == "text/json" => 1,
        "*/*" | "application/*" => 2,
        media if media.contains("json") => 3,
        _ => 4,
    };
    let media = response.members_of("content").filter(|(media, _)| rank(media) < 4);
    let (_, media) = media.min_by_key(|(media, _)| rank(media))?;
    media.get("schema")
}
