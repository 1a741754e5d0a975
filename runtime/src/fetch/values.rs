//! What fills the gaps of a request's templates, beside what its client has.

use std::sync::Arc;

use serde_json::{Value, value::RawValue};

use crate::{
    client::Inner,
    incremental::Sent,
    plan::{Bound, Formatted, Part, Selector, Template},
};

/// What fills the gaps of a request's templates, beside what its client has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    /// The arguments of the fetch.
    pub(crate) arguments: Arc<[(String, Value)]>,
    /// Fields of the parent's record.
    pub(crate) parent: Arc<[(Selector, Value)]>,
    /// Fields of the parent's record that are added to each record.
    pub(crate) added: Arc<[(Selector, Box<RawValue>)]>,
    /// The incremental range; a bound that there is not is not in it.
    pub(crate) bounds: Vec<Sent>,
}

impl Values {
    /// The value for a gap, `null` for a bound that there is not.
    pub(crate) fn get(&self, client: &Inner, part: &Part) -> Result<Value, String> {
        match part {
            Part::Text(text) => Ok(Value::from(&**text)),
            Part::Secret(name) => client.inputs.secret(name).map(Value::from),
            Part::Config(name) => client.inputs.config(name).map(Value::from),
            Part::Argument(name) => {
                let argument = self.arguments.iter().find(|(given, _)| given == name);
                argument.map(|(_, value)| value.clone()).ok_or_else(|| {
                    format!("`{{{name}}}` of the path has no value: give one by `.argument`")
                })
            }
            Part::Parent(field) => {
                let value = self.parent.iter().find(|(selector, _)| selector == field);
                value.map(|(_, value)| value.clone()).ok_or_else(|| {
                    format!("`{field}` of the parent's record is not known: it has no parent")
                })
            }
            Part::Incremental(bound) => {
                Ok(self.bound(*bound).map_or(Value::Null, |sent| sent.value.clone()))
            }
            Part::Formatted(Formatted { bound, format, .. }) => {
                self.bound(*bound).map_or(Ok(Value::Null), |sent| sent.written(format))
            }
            Part::Param(_) | Part::Record(_) => {
                Err("a request has no values of itself or of records".to_owned())
            }
        }
    }

    fn bound(&self, bound: Bound) -> Option<&Sent> {
        self.bounds.iter().find(|sent| sent.bound == bound)
    }

    /// The text of a template; `None` if a bound that there is not stands in it, so that there is no such
    /// text. A record of a parent without a value has no children, and asks for nothing.
    pub(crate) fn fill(
        &self,
        client: &Inner,
        template: &Template,
    ) -> Result<Option<String>, String> {
        let mut filled = String::new();
        for part in template.0.iter() {
            match (part, self.get(client, part)?) {
                (Part::Text(text), _) => filled.push_str(text),
                (_, Value::Null) => return Ok(None),
                (_, value) => filled.push_str(&text(value)?),
            }
        }
        Ok(Some(filled))
    }
}

/// A value as it is written in an address or a header.
fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => {
            Err(format!("{value} cannot stand in an address, a header or a form"))
        }
    }
}
