//! The stream of a resource's pages.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use super::stream::{Member, Run};
use crate::{
    Checkpoint, Client, Detected, Error, FromRecord, Rejected, Transfer,
    error::mask::Mask,
    fetch::{
        fetched::{Fetched, PageMetadata},
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
    /// The page's number in this fetch, from 1; a fetch that is resumed continues to count.
    pub number: u64,
    /// Where a fetch continues after this page.
    pub checkpoint: Checkpoint,
    /// What it took to fetch it.
    pub transfer: Transfer,
    /// What the first response has shown of what the description does not say.
    pub detected: Detected,
    /// The records that cannot be decoded, if they are [set aside](crate::Fetch::set_aside).
    pub rejected: Vec<Rejected>,
    /// How many records the `schema_contract` leaves out, `discard_row`.
    pub discarded: u64,
}

impl<T: FromRecord> Page<T> {
    /// The page that was fetched, and how many records it has; whole also where fewer are wanted, as its
    /// checkpoint is behind it, or cut.
    pub(crate) fn decode(
        member: &Member,
        mask: &Mask,
        mut fetched: Box<Fetched>,
        is_cut: bool,
    ) -> Result<(Page<T>, usize), Error> {
        let mut records = Vec::with_capacity(member.likely);
        let mut unfit = fetched.unfit.take();
        let page = RawPage { plan: &member.plan, fetched: &fetched };
        match T::decode(&page, &mut records, unfit.as_mut()) {
            Ok(discarded) => {
                if is_cut {
                    records.truncate(member.left());
                }
                let count = records.len();
                let PageMetadata { number, checkpoint, transfer, detected, rejected } =
                    fetched.around(unfit, mask);
                let page =
                    Page { records, number, checkpoint, transfer, detected, rejected, discarded };
                Ok((page, count))
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
#[must_use = "streams fetch nothing until they are polled"]
pub struct Pages<T> {
    run: Run,
    /// Whether the last page has only the records that are wanted.
    is_cut: bool,
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
        Pages { run: Run::of_one(client, plan, options), is_cut: false, record: PhantomData }
    }

    /// The same without the records that are beyond a limit.
    pub(crate) fn cut(self) -> Pages<T> {
        Pages { is_cut: true, ..self }
    }
}

impl<T: FromRecord> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_cut = self.is_cut;
        self.run
            .poll_one(cx, |_, member, mask, fetched| Page::decode(member, mask, fetched, is_cut))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resource = self.run.members.first().map(|member| &member.plan.name);
        f.debug_struct("Pages").field("resource", &resource).finish_non_exhaustive()
    }
}
