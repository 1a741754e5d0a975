//! What responses say of how many records or pages there are, where the paginator counts neither: links
//! and page cursors end where nothing leads on, and a total shows whether all has come.

use super::{
    Halt,
    detect::{self, Announcement},
    kind::Kind,
    page::Page,
    place::find,
};
use crate::{
    decode::{Json, count::read},
    plan::{self, Segment, Selector},
};

/// What a first response has said of how many there are, and how many have come since.
#[derive(Clone)]
pub(super) struct Announced {
    total: plan::Total,
    known: Vec<Announcement>,
    records: u64,
    pages: u64,
}

impl Announced {
    pub(super) fn new(total: plan::Total) -> Announced {
        Announced { total, known: Vec::new(), records: 0, pages: 0 }
    }

    /// Whether the file says that there is no total.
    fn is_none(&self) -> bool {
        self.total == plan::Total::None
    }

    /// Looks at a page of such a paginator. Only where the first one has said how many there are, the
    /// records of others are counted.
    pub(super) fn look(
        &mut self,
        page: &Page<'_>,
        kind: &Kind,
        resource: &str,
    ) -> Result<(), Halt> {
        if page.is_resumed || self.is_none() || !kind.follows() {
            return Ok(());
        }
        self.pages += 1;
        if page.number == 1 {
            self.known = self.announced(page, resource)?;
        }
        if !self.known.is_empty() {
            self.records = self.records.saturating_add(page.count()?);
        }
        Ok(())
    }

    /// What a first page says. A number that is not larger than that of its own records may be theirs.
    fn announced(&mut self, page: &Page<'_>, resource: &str) -> Result<Vec<Announcement>, Halt> {
        if page.response.has_no_content() || page.response.is_left_out || !is_list(page.selector) {
            return Ok(Vec::new());
        }
        let plan::Total::At(path) = &mut self.total else {
            return detect::announced(page.selector, page.response, resource);
        };
        let found = find(path, page, "total_path")?;
        let number = found.and_then(|found| match Json::read(found)? {
            Json::Number(number) => read(number),
            Json::Text(text) => read(text.trim()),
            _ => None,
        });
        let Some(number) = number else {
            if page.is_empty()? {
                return Ok(Vec::new());
            }
            return Err(Halt::Misread {
                what: format!(
                    "there is no whole number at `{path}`, where the total is; if the API sends none, \
                     leave `total_path` out"
                ),
                found: found.map(str::to_owned),
            });
        };
        Ok(vec![Announcement::of_records(path.clone(), number)])
    }

    /// What a last page shows to be missing: the smallest number that the first page and this one have
    /// said is larger than what has come.
    pub(super) fn missing(&self, page: &Page<'_>) -> Result<Option<String>, Halt> {
        for announcement in self.known.iter().filter(|known| known.is_clear || self.pages > 1) {
            let (came, what) = if announcement.is_of_pages {
                (self.pages, "pages")
            } else {
                (self.records, "records")
            };
            // Records that are gone meanwhile, or that have come, are none that are missing.
            let last = announcement.again(page.response)?;
            let number = last.map_or(announcement.number, |last| last.min(announcement.number));
            if number > came {
                let place = announcement.place();
                return Ok(Some(format!(
                    "{place} says that there are {number} {what}, but {came} had come when nothing led \
                     to another page, so that some may be missing; if it counts something else, say \
                     `total_path: null` in the paginator"
                )));
            }
        }
        Ok(None)
    }
}

/// Whether a selector leads to one list, so that its elements are what a total counts.
fn is_list(selector: &Selector) -> bool {
    match selector {
        Selector::Keys(_) => true,
        Selector::JsonPath { segments, .. } => {
            segments.len() <= detect::leading(segments).len() + 1
                && !matches!(segments.last(), Some(Segment::Descendants(_)))
        }
    }
}
