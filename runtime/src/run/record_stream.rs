//! The stream of a resource's records.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;

use crate::{Error, FromRecord, Pages};

/// The records of a resource, one by one, see [`Fetch::stream`](crate::Fetch::stream). After an
/// error there are no more.
///
/// ```
/// use futures_util::TryStreamExt;
/// use rest_source::{Client, Error, Fetch, Resource};
///
/// async fn count<T: Resource>(client: &Client) -> Result<usize, Error> {
///     Fetch::<T>::new(client).stream().try_fold(0, |n, _| async move { Ok(n + 1) }).await
/// }
/// ```
#[must_use = "streams fetch nothing until they are polled"]
pub struct RecordStream<T> {
    pages: Pages<T>,
    page: vec::IntoIter<T>,
}

impl<T: FromRecord> RecordStream<T> {
    /// The next record, or `None` if there are no more. It is the `try_next` of `TryStreamExt`,
    /// for a program that needs nothing else of it.
    ///
    /// # Errors
    ///
    /// What went wrong; after an error there are no more records.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        // Handed on by `poll_next`, a record is copied once more.
        if let Some(record) = self.page.next() {
            return Ok(Some(record));
        }
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    pub(crate) fn new(pages: Pages<T>) -> RecordStream<T> {
        RecordStream { pages: pages.cut(), page: Vec::new().into_iter() }
    }
}

// Nothing in it is ever pinned, records least of all.
impl<T> Unpin for RecordStream<T> {}

impl<T: FromRecord> Stream for RecordStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(record) = self.page.next() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => {
                    if let Some(last) = page.rejected.last() {
                        tracing::warn!(
                            page = page.number,
                            rejected = page.rejected.len(),
                            last_record = last.number,
                            last_reason = last.reason,
                            "records that cannot be decoded were set aside"
                        );
                    }
                    self.page = page.records.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for RecordStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordStream").field("pages", &self.pages).finish_non_exhaustive()
    }
}
