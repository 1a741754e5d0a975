//! When a budget that is shared grants how many requests: a decision about what was granted before. Times are
//! microseconds of the server's clock.

use std::time::Duration;

/// A limit as it is kept by leases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// How many requests each stretch of `per` may see.
    pub(super) requests: u32,
    pub(super) per: Duration,
}

/// What was granted: until when it may be sent, and how many requests.
pub(super) type Grant = (i64, i64);

/// How long a lease holds at most.
const LONGEST: Duration = Duration::from_secs(10);

/// What comes of asking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// So many requests, with which these grants count.
    Grant(u32, Vec<Grant>),
    /// Nothing before so many microseconds.
    Wait(i64),
}

impl Limit {
    /// How long a lease holds that takes so long to get: what is not used by then counts all the same.
    pub(super) fn lease(&self, takes: Duration) -> Duration {
        (self.per / 20).min(Duration::from_secs(1)).max(takes * 3).min(LONGEST)
    }

    /// How much later than it was sent a request may be counted by its server, in comparison with others.
    fn delay(&self) -> Duration {
        (self.per / 20).min(Duration::from_millis(250))
    }

    /// Grants that end within so long are counted as one.
    fn tick(&self) -> i64 {
        micros(self.per / 100).max(1)
    }

    /// The most that one lease has.
    pub(super) fn largest(&self) -> u32 {
        (self.requests / 8).max(1)
    }

    /// For how long a grant counts behind its end, when its last request may be sent: the server counts that for
    /// a whole stretch.
    fn horizon(&self) -> i64 {
        micros(self.per).saturating_add(micros(self.delay()))
    }

    /// What is granted to one who wants so many requests for so long, at this time.
    pub(super) fn decide(
        &self,
        wanted: u32,
        lease: Duration,
        mut grants: Vec<Grant>,
        not_before: i64,
        now: i64,
    ) -> Decision {
        if now < not_before {
            return Decision::Wait(not_before - now);
        }
        let (tick, horizon) = (self.tick(), self.horizon());
        let end = now.saturating_add(micros(lease));
        let end = end.saturating_add(tick - end.rem_euclid(tick));
        // The server's clock may have been set back.
        let latest = now.saturating_add(micros(LONGEST)).saturating_add(tick);
        for (until, _) in &mut grants {
            *until = latest.min(*until);
        }
        grants.retain(|(until, _)| until.saturating_add(horizon) > now);
        let used: i64 = grants.iter().map(|(_, requests)| requests).sum();
        let free = i64::from(self.requests).saturating_sub(used);
        if free <= 0 {
            let oldest = grants.iter().map(|(until, _)| *until).min().unwrap_or(now);
            return Decision::Wait(oldest.saturating_add(horizon).saturating_sub(now).max(1));
        }
        let granted = wanted.max(1).min(u32::try_from(free).unwrap_or(u32::MAX));
        match grants.iter_mut().find(|grant| grant.0 == end) {
            Some(grant) => grant.1 += i64::from(granted),
            None => grants.push((end, i64::from(granted))),
        }
        Decision::Grant(granted, grants)
    }
}

pub(super) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, time::Duration};

    use super::{Decision, Limit, micros};

    /// Whatever workers ask for and whenever they send, no stretch sees more than the limit.
    #[test]
    fn no_stretch_sees_more_than_the_limit() {
        // A generator of numbers, xorshift.
        let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut random = move |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % below
        };
        for requests in [1, 3, 10, 500] {
            let limit = Limit { requests, per: Duration::from_secs(1) };
            let per = micros(limit.per);
            let (mut now, mut grants, mut sent) = (0_i64, Vec::new(), Vec::new());
            let mut granted = 0;
            while now < 20 * per {
                let wanted = u32::try_from(random(u64::from(limit.largest()) + 1)).unwrap();
                // Some have a database that is far away.
                let lease = limit.lease(Duration::from_millis(if now % 10 == 0 { 40 } else { 1 }));
                match limit.decide(wanted, lease, grants.clone(), 0, now) {
                    Decision::Wait(wait) => now += wait,
                    Decision::Grant(count, new) => {
                        grants = new;
                        granted += count;
                        // Each at any time of the lease, and late at the server.
                        let late = micros(limit.delay());
                        let at = |random: u64| now + i64::try_from(random).unwrap();
                        for _ in 0..count {
                            let most = u64::try_from(micros(lease) + late).unwrap();
                            sent.push(at(random(most)));
                        }
                        now += i64::try_from(random(2000)).unwrap();
                    }
                }
            }
            sent.sort_unstable();
            let mut stretch = VecDeque::new();
            for at in sent {
                while stretch.front().is_some_and(|first| first + per <= at) {
                    stretch.pop_front();
                }
                stretch.push_back(at);
                assert!(stretch.len() <= usize::try_from(requests).unwrap(), "{requests} at {at}");
            }
            // Where all are wanted, most are granted.
            assert!(granted >= 15 * requests, "{granted} of {}", 20 * requests);
            assert!(grants.len() <= 125, "{}", grants.len());
        }
    }

    #[test]
    fn nothing_is_granted_while_the_server_wants_nothing() {
        let limit = Limit { requests: 5, per: Duration::from_secs(1) };
        let lease = limit.lease(Duration::ZERO);
        assert_eq!(limit.decide(1, lease, Vec::new(), 700, 200), Decision::Wait(500));
        assert!(matches!(limit.decide(1, lease, Vec::new(), 700, 700), Decision::Grant(1, _)));
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody_for_longer_than_a_lease_and_a_stretch() {
        let limit = Limit { requests: 1, per: Duration::from_secs(1) };
        let lease = limit.lease(Duration::ZERO);
        let Decision::Wait(wait) = limit.decide(1, lease, vec![(3_600_000_000, 1)], 0, 0) else {
            unreachable!("it is used up");
        };
        assert!(wait <= micros(Duration::from_millis(11_100)), "{wait}");
    }
}
