//! The kinds of paginators as one type.

use super::{
    Halt, Response,
    cursor::Cursor,
    custom::{AnyPaginate, Custom},
    end::End,
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    history::LastPage,
    json_link::JsonLink,
    link::Link,
    offset::Offset,
    page_cursor::PageCursor,
    page_number::PageNumber,
    place::{PageSize, place},
};
use crate::{
    checkpoint::Position,
    inputs::Inputs,
    plan::{self, Paginator as Plan, Selector},
    request::Request,
};

/// A paginator of any kind.
#[derive(Clone)]
pub(super) enum Kind {
    /// To be found out from the first response.
    Auto,
    SinglePage,
    JsonLink(JsonLink),
    HeaderLink(HeaderLink),
    HeaderCursor(HeaderCursor),
    Cursor(Box<Cursor>),
    Offset(Box<Offset>),
    PageNumber(Box<PageNumber>),
    Custom(Custom),
}

impl Kind {
    /// The planned paginator, its settings filled in, at the first page or at this position.
    pub(super) fn new(
        plan: &Plan,
        inputs: &Inputs,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Kind, String> {
        Ok(match plan {
            Plan::Auto => {
                no_page_size_yet(page_size)?;
                nowhere(position)?;
                Kind::Auto
            }
            Plan::SinglePage => {
                no_page_size(page_size)?;
                nowhere(position)?;
                Kind::SinglePage
            }
            Plan::JsonLink { next_url_path } => {
                no_page_size(page_size)?;
                let path = next_url_path.clone();
                Kind::JsonLink(JsonLink { path, link: Link::new(next_url(position)?.as_deref())? })
            }
            Plan::HeaderLink { rel } => {
                no_page_size(page_size)?;
                let link = Link::new(next_url(position)?.as_deref())?;
                Kind::HeaderLink(HeaderLink { rel: inputs.name(rel)?, link })
            }
            Plan::HeaderCursor { header, cursor_param } => {
                no_page_size(page_size)?;
                let current = page_cursor(position)?;
                let (header, param) = (inputs.name(header)?, inputs.name(cursor_param)?);
                Kind::HeaderCursor(HeaderCursor::new(&header, param, current)?)
            }
            Plan::Cursor { cursor_path, place: at, initial_cursor, page_size: planned, end } => {
                let planned = resize(planned.as_ref(), page_size, inputs)?;
                let initial = initial_cursor.as_ref().map(|text| inputs.text(text)).transpose()?;
                let current = page_cursor(position)?.or(initial.as_deref().map(PageCursor::from));
                let place = place(at, inputs)?;
                Kind::Cursor(Box::new(Cursor::new(cursor_path, place, planned, end, current)))
            }
            Plan::Offset {
                offset,
                place: at,
                page_size: planned,
                total_path,
                maximum_offset,
                end,
            } => Kind::Offset(Box::new(Offset {
                skipped: match self::offset(position)? {
                    Some(offset) => offset,
                    None => inputs.count(offset)?,
                },
                place: place(at, inputs)?,
                page_size: resize(Some(planned), page_size, inputs)?,
                total: total_path.clone(),
                maximum: maximum_offset
                    .as_ref()
                    .map(|maximum| inputs.count(maximum))
                    .transpose()?,
                end: End::new(end),
                last_page: LastPage::default(),
                seen: None,
            })),
            Plan::PageNumber { base_page, page, place: at, total_path, maximum_page, end } => {
                no_page_size(page_size)?;
                Kind::PageNumber(Box::new(PageNumber {
                    base: inputs.count(base_page)?,
                    page: match page_number(position)? {
                        Some(page) => page,
                        None => inputs.count(page)?,
                    },
                    place: place(at, inputs)?,
                    total: total_path.clone(),
                    maximum: maximum_page
                        .as_ref()
                        .map(|maximum| inputs.count(maximum))
                        .transpose()?,
                    end: End::new(end),
                    last_page: LastPage::default(),
                    pages: None,
                }))
            }
        })
    }

    pub(super) fn custom(
        custom: Box<dyn AnyPaginate>,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Kind, String> {
        no_page_size(page_size)?;
        let state = read(position, |position| match position {
            Position::Custom(state) => Some(state),
            _ => None,
        })?;
        Ok(Kind::Custom(Custom::new(custom, state)?))
    }

    pub(super) fn ask(&self, request: &mut Request) {
        match self {
            Kind::Auto | Kind::SinglePage => {}
            Kind::JsonLink(json_link) => json_link.link.ask(request),
            Kind::HeaderLink(header_link) => header_link.link.ask(request),
            Kind::HeaderCursor(header_cursor) => header_cursor.ask(request),
            Kind::Cursor(cursor) => cursor.ask(request),
            Kind::Offset(offset) => offset.ask(request),
            Kind::PageNumber(page_number) => page_number.ask(request),
            Kind::Custom(custom) => custom.ask(request),
        }
    }

    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Selector,
    ) -> Result<bool, Halt> {
        match self {
            Kind::Auto | Kind::SinglePage => Ok(false),
            Kind::JsonLink(json_link) => json_link.advance(response),
            Kind::HeaderLink(header_link) => header_link.advance(response),
            Kind::HeaderCursor(header_cursor) => header_cursor.advance(response),
            Kind::Cursor(cursor) => cursor.advance(response, records),
            Kind::Offset(offset) => offset.advance(response, records),
            Kind::PageNumber(page_number) => page_number.advance(response, records),
            Kind::Custom(custom) => custom.advance(response, records),
        }
    }

    /// The paginator after the page that this one asks for, if that can be known before the page has
    /// come. It is only good for asking.
    pub(super) fn predict(&self) -> Option<Kind> {
        match self {
            Kind::Offset(offset) => Some(Kind::Offset(Box::new(offset.predict()?))),
            Kind::PageNumber(page) => Some(Kind::PageNumber(Box::new(page.predict()?))),
            _ => None,
        }
    }

    pub(super) fn position(&self) -> Option<Position> {
        match self {
            Kind::Auto | Kind::SinglePage => None,
            Kind::JsonLink(json_link) => json_link.link.next_url().map(Position::NextUrl),
            Kind::HeaderLink(header_link) => header_link.link.next_url().map(Position::NextUrl),
            Kind::HeaderCursor(header_cursor) => {
                header_cursor.page_cursor().map(Position::PageCursor)
            }
            Kind::Cursor(cursor) => cursor.page_cursor().map(Position::PageCursor),
            Kind::Offset(offset) => Some(Position::Offset(offset.skipped)),
            Kind::PageNumber(page_number) => Some(Position::PageNumber(page_number.page)),
            Kind::Custom(custom) => Some(Position::Custom(custom.state())),
        }
    }
}

/// Why a position is of no use.
const OTHER: &str = "the checkpoint is one of another paginator";

fn nowhere(position: Option<Position>) -> Result<(), String> {
    position.map_or(Ok(()), |_| Err(OTHER.to_owned()))
}

pub(super) fn next_url(position: Option<Position>) -> Result<Option<String>, String> {
    read(position, |position| match position {
        Position::NextUrl(url) => Some(url),
        _ => None,
    })
}

pub(super) fn page_cursor(position: Option<Position>) -> Result<Option<PageCursor>, String> {
    read(position, |position| match position {
        Position::PageCursor(value) => PageCursor::from_value(value),
        _ => None,
    })
}

pub(super) fn offset(position: Option<Position>) -> Result<Option<u64>, String> {
    read(position, |position| match position {
        Position::Offset(offset) => Some(offset),
        _ => None,
    })
}

pub(super) fn page_number(position: Option<Position>) -> Result<Option<u64>, String> {
    read(position, |position| match position {
        Position::PageNumber(page) => Some(page),
        _ => None,
    })
}

fn read<T>(
    position: Option<Position>,
    read: impl FnOnce(Position) -> Option<T>,
) -> Result<Option<T>, String> {
    position.map(|position| read(position).ok_or_else(|| OTHER.to_owned())).transpose()
}

/// Before the first response nobody knows what a page size would be called.
pub(super) fn no_page_size_yet(page_size: Option<u64>) -> Result<(), String> {
    match page_size {
        None => Ok(()),
        Some(_) => {
            Err("the page size cannot be set with the paginator `auto`, as it is not known \
                        what the server calls it: write the paginator down that `cargo \
                        rest-source probe` shows, or set the server's parameter by `param`"
                .to_owned())
        }
    }
}

fn no_page_size(page_size: Option<u64>) -> Result<(), String> {
    match page_size {
        None => Ok(()),
        Some(_) => Err("the page size cannot be set, as this paginator has no parameter for it; \
                        if the API has one, set it by `param`"
            .to_owned()),
    }
}

/// The page size that was planned, or else asked for.
fn resize(
    planned: Option<&plan::PageSize>,
    records: Option<u64>,
    inputs: &Inputs,
) -> Result<Option<PageSize>, String> {
    match (planned, records) {
        (Some(planned), records) => PageSize::filled(planned, records, inputs).map(Some),
        (None, None) => Ok(None),
        (None, Some(0)) => Err("a page size of 0 records is none".to_owned()),
        (None, Some(_)) => {
            Err("the page size cannot be set, as no parameter is known for it: give \
                                the paginator a `limit`"
                .to_owned())
        }
    }
}
