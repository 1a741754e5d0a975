//! Whether the last page is the last one: what its response says besides.

use super::{
    Halt, Paginator, Response,
    detect::{self, Entity, More, Shown},
    detected::Found,
    page::Page,
    step::{Absent, Why},
};
use crate::plan::Selector;

impl Paginator {
    /// Fails, or warns, if the response of the last page says that there are more. What the file
    /// describes is relied on; what only looks like a sign of more may be wrong, and is an error where
    /// nothing at all says that the pages end here.
    pub(super) fn prove(&self, why: &Why, page: &Page<'_>, more: Option<bool>) -> Result<(), Halt> {
        match more {
            Some(true) => return self.prove_flag(why),
            Some(false) => self.prove_end(why, page)?,
            None => {}
        }
        match why {
            _ if page.response.has_no_content() => Ok(()),
            Why::Absent(absent) if page.is_first() => self.prove_absent(absent, page),
            Why::Zero(absent) if page.is_first() => self.prove_zero(absent, page),
            Why::Declared if self.is_single_page() && !self.plan.endpoint.inferred.paginator => {
                self.prove_single(page)
            }
            Why::Declared | Why::Said | Why::Absent(_) | Why::Zero(_) => Ok(()),
        }
    }

    /// Fails if a response is a list where the path alone says that it is one record, or leads to more
    /// where the path alone says that there is one page.
    pub(super) fn prove_inferred(&self, response: &Response<'_>) -> Result<(), Halt> {
        let inferred = self.plan.endpoint.inferred;
        let infers_paginator = inferred.paginator && self.is_single_page();
        if !inferred.data_selector && !infers_paginator {
            return Ok(());
        }
        let tree = detect::signs(response)?;
        let shown = |records: &Selector| detect::shown(&tree, records, response, &self.plan.name);
        if inferred.data_selector
            && let Entity::List(path) = detect::entity(&tree, &self.plan)
        {
            let shown = path.as_deref().map(|path| shown(&detect::selector(path))).transpose()?;
            let selector = match (Found { records: path, paginator: None }).data_selector() {
                Some(path) => format!("`data_selector: {path}`"),
                None => "where its records are by `data_selector`".to_owned(),
            };
            let paginator = shown.and_then(|shown| shown.paginator);
            let paginator = paginator.map_or("auto".to_owned(), |found| found.to_string());
            let advice = if infers_paginator {
                format!("{selector} and `paginator: {paginator}`")
            } else {
                selector
            };
            return Err(Halt::Undecided(format!(
                "the response is a list, and would be stored as one record because the path ends in a \
                 placeholder; say in the file {advice}, or `data_selector: $` if the object itself is \
                 the record"
            )));
        }
        if !infers_paginator {
            return Ok(());
        }
        let shown = shown(&self.records())?;
        let Some(More::Said(sign) | More::Full(sign)) = shown.more else { return Ok(()) };
        let advice = match &shown.paginator {
            Some(paginator) => format!(
                "say in the file `paginator: {paginator}`, or `paginator: single_page` if that is all"
            ),
            None => shown.advice,
        };
        Err(Halt::Undecided(format!(
            "there are more records ({sign}), but one page is fetched because the path ends in a \
             placeholder; {advice}"
        )))
    }

    /// A value that the file describes says that there are more pages.
    fn prove_flag(&self, why: &Why) -> Result<(), Halt> {
        let place = self.end.place();
        match why {
            Why::Absent(absent) | Why::Zero(absent) => Err(Halt::stuck(format!(
                "{place} says that there are more pages, but the response has no {} (`{}`)",
                absent.what, absent.setting
            ))),
            Why::Said if self.kind.counts().is_none() => Err(Halt::stuck(format!(
                "{place} says that there are more pages, but nothing leads to the next one"
            ))),
            Why::Said => {
                let text = format!(
                    "{place} says that there are more pages, but the fetch ends at the total or at a \
                     page without records"
                );
                self.observed.warn("total", text);
                Ok(())
            }
            Why::Declared => Ok(()),
        }
    }

    /// A value that the file describes says that this is the last page, which a total may contradict.
    fn prove_end(&self, why: &Why, page: &Page<'_>) -> Result<(), Halt> {
        let announced = match self.kind.remaining(page.is_resumed) {
            Some(announced) => Some(announced),
            None if page.is_first()
                && !matches!(why, Why::Declared)
                && !page.response.has_no_content() =>
            {
                page.shown(&self.plan.name)?.total_beyond()
            }
            None => None,
        };
        if let Some(announced) = announced {
            let place = self.end.place();
            let text = format!("{place} says that this is the last page, although {announced}");
            self.observed.warn("announced", text);
        }
        Ok(())
    }

    /// Whether nothing that a child's first page has beside its records says that there are more.
    pub(super) fn is_quiet(&self, page: &Page<'_>) -> Result<bool, Halt> {
        Ok(self.plan.parent.is_some() && page.is_quiet(&self.plan.name, &self.observed)?)
    }

    /// The only page has nothing where the next one would be named, which may be a slip of the pen.
    fn prove_absent(&self, absent: &Absent, page: &Page<'_>) -> Result<(), Halt> {
        if self.is_quiet(page)? {
            return Ok(());
        }
        let shown = Shown::of(page.shown(&self.plan.name)?);
        let Absent { what, setting } = absent;
        let advice = match &shown.paginator {
            Some(paginator) => format!("; the response shows `paginator: {paginator}`"),
            None => String::new(),
        };
        match shown.more {
            Some(More::Said(sign)) => Err(Halt::stuck(format!(
                "the response has no {what} (`{setting}`), but there are more records: {sign}{advice}"
            ))),
            Some(More::Full(sign)) => {
                let text = format!(
                    "the response has no {what} (`{setting}`), where the fetch ends, but {sign}{advice}"
                );
                self.observed.warn("full", text);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The only page has `0` where the next one would be named, which may be a page cursor after all.
    fn prove_zero(&self, absent: &Absent, page: &Page<'_>) -> Result<(), Halt> {
        let shown = page.shown(&self.plan.name)?;
        let more = detect::says_more(shown).or_else(|| shown.total_beyond());
        let Absent { what, setting } = absent;
        match more {
            Some(sign) => Err(Halt::stuck(format!(
                "the response has no {what} (`{setting}`), but there are more records: {sign}"
            ))),
            None => Ok(()),
        }
    }

    /// The only page that is asked for may be not all that there is.
    fn prove_single(&self, page: &Page<'_>) -> Result<(), Halt> {
        let shown = Shown::of(page.shown(&self.plan.name)?);
        if let Some(More::Said(sign)) = shown.more {
            let advice = match &shown.paginator {
                Some(paginator) => format!("`paginator: {paginator}`"),
                None => shown.advice,
            };
            let text =
                format!("there are more records than `single_page` fetches ({sign}); {advice}");
            self.observed.warn("single", text);
        }
        Ok(())
    }
}
