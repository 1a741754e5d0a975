//! Pages that do not move: a server that does not know the parameter that asks for the next page gives
//! the same one again, perhaps with a new page cursor or with fields that change from one request to
//! the next; and one that gives pages without records may do so for ever.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::value::RawValue;

use super::{Halt, detect, kind::Kind, page::Page};
use crate::{
    decode::Select as _,
    plan::{ResourcePlan, Selector, Str},
};

/// A page without records has no more bytes than this, or else is noticed a little later.
const LIGHT: usize = 4 << 10;

/// Of so many pages two are looked at, where that costs one more pass over the body.
const INTERVAL: u64 = 32;

/// How many records of a page are recognised by what identifies them.
const RECORDS: usize = 64;

/// What may identify a record, where the file does not say it.
const IDENTITIES: &[&str] = &["id", "uuid", "guid", "_id"];

/// So often the same identities may come again although the records differ, where nothing but an equal
/// page explains it any more.
const REPEATS: u32 = 5;

/// What is remembered of the pages of a fetch.
#[derive(Clone, Default)]
pub(super) struct Watch {
    last: Option<Seen>,
    /// Where a response says which page it is, and what the last one has said.
    stated: Option<(Selector, u64)>,
    /// How many pages without records have come one after the other.
    empty: u64,
    /// How often the records had the identities of those before, which the file does not declare.
    repeats: u32,
    has_warned: bool,
}

/// A page, as far as it is recognised.
#[derive(Clone)]
struct Seen {
    number: u64,
    /// Of the records as they are written; `None` where it means nothing that they are the same.
    records: Option<u64>,
    /// Of what identifies the records; `None` if nothing does.
    keys: Option<u64>,
}

/// By what a page is known to be the one before.
enum Sign {
    Records,
    Key,
    /// The place where the response says which page it is, and what it says.
    Stated(Selector, u64),
}

impl Watch {
    /// Looks at a page that has come. Fails if it is the one before.
    pub(super) fn look(
        &mut self,
        page: &Page<'_>,
        plan: &ResourcePlan,
        kind: &Kind,
    ) -> Result<(), Halt> {
        let is_turn = matches!(page.number % INTERVAL, 1 | 2);
        let is_looked_at = is_turn || self.empty > 0 || page.body().len() <= LIGHT;
        let counts = kind.counts();
        if counts.is_none() && !is_looked_at {
            return Ok(());
        }
        let records = page.records()?;
        if records.is_empty() {
            self.empty += 1;
            return Ok(());
        }
        self.empty = 0;
        let key = if is_looked_at { Key::of(records[0], plan) } else { None };
        let seen = Seen {
            number: page.number,
            records: written(records),
            keys: key.as_ref().and_then(|key| key.of_all(records)),
        };
        let moved = self.moved(page, counts.map(|counts| (counts.is_page, counts.value)))?;
        let last = self.last.replace(seen.clone());
        let Some(last) = last.filter(|last| last.number + 1 == page.number) else { return Ok(()) };
        let same_records = seen.records.is_some() && seen.records == last.records;
        let is_declared = key.as_ref().is_some_and(|key| key.is_declared);
        let may_be_equal =
            counts.is_some_and(|counts| !counts.has_total) && !matches!(moved, Some(Ok(())));
        let are_several = key.as_ref().is_some_and(|key| key.are_several(records));
        let repeats = seen.keys.is_some() && seen.keys == last.keys && may_be_equal && are_several;
        self.repeats = if repeats { self.repeats + 1 } else { 0 };
        let same_keys = match (seen.keys, last.keys) {
            // Measurements may well have the `id` of what is measured, on every page.
            (Some(one), Some(other)) if one == other => {
                (is_declared || same_records || self.repeats >= REPEATS).then_some(true)
            }
            (Some(_), Some(_)) => Some(false),
            _ => None,
        };
        let sign = match (same_keys, moved) {
            (Some(true), Some(Ok(()))) if records.len() == 1 => None,
            (Some(true), _) if same_records => Some(Sign::Records),
            (Some(true), _) => Some(Sign::Key),
            (Some(false), _) | (None, Some(Ok(()))) => None,
            (None, Some(Err((path, value)))) => Some(Sign::Stated(path, value)),
            (None, None) if !same_records => None,
            (None, None) if counts.is_some_and(|counts| counts.has_total) => {
                if !std::mem::replace(&mut self.has_warned, true) {
                    tracing::warn!(
                        page = page.number,
                        "the page has the same records as the one before; they count, as the total \
                         is not reached and nothing identifies them"
                    );
                }
                None
            }
            (None, None) => Some(Sign::Records),
        };
        match sign {
            None => Ok(()),
            Some(sign) => Err(stuck(&sign, key.as_ref(), kind)),
        }
    }

    /// Fails if too many pages without records have come one after the other.
    pub(super) fn bound(&self, maximum: u64) -> Result<(), Halt> {
        if self.empty <= maximum {
            return Ok(());
        }
        Err(Halt::stuck(format!(
            "{} pages one after the other had no records, and each says that there is a next one; if \
             a page without records is the last one, say `stop_after_empty_page: true`; if more of \
             them may come, raise `maximum_empty_pages`",
            self.empty
        )))
    }

    /// Whether the page is another one than that before by what the response says: its number. The
    /// error has where it is said. `None` if the response says nothing of it.
    #[expect(clippy::type_complexity, reason = "the number is only read here")]
    fn moved(
        &mut self,
        page: &Page<'_>,
        asked: Option<(bool, u64)>,
    ) -> Result<Option<Result<(), (Selector, u64)>>, Halt> {
        let Some((is_page, value)) = asked else { return Ok(None) };
        if page.number == 1 {
            self.stated = detect::stated(page.response, page.selector, is_page, value)?;
            return Ok(None);
        }
        let Some((path, last)) = &mut self.stated else { return Ok(None) };
        let found = path.find(page.body()).map_err(Halt::Fault)?;
        let found = found.and_then(|raw| raw.trim_matches('"').parse().ok());
        Ok(found.map(|found| {
            let is_same = std::mem::replace(last, found) == found;
            if is_same { Err((path.clone(), found)) } else { Ok(()) }
        }))
    }
}

fn stuck(sign: &Sign, key: Option<&Key>, kind: &Kind) -> Halt {
    let (sent, cause) = kind.asked();
    Halt::stuck(match (sign, key) {
        (Sign::Stated(path, value), _) => format!(
            "the response for {sent} says that it is `{path}: {value}`, as the one before did; \
             {cause}; if it is another page all the same, say what identifies the records by \
             `primary_key`"
        ),
        (Sign::Key, Some(key)) => format!(
            "the server gave records with the same {} for {sent} as for the page before; {cause}",
            key.name()
        ),
        _ => format!("the server gave the same records for {sent} as for the page before; {cause}"),
    })
}

/// What identifies the records of a resource.
struct Key {
    names: Vec<Str>,
    is_declared: bool,
}

impl Key {
    /// The primary key, as far as a record of the page has it, or else what is mostly called so.
    fn of(record: &RawValue, plan: &ResourcePlan) -> Option<Key> {
        let has = |name: &Str| value(record, name).is_some();
        let declared: Vec<Str> =
            plan.primary_key.iter().filter(|name| has(name)).cloned().collect();
        if !declared.is_empty() {
            return Some(Key { names: declared, is_declared: true });
        }
        let mut likely = IDENTITIES.iter().map(|name| Str::Borrowed(*name));
        let name = likely.find(has)?;
        Some(Key { names: vec![name], is_declared: false })
    }

    /// Of the keys of these records in any order. `None` if one has none.
    fn of_all(&self, records: &[&RawValue]) -> Option<u64> {
        let mut sum = records.len() as u64;
        for record in records.iter().take(RECORDS) {
            let mut hasher = DefaultHasher::new();
            for name in &self.names {
                value(record, name)?.hash(&mut hasher);
            }
            sum = sum.wrapping_add(hasher.finish());
        }
        Some(sum)
    }

    /// Whether the first two records have other ones.
    fn are_several(&self, records: &[&RawValue]) -> bool {
        records.len() > 1 && self.of_all(&records[..1]) != self.of_all(&records[1..2])
    }

    fn name(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    }
}

/// What a record has under a name, unless that is null.
fn value<'a>(record: &'a RawValue, name: &Str) -> Option<&'a str> {
    let path = Selector::Keys(vec![name.clone()].into());
    path.find(record.get()).ok().flatten().filter(|value| *value != "null")
}

/// Of the records as they are written. Plain values may well come again; objects that are equal, a
/// whole page of them, are mostly the same records.
fn written(records: &[&RawValue]) -> Option<u64> {
    let are_objects = records.iter().all(|record| record.get().starts_with('{'));
    are_objects.then(|| {
        let mut hasher = DefaultHasher::new();
        for record in records {
            record.get().hash(&mut hasher);
        }
        hasher.finish()
    })
}
