//! What a paginator looks for in a body.

use rest_source_plan::Selector;

use super::super::selector;
use crate::{
    config::{self, Endpoint, Paginator},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Lines and rows are a list, in which no key leads anywhere.
pub(super) fn check(
    format: &Spanned<config::ResponseFormat>,
    endpoint: &Endpoint,
    client: Option<&Paginator>,
    diagnostics: &mut Diagnostics,
) {
    let what = match &format.value {
        config::ResponseFormat::Csv(_) => "a `csv` body is a list of rows",
        config::ResponseFormat::Jsonl(_) => "a `jsonl` body is a list of lines",
        config::ResponseFormat::Json(_) | config::ResponseFormat::Xml(_) => return,
    };
    // As everywhere, `auto` counts as absent.
    let own = endpoint.paginator.get().filter(|own| !matches!(own, Paginator::Auto(_)));
    let Some(paginator) = own.or(client) else { return };
    let Paths { given, default } = paths(paginator);
    for (key, path) in given {
        if !matches!(selector::parse(&path.value), Some(Selector::Keys(keys)) if !keys.is_empty()) {
            continue;
        }
        let message = format!("{what}, in which `{}` leads nowhere", path.value);
        let diagnostic =
            Diagnostic::error(Code::Conflict, path.span, message).label(format.span, "the format");
        diagnostics.push(diagnostic.help(help(key)));
    }
    if let Some(key) = default {
        let message = format!("{what}, so that the paginator needs `{key}`");
        diagnostics.push(Diagnostic::error(Code::MissingKey, format.span, message).help(help(key)));
    }
}

fn help(key: &str) -> String {
    match key {
        "total_path" => "leave it out: pages end at the first empty one".to_owned(),
        "has_more_path" | "end_path" => {
            "leave it out, or write where the last record says so, `$[-1].NAME`".to_owned()
        }
        _ => format!(
            "if a header leads to the next page, use `header_link` or `header_cursor`; if the last record \
             does, write `{key}: \"$[-1].NAME\"`"
        ),
    }
}

/// The paths that a paginator follows in a body.
struct Paths<'a> {
    given: Vec<(&'static str, &'a Spanned<String>)>,
    /// The key of one that is needed and left out.
    default: Option<&'static str>,
}

fn paths(paginator: &Paginator) -> Paths<'_> {
    let (next, total, ends) = match paginator {
        Paginator::Auto(_) | Paginator::SinglePage(_) => {
            return Paths { given: Vec::new(), default: None };
        }
        Paginator::JsonLink(of) | Paginator::JsonResponse(of) => {
            (Some(("next_url_path", &of.next_url_path)), &of.total_path, &of.ends)
        }
        Paginator::Cursor(of) => (Some(("cursor_path", &of.cursor_path)), &of.total_path, &of.ends),
        Paginator::HeaderLink(of) => (None, &of.total_path, &of.ends),
        Paginator::HeaderCursor(of) => (None, &of.total_path, &of.ends),
        Paginator::Offset(of) => (None, &of.total_path, &of.ends),
        Paginator::PageNumber(of) => (None, &of.total_path, &of.ends),
    };
    let default = next.filter(|(_, path)| path.is_absent()).map(|(key, _)| key);
    let mut given = Vec::new();
    given.extend(next.and_then(|(key, path)| Some((key, path.get()?))));
    given.extend(total.get().and_then(|path| Some(("total_path", path.as_ref()?))));
    given.extend(ends.has_more_path.get().map(|path| ("has_more_path", path)));
    given.extend(ends.end_path.get().map(|path| ("end_path", path)));
    Paths { given, default }
}
