//! A source and its resources without their types: what a loader works with.

use std::{
    borrow::Cow,
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_core::Stream;

use crate::{
    Checkpoint, Client, Error, Fetch, Pages, Record, Rejected, Resource, plan::ResourcePlan,
};

/// A source: a client and the resources that it serves. Generated clients implement it.
pub trait Source: Send + Sync {
    /// The source's name.
    fn name(&self) -> &str;

    /// Its resources, in the file's order.
    fn resources(&self) -> Vec<AnyResource>;
}

/// One resource of a [`Source`], its record type forgotten.
#[derive(Clone)]
pub struct AnyResource {
    plan: Cow<'static, ResourcePlan>,
    address: Option<String>,
    open: Arc<dyn Fn(Start) -> AnyPages + Send + Sync>,
}

/// Where and how a fetch of an [`AnyResource`] begins.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Continue after the page that this checkpoint came with.
    pub resume: Option<Checkpoint>,
    /// Whether records that cannot be decoded are set aside, in [`AnyPage::rejected`], where they
    /// would fail the fetch; see [`Fetch::set_aside`].
    pub set_aside: bool,
}

/// The pages of an [`AnyResource`].
pub type AnyPages = Pin<Box<dyn Stream<Item = Result<AnyPage, Error>> + Send>>;

/// A page whose record type is forgotten.
pub struct AnyPage {
    /// The records, in the server's order.
    pub records: Box<dyn Records>,
    /// The page's number in this fetch, from 1; a fetch that is resumed goes on counting.
    pub number: u64,
    /// Where a fetch continues after this page.
    pub checkpoint: Checkpoint,
    /// What it took to fetch it.
    pub transfer: Transfer,
    /// The records that cannot be decoded, if they are set aside.
    pub rejected: Vec<Rejected>,
}

/// What it took to fetch a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Bytes of the body, after decompression.
    pub bytes: u64,
    /// How many times the request was sent again before it succeeded.
    pub retries: u32,
    /// From the first try to the last byte of the body.
    pub elapsed: Duration,
}

/// A list of records of one type, read through [`Record`].
pub trait Records: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at `index`, which is below [`len`](Records::len).
    fn get(&self, index: usize) -> &dyn Record;
}

impl<T: Record> Records for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> &dyn Record {
        &self[index]
    }
}

impl AnyResource {
    /// The resource of record type `T`, fetched by `client`.
    pub fn of<T: Resource>(client: &Client) -> AnyResource {
        let fetch = Fetch::<T>::new(client);
        AnyResource::new(Cow::Borrowed(T::PLAN), move |start| {
            let fetch = if start.set_aside { fetch.clone().set_aside() } else { fetch.clone() };
            let fetch = match start.resume {
                Some(checkpoint) => fetch.resume(checkpoint),
                None => fetch,
            };
            Box::pin(Untyped(fetch.pages()))
        })
        .at(client.base_url())
    }

    /// A resource whose pages come from `open`.
    pub fn new(
        plan: Cow<'static, ResourcePlan>,
        open: impl Fn(Start) -> AnyPages + Send + Sync + 'static,
    ) -> AnyResource {
        AnyResource { plan, address: None, open: Arc::new(open) }
    }

    /// The same resource, said to be served at this address. A loader does not continue at one
    /// address what it began at another.
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> AnyResource {
        self.address = Some(address.into());
        self
    }

    /// The base URL of the server that serves it, without secrets. `None` for one that is made by
    /// [`new`](AnyResource::new) and not told by [`at`](AnyResource::at).
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Where its records come from and what describes them.
    pub fn plan(&self) -> &ResourcePlan {
        &self.plan
    }

    /// Begins to fetch.
    pub fn pages(&self, start: Start) -> AnyPages {
        (self.open)(start)
    }
}

/// Pages that forget their record type.
struct Untyped<T>(Pages<T>);

impl<T: Resource> Stream for Untyped<T> {
    type Item = Result<AnyPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(cx).map_ok(|page| AnyPage {
            records: Box::new(page.records),
            number: page.number,
            checkpoint: page.checkpoint,
            transfer: page.transfer,
            rejected: page.rejected,
        })
    }
}

impl fmt::Debug for AnyResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyResource")
            .field("address", &self.address)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}
