//! Where in a body something is, for errors.

/// A text that is read by itself.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    /// The name of its file in an archive.
    file: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// The text without a byte order mark.
    pub(super) fn new(text: &'a str, file: Option<&'a str>) -> Place<'a> {
        Place { text: text.strip_prefix('\u{feff}').unwrap_or(text), file }
    }

    /// The line of the byte at this offset, and its file: line 3 of a.csv.
    pub(super) fn line(&self, offset: usize) -> String {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let count = |byte| memchr::memchr_iter(byte, before).count();
        // Only old Macs end lines so.
        let breaks = if memchr::memchr(b'\n', self.text.as_bytes()).is_some() {
            count(b'\n')
        } else {
            count(b'\r')
        };
        let of = self.file.map(|name| format!(" of `{name}`")).unwrap_or_default();
        format!("line {}{of}", breaks + 1)
    }

    /// The file as the end of a clause.
    pub(super) fn in_file(&self) -> String {
        self.file.map(|name| format!(" in `{name}`")).unwrap_or_default()
    }

    /// The rest of the line that begins at this offset.
    pub(super) fn line_at(&self, offset: usize) -> &'a str {
        let rest = self.text.get(offset..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }
}
