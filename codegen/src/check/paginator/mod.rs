//! Paginators: that they can work, and end, with what they leave out filled in.

mod end;
mod first_page;
mod named;
mod place;

use rest_source_plan::{
    Configurable, Cursor, HeaderCursor, HeaderLink, JsonLink, Offset, PageNumber, PageSize,
    Paginator, Place, Selector, Str, Template,
};

pub(super) use self::{
    first_page::FirstPages,
    named::{Mention, MentionPlace, fit},
};
use super::{header, input::Inputs, selector, setting::Filling};
use crate::{
    config::{
        self, CursorPaginator, Endpoint, HeaderCursorPaginator, HeaderLinkPaginator,
        OffsetPaginator, PageNumberPaginator,
    },
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{LooseText, OrTemplate, Setting, TemplateText, refuse_placeholder},
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
                base_path: checks.path(&link.base_path),
                end: checks.end_with_total(&link.total_path, &link.ends),
                ..JsonLink::DEFAULT
            })
        }
        config::Paginator::HeaderLink(link) => checks.header_link(link),
        config::Paginator::HeaderCursor(cursor) => checks.header_cursor(cursor),
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
    fn header_link(&mut self, link: &HeaderLinkPaginator) -> Paginator {
        let params = link.link_params.get().into_iter().flat_map(|params| &params.entries);
        let mut link_params = Vec::new();
        for (name, Spanned { value: LooseText(text), span }) in params {
            if !refuse_placeholder(&name.value, name.span, self.diagnostics) {
                let value = self.inputs.read_filled(text, Filling::TEXT, *span, self.diagnostics);
                link_params.push((Str::from(name.value.clone()), value));
            }
        }
        Paginator::HeaderLink(HeaderLink {
            rel: self.name(("links_next_key", &link.links_next_key), "next"),
            header: self.header(&link.links_header),
            link_params: link_params.into(),
            base_path: self.path(&link.base_path),
            end: self.end_with_total(&link.total_path, &link.ends),
            ..HeaderLink::DEFAULT
        })
    }

    fn header_cursor(&mut self, cursor: &HeaderCursorPaginator) -> Paginator {
        let (cursor_param, place) = match self.cursor_place(&cursor.sent) {
            Place::Param(name) => (name, None),
            place => (Template::EMPTY, Some(place)),
        };
        let header = self.header(&cursor.cursor_key);
        Paginator::HeaderCursor(HeaderCursor {
            header: header.unwrap_or_else(|| Template::text("next")),
            cursor_param,
            place,
            initial_cursor: self.initial_cursor(&cursor.sent),
            page_size: self.sent_size(&cursor.limit),
            first_page_params: self.first_page_params(&cursor.sent),
            end: self.end_with_total(&cursor.total_path, &cursor.ends),
            ..HeaderCursor::DEFAULT
        })
    }

    fn cursor(&mut self, cursor: &CursorPaginator) -> Paginator {
        let cursor_path = self.path(&cursor.cursor_path);
        let sent = &cursor.sent;
        Paginator::Cursor(Cursor {
            cursor_path: cursor_path.unwrap_or_else(|| keys(&["cursors", "next"])),
            cursor_paths: self.cursor_paths(cursor).into(),
            place: self.cursor_place(sent),
            sends_members: sent.cursor_param.is_absent() && sent.cursor_body_path.is_absent(),
            initial_cursor: self.initial_cursor(sent),
            page_size: self.sent_size(&cursor.limit),
            first_page_params: self.first_page_params(sent),
            end: self.end_with_total(&cursor.total_path, &cursor.ends),
            ..Cursor::DEFAULT
        })
    }

    /// Where the members of a page cursor are that is made of several. Together they are no text, and so
    /// no single parameter.
    fn cursor_paths(&mut self, cursor: &CursorPaginator) -> Vec<(Str, Selector)> {
        let Some(paths) = cursor.cursor_paths.get() else { return Vec::new() };
        let Some((first, _)) = paths.value.entries.first() else {
            let message = "a page cursor has one member at least";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, paths.span, message)
                    .help("write `cursor_paths: {after_id: \"data[-1].id\"}`"),
            );
            return Vec::new();
        };
        let others = [
            ("cursor_path", cursor.cursor_path.get().map(|path| path.span)),
            ("cursor_param", cursor.sent.cursor_param.get().map(|param| param.span)),
            ("initial_cursor", cursor.sent.initial_cursor.get().map(|initial| initial.span)),
        ];
        for (key, span) in others {
            if let Some(span) = span {
                let message = format!("`{key}` has no effect beside `cursor_paths`");
                self.diagnostics.push(
                    Diagnostic::error(Code::Conflict, span, message)
                        .label(first.span, "each is the parameter of its name")
                        .help("keep one of them"),
                );
            }
        }
        let mut members = Vec::new();
        for (name, path) in &paths.value.entries {
            let is_wrong = refuse_placeholder(&name.value, name.span, self.diagnostics);
            if let Some(path) = selector::read(path, self.diagnostics).filter(|_| !is_wrong) {
                members.push((Str::from(name.value.clone()), path));
            }
        }
        members
    }

    fn offset(&mut self, offset: &OffsetPaginator) -> Paginator {
        self.page_size(&offset.limit);
        let place = self.sent_once(
            ("offset_param", &offset.offset_param),
            ("offset_body_path", &offset.offset_body_path),
            "offset",
        );
        let size_place = self.size_place(&offset.limit_param, &offset.limit_body_path);
        let maximum = ("maximum_offset", &offset.maximum_offset);
        let (total_path, total_header) = self.total(&offset.total_path, maximum, &offset.ends);
        let first = self
            .number(&offset.offset, Filling::count(0).required())
            .unwrap_or(Configurable::Known(0));
        self.check_reached(("maximum_offset", &offset.maximum_offset), &first);
        if let Some(step) = offset.offset_step.get().filter(|step| step.value.known() == Some(&0)) {
            let message = "the offset must grow by at least 1";
            self.diagnostics.push(Diagnostic::error(Code::InvalidNumber, step.span, message));
        }
        let records = self
            .number(&offset.limit, Filling::count(1).required())
            .unwrap_or(Configurable::Known(1));
        Paginator::Offset(Offset {
            offset: first,
            place,
            page_size: PageSize { place: size_place, records, ..PageSize::DEFAULT },
            total_path,
            maximum_offset: self.number(&offset.maximum_offset, Filling::count(0)),
            offset_step: self.number(&offset.offset_step, Filling::count(1).required()),
            total_header,
            end: self.end(&offset.ends),
            ..Offset::DEFAULT
        })
    }

    fn page_number(&mut self, page: &PageNumberPaginator) -> Paginator {
        let place = self.sent_once(
            ("page_param", &page.page_param),
            ("page_body_path", &page.page_body_path),
            "page",
        );
        let maximum = ("maximum_page", &page.maximum_page);
        let (total_path, total_header) = self.total(&page.total_path, maximum, &page.ends);
        let base_page = self
            .number(&page.base_page, Filling::count(0).required())
            .unwrap_or(Configurable::Known(0));
        let first = self
            .number(&page.page, Filling::count(0).required())
            .unwrap_or_else(|| base_page.clone());
        self.check_reached(("maximum_page", &page.maximum_page), &first);
        Paginator::PageNumber(PageNumber {
            base_page,
            page: first,
            place,
            total_path,
            maximum_page: self.number(&page.maximum_page, Filling::count(0)),
            page_size: self.sent_size(&page.limit),
            total_header,
            end: self.end(&page.ends),
            ..PageNumber::DEFAULT
        })
    }

    fn page_size(&mut self, limit: &Setting<Spanned<OrTemplate<u64>>>) {
        if let Some(limit) = limit.get().filter(|limit| limit.value.known() == Some(&0)) {
            let message = "the page size must be at least 1";
            self.diagnostics.push(Diagnostic::error(Code::InvalidNumber, limit.span, message));
        }
    }

    /// The name of a response's header.
    fn header(&mut self, setting: &Setting<Spanned<TemplateText>>) -> Option<Template> {
        let name = setting.get()?;
        header::check_filled_name(&name.value.0, name.span, self.diagnostics);
        Some(self.text(name))
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
