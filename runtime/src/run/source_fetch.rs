//! Several resources of a source at once, as a plan that is made at run time has them.

use std::{
    collections::HashMap,
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use futures_core::Stream;
use serde_json::Value;
use tokio::runtime::Handle;

use super::tree::{self, Opened, Wanted};
use crate::{
    Checkpoint, Client, Error, FromRecord, Page,
    fetch::{
        fetched::Fetched,
        fetcher::Beginning,
        options::Options,
        pipe::{self, Event},
    },
    plan::{Link, ResourcePlan},
};

/// A fetch of several resources of a source at once, for plans that are made at run time.
///
/// A resource that is the parent of others is requested once, for itself and for all of them. What
/// one resource fails with does not keep the others from going on.
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
        let masked = |error: Error| error.masked(&self.client.inner().mask);
        let runtime = Handle::try_current().map_err(|error| {
            masked(Error::config("pages are fetched on tokio").with_source(error))
        })?;
        let (mut wanted, mut left) = (Vec::new(), HashMap::new());
        for (resource, (plan, options)) in self.resources.iter().enumerate() {
            if let Some(beginning) = options.beginning() {
                let is_given_up = Arc::default();
                let beginning =
                    Beginning { is_given_up: Some(Arc::clone(&is_given_up)), ..beginning };
                wanted.push(Wanted { resource, plan: plan.clone(), beginning });
                let records = options.limit.unwrap_or(u64::MAX);
                left.insert(resource, Left { records, is_given_up });
            }
        }
        let families = tree::open(&self.client, &runtime, wanted, true)
            .map_err(|what| masked(Error::config(what)))?;
        for family in &families {
            family.pages.ask();
        }
        let plans = self.resources.into_iter().map(|(plan, _)| plan).collect();
        Ok(SourcePages { client: self.client, plans, families, left, record: PhantomData })
    }
}

/// The pages of several resources, see [`SourceFetch::pages`].
#[must_use = "nothing is fetched before the first page is asked for"]
pub struct SourcePages<T = Value> {
    client: Client,
    plans: Vec<Link<ResourcePlan>>,
    families: Vec<Opened>,
    /// The resources of which more is wanted.
    left: HashMap<usize, Left>,
    record: PhantomData<fn() -> T>,
}

/// What is still wanted of a resource.
struct Left {
    /// How many records may still come.
    records: u64,
    /// Tells the task that fetches it when nothing is wanted any more.
    is_given_up: Arc<AtomicBool>,
}

/// The name of a resource, and a page of it or why there are no more.
pub type ResourcePage<T = Value> = (String, Result<Page<T>, Error>);

impl<T: FromRecord> SourcePages<T> {
    /// The next page of any resource, or `None` if there are no more. After an error there is no
    /// further page of its resource.
    pub async fn next(&mut self) -> Option<ResourcePage<T>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    fn name(&self, resource: usize) -> String {
        self.plans.get(resource).map_or_else(String::new, |plan| plan.name.to_string())
    }

    /// A page as it leaves; `None` if no more of its resource is wanted. An error is the last thing
    /// that leaves of a resource: a page behind it would come with a checkpoint that skips this one.
    fn page(&mut self, fetched: Box<Fetched>) -> Option<ResourcePage<T>> {
        let resource = fetched.resource;
        let left = self.left.get_mut(&resource)?;
        let plan = self.plans.get(resource)?;
        let mut page = Page::decode(plan, fetched, 0, &self.client.inner().mask);
        if let Ok(page) = &mut page {
            page.records.truncate(usize::try_from(left.records).unwrap_or(usize::MAX));
            left.records = left.records.saturating_sub(page.records.len() as u64);
        }
        if page.is_err() || left.records == 0 {
            self.give_up(resource);
        }
        Some((self.name(resource), page.map_err(|error| self.placed(resource, error))))
    }

    fn give_up(&mut self, resource: usize) {
        if let Some(left) = self.left.remove(&resource) {
            left.is_given_up.store(true, Ordering::Relaxed);
        }
    }

    fn placed(&self, resource: usize, error: Error) -> Error {
        error.of_resource(&self.name(resource)).masked(&self.client.inner().mask)
    }
}

impl<T: FromRecord> Stream for SourcePages<T> {
    type Item = ResourcePage<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<ResourcePage<T>>> {
        let mut index = 0;
        while index < self.families.len() {
            if self.left.is_empty() {
                self.families.clear();
                break;
            }
            match self.families[index].pages.poll_next(cx) {
                Poll::Pending => index += 1,
                Poll::Ready(Event::End) => drop(self.families.remove(index)),
                Poll::Ready(Event::Failed(resource, error)) => {
                    self.give_up(resource);
                    let name = self.name(resource);
                    let error = self.placed(resource, error);
                    // The other families come first next time.
                    self.families.rotate_left(1);
                    return Poll::Ready(Some((name, Err(error))));
                }
                Poll::Ready(Event::Stopped) => {
                    // One of its resources says so.
                    let stopped = self.families.remove(index);
                    if let Some(resource) = stopped.resources.first() {
                        let error = self.placed(*resource, pipe::stopped());
                        return Poll::Ready(Some((self.name(*resource), Err(error))));
                    }
                }
                Poll::Ready(Event::Page(fetched)) => {
                    // Asked for while this page is decoded, unless it may be the last one wanted.
                    let is_bounded = self.left.values().any(|left| left.records < u64::MAX);
                    if !is_bounded {
                        self.families[index].pages.ask();
                    }
                    let page = self.page(fetched);
                    if is_bounded && !self.left.is_empty() {
                        self.families[index].pages.ask();
                    }
                    if let Some(page) = page {
                        self.families.rotate_left(1);
                        return Poll::Ready(Some(page));
                    }
                }
            }
        }
        if self.families.is_empty() { Poll::Ready(None) } else { Poll::Pending }
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
        let names: Vec<&str> = self.plans.iter().map(|plan| &*plan.name).collect();
        f.debug_struct("SourcePages").field("resources", &names).finish_non_exhaustive()
    }
}
