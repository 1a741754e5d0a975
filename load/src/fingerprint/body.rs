//! The canonical form of what is made of several templates: bodies, and values that are added to records.

use rest_source::plan::{Body, JsonTemplate, Template};
use serde_json::{Value, json};

use super::form::Form;

impl Form<'_> {
    pub(super) fn body(&mut self, body: &Body) -> Value {
        match body {
            Body::Json(json) => json!({"json": self.json(json)}),
            Body::Form(fields) => {
                json!({"form": self.pairs(fields.iter().map(|(name, value)| (name, value)))})
            }
            Body::Text(text) => json!({"text": self.template(text)}),
        }
    }

    pub(super) fn json(&mut self, json: &JsonTemplate) -> Value {
        match json {
            JsonTemplate::Literal(text) => json!({"literal": text}),
            JsonTemplate::Text(template) => self.template(template),
            JsonTemplate::List(items) => {
                json!({"list": items.iter().map(|item| self.json(item)).collect::<Value>()})
            }
            JsonTemplate::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| {
                    let name = self.template(name);
                    json!([name, self.json(value)])
                });
                json!({"object": members.collect::<Value>()})
            }
        }
    }

    pub(super) fn pairs<'t>(
        &mut self,
        pairs: impl Iterator<Item = (&'t Template, &'t Template)>,
    ) -> Value {
        let pairs = pairs.map(|(name, value)| {
            let name = self.template(name);
            json!([name, self.template(value)])
        });
        pairs.collect()
    }
}
