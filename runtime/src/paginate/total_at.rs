//! Where a response has a total: in its body or in a header.

use std::fmt;

use reqwest::header::{HeaderMap, HeaderName};

use crate::{
    decode::count::read,
    error::Reason,
    http::inputs::Inputs,
    plan::{Selector, Template},
};

/// Where a response has a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TotalAt {
    Body(Selector),
    Header(HeaderName),
}

impl TotalAt {
    /// The place that the plan names, if it names one.
    pub(super) fn planned(
        path: Option<&Selector>,
        header: Option<&Template>,
        inputs: &Inputs,
    ) -> Result<Option<TotalAt>, Reason> {
        let Some(header) = header else { return Ok(path.cloned().map(TotalAt::Body)) };
        header_name(&inputs.name(header)?).map(TotalAt::Header).map(Some)
    }

    /// What to write if there is no total.
    pub(super) fn without(&self) -> &'static str {
        match self {
            TotalAt::Body(_) => "say `total_path: null`",
            TotalAt::Header(_) => "leave `total_header` out",
        }
    }
}

/// As a message shows it, between backticks.
impl fmt::Display for TotalAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TotalAt::Body(path) => path.fmt(f),
            TotalAt::Header(name) => name.fmt(f),
        }
    }
}

/// A header's name that a file or a setting has.
pub(super) fn header_name(name: &str) -> Result<HeaderName, Reason> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("`{name}` is not the name of a header").into())
}

/// What a header says of a total.
pub(super) enum HeaderTotal {
    /// A number, or one behind a slash as `Content-Range` has it.
    Known(u64),
    /// `*`.
    Unknown,
    /// Something that is no total.
    Other(String),
}

/// What the header of this name says of a total, if it is there.
pub(super) fn header_total(headers: &HeaderMap, name: &HeaderName) -> Option<HeaderTotal> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned();
    let text = value.rsplit('/').next().unwrap_or_default().trim();
    Some(match text {
        "" | "*" => HeaderTotal::Unknown,
        text => read(text).map_or(HeaderTotal::Other(value), HeaderTotal::Known),
    })
}
