//! Links and page cursors: what the server gives to be followed.

use serde_json::Value;

use super::{
    asked::Asked,
    candidate::{Candidate, Next, Unfollowed},
    fact::{Fact, without_query, word},
    page::FirstPage,
    relations::relations,
    words,
};
use crate::{
    paginate::{
        detected::{FoundPaginator, FoundPlace},
        key_path as text, link_header,
    },
    plan::printable,
};

/// What follows `next` in a key, if that is the name of the parameter.
const PARAMS: &[&str] = &[
    "cursor",
    "pagetoken",
    "page",
    "offset",
    "marker",
    "start",
    "skip",
    "pagecursor",
    "bookmark",
    "startingafter",
    "pageid",
    "pagekey",
    "position",
];
/// Objects whose members are all to be sent back.
const WHOLE: &[&str] = &["continue", "querycontinue", "continuation", "lastevaluatedkey"];

/// The paginators that follow something, those whose signs say most first.
pub(super) fn candidates(page: &FirstPage<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    candidates.extend(header_link(page));
    candidates.extend(header_cursor(page));
    candidates.extend(json_link(page));
    candidates.extend(cursor(page));
    candidates
}

fn header_link(page: &FirstPage<'_>) -> Option<Candidate> {
    let find = |rel: &str| link_header::find(page.response.headers, rel);
    let next = match find("next") {
        Some(link) => Next::Said(format!("the `link` header leads to {}", without_query(&link))),
        None => ["prev", "first", "last"].iter().find_map(|rel| find(rel)).map(|_| Next::End)?,
    };
    Some(Candidate { paginator: FoundPaginator::HeaderLink, next })
}

fn header_cursor(page: &FirstPage<'_>) -> Option<Candidate> {
    let is_cursor = |fact: &&Fact| {
        let is_one = words::is_next_word(&fact.word) || fact.is_cursor();
        fact.is_header && fact.path.len() == 1 && is_one && fact.word != "mscontinuation"
    };
    let mut facts = page.facts.iter().filter(is_cursor);
    let fact = facts.find(|fact| !fact.is_link())?;
    let next = if fact.has_content() { Next::Said(fact.shown()) } else { Next::End };
    let (cursor_param, _) = param(fact, page);
    let cursor_key = fact.key().to_owned();
    Some(Candidate { paginator: FoundPaginator::HeaderCursor { cursor_key, cursor_param }, next })
}

fn json_link(page: &FirstPage<'_>) -> Option<Candidate> {
    let is_here = |fact: &Fact| {
        let joined = fact.value.as_str().and_then(|link| page.response.url.join(link).ok());
        joined.as_ref() == Some(page.response.url)
    };
    let candidate = |fact: &Fact, next| {
        let (next_url_path, end) = (fact.body_path()?, page.end_beside_link());
        let total_path = page.total_path(fact);
        let paginator = FoundPaginator::JsonLink { next_url_path, end, total_path };
        Some(Candidate { paginator, next })
    };
    let mut facts = page.facts.iter().filter(|fact| !fact.is_header && fact.leads_on());
    let is_link = |fact: &&Fact| fact.is_link() && !is_here(fact);
    if let Some(fact) = facts.clone().find(is_link) {
        // Some link to the page that new records will be on.
        let next = match page.clear_flag() {
            Some((_, false)) => Next::End,
            _ => Next::Said(fact.shown()),
        };
        return candidate(fact, next);
    }
    let names_link = |fact: &&Fact| {
        let word = fact.word.as_str();
        fact.is_empty() && ["url", "uri", "link", "href"].iter().any(|end| word.ends_with(end))
    };
    candidate(facts.find(names_link)?, Next::End)
}

/// The page cursor that is followed: one whose parameter is known by its name goes before one whose
/// parameter is a guess.
fn cursor(page: &FirstPage<'_>) -> Option<Candidate> {
    let mut cursors: Vec<_> = page
        .facts
        .iter()
        .filter(|fact| !fact.is_header && is_page_cursor(fact, page))
        .map(|fact| (fact, param(fact, page)))
        .collect();
    cursors.sort_by_key(|(fact, (_, is_known))| (!fact.has_content(), !is_known));
    let (fact, (name, _)) = cursors.into_iter().next()?;
    let place = place(&name, &page.asked)?;
    let next = match page.flag() {
        _ if !fact.has_content() => Next::End,
        Some((_, false)) => Next::End,
        _ => Next::Said(fact.shown()),
    };
    let (cursor_path, end) = (fact.body_path()?, page.end());
    let total_path = page.total_path(fact);
    Some(Candidate {
        paginator: FoundPaginator::Cursor { cursor_path, place, end, total_path },
        next,
    })
}

/// Whether a fact is a page cursor, or the clear name of one that has no value.
fn is_page_cursor(fact: &Fact, page: &FirstPage<'_>) -> bool {
    if WHOLE.contains(&fact.parent().as_str()) || fact.is_link() {
        return false;
    }
    let is_next = fact.is_next();
    if !fact.has_content() {
        // `next: null` may be a link as well.
        let says_what = ["token", "cursor", "marker"].iter().any(|end| fact.word.ends_with(end));
        return is_next && says_what && fact.is_empty();
    }
    // What was sent comes again: it is no page cursor but an echo.
    is_next || fact.is_cursor() && !page.asked.sent(fact)
}

/// The parameter that a page cursor is sent as, and whether its name says so: `nextPageToken` goes
/// into `pageToken`.
fn param(fact: &Fact, page: &FirstPage<'_>) -> (String, bool) {
    let (key, parent) = (fact.key(), fact.parent());
    let known = |name: &str| (name.to_owned(), true);
    let is_notion = || page.body["object"] == "list" && page.body["results"].is_array();
    match fact.word.as_str() {
        "after" | "aftercursor" | "endcursor" | "cursorafter" => {
            let is_bracketed = page.asked.find(|sent| sent.name == "page[size]").is_some();
            return known(if is_bracketed { "page[after]" } else { "after" });
        }
        "cursor" if matches!(parent.as_str(), "pagination" | "paging") => return known("after"),
        "nextcursor" if is_notion() => return known("start_cursor"),
        "next" if fact.value.is_number() => return known("page"),
        "nexttoken" => return known(key),
        // Azure DevOps.
        "mscontinuationtoken" => return known("continuationToken"),
        // Jira, where others leave `next` out.
        "nextpagetoken" if page.facts.iter().any(|fact| fact.word == "islast") => {
            return known(key);
        }
        _ => {}
    }
    if fact.is_cursor() {
        let name = if fact.is_header {
            key.trim_start_matches("x-").replace('-', "_")
        } else {
            key.to_owned()
        };
        return (name, true);
    }
    let at = key.to_ascii_lowercase().rfind("next");
    let Some(rest) = at.and_then(|at| key.get(at + 4..)) else {
        // A member of `next`: `{"next": {"starting_after": …}}`.
        return (key.to_owned(), !words::is_page(&fact.word));
    };
    let rest = rest.trim_start_matches(['_', '-']);
    if !PARAMS.contains(&word(rest).as_str()) {
        return ("cursor".to_owned(), false);
    }
    let mut letters = rest.chars();
    let first = letters.next();
    // `nextPageToken` but `NextPageToken`.
    let is_lower = key.starts_with(|c: char| c.is_lowercase());
    let first = first.map(|c| if is_lower { c.to_ascii_lowercase() } else { c });
    let name: String = first.into_iter().chain(letters).collect();
    (if fact.is_header { name.replace('-', "_") } else { name }, true)
}

/// Where a page cursor goes: to the place that the request has for one, or else to that of its name.
fn place(name: &str, asked: &Asked) -> Option<FoundPlace> {
    let by_name = asked.find(|sent| sent.word == word(name));
    let sent = by_name.or_else(|| asked.find(|sent| words::sends_cursor(&sent.word)));
    match sent {
        Some(sent) => sent.place.clone(),
        None => asked.place(name),
    }
}

/// A link to a last page that is another one than this, where none leads to the next one.
fn last_link(page: &FirstPage<'_>) -> Option<Unfollowed> {
    let find = |rel: &str| link_header::find(page.response.headers, rel);
    let last = find("last").filter(|_| find("next").is_none())?;
    let (here, there) = (page.response.url, page.response.url.join(&last).ok()?);
    // The first page need not say its number.
    let number = there.query_pairs().find_map(|(name, value)| {
        let is_page = words::is_page(&word(&name));
        let number: u64 = value.parse().ok().filter(|_| is_page)?;
        Some((name.into_owned(), number))
    });
    let is_here = match &number {
        Some((_, last)) => *last <= page.asked.page().map_or(1, |(_, asked)| asked),
        None => there == *here || there.query().is_none(),
    };
    if is_here || page.says_end() {
        return None;
    }
    let name = number.map_or("page".to_owned(), |(name, _)| printable::scalar(&name));
    Some(Unfollowed {
        what: format!("the `link` header has a last page, {}", without_query(&last)),
        advice: format!(
            "say it in the file: `paginator: {{type: page_number, base_page: 1, page_param: {name}, \
             total_path: null}}` or another one for the parameters that the link has"
        ),
    })
}

/// A sign of a next page that cannot be followed.
pub(super) fn unfollowed(page: &FirstPage<'_>) -> Option<Unfollowed> {
    if let Some(last) = last_link(page) {
        return Some(last);
    }
    page.facts.iter().find_map(|fact| {
        let is_named = words::is_next_word(&fact.word) || fact.is_cursor();
        let advice = match &fact.value {
            Value::Array(_) if relations(&fact.value).is_some() => return in_relations(fact),
            Value::Object(_) if WHOLE.contains(&fact.word.as_str()) && !fact.is_empty() => {
                let path = text::path(&fact.path);
                format!(
                    "say in the file `paginator: {{type: cursor, cursor_path: {path}}}` if its members are \
                     parameters of the next request, with `cursor_body_path` if it is a value of its JSON \
                     body"
                )
            }
            Value::Array(elements)
                if is_named
                    && !elements.is_empty()
                    && elements.iter().all(|one| !one.is_object() && !one.is_array()) =>
            {
                "say in the file where the list is sent back, as `cursor_body_path` of a \
                 `paginator: {type: cursor, …}`"
                    .to_owned()
            }
            _ if fact.is_header && is_named && fact.is_link() => {
                let name = printable::scalar(fact.key());
                format!(
                    "say it in the file: `paginator: {{type: header_link, links_header: {name}}}`"
                )
            }
            _ if fact.is_header
                && matches!(fact.word.as_str(), "mscontinuation" | "nextrange")
                && fact.has_content() =>
            {
                let name = printable::scalar(fact.key());
                format!(
                    "say in the file `paginator: {{type: header_cursor, cursor_key: {name}}}`, and in \
                     `headers` the one that sends it back, with the value `\"{{paginator.cursor}}\"`"
                )
            }
            _ if page.flag().is_some_and(|(_, more)| !more) => return None,
            _ if !fact.is_header && fact.has_content() && is_page_cursor(fact, page) => {
                // The body has no place for it that could be known.
                let path = text::path(&fact.path);
                format!(
                    "say it in the file: `paginator: {{type: cursor, cursor_path: {path}, \
                     cursor_body_path: …}}` with the place in the request's JSON body, such as \
                     `variables.after`, or with `cursor_param`"
                )
            }
            _ => return None,
        };
        Some(Unfollowed { what: fact.shown(), advice })
    })
}

fn in_relations(fact: &Fact) -> Option<Unfollowed> {
    let (relation, address, has_next) = relations(&fact.value)?;
    if !has_next || fact.is_header {
        return None;
    }
    let path = text::plain(&fact.path);
    Some(Unfollowed {
        what: format!("{} is a list with one to the next page", fact.place()),
        advice: format!(
            "say it in the file: `paginator: {{type: json_link, next_url_path: \
             \"{path}[?(@.{relation} == 'next')].{address}\"}}`"
        ),
    })
}
