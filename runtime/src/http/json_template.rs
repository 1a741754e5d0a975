//! JSON with gaps in it that only the client fills: bodies of logins, claims of tokens.

use secrecy::ExposeSecret;
use serde_json::{Map, Value};

use super::inputs::Inputs;
use crate::plan::{AuthValue, JsonTemplate, Str, Template};

/// The value with its gaps filled.
pub(crate) fn fill(template: &JsonTemplate, inputs: &Inputs) -> Result<Value, String> {
    fill_with(template, inputs, &|_| None)
}

/// The same where `values` has what an authentication names beside secrets and settings.
pub(crate) fn fill_with(
    template: &JsonTemplate,
    inputs: &Inputs,
    values: &dyn Fn(AuthValue) -> Option<Str>,
) -> Result<Value, String> {
    let text = |template: &Template| {
        let text = inputs.fill_with(template, values)?;
        Ok::<_, String>(text.expose_secret().to_owned())
    };
    Ok(match template {
        JsonTemplate::Literal(literal) => serde_json::from_str(literal)
            .map_err(|error| format!("`{literal}` is not JSON: {error}"))?,
        JsonTemplate::Text(template) => Value::from(text(template)?),
        JsonTemplate::List(items) => {
            items.iter().map(|item| fill_with(item, inputs, values)).collect::<Result<_, _>>()?
        }
        JsonTemplate::Object(members) => {
            let mut object = Map::new();
            for (name, value) in members.iter() {
                object.insert(text(name)?, fill_with(value, inputs, values)?);
            }
            Value::Object(object)
        }
    })
}
