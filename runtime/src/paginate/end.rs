//! What ends the pages beside what a paginator itself looks at.

use super::{Halt, page::Page, place::find};
use crate::{
    decode::{Json, truth},
    error::Reason,
    http::inputs::Inputs,
    plan::{self, Selector},
};

/// How many pages without records may come one after the other where each names a next one. A scan
/// with a filter has dozens of them; as many requests as this are a minute or two.
const MAXIMUM_EMPTY_PAGES: u64 = 200;

/// A text of more letters is no word that means yes or no.
const LONGEST_WORD: usize = 12;

/// What ends the pages beside what a paginator itself looks at.
#[derive(Clone)]
pub(super) struct End {
    /// Whether a page without records is the last one; `None` if that is up to the paginator.
    pub(super) stop_after_empty_page: Option<bool>,
    /// Whether a page with fewer records than were asked for is the last one; `None` if the pages that
    /// have come are to show that.
    pub(super) stop_after_short_page: Option<bool>,
    pub(super) maximum_empty_pages: u64,
    has_more: Option<Flag>,
    is_last: Option<Flag>,
    /// Whether the last response has said that there is a next page.
    pub(super) says_more: bool,
}

/// A value of the response that says whether there is a next page.
#[derive(Clone)]
struct Flag {
    path: Selector,
    /// Whether a response has had it.
    is_known: bool,
}

impl End {
    /// What the plan says, its settings filled in.
    pub(super) fn new(end: &plan::End, inputs: &Inputs) -> Result<End, Reason> {
        let maximum = inputs.optional_count(end.maximum_empty_pages.as_ref())?;
        Ok(End { maximum_empty_pages: maximum.unwrap_or(MAXIMUM_EMPTY_PAGES), ..End::from(end) })
    }

    /// What is known without settings.
    pub(super) fn from(end: &plan::End) -> End {
        let flag =
            |path: &Option<Selector>| path.clone().map(|path| Flag { path, is_known: false });
        End {
            stop_after_empty_page: end.stop_after_empty_page,
            stop_after_short_page: end.stop_after_short_page,
            maximum_empty_pages: MAXIMUM_EMPTY_PAGES,
            has_more: flag(&end.has_more_path),
            is_last: flag(&end.end_path),
            says_more: false,
        }
    }

    /// Whether the response says that there is a next page. `None` if it says neither.
    pub(super) fn more(&mut self, page: &Page<'_>) -> Result<Option<bool>, Halt> {
        let mut says = None;
        if let Some(flag) = &mut self.has_more {
            // Many APIs leave out what is false.
            let was_known = flag.is_known;
            says = flag.read(page, "has_more_path")?.or(was_known.then_some(false));
        }
        if let Some(flag) = &mut self.is_last {
            let is_end = flag.read(page, "end_path")?;
            says = match (says, is_end) {
                (_, Some(true)) => Some(false),
                (None, Some(false)) => Some(true),
                (says, _) => says,
            };
        }
        self.says_more = says == Some(true);
        Ok(says)
    }

    /// Whether a value of the response is to say if there is a next page.
    pub(super) fn is_said(&self) -> bool {
        self.has_more.is_some() || self.is_last.is_some()
    }

    /// The error for a page that is to say whether there is a next one and does not, while nothing else
    /// has said so either.
    pub(super) fn missing(&self) -> Option<Halt> {
        let flag = self.has_more.as_ref().filter(|flag| !flag.is_known)?;
        let path = &flag.path;
        Some(Halt::misread(
            format!(
                "`{path}`, which says whether there are more pages, is missing; if the API does not \
                 always send it, leave `has_more_path` out"
            ),
            None,
        ))
    }

    /// The place that said that there are more, as an error shows it.
    pub(super) fn place(&self) -> String {
        let flag = self.has_more.as_ref().or(self.is_last.as_ref());
        flag.map(|flag| format!("`{}`", flag.path)).unwrap_or_default()
    }
}

impl Flag {
    /// Whether the value at the path is true. `None` if it is not there.
    fn read(&mut self, page: &Page<'_>, key: &str) -> Result<Option<bool>, Halt> {
        let Some(found) = find(&mut self.path, page, key)? else { return Ok(None) };
        self.is_known = true;
        let is_true = match Json::read(found) {
            Some(Json::Null) => Some(false),
            Some(Json::Bool(is_true)) => Some(is_true),
            Some(Json::Number(number)) => number.parse::<f64>().ok().map(|number| number != 0.0),
            Some(Json::Text(text)) => says_yes(text.trim()),
            Some(Json::Object | Json::List) => Some(found[1..found.len() - 1].trim_ascii() != ""),
            None => None,
        };
        let question = match key {
            "end_path" => "this is the last page",
            _ => "there are more pages",
        };
        is_true.map(Some).ok_or_else(|| {
            let what = format!("`{}` must say whether {question}: true or false", self.path);
            Halt::misread(what, Some(found.to_owned()))
        })
    }
}

/// The words that dlt takes, and those for nothing. What is no word, as an address or a page cursor, is
/// there and therefore true; of another word, short and in letters of one case, it is unknown what it
/// means.
fn says_yes(text: &str) -> Option<bool> {
    if text.is_empty() || ["null", "none"].iter().any(|no| text.eq_ignore_ascii_case(no)) {
        Some(false)
    } else if let Some(said) = truth(text) {
        Some(said)
    } else if let Ok(number) = text.parse::<f64>() {
        Some(number != 0.0)
    } else {
        let of_one_case = |text: &str| {
            text.chars().all(char::is_lowercase) || text.chars().all(char::is_uppercase)
        };
        let is_word = text.chars().count() <= LONGEST_WORD
            && (of_one_case(text) || of_one_case(text.trim_start_matches(char::is_uppercase)));
        (!is_word).then_some(true)
    }
}
