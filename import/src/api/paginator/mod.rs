//! The paginator, from the names of parameters and from what the response has beside its records: links first,
//! which need no parameter, then page cursors, then page numbers and offsets.

mod evidence;
mod names;

use std::fmt::Write as _;

use self::{
    evidence::{Evidence, Member, Named, size},
    names::{
        CURSORS, HAS_MORE, HEADERS_OF_CURSOR, HEADERS_OF_PAGES, HEADERS_OF_TOTAL, IS_LAST, LIMITS,
        LINKS, NEXT_CURSORS, NEXT_LINKS, OFFSETS, PAGES, TOTAL_PAGES, TOTALS, last, plain,
    },
};
use super::{operation::Operation, records::Records, reference::Document, schema::Kind};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// The page size that is requested where the document states none.
const USUAL_SIZE: i64 = 100;

/// A paginator and why it was guessed.
pub(super) struct Paging<'a> {
    /// The paginator.
    pub(super) paginator: Mapping,
    /// Why it was guessed.
    pub(super) reason: String,
    /// The query parameters that it sends.
    pub(super) sends: Vec<&'a str>,
    /// The parameter that asks for larger pages, where the paginator does not send one.
    pub(super) size: Option<(&'a str, i64)>,
}

/// The paginator of an operation, by its records where they are known, and their key.
pub(super) fn of<'a>(
    document: &Document<'a>,
    operation: &Operation<'a>,
    records: Option<&Records<'a>>,
    key: Option<&str>,
) -> Option<Paging<'a>> {
    let evidence = Evidence::of(document, operation, records);
    header_link(&evidence)
        .or_else(|| cursor(&evidence))
        .or_else(|| json_link(&evidence))
        .or_else(|| header_cursor(&evidence))
        .or_else(|| last_record(&evidence, records?, key))
        .or_else(|| page_number(&evidence))
        .or_else(|| offset(&evidence))
        .or_else(|| undocumented_cursor(&evidence))
}

/// Whether a parameter of this name pages.
pub(crate) fn is_paging(name: &str) -> bool {
    let name = plain(last(name));
    [&PAGES[..], &OFFSETS, &LIMITS, &CURSORS].iter().any(|names| names.contains(&name.as_str()))
}

/// Whether a parameter of this name sends a page cursor, which is of no use to another fetch.
pub(crate) fn is_cursor(name: &str) -> bool {
    CURSORS.contains(&plain(last(name)).as_str())
}

/// Whether a member or header of this name is the page cursor of the next page, whatever is around it.
pub(crate) fn is_next_cursor(name: &str) -> bool {
    let name = plain(name);
    let is_sure = name.contains("next") || name.contains("page") || name.contains("cursor");
    (NEXT_CURSORS.contains(&name.as_str()) && is_sure) || HEADERS_OF_CURSOR.contains(&name.as_str())
}

fn of_type(kind: &str) -> Mapping {
    Mapping::of([("type", Node::text(kind))])
}

impl<'a> Paging<'a> {
    /// One that follows links, which have all parameters.
    fn by_link(evidence: &Evidence<'a>, paginator: Mapping, reason: String) -> Paging<'a> {
        let limit = evidence.parameter(&LIMITS).map(|limit| limit.parameter);
        let size = limit.and_then(|limit| Some((limit.name, size(&limit)?)));
        let sends = limit.filter(|_| size.is_some()).map(|limit| limit.name);
        Paging { paginator, reason, sends: sends.into_iter().collect(), size }
    }

    /// One that sends where it is, and the page size if the request has one.
    fn by_parameter(
        evidence: &Evidence<'a>,
        mut paginator: Mapping,
        position: Option<&'a str>,
        reason: String,
    ) -> Paging<'a> {
        let mut sends: Vec<&str> = position.into_iter().collect();
        let limit = evidence.parameter(&LIMITS).map(|limit| limit.parameter);
        if let Some(limit) = limit.filter(|limit| Some(limit.name) != position) {
            paginator.set("limit", Node::number(size(&limit).unwrap_or(USUAL_SIZE)));
            paginator.set("limit_param", Node::text(limit.name));
            sends.push(limit.name);
        }
        Paging { paginator, reason, sends, size: None }
    }
}

/// A documented `Link` header.
fn header_link<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    evidence.header(&["link"])?;
    let reason = "the response documents the header `Link`".to_owned();
    Some(Paging::by_link(evidence, of_type("header_link"), reason))
}

/// The address of the next page in the body.
fn json_link<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let is_text = |member: &Member<'a>| member.kind == Kind::Text;
    let is_paged = || evidence.parameter(&PAGES).or(evidence.parameter(&OFFSETS)).is_some();
    let named = || evidence.member(&NEXT_LINKS, is_text);
    let href = || {
        let leads_on = |member: &Member<'a>| is_text(member) && member.within == "next";
        evidence.member(&["href", "url", "uri", "link"], leads_on)
    };
    let linked = || {
        let is_link = |member: &Member<'a>| {
            let is_between = evidence.members.iter().any(|other| {
                other.within == member.within && ["previous", "prev"].contains(&other.name.as_str())
            });
            is_text(member)
                && (member.is_address
                    || member.within.ends_with("links")
                    || (LINKS.contains(&member.within.as_str()) && is_between)
                    || (member.within.is_empty() && (is_between || is_paged())))
        };
        evidence.member(&["next", "nextpage"], is_link)
    };
    let path = match named().or_else(href).or_else(linked) {
        Some(member) => member.selector(),
        None => evidence.relation.clone()?,
    };
    let mut paginator = of_type("json_link");
    let reason = format!("`{path}` of the response is the next page's address");
    paginator.set("next_url_path", Node::Text(path));
    Some(Paging::by_link(evidence, paginator, reason))
}

/// A page cursor in the body that a parameter sends back.
fn cursor<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let next = next_cursor(evidence)?;
    let named: Vec<&Named<'a>> = evidence
        .parameters
        .iter()
        .filter(|named| CURSORS.contains(&named.name.as_str()) || named.name == next.name)
        .collect();
    let without_next = next.name.trim_start_matches("next");
    let rank = |named: &&Named<'a>| {
        let place = CURSORS.iter().position(|name| *name == named.name).unwrap_or(CURSORS.len());
        let is_own = named.name == next.name || named.name == without_next;
        if is_own { 0 } else { place + 1 }
    };
    let param = named.into_iter().min_by_key(rank)?.parameter.name;
    let mut paginator = of_type("cursor");
    let path = next.selector();
    let reason = format!("`{path}` of the response and the parameter `{param}`");
    paginator.set("cursor_path", Node::Text(path));
    paginator.set("cursor_param", Node::text(param));
    // `pageInfo` of GraphQL has a page cursor on the last page, too.
    let is_beside = |member: &Member<'a>| {
        member.kind == Kind::Bool && next.name == "endcursor" && member.within == next.within
    };
    if let Some(flag) = evidence.member(&HAS_MORE, is_beside) {
        paginator.set("has_more_path", Node::Text(flag.selector()));
    }
    Some(Paging::by_parameter(evidence, paginator, Some(param), reason))
}

/// The member that is the next page cursor, and no address or number of a page.
fn next_cursor<'e, 'a>(evidence: &'e Evidence<'a>) -> Option<&'e Member<'a>> {
    evidence.member(&NEXT_CURSORS, |member| {
        let is_certain = member.name.contains("token") || member.name.contains("cursor");
        let is_page = ["next", "nextpage"].contains(&member.name.as_str());
        matches!(member.kind, Kind::Text | Kind::Integer)
            && (is_certain || !member.is_address)
            && !(is_page && (member.kind == Kind::Integer || member.within.ends_with("links")))
    })
}

/// A page cursor in a header.
fn header_cursor<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let header = evidence.header(&HEADERS_OF_CURSOR)?;
    let param = evidence.parameter(&CURSORS)?.parameter.name;
    let mut paginator = of_type("header_cursor");
    paginator.set("cursor_key", Node::text(header));
    paginator.set("cursor_param", Node::text(param));
    let reason = format!("the header `{header}` of the response and the parameter `{param}`");
    Some(Paging::by_parameter(evidence, paginator, Some(param), reason))
}

/// A parameter that takes the key of the last record, beside a flag that there are more.
fn last_record<'a>(
    evidence: &Evidence<'a>,
    records: &Records<'a>,
    key: Option<&str>,
) -> Option<Paging<'a>> {
    let param = evidence.parameter(&["startingafter", "afterid", "after"])?.parameter.name;
    let flag = evidence.member(&HAS_MORE, |member| member.kind == Kind::Bool)?;
    let mut paginator = of_type("cursor");
    paginator.set("cursor_path", Node::Text(format!("{}[-1].{}", records.selector(), key?)));
    paginator.set("cursor_param", Node::text(param));
    paginator.set("has_more_path", Node::Text(flag.selector()));
    let reason = format!(
        "`{param}` takes the key of the last record, `{}` says whether to",
        flag.selector()
    );
    Some(Paging::by_parameter(evidence, paginator, Some(param), reason))
}

/// A parameter that is the number of a page.
fn page_number<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let page = evidence.parameter(&PAGES)?;
    let is_short = page.name.len() <= 2;
    if is_short && !page.is_number {
        return None;
    }
    let param = page.parameter.name;
    let mut paginator = of_type("page_number");
    paginator.set("page_param", Node::text(param));
    paginator.set("base_page", Node::number(first_page(page)));
    let is_number = |member: &Member<'a>| matches!(member.kind, Kind::Integer | Kind::Number);
    let total = evidence.member(&TOTAL_PAGES, is_number);
    let mut reason = format!("the parameter `{param}`");
    match (total, evidence.header(&HEADERS_OF_PAGES)) {
        (Some(total), _) => {
            let _ = write!(reason, " and `{}` of the response", total.selector());
            paginator.set("total_path", Node::Text(total.selector()));
        }
        (None, Some(header)) => paginator.set("total_header", Node::text(header)),
        (None, None) => paginator.set("total_path", Node::Plain("null".to_owned())),
    }
    set_flag(evidence, &mut paginator);
    Some(Paging::by_parameter(evidence, paginator, Some(param), reason))
}

/// The number of the first page: what the document says it is, or 1.
fn first_page(page: &Named<'_>) -> i64 {
    let number = |key: &str| page.parameter.schema.get(key).and_then(Value::whole);
    let text = page.parameter.value.text_of("description").unwrap_or_default().to_lowercase();
    let is_zero = [
        "zero-based",
        "zero based",
        "0-based",
        "0 based",
        "starts at 0",
        "starting at 0",
        "starting from 0",
        "starts from 0",
        "first page is 0",
        "(0..n)",
        "begins at 0",
    ];
    let is_zero = is_zero.iter().any(|words| text.contains(words))
        || ["pageindex", "skippages"].contains(&page.name.as_str());
    let sent = page.parameter.sent.and_then(|sent| sent.parse().ok());
    match sent.or(number("default")).or(number("minimum")) {
        Some(first @ 0..=1) => first,
        Some(_) => 1,
        None => i64::from(!is_zero),
    }
}

/// A parameter that is the number of records to skip, beside one that is the page size.
fn offset<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let offset = evidence.parameter(&OFFSETS)?;
    let is_range =
        evidence.parameter(&["end", "to", "until", "enddate", "todate", "endtime"]).is_some();
    let may_be_range = ["start", "from", "index"].contains(&offset.name.as_str());
    let is_date = |format: &str| format.starts_with("date");
    if (may_be_range && (is_range || offset.is_text))
        || offset.parameter.schema.text_of("format").is_some_and(is_date)
    {
        return None;
    }
    let limit = evidence.parameter(&LIMITS)?;
    let param = offset.parameter.name;
    let mut paginator = of_type("offset");
    paginator.set("offset_param", Node::text(param));
    let number = |key: &str| offset.parameter.schema.get(key).and_then(Value::whole);
    if number("default").or(number("minimum")) == Some(1) {
        paginator.set("offset", Node::number(1));
    }
    let is_number = |member: &Member<'a>| matches!(member.kind, Kind::Integer | Kind::Number);
    let mut reason = format!("the parameters `{param}` and `{}`", limit.parameter.name);
    match (evidence.member(&TOTALS, is_number), evidence.header(&HEADERS_OF_TOTAL)) {
        (Some(total), _) => {
            let _ = write!(reason, ", and `{}` of the response", total.selector());
            paginator.set("total_path", Node::Text(total.selector()));
        }
        (None, Some(header)) => paginator.set("total_header", Node::text(header)),
        (None, None) => paginator.set("total_path", Node::Plain("null".to_owned())),
    }
    set_flag(evidence, &mut paginator);
    Some(Paging::by_parameter(evidence, paginator, Some(param), reason))
}

/// A flag of the response that ends the pages.
fn set_flag(evidence: &Evidence<'_>, paginator: &mut Mapping) {
    let is_flag = |member: &Member<'_>| member.kind == Kind::Bool;
    if let Some(flag) = evidence.member(&HAS_MORE, is_flag) {
        paginator.set("has_more_path", Node::Text(flag.selector()));
    } else if let Some(flag) = evidence.member(&IS_LAST, is_flag) {
        paginator.set("end_path", Node::Text(flag.selector()));
    }
}

/// A page cursor in the body that no documented parameter sends: the one of its name is likely to.
fn undocumented_cursor<'a>(evidence: &Evidence<'a>) -> Option<Paging<'a>> {
    let next = next_cursor(evidence)?;
    let is_telling =
        ["nextpagetoken", "nextcursor", "nexttoken", "continuationtoken", "nextmarker"];
    if !is_telling.contains(&next.name.as_str()) {
        return None;
    }
    let name = next.path.last().copied().unwrap_or_default();
    let rest = ["next_", "next-", "next"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let param = match rest.filter(|_| next.name != "nexttoken") {
        Some(rest) => {
            let mut characters = rest.chars();
            let first = characters.next().map(|c| c.to_ascii_lowercase());
            first.into_iter().chain(characters).collect()
        }
        None => name.to_owned(),
    };
    let mut paginator = of_type("cursor");
    let path = next.selector();
    let reason = format!(
        "`{path}` of the response; no parameter is documented that sends it, and `{param}` is usual"
    );
    paginator.set("cursor_path", Node::Text(path));
    paginator.set("cursor_param", Node::Text(param));
    Some(Paging::by_parameter(evidence, paginator, None, reason))
}
