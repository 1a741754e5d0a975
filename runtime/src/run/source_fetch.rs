//! Several resources of a source at once, as a plan that is made at run time has them.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use serde_json::Value;

use super::stream::{Member, Run};
use crate::{
    Checkpoint, Client, Error, FromRecord, Page,
    fetch::options::Options,
    plan::{Link, ResourcePlan},
};

/// A fetch of several resources of a source at once, for plans that are made at run time.
///
/// A resource that is the parent of others is requested once, for itself and for all of them. What
/// one resource fails with does not stop the others.
///
/// ```
/// use rest_source::{Client, Error, SourceFetch, plan::{Link, ResourcePlan}};
///
/// async fn print(client: &Client, plans: Vec<Link<ResourcePlan>>) -> Result<(), Error> {
///     let mut pages = SourceFetch::new(client, plans).pages()?;
///     while let Some((resource, page)) = pages.next().await {
///         for record in page?.records {
///             println!("{resource}: {record}");
///         }
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
#[must_use = "nothing is fetched before pages are asked for"]
pub struct SourceFetch {
    client: Client,
    resources: Vec<(Link<ResourcePlan>, Options)>,
}

impl SourceFetch {
    /// A fetch of everything that these resources have.
    pub fn new(
        client: &Client,
        plans: impl IntoIterator<Item = impl Into<Link<ResourcePlan>>>,
    ) -> SourceFetch {
        let resources = plans.into_iter().map(|plan| (plan.into(), Options::default()));
        SourceFetch { client: client.clone(), resources: resources.collect() }
    }

    /// Sends the query parameter `name=value` with every request of every resource, see
    /// [`Fetch::param`](crate::Fetch::param).
    #[expect(clippy::needless_pass_by_value, reason = "a call reads better with a value")]
    pub fn param(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let (name, value) = (name.into(), value.to_string());
        for (_, options) in &mut self.resources {
            options.params.retain(|(set, _)| *set != name);
            options.params.push((name.clone(), value.clone()));
        }
        self
    }

    /// Fills the gap `{name}` of every path that has it.
    pub fn argument(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let (name, value) = (name.into(), value.into());
        for (_, options) in &mut self.resources {
            options.arguments.push((name.clone(), value.clone()));
        }
        self
    }

    /// Ends a resource when this many of its records have come.
    pub fn limit(mut self, records: u64) -> Self {
        for (_, options) in &mut self.resources {
            options.limit = Some(records);
        }
        self
    }

    /// Sets records that cannot be decoded aside, see [`Fetch::set_aside`](crate::Fetch::set_aside).
    pub fn set_aside(mut self) -> Self {
        for (_, options) in &mut self.resources {
            options.set_aside = true;
        }
        self
    }

    /// Continues the resource of this name after the page that the checkpoint came with.
    pub fn resume(mut self, resource: &str, checkpoint: &Checkpoint) -> Self {
        for (plan, options) in &mut self.resources {
            if plan.name == resource {
                options.resume = Some(checkpoint.clone());
            }
        }
        self
    }

    /// The pages of all resources, those of one in their order.
    ///
    /// # Errors
    ///
    /// When a resource cannot be fetched as asked, before anything is requested; outside of tokio.
    pub fn pages(self) -> Result<SourcePages, Error> {
        self.pages_of()
    }

    /// The same with records that are not [`Value`]s.
    ///
    /// # Errors
    ///
    /// As for [`pages`](SourceFetch::pages).
    pub fn pages_of<T: FromRecord>(self) -> Result<SourcePages<T>, Error> {
        let members = self.resources.into_iter().map(|(plan, options)| Member::new(plan, options));
        let mut run = Run::new(self.client, members.collect());
        match run.begin() {
            Ok(()) => Ok(SourcePages { run, record: PhantomData }),
            Err(why) => Err(Error::config(why).masked(&run.client.inner().mask)),
        }
    }
}

/// The pages of several resources, see [`SourceFetch::pages`].
#[must_use = "dropping the pages stops the fetch"]
pub struct SourcePages<T = Value> {
    run: Run,
    record: PhantomData<fn() -> T>,
}

/// The name of a resource, and a page of it or why there are no more.
pub type ResourcePage<T = Value> = (String, Result<Page<T>, Error>);

impl<T: FromRecord> SourcePages<T> {
    /// The next page of any resource, or `None` if there are no more. After an error there is no
    /// further page of its resource.
    pub async fn next(&mut self) -> Option<ResourcePage<T>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T: FromRecord> Stream for SourcePages<T> {
    type Item = ResourcePage<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<ResourcePage<T>>> {
        let next = self
            .run
            .poll_next(cx, |_, member, mask, fetched| Page::decode(member, mask, fetched, true));
        next.map(|next| {
            let (resource, page) = next?;
            Some((self.run.members[resource].plan.name.to_string(), page))
        })
    }
}

impl fmt::Debug for SourceFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.resources.iter().map(|(plan, _)| &*plan.name).collect();
        f.debug_struct("SourceFetch").field("resources", &names).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SourcePages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.run.members.iter().map(|member| &*member.plan.name).collect();
        f.debug_struct("SourcePages").field("resources", &names).finish_non_exhaustive()
    }
}
