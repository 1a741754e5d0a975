//! Operations: the requests that a document describes.

use super::{examples::is_lines, spec::Spec};
use crate::{
    api::{Operation, Parameter},
    description::{Mapping, Node},
    document::Value,
    gap::Gap,
    selection::Selection,
};

/// The paths of the document that may be requested.
pub(super) fn paths<'a>(spec: &Spec<'a>) -> impl Iterator<Item = &'a str> + Clone {
    let paths = spec.root.get("paths").and_then(Value::map);
    paths.into_iter().flat_map(|paths| paths.keys()).map(String::as_str)
}

/// The GET requests with paths that are selected, in the document's order.
pub(super) fn all<'a>(
    spec: &Spec<'a>,
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (path, item) in spec.root.members_of("paths") {
        if !selection.has_path(path) {
            continue;
        }
        let place = format!("paths.{path}.get");
        let missing = |value: &Value| {
            spec.document.missing(value).map(|reference| {
                let message = format!("`{reference}` is not in the document");
                Gap::new("reference", place.as_str(), message)
            })
        };
        gaps.extend(missing(item));
        let item = spec.document.resolve(item);
        let Some(value) = item.get("get") else { continue };
        let of_parameters = item.list_of("parameters").iter().chain(value.list_of("parameters"));
        gaps.extend(of_parameters.filter_map(missing));
        let response = success(value);
        gaps.extend(response.and_then(missing));
        let response = response.map_or(&Value::Null, |response| spec.document.resolve(response));
        let mut endpoint = Mapping::new();
        let schema = schema(spec, response, &mut endpoint);
        gaps.extend(schema.and_then(missing));
        let items = schema.and_then(|schema| spec.document.resolve(schema).get("items"));
        gaps.extend(items.and_then(missing));
        operations.push(Operation {
            path,
            parameters: parameters(spec, item, value),
            place,
            value,
            response,
            schema,
            lists: Mapping::new(),
            endpoint,
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
fn success(operation: &Value) -> Option<&Value> {
    let find = |wanted: &dyn Fn(&str) -> bool| {
        operation.members_of("responses").find(|(status, _)| wanted(status))
    };
    let found = find(&|status| status == "200")
        .or_else(|| find(&|status| status.starts_with('2')))
        .or_else(|| find(&|status| status == "default"));
    found.map(|(_, response)| response)
}

/// The schema of a response's JSON. That it has lines is said in the endpoint.
fn schema<'a>(spec: &Spec<'a>, response: &'a Value, endpoint: &mut Mapping) -> Option<&'a Value> {
    if spec.is_swagger {
        return response.get("schema");
    }
    let rank = |media: &str| match media.split(';').next().unwrap_or_default().trim() {
        "application/json" => 0,
        media if is_lines(media) => 3,
        media if media.ends_with("+json") || media == "text/json" => 1,
        "*/*" | "application/*" => 2,
        media if media.contains("json") => 3,
        _ => 4,
    };
    let media = response.members_of("content").filter(|(media, _)| rank(media) < 4);
    let (media, value) = media.min_by_key(|(media, _)| rank(media))?;
    if is_lines(media) {
        endpoint.set("response_format", Node::text("jsonl"));
    }
    value.get("schema")
}
