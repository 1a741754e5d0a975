//! First pages that show no others. Each record of a parent has a first page, and what is beside their
//! records is mostly the same text: what was looked at once and shows nothing is not looked at again.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::{
    Halt,
    detect::{self, Shown},
    observed::Observed,
    page::Page,
};

/// So many pages are remembered of a resource. Where what is beside the records has more forms, looking for
/// them costs more than it spares.
const MOST: usize = 256;

/// What the pages have beside their records that show no others.
#[derive(Default)]
pub(super) struct Quiet(HashSet<u64>);

impl Quiet {
    pub(super) fn has(&self, page: u64) -> bool {
        self.0.contains(&page)
    }

    /// Whether one more can be remembered.
    pub(super) fn has_room(&self) -> bool {
        self.0.len() < MOST
    }

    pub(super) fn add(&mut self, page: u64) {
        self.0.insert(page);
    }
}

impl Page<'_> {
    /// Whether nothing says that there are more pages, which is known without another look where a page
    /// of this resource with as many records and the same text beside them has said nothing of it.
    pub(super) fn is_quiet(&self, resource: &str, observed: &Observed) -> Result<bool, Halt> {
        if let Some(is_quiet) = self.quiet.get() {
            return Ok(*is_quiet);
        }
        let is_quiet = match self.beside()? {
            None => false,
            Some(beside) if observed.quiet(|quiet| quiet.has(beside)) => true,
            Some(_) if !observed.quiet(|quiet| quiet.has_room()) => false,
            Some(beside) => {
                let shown = self.shown(resource)?;
                let is_quiet = detect::announced(shown).is_empty()
                    && detect::says_more(shown).is_none()
                    && shown.total_beyond().is_none()
                    && Shown::of(shown).more.is_none();
                if is_quiet {
                    observed.quiet(|quiet| quiet.add(beside));
                }
                is_quiet
            }
        };
        Ok(*self.quiet.get_or_init(|| is_quiet))
    }

    /// All that a first page is judged by, in short: how many records came, what the response says beside
    /// them and what was asked for. `None` where that is more than a few texts.
    fn beside(&self) -> Result<Option<u64>, Halt> {
        let response = self.response;
        let has_records = !(response.has_no_content() || response.is_left_out);
        if !self.is_first() || !has_records || response.request.body.is_some() {
            return Ok(None);
        }
        let (shell, count) = self.shell()?;
        let mut hasher = DefaultHasher::new();
        (count, &shell.text, response.status.as_u16(), &response.request.query).hash(&mut hasher);
        // A link is another one than that of the page, or is not.
        let may_be_link = |text: &[u8]| text.iter().any(|byte| b"/?\\".contains(byte));
        let mut has_link = may_be_link(shell.text.as_bytes());
        for (name, value) in detect::telling(response.headers) {
            (name.as_str(), value.as_bytes()).hash(&mut hasher);
            has_link |= may_be_link(value.as_bytes());
        }
        if has_link {
            response.url.as_str().hash(&mut hasher);
        }
        Ok(Some(hasher.finish()))
    }
}
