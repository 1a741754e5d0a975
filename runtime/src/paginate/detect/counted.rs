//! Pages that are counted, by their numbers or by their records.

use super::{
    candidate::{Candidate, Next, Unfollowed},
    envelope,
    fact::Fact,
    page::FirstPage,
    words,
};
use crate::paginate::{
    detected::{FoundEnd, FoundPaginator, FoundPlace},
    key_path as text,
};

/// The parameters that skip records, beside those that say how many a page has. All of them count
/// from 0; of page numbers that is not known.
const PAIRS: &[(&str, &str)] = &[
    ("limit", "offset"),
    ("count", "offset"),
    ("rows", "start"),
    ("$top", "$skip"),
    ("top", "skip"),
    ("take", "skip"),
    ("maxResults", "startAt"),
    ("page[limit]", "page[offset]"),
];

/// The paginators that count, those whose signs say most first.
pub(super) fn candidates(page: &FirstPage<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    candidates.extend(of_pages(page));
    candidates.extend(numbered(page));
    candidates.extend(offset(page));
    candidates.extend(content_range(page));
    candidates.extend(asked_page(page));
    candidates.extend(asked_offset(page));
    candidates
}

/// A number of pages of which the number of the first one is not known.
pub(super) fn unfollowed(page: &FirstPage<'_>) -> Option<Unfollowed> {
    let is_near =
        |fact: &Fact| fact.above().is_empty() || envelope::is_around_pages(&fact.parent());
    let is_clear =
        |fact: &&Fact| !words::is_doubtful_pages(&fact.word) || is_near(fact) && !page.says_end();
    let mut pages = page.numbers(words::is_total_pages).filter(is_clear);
    let pages = pages.find(|pages| pages.number() > Some(1))?;
    page_beside(page, pages).is_none().then(|| {
        let path = pages.body_path().map_or("null".to_owned(), |path| text::path(&path));
        let advice = format!(
            "say it in the file: `paginator: {{type: page_number, base_page: 1, total_path: {path}}}`, or the same with \
             `base_page: 0` if that is the number of the first page"
        );
        Unfollowed { what: pages.shown(), advice }
    })
}

/// By a number of pages.
fn of_pages(page: &FirstPage<'_>) -> Option<Candidate> {
    page.numbers(words::is_total_pages).find_map(|pages| {
        let number = page_beside(page, pages)?;
        let stated = pages.number()?;
        let is_index = number == 0 && is_last_index(page, pages, stated);
        let count = stated.saturating_add(u64::from(is_index));
        let next = if number.saturating_add(1) < count.saturating_add(number.min(1)) {
            Next::Said(format!("{} is {stated} and this is page {number}", pages.place()))
        } else {
            Next::End
        };
        // No path leads to a number of pages that is one more than what the response says.
        let total_path = pages.body_path().filter(|_| !is_index);
        let known = total_path.is_none().then_some(count);
        found(page, Some(number), total_path, FoundEnd::default(), known, next)
    })
}

/// Whether the number of the last page is meant, where the first one is 0, and not how many pages there
/// are. A page too many is empty; one too few is lost.
fn is_last_index(page: &FirstPage<'_>, pages: &Fact, stated: u64) -> bool {
    let count = || {
        let total = page.total_near(pages)?.number()?;
        Some(total.div_ceil(page.size()?))
    };
    words::is_last_page(&pages.word) && count() != Some(stated)
}

/// The number of this page, where it says anything for that number of pages.
fn page_beside(page: &FirstPage<'_>, pages: &Fact) -> Option<u64> {
    if let Some((_, number)) = page.asked.page() {
        return Some(number);
    }
    let beside = page.beside(pages, words::may_be_page);
    let anywhere = || {
        let is_doubtful = words::is_doubtful_pages(&pages.word);
        page.numbers(words::is_page).next().filter(|_| !is_doubtful)
    };
    // WordPress counts from 1.
    let is_wordpress = pages.is_header && pages.key().starts_with("x-wp-");
    let stated = beside.or_else(anywhere).and_then(Fact::number);
    stated.or(is_wordpress.then_some(1))
}

/// By the number of this page, and by what else there is.
fn numbered(page: &FirstPage<'_>) -> Option<Candidate> {
    let clear = page.numbers(words::is_page);
    let doubtful = page.numbers(words::may_be_page).filter(|fact| {
        let has_size = page.beside(fact, words::is_size).is_some();
        has_size && page.totals().iter().any(|total| total.is_beside(fact)) && fact.word != "index"
    });
    let fact = clear.chain(doubtful).next()?;
    let asked = page.asked.page().map(|(_, number)| number);
    // A request for page 2 says so: this number is the next one.
    let stated = fact.number().map(|number| if number == 2 { 1 } else { number });
    let number = asked.or(stated)?;
    let size = page.beside(fact, words::is_size).and_then(Fact::number).or(page.size());
    let total = page.total_near(fact).and_then(Fact::number);
    let end = page.end();
    if let (Some(size), Some(total)) = (size, total) {
        // A server may give fewer records than the page size that it names.
        let size = if page.count == 0 { size } else { size.min(page.count) };
        let pages = total.checked_div(size).map(|pages| pages + u64::from(total % size != 0));
        let is_more = page.flag().is_some_and(|(_, more)| more);
        let is_last = |pages: u64| number.saturating_add(1) >= pages.saturating_add(number.min(1));
        if let Some(pages) = pages.filter(|pages| !(is_more && is_last(*pages))) {
            let next = if is_last(pages) {
                Next::End
            } else {
                Next::Said(page.says_more().unwrap_or_else(|| fact.shown()))
            };
            return found(page, Some(number), None, end, Some(pages), next);
        }
    }
    let next = match page.flag() {
        Some((flag, true)) => Next::Said(flag.shown()),
        Some((_, false)) => Next::End,
        None if page.count == 0 => Next::End,
        None => Next::Open,
    };
    found(page, Some(number), None, end, None, next)
}

/// By a page number that was asked for.
fn asked_page(page: &FirstPage<'_>) -> Option<Candidate> {
    let (_, number) = page.asked.page().filter(|_| page.count > 0 && !page.is_single)?;
    let next = if page.says_end() { Next::End } else { Next::Open };
    found(page, Some(number), None, page.end(), None, next)
}

fn found(
    page: &FirstPage<'_>,
    number: Option<u64>,
    total_path: Option<Vec<String>>,
    end: FoundEnd,
    pages: Option<u64>,
    next: Next,
) -> Option<Candidate> {
    let number = number?;
    let place = match page.asked.page() {
        Some((asked, _)) => asked.place.clone(),
        None => page.asked.place("page"),
    }?;
    let base_page = number.min(1);
    let paginator =
        FoundPaginator::PageNumber { place, base_page, page: number, total_path, end, pages };
    Some(Candidate { paginator, next })
}

/// By the number of records that the response skips.
fn offset(page: &FirstPage<'_>) -> Option<Candidate> {
    page.numbers(words::may_be_offset).find_map(|fact| {
        let stated = fact.number()?;
        // Some name the offset of the next page.
        let before = page.asked.offset().map_or(0, |(_, before)| before);
        let is_next = page.count > 1 && stated == before.saturating_add(page.count);
        let offset = if is_next { before } else { stated };
        let size = page.beside(fact, words::is_size).and_then(Fact::number);
        let totals = page.totals();
        let beside = totals.iter().find(|total| total.is_beside(fact));
        let is_clear = words::is_offset(&fact.word);
        let total = beside.or(totals.first().filter(|_| is_clear)).copied();
        if size.is_none() && total.is_none() && !(is_clear && page.count > 0) {
            return None;
        }
        let reached = (offset - u64::from(offset == 1)).saturating_add(page.count);
        let next = match (total.and_then(Fact::number), page.flag()) {
            (Some(number), _) if number > reached => {
                Next::Said(page.says_more().unwrap_or_else(|| fact.shown()))
            }
            (_, Some((flag, true))) => Next::Said(flag.shown()),
            (_, Some((_, false))) => Next::End,
            (Some(number), None) if number == reached => Next::End,
            _ if page.count == 0 => Next::End,
            _ => Next::Open,
        };
        let place = match page.asked.offset().filter(|(asked, _)| asked.word == fact.word) {
            Some((asked, _)) => asked.place.clone(),
            None => page.asked.place(fact.param()),
        }?;
        let total = total.filter(|_| fact.word != "startindex");
        Some(Candidate { paginator: skipping(page, place, offset, size, total), next })
    })
}

/// By an offset that was asked for.
fn asked_offset(page: &FirstPage<'_>) -> Option<Candidate> {
    let (asked, offset) = page.asked.offset().filter(|_| page.count > 0 && !page.is_single)?;
    if !words::is_offset(&asked.word) && page.asked.size().is_none() {
        return None;
    }
    let next = if page.says_end() { Next::End } else { Next::Open };
    let paginator = skipping(page, asked.place.clone()?, offset, None, reachable(page));
    Some(Candidate { paginator, next })
}

/// `Content-Range: items 0-4/12`, as some APIs count what is no bytes (RFC 9110, section 14.4), and the
/// same in a body.
fn content_range(page: &FirstPage<'_>) -> Option<Candidate> {
    page.facts.iter().filter(|fact| words::is_range(&fact.word)).find_map(|fact| range(page, fact))
}

fn range(page: &FirstPage<'_>, fact: &Fact) -> Option<Candidate> {
    let text = fact.value.as_str()?.trim();
    let (range, total) = text.rsplit(' ').next()?.split_once('/')?;
    if text.starts_with("bytes") {
        return None;
    }
    let is_partial = page.response.status == 206;
    let status = if is_partial { "the status is 206, and " } else { "" };
    let said = || Next::Said(format!("{status}{} is {text}", fact.place()));
    let (first, last) = range.split_once('-').unwrap_or(("0", ""));
    let (first, last) = (first.parse().ok()?, last.parse::<u64>().ok());
    let total = total.parse::<u64>();
    if !fact.is_header && (last.is_none() || total.is_err()) {
        return None;
    }
    let next = match (last, total) {
        // All that there is.
        (Some(last), Ok(total)) if first == 0 && last.saturating_add(1) >= total => return None,
        (Some(last), Ok(total)) if last.saturating_add(1) < total => said(),
        (None, Ok(total)) if total > 0 && page.count > 0 => said(),
        (_, Ok(_)) => Next::End,
        (_, Err(_)) if is_partial => said(),
        (_, Err(_)) => Next::Open,
    };
    let place = match page.asked.offset() {
        Some((asked, _)) => asked.place.clone(),
        None => page.asked.place("offset"),
    }?;
    Some(Candidate { paginator: skipping(page, place, first, None, reachable(page)), next })
}

/// By the page size that was sent, which tells what the parameter is that skips records.
pub(super) fn by_size(page: &FirstPage<'_>) -> Option<FoundPaginator> {
    let (size, _) = page.asked.size()?;
    let name = match &size.place {
        Some(FoundPlace::Param(name)) => name,
        Some(FoundPlace::Body(path)) => path.last()?,
        None => return None,
    };
    let (_, skip) = PAIRS.iter().find(|(size, _)| size == name)?;
    Some(skipping(page, page.asked.place(skip)?, 0, None, reachable(page)))
}

/// The clearest total that is not below what has come.
fn reachable<'a>(page: &'a FirstPage<'_>) -> Option<&'a Fact> {
    page.totals().into_iter().find(|total| total.number() >= Some(page.reached()))
}

/// The paginator that skips records, where the response states this page size and this total.
fn skipping(
    page: &FirstPage<'_>,
    place: FoundPlace,
    offset: u64,
    size: Option<u64>,
    total: Option<&Fact>,
) -> FoundPaginator {
    let (limit, limit_place) = limit(page, size);
    FoundPaginator::Offset {
        place,
        offset,
        limit,
        limit_place,
        // An offset that counts from 1 cannot be compared with a total.
        total_path: total.filter(|_| offset != 1).and_then(Fact::body_path),
        end: page.end(),
    }
}

/// The page size and where the request has it, unless that is where the file has it by default.
fn limit(page: &FirstPage<'_>, stated: Option<u64>) -> (u64, Option<FoundPlace>) {
    let asked = page.asked.size();
    let limit = stated.or(asked.map(|(_, limit)| limit)).unwrap_or(page.count).max(1);
    let place = asked.and_then(|(asked, _)| asked.place.clone());
    (limit, place.filter(|place| *place != FoundPlace::Param("limit".to_owned())))
}
