//! Paginators: that they can work, and end, with what they leave out filled in.

use rest_source_plan::{End, PageSize, Paginator, Place, Selector, Str};

use super::selector;
use crate::{
    config::{self, CursorPaginator, Endpoint, OffsetPaginator, PageNumberPaginator},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
};

/// Checks a paginator where it stands. What is left out is as in dlt.
pub(super) fn check(
    paginator: &config::Paginator,
    endpoint: Option<&Endpoint>,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    match paginator {
        config::Paginator::Auto(_) => Paginator::Auto,
        config::Paginator::SinglePage(_) => Paginator::SinglePage,
        config::Paginator::JsonLink(link) | config::Paginator::JsonResponse(link) => {
            let next_url_path = path(&link.next_url_path, diagnostics);
            Paginator::JsonLink { next_url_path: next_url_path.unwrap_or_else(|| keys(&["next"])) }
        }
        config::Paginator::HeaderLink(link) => {
            not_empty("links_next_key", &link.links_next_key, diagnostics);
            Paginator::HeaderLink { rel: or(&link.links_next_key, "next") }
        }
        config::Paginator::HeaderCursor(cursor) => {
            not_empty("cursor_key", &cursor.cursor_key, diagnostics);
            not_empty("cursor_param", &cursor.cursor_param, diagnostics);
            Paginator::HeaderCursor {
                header: or(&cursor.cursor_key, "next"),
                cursor_param: or(&cursor.cursor_param, "cursor"),
            }
        }
        config::Paginator::Cursor(cursor) => self::cursor(cursor, endpoint, diagnostics),
        config::Paginator::Offset(offset) => self::offset(offset, endpoint, diagnostics),
        config::Paginator::PageNumber(page) => page_number(page, endpoint, diagnostics),
    }
}

fn or(setting: &Setting<Spanned<String>>, default: &'static str) -> Str {
    setting.get().map_or(Str::Borrowed(default), |text| text.value.clone().into())
}

fn keys(keys: &[&'static str]) -> Selector {
    Selector::Keys(keys.iter().map(|key| Str::Borrowed(*key)).collect())
}

/// A guess that is wrong reads one page of many, and says so to nobody.
pub(super) fn guessed(resource: Span, diagnostics: &mut Diagnostics) {
    let message = "how this resource is paged is left to a guess from its first response";
    let diagnostic = Diagnostic::error(Code::AutoPaginator, resource, message);
    diagnostics.push(with_examples(diagnostic));
}

/// Shows what may be written in the place of a guess.
pub(super) fn with_examples(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help("if it comes in one piece, add `paginator: single_page` to its endpoint").help(
        "if responses hold a cursor, add `paginator: {type: cursor, cursor_path: meta.next, \
             cursor_param: cursor}`, there or in `client`",
    )
}

fn cursor(
    cursor: &CursorPaginator,
    endpoint: Option<&Endpoint>,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    let cursor_path = path(&cursor.cursor_path, diagnostics);
    let has_more_path = path(&cursor.has_more_path, diagnostics);
    let place = sent_once(
        ("cursor_param", &cursor.cursor_param),
        ("cursor_body_path", &cursor.cursor_body_path),
        "cursor",
        endpoint,
        diagnostics,
    );
    not_empty("limit_param", &cursor.limit_param, diagnostics);
    page_size(&cursor.limit, diagnostics);
    if let (Some(param), true) = (cursor.limit_param.get(), cursor.limit.is_absent()) {
        let message = "`limit_param` says how `limit` is sent, which is not there";
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, param.span, message)
                .help("add the page size, `limit: 100`"),
        );
    }
    let page_size = cursor.limit.get().map(|limit| PageSize {
        place: Place::Param(or(&cursor.limit_param, "limit")),
        records: limit.value,
    });
    Paginator::Cursor {
        cursor_path: cursor_path.unwrap_or_else(|| keys(&["cursors", "next"])),
        place,
        initial_cursor: cursor.initial_cursor.get().map(|text| text.value.clone().into()),
        page_size,
        end: end(&cursor.stop_after_empty_page, false, has_more_path),
    }
}

fn end(stop: &Setting<Spanned<bool>>, default: bool, has_more_path: Option<Selector>) -> End {
    let stop_after_empty_page = stop.get().map_or(default, |stop| stop.value);
    End { stop_after_empty_page, has_more_path }
}

fn offset(
    offset: &OffsetPaginator,
    endpoint: Option<&Endpoint>,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    page_size(&offset.limit, diagnostics);
    let place = sent_once(
        ("offset_param", &offset.offset_param),
        ("offset_body_path", &offset.offset_body_path),
        "offset",
        endpoint,
        diagnostics,
    );
    let size_place = sent_once(
        ("limit_param", &offset.limit_param),
        ("limit_body_path", &offset.limit_body_path),
        "limit",
        endpoint,
        diagnostics,
    );
    let (total_path, has_more_path) = check_end(
        &offset.total_path,
        ("maximum_offset", &offset.maximum_offset),
        &offset.has_more_path,
        &offset.stop_after_empty_page,
        diagnostics,
    );
    let first = offset.offset.get().map_or(0, |offset| offset.value);
    check_reached("maximum_offset", &offset.maximum_offset, first, diagnostics);
    Paginator::Offset {
        offset: first,
        place,
        page_size: PageSize {
            place: size_place,
            records: offset.limit.get().map_or(1, |limit| limit.value),
        },
        total_path,
        maximum_offset: offset.maximum_offset.get().map(|maximum| maximum.value),
        end: end(&offset.stop_after_empty_page, true, has_more_path),
    }
}

fn page_number(
    page: &PageNumberPaginator,
    endpoint: Option<&Endpoint>,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    let place = sent_once(
        ("page_param", &page.page_param),
        ("page_body_path", &page.page_body_path),
        "page",
        endpoint,
        diagnostics,
    );
    let (total_path, has_more_path) = check_end(
        &page.total_path,
        ("maximum_page", &page.maximum_page),
        &page.has_more_path,
        &page.stop_after_empty_page,
        diagnostics,
    );
    let base_page = page.base_page.get().map_or(0, |base| base.value);
    let first = page.page.get().map_or(base_page, |page| page.value);
    check_reached("maximum_page", &page.maximum_page, first, diagnostics);
    Paginator::PageNumber {
        base_page,
        page: first,
        place,
        total_path,
        maximum_page: page.maximum_page.get().map(|maximum| maximum.value),
        end: end(&page.stop_after_empty_page, true, has_more_path),
    }
}

/// Without a total, a maximum, a word of the server or an end at the first empty page, there is
/// nothing that ends it. Gives where a response has the total, and that word.
fn check_end(
    total_path: &Setting<Option<Spanned<String>>>,
    (maximum_key, maximum): (&str, &Setting<Spanned<u64>>),
    has_more_path: &Setting<Spanned<String>>,
    stop_after_empty_page: &Setting<Spanned<bool>>,
    diagnostics: &mut Diagnostics,
) -> (Option<Selector>, Option<Selector>) {
    let total = match total_path {
        Setting::Given(Some(total)) => selector::read(total, diagnostics),
        Setting::Given(None) | Setting::Invalid => None,
        Setting::Absent => Some(keys(&["total"])),
    };
    let has_more = path(has_more_path, diagnostics);
    let no_total = matches!(total_path, Setting::Given(None));
    if let Some(stop) = stop_after_empty_page.get()
        && !stop.value
        && no_total
        && maximum.is_absent()
        && has_more_path.is_absent()
    {
        let message = "nothing ends this: pages would be asked for without end";
        diagnostics.push(Diagnostic::error(Code::NeverStops, stop.span, message).help(format!(
            "leave this out, or add `total_path`, `has_more_path` or `{maximum_key}`"
        )));
    }
    (total, has_more)
}

/// A maximum is exclusive: one at the beginning is passed before the first request.
fn check_reached(
    key: &str,
    maximum: &Setting<Spanned<u64>>,
    first: u64,
    diagnostics: &mut Diagnostics,
) {
    if let Some(maximum) = maximum.get().filter(|maximum| maximum.value <= first) {
        let message = format!("no page comes before this: the first one is {first}");
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, maximum.span, message)
                .help(format!("`{key}` is the first number that is not asked for any more")),
        );
    }
}

/// A value goes into the query or into the body. A form is sent as it is, so that a value for its
/// body would never arrive, and every page be the first.
fn sent_once(
    (param_key, param): (&str, &Setting<Spanned<String>>),
    (body_key, body): (&str, &Setting<Spanned<String>>),
    default: &'static str,
    endpoint: Option<&Endpoint>,
    diagnostics: &mut Diagnostics,
) -> Place {
    not_empty(param_key, param, diagnostics);
    let Some(body) = body.get() else { return Place::Param(or(param, default)) };
    if let Some(param) = param.get() {
        let message = format!("`{body_key}` and `{param_key}` send the same value to two places");
        diagnostics.push(
            Diagnostic::error(Code::Conflict, body.span, message)
                .label(param.span, "the other place")
                .help("keep one of them"),
        );
    }
    if body.value.split('.').any(str::is_empty) {
        let message = "this is no path in a JSON body";
        diagnostics.push(
            Diagnostic::error(Code::InvalidSelector, body.span, message)
                .help("a path of keys, as in `page.number`"),
        );
    }
    if let Some(data) = endpoint.and_then(|endpoint| endpoint.data.get()) {
        let message = format!("`{body_key}` is a place in a JSON body, and this body is no JSON");
        diagnostics.push(
            Diagnostic::error(Code::Conflict, body.span, message)
                .label(data.span, "a form or text")
                .help(format!("write the body as `json`, or send the value by `{param_key}`")),
        );
    }
    Place::Body(body.value.split('.').map(|key| Str::Owned(key.to_owned())).collect())
}

fn page_size(limit: &Setting<Spanned<u64>>, diagnostics: &mut Diagnostics) {
    if let Some(limit) = limit.get().filter(|limit| limit.value == 0) {
        let message = "pages of no records never end";
        diagnostics.push(Diagnostic::error(Code::InvalidNumber, limit.span, message));
    }
}

fn path(setting: &Setting<Spanned<String>>, diagnostics: &mut Diagnostics) -> Option<Selector> {
    selector::read(setting.get()?, diagnostics)
}

fn not_empty(key: &str, setting: &Setting<Spanned<String>>, diagnostics: &mut Diagnostics) {
    if let Some(text) = setting.get().filter(|text| text.value.is_empty()) {
        let message = format!("`{key}` is a name, and this one is empty");
        diagnostics.push(Diagnostic::error(Code::InvalidName, text.span, message));
    }
}
