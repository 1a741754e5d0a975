//! What every way to fetch is made of: one stream of the pages of several resources, as they were fetched,
//! with what bounds them. It knows no record type, so that it is compiled once, and not in every program for
//! each of its resources.

use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::runtime::Handle;

use super::{
    identity::check,
    tree::{self, Selected, SharedPages},
};
use crate::{
    Client, Error,
    error::{Reason, mask::Mask},
    fetch::{
        beginning::Beginning,
        fetched::Fetched,
        options::Options,
        pipe::{self, Event},
    },
    plan::{Link, ResourcePlan},
};

/// The pages of several resources. After an error there are no more of its resource: a page behind it would
/// come with a checkpoint that skips it.
pub(crate) struct Run {
    pub(crate) client: Client,
    pub(crate) members: Vec<Member>,
    trees: Vec<SharedPages>,
    has_begun: bool,
    /// Whether pages are requested before they are asked for.
    ahead: bool,
    /// Whether the tree of the page at hand is to be asked for the next one when this one is decoded.
    owes_demand: bool,
}

/// A page or what ends a resource, and which one.
type Next = (usize, Result<Box<Fetched>, Error>);

/// A resource of a run.
pub(crate) struct Member {
    pub(crate) plan: Link<ResourcePlan>,
    /// What it is refined by; its limits count down.
    pub(crate) options: Options,
    /// How many records the last page had: most likely the next one has as many.
    pub(crate) likely: usize,
    /// Whether no more of it is wanted, which ends what is fetched for it alone.
    pub(crate) is_over: Arc<AtomicBool>,
}

impl Member {
    pub(crate) fn new(plan: Link<ResourcePlan>, options: Options) -> Member {
        Member { plan, options, likely: 0, is_over: Arc::default() }
    }

    /// How many records may still come.
    pub(crate) fn left(&self) -> usize {
        self.options.limit.map_or(usize::MAX, |left| usize::try_from(left).unwrap_or(usize::MAX))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

impl Run {
    /// The run of some resources; that of one is sequential if it is bounded.
    pub(crate) fn new(client: Client, members: Vec<Member>) -> Run {
        let ahead = match &*members {
            [Member { options, .. }] => options.limit.is_none() && options.max_pages.is_none(),
            _ => true,
        };
        Run { client, members, trees: Vec::new(), has_begun: false, ahead, owes_demand: false }
    }

    /// The run of one resource.
    pub(crate) fn of_one(client: Client, plan: Link<ResourcePlan>, options: Options) -> Run {
        Run::new(client, vec![Member::new(plan, options)])
    }

    /// Asks for the first pages, unless it has. The error is that of each of its resources.
    pub(crate) fn begin(&mut self) -> Result<(), Reason> {
        if mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        let mut wanted = Vec::new();
        for (resource, member) in self.members.iter().enumerate() {
            if let Some(slice) = &member.options.slice {
                check(slice, &self.client, &member.plan, &member.options)?;
            }
            match member.options.beginning() {
                Some(beginning) => {
                    let is_given_up = Some(Arc::clone(&member.is_over));
                    let beginning = Beginning { is_given_up, ..beginning };
                    wanted.push(Selected { resource, plan: member.plan.clone(), beginning });
                }
                None => member.end(),
            }
        }
        if !wanted.is_empty() {
            let runtime = Handle::try_current().map_err(|_| "pages are fetched on tokio")?;
            self.trees = tree::open(&self.client, &runtime, wanted, self.ahead)?;
            self.trees.iter().for_each(|tree| tree.pages.ask());
        }
        Ok(())
    }

    /// The next page of a run of one resource.
    pub(crate) fn poll_one<P>(
        &mut self,
        cx: &mut Context<'_>,
        decode: impl FnOnce(usize, &Member, &Mask, Box<Fetched>) -> Result<(P, usize), Error>,
    ) -> Poll<Option<Result<P, Error>>> {
        if let Err(why) = self.begin() {
            return Poll::Ready(Some(Err(self.failed(0, Error::config(why)))));
        }
        self.poll_next(cx, decode).map(|next| Some(next?.1))
    }

    /// The next page as `decode` makes it, which also gives how many records it has, and the resource that
    /// it belongs to.
    pub(crate) fn poll_next<P>(
        &mut self,
        cx: &mut Context<'_>,
        decode: impl FnOnce(usize, &Member, &Mask, Box<Fetched>) -> Result<(P, usize), Error>,
    ) -> Poll<Option<(usize, Result<P, Error>)>> {
        let Some((resource, fetched)) = ready!(self.poll_fetched(cx)) else {
            return Poll::Ready(None);
        };
        let page = fetched.and_then(|fetched| {
            let is_end = fetched.checkpoint.is_end();
            let member = &self.members[resource];
            let (page, records) = decode(resource, member, &self.client.inner().mask, fetched)?;
            self.decoded(resource, records, is_end);
            Ok(page)
        });
        let page = page.map_err(|error| self.failed(resource, error));
        if mem::take(&mut self.owes_demand)
            && let Some(tree) = self.trees.last()
            && tree.resources.iter().any(|resource| self.is_open(*resource))
        {
            tree.pages.ask();
        }
        Poll::Ready(Some((resource, page)))
    }

    fn poll_fetched(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next>> {
        let mut index = 0;
        while index < self.trees.len() {
            if self.members.iter().all(Member::is_over) {
                self.trees.clear();
                break;
            }
            let (resource, next) = match self.trees[index].pages.poll_next(cx) {
                Poll::Pending => {
                    index += 1;
                    continue;
                }
                Poll::Ready(Event::End) => {
                    let resources = self.trees.remove(index).resources;
                    resources.iter().filter_map(|of| self.members.get(*of)).for_each(Member::end);
                    continue;
                }
                Poll::Ready(Event::Stopped) => {
                    // Each of its resources says so.
                    let mut resources = self.trees[index].resources.iter();
                    let Some(resource) = resources.find(|resource| self.is_open(**resource)) else {
                        self.trees.remove(index);
                        continue;
                    };
                    (*resource, Err(pipe::stopped()))
                }
                Poll::Ready(Event::Failed(resource, error)) => (resource, Err(error)),
                Poll::Ready(Event::Page(page)) => {
                    let resource = page.resource;
                    if let Some(member) = self.members.get_mut(resource)
                        && let Some(pages) = &mut member.options.max_pages
                    {
                        *pages = pages.saturating_sub(1);
                    }
                    // Asked for while this page is decoded, unless it may be the last one wanted.
                    self.owes_demand = self.is_open(resource) && self.is_bounded(index);
                    if !self.owes_demand {
                        self.trees[index].pages.ask();
                    }
                    (resource, Ok(page))
                }
            };
            if self.is_open(resource) {
                // The other trees come first next time.
                self.trees.rotate_left(index + 1);
                return Poll::Ready(Some((resource, next)));
            }
        }
        if self.trees.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }

    fn is_open(&self, resource: usize) -> bool {
        self.members.get(resource).is_some_and(|member| !member.is_over())
    }

    /// Whether a page of a tree may be the last one wanted.
    fn is_bounded(&self, tree: usize) -> bool {
        let members = self.trees[tree].resources.iter().filter_map(|of| self.members.get(*of));
        members
            .filter(|member| !member.is_over())
            .any(|Member { options, .. }| options.limit.is_some() || options.max_pages == Some(0))
    }

    /// A page of the resource had so many records, and may be its last one.
    fn decoded(&mut self, resource: usize, records: usize, is_end: bool) {
        let member = &mut self.members[resource];
        member.likely = records;
        if let Some(left) = &mut member.options.limit {
            *left = left.saturating_sub(u64::try_from(records).unwrap_or(u64::MAX));
        }
        let Options { limit, max_pages, .. } = &member.options;
        if is_end || *limit == Some(0) || *max_pages == Some(0) {
            member.end();
        }
    }

    /// There are no more pages of the resource for this reason. Gives it as it leaves.
    pub(crate) fn failed(&self, resource: usize, error: Error) -> Error {
        let member = &self.members[resource];
        member.end();
        error.of_resource(&member.plan.name).masked(&self.client.inner().mask)
    }
}
