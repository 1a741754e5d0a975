//! Pages on their way from the task that fetches them to the task that uses them: as many as are asked
//! for, and no more.

use std::{
    future::Future,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};

use super::fetched::Fetched;
use crate::{Error, error::Kind};

/// What comes out of a pipe.
pub(crate) enum Event {
    Page(Box<Fetched>),
    /// The resource of this index has no more pages, for this reason.
    Failed(usize, Error),
    /// The task was stopped from elsewhere, and nothing more will come.
    Stopped,
    /// There is nothing more.
    End,
}

/// Where a task puts pages.
pub(crate) struct Outlet {
    /// Has a permit for each page that is asked for.
    demand: Arc<Semaphore>,
    events: mpsc::Sender<Event>,
    /// Whether a page is asked for that has not been sent yet.
    is_asked: bool,
}

/// Where pages are taken out. Dropping it stops the task.
pub(crate) struct Inlet {
    demand: Arc<Semaphore>,
    events: mpsc::Receiver<Event>,
    task: JoinHandle<()>,
}

/// Runs a task that puts pages into a pipe. Nothing is asked for yet.
pub(crate) fn spawn<F>(runtime: &Handle, task: impl FnOnce(Outlet) -> F) -> Inlet
where
    F: Future<Output = ()> + Send + 'static,
{
    let demand = Arc::new(Semaphore::new(0));
    let (sender, events) = mpsc::channel(1);
    let outlet = Outlet { demand: Arc::clone(&demand), events: sender, is_asked: false };
    Inlet { demand, events, task: runtime.spawn(task(outlet)) }
}

/// The error for a task that was stopped from elsewhere.
pub(crate) fn stopped() -> Error {
    Error::new(Kind::Cancelled("the fetch was stopped: tokio was shut down meanwhile".to_owned()))
}

impl Outlet {
    /// Waits until a page is asked for. Says whether more pages may follow.
    pub(crate) async fn asked(&mut self) -> bool {
        if !self.is_asked {
            match self.demand.acquire().await {
                Ok(permit) => permit.forget(),
                Err(_) => return false,
            }
            self.is_asked = true;
        }
        true
    }

    /// Hands a page over. Says whether it was taken.
    pub(crate) async fn send(&mut self, page: Box<Fetched>) -> bool {
        self.is_asked = false;
        self.put(Event::Page(page)).await
    }

    /// Hands over something else, which need not be asked for.
    pub(crate) async fn put(&self, event: Event) -> bool {
        self.events.send(event).await.is_ok()
    }
}

impl Inlet {
    /// Asks for one more page.
    pub(crate) fn ask(&self) {
        self.demand.add_permits(1);
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Event> {
        self.events.poll_recv(cx).map(|event| event.unwrap_or(Event::Stopped))
    }
}

impl Drop for Inlet {
    fn drop(&mut self) {
        self.task.abort();
    }
}
