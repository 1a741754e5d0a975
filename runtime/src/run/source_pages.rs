//! The pages of several resources of a source in one stream, as a plan that is made at run time has them.

use std::{fmt, future::poll_fn, marker::PhantomData};

use super::stream::{Member, Run};
use crate::{
    Client, Error, Fetch, FromRecord, Page,
    plan::{Link, ResourcePlan},
};

/// The pages of several resources of a source, those of one in their order.
///
/// A resource that is the parent of others is requested once, for itself and for all of them. What
/// one resource fails with does not stop the others.
#[must_use = "dropping the pages stops the fetch"]
pub struct SourcePages<T> {
    run: Run,
    record: PhantomData<fn() -> T>,
}

/// The name of a resource, and a page of it or why there are no more.
pub type ResourcePage<T> = (String, Result<Page<T>, Error>);

impl<T: FromRecord> SourcePages<T> {
    /// Begins to fetch the resources of these plans, each as `refine` makes it. Parameters and
    /// arguments have to be the same for resources that share a parent.
    ///
    /// # Errors
    ///
    /// When a resource cannot be fetched as asked, before anything is requested; outside of tokio.
    pub fn new(
        client: &Client,
        plans: impl IntoIterator<Item = impl Into<Link<ResourcePlan>>>,
        refine: impl Fn(Fetch<T>) -> Fetch<T>,
    ) -> Result<SourcePages<T>, Error> {
        let members = plans.into_iter().map(|plan| {
            let (_, plan, options) = refine(Fetch::of_plan(client, plan)).into_parts();
            Member::new(plan, options)
        });
        let mut run = Run::new(client.clone(), members.collect());
        match run.begin() {
            Ok(()) => Ok(SourcePages { run, record: PhantomData }),
            Err(why) => Err(Error::config(why).masked(&client.inner().mask)),
        }
    }

    /// The next page of any resource, or `None` if there are no more. After an error there is no
    /// further page of its resource.
    pub async fn next(&mut self) -> Option<ResourcePage<T>> {
        let next = poll_fn(|cx| {
            self.run
                .poll_next(cx, |_, member, mask, fetched| Page::decode(member, mask, fetched, true))
        });
        let (resource, page) = next.await?;
        Some((self.run.members[resource].plan.name.to_string(), page))
    }
}

impl<T> fmt::Debug for SourcePages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.run.members.iter().map(|member| &*member.plan.name).collect();
        f.debug_struct("SourcePages").field("resources", &names).finish_non_exhaustive()
    }
}
