//! Records of a parent, or values of a list, that share a request: which of them do, also in a fetch that
//! resumes in the middle of one.

use std::{mem, sync::Arc};

use serde_json::{Value, value::RawValue};

use super::relation::Related;
use crate::{
    Checkpoint,
    decode::identity::{identity, joined},
    incremental::state::RangeState,
    plan::{ResourcePlan, Selector, Str},
};

/// Gathers what shares a request. All that a request has one value of is the same for its members.
pub(super) struct Batches {
    size: usize,
    /// The fields of the parent's record of which a request has several values.
    fields: Vec<Selector>,
    /// The lists of which it has.
    lists: Vec<Str>,
    /// Those that wait for more members: one for each combination of the values of other lists.
    open: Vec<Vec<Member>>,
    /// The request that was under way when an earlier fetch stopped, until its members have come again.
    resumed: Option<Awaited>,
}

/// What has come of a request that an earlier fetch was at.
struct Awaited {
    keys: Vec<String>,
    found: Vec<Option<Member>>,
    /// What belongs behind it.
    others: Vec<Member>,
}

/// What shares a request.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) related: Related,
    pub(super) key: String,
    /// The state of its range with which the fetch begins.
    pub(super) state: Option<RangeState>,
    pub(super) place: Place,
}

/// Where a record of the parent is.
#[derive(Clone)]
pub(super) struct Place {
    /// The checkpoints before and after its page.
    pub(super) page: Arc<(Option<Checkpoint>, Checkpoint)>,
    pub(super) number: u64,
    /// Its number on that page, from 0.
    pub(super) index: u64,
}

/// The members of a request.
pub(super) struct Batch {
    pub(super) members: Vec<Member>,
    /// Whether an earlier fetch was at it.
    pub(super) is_resumed: bool,
    /// The first of what waits still, if something does.
    pub(super) waits: Option<Place>,
}

/// The records that shared the request under way have changed, so that it cannot be made again.
pub(super) struct HasChanged;

impl Batches {
    /// Those of a resource; `None` if each record has requests of its own.
    pub(super) fn of(plan: &ResourcePlan) -> Option<Batches> {
        let of_parent = plan.parent.iter().flat_map(|parent| parent.batches.iter());
        let (mut size, mut fields, mut lists) = (u64::MAX, Vec::new(), Vec::new());
        for batched in of_parent {
            size = size.min(batched.batch.size);
            fields.push(batched.field.clone());
        }
        for list in plan.for_each.iter() {
            if let Some(batch) = &list.batch {
                size = size.min(batch.size);
                lists.push(list.name.clone());
            }
        }
        if fields.is_empty() && lists.is_empty() {
            return None;
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX).max(1);
        Some(Batches { size, fields, lists, open: Vec::new(), resumed: None })
    }

    /// Waits for the members of a request that an earlier fetch was at.
    pub(super) fn await_again(&mut self, keys: Vec<String>) {
        if !keys.is_empty() {
            let found = keys.iter().map(|_| None).collect();
            self.resumed = Some(Awaited { keys, found, others: Vec::new() });
        }
    }

    /// Waits no more, as nothing tells what an earlier fetch is done with.
    pub(super) fn forget(&mut self) {
        self.resumed = None;
    }

    /// Takes one more, and gives the requests that are complete with it.
    pub(super) fn add(&mut self, member: Member) -> Result<Vec<Batch>, HasChanged> {
        let Some(awaited) = &mut self.resumed else { return Ok(self.put(member)) };
        let slots = awaited.keys.iter().zip(&mut awaited.found);
        match slots.into_iter().find(|(key, found)| **key == member.key && found.is_none()) {
            Some((_, found)) => *found = Some(member),
            None => awaited.others.push(member),
        }
        if awaited.found.iter().all(Option::is_some) {
            return Ok(self.resume());
        }
        // As many have come in front of it, or one of it has gone.
        if awaited.others.len() > self.size { Err(HasChanged) } else { Ok(Vec::new()) }
    }

    /// Gives what is left as the last requests.
    pub(super) fn finish(&mut self) -> Result<Vec<Batch>, HasChanged> {
        if self.resumed.is_some() {
            return Err(HasChanged);
        }
        let mut left = mem::take(&mut self.open);
        left.sort_by_key(|members| members.first().map(Member::order));
        Ok(self.with_what_waits(left))
    }

    /// Takes what has come while it waited for a request that has changed, as if none had been under way.
    pub(super) fn begin_again(&mut self) -> Vec<Batch> {
        let Some(Awaited { found, mut others, .. }) = self.resumed.take() else {
            return Vec::new();
        };
        others.extend(found.into_iter().flatten());
        others.sort_by_key(Member::order);
        others.into_iter().flat_map(|member| self.put(member)).collect()
    }

    /// Whether something waits.
    pub(super) fn is_waiting(&self) -> bool {
        self.resumed.is_some() || !self.open.is_empty()
    }

    /// The first of what waits, if something does.
    fn waits(&self) -> Option<Place> {
        let others = self.resumed.iter().flat_map(|awaited| &awaited.others);
        let first = self.open.iter().flatten().chain(others).min_by_key(|member| member.order());
        first.map(|member| member.place.clone())
    }

    /// The request that was under way, and what is complete behind it.
    fn resume(&mut self) -> Vec<Batch> {
        let Some(Awaited { found, others, .. }) = self.resumed.take() else { return Vec::new() };
        let members = found.into_iter().flatten().collect();
        let waits = others.iter().min_by_key(|member| member.order());
        let waits = waits.map(|member| member.place.clone());
        let mut batches = vec![Batch { members, is_resumed: true, waits }];
        batches.extend(others.into_iter().flat_map(|member| self.put(member)));
        batches
    }

    fn put(&mut self, member: Member) -> Vec<Batch> {
        let is_alike = |members: &Vec<Member>| {
            members.first().is_some_and(|first| self.has_lists_of(&first.related, &member.related))
        };
        let Some(at) = self.open.iter().position(is_alike) else {
            self.open.push(vec![member]);
            return if self.size == 1 { self.taken(self.open.len() - 1) } else { Vec::new() };
        };
        let is_of_it = self.open[at].first().is_some_and(|first| self.share(first, &member));
        let mut complete = Vec::new();
        if is_of_it {
            self.open[at].push(member);
        } else {
            let others = mem::replace(&mut self.open[at], vec![member]);
            complete = self.with_what_waits(vec![others]);
        }
        if self.open[at].len() >= self.size {
            complete.extend(self.taken(at));
        }
        complete
    }

    fn taken(&mut self, at: usize) -> Vec<Batch> {
        let members = self.open.remove(at);
        self.with_what_waits(vec![members])
    }

    /// The requests in this order, each with the first member of those behind it.
    fn with_what_waits(&self, all: Vec<Vec<Member>>) -> Vec<Batch> {
        let mut waits = self.waits();
        let mut batches = Vec::with_capacity(all.len());
        for members in all.into_iter().rev() {
            let first = members.iter().min_by_key(|member| member.order());
            let first = first.map(|member| member.place.clone());
            batches.push(Batch { members, is_resumed: false, waits: waits.clone() });
            waits = [waits, first].into_iter().flatten().min_by_key(Place::order);
        }
        batches.reverse();
        batches
    }

    /// Whether the lists have the same values, apart from those of which a request has several.
    fn has_lists_of(&self, one: &Related, other: &Related) -> bool {
        let same = |(name, value): &(Str, Value), (_, other): &(Str, Value)| {
            self.lists.contains(name) || value == other
        };
        one.each.iter().zip(other.each.iter()).all(|(one, other)| same(one, other))
    }

    /// Whether two may share a request.
    fn share(&self, one: &Member, other: &Member) -> bool {
        let text = |json: &RawValue| json.get().to_owned();
        let (a, b) = (&one.related, &other.related);
        let mut values = a.values.iter().zip(b.values.iter());
        let mut included = a.included.iter().zip(b.included.iter());
        let mut added = a.added.iter().zip(b.added.iter());
        values.all(|((field, a), (_, b))| self.fields.contains(field) || a == b)
            && included.all(|((_, a), (_, b))| text(a) == text(b))
            && added.all(|((_, a), (_, b))| text(a) == text(b))
            && one.state == other.state
    }

    /// What fills the gaps of a request.
    pub(super) fn related(&self, members: &[Member]) -> Option<Related> {
        let first = &members.first()?.related;
        let several = |value: &dyn Fn(&Related) -> Option<Value>| {
            members.iter().filter_map(|member| value(&member.related)).collect::<Value>()
        };
        let values = first.values.iter().enumerate().map(|(at, (field, value))| {
            let of = |member: &Related| member.values.get(at).map(|(_, value)| value.clone());
            let is_one = !self.fields.contains(field);
            (field.clone(), if is_one { value.clone() } else { several(&of) })
        });
        let each = first.each.iter().enumerate().map(|(at, (name, value))| {
            let of = |member: &Related| member.each.get(at).map(|(_, value)| value.clone());
            let is_one = !self.lists.contains(name);
            (name.clone(), if is_one { value.clone() } else { several(&of) })
        });
        Some(Related { values: values.collect(), each: each.collect(), ..first.clone() })
    }
}

impl Member {
    /// Its key, and the page that it is on.
    pub(super) fn known(self) -> (String, u64) {
        (self.key, self.place.number)
    }

    fn order(&self) -> (u64, u64) {
        self.place.order()
    }
}

impl Place {
    fn order(&self) -> (u64, u64) {
        (self.number, self.index)
    }
}

impl Batch {
    /// What tells it from others.
    pub(super) fn key(&self) -> String {
        identity(&joined(self.members.iter().map(|member| member.key.clone())))
    }

    /// The first member, in the parent's order.
    pub(super) fn first(&self) -> Option<&Member> {
        self.members.iter().min_by_key(|member| member.order())
    }
}
