//! How the next page is asked for, as far as a first response shows it.

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::{
    fact::{Fact, facts},
    found::{FoundPaginator, text},
};
use crate::{
    paginate::{Response, header_link},
    plan::Selector,
};

const TOTAL_PAGES: &[&str] = &[
    "totalpages",
    "totalpage",
    "pagecount",
    "numpages",
    "numberofpages",
    "pagestotal",
    "pages",
    "lastpage",
    "maxpage",
];
/// Those of them that mean something else where no page number stands beside them.
const DOUBTFUL_PAGES: &[&str] = &["pages", "lastpage", "maxpage"];
const PAGE: &[&str] = &[
    "page",
    "currentpage",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "number",
    "current",
    "index",
];
const OFFSET: &[&str] = &["offset", "skip", "startat", "start", "startindex", "from"];
const SIZE: &[&str] = &[
    "limit",
    "count",
    "size",
    "perpage",
    "pagesize",
    "itemsperpage",
    "maxresults",
    "rows",
    "top",
    "take",
];
const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalrecords",
    "totalelements",
    "totalhits",
    "totalentries",
    "totalrows",
    "odatacount",
];
const HAS_MORE: &[&str] =
    &["hasmore", "hasnext", "hasnextpage", "more", "moreitems", "hasmoreitems"];
/// What a key that begins with `next` goes on with, if it is the name of the parameter.
const CURSOR_PARAMS: &[&str] =
    &["cursor", "pagetoken", "page", "offset", "marker", "start", "skip", "pagecursor"];

/// What the first response shows of how a resource is paged. The error says what cannot be known.
pub(super) fn paginator(
    body: &Value,
    records: &Selector,
    count: usize,
    response: &Response<'_>,
) -> Result<FoundPaginator, String> {
    if let Some(found) = in_headers(response.headers) {
        return Ok(found);
    }
    let records: Option<Vec<&str>> = match records {
        Selector::Keys(keys) => Some(keys.iter().map(|key| &**key).collect()),
        Selector::JsonPath { .. } => None,
    };
    if records.as_ref().is_some_and(Vec::is_empty) && body.is_object() {
        // What is in a single entity is about it, and not about pages.
        return Ok(FoundPaginator::SinglePage);
    }
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let facts = facts(body, records.as_deref().unwrap_or_default());
    let first = |words: &[&str]| facts.iter().find(|fact| is_one_of(fact, words));
    if let Some(link) = facts.iter().find(|fact| is_next(fact) && is_link(fact)) {
        return Ok(FoundPaginator::JsonLink { next_url_path: link.owned_path() });
    }
    if let Some(found) = cursor(&facts) {
        return Ok(found);
    }
    if let Some(found) = page_number(&facts, count, response)? {
        return Ok(found);
    }
    if let Some(found) = offset(&facts, count) {
        return Ok(found);
    }
    let says_more = first(HAS_MORE).filter(|fact| fact.value == &Value::Bool(true));
    if let Some(fact) = says_more {
        let path = text(&fact.owned_path());
        return Err(undecided(&format!("`{path}` is true"), count, None));
    }
    let exceeds = |total: u64| total > count;
    if let Some(fact) = first(TOTAL).filter(|fact| fact.number().is_some_and(exceeds)) {
        let path = text(&fact.owned_path());
        let why = format!("`{path}` is {} and {count} came", fact.value);
        return Err(undecided(&why, count, Some(&path)));
    }
    let header = ["x-total-count", "x-total"].iter().find_map(|name| {
        let total = response.headers.get(*name)?.to_str().ok()?.trim();
        total.parse().is_ok_and(exceeds).then(|| format!("`{name}` is {total} and {count} came"))
    });
    if let Some(why) = header {
        return Err(undecided(&why, count, None));
    }
    if has_next_relation(body) {
        return Err(
            "`links` is a list with one to the next page; say it in the file: `paginator: \
                    {type: json_link, next_url_path: \"links[?(@.rel == 'next')].href\"}`"
                .to_owned(),
        );
    }
    Ok(FoundPaginator::SinglePage)
}

fn in_headers(headers: &HeaderMap) -> Option<FoundPaginator> {
    if ["next", "prev", "first", "last"].iter().any(|rel| header_link::find(headers, rel).is_some())
    {
        return Some(FoundPaginator::HeaderLink);
    }
    let next = headers.get("x-next-page")?;
    next.to_str().is_ok_and(|next| next.trim().parse::<u64>().is_ok()).then(|| {
        let (cursor_key, cursor_param) = ("x-next-page".to_owned(), "page".to_owned());
        FoundPaginator::HeaderCursor { cursor_key, cursor_param }
    })
}

fn is_one_of(fact: &Fact<'_>, words: &[&str]) -> bool {
    words.contains(&fact.word.as_str())
}

/// Whether it is about the next page, by its name or by that of the object it is in: `next.href`.
fn is_next(fact: &Fact<'_>) -> bool {
    let names = |word: &str| {
        word.starts_with("next") || word.ends_with("nextlink") || word.ends_with("nexturl")
    };
    names(&fact.word)
        || matches!(fact.word.as_str(), "href" | "url" | "uri" | "link") && names(&fact.parent())
}

/// Whether it is an address and not a page cursor, of which some begin with a slash.
fn is_link(fact: &Fact<'_>) -> bool {
    let Value::String(text) = fact.value else { return false };
    let is_cursor = ["token", "cursor", "key", "id"].iter().any(|end| fact.word.ends_with(end));
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    let is_relative = text.starts_with(['/', '?']) || text.contains('?') && text.contains('=');
    is_address || is_relative && !is_cursor
}

fn cursor(facts: &[Fact<'_>]) -> Option<FoundPaginator> {
    let is_cursor = |fact: &&Fact<'_>| {
        let has_value = match fact.value {
            Value::String(text) => !text.is_empty(),
            Value::Number(number) => number.as_f64() != Some(0.0),
            _ => false,
        };
        let is_named = is_next(fact)
            || fact.word == "continuationtoken"
            || fact.word == "after" && matches!(fact.parent().as_str(), "cursors" | "cursor");
        has_value && is_named && !is_link(fact)
    };
    // One whose parameter is known by its name goes before one whose parameter is a guess.
    let known = facts.iter().filter(is_cursor).find_map(|fact| Some((fact, param(fact)?)));
    let (fact, param) =
        known.or_else(|| Some((facts.iter().find(is_cursor)?, "cursor".to_owned())))?;
    let has_more =
        facts.iter().find(|other| is_one_of(other, HAS_MORE) && other.value.is_boolean());
    Some(FoundPaginator::Cursor {
        cursor_path: fact.owned_path(),
        cursor_param: param,
        has_more_path: has_more.map(Fact::owned_path),
    })
}

/// The parameter that a page cursor is sent as, where its name says so: `nextPageToken` goes into
/// `pageToken`.
fn param(fact: &Fact<'_>) -> Option<String> {
    let key = fact.key();
    if matches!(fact.word.as_str(), "after" | "continuationtoken") {
        return Some(key.to_owned());
    }
    let rest = key.get(4..)?.trim_start_matches(['_', '-']);
    let is_known = CURSOR_PARAMS.contains(&super::fact::word(rest).as_str());
    is_known.then(|| {
        let mut letters = rest.chars();
        let first = letters.next();
        // `nextPageToken` but `NextPageToken`.
        let first = first.map(|c| if key.starts_with('n') { c.to_ascii_lowercase() } else { c });
        first.into_iter().chain(letters).collect()
    })
}

fn page_number(
    facts: &[Fact<'_>],
    count: u64,
    response: &Response<'_>,
) -> Result<Option<FoundPaginator>, String> {
    let numbers = |words: &'static [&str]| {
        facts.iter().filter(move |fact| is_one_of(fact, words) && fact.number().is_some())
    };
    let beside = |fact: &Fact<'_>, words: &'static [&str]| {
        numbers(words).find(|other| other.is_beside(fact))
    };
    let sent = response.request.address();
    let asked = || {
        sent.query_pairs().find_map(|(name, value)| {
            let is_page = PAGE[..6].contains(&super::fact::word(&name).as_str());
            Some((name.into_owned(), value.parse().ok()?)).filter(|_| is_page)
        })
    };
    let found = |page: u64, total_path, pages: Option<u64>| {
        let base_page = page.min(1);
        let page_param = asked().map_or_else(|| "page".to_owned(), |(name, _): (String, u64)| name);
        let maximum_page = pages.map(|pages| pages + base_page);
        FoundPaginator::PageNumber { page_param, base_page, page, total_path, maximum_page }
    };
    for pages in numbers(TOTAL_PAGES) {
        let page = beside(pages, PAGE).and_then(Fact::number);
        let page = page.or_else(|| asked().map(|(_, page)| page));
        match page {
            Some(page) => return Ok(Some(found(page, Some(pages.owned_path()), None))),
            None if is_one_of(pages, DOUBTFUL_PAGES) => {}
            None if pages.number() <= Some(1) => return Ok(Some(FoundPaginator::SinglePage)),
            None => {
                let path = text(&pages.owned_path());
                return Err(format!(
                    "`{path}` says that there are {} pages, but whether the first one is 0 or 1 \
                     cannot be known; say it in the file: `paginator: {{type: page_number, \
                     base_page: 1, total_path: {path}}}` or the same with `base_page: 0`",
                    pages.value
                ));
            }
        }
    }
    for page in numbers(&PAGE[..8]) {
        let (Some(size), Some(total)) = (beside(page, SIZE), beside(page, TOTAL)) else { continue };
        let (Some(size), Some(total)) = (size.number(), total.number()) else { continue };
        // A server may give fewer records than the page size that it names.
        let size = if count == 0 { size } else { size.min(count) };
        let pages = total.checked_div(size).map(|pages| pages + u64::from(total % size != 0));
        if let (Some(pages), Some(page)) = (pages, page.number()) {
            return Ok(Some(found(page, None, Some(pages))));
        }
    }
    Ok(None)
}

fn offset(facts: &[Fact<'_>], count: u64) -> Option<FoundPaginator> {
    facts.iter().filter(|fact| is_one_of(fact, OFFSET)).find_map(|fact| {
        let offset = fact.number()?;
        let beside = |words: &[&str]| {
            facts.iter().find(|other| {
                is_one_of(other, words) && other.is_beside(fact) && other.number().is_some()
            })
        };
        let (size, total) = (beside(SIZE), beside(TOTAL));
        if size.is_none() && total.is_none() {
            return None;
        }
        let is_from_one = offset == 1 || fact.word == "startindex";
        Some(FoundPaginator::Offset {
            offset_param: fact.key().to_owned(),
            offset,
            limit: size.and_then(Fact::number).unwrap_or(count).max(1),
            // An offset that counts from 1 is not to be compared with a total.
            total_path: total.filter(|_| !is_from_one).map(Fact::owned_path),
        })
    })
}

/// Whether there is a list of links as some APIs have it: `[{"rel": "next", "href": …}]`.
fn has_next_relation(body: &Value) -> bool {
    let is_next = |link: &Value| link["rel"] == "next";
    body["links"].as_array().is_some_and(|links| links.iter().any(is_next))
}

fn undecided(why: &str, count: u64, total: Option<&str>) -> String {
    let (limit, total) = (count.max(1), total.unwrap_or("null"));
    format!(
        "there are more records ({why}), but how to ask for them cannot be known; say it in the \
         file: `paginator: {{type: offset, limit: {limit}, total_path: {total}}}` or `paginator: \
         {{type: page_number, base_page: 1, total_path: null}}` or another one; `paginator: \
         single_page` if that is all"
    )
}
