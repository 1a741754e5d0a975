//! What a first response shows of the pages after it.

use super::{
    candidate::{Candidate, Next, Unfollowed},
    counted, follow,
    page::FirstPage,
};
use crate::{
    paginate::{
        detected::{FoundPaginator, FoundPlace},
        key_path as text,
    },
    plan::printable,
};

/// What a first response shows of the pages after it.
pub(in crate::paginate) struct Shown {
    /// What says that there are more records, if anything does.
    pub(in crate::paginate) more: Option<More>,
    /// How the next page is asked for, if that is known.
    pub(in crate::paginate) paginator: Option<FoundPaginator>,
    /// What to write into the file where there are more and that is not known.
    pub(in crate::paginate) advice: String,
}

/// A sign of more records.
pub(in crate::paginate) enum More {
    /// The server says so: `` `meta.next` is "abc" ``.
    Said(String),
    /// The page is as full as the request wanted it, and nothing says that it is the last one.
    Full(String),
}

impl Shown {
    pub(in crate::paginate) fn of(page: &FirstPage<'_>) -> Shown {
        let mut candidates = follow::candidates(page);
        candidates.extend(counted::candidates(page));
        let shown = |more: Option<More>, paginator: Option<FoundPaginator>| {
            let is_needed = more.is_some() && paginator.is_none();
            let advice = if is_needed { generic(page) } else { String::new() };
            Shown { more, paginator, advice }
        };
        let said = candidates.iter().position(|one| matches!(one.next, Next::Said(_)));
        if let Some(index) = said {
            let Candidate { paginator, next } = candidates.swap_remove(index);
            let what = if let Next::Said(what) = next { Some(More::Said(what)) } else { None };
            return shown(what, Some(paginator));
        }
        let unfollowed = follow::unfollowed(page).or_else(|| counted::unfollowed(page));
        if let Some(Unfollowed { what, advice }) = unfollowed {
            return Shown { more: Some(More::Said(what)), paginator: None, advice };
        }
        let open = candidates.iter().position(|one| matches!(one.next, Next::Open));
        let open = open.map(|index| candidates.swap_remove(index).paginator);
        if let Some(what) = page.says_more() {
            let paginator = open.or_else(|| counted::by_size(page));
            return shown(Some(More::Said(what)), paginator);
        }
        if open.is_some() {
            return shown(page.is_full().map(More::Full), open);
        }
        match candidates.into_iter().next() {
            Some(at_end) => shown(None, Some(at_end.paginator)),
            None => shown(page.is_full().map(More::Full), None),
        }
    }
}

/// The paginators that it may be.
fn generic(page: &FirstPage<'_>) -> String {
    let list = page.body["object"] == "list" && page.body["data"].is_array();
    if list && page.end().has_more_path.is_some_and(|path| path == ["has_more"]) {
        return "say it in the file: `paginator: {type: cursor, cursor_path: \"data[-1].id\", \
                cursor_param: starting_after, has_more_path: has_more}`"
            .to_owned();
    }
    let total = page.totals().iter().find_map(|total| total.body_path());
    let total = total.map_or("null".to_owned(), |path| text::path(&path));
    let (limit, limit_place) = match page.asked.size() {
        Some((size, limit)) => (limit, size.place.clone()),
        None => (page.count.max(1), None),
    };
    let (place, page_place) = match limit_place {
        Some(FoundPlace::Body(path)) => {
            let beside = |name: &str| {
                let mut path = path.clone();
                path.pop();
                path.push(name.to_owned());
                text::path(&path)
            };
            let (offset, page) = (beside("offset"), beside("page"));
            let limit = text::path(&path);
            (
                format!(", limit_body_path: {limit}, offset_body_path: {offset}"),
                format!(", page_body_path: {page}"),
            )
        }
        Some(FoundPlace::Param(name)) if name != "limit" => {
            (format!(", limit_param: {}", printable::scalar(&name)), String::new())
        }
        _ => (String::new(), String::new()),
    };
    format!(
        "say it in the file: `paginator: {{type: offset, limit: {limit}{place}, total_path: \
         {total}}}` or `paginator: {{type: page_number, base_page: 1{page_place}, total_path: null}}` or another one; \
         `paginator: single_page` if that is all"
    )
}
