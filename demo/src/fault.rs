//! When the demo API fails: on a schedule, so that every run sees the same faults.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::refusal::Refusal;

/// Counts the requests for each resource and makes every n-th fail.
///
/// It counts by resource because the order of requests for different resources is the client's
/// chance, while those for one of them come one after the other.
#[derive(Debug)]
pub(super) struct Schedule {
    every: Option<u64>,
    requests: Mutex<HashMap<String, u64>>,
}

impl Schedule {
    pub(super) fn new(every: Option<u64>) -> Schedule {
        Schedule { every, requests: Mutex::default() }
    }

    /// Counts a request for `resource` and fails it when its turn has come.
    pub(super) fn request(&self, resource: &str) -> Result<(), Refusal> {
        let Some(every) = self.every else { return Ok(()) };
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let count = requests.entry(resource.to_owned()).or_default();
        *count += 1;
        if !count.is_multiple_of(every) {
            return Ok(());
        }
        Err(match *count / every % 3 {
            1 => Refusal::rate_limited(),
            2 => Refusal::unavailable(),
            _ => Refusal::failed(),
        })
    }
}
