//! The stream of a resource's pages.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use super::feed::Feed;
use crate::{
    Checkpoint, Client, Error, FoundOut, FromRecord, Rejected, Transfer,
    error::mask::Mask,
    fetch::{
        fetched::{Around, Fetched},
        from_record::{RawPage, Undecodable},
        options::Options,
    },
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
        match T::decode(&RawPage { plan, fetched: &fetched }, &mut records, unfit.as_mut()) {
            Ok(discarded) => {
                let Around { number, checkpoint, transfer, found_out, rejected } =
                    fetched.around(unfit, mask);
                Ok(Page { records, number, checkpoint, transfer, found_out, rejected, discarded })
            }
            Err(Undecodable(fault)) => Err(fetched.fault(fault)),
        }
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
#[must_use = "nothing is fetched before the first page is asked for"]
pub struct Pages<T> {
    feed: Feed,
    record: PhantomData<fn() -> T>,
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
        Pages { feed: Feed::new(client, plan, options), record: PhantomData }
    }

    /// How many records are still wanted, if there is a limit.
    pub(crate) fn wanted(&self) -> Option<u64> {
        self.feed.wanted()
    }
}

impl<T: FromRecord> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.feed.poll_decoded(cx, |feed, fetched| {
            let mask = &feed.client.inner().mask;
            let page = Page::<T>::decode(&feed.plan, fetched, feed.likely, mask)?;
            let records = page.records.len();
            Ok((page, records))
        })
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("resource", &self.feed.plan.name).finish_non_exhaustive()
    }
}
