//! Buffers for the bodies of responses, used again and again: to get memory from the system for each
//! page and give it back is a tenth of what a fetch costs (`docs/performance.md`).

use std::sync::{Mutex, PoisonError};

/// How many are kept while they are unused. A fetch has two at a time: while one page is decoded,
/// the next one is on its way.
const MOST: usize = 4;

/// The largest that is kept, in bytes.
const LARGEST: usize = 4 << 20;

/// Unused buffers.
#[derive(Default)]
pub(crate) struct Buffers(Mutex<Vec<Vec<u8>>>);

impl Buffers {
    /// An empty buffer.
    pub(crate) fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Takes back a buffer that is not needed any more.
    pub(crate) fn give_back(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() == 0 || buffer.capacity() > LARGEST {
            return;
        }
        buffer.clear();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST {
            kept.push(buffer);
        }
    }
}
