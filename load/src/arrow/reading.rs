//! Pages that are read by a task of their own, so that the next one is decoded while columns are made of the last
//! one.

use std::{
    mem,
    task::{Context, Poll, ready},
};

use futures_util::StreamExt as _;
use rest_source::{AnyPage, AnyPages};
use tokio::{runtime::Handle, sync::mpsc, task::JoinHandle};
use tracing::Instrument as _;

use crate::{Error, ErrorKind};

/// How many pages wait to become columns.
const WAITING: usize = 2;

/// Pages, of which nothing is fetched before the first poll.
pub(super) enum Pages {
    Idle(AnyPages),
    /// By a task.
    Read(Task),
    /// Without a runtime that could have a task.
    Polled(AnyPages),
    /// There are no more.
    Over,
}

/// The task, which ends when this is dropped.
pub(super) struct Task {
    pages: mpsc::Receiver<Read>,
    task: JoinHandle<()>,
}

/// What the task has read. Its end is said, as a task may also end by a panic.
enum Read {
    Page(Box<Result<AnyPage, rest_source::Error>>),
    End,
}

impl Drop for Task {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Pages {
    pub(super) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<AnyPage, Error>>> {
        if let Pages::Idle(pages) = self {
            let pages = mem::replace(pages, Box::pin(futures_util::stream::empty()));
            *self = match Handle::try_current() {
                Ok(runtime) => Pages::Read(read(pages, &runtime)),
                Err(_) => Pages::Polled(pages),
            };
        }
        let read = match self {
            Pages::Read(task) => ready!(task.pages.poll_recv(context)),
            Pages::Polled(pages) => match ready!(pages.as_mut().poll_next(context)) {
                Some(page) => Some(Read::Page(Box::new(page))),
                None => Some(Read::End),
            },
            Pages::Idle(_) | Pages::Over => Some(Read::End),
        };
        Poll::Ready(match read {
            Some(Read::Page(page)) => Some((*page).map_err(Error::of_source)),
            Some(Read::End) => {
                *self = Pages::Over;
                None
            }
            None => {
                *self = Pages::Over;
                let message = "the task that reads pages has ended before the last one";
                Some(Err(Error::new(ErrorKind::Source, message)))
            }
        })
    }
}

fn read(mut pages: AnyPages, runtime: &Handle) -> Task {
    let (sender, receiver) = mpsc::channel(WAITING);
    let task = async move {
        while let Some(page) = pages.next().await {
            if sender.send(Read::Page(Box::new(page))).await.is_err() {
                return;
            }
        }
        // The stream may be dropped by now.
        let _ = sender.send(Read::End).await;
    };
    Task { pages: receiver, task: runtime.spawn(task.in_current_span()) }
}
