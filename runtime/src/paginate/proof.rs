//! Whether the last page is the last one: what its response says besides.

use super::{
    Halt, Paginator,
    detect::{self, More},
    page::Page,
    step::{Absent, Why},
};

impl Paginator {
    /// Fails, or warns, if the response of the last page says that there are more. What the file
    /// describes is relied on; what only looks like a sign of more may be wrong, and is an error where
    /// nothing at all says that the pages end here.
    pub(super) fn prove(&self, why: &Why, page: &Page<'_>, more: Option<bool>) -> Result<(), Halt> {
        if more == Some(true) {
            return self.prove_flag(why);
        }
        match why {
            _ if page.response.has_no_content() => Ok(()),
            Why::Absent(absent) if page.is_first() => self.prove_absent(absent, page),
            Why::Declared if self.is_single_page() => self.prove_single(page),
            Why::Declared => Ok(()),
            Why::Said | Why::Absent(_) if self.kind.counts().is_some() || self.end.is_said() => {
                Ok(())
            }
            Why::Said | Why::Absent(_) => {
                if let Some(what) = detect::says_more(page.response, page.selector)?
                    && self.observed.is_new("flag")
                {
                    tracing::warn!(
                        resource = &*self.plan.name,
                        "{what} on the last page, although nothing there leads to another one; \
                         `has_more_path` or `end_path` makes that an error"
                    );
                }
                Ok(())
            }
        }
    }

    /// A value that the file describes says that there are more pages.
    fn prove_flag(&self, why: &Why) -> Result<(), Halt> {
        let place = self.end.place();
        match why {
            Why::Absent(absent) => Err(Halt::stuck(format!(
                "{place} says that there are more pages, but the response has no {} (`{}`)",
                absent.what, absent.setting
            ))),
            Why::Said if self.kind.counts().is_none() => Err(Halt::stuck(format!(
                "{place} says that there are more pages, but nothing leads to the next one"
            ))),
            Why::Said => {
                if self.observed.is_new("total") {
                    tracing::warn!(
                        resource = &*self.plan.name,
                        "{place} says that there are more pages, but the fetch ends at the total or \
                         at a page without records"
                    );
                }
                Ok(())
            }
            Why::Declared => Ok(()),
        }
    }

    /// The only page has nothing where the next one would be named, which may be a slip of the pen.
    fn prove_absent(&self, absent: &Absent, page: &Page<'_>) -> Result<(), Halt> {
        let tree = detect::tree(page.response)?;
        let shown = detect::shown(&tree, page.selector, page.response, &self.plan.name)?;
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
                if self.observed.is_new("full") {
                    tracing::warn!(
                        resource = &*self.plan.name,
                        "the response has no {what} (`{setting}`), where the fetch ends, but {sign}\
                         {advice}"
                    );
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The only page that is asked for may be not all that there is.
    fn prove_single(&self, page: &Page<'_>) -> Result<(), Halt> {
        let tree = detect::tree(page.response)?;
        let shown = detect::shown(&tree, page.selector, page.response, &self.plan.name)?;
        if let Some(More::Said(sign)) = shown.more
            && self.observed.is_new("single")
        {
            let advice = match &shown.paginator {
                Some(paginator) => format!("`paginator: {paginator}`"),
                None => shown.advice,
            };
            tracing::warn!(
                resource = &*self.plan.name,
                "there are more records than `single_page` fetches ({sign}); {advice}"
            );
        }
        Ok(())
    }
}
