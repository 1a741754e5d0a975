//! The lists that a resource is fetched for: the combinations of their values are the origin of its
//! requests, as the records of a parent are.

use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use crate::{
    client::Inner,
    decode::identity::joined,
    error::Reason,
    fetch::{slice::Origin, values::Values},
    plan::{Each, JsonTemplate, ResourcePlan, Str},
};

/// A value of each list.
#[derive(Clone, Default)]
pub(super) struct Combination {
    pub(super) values: Vec<(Str, Value)>,
    /// What of them the records get.
    pub(super) included: Vec<(Str, Box<RawValue>)>,
}

/// Every combination of what is in some lists, the last list changing fastest. Each is made when its turn
/// comes, as there may be millions of them.
#[derive(Clone, Default)]
pub(super) struct Combinations {
    lists: Vec<Arc<[Combination]>>,
}

impl Combinations {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lists.iter().fold(1, |count, list| count.saturating_mul(list.len()))
    }

    /// The one at `index`, which is below [`len`](Combinations::len).
    pub(super) fn get(&self, mut index: usize) -> Combination {
        let mut combination = Combination::default();
        for list in self.lists.iter().rev() {
            combination = list[index % list.len()].and(&combination);
            index /= list.len();
        }
        combination
    }

    /// The same without values that are in a list already: a fetch makes each request once, and the slices of
    /// it are to.
    pub(super) fn distinct(mut self) -> Combinations {
        for list in &mut self.lists {
            *list = distinct(list.to_vec()).into();
        }
        self
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Combination> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The same with another list, which changes slowest.
    pub(super) fn of_each(mut self, list: Vec<Combination>) -> Combinations {
        self.lists.insert(0, list.into());
        self
    }
}

/// The same without those that are there already.
pub(super) fn distinct(mut list: Vec<Combination>) -> Vec<Combination> {
    let mut known = HashSet::new();
    list.retain(|value| known.insert(value.identity()));
    list
}

/// Every combination of the values of a resource's lists. `None` if it is fetched for no lists.
pub(super) fn combinations(
    client: &Inner,
    plan: &ResourcePlan,
    now: Timestamp,
) -> Result<Option<Combinations>, Reason> {
    if plan.for_each.is_empty() {
        return Ok(None);
    }
    let mut lists = Vec::new();
    for list in plan.for_each.iter() {
        let values = values(client, list, now)?;
        if values.is_empty() {
            let (resource, list) = (&*plan.name, &*list.name);
            tracing::warn!(resource, list, "the list is empty: nothing is requested");
        }
        let values = values.into_iter().map(|value| Combination::of(list, value));
        lists.push(values.collect::<Result<_, _>>()?);
    }
    Ok(Some(Combinations { lists }))
}

/// The values of a list.
fn values(client: &Inner, list: &Each, now: Timestamp) -> Result<Vec<Value>, Reason> {
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
                return Err(
                    format!("a value of `{}` is neither text nor a number", list.name).into()
                );
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

    /// What was taken from a record, as a slice keeps it.
    pub(super) fn origin(&self) -> Origin {
        Origin {
            fields: self.values.iter().map(|(_, value)| value.clone()).collect(),
            include: self.included.iter().map(|(_, json)| json.get().to_owned()).collect(),
            added: Vec::new(),
        }
    }

    /// What tells it from others.
    fn identity(&self) -> String {
        let values = self.values.iter().map(|(_, value)| value.to_string());
        joined(values.chain(self.included.iter().map(|(_, json)| json.get().to_owned())))
    }

    /// A value of one list.
    fn of(list: &Each, value: Value) -> Result<Combination, Reason> {
        let mut included = Vec::new();
        if let Some(column) = &list.column {
            let json =
                serde_json::value::to_raw_value(&value).map_err(|error| error.to_string())?;
            included.push((column.clone(), json));
        }
        Ok(Combination { values: vec![(list.name.clone(), value)], included })
    }
}
