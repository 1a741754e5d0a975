//! From what was detected to the paginator that goes by it.

use super::{
    cursor::Cursor,
    detect::selector,
    detected::{FoundPaginator, FoundPlace},
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    json_link::JsonLink,
    kind::{self, Kind},
    link::Link,
    offset::Offset,
    page_number::PageNumber,
    position::Position,
    total::Total,
};
use crate::{http::request::Place, plan::End};

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
    ) -> Result<Kind, String> {
        kind::no_page_size_yet(page_size)?;
        let path = |path: &Option<Vec<String>>| path.as_deref().map(selector);
        Ok(match self {
            FoundPaginator::SinglePage => Kind::SinglePage,
            FoundPaginator::HeaderLink => {
                let link = Link::new(kind::next_url(position)?.as_deref())?;
                Kind::HeaderLink(HeaderLink { rel: "next".into(), link })
            }
            FoundPaginator::JsonLink { next_url_path, .. } => {
                let link = Link::new(kind::next_url(position)?.as_deref())?;
                Kind::JsonLink(JsonLink { path: selector(next_url_path), link })
            }
            FoundPaginator::HeaderCursor { cursor_key, cursor_param } => {
                let current = kind::page_cursor(position)?;
                let cursor_param = cursor_param.clone().into();
                Kind::HeaderCursor(HeaderCursor::new(cursor_key, cursor_param, current)?)
            }
            FoundPaginator::Cursor { cursor_path, place, .. } => {
                let current = kind::page_cursor(position)?;
                let (path, place) = (selector(cursor_path), place.place());
                Kind::Cursor(Box::new(Cursor::new(&path, place, None, current)))
            }
            FoundPaginator::Offset { place, offset, total_path, .. } => {
                Kind::Offset(Box::new(Offset {
                    skipped: kind::offset(position)?.unwrap_or(*offset),
                    place: place.place(),
                    page_size: None,
                    total: path(total_path).map(Total::new),
                    maximum: None,
                    received: 0,
                    seen: None,
                    is_doubted: false,
                }))
            }
            FoundPaginator::PageNumber { place, base_page, page, total_path, pages, .. } => {
                Kind::PageNumber(Box::new(PageNumber {
                    base: *base_page,
                    page: kind::page_number(position)?.unwrap_or(*page),
                    place: place.place(),
                    total: path(total_path).map(Total::new),
                    maximum: pages.map(|pages| pages.saturating_add(*base_page)),
                    received: 0,
                    pages: None,
                    is_doubted: false,
                }))
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
            | FoundPaginator::Cursor { total_path, .. } => {
                total_path.as_deref().map(selector).map(Total::new)
            }
            _ => None,
        }
    }
}
