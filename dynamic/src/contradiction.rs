//! What the first two pages of a resource contradict in its description.

use rest_source::{
    Client,
    plan::{
        Configurable, Cursor, End, HeaderCursor, HeaderLink, JsonLink, Link, Offset, PageNumber,
        PageSize, Paginator, Part, Place, ResourcePlan, Selector, Template, Total,
    },
};
use serde_json::Value;

use crate::{
    Fetch,
    page::{Raw, ends, same, with_paginator},
};

impl Fetch {
    /// What shows that there are more pages, although the description's paginator ends at the first one.
    pub(crate) async fn contradicted_end(
        &self,
        client: &Client,
        plan: &Link<ResourcePlan>,
        first: &Raw,
    ) -> Option<String> {
        match self.contradicted_flag(client, plan, first).await {
            Some(what) => Some(what),
            None => self.contradicted_paginator(client, plan, first).await,
        }
    }

    /// A flag that ends the pages at the first one, where a second one comes without it.
    async fn contradicted_flag(
        &self,
        client: &Client,
        plan: &Link<ResourcePlan>,
        first: &Raw,
    ) -> Option<String> {
        let mut paginator = plan.endpoint.paginator.clone();
        let end = end_of(&mut paginator)?;
        let what = match (end.has_more_path.take(), end.end_path.take()) {
            (_, Some(path)) => format!(
                "`{path}` is no `end_path`; if it says that there are more, it is `has_more_path`"
            ),
            (Some(path), None) => format!(
                "`{path}` is no `has_more_path`; if it says that this is the last page, it is `end_path`"
            ),
            (None, None) => return None,
        };
        let plan = with_paginator(plan, paginator);
        let again = self.probing(client, plan.clone()).pages().try_next().await.ok()??;
        if ends(&again) {
            return None;
        }
        let second = self.probing(client, plan).resume(again.checkpoint);
        let second = second.pages().try_next().await.ok()??;
        let count = second.records.len();
        let is_another = count > 0 && !same(first, &second);
        is_another.then(|| format!("the second page has {}, so that {what}", records(count)))
    }

    /// Another paginator that the first response shows.
    async fn contradicted_paginator(
        &self,
        client: &Client,
        plan: &Link<ResourcePlan>,
        first: &Raw,
    ) -> Option<String> {
        let (place, size) = match &plan.endpoint.paginator {
            Paginator::Auto => return None,
            Paginator::Cursor(Cursor { place, page_size, .. })
            | Paginator::PageNumber(PageNumber { place, page_size, .. }) => {
                (Some(place), page_size.as_ref())
            }
            Paginator::HeaderCursor(HeaderCursor { place, page_size, .. }) => {
                (place.as_ref(), page_size.as_ref())
            }
            Paginator::Offset(Offset { place, page_size, .. }) => (Some(place), Some(page_size)),
            _ => (None, None),
        };
        // What texts of the endpoint name, no other paginator has.
        if matches!(place, Some(Place::Text | Place::Json)) {
            return None;
        }
        let mut fetch = self.probing(client, with_paginator(plan, Paginator::Auto));
        if let Some(PageSize { place, records, .. }) = size {
            let (name, records) = literal(place, records)?;
            fetch = fetch.param(name, records);
        }
        match fetch.pages().try_next().await {
            Ok(Some(page)) if !ends(&page) && page.records.len() == first.records.len() => {
                let paginator = page.detected.paginator?;
                Some(format!("the response shows `paginator: {paginator}`"))
            }
            Err(error) if error.is_config() => {
                // Without the resource and the page, which are known.
                let text = error.to_string();
                Some(text.split_once(": ").map_or(text.clone(), |(_, what)| what.to_owned()))
            }
            Ok(_) | Err(_) => None,
        }
    }
}

impl Fetch {
    /// What is described as the total and is how many records a page has, although the second page is the
    /// last one by it: a third one comes without it.
    pub(crate) async fn contradicted_last(
        &self,
        client: &Client,
        plan: &Link<ResourcePlan>,
        (first, second): (&Raw, &Raw),
    ) -> Option<String> {
        let mut paginator = plan.endpoint.paginator.clone();
        let Paginator::PageNumber(PageNumber { total_path, .. }) = &mut paginator else {
            return None;
        };
        let path = total_path.take().filter(|_| ends(second) && is_of_page(first))?;
        let bare = self.probing(client, with_paginator(plan, paginator)).max_pages(3);
        let mut pages = bare.pages();
        for _ in 0..2 {
            pages.try_next().await.ok()??;
        }
        let third = pages.try_next().await.ok()??;
        let is_another = !third.records.is_empty() && !same(first, &third) && !same(second, &third);
        is_another.then(|| no_total(&path, first, second))
    }
}

/// What is described as the total, and is how many records each of two pages has.
pub(crate) fn contradicted_total(plan: &ResourcePlan, first: &Raw, second: &Raw) -> Option<String> {
    let path = match &plan.endpoint.paginator {
        Paginator::Offset(Offset { total_path, .. }) => {
            total_path.as_ref().filter(|_| is_of_page(first))
        }
        Paginator::PageNumber(PageNumber { total_path, .. }) => total_path
            .as_ref()
            .filter(|path| !is_of_pages(path) && is_of_page(first) && is_of_page(second)),
        // Where nothing is counted, it is how many records are still to come.
        other => match &other.end().total {
            Total::At(path) if stated(first) == Some(0) => Some(path),
            _ => None,
        },
    }?;
    (!second.records.is_empty()).then(|| no_total(path, first, second))
}

/// The total that a page states.
fn stated(page: &Raw) -> Option<u64> {
    let checkpoint = serde_json::to_value(&page.checkpoint).ok()?;
    checkpoint.get("total").and_then(Value::as_u64)
}

fn is_of_page(page: &Raw) -> bool {
    stated(page) == Some(page.records.len() as u64)
}

fn no_total(path: &Selector, first: &Raw, second: &Raw) -> String {
    let (one, other) = (records(first.records.len()), records(second.records.len()));
    format!(
        "`{path}` is how many records a page has ({one} on the first one, {other} on the second one), \
         and no total; say `total_path: null`, or where the total is"
    )
}

/// Whether the name says that it is a number of pages, which may well be that of a page's records, too.
fn is_of_pages(path: &Selector) -> bool {
    path.to_string().rsplit('.').next().is_some_and(|name| name.to_lowercase().contains("page"))
}

fn records(count: usize) -> String {
    format!("{count} {}", if count == 1 { "record" } else { "records" })
}

fn end_of(paginator: &mut Paginator) -> Option<&mut End> {
    match paginator {
        Paginator::JsonLink(JsonLink { end, .. })
        | Paginator::HeaderLink(HeaderLink { end, .. })
        | Paginator::HeaderCursor(HeaderCursor { end, .. })
        | Paginator::Cursor(Cursor { end, .. })
        | Paginator::Offset(Offset { end, .. })
        | Paginator::PageNumber(PageNumber { end, .. }) => Some(end),
        _ => None,
    }
}

/// A query parameter and its number, if no setting is in them.
fn literal<'a>(place: &'a Place, records: &Configurable<u64>) -> Option<(&'a str, u64)> {
    let Place::Param(Template(parts)) = place else { return None };
    match &**parts {
        [Part::Text(name)] => Some((name, *records.known()?)),
        _ => None,
    }
}
