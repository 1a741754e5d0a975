//! What every kind of paginator does in a fetch. Each implements it in a file of its own, those that users
//! write by way of `custom`.

use super::{
    Halt,
    end::End,
    observed::Observed,
    page::Page,
    paged::Paged,
    position::Position,
    step::{Again, Step},
    total::Total,
};
use crate::http::request::Request;

/// A kind of paginator, which knows where a fetch is.
pub(super) trait Kind: CopyKind + Send + Sync {
    /// Makes a request the one for the page that comes next.
    fn ask(&self, request: &mut Request);

    /// What it gives for the texts of that request that name it.
    fn paged(&self) -> Paged {
        Paged::default()
    }

    /// How many records it asks for, where it counts neither records nor pages.
    fn page_size(&self) -> Option<u64> {
        None
    }

    /// Moves to the page after this one.
    fn advance(&mut self, page: &Page<'_>, beside: &Beside<'_>) -> Result<Step, Halt>;

    /// What a checkpoint keeps of where it is.
    fn position(&self) -> Option<Position>;

    /// Remembers what the next request asks for. Gives it if a request has asked for it before.
    fn again(&mut self) -> Option<Again> {
        None
    }

    /// What it counts, if it asks for pages by a number.
    fn counts(&self) -> Option<Counts> {
        None
    }

    /// Whether it follows links or page cursors, and so ends where nothing leads on.
    fn follows(&self) -> bool {
        false
    }

    /// Whether it moves on by as much whatever has come, so that pages with fewer records are usual.
    fn has_steps(&self) -> bool {
        false
    }

    /// The total that it ends at.
    fn total(&self) -> Option<&Total> {
        None
    }

    /// The same, for a fetch that is resumed to set it.
    fn total_mut(&mut self) -> Option<&mut Total> {
        None
    }

    /// What asks for the page, and what is likely to be wrong if the server gives another one.
    fn asked(&self) -> (String, String) {
        ("the next link".to_owned(), "it leads to the same page again".to_owned())
    }

    /// What a total says of more, where the pages are to end.
    fn remaining(&self, _is_resumed: bool) -> Option<String> {
        None
    }

    /// The page cursor, or a number in the next link, is larger than that of this page: the server
    /// looks at it, or else has counted its requests.
    fn grows(&self) -> bool {
        false
    }

    /// Whether as many records have come as the total says, which may all the same count something else.
    fn has_all(&self) -> bool {
        false
    }

    /// Whether there need be no such page as was requested behind so many, of which the last one may be
    /// short, although the total was larger.
    fn may_end(&self, _pages: u64, _is_short: bool) -> bool {
        false
    }

    /// The offset or page number at which the pages end, as far as that is known, if each of them has so
    /// many records.
    fn end(&self, _records: u64) -> Option<u64> {
        None
    }

    /// Ends the pages before this number, if it counts records or pages.
    fn end_before(&mut self, _number: u64) {}

    /// How many records of the last page are behind the end of its pages.
    fn beyond_end(&self) -> u64 {
        0
    }

    /// The paginator after the page that this one asks for, if that can be known before the page has
    /// come. It is only good for asking.
    fn predict(&self) -> Option<Box<dyn Kind>> {
        None
    }
}

/// What there is beside a page to decide whether there is another one.
pub(super) struct Beside<'a> {
    pub(super) end: &'a End,
    /// What a value of the response says of whether there are more.
    pub(super) more: Option<bool>,
    pub(super) observed: &'a Observed,
}

/// A [`Kind`] that can be copied.
pub(super) trait CopyKind {
    fn copy(&self) -> Box<dyn Kind>;
}

impl<K: Kind + Clone + 'static> CopyKind for K {
    fn copy(&self) -> Box<dyn Kind> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Kind> {
    fn clone(&self) -> Box<dyn Kind> {
        (**self).copy()
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

/// What is likely to be wrong if a number has no effect.
pub(super) fn unknown_param() -> String {
    "it seems not to know that parameter, or to have no such page".to_owned()
}
