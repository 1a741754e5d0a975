//! `json_link`: the response's body holds the next address.

use super::{
    Halt,
    link::Link,
    page::Page,
    place::find,
    step::{Absent, Step, Why},
};
use crate::{decode::Json, plan::Selector};

/// The paginator that follows links in bodies.
#[derive(Clone)]
pub(super) struct JsonLink {
    pub(super) path: Selector,
    pub(super) link: Link,
}

impl JsonLink {
    /// A link that is missing, `null`, `false` or empty ends the pages; what is no text is an error.
    pub(super) fn advance(&mut self, page: &Page<'_>) -> Result<Step, Halt> {
        let found = find(&mut self.path, page, "next_url_path")?;
        match found.map(Json::read) {
            None => {
                let setting = format!("next_url_path: {}", self.path);
                Ok(self.link.end(Why::Absent(Absent { what: "next link", setting })))
            }
            Some(Some(Json::Null | Json::Bool(false))) => Ok(self.link.end(Why::Said)),
            Some(Some(Json::Text(link))) => self.link.advance(page, &link),
            Some(_) => Err(Halt::Misread {
                what: format!("the link to the next page at `{}` must be a text", self.path),
                found: found.map(str::to_owned),
            }),
        }
    }
}
