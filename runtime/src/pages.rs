//! The stream of a resource's pages.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};
use tracing::{Instrument as _, Span};

use crate::{
    Checkpoint, Client, Error, Resource, Transfer,
    decode::{self, Fault},
    error::Kind,
    fetch::Options,
    fetcher::{Fetched, Fetcher},
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
    /// How many records are still wanted.
    wanted: Option<u64>,
    /// How many records the last page had: most likely the next one has as many.
    likely: usize,
    state: State,
    record: PhantomData<fn() -> T>,
}

enum State {
    /// Not polled yet.
    New(Options, Span),
    /// A task fetches.
    Running(Running),
    /// There are no more pages.
    Done,
}

struct Running {
    pages: mpsc::Receiver<Result<Fetched, Error>>,
    /// Has a permit for each page that may be requested.
    demand: Arc<Semaphore>,
    task: JoinHandle<()>,
}

impl<T: Resource> Pages<T> {
    /// The next page, or `None` if there are no more. It is the `try_next` of `TryStreamExt`, for a
    /// program that needs nothing else of it.
    ///
    /// # Errors
    ///
    /// What went wrong; after an error there are no more pages.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    pub(crate) fn new(client: Client, options: Options) -> Pages<T> {
        let span = tracing::info_span!("fetch", resource = &*T::PLAN.name);
        let wanted = options.limit;
        Pages { client, wanted, likely: 0, state: State::New(options, span), record: PhantomData }
    }

    /// How many records are still wanted, if there is a limit.
    pub(crate) fn wanted(&self) -> Option<u64> {
        self.wanted
    }

    fn begin(&self, options: &Options, span: Span) -> Result<State, Error> {
        let fetcher = options.fetcher(&self.client, T::PLAN).map_err(Error::config)?;
        let Some(fetcher) = fetcher else { return Ok(State::Done) };
        let runtime = Handle::try_current()
            .map_err(|error| Error::config("pages are fetched on tokio").with_source(error))?;
        Ok(State::Running(Running::new(&runtime, fetcher, span)))
    }

    fn decode(&mut self, fetched: Fetched) -> Result<Page<T>, Error> {
        let Fetched { body, number, checkpoint, transfer, .. } = fetched;
        let mut records = Vec::with_capacity(self.likely);
        if let Some(body) = body {
            decode::records(T::PLAN, body.text(), &mut records).map_err(|fault| {
                let error = match fault {
                    Fault::Unreadable(unreadable) => body.unreadable(unreadable),
                    Fault::Misread(misread) => Error::new(Kind::Decode(misread)),
                };
                error.on_page(number)
            })?;
        }
        self.likely = records.len();
        Ok(Page { records, number, checkpoint, transfer })
    }
}

impl Running {
    fn new(runtime: &Handle, fetcher: Fetcher, span: Span) -> Running {
        let demand = Arc::new(Semaphore::new(1));
        let (sender, pages) = mpsc::channel(1);
        let task = runtime.spawn(fetcher.run(Arc::clone(&demand), sender).instrument(span));
        Running { pages, demand, task }
    }
}

/// Dropping the stream cancels its request.
impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<T: Resource> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.poll_page(cx));
        if !matches!(page, Some(Ok(_))) {
            self.state = State::Done;
        }
        Poll::Ready(page.map(|page| {
            page.map_err(|error| error.of_resource(&T::PLAN.name).masked(&self.client.inner().mask))
        }))
    }
}

impl<T: Resource> Pages<T> {
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        if let State::New(options, span) = &self.state {
            match self.begin(options, span.clone()) {
                Ok(state) => self.state = state,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        let State::Running(running) = &mut self.state else { return Poll::Ready(None) };
        let fetched = match ready!(running.pages.poll_recv(cx)) {
            Some(Ok(fetched)) => fetched,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(Some(Err(Error::config("tokio was shut down meanwhile")))),
        };
        let is_last = fetched.is_last;
        // Without a limit the next page is asked for before this one is decoded; with one, only
        // when it is known that it is needed.
        if self.wanted.is_none() {
            running.demand.add_permits(1);
        }
        let page = self.decode(fetched);
        if let (Some(wanted), Ok(page)) = (&mut self.wanted, &page) {
            let records = u64::try_from(page.records.len()).unwrap_or(u64::MAX);
            *wanted = wanted.saturating_sub(records);
        }
        match &self.state {
            State::Running(running) if !is_last && self.wanted.is_some_and(|wanted| wanted > 0) => {
                running.demand.add_permits(1);
            }
            _ if is_last || self.wanted == Some(0) => self.state = State::Done,
            _ => {}
        }
        Poll::Ready(Some(page))
    }
}

impl<T: Resource> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("resource", &T::PLAN.name).finish_non_exhaustive()
    }
}
