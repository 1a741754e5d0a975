//! Which records of a page count, and pages whose records are put together and changed before that.

use serde_json::Value;

use super::{page_text::Body, values::Values};
use crate::{
    Error,
    client::Inner,
    decode::{
        DecodeError, Select as _,
        rejected::Unfit,
        shape::{Fate, Shape},
    },
    error::Reason,
    http::query::Query,
    incremental::Range,
    paginate::Paginator,
    plan::{Part, ResourcePlan, Selector},
};

/// How the records of a fetch are made, and of what.
pub(crate) struct Shaping {
    shape: Shape,
    values: Values,
}

impl Shaping {
    /// `None` if records stay as they are sent.
    pub(crate) fn of(plan: &ResourcePlan, values: &Values) -> Option<Shaping> {
        let shape = Shape::of(&plan.endpoint.records, &plan.columns)?;
        Some(Shaping { shape, values: values.clone() })
    }

    /// Makes the body of a page a list of its records as they are to be. Gives what has become of each, and what
    /// the server has sent;
    /// those that do not fit go to `unfit`, or fail the page if there is none. With `looks_on` those that
    /// are left out are changed, too.
    fn change(
        &self,
        page: &Page<'_>,
        body: &mut Body,
        looks_on: bool,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<(Vec<Fate>, String), Error> {
        let values = self.shape.values(&|part| self.fill(page, part)).map_err(Error::config)?;
        let is_lenient = unfit.is_some();
        let most = usize::try_from(page.client.transport.max_body_bytes).unwrap_or(usize::MAX);
        let shaped = &self.shape;
        let shaped = shaped.page(&page.records, body.text(), &values, most, looks_on, is_lenient);
        let shaped = shaped.map_err(|fault| body.fault(fault))?;
        if let Some(unfit) = unfit {
            let shaped = shaped.unfit.into_iter();
            unfit
                .extend(shaped.map(|(index, record, misread)| Unfit::new(&record, index, misread)));
        }
        let sent = body.become_text(shaped.text);
        Ok((shaped.fates, sent))
    }

    /// What fills a gap, as JSON.
    fn fill(&self, page: &Page<'_>, part: &Part) -> Result<String, Reason> {
        let Page { client, queries, .. } = page;
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

/// A page before it is known which of its records count.
pub(crate) struct Page<'a> {
    pub(crate) client: &'a Inner,
    /// The queries of its request, and of the one that all pages begin with.
    pub(crate) queries: [&'a Query; 2],
    /// Where its records are.
    pub(crate) records: Selector,
    /// How many of the last ones another slice has.
    beyond: u64,
}

impl<'a> Page<'a> {
    /// The page that a paginator was advanced by.
    pub(crate) fn of(
        client: &'a Inner,
        queries: [&'a Query; 2],
        paginator: &Paginator,
    ) -> Page<'a> {
        Page { client, queries, records: paginator.records(), beyond: paginator.beyond_end() }
    }
}

/// Which records of a page count.
pub(crate) struct Taken {
    /// Where its records are now.
    pub(crate) records: Selector,
    /// Which of them count; all do if `None`.
    pub(crate) kept: Option<Vec<bool>>,
    /// Those that do not fit, if they are set aside.
    pub(crate) unfit: Option<Vec<Unfit>>,
    /// Whether no later page can have one that counts.
    pub(crate) ends: bool,
}

/// Changes the records of a page where they are not what was sent, and looks which of them are in the range.
pub(crate) fn take(
    page: &Page<'_>,
    body: &mut Body,
    shaping: Option<&Shaping>,
    range: Option<&mut Range>,
    set_aside: bool,
) -> Result<Taken, Error> {
    let mut taken = take_all(page, body, shaping, range, set_aside)?;
    if page.beyond > 0 {
        let count = body.records(&taken.records).map_err(|fault| body.fault(fault))?.len();
        let left = count.saturating_sub(usize::try_from(page.beyond).unwrap_or(usize::MAX));
        if let Some(unfit) = &mut taken.unfit {
            unfit.retain(|unfit| unfit.number <= left as u64);
        }
        let kept = taken.kept.get_or_insert_with(|| vec![true; count]);
        kept.iter_mut().skip(left).for_each(|is_kept| *is_kept = false);
    }
    Ok(taken)
}

/// The same with all records.
fn take_all(
    page: &Page<'_>,
    body: &mut Body,
    shaping: Option<&Shaping>,
    range: Option<&mut Range>,
    set_aside: bool,
) -> Result<Taken, Error> {
    let mut unfit = set_aside.then(Vec::new);
    let (mut fates, mut sent) = (None, None);
    if let Some(shaping) = shaping.filter(|_| !body.is_nothing()) {
        let (all, text) = shaping.change(page, body, range.is_some(), unfit.as_mut())?;
        (fates, sent) = (Some(all), Some(text));
    }
    let records = if fates.is_some() { Selector::ROOT } else { page.records.clone() };
    let Some(range) = range else {
        let kept = fates.and_then(|fates| kept(&fates));
        if let Some(text) = sent {
            body.give_back(text);
        }
        return Ok(Taken { records, kept, unfit, ends: false });
    };
    let taken = body
        .records(&records)
        .and_then(|records| {
            let sent = sent.as_ref().filter(|_| range.is_keyless());
            let sent = sent.map(|text| page.records.records(text)).transpose()?;
            let taken = range.take(&records, sent.as_deref(), fates.as_deref(), unfit.as_mut());
            taken.map_err(DecodeError::Misread)
        })
        .map_err(|fault| body.fault(fault))?;
    if let Some(text) = sent {
        body.give_back(text);
    }
    Ok(Taken { records, kept: taken.kept, unfit, ends: taken.ends })
}

/// Which records count; all do if `None`.
fn kept(fates: &[Fate]) -> Option<Vec<bool>> {
    let is_kept = |fate: &Fate| *fate == Fate::Kept;
    (!fates.iter().all(is_kept)).then(|| fates.iter().map(is_kept).collect())
}
