//! How a body is read.

use reqwest::header::HeaderValue;

use super::charset;
use crate::plan::{ResponseFormat, Syntax};

/// How the bytes of a body become text.
pub(super) struct Rules<'a> {
    pub(super) format: &'a ResponseFormat,
    pub(super) content_type: Option<&'a HeaderValue>,
    /// How many bytes it may have in all.
    pub(super) most: u64,
}

impl Rules<'_> {
    pub(super) fn to_utf8(&self, body: Vec<u8>) -> Vec<u8> {
        if let Some(encoding) = self.format.encoding {
            return charset::from_named(body, encoding.name());
        }
        if self.format.syntax == Syntax::Xml
            && let Some(name) = charset::declared(&body, self.content_type)
        {
            return charset::from_named(body, &name);
        }
        charset::to_utf8(body, self.content_type)
    }

    /// How many bytes more there may be behind so many.
    pub(super) fn left(&self, unpacked: usize) -> u64 {
        self.most.saturating_sub(u64::try_from(unpacked).unwrap_or(u64::MAX))
    }
}
