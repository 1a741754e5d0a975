//! Paginators, with what they leave out filled in.

use super::selector;
use crate::{
    config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{Paginator, Selector},
    parse::Setting,
    source::{Span, Spanned},
};

/// The endpoint's paginator, else the client's. There is no guessing: a guess that is wrong reads
/// one page of many, and says so to nobody.
pub(super) fn check(
    endpoint: &Setting<config::Paginator>,
    client: &Setting<config::Paginator>,
    resource: Span,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    match if endpoint.is_absent() { client } else { endpoint } {
        Setting::Given(config::Paginator::Cursor(cursor)) => self::cursor(cursor, diagnostics),
        Setting::Given(config::Paginator::SinglePage(_)) | Setting::Invalid => {
            Paginator::SinglePage
        }
        Setting::Absent => {
            let message = "nothing says how this resource is paged";
            diagnostics.push(
                Diagnostic::error(Code::MissingKey, resource, message)
                    .help("if it comes in one piece, add `paginator: single_page` to its endpoint")
                    .help(
                        "if responses hold a cursor, add `paginator: {type: cursor, cursor_path: \
                         meta.next, cursor_param: cursor}`, there or in `client`",
                    ),
            );
            Paginator::SinglePage
        }
    }
}

/// What is left out is as in dlt: `cursors.next`, sent as `cursor`.
fn cursor(cursor: &config::CursorPaginator, diagnostics: &mut Diagnostics) -> Paginator {
    let cursor_path = match cursor.cursor_path.get() {
        Some(path) => selector::read(path, diagnostics),
        None => None,
    };
    let default_path = || Selector {
        text: "cursors.next".to_owned(),
        keys: vec!["cursors".to_owned(), "next".to_owned()],
    };
    if let Some(limit) = cursor.limit.get().filter(|limit| limit.value == 0) {
        let message = "pages of no records never end";
        diagnostics.push(Diagnostic::error(Code::InvalidNumber, limit.span, message));
    }
    let limit = cursor.limit.get().map(|limit| limit.value);
    if let (Some(param), true) = (cursor.limit_param.get(), cursor.limit.is_absent()) {
        let message = "`limit_param` says how `limit` is sent, which is not there";
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, param.span, message)
                .help("add the page size, `limit: 100`"),
        );
    }
    let or = |setting: &Setting<Spanned<String>>, default: &str| {
        setting.get().map_or_else(|| default.to_owned(), |text| text.value.clone())
    };
    Paginator::Cursor {
        cursor_path: cursor_path.unwrap_or_else(default_path),
        cursor_param: or(&cursor.cursor_param, "cursor"),
        limit,
        limit_param: or(&cursor.limit_param, "limit"),
    }
}
