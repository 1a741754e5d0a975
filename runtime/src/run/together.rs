//! Resources whose types are forgotten, fetched together.

use std::{
    collections::HashMap,
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
    tree::{Opened, Wanted, first, open},
};
use crate::{
    AnyPage, AnyPages, AnyResource, Error, Start,
    fetch::{
        fetcher::Beginning,
        pipe::{self, Event, Inlet},
    },
};

/// Resources of a source that are fetched together, as they have an ancestor in common: each parent
/// is requested once, for itself and for all of its children. Any other resource is a family of its
/// own, also one of a [`Fetch`](crate::Fetch) with parameters, arguments or bounds.
///
/// ```
/// use futures_util::{StreamExt, future::join_all};
/// use rest_source::{Family, Source, Start};
///
/// async fn count(source: &impl Source) {
///     for family in Family::of(source.resources()) {
///         let pages = family.pages(vec![Start::default(); family.resources().len()]);
///         // All at the same time: see `pages`.
///         let counts = join_all(pages.into_iter().map(StreamExt::count)).await;
///         for (resource, pages) in family.resources().iter().zip(counts) {
///             println!("{}: {pages} pages", resource.plan().name);
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Family {
    resources: Vec<AnyResource>,
}

impl Family {
    /// The families that these resources make up. They and their resources keep their order.
    pub fn of(resources: impl IntoIterator<Item = AnyResource>) -> Vec<Family> {
        let mut families: Vec<Family> = Vec::new();
        for resource in resources {
            let akin = families.iter_mut().find(|family| family.is_akin(&resource));
            match akin {
                Some(family) => family.resources.push(resource),
                None => families.push(Family { resources: vec![resource] }),
            }
        }
        families
    }

    /// Its resources.
    pub fn resources(&self) -> &[AnyResource] {
        &self.resources
    }

    /// Begins to fetch each resource from its own start, in the order of
    /// [`resources`](Family::resources); one without a start begins at the beginning.
    ///
    /// The pages of a family come in one order, those of children behind the record that they
    /// belong to. One of each resource may wait to be taken; a second one holds up the others. So
    /// all streams are to be polled at the same time. One that is dropped holds up nothing, and what
    /// is fetched for it alone is fetched no more.
    ///
    /// Resources that go on at places that are too far from each other, as after a crash, are fetched
    /// apart this time, each with requests of its own for its parents.
    ///
    /// What one resource fails with does not keep the others from going on, unless it is their
    /// parent.
    pub fn pages(&self, starts: Vec<Start>) -> Vec<AnyPages> {
        let starts = starts.into_iter().chain(iter::repeat_with(Start::default));
        let starts = self.resources.iter().zip(starts);
        if self.resources.len() == 1 {
            return starts.map(|(resource, start)| resource.pages(start)).collect();
        }
        let (mut together, mut streams) = (Together::default(), Vec::new());
        for (number, (resource, start)) in starts.enumerate() {
            let Some(engine) = resource.engine() else { continue };
            let (sender, pages) = mpsc::channel(1);
            let is_given_up = Arc::new(AtomicBool::new(false));
            if let Some(beginning) = engine.options(start).beginning() {
                let beginning =
                    Beginning { is_given_up: Some(Arc::clone(&is_given_up)), ..beginning };
                let (plan, engine) = (engine.plan.clone(), Arc::clone(engine));
                together.wanted.push(Wanted { resource: number, plan, beginning });
                let is_given_up = Arc::clone(&is_given_up);
                together.takers.insert(number, Taker { engine, sender, is_given_up });
            }
            streams.push((pages, is_given_up));
        }
        let fetch = Arc::new(Fetch::new(together));
        let streams = streams.into_iter().map(|(pages, is_given_up)| -> AnyPages {
            Box::pin(Branch { fetch: Arc::clone(&fetch), pages, is_given_up })
        });
        streams.collect()
    }

    fn is_akin(&self, other: &AnyResource) -> bool {
        let Some(other) = other.engine() else { return false };
        self.resources.first().and_then(AnyResource::engine).is_some_and(|one| {
            one.client.is(&other.client)
                && one.is_plain()
                && other.is_plain()
                && first(&one.plan).name == first(&other.plan).name
        })
    }
}

/// What is to be fetched, and who takes the pages, by the numbers of the resources.
#[derive(Default)]
struct Together {
    wanted: Vec<Wanted>,
    takers: HashMap<usize, Taker>,
}

/// Who takes the pages of a resource.
struct Taker {
    engine: Arc<Engine>,
    sender: Sender<Result<AnyPage, Error>>,
    /// Tells the task that fetches it when nothing is wanted any more.
    is_given_up: Arc<AtomicBool>,
}

/// What the streams of a family share. Dropping it ends the fetch.
struct Fetch {
    /// What begins when the first stream is polled.
    new: Mutex<Option<Together>>,
    tasks: OnceLock<Vec<JoinHandle<()>>>,
}

impl Fetch {
    fn new(together: Together) -> Fetch {
        Fetch { new: Mutex::new(Some(together)), tasks: OnceLock::new() }
    }

    fn begin(&self) {
        let Some(Together { wanted, mut takers }) =
            self.new.lock().unwrap_or_else(PoisonError::into_inner).take()
        else {
            return;
        };
        let Some(client) = takers.values().next().map(|taker| taker.engine.client.clone()) else {
            return;
        };
        let opened = Handle::try_current()
            .map_err(|_| "pages are fetched on tokio".to_owned())
            .and_then(|runtime| Ok((open(&client, &runtime, wanted, true)?, runtime)));
        let (opened, runtime) = match opened {
            Ok(opened) => opened,
            Err(what) => {
                for taker in takers.values() {
                    // There is room for one, as nothing has been sent.
                    let _ = taker.sender.try_send(Err(taker.engine.placed(Error::config(&*what))));
                }
                return;
            }
        };
        let tasks = opened.into_iter().map(|Opened { resources, pages }| {
            let of_these = resources.iter().filter_map(|number| takers.remove_entry(number));
            runtime.spawn(hand_out(pages, of_these.collect()).in_current_span())
        });
        let _ = self.tasks.set(tasks.collect());
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.tasks.get().into_iter().flatten().for_each(JoinHandle::abort);
    }
}

/// Hands pages out to whom they belong, until there are no more or nobody takes them.
async fn hand_out(mut pages: Inlet, mut takers: HashMap<usize, Taker>) {
    pages.ask();
    while !takers.is_empty() {
        let (resource, page) = match poll_fn(|cx| pages.poll_next(cx)).await {
            Event::End => return,
            Event::Page(page) => {
                pages.ask();
                let resource = page.resource;
                let Some(taker) = takers.get(&resource) else { continue };
                (resource, taker.engine.decode(page, 0))
            }
            Event::Failed(resource, error) => (resource, Err(error)),
            Event::Stopped => {
                for taker in takers.values() {
                    let stopped = taker.engine.placed(pipe::stopped());
                    let _ = taker.sender.send(Err(stopped)).await;
                }
                return;
            }
        };
        let Some(taker) = takers.get(&resource) else { continue };
        let is_last = page.as_ref().map_or(true, |page| page.checkpoint.is_end());
        let page = page.map_err(|error| taker.engine.placed(error));
        if taker.sender.send(page).await.is_err() || is_last {
            taker.is_given_up.store(true, Ordering::Relaxed);
            takers.remove(&resource);
        }
    }
}

/// The pages of one resource of a family.
struct Branch {
    fetch: Arc<Fetch>,
    pages: Receiver<Result<AnyPage, Error>>,
    is_given_up: Arc<AtomicBool>,
}

impl Stream for Branch {
    type Item = Result<AnyPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.fetch.begin();
        self.pages.poll_recv(cx)
    }
}

impl Drop for Branch {
    fn drop(&mut self) {
        self.is_given_up.store(true, Ordering::Relaxed);
    }
}
