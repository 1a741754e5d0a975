//! The stream of a resource's pages.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::runtime::Handle;

use crate::{
    Checkpoint, Client, Error, FoundOut, FromRecord, Rejected, Transfer,
    family::{self, Opened, Wanted},
    fetch::Options,
    fetcher::Fetched,
    from_record::{RawPage, Undecodable},
    mask::Mask,
    pipe::{self, Event, Inlet},
    plan::{Link, ResourcePlan},
};

/// One response of a resource.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records, in the server's order.
    pub records: Vec<T>,
    /// The page's number in this fetch, from 1; a fetch that is resumed goes on counting.
    pub number: u64,
    /// Where a fetch continues after this page.
    pub checkpoint: Checkpoint,
    /// What it took to fetch it.
    pub transfer: Transfer,
    /// What the first response has shown of what the description does not say.
    pub found_out: FoundOut,
    /// The records that cannot be decoded, if they are [set aside](crate::Fetch::set_aside).
    pub rejected: Vec<Rejected>,
    /// How many records the `schema_contract` leaves out, `discard_row`.
    pub discarded: u64,
}

impl<T: FromRecord> Page<T> {
    /// The page that was fetched, which most likely has so many records.
    pub(crate) fn decode(
        plan: &ResourcePlan,
        mut fetched: Box<Fetched>,
        likely: usize,
        mask: &Mask,
    ) -> Result<Page<T>, Error> {
        let mut records = Vec::with_capacity(likely);
        let mut unfit = fetched.unfit.take();
        let page = RawPage { plan, fetched: &fetched };
        let discarded = T::decode(&page, &mut records, unfit.as_mut())
            .map_err(|Undecodable(fault)| fetched.body.fault(fault).on_page(fetched.number))?;
        let mut unfit = unfit.unwrap_or_default();
        unfit.sort_by_key(|unfit| unfit.number);
        let Fetched { number, checkpoint, transfer, found, .. } = *fetched;
        let found_out = FoundOut::from(&found);
        let rejected = unfit.into_iter().map(|unfit| unfit.reject(mask)).collect();
        Ok(Page { records, number, checkpoint, transfer, found_out, rejected, discarded })
    }
}

/// The pages of a resource, see [`Fetch::pages`](crate::Fetch::pages). After an error there are no
/// more.
///
/// ```
/// use futures_util::TryStreamExt;
/// use rest_source::{Checkpoint, Client, Error, Fetch, Resource};
///
/// async fn go_on<T: Resource>(client: &Client, since: Checkpoint) -> Result<(), Error> {
///     let mut pages = Fetch::<T>::new(client).resume(since).pages();
///     while let Some(page) = pages.try_next().await? {
///         println!("page {}: {} records", page.number, page.records.len());
///         // Keep the records and `page.checkpoint` together, in one transaction.
///     }
///     Ok(())
/// }
/// ```
pub struct Pages<T> {
    client: Client,
    plan: Link<ResourcePlan>,
    /// How many records are still wanted.
    wanted: Option<u64>,
    /// How many pages are still wanted.
    page_limit: Option<u64>,
    /// How many records the last page had: most likely the next one has as many.
    likely: usize,
    state: State,
    record: PhantomData<fn() -> T>,
}

enum State {
    /// Not polled yet.
    New(Box<Options>),
    /// A task fetches.
    Running(Inlet),
    /// There are no more pages.
    Done,
}

impl<T: FromRecord> Pages<T> {
    /// The next page, or `None` if there are no more. It is the `try_next` of `TryStreamExt`, for a
    /// program that needs nothing else of it.
    ///
    /// # Errors
    ///
    /// What went wrong; after an error there are no more pages.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    pub(crate) fn new(client: Client, plan: Link<ResourcePlan>, options: Options) -> Pages<T> {
        let (wanted, page_limit) = (options.limit, options.max_pages);
        let (likely, state, record) = (0, State::New(Box::new(options)), PhantomData);
        Pages { client, plan, wanted, page_limit, likely, state, record }
    }

    /// How many records are still wanted, if there is a limit.
    pub(crate) fn wanted(&self) -> Option<u64> {
        self.wanted
    }

    fn begin(&self, options: &Options) -> Result<State, Error> {
        let Some(beginning) = options.beginning() else { return Ok(State::Done) };
        let runtime = Handle::try_current()
            .map_err(|error| Error::config("pages are fetched on tokio").with_source(error))?;
        let wanted = vec![Wanted { resource: 0, plan: self.plan.clone(), beginning }];
        let ahead = self.wanted.is_none() && self.page_limit.is_none();
        let mut pages =
            family::open(&self.client, &runtime, wanted, ahead).map_err(Error::config)?;
        let Some(Opened { pages, .. }) = pages.pop() else { return Ok(State::Done) };
        pages.ask();
        Ok(State::Running(pages))
    }
}

impl<T: FromRecord> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.poll_page(cx));
        if !matches!(page, Some(Ok(_))) {
            self.state = State::Done;
        }
        Poll::Ready(page.map(|page| {
            page.map_err(|error| {
                error.of_resource(&self.plan.name).masked(&self.client.inner().mask)
            })
        }))
    }
}

impl<T: FromRecord> Pages<T> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        if let State::New(options) = &self.state {
            match self.begin(options) {
                Ok(state) => self.state = state,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        let State::Running(pages) = &mut self.state else { return Poll::Ready(None) };
        let fetched = match ready!(pages.poll_next(cx)) {
            Event::Page(fetched) => fetched,
            Event::Failed(_, error) => return Poll::Ready(Some(Err(error))),
            Event::Stopped => return Poll::Ready(Some(Err(pipe::stopped()))),
            Event::End => {
                self.state = State::Done;
                return Poll::Ready(None);
            }
        };
        if let Some(wanted) = &mut self.page_limit {
            *wanted = wanted.saturating_sub(1);
        }
        // Without a limit the next page is asked for before this one is decoded; with one, only
        // when it is known that it is needed.
        if self.wanted.is_none() && self.page_limit != Some(0) {
            pages.ask();
        }
        let page = Page::decode(&self.plan, fetched, self.likely, &self.client.inner().mask);
        let Ok(decoded) = &page else { return Poll::Ready(Some(page)) };
        self.likely = decoded.records.len();
        let records = u64::try_from(decoded.records.len()).unwrap_or(u64::MAX);
        if let Some(wanted) = &mut self.wanted {
            *wanted = wanted.saturating_sub(records);
        }
        let is_enough = self.wanted == Some(0) || self.page_limit == Some(0);
        match &self.state {
            _ if is_enough || decoded.checkpoint.is_end() => self.state = State::Done,
            State::Running(pages) if self.wanted.is_some() => pages.ask(),
            _ => {}
        }
        Poll::Ready(Some(page))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("resource", &self.plan.name).finish_non_exhaustive()
    }
}
