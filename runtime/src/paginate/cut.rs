//! Where pages that are counted can be cut into slices.

use super::{Paginator, position::Position};

/// Pages that are counted, by offsets or page numbers.
pub(crate) struct Counted {
    /// That of the first page.
    pub(crate) first: u64,
    /// By how much it grows from page to page.
    pub(crate) step: u64,
    /// The one behind the last page, as far as that is known.
    pub(crate) end: u64,
}

impl Paginator {
    /// The same, ending before an offset or page number at which another slice begins.
    pub(crate) fn ending_before(mut self, until: Option<u64>) -> Paginator {
        self.until = until;
        if let Some(until) = until {
            self.kind.end_before(until);
        }
        self
    }

    /// How the pages are counted, if this is the paginator behind a first page of so many records. The
    /// error says why they cannot be cut.
    pub(crate) fn counted(&self, records: u64) -> Result<Counted, &'static str> {
        let counts = self.kind.counts().filter(|_| !self.is_custom).ok_or(
            "where a page begins is known from the page before it; `offset` and `page_number` count",
        )?;
        if self.kind.has_steps() {
            return Err("its offset grows by `offset_step`, whatever has come");
        }
        if records == 0 {
            return Err("its first page has no records");
        }
        let end = self.kind.end(records).ok_or(
            "nothing says how many pages it has; `total_path` or `total_header` of its paginator does",
        )?;
        let step = if counts.is_page { 1 } else { records };
        Ok(Counted { first: counts.value.saturating_sub(step), step, end })
    }
}

impl Position {
    /// The position of another page that is counted.
    pub(crate) fn at(&self, number: u64) -> Position {
        match self {
            Position::Offset(_) => Position::Offset(number),
            Position::PageNumber(_) => Position::PageNumber(number),
            Position::Found(found) => {
                let mut found = found.clone();
                found.next = found.next.map(|next| next.at(number));
                Position::Found(found)
            }
            other => other.clone(),
        }
    }
}
