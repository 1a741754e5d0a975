//! What the pages of a resource have shown in a run: those of all its parents together, as they come
//! from one server.

use std::sync::{Mutex, PoisonError};

use super::quiet_pages::Quiet;

/// Of the pages that were taken for the last ones because they were short, each of so many is verified:
/// the next request is sent all the same, so that it comes out if there is something behind them. Of
/// the first ones more are.
const VERIFIED: u64 = 16;

/// How full the server makes its pages, as far as it has been seen, and what has been told of them.
#[derive(Default)]
pub(crate) struct Observed(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// How many records the longest page had.
    longest: u64,
    /// The longest of the pages behind which nothing came, and how many had as many records.
    last: (u64, u32),
    /// The longest of the pages behind which more came. A server that caps its pages does not give
    /// more than this.
    full: u64,
    /// Whether more came behind a page that was shorter than another one.
    is_uneven: bool,
    /// How many pages were taken for the last ones, and how long the longest of them was.
    trusted: (u64, u64),
    total: TotalSeen,
    quiet: Quiet,
    /// The names of the warnings that there were, and the texts of those that were not reported yet.
    warnings: (Vec<&'static str>, Vec<String>),
}

/// What is known of the total of a resource.
#[derive(Default)]
struct TotalSeen {
    /// Whether a response has held one that is larger than its page.
    is_proven: bool,
    /// Whether it has turned out to be the number of the page's records.
    is_refuted: bool,
    /// The longest first page that was as long as its total and was verified.
    verified: u64,
    /// How many were as long as that one.
    equal: u64,
    /// The longest one that was taken for all the records, and not verified.
    trusted: u64,
}

impl Observed {
    /// A response has held a total that is no number of the records of its page.
    pub(super) fn prove_total(&self) {
        self.with(|pages| pages.total.is_proven = true);
    }

    /// Whether a total that says that a first page has all the records is to be verified by one more
    /// request, as it may be the number of that page's records. Each of several parents has a first
    /// page: those that are shorter than one that was verified, which therefore were not capped, do
    /// without. Of those that are as long the first, second, fourth … are verified.
    pub(super) fn doubts_total(&self, records: u64, is_full: bool) -> bool {
        self.with(|Pages { total, .. }| {
            if total.is_proven {
                return false;
            }
            if records == total.verified {
                total.equal += 1;
            } else if records > total.verified {
                (total.verified, total.equal) = (records, 0);
            }
            let may_be_capped = records == total.verified
                && (may_be_cap(records) || total.equal == 0 || total.equal.is_power_of_two());
            if is_full || may_be_capped || total.is_refuted {
                return true;
            }
            total.trusted = total.trusted.max(records);
            false
        })
    }

    /// More came behind a first page of so many records, which had reached the total. Says whether
    /// another such page was taken for all the records of its parent.
    pub(super) fn refute_total(&self, records: u64) -> bool {
        self.with(|Pages { total, .. }| {
            total.is_refuted = true;
            total.trusted > 0 && total.trusted >= records
        })
    }

    /// A page came.
    pub(super) fn came(&self, records: u64) {
        self.with(|pages| pages.longest = pages.longest.max(records));
    }

    /// Nothing came behind a page of so many records.
    pub(super) fn ended(&self, records: u64) {
        self.with(|pages| match pages.last {
            (longest, times) if longest == records => pages.last = (longest, times + 1),
            (longest, _) if longest > records => {}
            _ => pages.last = (records, 1),
        });
    }

    /// More came behind a page of so many records. Says whether another such page was taken for the
    /// last one.
    pub(super) fn went_on(&self, records: u64) -> bool {
        self.with(|pages| {
            pages.full = pages.full.max(records);
            pages.is_uneven |= records < pages.longest;
            let (count, longest) = pages.trusted;
            count > 0 && (pages.is_uneven || longest >= records)
        })
    }

    /// Whether a page of so many records is short: shorter than was asked for, or else than others.
    pub(super) fn is_short(&self, records: u64, asked: Option<u64>) -> bool {
        self.with(|pages| match asked {
            Some(asked) => records < asked,
            None => records < pages.longest,
        })
    }

    /// Whether the first page that a parent has is its last one, going by those of other parents. It
    /// is if a page of at least as many records was the last one before; one that is as long as the
    /// longest may have been capped, and so must have been the last one several times.
    pub(super) fn is_last(&self, records: u64, asked: Option<u64>) -> bool {
        self.with(|pages| {
            let (longest, times) = pages.last;
            let is_full = asked.is_some_and(|asked| records >= asked) || records == pages.full;
            let enough = if asked.is_some() { 2 } else { 3 };
            let is_proven = longest >= records
                && (records < pages.longest
                    || longest == records && times >= enough && !may_be_cap(records));
            if pages.is_uneven || is_full || !is_proven {
                return false;
            }
            pages.trusted = (pages.trusted.0 + 1, pages.trusted.1.max(records));
            let count = pages.trusted.0;
            !(count.is_power_of_two() || count.is_multiple_of(VERIFIED))
        })
    }

    /// The first pages that show no others.
    pub(super) fn quiet<T>(&self, look: impl FnOnce(&mut Quiet) -> T) -> T {
        self.with(|pages| look(&mut pages.quiet))
    }

    /// Warns, unless there was a warning of this name before: what one parent's pages show, those of
    /// the others show as well.
    pub(crate) fn warn(&self, name: &'static str, text: String) {
        self.with(|pages| {
            let (names, texts) = &mut pages.warnings;
            if !names.contains(&name) {
                names.push(name);
                texts.push(text);
            }
        });
    }

    /// The warnings since the last call, whose secrets are not masked yet.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.with(|pages| std::mem::take(&mut pages.warnings.1))
    }

    fn with<T>(&self, look: impl FnOnce(&mut Pages) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether a server may have capped a page there. Pages of fewer records would be of no use.
fn may_be_cap(records: u64) -> bool {
    records > 3
}
