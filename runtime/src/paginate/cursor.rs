//! `cursor`: the response's body holds a page cursor.

use std::ops::ControlFlow;

use super::{
    Halt,
    page::Page,
    page_cursor::{Found, PageCursor, Takes},
    page_cursors::FindPageCursor,
    step::{Absent, Why},
};
use crate::plan::{Selector, Str};

/// Finds page cursors in bodies.
#[derive(Clone)]
pub(super) struct Cursor {
    pub(super) path: Selector,
    /// Where the members of one are that is made of several, by their names.
    pub(super) members: Vec<(Str, Selector)>,
}

impl Cursor {
    /// One that is at a path.
    pub(super) fn at(path: Selector) -> Cursor {
        Cursor { path, members: Vec::new() }
    }

    /// The key of the file that says where it is, with its value.
    fn setting(&self) -> String {
        let members: Vec<String> =
            self.members.iter().map(|(name, path)| format!("{name}: {path}")).collect();
        match members.as_slice() {
            [] => format!("cursor_path: {}", self.path),
            members => format!("cursor_paths: {{{}}}", members.join(", ")),
        }
    }
}

impl FindPageCursor for Cursor {
    fn find(
        &mut self,
        page: &Page<'_>,
        takes: Takes,
    ) -> Result<ControlFlow<Why, PageCursor>, Halt> {
        let found = match self.members.as_mut_slice() {
            [] => PageCursor::find(&mut self.path, takes, page)?,
            members => PageCursor::find_members(members, takes, page)?,
        };
        let absent = |what| Absent { what, setting: self.setting() };
        Ok(match found {
            Found::PageCursor(page_cursor) => ControlFlow::Continue(page_cursor),
            Found::Nothing => ControlFlow::Break(Why::Said),
            Found::Zero => ControlFlow::Break(Why::Zero(absent("page cursor other than `0`"))),
            Found::Absent => ControlFlow::Break(Why::Absent(absent("page cursor"))),
        })
    }
}
