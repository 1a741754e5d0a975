//! The pages of a resource as they were fetched, before it matters what type their records are of: so
//! it is compiled once, and not in every program for each of its resources.

use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;

use super::tree::{self, Opened, Wanted};
use crate::{
    Client, Error,
    fetch::{
        fetched::Fetched,
        options::Options,
        pipe::{self, Event, Inlet},
    },
    plan::{Link, ResourcePlan},
};

/// Fetched pages, one after the other. After an error there are no more.
pub(crate) struct Feed {
    pub(crate) client: Client,
    pub(crate) plan: Link<ResourcePlan>,
    /// How many records are still wanted.
    wanted: Option<u64>,
    /// How many pages are still wanted.
    page_limit: Option<u64>,
    /// How many records the last page had: most likely the next one has as many.
    pub(crate) likely: usize,
    state: State,
}

enum State {
    /// Not polled yet.
    New(Box<Options>),
    /// A task fetches.
    Running(Inlet),
    /// There are no more pages.
    Done,
}

impl Feed {
    pub(crate) fn new(client: Client, plan: Link<ResourcePlan>, options: Options) -> Feed {
        let (wanted, page_limit) = (options.limit, options.max_pages);
        Feed { client, plan, wanted, page_limit, likely: 0, state: State::New(Box::new(options)) }
    }

    /// How many records are still wanted, if there is a limit.
    pub(crate) fn wanted(&self) -> Option<u64> {
        self.wanted
    }

    /// The next page as `decode` makes it, who is told how many records it most likely has, and
    /// tells how many it has.
    pub(crate) fn poll_decoded<P>(
        &mut self,
        cx: &mut Context<'_>,
        decode: impl FnOnce(&Feed, Box<Fetched>) -> Result<(P, usize), Error>,
    ) -> Poll<Option<Result<P, Error>>> {
        Poll::Ready(match ready!(self.poll_next(cx)) {
            Some(Ok(fetched)) => {
                let is_end = fetched.checkpoint.is_end();
                Some(match decode(self, fetched) {
                    Ok((page, records)) => {
                        self.decoded(records, is_end);
                        Ok(page)
                    }
                    Err(error) => Err(self.failed(error)),
                })
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Box<Fetched>, Error>>> {
        if let State::New(options) = &self.state {
            match self.begin(options) {
                Ok(state) => self.state = state,
                Err(error) => return Poll::Ready(Some(Err(self.failed(error)))),
            }
        }
        let State::Running(pages) = &mut self.state else { return Poll::Ready(None) };
        let error = match ready!(pages.poll_next(cx)) {
            Event::Page(fetched) => {
                if let Some(wanted) = &mut self.page_limit {
                    *wanted = wanted.saturating_sub(1);
                }
                // Without a limit the next page is asked for before this one is decoded; with one,
                // only when it is known that it is needed.
                if self.wanted.is_none() && self.page_limit != Some(0) {
                    pages.ask();
                }
                return Poll::Ready(Some(Ok(fetched)));
            }
            Event::Failed(_, error) => error,
            Event::Stopped => pipe::stopped(),
            Event::End => {
                self.state = State::Done;
                return Poll::Ready(None);
            }
        };
        Poll::Ready(Some(Err(self.failed(error))))
    }

    fn begin(&self, options: &Options) -> Result<State, Error> {
        let Some(beginning) = options.beginning() else { return Ok(State::Done) };
        let runtime = Handle::try_current()
            .map_err(|error| Error::config("pages are fetched on tokio").with_source(error))?;
        let wanted = vec![Wanted { resource: 0, plan: self.plan.clone(), beginning }];
        let ahead = self.wanted.is_none() && self.page_limit.is_none();
        let mut pages = tree::open(&self.client, &runtime, wanted, ahead).map_err(Error::config)?;
        let Some(Opened { pages, .. }) = pages.pop() else { return Ok(State::Done) };
        pages.ask();
        Ok(State::Running(pages))
    }

    /// The page had so many records, and may be the last one.
    fn decoded(&mut self, records: usize, is_end: bool) {
        self.likely = records;
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        if let Some(wanted) = &mut self.wanted {
            *wanted = wanted.saturating_sub(records);
        }
        let is_enough = self.wanted == Some(0) || self.page_limit == Some(0);
        match &self.state {
            _ if is_enough || is_end => self.state = State::Done,
            State::Running(pages) if self.wanted.is_some() => pages.ask(),
            _ => {}
        }
    }

    /// There are no more pages for this reason. Gives it as it leaves.
    fn failed(&mut self, error: Error) -> Error {
        self.state = State::Done;
        error.of_resource(&self.plan.name).masked(&self.client.inner().mask)
    }
}
