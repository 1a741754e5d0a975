//! Pages that do not move: a server that does not know the parameter that asks for the next page gives
//! the same one again, perhaps with a new page cursor or with fields that change from one request to
//! the next; and one that gives pages without records may do so for ever.

use serde_json::value::RawValue;

use super::{
    Halt, detect,
    fingerprint::{Key, Reached, are_different, of_one, written},
    kind::Kind,
    page::Page,
    rounds::{Mark, Rounds},
};
use crate::{
    decode::{Select as _, first_record},
    plan::{ResourcePlan, Selector},
};

/// A page without records has no more bytes than this, or else is noticed a little later.
const LIGHT: usize = 4 << 10;

/// So often pages may look alike that may be others: of records that differ but have the same
/// identities, as measurements have, or of plain values.
const REPEATS: u64 = 4;

/// So many pages in a row are those of a round before, if their records are the same for sure.
const ROUND: u64 = 3;

/// What is remembered of the pages of a fetch.
#[derive(Clone, Default)]
pub(super) struct Watch {
    last: Option<Seen>,
    /// Where a response says which page it is, and what the last one has said.
    stated: Option<(Selector, u64)>,
    /// How many pages without records have come one after the other.
    empty: u64,
    /// How often the records were those before, or had their identities.
    repeats: u64,
    rounds: Rounds,
    has_warned: bool,
    /// Whether the last page had no records, where links or page cursors are followed.
    pub(super) was_empty: bool,
    /// The first page, where it reached the total and that is to be verified.
    reached: Option<Reached>,
}

/// A page, as far as it is recognised.
#[derive(Clone)]
struct Seen {
    number: u64,
    /// Of the records as they are written.
    records: u64,
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
    /// Looks at a page that has come. Fails if it is the one before, or if pages that look alike but
    /// may be others were more than `maximum`.
    pub(super) fn look(
        &mut self,
        page: &Page<'_>,
        plan: &ResourcePlan,
        kind: &dyn Kind,
        maximum: u64,
    ) -> Result<(), Halt> {
        let counts = kind.counts();
        let is_light = page.body().len() <= LIGHT;
        if counts.is_none()
            && !is_light
            && let Some(first) = first_record(page.selector, page.body())
        {
            self.rounds.begins(page.number, of_one(first, plan));
        }
        let is_suspicious = self.empty > 0 || self.repeats > 0 || self.rounds.is_alert(page.number);
        let is_looked_at = page.number <= 2 || is_suspicious || is_light;
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
        let asked = counts.map(|counts| (counts.is_page, counts.value));
        let moved = self.moved(page, &plan.name, asked)?;
        let has_total = counts.is_some_and(|counts| counts.has_total && !counts.is_reached);
        let says_so = matches!(moved, Some(Ok(())));
        let proof = match kind.grows() {
            _ if has_total || says_so => Some(Proof::Said),
            is_larger => is_larger.then_some(Proof::Grows),
        };
        self.go_round(&seen, key.as_ref(), records, proof, kind, maximum)?;
        let last = self.last.replace(seen.clone());
        let Some(last) = last.filter(|last| last.number + 1 == page.number) else { return Ok(()) };
        let alike = Alike {
            records: seen.records == last.records,
            keys: seen.keys.zip(last.keys).map(|(one, other)| one == other),
        };
        let sign = match alike.verdict(key.as_ref(), records, proof, moved) {
            Verdict::Another => {
                self.repeats = 0;
                return Ok(());
            }
            Verdict::TheSame(sign) => sign,
            Verdict::Either(sign, is_likely) => {
                self.repeats += 1;
                if has_total && alike.records && !std::mem::replace(&mut self.has_warned, true) {
                    tracing::warn!(
                        page = page.number,
                        "the page has the same records as the one before; they count, as the total \
                         is not reached and nothing identifies them"
                    );
                }
                let maximum = if is_likely { maximum.max(REPEATS) } else { REPEATS };
                if self.repeats <= maximum {
                    return Ok(());
                }
                return Err(repeated(self.repeats, &sign, is_likely, key.as_ref(), kind));
            }
        };
        Err(stuck(&sign, key.as_ref(), kind))
    }

    /// Fails if the pages are those of some pages before, in their order. `proof` is what else shows
    /// that the server has moved on.
    fn go_round(
        &mut self,
        seen: &Seen,
        key: Option<&Key>,
        records: &[&RawValue],
        proof: Option<Proof>,
        kind: &dyn Kind,
        maximum: u64,
    ) -> Result<(), Halt> {
        let is_declared = key.is_some_and(|key| key.is_declared);
        // Values that change from one request to the next tell no records apart that have a key.
        let written =
            (!is_declared || seen.keys.is_none()).then_some((Mark::Records, seen.records));
        let keys = seen.keys.map(|keys| (Mark::Keys, keys));
        let marks: Vec<_> = written.into_iter().chain(keys).collect();
        let Some(round) = self.rounds.add(seen.number, &marks) else { return Ok(()) };
        let are_several = match key.filter(|_| seen.keys.is_some()) {
            Some(key) => key.are_several(records),
            None => are_different(records),
        };
        let is_sure = are_several && (is_declared || round.mark == Mark::Records);
        let enough = match proof {
            // These are the same records, whatever says that they are others.
            _ if is_sure && (seen.keys.is_some() || proof.is_none()) => ROUND,
            Some(Proof::Said) => return Ok(()),
            Some(Proof::Grows) => maximum.max(REPEATS),
            None => round.length.max(2 * REPEATS),
        };
        if round.pages < enough {
            return Ok(());
        }
        let (sent, cause) = kind.asked();
        let what = match (round.mark, key) {
            (Mark::Keys, Some(key)) => format!("records with the same {}", key.name()),
            _ => "the same records".to_owned(),
        };
        let way_out = match key {
            Some(key) if !key.is_declared => {
                "; if they are others, say what identifies them by `primary_key`"
            }
            _ if proof.is_some() => {
                "; if they are others all the same, raise `maximum_empty_pages`"
            }
            _ => "",
        };
        Err(Halt::stuck(format!(
            "the pages come round: the server gave {what} for {sent} as {} pages before, and so for the \
             pages in front of it; {cause}{way_out}",
            round.length
        )))
    }

    /// Keeps the first page, so that it is known if it comes again.
    pub(super) fn keep(&mut self, page: &Page<'_>, plan: &ResourcePlan) -> Result<(), Halt> {
        self.reached = Some(Reached::of(page.records()?, plan));
        Ok(())
    }

    /// Whether the page is the one that was kept.
    pub(super) fn is_again(&self, page: &Page<'_>, plan: &ResourcePlan) -> Result<bool, Halt> {
        let Some(kept) = &self.reached else { return Ok(false) };
        Ok(kept.is(&Reached::of(page.records()?, plan)))
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
        resource: &str,
        asked: Option<(bool, u64)>,
    ) -> Result<Option<Result<(), (Selector, u64)>>, Halt> {
        let Some((is_page, value)) = asked else { return Ok(None) };
        if page.number == 1 {
            self.stated = detect::stated(page.shown(resource)?, is_page, value);
            return Ok(None);
        }
        let Some((path, last)) = &mut self.stated else { return Ok(None) };
        let found = path.find(page.body()).map_err(Halt::Decode)?;
        let found = found.and_then(|raw| raw.trim_matches('"').parse().ok());
        Ok(found.map(|found| {
            let is_same = std::mem::replace(last, found) == found;
            if is_same { Err((path.clone(), found)) } else { Ok(()) }
        }))
    }
}

/// In what two pages are alike.
struct Alike {
    records: bool,
    /// `None` if nothing identifies the records of both.
    keys: Option<bool>,
}

/// What that means.
enum Verdict {
    Another,
    TheSame(Sign),
    /// Pages may rightly be alike, and whether it is likely that these are.
    Either(Sign, bool),
}

/// What shows that the server has moved on.
#[derive(Clone, Copy, PartialEq)]
enum Proof {
    /// It says so, by the page's number or by a total that is not reached.
    Said,
    /// The page cursor or link has a larger number. A server that counts requests has that, too.
    Grows,
}

impl Alike {
    /// `proof` is what else shows that the server has moved on, and `moved` what the response says of it.
    fn verdict(
        &self,
        key: Option<&Key>,
        records: &[&RawValue],
        proof: Option<Proof>,
        moved: Option<Result<(), (Selector, u64)>>,
    ) -> Verdict {
        let says_so = matches!(moved, Some(Ok(())));
        let is_sure = self.records || key.is_some_and(|key| key.is_declared);
        match self.keys {
            Some(false) => return Verdict::Another,
            Some(true) if is_sure && says_so && records.len() == 1 => {
                return Verdict::Either(Sign::Key, true);
            }
            Some(true) if self.records => return Verdict::TheSame(Sign::Records),
            Some(true) if is_sure => return Verdict::TheSame(Sign::Key),
            Some(true) | None => {}
        }
        if let Some(Err((path, value))) = moved {
            return Verdict::TheSame(Sign::Stated(path, value));
        }
        match key.filter(|_| self.keys.is_some()) {
            // Measurements may well have the `id` of what is measured, on every page; those of one
            // alone have it always.
            Some(key) if key.are_several(records) && proof != Some(Proof::Said) => {
                Verdict::Either(Sign::Key, proof.is_some())
            }
            Some(_) => Verdict::Another,
            None if !self.records => Verdict::Another,
            None if proof.is_some() => Verdict::Either(Sign::Records, true),
            None if records[0].get().starts_with('{') => Verdict::TheSame(Sign::Records),
            // Plain values are what identifies them, if there are several.
            None => Verdict::Either(Sign::Records, !are_different(records)),
        }
    }
}

fn stuck(sign: &Sign, key: Option<&Key>, kind: &dyn Kind) -> Halt {
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

/// The same where each of the last pages may have been another one, which they cannot all be.
fn repeated(times: u64, sign: &Sign, is_likely: bool, key: Option<&Key>, kind: &dyn Kind) -> Halt {
    let (sent, cause) = kind.asked();
    let what = match (sign, key) {
        (Sign::Key, Some(key)) => format!("records with the same {}", key.name()),
        _ => "the same records".to_owned(),
    };
    let is_declared = key.is_some_and(|key| key.is_declared);
    let way_out = match sign {
        Sign::Key if !is_declared => {
            "; if they are others, say what identifies them by `primary_key`"
        }
        _ if is_likely => "; if they are others all the same, raise `maximum_empty_pages`",
        _ => "",
    };
    Halt::stuck(format!(
        "the server gave {what} for {sent} as for the {times} pages before; {cause}{way_out}"
    ))
}
