//! From the plan of a paginator to its kind.

use super::{
    cursor::Cursor,
    custom::{AnyPaginate, Custom},
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    json_link::JsonLink,
    kind::Kind,
    links::Links,
    offset::Offset,
    page_cursor::PageCursor,
    page_cursors::PageCursors,
    page_number::PageNumber,
    place::{PageSize, place},
    position::Position,
    single_page::SinglePage,
    total::Total,
};
use crate::{
    http::{inputs::Inputs, request::Place},
    plan::{self, Paginator as Plan},
};

/// The planned paginator, its settings filled in, at the first page or at this position. That of `auto`
/// asks for the first page.
pub(super) fn planned(
    plan: &Plan,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, String> {
    match plan {
        Plan::Auto => no_page_size_yet(page_size)?,
        Plan::Cursor(_) | Plan::Offset(_) => {}
        _ => no_page_size(page_size)?,
    }
    let count = |maximum: &Option<_>| inputs.optional_count(maximum.as_ref());
    Ok(match plan {
        Plan::Auto | Plan::SinglePage => {
            nowhere(position)?;
            Box::new(SinglePage)
        }
        Plan::JsonLink(plan::JsonLink { next_url_path, .. }) => {
            let find = JsonLink { path: next_url_path.clone() };
            Box::new(Links::new(find, next_url(position)?.as_deref())?)
        }
        Plan::HeaderLink(plan::HeaderLink { rel, .. }) => {
            let find = HeaderLink { rel: inputs.name(rel)? };
            Box::new(Links::new(find, next_url(position)?.as_deref())?)
        }
        Plan::HeaderCursor(plan::HeaderCursor { header, cursor_param, .. }) => {
            let find = HeaderCursor::new(&inputs.name(header)?)?;
            let place = Place::Param(inputs.name(cursor_param)?);
            Box::new(PageCursors::new(find, place, None, page_cursor(position)?))
        }
        Plan::Cursor(plan::Cursor {
            cursor_path,
            place: at,
            initial_cursor,
            page_size: planned,
            ..
        }) => {
            let planned = resize(planned.as_ref(), page_size, inputs)?;
            let initial = match initial_cursor {
                Some(text) if !inputs.is_unset(text) => Some(inputs.text(text)?),
                _ => None,
            };
            let current = page_cursor(position)?.or(initial.as_deref().map(PageCursor::from));
            let find = Cursor { path: cursor_path.clone() };
            Box::new(PageCursors::new(find, place(at, inputs)?, planned, current))
        }
        Plan::Offset(plan::Offset {
            offset,
            place: at,
            page_size: planned,
            total_path,
            maximum_offset,
            ..
        }) => Box::new(Offset {
            skipped: match self::offset(position)? {
                Some(offset) => offset,
                None => inputs.count(offset)?,
            },
            place: place(at, inputs)?,
            page_size: resize(Some(planned), page_size, inputs)?,
            total: total_path.clone().map(Total::new),
            maximum: count(maximum_offset)?,
            received: 0,
            seen: None,
            is_doubted: false,
        }),
        Plan::PageNumber(plan::PageNumber {
            base_page,
            page,
            place: at,
            total_path,
            maximum_page,
            ..
        }) => Box::new(PageNumber {
            base: inputs.count(base_page)?,
            page: match page_number(position)? {
                Some(page) => page,
                None => inputs.count(page)?,
            },
            place: place(at, inputs)?,
            total: total_path.clone().map(Total::new),
            maximum: count(maximum_page)?,
            received: 0,
            pages: None,
            is_doubted: false,
        }),
    })
}

/// A paginator from outside this crate.
pub(super) fn custom(
    custom: Box<dyn AnyPaginate>,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, String> {
    no_page_size(page_size)?;
    let state = read(position, |position| match position {
        Position::Custom(state) => Some(state),
        _ => None,
    })?;
    Ok(Box::new(Custom::new(custom, state)?))
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

/// Before the first response it is unknown what a page size is called.
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
