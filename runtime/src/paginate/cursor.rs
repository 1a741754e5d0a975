//! `cursor`: the response's body holds a page cursor.

use std::ops::ControlFlow;

use super::{
    Halt,
    page::Page,
    page_cursor::{Found, PageCursor},
    page_cursors::FindPageCursor,
    step::{Absent, Why},
};
use crate::{http::request::Place, plan::Selector};

/// Finds page cursors in bodies.
#[derive(Clone)]
pub(super) struct Cursor {
    pub(super) path: Selector,
}

impl FindPageCursor for Cursor {
    fn find(
        &mut self,
        page: &Page<'_>,
        place: &Place,
    ) -> Result<ControlFlow<Why, PageCursor>, Halt> {
        let found = PageCursor::find(&mut self.path, place, page)?;
        let absent = |what| Absent { what, setting: format!("cursor_path: {}", self.path) };
        Ok(match found {
            Found::PageCursor(page_cursor) => ControlFlow::Continue(page_cursor),
            Found::Nothing => ControlFlow::Break(Why::Said),
            Found::Zero => ControlFlow::Break(Why::Zero(absent("page cursor other than `0`"))),
            Found::Absent => ControlFlow::Break(Why::Absent(absent("page cursor"))),
        })
    }
}
