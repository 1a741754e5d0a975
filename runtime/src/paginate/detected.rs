//! What was detected, as part of a checkpoint and as text for the file.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::key_path::path as text;
use crate::plan::printable;

/// What the first response has shown of what the description does not say, as the description would
/// say it. Both are `None` where it says everything.
///
/// ```
/// use rest_source::{Client, Error, Fetch, Resource};
///
/// async fn advise<T: Resource>(client: &Client) -> Result<(), Error> {
///     let first = Fetch::<T>::new(client).max_pages(1).pages().try_next().await?;
///     if let Some(paginator) = first.and_then(|page| page.detected.paginator) {
///         println!("write `paginator: {paginator}`");
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Detected {
    /// Where the records are, as YAML: `data`.
    pub data_selector: Option<String>,
    /// The paginator, as YAML: `{type: json_link, next_url_path: links.next}`.
    pub paginator: Option<String>,
}

impl From<&Found> for Detected {
    fn from(found: &Found) -> Detected {
        Detected {
            data_selector: found.data_selector(),
            paginator: found.paginator.as_ref().map(ToString::to_string),
        }
    }
}

/// What was detected from the first response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// Where the records are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) records: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) paginator: Option<FoundPaginator>,
}

/// How a resource is paged, detected from its first response. The keys are those of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub(crate) enum FoundPaginator {
    SinglePage,
    HeaderLink,
    JsonLink {
        next_url_path: Vec<String>,
        #[serde(flatten)]
        end: FoundEnd,
        /// The total of records, which shows that a page without any is the last one although it
        /// leads on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
    },
    HeaderCursor {
        cursor_key: String,
        cursor_param: String,
    },
    Cursor {
        cursor_path: Vec<String>,
        place: FoundPlace,
        #[serde(flatten)]
        end: FoundEnd,
        /// As that of a link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
    },
    Offset {
        place: FoundPlace,
        /// What the first response skips.
        offset: u64,
        /// The page size that the server goes by. It is not sent, only written into the file.
        limit: u64,
        /// Where the request has it, if it has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit_place: Option<FoundPlace>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
        #[serde(flatten)]
        end: FoundEnd,
    },
    PageNumber {
        place: FoundPlace,
        base_page: u64,
        /// The number of the first response.
        page: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
        #[serde(flatten)]
        end: FoundEnd,
        /// How many pages there are, where no path says it. It holds for this fetch, and is not
        /// written into the file, as there may be more another day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pages: Option<u64>,
    },
}

/// Where a response says whether there are more pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FoundEnd {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) has_more_path: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) end_path: Option<Vec<String>>,
}

/// Where a request says which page it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FoundPlace {
    /// A query parameter.
    Param(String),
    /// A place in the JSON body.
    Body(Vec<String>),
}

impl FoundPlace {
    /// `page_param: page` or `page_body_path: filter.page`.
    fn as_key(&self, what: &str) -> String {
        match self {
            FoundPlace::Param(name) => format!("{what}_param: {}", printable::scalar(name)),
            FoundPlace::Body(path) => format!("{what}_body_path: {}", text(path)),
        }
    }
}

impl Found {
    /// Where the records are, as the file says it.
    pub(crate) fn data_selector(&self) -> Option<String> {
        self.records.as_deref().map(text)
    }
}

/// As the file says it.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = self.data_selector().map(|selector| format!("data_selector: {selector}"));
        let paginator = self.paginator.as_ref().map(|found| format!("paginator: {found}"));
        let parts: Vec<String> = records.into_iter().chain(paginator).collect();
        f.write_str(&parts.join(", "))
    }
}

/// As the file says it, behind other keys.
impl fmt::Display for FoundEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = [("has_more_path", &self.has_more_path), ("end_path", &self.end_path)];
        keys.iter().try_for_each(|(key, path)| match path {
            Some(path) => write!(f, ", {key}: {}", text(path)),
            None => Ok(()),
        })
    }
}

/// As the file says it.
impl fmt::Display for FoundPaginator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = |path: &Option<Vec<String>>| {
            format!(", total_path: {}", path.as_deref().map_or("null".to_owned(), text))
        };
        match self {
            FoundPaginator::SinglePage => f.write_str("single_page"),
            FoundPaginator::HeaderLink => f.write_str("header_link"),
            FoundPaginator::JsonLink { next_url_path, end, .. } => {
                write!(f, "{{type: json_link, next_url_path: {}{end}}}", text(next_url_path))
            }
            FoundPaginator::HeaderCursor { cursor_key, cursor_param } => {
                let (key, param) = (printable::scalar(cursor_key), printable::scalar(cursor_param));
                write!(f, "{{type: header_cursor, cursor_key: {key}, cursor_param: {param}}}")
            }
            FoundPaginator::Cursor { cursor_path, place, end, .. } => {
                let (path, place) = (text(cursor_path), place.as_key("cursor"));
                write!(f, "{{type: cursor, cursor_path: {path}, {place}{end}}}")
            }
            FoundPaginator::Offset { place, offset, limit, limit_place, total_path, end } => {
                write!(f, "{{type: offset, limit: {limit}")?;
                if let Some(place) = limit_place {
                    write!(f, ", {}", place.as_key("limit"))?;
                }
                if *offset > 0 {
                    write!(f, ", offset: {offset}")?;
                }
                write!(f, ", {}{}{end}}}", place.as_key("offset"), total(total_path))
            }
            FoundPaginator::PageNumber { place, base_page, page, total_path, end, pages: _ } => {
                write!(f, "{{type: page_number, base_page: {base_page}")?;
                if page != base_page {
                    write!(f, ", page: {page}")?;
                }
                write!(f, ", {}{}{end}}}", place.as_key("page"), total(total_path))
            }
        }
    }
}
