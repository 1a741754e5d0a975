//! A resource that is loaded again and again while something goes wrong, and what is there then.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{self, Replace},
};
use rest_source_load::Destination;

use crate::{
    suite::Place,
    support::{Resource, row},
};

const PAGE_SIZE: i64 = 5;

/// So many pages of records, all of the same generation.
pub(crate) fn numbers(disposition: WriteDisposition, pages: i64, generation: i64) -> Resource {
    let numbers = Resource::new("numbers", disposition)
        .column("id", Text)
        .column("amount", Bigint)
        .column("generation", Bigint)
        .primary_key(&["id"]);
    (0..pages).fold(numbers, |numbers, page| {
        let indices = page * PAGE_SIZE..(page + 1) * PAGE_SIZE;
        numbers.page(indices.map(|index| row![format!("N{index}").as_str(), index, generation]))
    })
}

/// Whether the load of a generation is complete, so that one more run would start over.
pub(crate) async fn is_complete<P: Place>(place: &P) -> bool {
    let state = place.destination().state().await.unwrap();
    state.iter().any(|state| state.checkpoint.is_none() && state.rows > 0)
}

/// Every record is there, once.
pub(crate) async fn assert_exactly_once<P: Place>(place: &P, pages: i64) {
    let records = (pages * PAGE_SIZE).to_string();
    let counts = place.counts("numbers", &["id", "amount", "generation"]).await;
    assert_eq!(counts, [&*records, &*records, &*records, "1"]);
}

/// Looks at the table of a `replace` all the while, until it is told to end: it is never empty, and
/// never a mixture.
pub(crate) struct Reader {
    thread: Option<JoinHandle<()>>,
    is_ended: Arc<AtomicBool>,
}

impl Reader {
    /// Looks only if the rows are replaced. The table has a generation already.
    pub(crate) fn of<P: Place>(name: String, disposition: WriteDisposition, pages: i64) -> Reader {
        let is_ended = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&is_ended);
        let read = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async move {
                let place = P::named(&name);
                while !ended.load(Ordering::Relaxed) {
                    assert_exactly_once(&place, pages).await;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            });
        };
        Reader { thread: (disposition == Replace).then(|| thread::spawn(read)), is_ended }
    }

    /// Ends it.
    pub(crate) fn end(self) {
        self.is_ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread {
            thread.join().unwrap();
        }
    }
}
