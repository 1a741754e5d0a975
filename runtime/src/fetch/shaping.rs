//! Pages whose records are put together and changed before anything else looks at them.

use serde_json::Value;

use super::{page_text::Body, values::Values};
use crate::{
    Error,
    client::Inner,
    decode::{
        rejected::Unfit,
        shape::{Fate, Shape},
    },
    http::query::Query,
    plan::{Part, RecordForm, Selector},
};

/// How the records of a fetch are made, and of what.
pub(crate) struct Shaping {
    shape: Shape,
    values: Values,
}

impl Shaping {
    /// `None` if records stay as they are sent.
    pub(crate) fn of(form: &RecordForm, values: Values) -> Option<Shaping> {
        Some(Shaping { shape: Shape::of(form)?, values })
    }

    /// Makes the body of a page a list of its records as they are to be. Gives what has become of each;
    /// those that do not fit go to `unfit`, or fail the page if there is none. With `looks_on` those that
    /// are left out are changed, too.
    ///
    /// `queries` are that of the request, and of the one that all pages begin with.
    pub(crate) fn page(
        &self,
        client: &Inner,
        queries: [&Query; 2],
        selector: &Selector,
        body: &mut Body,
        looks_on: bool,
        unfit: &mut Option<Vec<Unfit>>,
    ) -> Result<Vec<Fate>, Error> {
        let values = self.shape.values(&|part| self.fill(client, queries, part));
        let values = values.map_err(Error::config)?;
        let shaped = self.shape.page(selector, body.text(), &values, looks_on, unfit.is_some());
        let shaped = shaped.map_err(|fault| body.fault(fault))?;
        if let Some(unfit) = unfit {
            let shaped = shaped.unfit.into_iter();
            unfit
                .extend(shaped.map(|(index, record, misread)| Unfit::new(&record, index, misread)));
        }
        body.become_text(shaped.text);
        Ok(shaped.fates)
    }

    /// What fills a gap, as JSON.
    fn fill(&self, client: &Inner, queries: [&Query; 2], part: &Part) -> Result<String, String> {
        match part {
            Part::Param(name) => {
                let value = queries.iter().find_map(|query| query.value(name));
                Ok(value.map_or(Value::Null, Value::from).to_string())
            }
            Part::Parent(field) => {
                let added = self.values.added.iter().find(|(selector, _)| selector == field);
                match added {
                    Some((_, json)) => Ok(json.get().to_owned()),
                    None => self.values.get(client, part).map(|value| value.to_string()),
                }
            }
            part => self.values.get(client, part).map(|value| value.to_string()),
        }
    }
}

/// Which records count; all do if `None`.
pub(crate) fn kept(fates: &[Fate]) -> Option<Vec<bool>> {
    let is_kept = |fate: &Fate| *fate == Fate::Kept;
    (!fates.iter().all(is_kept)).then(|| fates.iter().map(is_kept).collect())
}
