//! The order in which the first responses for the records of a parent are looked at: that of the
//! records, however long each response takes, so that what is detected does not depend on it.

use std::convert::Infallible;

use tokio::sync::oneshot;

/// When a first response is looked at. To drop it lets the next one be looked at.
pub(crate) struct Turn {
    before: Option<oneshot::Receiver<Infallible>>,
    _done: oneshot::Sender<Infallible>,
}

/// The turns of the records of a parent.
#[derive(Default)]
pub(crate) struct Turns {
    last: Option<oneshot::Receiver<Infallible>>,
}

impl Turns {
    /// The turn of the next record.
    pub(crate) fn next(&mut self) -> Turn {
        let (done, after) = oneshot::channel();
        Turn { before: self.last.replace(after), _done: done }
    }
}

impl Turn {
    /// Waits until the responses for all records before have been looked at.
    pub(crate) async fn wait(&mut self) {
        if let Some(before) = self.before.take() {
            // It is never sent anything: it ends when the turn before is dropped.
            let _ = before.await;
        }
    }
}
