//! The lists that a resource is fetched for: the combinations of their values are the origin of its
//! requests, as the records of a parent are.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use crate::{
    client::Inner,
    fetch::values::Values,
    plan::{Each, JsonTemplate, ResourcePlan, Str},
};

/// A value of each list.
#[derive(Clone, Default)]
pub(super) struct Combination {
    pub(super) values: Vec<(Str, Value)>,
    /// What of them the records get.
    pub(super) included: Vec<(Str, Box<RawValue>)>,
}

/// Every combination of the values of a resource's lists, the last list changing fastest. `None` if it is
/// fetched for no lists.
pub(super) fn combinations(
    client: &Inner,
    plan: &ResourcePlan,
    now: Timestamp,
) -> Result<Option<Arc<[Combination]>>, String> {
    if plan.for_each.is_empty() {
        return Ok(None);
    }
    let mut combinations = vec![Combination::default()];
    for list in plan.for_each.iter() {
        let values = values(client, list, now)?;
        if values.is_empty() {
            let (resource, list) = (&*plan.name, &*list.name);
            tracing::warn!(resource, list, "the list is empty: nothing is requested");
        }
        let longer = combinations
            .iter()
            .flat_map(|combination| values.iter().map(|value| combination.with(list, value)));
        combinations = longer.collect::<Result<_, _>>()?;
    }
    Ok(Some(combinations.into()))
}

/// The values of a list.
fn values(client: &Inner, list: &Each, now: Timestamp) -> Result<Vec<Value>, String> {
    let values = Values { now, ..Values::default() };
    let mut found = Vec::new();
    for value in list.values.iter() {
        match value {
            JsonTemplate::Literal(json) => found
                .push(serde_json::from_str(json).map_err(|error| {
                    format!("`{json}` of `{}` is not JSON: {error}", list.name)
                })?),
            JsonTemplate::Text(text) => {
                found.extend(values.fill_each(client, text)?.into_iter().map(Value::from));
            }
            JsonTemplate::List(_) | JsonTemplate::Object(_) => {
                return Err(format!("a value of `{}` is neither text nor a number", list.name));
            }
        }
    }
    Ok(found)
}

impl Combination {
    /// The two together.
    pub(super) fn and(&self, other: &Combination) -> Combination {
        Combination {
            values: [&*self.values, &other.values].concat(),
            included: [&*self.included, &other.included].concat(),
        }
    }

    fn with(&self, list: &Each, value: &Value) -> Result<Combination, String> {
        let mut longer = self.clone();
        longer.values.push((list.name.clone(), value.clone()));
        if let Some(column) = &list.column {
            let json = serde_json::value::to_raw_value(value).map_err(|error| error.to_string())?;
            longer.included.push((column.clone(), json));
        }
        Ok(longer)
    }
}
