//! What was found out, as a paginator, as part of a checkpoint and as text for the file.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::selector;
use crate::{
    checkpoint::Position,
    paginate::{
        cursor::Cursor,
        end::End,
        header_cursor::HeaderCursor,
        header_link::HeaderLink,
        history::LastPage,
        json_link::JsonLink,
        kind::{self, Kind},
        link::Link,
        offset::Offset,
        page_number::PageNumber,
    },
    plan,
    request::Place,
};

/// What was found out from the first response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// Where the records are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) records: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) paginator: Option<FoundPaginator>,
}

/// How a resource is paged, found out from its first response. The keys are those of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub(crate) enum FoundPaginator {
    SinglePage,
    HeaderLink,
    JsonLink {
        next_url_path: Vec<String>,
    },
    HeaderCursor {
        cursor_key: String,
        cursor_param: String,
    },
    Cursor {
        cursor_path: Vec<String>,
        cursor_param: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        has_more_path: Option<Vec<String>>,
    },
    Offset {
        offset_param: String,
        /// What the first response skips.
        offset: u64,
        /// The page size that the server goes by. It is not sent, only written into the file.
        limit: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
    },
    PageNumber {
        page_param: String,
        base_page: u64,
        /// The number of the first response.
        page: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_path: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maximum_page: Option<u64>,
    },
}

impl FoundPaginator {
    /// The paginator, at the first page or at this position.
    pub(in crate::paginate) fn kind(
        &self,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Kind, String> {
        kind::no_page_size_yet(page_size)?;
        let param = |name: &String| Place::Param(name.clone().into());
        let path = |path: &Option<Vec<String>>| path.as_deref().map(selector);
        Ok(match self {
            FoundPaginator::SinglePage => Kind::SinglePage,
            FoundPaginator::HeaderLink => {
                let link = Link::new(kind::next_url(position)?.as_deref())?;
                Kind::HeaderLink(HeaderLink { rel: "next".into(), link })
            }
            FoundPaginator::JsonLink { next_url_path } => {
                let link = Link::new(kind::next_url(position)?.as_deref())?;
                Kind::JsonLink(JsonLink { path: selector(next_url_path), link })
            }
            FoundPaginator::HeaderCursor { cursor_key, cursor_param } => {
                let current = kind::page_cursor(position)?;
                let cursor_param = cursor_param.clone().into();
                Kind::HeaderCursor(HeaderCursor::new(cursor_key, cursor_param, current)?)
            }
            FoundPaginator::Cursor { cursor_path, cursor_param, has_more_path } => {
                let current = kind::page_cursor(position)?;
                let end = plan::End {
                    stop_after_empty_page: false,
                    has_more_path: has_more_path.as_deref().map(selector),
                };
                let (path, place) = (selector(cursor_path), param(cursor_param));
                Kind::Cursor(Box::new(Cursor::new(&path, place, None, &end, current)))
            }
            FoundPaginator::Offset { offset_param, offset, total_path, .. } => {
                Kind::Offset(Box::new(Offset {
                    skipped: kind::offset(position)?.unwrap_or(*offset),
                    place: param(offset_param),
                    page_size: None,
                    total: path(total_path),
                    maximum: None,
                    end: End::until_empty(),
                    last_page: LastPage::default(),
                    seen: None,
                }))
            }
            FoundPaginator::PageNumber {
                page_param,
                base_page,
                page,
                total_path,
                maximum_page,
            } => Kind::PageNumber(Box::new(PageNumber {
                base: *base_page,
                page: kind::page_number(position)?.unwrap_or(*page),
                place: param(page_param),
                total: path(total_path),
                maximum: *maximum_page,
                end: End::until_empty(),
                last_page: LastPage::default(),
                pages: None,
            })),
        })
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

/// As the file says it.
impl fmt::Display for FoundPaginator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = |path: &Option<Vec<String>>| {
            format!(", total_path: {}", path.as_deref().map_or("null".to_owned(), text))
        };
        match self {
            FoundPaginator::SinglePage => f.write_str("single_page"),
            FoundPaginator::HeaderLink => f.write_str("header_link"),
            FoundPaginator::JsonLink { next_url_path } => {
                write!(f, "{{type: json_link, next_url_path: {}}}", text(next_url_path))
            }
            FoundPaginator::HeaderCursor { cursor_key, cursor_param } => {
                let (key, param) = (quoted(cursor_key), quoted(cursor_param));
                write!(f, "{{type: header_cursor, cursor_key: {key}, cursor_param: {param}}}")
            }
            FoundPaginator::Cursor { cursor_path, cursor_param, has_more_path } => {
                let (path, param) = (text(cursor_path), quoted(cursor_param));
                write!(f, "{{type: cursor, cursor_path: {path}, cursor_param: {param}")?;
                if let Some(path) = has_more_path {
                    write!(f, ", has_more_path: {}", text(path))?;
                }
                f.write_str("}")
            }
            FoundPaginator::Offset { offset_param, offset, limit, total_path } => {
                write!(f, "{{type: offset, limit: {limit}")?;
                if *offset > 0 {
                    write!(f, ", offset: {offset}")?;
                }
                let (param, total) = (quoted(offset_param), total(total_path));
                write!(f, ", offset_param: {param}{total}}}")
            }
            FoundPaginator::PageNumber {
                page_param,
                base_page,
                page,
                total_path,
                maximum_page,
            } => {
                write!(f, "{{type: page_number, base_page: {base_page}")?;
                if page != base_page {
                    write!(f, ", page: {page}")?;
                }
                write!(f, ", page_param: {}{}", quoted(page_param), total(total_path))?;
                if let Some(maximum) = maximum_page {
                    write!(f, ", maximum_page: {maximum}")?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A path of keys in the language of the file, as YAML.
pub(super) fn text(path: &[String]) -> String {
    let mut text = String::new();
    for key in path {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
        if key.is_empty() || !key.chars().all(is_plain) {
            let quote = if key.contains('\'') { '"' } else { '\'' };
            let _ = write!(text, "[{quote}{key}{quote}]");
        } else {
            text += if text.is_empty() { "" } else { "." };
            text += key;
        }
    }
    if text.is_empty() { "$".to_owned() } else { quoted(&text) }
}

/// A text as YAML.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_word = matches!(text, "null" | "true" | "false" | "Null" | "True" | "False");
    let is_name = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if text.chars().all(is_plain) && is_name && !is_word {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}
