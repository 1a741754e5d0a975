//! The kinds of paginators as one type.

use super::{
    Halt,
    cursor::Cursor,
    custom::{AnyPaginate, Custom},
    end::End,
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    json_link::JsonLink,
    link::Link,
    observed::Observed,
    offset::Offset,
    page::Page,
    page_cursor::PageCursor,
    page_number::PageNumber,
    place::{PageSize, Sent, place},
    position::Position,
    step::{Again, Step, Why},
    total::Total,
};
use crate::{
    http::{inputs::Inputs, request::Request},
    plan::{self, Paginator as Plan},
};

/// A paginator of any kind.
#[derive(Clone)]
pub(super) enum Kind {
    /// To be detected from the first response.
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
            Plan::JsonLink { next_url_path, .. } => {
                no_page_size(page_size)?;
                let path = next_url_path.clone();
                Kind::JsonLink(JsonLink { path, link: Link::new(next_url(position)?.as_deref())? })
            }
            Plan::HeaderLink { rel, .. } => {
                no_page_size(page_size)?;
                let link = Link::new(next_url(position)?.as_deref())?;
                Kind::HeaderLink(HeaderLink { rel: inputs.name(rel)?, link })
            }
            Plan::HeaderCursor { header, cursor_param, .. } => {
                no_page_size(page_size)?;
                let current = page_cursor(position)?;
                let (header, param) = (inputs.name(header)?, inputs.name(cursor_param)?);
                Kind::HeaderCursor(HeaderCursor::new(&header, param, current)?)
            }
            Plan::Cursor { cursor_path, place: at, initial_cursor, page_size: planned, .. } => {
                let planned = resize(planned.as_ref(), page_size, inputs)?;
                let initial = initial_cursor.as_ref().map(|text| inputs.text(text)).transpose()?;
                let current = page_cursor(position)?.or(initial.as_deref().map(PageCursor::from));
                let place = place(at, inputs)?;
                Kind::Cursor(Box::new(Cursor::new(cursor_path, place, planned, current)))
            }
            Plan::Offset {
                offset,
                place: at,
                page_size: planned,
                total_path,
                maximum_offset,
                ..
            } => Kind::Offset(Box::new(Offset {
                skipped: match self::offset(position)? {
                    Some(offset) => offset,
                    None => inputs.count(offset)?,
                },
                place: place(at, inputs)?,
                page_size: resize(Some(planned), page_size, inputs)?,
                total: total_path.clone().map(Total::new),
                maximum: maximum_offset
                    .as_ref()
                    .map(|maximum| inputs.count(maximum))
                    .transpose()?,
                received: 0,
                seen: None,
                is_doubted: false,
            })),
            Plan::PageNumber { base_page, page, place: at, total_path, maximum_page, .. } => {
                no_page_size(page_size)?;
                Kind::PageNumber(Box::new(PageNumber {
                    base: inputs.count(base_page)?,
                    page: match page_number(position)? {
                        Some(page) => page,
                        None => inputs.count(page)?,
                    },
                    place: place(at, inputs)?,
                    total: total_path.clone().map(Total::new),
                    maximum: maximum_page
                        .as_ref()
                        .map(|maximum| inputs.count(maximum))
                        .transpose()?,
                    received: 0,
                    pages: None,
                    is_doubted: false,
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

    /// Moves on to the page after this one. `more` is what a value of the response says of whether
    /// there is one.
    pub(super) fn advance(
        &mut self,
        page: &Page<'_>,
        end: &End,
        more: Option<bool>,
        observed: &Observed,
    ) -> Result<Step, Halt> {
        match self {
            Kind::Auto | Kind::SinglePage => Ok(Step::Last(Why::Declared)),
            Kind::JsonLink(json_link) => json_link.advance(page),
            Kind::HeaderLink(header_link) => header_link.advance(page),
            Kind::HeaderCursor(header_cursor) => header_cursor.advance(page),
            Kind::Cursor(cursor) => cursor.advance(page),
            Kind::Offset(offset) => offset.advance(page, end, more, observed),
            Kind::PageNumber(page_number) => page_number.advance(page, end, more, observed),
            Kind::Custom(custom) => custom.advance(page),
        }
    }

    /// Remembers what the next request asks for. Gives it if a request has asked for it before.
    pub(super) fn again(&mut self) -> Option<Again> {
        match self {
            Kind::JsonLink(json_link) => json_link.link.again(),
            Kind::HeaderLink(header_link) => header_link.link.again(),
            Kind::HeaderCursor(header_cursor) => header_cursor.again(),
            Kind::Cursor(cursor) => cursor.again(),
            Kind::Custom(custom) => custom.again(),
            Kind::Auto | Kind::SinglePage | Kind::Offset(_) | Kind::PageNumber(_) => None,
        }
    }

    /// What the paginator counts, if it asks for pages by a number.
    pub(super) fn counts(&self) -> Option<Counts> {
        match self {
            Kind::Offset(offset) => Some(Counts {
                is_page: false,
                value: offset.skipped,
                asked: offset.page_size.as_ref().map(|size| size.records),
                has_total: offset.total.as_ref().and_then(Total::largest).is_some(),
                is_reached: offset.is_doubted,
            }),
            Kind::PageNumber(number) => Some(Counts {
                is_page: true,
                value: number.page,
                asked: None,
                has_total: number.total.as_ref().and_then(Total::largest).is_some(),
                is_reached: number.is_doubted,
            }),
            _ => None,
        }
    }

    /// Whether it follows links or page cursors, and so ends where nothing leads on.
    pub(super) fn follows(&self) -> bool {
        matches!(
            self,
            Kind::JsonLink(_) | Kind::HeaderLink(_) | Kind::HeaderCursor(_) | Kind::Cursor(_)
        )
    }

    /// The total that it ends at.
    pub(super) fn total(&self) -> Option<&Total> {
        match self {
            Kind::Offset(offset) => offset.total.as_ref(),
            Kind::PageNumber(number) => number.total.as_ref(),
            _ => None,
        }
    }

    /// Goes on from the total that an interrupted fetch has seen last.
    pub(super) fn resume_total(&mut self, last: u64) {
        let total = match self {
            Kind::Offset(offset) => offset.total.as_mut(),
            Kind::PageNumber(number) => number.total.as_mut(),
            _ => None,
        };
        if let Some(total) = total {
            total.resume(last);
        }
    }

    /// What asks for the page, and what is likely to be wrong if the server gives another one.
    pub(super) fn asked(&self) -> (String, String) {
        let unknown = "it seems not to know that parameter, or to have no such page".to_owned();
        match self {
            Kind::Offset(offset) => (Sent(&offset.place, offset.skipped).to_string(), unknown),
            Kind::PageNumber(number) => (Sent(&number.place, number.page).to_string(), unknown),
            Kind::Cursor(cursor) => ("the page cursor".to_owned(), cursor.ignored()),
            Kind::HeaderCursor(cursor) => ("the page cursor".to_owned(), cursor.ignored()),
            _ => ("the next link".to_owned(), "it leads to the same page again".to_owned()),
        }
    }

    /// What a total says of more, where the pages are to end.
    pub(super) fn remaining(&self, is_resumed: bool) -> Option<String> {
        match self {
            Kind::Offset(offset) => offset.remaining(),
            Kind::PageNumber(number) => number.remaining(is_resumed),
            _ => None,
        }
    }

    /// The page cursor, or a number in the next link, is larger than that of this page: the server
    /// looks at it, or else has counted its requests.
    pub(super) fn grows(&self) -> bool {
        match self {
            Kind::Cursor(cursor) => cursor.grows(),
            Kind::HeaderCursor(cursor) => cursor.grows(),
            Kind::JsonLink(json_link) => json_link.link.grows(),
            Kind::HeaderLink(header_link) => header_link.link.grows(),
            _ => false,
        }
    }

    /// What is told where there is no such page as was requested behind so many, although the total
    /// was larger, if that may be right.
    pub(super) fn may_end(&self, pages: u64, is_short: bool) -> Option<String> {
        let (total, sent, what) = match self {
            Kind::Offset(offset) if offset.may_end(pages) => {
                (&offset.total, Sent(&offset.place, offset.skipped), "records")
            }
            Kind::PageNumber(number) if number.may_end(is_short) => {
                (&number.total, Sent(&number.place, number.page), "pages")
            }
            _ => return None,
        };
        let total = total.as_ref()?;
        let (path, count) = (total.path(), total.largest()?);
        Some(format!(
            "`{path}` said that there are {count} {what}, but the server has no page for {sent}, where \
             the fetch ends: the total has shrunk, or the pages before were short"
        ))
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

/// What a paginator counts, and what it knows of the pages.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    /// Whether it is pages and not records.
    pub(super) is_page: bool,
    /// What the request for a page says.
    pub(super) value: u64,
    /// How many records were asked for.
    pub(super) asked: Option<u64>,
    /// Whether a total says how many there are.
    pub(super) has_total: bool,
    /// Whether the total was reached by the page before.
    pub(super) is_reached: bool,
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
        Some(_) => Err(
            "the page size cannot be set with `paginator: auto`, as its parameter is not known \
                 before the first response: declare the paginator that `cargo rest-source probe` \
                 shows, or set the server's parameter by `param`"
                .to_owned(),
        ),
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
            Err("the page size cannot be set, as no parameter is known for it: add `limit` to the \
                 paginator"
                .to_owned())
        }
    }
}
