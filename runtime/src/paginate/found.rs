//! From what was detected to the paginator that goes by it.

use super::{
    cursor::Cursor,
    detect::selector,
    detected::{FoundPaginator, FoundPlace},
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    json_link::JsonLink,
    kind::Kind,
    kinds,
    links::Links,
    offset::Offset,
    page_cursors::{PageCursors, Sending},
    page_number::PageNumber,
    position::Position,
    single_page::SinglePage,
    total::Total,
    total_at::TotalAt,
};
use crate::{error::Reason, http::request::Place, plan::End};

impl FoundPlace {
    fn place(&self) -> Place {
        match self {
            FoundPlace::Param(name) => Place::Param(name.clone().into()),
            FoundPlace::Body(path) => {
                Place::Body(path.iter().map(|key| key.clone().into()).collect())
            }
        }
    }
}

impl FoundPaginator {
    /// The paginator, at the first page or at this position.
    pub(super) fn kind(
        &self,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Box<dyn Kind>, Reason> {
        kinds::no_page_size_yet(page_size)?;
        Ok(match self {
            FoundPaginator::SinglePage => Box::new(SinglePage),
            FoundPaginator::HeaderLink => {
                let find = HeaderLink::of("next".into());
                Box::new(Links::new(find, None, kinds::next_url(position)?.as_deref())?)
            }
            FoundPaginator::JsonLink { next_url_path, .. } => {
                let find = JsonLink { path: selector(next_url_path) };
                Box::new(Links::new(find, None, kinds::next_url(position)?.as_deref())?)
            }
            FoundPaginator::HeaderCursor { cursor_key, cursor_param } => {
                let find = HeaderCursor::new(cursor_key)?;
                let place = Place::Param(cursor_param.clone().into());
                let kept = kinds::page_cursor(position)?;
                Box::new(PageCursors::new(find, Sending::at(place), None, kept))
            }
            FoundPaginator::Cursor { cursor_path, place, .. } => {
                let find = Cursor::at(selector(cursor_path));
                let kept = kinds::page_cursor(position)?;
                Box::new(PageCursors::new(find, Sending::at(place.place()), None, kept))
            }
            FoundPaginator::Offset { place, offset, total_path, .. } => Box::new(Offset {
                skipped: kinds::offset(position)?.unwrap_or(*offset),
                place: place.place(),
                page_size: None,
                total: total(total_path.as_deref()),
                maximum: None,
                until: None,
                step: None,
                received: 0,
                seen: None,
                is_doubted: false,
            }),
            FoundPaginator::PageNumber { place, base_page, page, total_path, pages, .. } => {
                Box::new(PageNumber {
                    base: *base_page,
                    page: kinds::page_number(position)?.unwrap_or(*page),
                    place: place.place(),
                    page_size: None,
                    total: total(total_path.as_deref()),
                    maximum: pages.map(|pages| pages.saturating_add(*base_page)),
                    received: 0,
                    pages: None,
                    is_doubted: false,
                })
            }
        })
    }

    /// What ends the pages besides.
    pub(super) fn end(&self) -> End {
        let path = |path: &Option<Vec<String>>| path.as_deref().map(selector);
        match self {
            FoundPaginator::JsonLink { end, .. }
            | FoundPaginator::Cursor { end, .. }
            | FoundPaginator::Offset { end, .. }
            | FoundPaginator::PageNumber { end, .. } => End {
                has_more_path: path(&end.has_more_path),
                end_path: path(&end.end_path),
                ..End::NONE
            },
            _ => End::NONE,
        }
    }

    /// The total of records of a paginator that does not count them.
    pub(super) fn total(&self) -> Option<Total> {
        match self {
            FoundPaginator::JsonLink { total_path, .. }
            | FoundPaginator::Cursor { total_path, .. } => total(total_path.as_deref()),
            _ => None,
        }
    }
}

fn total(path: Option<&[String]>) -> Option<Total> {
    path.map(selector).map(TotalAt::Body).map(Total::new)
}
