//! A body that is to become JSON.

use std::sync::OnceLock;

use super::{body_error::BodyError, place::Place};

/// The names of the fields in the first row of the first page of CSV, once that has come.
pub(crate) type Header = OnceLock<Vec<String>>;

/// A file of an archive, in a body that has all of them one behind the other.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    /// Where it ends.
    pub(crate) end: usize,
}

/// A body, and what is known of it.
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    /// Those of the archive that it was; none if it was no archive.
    pub(crate) files: &'a [File],
    pub(crate) content_type: Option<&'a str>,
    /// The most bytes of JSON that may come of it.
    pub(crate) most: u64,
    pub(crate) header: &'a Header,
}

impl Source<'_> {
    /// The parts that are read by themselves, each with its place for errors.
    pub(super) fn parts(&self) -> impl Iterator<Item = Place<'_>> {
        let whole = self.files.is_empty().then(|| Place::new(self.text, None));
        let starts = std::iter::once(0).chain(self.files.iter().map(|file| file.end));
        let files = self.files.iter().zip(starts).map(|(file, start)| {
            Place::new(self.text.get(start..file.end).unwrap_or_default(), Some(&file.name))
        });
        whole.into_iter().chain(files)
    }

    /// Fails if more JSON has come of it than a body may have.
    pub(super) fn bound(&self, json: &[u8]) -> Result<(), BodyError> {
        if u64::try_from(json.len()).is_ok_and(|length| length <= self.most) {
            return Ok(());
        }
        Err(BodyError::new(format!("becomes more than {} bytes of JSON", self.most))
            .with_help("`max_body_bytes` of the builder (`--max-body-bytes`) allows more"))
    }
}
