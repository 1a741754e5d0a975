//! `single_page`: there is no next page. It is also what `auto` asks for the first page by.

use super::{
    Halt,
    kind::{Beside, Kind},
    page::Page,
    position::Position,
    step::{Step, Why},
};
use crate::http::request::Request;

/// The paginator of a single page.
#[derive(Clone)]
pub(super) struct SinglePage;

impl Kind for SinglePage {
    fn ask(&self, _: &mut Request) {}

    fn advance(&mut self, _: &Page<'_>, _: &Beside<'_>) -> Result<Step, Halt> {
        Ok(Step::Last(Why::Declared))
    }

    fn position(&self) -> Option<Position> {
        None
    }
}
