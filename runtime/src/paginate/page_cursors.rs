//! What `cursor` and `header_cursor` share: the next request sends back a page cursor that the server
//! gives.

use std::ops::ControlFlow;

use super::{
    Halt,
    history::History,
    kind::{Beside, Kind},
    page::Page,
    page_cursor::{PageCursor, Takes},
    paged::Paged,
    place::PageSize,
    position::Position,
    step::{Again, Step, Why},
};
use crate::{
    error::Reason,
    http::{
        inputs::Inputs,
        request::{Place, Request},
    },
    plan::{FirstPageParams, Str},
};

/// Finds the page cursor on a page, of which not everything can be sent back, or why there is none.
pub(super) trait FindPageCursor {
    fn find(&mut self, page: &Page<'_>, takes: Takes)
    -> Result<ControlFlow<Why, PageCursor>, Halt>;
}

/// What is sent with the requests that follow page cursors.
#[derive(Clone)]
pub(super) struct Sending {
    pub(super) place: Place,
    /// Whether the members of an object are parameters, each by its name.
    pub(super) sends_members: bool,
    pub(super) page_size: Option<PageSize>,
    /// Parameters that only the request for the first page has.
    pub(super) first_page: FirstPage,
}

impl Sending {
    /// What sends page cursors at a place, and nothing else.
    pub(super) fn at(place: Place) -> Sending {
        Sending {
            place,
            sends_members: false,
            page_size: None,
            first_page: FirstPage::Named(Vec::new()),
        }
    }
}

/// Parameters that only the request for the first page has.
#[derive(Clone)]
pub(super) enum FirstPage {
    All,
    Named(Vec<Str>),
}

impl FirstPage {
    /// What the plan says, its settings filled in.
    pub(super) fn planned(plan: &FirstPageParams, inputs: &Inputs) -> Result<FirstPage, Reason> {
        Ok(match plan {
            FirstPageParams::None => FirstPage::Named(Vec::new()),
            FirstPageParams::All => FirstPage::All,
            FirstPageParams::Named(names) => FirstPage::Named(
                names.iter().map(|name| inputs.name(name)).collect::<Result<_, _>>()?,
            ),
        })
    }

    /// Leaves them out of a request for another page.
    fn leave_out(&self, request: &mut Request) {
        match self {
            FirstPage::All => request.query.clear(),
            FirstPage::Named(names) => names.iter().for_each(|name| request.query.remove(name)),
        }
    }
}

/// The paginator that follows page cursors.
#[derive(Clone)]
pub(super) struct PageCursors<F> {
    find: F,
    sending: Sending,
    current: Option<PageCursor>,
    /// Whether the next request is the one for the first page.
    is_first: bool,
    /// Whether it is the one that the last request has sent.
    is_same: bool,
    /// Whether it is a larger number than that one.
    grows: bool,
    history: History,
}

impl<F> PageCursors<F> {
    /// At the first page, with an initial page cursor if there is one, or where a checkpoint was.
    pub(super) fn new(
        find: F,
        sending: Sending,
        initial: Option<PageCursor>,
        kept: Option<PageCursor>,
    ) -> PageCursors<F> {
        let is_first = kept.is_none();
        let current = kept.or(initial);
        let history = History::from(current.as_ref().map(ToString::to_string));
        PageCursors { find, sending, current, is_first, is_same: false, grows: false, history }
    }
}

impl<F: FindPageCursor + Clone + Send + Sync + 'static> Kind for PageCursors<F> {
    fn ask(&self, request: &mut Request) {
        let Sending { place, sends_members, page_size, first_page } = &self.sending;
        if !self.is_first {
            first_page.leave_out(request);
        }
        if let Some(page_size) = page_size {
            page_size.ask(request);
        }
        let Some(page_cursor) = &self.current else { return };
        match page_cursor.value().as_object().filter(|_| *sends_members) {
            Some(members) => {
                for (name, value) in members {
                    request.set(&Place::Param(name.clone().into()), value.clone());
                }
            }
            None => request.set(place, page_cursor.value().clone()),
        }
    }

    fn paged(&self) -> Paged {
        let cursor = self.current.as_ref().map(|current| current.value().clone());
        Paged { cursor, limit: self.page_size(), ..Paged::default() }
    }

    fn page_size(&self) -> Option<u64> {
        self.sending.page_size.as_ref().map(|size| size.records)
    }

    fn advance(&mut self, page: &Page<'_>, _: &Beside<'_>) -> Result<Step, Halt> {
        let sent = self.current.take();
        self.is_first = false;
        let takes = Takes::at(&self.sending.place, self.sending.sends_members);
        match self.find.find(page, takes)? {
            ControlFlow::Continue(page_cursor) => {
                self.is_same = sent.as_ref() == Some(&page_cursor);
                self.grows = sent.is_some_and(|sent| page_cursor.is_larger_than(&sent));
                self.current = Some(page_cursor);
                Ok(Step::Next)
            }
            ControlFlow::Break(why) => Ok(Step::Last(why)),
        }
    }

    fn position(&self) -> Option<Position> {
        self.current.as_ref().map(|current| Position::PageCursor(current.value().clone()))
    }

    fn again(&mut self) -> Option<Again> {
        let value = self.current.as_ref()?.to_string();
        let is_of_last = self.is_same;
        if !self.history.has(&value) && !is_of_last {
            return None;
        }
        Some(Again { what: "page cursor", value, cause: ignored(&self.sending.place), is_of_last })
    }

    fn follows(&self) -> bool {
        true
    }

    fn asked(&self) -> (String, String) {
        ("the page cursor".to_owned(), ignored(&self.sending.place))
    }

    fn grows(&self) -> bool {
        self.grows
    }
}

/// What is likely to be wrong where a page cursor comes again.
fn ignored(place: &Place) -> String {
    match place {
        Place::Param(name) => format!(
            "the server seems not to know the parameter `{name}`, which sends it (`cursor_param`)"
        ),
        Place::Body(keys) => format!(
            "the server seems not to look at `{}` of the body, which sends it (`cursor_body_path`)",
            keys.join(".")
        ),
        Place::Text(_) | Place::Json(_) => {
            "the server seems not to look at `{paginator.cursor}` where the request has it"
                .to_owned()
        }
    }
}
