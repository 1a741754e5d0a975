//! What a paginator remembers, so that it does not go round in circles.

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
    pub(super) fn from(first: Option<String>) -> History {
        let mut history = History::default();
        if let Some(first) = first {
            history.has(&first);
        }
        history
    }

    /// Adds one. Says whether it was there before.
    pub(super) fn has(&mut self, next: &str) -> bool {
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
