//! A response as a paginator sees it.

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::value::RawValue;
use url::Url;

use super::halt::Halt;
use crate::{
    decode::{Select as _, unfiltered},
    http::request::Request,
    plan::Selector,
};

/// What a paginator sees of a response.
pub(crate) struct Response<'a> {
    /// One of success, or one that the plan accepts.
    pub(crate) status: StatusCode,
    pub(crate) body: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The address that answered, which relative links are joined to.
    pub(crate) url: &'a Url,
    /// The request that was sent for it, as the paginator completed it: what was asked for stands in
    /// its query and body.
    pub(crate) request: &'a Request,
    /// Whether the list of the records is left out, and so is empty.
    pub(crate) is_left_out: bool,
}

impl<'a> Response<'a> {
    /// The records that the server sent, which it counts by: no filter leaves any out.
    pub(super) fn sent(&self, selector: &Selector) -> Result<Vec<&'a RawValue>, Halt> {
        if self.is_left_out {
            return Ok(Vec::new());
        }
        unfiltered(selector).records(self.body).map_err(Halt::Decode)
    }

    /// Whether its status says that there is no body, and therefore no record.
    pub(super) fn has_no_content(&self) -> bool {
        matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT)
    }
}
