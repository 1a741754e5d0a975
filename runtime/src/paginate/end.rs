//! What ends the pages beside what a paginator itself looks at.

use super::Halt;
use crate::{
    decode::{Json, Select as _},
    plan::{self, Selector},
};

/// What ends the pages beside what a paginator itself looks at.
#[derive(Clone)]
pub(super) struct End {
    /// Whether a page without records is the last one.
    pub(super) stop_after_empty_page: bool,
    has_more: Option<Selector>,
}

impl End {
    pub(super) fn new(end: &plan::End) -> End {
        End {
            stop_after_empty_page: end.stop_after_empty_page,
            has_more: end.has_more_path.clone(),
        }
    }

    /// Whether the response says that there are no more pages. It is asked only where everything
    /// else says that there are: an API may leave it out of its last page.
    pub(super) fn says_no_more(&self, body: &str) -> Result<bool, Halt> {
        let Some(path) = &self.has_more else { return Ok(false) };
        let found = path.find(body).map_err(Halt::Fault)?;
        let more = match found.and_then(Json::read) {
            Some(Json::Bool(more)) => Some(more),
            Some(Json::Text(text)) => word(&text),
            Some(Json::Number(number)) => word(number),
            _ => None,
        };
        match more {
            Some(more) => Ok(!more),
            None => Err(Halt::Misread {
                what: match found {
                    None | Some("null") => format!(
                        "`{path}`, which says whether there are more pages, is missing; if the API \
                         does not always send it, leave `has_more_path` out"
                    ),
                    _ => format!("`{path}` must say whether there are more pages: true or false"),
                },
                found: found.map(str::to_owned),
            }),
        }
    }
}

/// The words that dlt takes, and 1 and 0 also as numbers.
fn word(text: &str) -> Option<bool> {
    let is_one_of =
        |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
    if is_one_of(&["true", "t", "yes", "y", "on", "1"]) {
        Some(true)
    } else if is_one_of(&["false", "f", "no", "n", "off", "0"]) {
        Some(false)
    } else {
        None
    }
}
