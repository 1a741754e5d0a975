//! From the pages of a parent to those of its children: for each record a fetch of its own, several
//! of them at the same time, their pages in the order of the records.

mod origins;

use std::{
    collections::VecDeque,
    future::poll_fn,
    mem,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::runtime::Handle;
use tracing::Instrument as _;

use super::{
    batches::Place,
    child::{Child, Windows},
    job::{Job, Work},
    node::{Node, Open},
    work::{ParentPage, at_the_end, work},
};
use crate::{
    Checkpoint, Client, Error,
    error::{Kind, Reason},
    fetch::{
        beginning::Beginning,
        fetched::Fetched,
        fetcher::Fetcher,
        pipe::{self, Event, Inlet, Outlet},
        templates::sent_start,
        values::Values,
    },
    incremental::Range,
    paginate::{Doubt, detect::Turn},
    plan::{Link, ResourcePlan},
};

/// A fetch for each record of a parent, for each window of a range, or for each combination of lists.
pub(super) struct Expansion {
    client: Client,
    runtime: Handle,
    /// Where the records come from; `None` if all of the work is known from the start.
    parent: Option<Parent>,
    /// The parent's name and its only record, if the caller has given it.
    given: Option<(String, String)>,
    /// How many combinations of lists have become work, if there are more.
    listed: Option<usize>,
    /// The last work of those.
    held: Option<Work>,
    children: Vec<Child>,
    /// How many fetches run at the same time.
    width: usize,
    /// Whether pages are requested before they are asked for.
    ahead: bool,
    /// How what the children are combined with is fetched.
    open: Open,
    /// What comes out next, in order.
    queue: VecDeque<Item>,
    /// What is to be done for the records of the parent's last page.
    work: VecDeque<Work>,
}

/// The parent, and how far its pages have been expanded.
struct Parent {
    pages: Inlet,
    resource: usize,
    plan: Link<ResourcePlan>,
    /// Where its pages are wanted themselves, if they are.
    wanted: Option<Beginning>,
    /// The checkpoint of the last page.
    last: Option<Checkpoint>,
    is_asked: bool,
    has_failed: bool,
    has_ended: bool,
}

/// Something that comes out, or something that more comes out of.
enum Item {
    Page(Box<Fetched>),
    Failed(usize, Error),
    Branch(Box<Branch>),
}

/// The fetch of one child for one record of the parent.
struct Branch {
    pages: Inlet,
    is_asked: bool,
    job: Job,
}

/// What the expansion does next.
enum Step {
    Send(Box<Fetched>),
    Put(Event),
    Parent(Event),
}

impl Expansion {
    pub(super) fn new(
        client: &Client,
        runtime: &Handle,
        children: Vec<Child>,
        ahead: bool,
        open: Open,
    ) -> Expansion {
        let width = usize::try_from(client.inner().concurrency).unwrap_or(usize::MAX);
        Expansion {
            client: client.clone(),
            runtime: runtime.clone(),
            parent: None,
            given: None,
            listed: None,
            held: None,
            children,
            width: if ahead { width.max(1) } else { 1 },
            ahead,
            open,
            queue: VecDeque::new(),
            work: VecDeque::new(),
        }
    }

    /// Whether there are no children.
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// Of the records on the pages of a parent, which begin behind a checkpoint.
    pub(super) fn of_pages(
        self,
        pages: Inlet,
        parent: &Node,
        after: Option<Checkpoint>,
    ) -> Expansion {
        let (resource, plan, wanted) =
            (parent.resource, parent.plan.clone(), parent.wanted.clone());
        // A run that begins behind an earlier one has a place before its first page, too.
        let last = after.filter(|last| last.page > 0 || last.begins_run());
        let (is_asked, has_failed, has_ended) = (false, false, false);
        let parent =
            Parent { pages, resource, plan, wanted, last, is_asked, has_failed, has_ended };
        Expansion { parent: Some(parent), ..self }
    }

    /// Sends page after page as they are asked for, until there are no more.
    pub(super) async fn run(mut self, mut outlet: Outlet) {
        let mut has_begun = false;
        while outlet.asked().await {
            if !mem::replace(&mut has_begun, true) {
                self.combine().await;
            }
            match poll_fn(|cx| self.poll(cx)).await {
                Step::Send(page) => {
                    if !outlet.send(page).await {
                        return;
                    }
                }
                Step::Put(event) => {
                    let ends = matches!(event, Event::End);
                    if !outlet.put(event).await || ends {
                        return;
                    }
                }
                Step::Parent(event) => self.take(event),
            }
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Step> {
        loop {
            self.begin();
            let Some(Item::Branch(branch)) = self.queue.front_mut() else { break };
            if self.children[branch.job.child].is_given_up() {
                self.queue.pop_front();
                continue;
            }
            if !mem::replace(&mut branch.is_asked, true) {
                branch.pages.ask();
            }
            match branch.pages.poll_next(cx) {
                Poll::Pending => break,
                Poll::Ready(Event::Page(page)) => {
                    branch.is_asked = self.ahead;
                    if self.ahead {
                        branch.pages.ask();
                    }
                    let child = &mut self.children[branch.job.child];
                    return Poll::Ready(Step::Send(branch.job.complete(child, page)));
                }
                Poll::Ready(event @ (Event::Failed(..) | Event::Stopped)) => {
                    let error = match event {
                        Event::Failed(_, error) => error,
                        _ => pipe::stopped(),
                    };
                    let child = branch.job.child;
                    self.queue.pop_front();
                    return Poll::Ready(Step::Put(self.fail(child, error)));
                }
                Poll::Ready(Event::End) => {
                    self.queue.pop_front();
                }
            }
        }
        match self.queue.pop_front() {
            Some(Item::Page(page)) => return Poll::Ready(Step::Send(page)),
            Some(Item::Failed(resource, error)) => {
                return Poll::Ready(Step::Put(Event::Failed(resource, error)));
            }
            Some(branch) => self.queue.push_front(branch),
            None => {}
        }
        let Some(parent) = self.parent.as_mut().filter(|parent| !parent.has_ended) else {
            let is_done = self.queue.is_empty() && self.work.is_empty();
            return if is_done { Poll::Ready(Step::Put(Event::End)) } else { Poll::Pending };
        };
        if !self.work.is_empty() || self.queue.len() >= self.width {
            return Poll::Pending;
        }
        if !mem::replace(&mut parent.is_asked, true) {
            parent.pages.ask();
        }
        parent.pages.poll_next(cx).map(Step::Parent)
    }

    /// Begins as many fetches as may run at the same time.
    fn begin(&mut self) {
        while self.queue.len() < self.width {
            self.list_more();
            let (child, begun) = match self.work.pop_front() {
                None => return,
                Some(Work::Fail { child, error, .. }) => (child, Err(error)),
                Some(Work::Fetch(job)) if self.children[job.child].is_over() => continue,
                Some(Work::Fetch(job)) => {
                    let child = job.child;
                    match self.split(&job) {
                        Ok(None) => {
                            let turn = self.children[child].turn();
                            let pages = self.branch(&self.children[child], &job, turn);
                            (child, pages.map(|pages| (pages, job)).map_err(Error::config))
                        }
                        Ok(Some(parts)) => {
                            for part in parts.into_iter().rev() {
                                self.work.push_front(Work::Fetch(part));
                            }
                            continue;
                        }
                        Err(why) => (child, Err(Error::config(why))),
                    }
                }
            };
            match begun {
                Ok((pages, job)) => {
                    if self.ahead {
                        // Two, or else of children with several pages only the first ones would be
                        // fetched at the same time.
                        pages.ask();
                        pages.ask();
                    }
                    let branch = Branch { pages, is_asked: self.ahead, job };
                    self.queue.push_back(Item::Branch(Box::new(branch)));
                }
                // What was begun for the records before comes first.
                Err(error) if !mem::replace(&mut self.children[child].has_failed, true) => {
                    self.queue.push_back(Item::Failed(self.children[child].resource, error));
                }
                Err(_) => {}
            }
        }
    }

    /// The windows that the range of one record of the parent is split into. `None` if it is one itself, or
    /// nothing says so or where the range begins.
    fn split(&mut self, job: &Job) -> Result<Option<Vec<Job>>, Reason> {
        let child = &mut self.children[job.child];
        let plan = match &child.plan.endpoint.incremental {
            Some(plan) if job.part.is_none() && child.is_split() => plan,
            _ => return Ok(None),
        };
        let client = self.client.inner();
        let values = Values {
            parent: Arc::clone(&job.related.values),
            each: Arc::clone(&job.related.each),
            now: child.beginning.now,
            ..child.beginning.values.clone()
        };
        let plan = values.range(client, plan)?;
        let range = Range::new(&plan, job.state(child), child.beginning.now)?;
        let sent = sent_start(&child.plan.endpoint);
        let Some(slices) = range.slices(sent.as_ref())? else { return Ok(None) };
        range.warn_of_what_is_left(&child.beginning.observed);
        let state = range.state();
        Ok(Some(job.split(child, slices, state)))
    }

    fn branch(&self, child: &Child, job: &Job, turn: Option<Turn>) -> Result<Inlet, Reason> {
        let mut beginning = child.beginning.clone();
        beginning.values.parent = Arc::clone(&job.related.values);
        beginning.values.added = Arc::clone(&job.related.added);
        beginning.values.each = Arc::clone(&job.related.each);
        let mut range = job.state(child);
        if let Some(part) = &job.part {
            (beginning.slice, range) = (Some(part.slice.clone()), child.split_state(&job.key));
        }
        if let Some(Windows { slices, state }) = &child.windows {
            beginning.slice = usize::try_from(job.index).ok().and_then(|i| slices.get(i)).cloned();
            range = Some(state.clone());
        }
        let pages = job.resume.as_deref().cloned();
        beginning.resume = Some(Checkpoint { pages, range, ..Checkpoint::default() });
        let (client, plan) = (&self.client, child.plan.clone());
        let fetcher = Fetcher::new(client, child.resource, plan, beginning)?.in_turn(turn);
        let span = child.span.clone();
        Ok(pipe::spawn(&self.runtime, |outlet| fetcher.run(outlet).instrument(span)))
    }

    /// Gives up a child: nothing more of it is fetched.
    fn fail(&mut self, child: usize, error: Error) -> Event {
        self.children[child].has_failed = true;
        let resource = self.children[child].resource;
        self.queue.retain(|item| match item {
            Item::Branch(other) => other.job.child != child,
            // It fails once.
            Item::Failed(failed, _) => *failed != resource,
            Item::Page(_) => true,
        });
        Event::Failed(resource, error)
    }

    /// Takes what comes from the parent.
    fn take(&mut self, event: Event) {
        let Some(parent) = &mut self.parent else { return };
        match event {
            Event::Page(page) if page.resource == parent.resource => {
                parent.asks(self.ahead && !page.checkpoint.is_end());
                if parent.has_failed {
                    return;
                }
                let before = parent.last.replace(page.checkpoint.clone());
                let plan = parent.plan.clone();
                let wants = |wanted: &Beginning| !wanted.is_done_with(&page);
                let is_wanted = parent.wanted.as_ref().is_some_and(wants);
                if let Some(doubt) = &page.doubt {
                    self.doubt_parent(&plan.name, doubt, page.number);
                }
                if let Err(error) = self.expand(&plan.name, before, &page) {
                    self.lose_parent(error.on_page(page.number));
                } else if is_wanted {
                    self.queue.push_back(Item::Page(page));
                }
            }
            Event::Page(page) => {
                parent.asks(self.ahead);
                self.queue.push_back(Item::Page(page));
            }
            Event::Failed(resource, error) if resource == parent.resource => {
                self.lose_parent(error);
            }
            Event::Failed(resource, error) => self.queue.push_back(Item::Failed(resource, error)),
            Event::Stopped => {
                parent.has_ended = true;
                self.lose_parent(pipe::stopped());
            }
            Event::End => {
                parent.has_ended = true;
                let (name, last) = (&parent.plan.name, parent.last.clone().unwrap_or_default());
                let place = Place { number: last.page, index: 0, page: Arc::new((None, last)) };
                for (number, child) in self.children.iter_mut().enumerate() {
                    self.work.extend(at_the_end(number, child, name, &place));
                    child.parent_has_ended();
                }
            }
        }
    }

    /// Without its parent no child can be complete.
    fn lose_parent(&mut self, error: Error) {
        let Some(parent) = &mut self.parent else { return };
        parent.has_failed = true;
        let what = format!("the parent `{}` could not be fetched: {error}", parent.plan.name);
        let mut error = Some(error);
        if parent.wanted.is_some() {
            let error = error.take().map(|error| Item::Failed(parent.resource, error));
            self.queue.extend(error);
        }
        for child in self.children.iter_mut().filter(|child| !child.has_failed) {
            child.has_failed = true;
            // If the parent's pages are not wanted, its error is the child's.
            let own = error.take();
            let error = own.unwrap_or_else(|| Error::new(Kind::Parent(what.clone())));
            self.queue.push_back(Item::Failed(child.resource, error));
        }
    }

    /// Gives up the children that have to be complete, which they are not without all of the parent.
    fn doubt_parent(&mut self, parent: &str, doubt: &Doubt, page: u64) {
        let what = format!("the parent `{parent}`, page {page}: {}", doubt.what);
        let strict = self.children.iter_mut().filter(|child| child.beginning.is_strict);
        for child in strict.filter(|child| !child.has_failed) {
            child.has_failed = true;
            let has_moved = doubt.has_moved;
            let error = Error::new(Kind::Doubted { what: what.clone(), has_moved });
            self.queue.push_back(Item::Failed(child.resource, error));
        }
    }

    /// Adds the work for the records of a parent's page.
    fn expand(
        &mut self,
        parent: &str,
        before: Option<Checkpoint>,
        page: &Fetched,
    ) -> Result<(), Error> {
        let records = page.body.records(&page.selector);
        let records = records.map_err(|fault| page.body.fault(fault))?;
        let around = Arc::new((before, page.checkpoint.clone()));
        let is_done_at = |after: &Checkpoint| page.is_done_at(after);
        let at = ParentPage {
            around: &around,
            number: page.number,
            is_done_at: &is_done_at,
            from: 0,
            is_whole: true,
        };
        let mut new = Vec::new();
        for (number, child) in self.children.iter_mut().enumerate() {
            if !child.is_over() {
                let related = child.related(parent, page, &records);
                new.extend(work(number, child, parent, &at, related));
            }
        }
        // One record after the other, so that the children of different kinds come side by side.
        new.sort_by_key(|work| match work {
            Work::Fetch(Job { index, .. }) | Work::Fail { index, .. } => *index,
        });
        self.work.extend(new);
        Ok(())
    }
}

impl Parent {
    /// The page that was asked for has come. The next one is asked for at once, so that it is there when
    /// the records of this one have been fetched for.
    fn asks(&mut self, at_once: bool) {
        self.is_asked = at_once;
        if at_once {
            self.pages.ask();
        }
    }
}
