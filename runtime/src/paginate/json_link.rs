//! `json_link`: the response's body holds the next address.

use std::ops::ControlFlow;

use super::{
    Halt,
    links::FindLink,
    page::Page,
    place::find,
    step::{Absent, Why},
};
use crate::{decode::Json, plan::Selector};

/// Finds links in bodies.
#[derive(Clone)]
pub(super) struct JsonLink {
    pub(super) path: Selector,
}

impl FindLink for JsonLink {
    /// A link that is missing, `null`, `false` or empty ends the pages; what is no text is an error.
    fn find(&mut self, page: &Page<'_>) -> Result<ControlFlow<Why, String>, Halt> {
        let found = find(&mut self.path, page, "next_url_path")?;
        Ok(match found.map(Json::read) {
            None => {
                let setting = format!("next_url_path: {}", self.path);
                ControlFlow::Break(Why::Absent(Absent { what: "next link", setting }))
            }
            Some(Some(Json::Null | Json::Bool(false))) => ControlFlow::Break(Why::Said),
            Some(Some(Json::Text(link))) => ControlFlow::Continue(link.into_owned()),
            Some(_) => {
                let what = format!("the link to the next page at `{}` must be a text", self.path);
                return Err(Halt::misread(what, found.map(str::to_owned)));
            }
        })
    }
}
