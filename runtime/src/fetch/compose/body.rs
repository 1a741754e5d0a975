//! The body of a request.

use serde_json::{Map, Number, Value};

use super::pairs::pairs;
use crate::{
    client::Inner,
    fetch::values::Values,
    http::request::Payload,
    paginate::is_paged,
    plan::{Body, JsonTemplate, Part, Template},
};

/// The body that is sent; `None` for a form without fields.
pub(super) fn fill(
    client: &Inner,
    body: &Body,
    values: &Values,
) -> Result<Option<Payload>, String> {
    Ok(match body {
        Body::Json(template) => json(client, template, values)?.map(Payload::Json),
        Body::Form(fields) => {
            let fields = fields.iter().map(|(name, value)| (name, value));
            let fields = pairs(client, fields, values)?;
            (!fields.is_empty()).then_some(Payload::Form(fields))
        }
        Body::Text(text) => values.fill(client, text)?.map(Payload::Text),
    })
}

/// What has no value is `null`, and `None` if it is left out: an optional setting, and the page cursor of a first
/// page.
fn json(client: &Inner, template: &JsonTemplate, values: &Values) -> Result<Option<Value>, String> {
    Ok(Some(match template {
        JsonTemplate::Literal(text) => literal(text)?,
        JsonTemplate::Text(text) if client.inputs.is_unset(text) => return Ok(None),
        JsonTemplate::Text(Template(parts)) if matches!(&**parts, [part] if !is_text(part)) => {
            match values.get(client, &parts[0])? {
                Value::Null if is_paged(&parts[0]) => return Ok(None),
                value => value,
            }
        }
        JsonTemplate::Text(text) => values.fill(client, text)?.map_or(Value::Null, Value::from),
        JsonTemplate::List(items) => {
            let items = items.iter().filter_map(|item| json(client, item, values).transpose());
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        JsonTemplate::Object(members) => {
            let mut object = Map::new();
            for (name, value) in members.iter() {
                if let Some(name) = values.fill(client, name)?
                    && let Some(value) = json(client, value, values)?
                {
                    object.insert(name, value);
                }
            }
            Value::Object(object)
        }
    }))
}

fn is_text(part: &Part) -> bool {
    matches!(part, Part::Text(_))
}

/// A value as the file writes it. Whole numbers keep all of their digits or are refused.
fn literal(text: &str) -> Result<Value, String> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("`{text}` of the body is not JSON: {error}"))?;
    let is_rounded =
        value.as_number().is_some_and(Number::is_f64) && !text.contains(['.', 'e', 'E']);
    if is_rounded {
        return Err(format!("the number {text} of the body is too long to be sent; quote it"));
    }
    Ok(value)
}
