//! Type-erased resources that are fetched together, each with a stream of its own.

use std::{
    future::poll_fn,
    iter,
    pin::Pin,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use futures_core::Stream;
use tokio::{
    runtime::Handle,
    sync::mpsc::{self, Receiver, Sender},
    task::JoinHandle,
};
use tracing::Instrument as _;

use super::{
    source::Engine,
    stream::{Member, Run},
    tree::root,
};
use crate::{AnyPage, AnyPages, AnyResource, Error, Start};

/// Resources of a source that are fetched together, as they are in one tree: each parent is requested
/// once, for itself and for all of its children. Any other resource is a tree of its own, also one of a
/// [`Fetch`](crate::Fetch) with parameters, arguments or bounds.
#[derive(Debug, Clone)]
pub struct Tree {
    resources: Vec<AnyResource>,
}

impl Tree {
    /// The trees that these resources are in. They and their resources keep their order.
    pub fn of(resources: impl IntoIterator<Item = AnyResource>) -> Vec<Tree> {
        let mut trees: Vec<Tree> = Vec::new();
        for resource in resources {
            match trees.iter_mut().find(|tree| tree.takes(&resource)) {
                Some(tree) => tree.resources.push(resource),
                None => trees.push(Tree { resources: vec![resource] }),
            }
        }
        trees
    }

    /// Its resources.
    pub fn resources(&self) -> &[AnyResource] {
        &self.resources
    }

    /// Begins to fetch each resource from its own start, in the order of
    /// [`resources`](Tree::resources); one without a start begins at the beginning.
    ///
    /// The pages of a tree come in one order, those of children behind the record that they
    /// belong to. One of each resource may wait to be taken; a second one holds up the others. So
    /// all streams are to be polled at the same time. One that is dropped holds up nothing, and what
    /// is fetched for it alone is fetched no more.
    ///
    /// Resources that resume at places that are too far from each other, as after a crash, are fetched
    /// apart this time, each with requests of its own for its parents.
    ///
    /// What one resource fails with does not stop the others, unless it is their
    /// parent.
    pub fn pages(&self, starts: Vec<Start>) -> Vec<AnyPages> {
        let starts = starts.into_iter().chain(iter::repeat_with(Start::default));
        let starts = self.resources.iter().zip(starts);
        if self.resources.len() == 1 {
            return starts.map(|(resource, start)| resource.pages(start)).collect();
        }
        let (mut members, mut senders, mut streams) = (Vec::new(), Vec::new(), Vec::new());
        for (resource, start) in starts {
            let Some(engine) = resource.engine() else { continue };
            let (sender, pages) = mpsc::channel(1);
            let member = Member::new(engine.plan.clone(), engine.options(start));
            streams.push((pages, Arc::clone(&member.is_over)));
            members.push(member);
            senders.push(PageSender { engine: Arc::clone(engine), sender: Some(sender) });
        }
        let Some(first) = senders.first() else { return Vec::new() };
        let run = Run::new(first.engine.client.clone(), members);
        let new = Mutex::new(Some((run, senders)));
        let shared = Arc::new(Shared { new, task: OnceLock::new() });
        let streams = streams.into_iter().map(|(pages, is_over)| -> AnyPages {
            Box::pin(TreePages { shared: Arc::clone(&shared), pages, is_over })
        });
        streams.collect()
    }

    fn takes(&self, other: &AnyResource) -> bool {
        let Some(other) = other.engine() else { return false };
        self.resources.first().and_then(AnyResource::engine).is_some_and(|one| {
            one.client.is(&other.client)
                && one.is_plain()
                && other.is_plain()
                && root(&one.plan).name == root(&other.plan).name
        })
    }
}

/// Where the pages of a resource are taken.
struct PageSender {
    engine: Arc<Engine>,
    /// `None` if there are no more.
    sender: Option<Sender<Result<AnyPage, Error>>>,
}

/// What the streams of a tree share. Dropping it ends the fetch.
struct Shared {
    /// What begins when the first stream is polled.
    new: Mutex<Option<(Run, Vec<PageSender>)>>,
    task: OnceLock<JoinHandle<()>>,
}

impl Shared {
    fn begin(&self) {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((mut run, senders)) = new else { return };
        match run.begin() {
            Ok(()) => {
                // Without a runtime there is nothing to fetch, or else it is an error.
                let Ok(runtime) = Handle::try_current() else { return };
                let _ = self.task.set(runtime.spawn(hand_out(run, senders).in_current_span()));
            }
            Err(why) => {
                for (resource, sender) in senders.into_iter().enumerate() {
                    // There is room for one, as nothing has been sent.
                    let error = run.failed(resource, Error::config(why.clone()));
                    if let Some(sender) = sender.sender {
                        let _ = sender.try_send(Err(error));
                    }
                }
            }
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.task.get().into_iter().for_each(JoinHandle::abort);
    }
}

/// Hands pages out where they are taken, until there are no more.
async fn hand_out(mut run: Run, mut senders: Vec<PageSender>) {
    loop {
        let next = poll_fn(|cx| {
            let next = run.poll_next(cx, |resource, member, mask, fetched| {
                senders[resource].engine.decode(member, mask, fetched)
            });
            if next.is_pending() {
                close(&run, &mut senders);
            }
            next
        });
        let Some((resource, page)) = next.await else { return };
        if let Some(sender) = &senders[resource].sender
            && sender.send(page).await.is_err()
        {
            run.members[resource].end();
        }
        close(&run, &mut senders);
    }
}

/// Ends the streams of resources without more pages.
fn close(run: &Run, senders: &mut [PageSender]) {
    for (member, sender) in run.members.iter().zip(senders) {
        if member.is_over() {
            sender.sender = None;
        }
    }
}

/// The pages of one resource of a tree.
struct TreePages {
    shared: Arc<Shared>,
    pages: Receiver<Result<AnyPage, Error>>,
    is_over: Arc<AtomicBool>,
}

impl Stream for TreePages {
    type Item = Result<AnyPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.shared.begin();
        self.pages.poll_recv(cx)
    }
}

impl Drop for TreePages {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}
