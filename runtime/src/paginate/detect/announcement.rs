//! How many records or pages a response says that there are, where no paginator counts them.

use super::{envelope::is_around_pages, fact::Fact, page::FirstPage, selector::selector, words};
use crate::{
    decode::{Select as _, count::number},
    paginate::{
        Halt, Response, key_path as text,
        total_at::{HeaderTotal, TotalAt, header_name, header_total},
    },
};

/// A number that a first response has said.
#[derive(Clone)]
pub(in crate::paginate) struct Announcement {
    at: TotalAt,
    pub(in crate::paginate) number: u64,
    /// Whether it counts pages and not records.
    pub(in crate::paginate) is_of_pages: bool,
    /// Whether its name says that; that of others may be one of the page size.
    pub(in crate::paginate) is_clear: bool,
}

impl Announcement {
    /// A total of records that the file describes.
    pub(in crate::paginate) fn of_records(at: TotalAt, number: u64) -> Announcement {
        Announcement { at, number, is_of_pages: false, is_clear: true }
    }

    fn of(fact: &Fact, is_of_pages: bool, is_clear: bool) -> Option<Announcement> {
        let at = match fact.body_path() {
            Some(path) => TotalAt::Body(selector(&path)),
            None if fact.path.len() == 1 => TotalAt::Header(header_name(fact.key()).ok()?),
            None => return None,
        };
        Some(Announcement { at, number: fact.number()?, is_of_pages, is_clear })
    }

    pub(in crate::paginate) fn is_of_header(&self) -> bool {
        matches!(self.at, TotalAt::Header(_))
    }

    /// What another response says in the same place.
    pub(in crate::paginate) fn again(&self, response: &Response<'_>) -> Result<Option<u64>, Halt> {
        if response.has_no_content() {
            return Ok(None);
        }
        let found = match &self.at {
            TotalAt::Body(path) => path.find(response.body).map_err(Halt::Decode)?,
            TotalAt::Header(name) => {
                return Ok(match header_total(response.headers, name) {
                    Some(HeaderTotal::Known(total)) => Some(total),
                    Some(HeaderTotal::Unknown | HeaderTotal::Other(_)) | None => None,
                });
            }
        };
        Ok(found.and_then(|found| number(&serde_json::from_str(found).ok()?)))
    }

    /// As a message shows where it stands.
    pub(in crate::paginate) fn place(&self) -> String {
        match &self.at {
            TotalAt::Body(path) => format!("`{path}`"),
            TotalAt::Header(name) => format!("`{}`", text::plain(&[name.to_string()])),
        }
    }
}

/// The smallest number of records and of pages that a first page has, of those that are larger than its
/// own: a number that is not may be that of this page.
pub(super) fn of(page: &FirstPage<'_>) -> Vec<Announcement> {
    if page.is_single {
        return Vec::new();
    }
    let beyond = |least: u64, is: &dyn Fn(&Fact) -> bool| {
        let facts = page.facts.iter().filter(|fact| fact.number() > Some(least) && is(fact));
        facts.min_by_key(|fact| fact.number())
    };
    let is_clear =
        |fact: &Fact| fact.is_total(&page.nouns) && (fact.word != "total" || is_near(fact, page));
    let may_be = |fact: &Fact| {
        let is_size = |other: &Fact| {
            words::is_size(&other.word)
                && other.number() == fact.number()
                && other.path != fact.path
        };
        let is_sent = page.asked.find(|sent| sent.number() == fact.number()).is_some();
        words::may_be_total(&fact.word)
            && is_near(fact, page)
            && !is_sent
            && !page.facts.iter().any(is_size)
    };
    let records = beyond(page.count, &is_clear)
        .and_then(|fact| Announcement::of(fact, false, true))
        .or_else(|| Announcement::of(beyond(page.count, &may_be)?, false, false));
    let is_of_pages =
        |fact: &Fact| words::is_total_pages(&fact.word) && !words::is_doubtful_pages(&fact.word);
    let pages = beyond(1, &is_of_pages).and_then(|fact| Announcement::of(fact, true, true));
    records.into_iter().chain(pages).collect()
}

/// Whether a number stands where responses say something of their pages, and not in what is said of
/// something else: `summary.total` may be an amount.
fn is_near(fact: &Fact, page: &FirstPage<'_>) -> bool {
    let above = fact.above();
    above.is_empty() || page.keys.starts_with(above) || is_around_pages(&fact.parent())
}
