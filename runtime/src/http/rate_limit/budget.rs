//! A limit that several clients share, in several processes.

use std::{pin::Pin, sync::Arc, time::Duration};

use crate::Error;

/// What a [`Budget`] gives, once it is ready.
pub type BudgetFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// What counts the requests of several clients, as those of processes on several machines.
/// [`ClientBuilder::budget`](crate::ClientBuilder::budget) takes it; `PostgresBudget` of `rest_source_load` keeps
/// it in a row of a database.
///
/// A client asks for each request that it sends, also for retries and redirects, after it has waited for the
/// `rate_limit` of its description, and tells it when the server wants to be left alone.
///
/// ```
/// use std::{sync::Arc, time::Duration};
/// use rest_source::{Budget, BudgetFuture, Error};
/// use tokio::sync::Semaphore;
///
/// /// So many requests, and then no more.
/// struct Quota(Arc<Semaphore>);
///
/// impl Budget for Quota {
///     fn acquire(&self) -> BudgetFuture<'_> {
///         Box::pin(async {
///             let permit = self.0.try_acquire().map_err(|_| Error::other("the quota is used up"))?;
///             permit.forget();
///             Ok(())
///         })
///     }
///
///     fn hold(&self, _: Duration) -> BudgetFuture<'_> {
///         Box::pin(async { Ok(()) })
///     }
/// }
/// ```
pub trait Budget: Send + Sync + 'static {
    /// Waits until one more request may be sent, and counts it. The request leaves when this returns.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong, which ends the fetch.
    fn acquire(&self) -> BudgetFuture<'_>;

    /// Lets no client send anything for so long, as a server has asked one of them.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong, which ends the fetch.
    fn hold(&self, wait: Duration) -> BudgetFuture<'_>;
}

impl<B: Budget + ?Sized> Budget for Arc<B> {
    fn acquire(&self) -> BudgetFuture<'_> {
        (**self).acquire()
    }

    fn hold(&self, wait: Duration) -> BudgetFuture<'_> {
        (**self).hold(wait)
    }
}
