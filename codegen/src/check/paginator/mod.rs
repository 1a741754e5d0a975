//! Paginators: that they can work, and end, with what they leave out filled in.

mod end;
mod place;

use rest_source_plan::{
    Configurable, Cursor, HeaderCursor, HeaderLink, JsonLink, Offset, PageNumber, PageSize,
    Paginator, Place, Selector, Str, Template,
};

use super::{input::Inputs, selector, setting::Filling};
use crate::{
    config::{self, CursorPaginator, Endpoint, OffsetPaginator, PageNumberPaginator},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{OrTemplate, Setting, TemplateText},
    source::{Span, Spanned},
};

/// Checks a paginator. Defaults are as in dlt.
pub(super) fn check(
    paginator: &config::Paginator,
    endpoint: Option<&Endpoint>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    let mut checks = Checks { endpoint, inputs, diagnostics };
    match paginator {
        config::Paginator::Auto(_) => Paginator::Auto,
        config::Paginator::SinglePage(_) => Paginator::SinglePage,
        config::Paginator::JsonLink(link) | config::Paginator::JsonResponse(link) => {
            let next_url_path = checks.path(&link.next_url_path);
            Paginator::JsonLink(JsonLink {
                next_url_path: next_url_path.unwrap_or_else(|| keys(&["next"])),
                end: checks.end_with_total(&link.total_path, &link.ends),
                ..JsonLink::DEFAULT
            })
        }
        config::Paginator::HeaderLink(link) => Paginator::HeaderLink(HeaderLink {
            rel: checks.name(("links_next_key", &link.links_next_key), "next"),
            end: checks.end_with_total(&link.total_path, &link.ends),
            ..HeaderLink::DEFAULT
        }),
        config::Paginator::HeaderCursor(cursor) => Paginator::HeaderCursor(HeaderCursor {
            header: checks.name(("cursor_key", &cursor.cursor_key), "next"),
            cursor_param: checks.name(("cursor_param", &cursor.cursor_param), "cursor"),
            end: checks.end_with_total(&cursor.total_path, &cursor.ends),
            ..HeaderCursor::DEFAULT
        }),
        config::Paginator::Cursor(cursor) => checks.cursor(cursor),
        config::Paginator::Offset(offset) => checks.offset(offset),
        config::Paginator::PageNumber(page) => checks.page_number(page),
    }
}

fn keys(keys: &[&'static str]) -> Selector {
    Selector::Keys(keys.iter().map(|key| Str::Borrowed(*key)).collect())
}

/// Warns of detection: a wrong guess would silently fetch one page of many.
pub(super) fn guessed(resource: Span, diagnostics: &mut Diagnostics) {
    let message = "no paginator is configured: it is detected from the first response";
    let diagnostic = Diagnostic::error(Code::AutoPaginator, resource, message);
    diagnostics.push(with_examples(diagnostic));
}

/// Adds examples of what to write instead of relying on detection.
pub(super) fn with_examples(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help("if it has a single page, add `paginator: single_page` to its endpoint").help(
        "if responses hold a cursor, add `paginator: {type: cursor, cursor_path: meta.next, \
             cursor_param: cursor}`, there or in `client`",
    )
}

/// A key and the text or number that it has.
type Keyed<'a, T> = (&'static str, &'a Setting<Spanned<T>>);

struct Checks<'a> {
    endpoint: Option<&'a Endpoint>,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
}

impl Checks<'_> {
    fn cursor(&mut self, cursor: &CursorPaginator) -> Paginator {
        let cursor_path = self.path(&cursor.cursor_path);
        let place = self.sent_once(
            ("cursor_param", &cursor.cursor_param),
            ("cursor_body_path", &cursor.cursor_body_path),
            "cursor",
        );
        let size_place = Place::Param(self.name(("limit_param", &cursor.limit_param), "limit"));
        self.page_size(&cursor.limit);
        if let (Some(param), true) = (cursor.limit_param.get(), cursor.limit.is_absent()) {
            let message = "`limit_param` requires `limit`";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, param.span, message)
                    .help("add the page size, `limit: 100`"),
            );
        }
        let records = self.number(&cursor.limit, Filling::count(1));
        let initial_cursor = cursor.initial_cursor.get();
        Paginator::Cursor(Cursor {
            cursor_path: cursor_path.unwrap_or_else(|| keys(&["cursors", "next"])),
            place,
            initial_cursor: initial_cursor.map(|text| self.filled(text, Filling::OMITTED)),
            page_size: records.map(|records| PageSize {
                place: size_place,
                records,
                ..PageSize::DEFAULT
            }),
            end: self.end_with_total(&cursor.total_path, &cursor.ends),
            ..Cursor::DEFAULT
        })
    }

    fn offset(&mut self, offset: &OffsetPaginator) -> Paginator {
        self.page_size(&offset.limit);
        let place = self.sent_once(
            ("offset_param", &offset.offset_param),
            ("offset_body_path", &offset.offset_body_path),
            "offset",
        );
        let size_place = self.sent_once(
            ("limit_param", &offset.limit_param),
            ("limit_body_path", &offset.limit_body_path),
            "limit",
        );
        let short = offset.stop_after_short_page.get();
        let maximum = ("maximum_offset", &offset.maximum_offset);
        let total_path = self.total(&offset.total_path, maximum, &offset.ends, short);
        let first = self.number(&offset.offset, Filling::count(0).required());
        let first = first.unwrap_or(Configurable::Known(0));
        self.check_reached(("maximum_offset", &offset.maximum_offset), &first);
        let records = self.number(&offset.limit, Filling::count(1).required());
        let records = records.unwrap_or(Configurable::Known(1));
        Paginator::Offset(Offset {
            offset: first,
            place,
            page_size: PageSize { place: size_place, records, ..PageSize::DEFAULT },
            total_path,
            maximum_offset: self.number(&offset.maximum_offset, Filling::count(0)),
            end: self.end(&offset.ends, short),
            ..Offset::DEFAULT
        })
    }

    fn page_number(&mut self, page: &PageNumberPaginator) -> Paginator {
        let place = self.sent_once(
            ("page_param", &page.page_param),
            ("page_body_path", &page.page_body_path),
            "page",
        );
        let short = page.stop_after_short_page.get();
        let maximum = ("maximum_page", &page.maximum_page);
        let total_path = self.total(&page.total_path, maximum, &page.ends, short);
        let base_page = self.number(&page.base_page, Filling::count(0).required());
        let base_page = base_page.unwrap_or(Configurable::Known(0));
        let first = self.number(&page.page, Filling::count(0).required());
        let first = first.unwrap_or_else(|| base_page.clone());
        self.check_reached(("maximum_page", &page.maximum_page), &first);
        Paginator::PageNumber(PageNumber {
            base_page,
            page: first,
            place,
            total_path,
            maximum_page: self.number(&page.maximum_page, Filling::count(0)),
            end: self.end(&page.ends, short),
            ..PageNumber::DEFAULT
        })
    }

    fn page_size(&mut self, limit: &Setting<Spanned<OrTemplate<u64>>>) {
        if let Some(limit) = limit.get().filter(|limit| limit.value.known() == Some(&0)) {
            let message = "the page size must be at least 1";
            self.diagnostics.push(Diagnostic::error(Code::InvalidNumber, limit.span, message));
        }
    }

    fn path(&mut self, setting: &Setting<Spanned<String>>) -> Option<Selector> {
        selector::read(setting.get()?, self.diagnostics)
    }

    fn name(&mut self, (key, setting): Keyed<'_, TemplateText>, default: &'static str) -> Template {
        let Some(name) = setting.get() else { return Template::text(default) };
        if name.value.0.is_empty() {
            let message = format!("`{key}` must not be empty");
            self.diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
        }
        self.text(name)
    }

    fn number(
        &mut self,
        setting: &Setting<Spanned<OrTemplate<u64>>>,
        filling: Filling,
    ) -> Option<Configurable<u64>> {
        let Spanned { value, span } = setting.get()?;
        Some(match value {
            OrTemplate::Known(number) => Configurable::Known(*number),
            OrTemplate::Template(text) => {
                let inputs = &mut *self.inputs;
                Configurable::Template(inputs.read_filled(text, filling, *span, self.diagnostics))
            }
        })
    }

    fn text(&mut self, text: &Spanned<TemplateText>) -> Template {
        self.filled(text, Filling::TEXT)
    }

    fn filled(&mut self, text: &Spanned<TemplateText>, filling: Filling) -> Template {
        self.inputs.read_filled(&text.value.0, filling, text.span, self.diagnostics)
    }
}
