//! JSON with gaps in it: bodies of requests and logins, claims of tokens.

use serde_json::{Map, Number, Value};

use crate::{
    error::Reason,
    plan::{JsonTemplate, Template},
};

/// What fills the gaps of a template. `None` is nothing: the member or the element is left out.
pub(crate) trait Gaps {
    /// The name of a member.
    fn name(&self, template: &Template) -> Result<Option<String>, Reason>;

    /// A value: of any type where the gap is the whole of it, else a text.
    fn value(&self, template: &Template) -> Result<Option<Value>, Reason>;
}

/// The value with its gaps filled; `None` if it is a gap that nothing fills.
pub(crate) fn fill(template: &JsonTemplate, gaps: &impl Gaps) -> Result<Option<Value>, Reason> {
    Ok(Some(match template {
        JsonTemplate::Literal(text) => literal(text)?,
        JsonTemplate::Text(text) => return gaps.value(text),
        JsonTemplate::List(items) => {
            let items = items.iter().filter_map(|item| fill(item, gaps).transpose());
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        JsonTemplate::Object(members) => {
            let mut object = Map::new();
            for (name, value) in members.iter() {
                if let Some(name) = gaps.name(name)?
                    && let Some(value) = fill(value, gaps)?
                {
                    object.insert(name, value);
                }
            }
            Value::Object(object)
        }
    }))
}

/// A value as the file writes it. Whole numbers keep all of their digits or are refused.
fn literal(text: &str) -> Result<Value, Reason> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("`{text}` is not JSON: {error}"))?;
    let is_rounded =
        value.as_number().is_some_and(Number::is_f64) && !text.contains(['.', 'e', 'E']);
    if is_rounded {
        return Err(format!("the number {text} is too long to be sent; quote it").into());
    }
    Ok(value)
}
