//! What fills the gaps of a request's templates, beside what its client has.

use std::{borrow::Cow, sync::Arc};

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use crate::{
    client::Inner,
    error::Reason,
    incremental::{self, Sent},
    paginate::Paged,
    plan::{Batched, Bound, Formatted, Incremental, Part, ResourcePlan, Selector, Str, Template},
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
    /// The values of the lists that the resource is fetched for.
    pub(crate) each: Arc<[(Str, Value)]>,
    /// Those of them of which a request has several values; `None` if there are none.
    pub(crate) joins: Option<Arc<[Join]>>,
    /// The incremental range; a bound that there is not is not in it.
    pub(crate) bounds: Vec<Sent>,
    /// What the paginator gives for the page.
    pub(crate) paged: Paged,
    /// When the run began, to which settings may be relative.
    pub(crate) now: Timestamp,
}

/// A gap of which one request has several values: in a text they are joined.
#[derive(Debug, Clone)]
pub(crate) struct Join {
    part: Part,
    /// As the file writes it, `resources.users.id`.
    name: String,
    separator: Str,
}

impl Join {
    /// Those of a resource; `None` if there are none.
    pub(crate) fn of(plan: &ResourcePlan) -> Option<Arc<[Join]>> {
        let fields = plan.parent.iter().flat_map(|parent| {
            parent.batches.iter().map(|Batched { field, batch, .. }| Join {
                name: format!("resources.{}.{field}", parent.plan.name),
                part: Part::Parent(field.clone()),
                separator: batch.separator.clone(),
            })
        });
        let lists = plan.for_each.iter().filter_map(|list| {
            let separator = list.batch.as_ref()?.separator.clone();
            let (part, name) = (Part::Each(list.name.clone()), format!("each.{}", list.name));
            Some(Join { part, name, separator })
        });
        let joins: Vec<Join> = fields.chain(lists).collect();
        (!joins.is_empty()).then(|| joins.into())
    }

    /// The values as one text, which the server takes apart again.
    fn text(&self, values: Vec<Value>) -> Result<String, Reason> {
        let Join { name, separator, .. } = self;
        let mut joined = String::new();
        for (index, value) in values.into_iter().enumerate() {
            let value = text(value)?;
            if value.contains(&**separator) {
                return Err(format!(
                    "`{value}` of `{{{name}}}` contains the separator `{separator}`, so that the server \
                     would take it for several values; choose another `separator`, or send the values as \
                     a list of a JSON body"
                ).into());
            }
            if index > 0 {
                joined.push_str(separator);
            }
            joined.push_str(&value);
        }
        Ok(joined)
    }
}

impl Values {
    /// The value for a gap, `null` for a bound that there is not and for the page cursor of a first page.
    pub(crate) fn get(&self, client: &Inner, part: &Part) -> Result<Value, Reason> {
        match part {
            Part::Text(text) => Ok(Value::from(&**text)),
            Part::Secret(name) => client.inputs.secret(name).map(Value::from),
            Part::Config(name) => client.inputs.setting(name, self.now),
            Part::Auth(value) => {
                Err(format!("`{{{}}}` is known to an authentication alone", value.name()).into())
            }
            Part::Argument(name) => {
                let argument = self.arguments.iter().find(|(given, _)| given == name);
                argument.map(|(_, value)| value.clone()).ok_or_else(|| {
                    format!("`{{{name}}}` of the path has no value: give one by `.argument`").into()
                })
            }
            Part::Parent(field) => {
                let value = self.parent.iter().find(|(selector, _)| selector == field);
                value.map(|(_, value)| value.clone()).ok_or_else(|| {
                    format!("`{field}` of the parent's record is not known: it has no parent")
                        .into()
                })
            }
            Part::Each(name) => {
                let value = self.each.iter().find(|(list, _)| list == name);
                value.map(|(_, value)| value.clone()).ok_or_else(|| {
                    format!("`{name}` is not known: it is not fetched for this list").into()
                })
            }
            Part::Incremental(bound) => {
                Ok(self.bound(*bound).map_or(Value::Null, |sent| sent.value.clone()))
            }
            Part::Formatted(Formatted { bound, format, .. }) => {
                self.bound(*bound).map_or(Ok(Value::Null), |sent| sent.written(format))
            }
            Part::PageCursor(path) => Ok(self.paged.cursor(path)?.unwrap_or(Value::Null)),
            Part::Paginator(value) => Ok(self.paged.value(*value).unwrap_or(Value::Null)),
            Part::Param(_) | Part::Record(_) => {
                Err("a request has no values of itself or of records".into())
            }
        }
    }

    fn bound(&self, bound: Bound) -> Option<&Sent> {
        self.bounds.iter().find(|sent| sent.bound == bound)
    }

    /// An incremental range with what fills its bounds and numbers.
    pub(crate) fn range<'a>(
        &self,
        client: &Inner,
        plan: &'a Incremental,
    ) -> Result<Cow<'a, Incremental>, Reason> {
        incremental::filled(plan, &client.inputs, &|text| self.value(client, text))
    }

    /// The value of a text that is one gap and nothing else, else the text; `null` if there is none.
    fn value(&self, client: &Inner, template: &Template) -> Result<Value, Reason> {
        match &*template.0 {
            [part] => self.get(client, part),
            _ => self.fill(client, template).map(|text| text.map_or(Value::Null, Value::from)),
        }
    }

    /// The texts of a template: several if it is a list and nothing else, none as [`fill`](Self::fill)
    /// gives none.
    pub(crate) fn fill_each(
        &self,
        client: &Inner,
        template: &Template,
    ) -> Result<Vec<String>, Reason> {
        if let [part @ Part::Config(_)] = &*template.0
            && let Value::Array(items) = self.get(client, part)?
        {
            return items.into_iter().map(text).collect();
        }
        self.fill(client, template).map(|text| text.into_iter().collect())
    }

    /// The text of a template; `None` if a bound that there is not or a setting without a value stands in
    /// it, so that there is no such text. A record of a parent without a value has no children, and asks
    /// for nothing. On a first page there is no text of nothing but the page cursor, and nothing in its
    /// place in a longer one.
    pub(crate) fn fill(
        &self,
        client: &Inner,
        template: &Template,
    ) -> Result<Option<String>, Reason> {
        let mut filled = String::new();
        for part in template.0.iter() {
            match (part, self.get(client, part)?) {
                (Part::Text(text), _) => filled.push_str(text),
                (Part::PageCursor(path), Value::Null) if template.0.len() > 1 => {
                    self.paged.check_none(path)?;
                }
                (_, Value::Null) => return Ok(None),
                (part, Value::Array(values)) => filled.push_str(&self.joined(part, values)?),
                (_, value) => filled.push_str(&text(value)?),
            }
        }
        Ok(Some(filled))
    }

    /// Several values as one text, if the gap takes several.
    fn joined(&self, part: &Part, values: Vec<Value>) -> Result<String, Reason> {
        let join = self.joins.iter().flat_map(|joins| joins.iter()).find(|join| join.part == *part);
        match join {
            Some(join) => join.text(values),
            None => text(Value::Array(values)),
        }
    }
}

/// A value as it is written in an address or a header.
fn text(value: Value) -> Result<String, Reason> {
    match value {
        Value::String(text) => Ok(text),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => {
            Err(format!("{value} cannot stand in an address, a header or a form").into())
        }
    }
}
