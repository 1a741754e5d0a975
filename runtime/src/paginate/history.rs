//! What a paginator remembers, so that it does not go round in circles.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::value::RawValue;

use super::Halt;

/// Finds out, in constant memory, that page cursors or links go round in a circle: Brent's
/// algorithm. Each is compared with one that was kept, and which one is kept is renewed after 1, 2,
/// 4, 8 … steps, so that a circle of any length, after any beginning, is found within a few rounds.
#[derive(Clone, Default)]
pub(super) struct History {
    kept: Option<String>,
    steps: u64,
    renewal: u64,
}

impl History {
    /// A history that begins with this one, if there is one.
    pub(super) fn from(first: Option<&str>) -> History {
        let mut history = History::default();
        if let Some(first) = first {
            history.repeats(first);
        }
        history
    }

    /// Fails if this one was there before. `what` is what it is: `the page cursor`.
    pub(super) fn add(&mut self, what: &str, next: &str) -> Result<(), Halt> {
        if self.repeats(next) {
            return Err(Halt::Stuck(format!(
                "{what} {next:?} came a second time; following it would fetch the same \
                 pages for ever"
            )));
        }
        Ok(())
    }

    fn repeats(&mut self, next: &str) -> bool {
        if self.kept.as_deref() == Some(next) {
            return true;
        }
        if self.steps == self.renewal {
            self.kept = Some(next.to_owned());
            self.steps = 0;
            self.renewal = (self.renewal * 2).max(1);
        }
        self.steps += 1;
        false
    }
}

/// Finds out that a server gives the same page whatever it is asked for: it does not know the
/// parameter, or it gives its last page for each that lies behind it.
#[derive(Clone, Default)]
pub(super) struct LastPage(Option<u64>);

impl LastPage {
    /// Fails if these are the last page's records. `sent` is what the request for them said.
    pub(super) fn differs(&mut self, records: &[&RawValue], sent: &str) -> Result<(), Halt> {
        // Plain values may well come again; objects that are equal, a whole page of them, are the
        // same records.
        let are_objects = records.iter().all(|record| record.get().starts_with('{'));
        let page = (are_objects && !records.is_empty()).then(|| {
            let mut hasher = DefaultHasher::new();
            for record in records {
                record.get().hash(&mut hasher);
            }
            hasher.finish()
        });
        if page.is_some() && page == self.0 {
            return Err(Halt::Stuck(format!(
                "the server gave the same records for {sent} as for the page before; it seems not \
                 to know that parameter, or to have no such page"
            )));
        }
        self.0 = page;
        Ok(())
    }
}
