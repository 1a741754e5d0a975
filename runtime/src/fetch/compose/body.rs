//! The body of a request.

use serde_json::Value;

use super::pairs::pairs;
use crate::{
    client::Inner,
    error::Reason,
    fetch::values::Values,
    http::{
        json_template::{self, Gaps},
        request::Payload,
    },
    paginate::is_paged,
    plan::{Body, Part, Template},
};

/// The body that is sent; `None` for a form without fields.
pub(super) fn fill(
    client: &Inner,
    body: &Body,
    values: &Values,
) -> Result<Option<Payload>, Reason> {
    Ok(match body {
        Body::Json(template) => {
            json_template::fill(template, &RequestGaps { client, values })?.map(Payload::Json)
        }
        Body::Form(fields) => {
            let fields = fields.iter().map(|(name, value)| (name, value));
            let fields = pairs(client, fields, values)?;
            (!fields.is_empty()).then_some(Payload::Form(fields))
        }
        Body::Text(text) => values.fill(client, text)?.map(Payload::Text),
    })
}

/// What has no value is `null`, and left out if it is an optional setting or the page cursor of a first page.
struct RequestGaps<'a> {
    client: &'a Inner,
    values: &'a Values,
}

impl Gaps for RequestGaps<'_> {
    fn name(&self, template: &Template) -> Result<Option<String>, Reason> {
        self.values.fill(self.client, template)
    }

    fn value(&self, template: &Template) -> Result<Option<Value>, Reason> {
        if self.client.inputs.is_unset(template) {
            return Ok(None);
        }
        Ok(Some(match &*template.0 {
            [part] if !matches!(part, Part::Text(_)) => {
                match self.values.get(self.client, part)? {
                    Value::Null if is_paged(part) => return Ok(None),
                    value => value,
                }
            }
            _ => self.values.fill(self.client, template)?.map_or(Value::Null, Value::from),
        }))
    }
}
