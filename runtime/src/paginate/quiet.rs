//! First pages that show no others. Each record of a parent has a first page, and what is beside their
//! records is mostly the same text: what was looked at once and shows nothing is not looked at again.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use memchr::memchr;

use super::{
    Halt,
    detect::{self, Shown},
    fingerprint::{braces, braces_of_each},
    observed::Observed,
    page::Page,
    quiet_pages::Form,
};

impl Form {
    /// `None` if the records differ in how many objects they have, or are not all that is left out.
    fn of(page: &Page<'_>) -> Result<Option<Form>, Halt> {
        let (shell, _) = page.shell()?;
        let Some((before, after)) = shell.around() else { return Ok(None) };
        let records = page.records()?;
        let Some(each) = braces_of_each(records) else { return Ok(None) };
        let has_link = page.has_link(&[before, after]);
        Ok(Some(Form {
            before: before.to_owned(),
            after: after.to_owned(),
            braces: each * records.len(),
            has_link,
            circumstances: page.circumstances(has_link),
        }))
    }

    fn is_of(&self, page: &Page<'_>) -> bool {
        let list = page.body().strip_prefix(&*self.before);
        let list = list.and_then(|rest| rest.strip_suffix(&*self.after));
        list.is_some_and(|list| {
            braces(list) == self.braces
                // Or else the list may end sooner.
                && memchr(b']', list.as_bytes()).is_none()
                && page.circumstances(self.has_link) == self.circumstances
        })
    }
}

impl Page<'_> {
    /// Whether nothing says that there are more pages, which is known without another look where a page
    /// of this resource with as many records and the same text beside them has said nothing of it.
    pub(super) fn is_quiet(&self, resource: &str, observed: &Observed) -> Result<bool, Halt> {
        if let Some(is_quiet) = self.quiet.get() {
            return Ok(*is_quiet);
        }
        if !self.may_be_quiet() {
            return Ok(*self.quiet.get_or_init(|| false));
        }
        let form = observed.quiet(|quiet| quiet.form.clone());
        if form.is_some_and(|form| form.is_of(self)) {
            return Ok(*self.quiet.get_or_init(|| true));
        }
        let is_quiet = match self.beside()? {
            beside if observed.quiet(|quiet| quiet.has(beside)) => true,
            _ if !observed.quiet(|quiet| quiet.has_room()) => false,
            beside => {
                let shown = self.shown(resource)?;
                let is_quiet = detect::announced(shown).is_empty()
                    && detect::says_more(shown).is_none()
                    && shown.total_beyond().is_none()
                    && Shown::of(shown).more.is_none();
                if is_quiet {
                    let form = Form::of(self)?;
                    observed.quiet(|quiet| quiet.add(beside, form));
                }
                is_quiet
            }
        };
        Ok(*self.quiet.get_or_init(|| is_quiet))
    }

    /// Whether it is judged by no more than a few texts.
    fn may_be_quiet(&self) -> bool {
        let has_records = !(self.response.has_no_content() || self.response.is_left_out);
        self.is_first() && has_records && self.response.request.body.is_none()
    }

    /// All that a first page is judged by, in short: how many records came, what the response says beside
    /// them and what was asked for.
    fn beside(&self) -> Result<u64, Halt> {
        let (shell, count) = self.shell()?;
        let mut hasher = DefaultHasher::new();
        let has_link = self.has_link(&[&shell.text]);
        (count, &shell.text, self.circumstances(has_link)).hash(&mut hasher);
        Ok(hasher.finish())
    }

    /// What it is judged by that does not stand in its body. A link is another one than that of the page,
    /// or is not.
    fn circumstances(&self, has_link: bool) -> u64 {
        let response = self.response;
        let mut hasher = DefaultHasher::new();
        (response.status.as_u16(), &response.request.query).hash(&mut hasher);
        for (name, value) in detect::telling(response.headers) {
            (name.as_str(), value.as_bytes()).hash(&mut hasher);
        }
        if has_link {
            response.url.as_str().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Whether there may be a link in these parts of the body or in the headers.
    fn has_link(&self, texts: &[&str]) -> bool {
        let may_be_link = |text: &[u8]| text.iter().any(|byte| b"/?\\".contains(byte));
        texts.iter().any(|text| may_be_link(text.as_bytes()))
            || detect::telling(self.response.headers)
                .any(|(_, value)| may_be_link(value.as_bytes()))
    }
}
