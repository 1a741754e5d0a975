//! `json_link`: the response's body holds the next address.

use super::{Halt, Response, link::Link};
use crate::{
    decode::{Json, Select as _},
    plan::Selector,
};

/// The paginator that follows links in bodies.
#[derive(Clone)]
pub(super) struct JsonLink {
    pub(super) path: Selector,
    pub(super) link: Link,
}

impl JsonLink {
    /// A link that is missing, `null`, `false` or empty ends the pages; what is no text is an error.
    pub(super) fn advance(&mut self, response: &Response<'_>) -> Result<bool, Halt> {
        let found = self.path.find(response.body).map_err(Halt::Fault)?;
        match found.map(Json::read) {
            None | Some(Some(Json::Null | Json::Bool(false))) => self.link.advance(response, None),
            Some(Some(Json::Text(link))) => self.link.advance(response, Some(&link)),
            Some(_) => Err(Halt::Misread {
                what: format!("the link to the next page at `{}` must be a text", self.path),
                found: found.map(str::to_owned),
            }),
        }
    }
}
