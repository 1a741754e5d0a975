//! The total of records or pages that responses hold.

use super::{
    Halt,
    observed::Observed,
    page::Page,
    place::find,
    total_at::{HeaderTotal, TotalAt, header_total},
};
use crate::decode::{Json, count::read};

/// The total that a paginator ends at.
#[derive(Clone)]
pub(super) struct Total {
    at: TotalAt,
    /// The largest and the last one that a response has held.
    known: Option<(u64, u64)>,
    /// What it was and what it has become, if the last response has changed it.
    change: Option<(u64, u64)>,
    has_warned: bool,
    /// Whether it has turned out to be something else, so that nothing ends at it.
    is_none: bool,
}

impl Total {
    pub(super) fn new(at: TotalAt) -> Total {
        Total { at, known: None, change: None, has_warned: false, is_none: false }
    }

    /// Looks for the total of a page. What is missing on a later page holds as it was. Missing on the
    /// first one it is an error: a page without it could be anything, and taking it for the last one
    /// would lose the others. A fetch that is resumed knows no earlier page, and does without.
    pub(super) fn look(&mut self, page: &Page<'_>) -> Result<(), Halt> {
        self.change = None;
        let (count, found) = match &mut self.at {
            TotalAt::Body(path) => {
                let found = find(path, page, "total_path")?;
                let count = match found.map(Json::read) {
                    None | Some(Some(Json::Null)) => Ok(None),
                    Some(Some(Json::Number(number))) => read(number).map(Some).ok_or(()),
                    Some(Some(Json::Text(text))) => read(text.trim()).map(Some).ok_or(()),
                    Some(_) => Err(()),
                };
                (count, found.map(str::to_owned))
            }
            TotalAt::Header(name) => match header_total(page.response.headers, name) {
                None => (Ok(None), None),
                // It is not known, and nothing ends at it.
                Some(HeaderTotal::Unknown) => return Ok(()),
                Some(HeaderTotal::Known(count)) => (Ok(Some(count)), None),
                Some(HeaderTotal::Other(value)) => (Err(()), Some(value)),
            },
        };
        let at = &self.at;
        let Ok(count) = count else {
            return Err(Halt::misread(
                format!("the total at `{at}` must be a whole number"),
                found,
            ));
        };
        let Some(count) = count else {
            if self.known.is_some() || page.is_resumed || page.is_empty()? {
                return Ok(());
            }
            let without = at.without();
            return Err(Halt::misread(
                format!("the total at `{at}` is missing; if the API sends none, {without}"),
                found,
            ));
        };
        let largest = match self.known {
            Some((largest, last)) => {
                if count != last && !self.is_none {
                    self.change = Some((last, count));
                    self.warn_of_change(last, count);
                }
                largest.max(count)
            }
            None => count,
        };
        self.known = Some((largest, count));
        Ok(())
    }

    /// Where pages are counted, records that come or go in front of them move the others.
    fn warn_of_change(&mut self, last: u64, count: u64) {
        if !std::mem::replace(&mut self.has_warned, true) {
            let path = &self.at;
            tracing::warn!(
                "the total at `{path}` was {last} and is {count} now: records have come or gone while \
                 pages were counted, so that some may be missing or come twice"
            );
        }
    }

    /// Resumes with the total that an interrupted fetch has seen last.
    pub(super) fn resume(&mut self, total: u64) {
        self.known = Some((total, total));
    }

    /// Where it is, and what it was and has become, if the last response has changed it.
    pub(super) fn change(&self) -> Option<(&TotalAt, u64, u64)> {
        let (before, now) = self.change.filter(|_| !self.is_none)?;
        Some((&self.at, before, now))
    }

    /// The largest total that a response has held: nothing ends before it is reached.
    pub(super) fn largest(&self) -> Option<u64> {
        self.known.filter(|_| !self.is_none).map(|(largest, _)| largest)
    }

    /// The total of the last response that held one.
    pub(super) fn last(&self) -> Option<u64> {
        self.known.filter(|_| !self.is_none).map(|(_, last)| last)
    }

    /// Takes it for no total any more. `came` says what has come that contradicts it.
    pub(super) fn refute(&mut self, what: &str, came: &str, observed: &Observed) {
        if let Some((_, last)) = self.known.filter(|_| !self.is_none) {
            let path = &self.at;
            let text = format!(
                "`{path}` says that there are {last} {what}, and {came}: it is no total, and the fetch \
                 ends where no more records come; {}, or say where the total is",
                path.without()
            );
            observed.warn("refuted", text);
        }
        self.is_none = true;
    }

    /// The same where it was the number of records on a first page that had so many.
    pub(super) fn refute_of_page(
        &mut self,
        what: &str,
        came: &str,
        records: u64,
        observed: &Observed,
    ) -> Result<(), Halt> {
        let path = &self.at;
        if observed.refute_total(records) {
            return Err(Halt::stuck(format!(
                "{came}, although `{path}` said that the first page was the last one, which was \
                 believed of other parents, so that records of those may be missing; {}",
                path.without()
            )));
        }
        self.refute(what, came, observed);
        Ok(())
    }

    /// Where it is.
    pub(super) fn path(&self) -> &TotalAt {
        &self.at
    }

    /// Whether its name says that it counts pages. What is just called `total` may count records.
    pub(super) fn is_of_pages(&self) -> bool {
        let name = self.at.to_string().to_lowercase();
        name.rsplit('.').next().is_some_and(|name| name.contains("page"))
    }

    /// The error for a page without records before the total is reached.
    pub(super) fn unreached(&self, what: &str, sent: &str) -> Halt {
        let path = &self.at;
        let total = self.last().unwrap_or_default();
        Halt::stuck(format!(
            "`{path}` says that there are {total} {what}, but no records came for {sent}; if it \
                 counts something else, {}; if a page without records is the last one all the same, \
                 say `stop_after_empty_page: true`",
            path.without()
        ))
    }
}
