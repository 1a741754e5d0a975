//! How fast a client sends: no faster than its plan says, and not before the server wants more.

pub(crate) mod budget;
pub(crate) mod headers;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{self, Instant};

use self::budget::Budget;
use crate::{
    Error,
    plan::{RateLimit, Unit},
};

/// What all requests of a client pass, one by one, in the order in which they come.
pub(crate) struct RateLimiter {
    /// Held by the one that is next, while it waits: `tokio`'s mutex is fair, and who goes away
    /// while waiting takes nothing from the others.
    gate: tokio::sync::Mutex<()>,
    limit: Mutex<Option<Limit>>,
    /// The server wants nothing before this.
    paused: Mutex<Option<Instant>>,
    /// What this client shares with others.
    shared: Option<Arc<dyn Budget>>,
}

/// At most `requests` in every stretch of `per`, and at most `burst` of them at once.
struct Limit {
    requests: u32,
    per: Duration,
    burst: u32,
    /// When the requests of the last `per` were sent. A bucket that fills up alone would let nearly
    /// twice as many pass in the first `per`.
    sent: VecDeque<Instant>,
    /// When the bucket that holds `burst` requests will be full again.
    full: Option<Instant>,
}

impl RateLimiter {
    pub(crate) fn new(plan: Option<&RateLimit>, shared: Option<Arc<dyn Budget>>) -> RateLimiter {
        let limit = plan.map(|plan| Limit {
            requests: plan.requests.max(1),
            per: length(plan.per),
            burst: plan.burst.clamp(1, plan.requests.max(1)),
            sent: VecDeque::new(),
            full: None,
        });
        let limit = Mutex::new(limit);
        RateLimiter { gate: tokio::sync::Mutex::new(()), limit, paused: Mutex::new(None), shared }
    }

    /// Waits until the next request may be sent.
    ///
    /// # Errors
    ///
    /// That of the budget which is shared.
    pub(crate) async fn pass(&self) -> Result<(), Error> {
        let _gate = self.gate.lock().await;
        loop {
            let now = Instant::now();
            let next = lock(&self.limit).as_mut().and_then(|limit| limit.next(now));
            let Some(next) = next.max(*lock(&self.paused)).filter(|next| *next > now) else {
                break;
            };
            tracing::info!(wait_ms = (next - now).as_millis(), "waiting for the rate limit");
            time::sleep_until(next).await;
        }
        self.count().await
    }

    /// Counts a request that did not have to wait, since it belongs to one that had. It waits for the budget
    /// that is shared, if there is one.
    pub(crate) async fn count(&self) -> Result<(), Error> {
        if let Some(shared) = &self.shared {
            shared.acquire().await?;
        }
        if let Some(limit) = lock(&self.limit).as_mut() {
            limit.take(Instant::now());
        }
        Ok(())
    }

    /// Lets nothing pass for so long, here and wherever the budget is shared.
    pub(crate) async fn pause(&self, wait: Duration) -> Result<(), Error> {
        let until = Instant::now() + wait;
        {
            let mut paused = lock(&self.paused);
            *paused = (*paused).max(Some(until));
        }
        match &self.shared {
            Some(shared) => shared.hold(wait).await,
            None => Ok(()),
        }
    }
}

/// What is locked here is whole at every moment, so that a panic elsewhere does no harm.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Limit {
    /// When the next request may be sent, if it is not now.
    fn next(&mut self, now: Instant) -> Option<Instant> {
        while self.sent.front().is_some_and(|sent| *sent + self.per <= now) {
            self.sent.pop_front();
        }
        let requests = usize::try_from(self.requests).unwrap_or(usize::MAX);
        let last_free = self.sent.len().checked_sub(requests);
        let in_stretch = last_free.map(|index| self.sent[index] + self.per);
        // Room for one is there when all but one could be refilled until `full`.
        let room = self.interval() * (self.burst - 1);
        let in_burst = self.full.and_then(|full| full.checked_sub(room));
        in_stretch.max(in_burst)
    }

    fn take(&mut self, now: Instant) {
        self.sent.push_back(now);
        self.full = Some(self.full.map_or(now, |full| full.max(now)) + self.interval());
    }

    /// The time that it takes to fill up one request of the burst.
    fn interval(&self) -> Duration {
        self.per / self.requests
    }
}

fn length(unit: Unit) -> Duration {
    Duration::from_secs(unit.seconds().unsigned_abs())
}
