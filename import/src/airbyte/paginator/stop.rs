//! Conditions that end the pages.

use super::{
    is_size,
    next::{Next, RESPONSE, plain, selector_of},
};
use crate::{
    airbyte::{
        jinja::{Expr, Operator, Step, is_false},
        records::Selector,
        time,
    },
    description::{Mapping, Node},
    document::Value,
};

/// What ends the pages beside a page cursor that is missing.
#[derive(Default)]
pub(super) struct Ends {
    has_more: Option<String>,
    end: Option<String>,
    is_empty_last: bool,
    /// Whether a page with fewer records than were asked for is the last one.
    pub(super) is_short_last: bool,
    /// Where the number of pages is.
    pub(super) total: Option<String>,
}

impl Ends {
    pub(super) fn describe(self, mapping: &mut Mapping) {
        if let Some(path) = self.has_more {
            mapping.set("has_more_path", Node::Text(path));
        }
        if let Some(path) = self.end {
            mapping.set("end_path", Node::Text(path));
        }
        if self.is_empty_last {
            mapping.set("stop_after_empty_page", Node::truth(true));
        }
        if self.is_short_last {
            mapping.set("stop_after_short_page", Node::truth(true));
        }
    }
}

/// What is known where a stop condition is read.
pub(super) struct Stop<'s> {
    /// The place of the next page's cursor.
    pub(super) value: &'s Expr,
    /// What that place is.
    pub(super) next: &'s Next,
    /// Where the records are.
    pub(super) selector: &'s Selector,
    /// The page size.
    pub(super) size: Option<&'s Node>,
}

impl Stop<'_> {
    /// Reads a condition that holds on the last page.
    pub(super) fn read(&self, condition: &Expr, ends: &mut Ends) -> Result<(), String> {
        match condition {
            condition if is_false(condition) => Ok(()),
            Expr::Binary(Operator::Or, a, b) => {
                self.read(a, ends)?;
                self.read(b, ends)
            }
            Expr::Binary(Operator::And, a, b) => match (&**a, &**b) {
                // What is looked into is there.
                (there, inner) | (inner, there) if is_way_to(there, inner) => {
                    self.read(inner, ends)
                }
                _ => Err("two conditions that must both hold".to_owned()),
            },
            Expr::Not(inner) => self.missing(inner, ends),
            Expr::Is(inner, test, is_not) => match (test.as_str(), is_not) {
                ("none" | "false" | "undefined", false) | ("defined" | "true", true) => {
                    self.missing(inner, ends)
                }
                ("true", false) | ("false" | "none", true) => self.there(inner, ends),
                _ => Err(format!("`is {test}`")),
            },
            Expr::Binary(Operator::Equal, a, b) => match (&**a, &**b) {
                (value, nothing) | (nothing, value) if is_nothing(nothing) => {
                    self.missing(value, ends)
                }
                (value, Expr::Const(Value::Bool(true))) => self.there(value, ends),
                (value, Expr::Const(Value::Text(word))) if word.eq_ignore_ascii_case("true") => {
                    self.there(value, ends)
                }
                _ => self.compared(a, b, ends),
            },
            Expr::Binary(Operator::Less | Operator::AtMost, a, b) => {
                self.smaller(condition, a, b, ends)
            }
            Expr::Binary(Operator::AtLeast | Operator::More, a, b) => self.compared(a, b, ends),
            Expr::Path(..) | Expr::Call(..) => self.there(condition, ends),
            _ => Err("no value of the response says so".to_owned()),
        }
    }

    /// The pages end where a value is missing, empty or false.
    fn missing(&self, value: &Expr, ends: &mut Ends) -> Result<(), String> {
        let value = match value {
            Expr::Call(name, arguments) if matches!(name.as_str(), "length" | "len" | "count") => {
                arguments.first().map_or_else(|| value.clone(), plain)
            }
            Expr::Binary(Operator::In, key, whole) => match (key.text(), plain(whole)) {
                (Some(key), Expr::Path(root, steps)) => {
                    let steps = steps.into_iter().chain([Step::Key(key.to_owned())]);
                    Expr::Path(root, steps.collect())
                }
                // `rel="next"` in a header.
                _ if whole.mentions(&["headers"]) => return Ok(()),
                _ => return Err("a part of a value".to_owned()),
            },
            Expr::Not(inner) => return self.there(inner, ends),
            value => plain(value),
        };
        if is_way_to(&value, self.value) || value.path_of(&["last_page_token_value"]).is_some() {
            return Ok(());
        }
        match &value {
            Expr::Path(root, _) if matches!(root.as_str(), "last_record" | "last_page_size") => {
                ends.is_empty_last = true;
                Ok(())
            }
            Expr::Path(root, _) if root == "headers" && matches!(self.next, Next::Link) => Ok(()),
            value => {
                let steps = value.path_of(&RESPONSE).ok_or("no value of the response")?;
                if self.selector.is_at(steps) {
                    ends.is_empty_last = true;
                } else if ends.has_more.is_none() {
                    ends.has_more = Some(selector_of(steps));
                } else {
                    return Err("a second flag".to_owned());
                }
                Ok(())
            }
        }
    }

    /// The pages end where a value is there and true.
    fn there(&self, value: &Expr, ends: &mut Ends) -> Result<(), String> {
        if let Expr::Not(inner) = value {
            return self.missing(inner, ends);
        }
        let value = plain(value);
        let steps = value.path_of(&RESPONSE).ok_or("no value of the response says so")?;
        ends.end = Some(selector_of(steps));
        Ok(())
    }

    /// `last_page_size < 100`: a page that is shorter than it was asked for.
    fn smaller(&self, condition: &Expr, a: &Expr, b: &Expr, ends: &mut Ends) -> Result<(), String> {
        let counted = match a {
            Expr::Call(name, arguments) if matches!(name.as_str(), "length" | "count") => {
                let inner = plain(arguments.first().ok_or("a length")?);
                inner.path_of(&RESPONSE).is_some_and(|steps| self.selector.is_at(steps))
            }
            a => a.path_of(&["last_page_size"]).is_some(),
        };
        if !counted {
            return self.compared(b, a, ends);
        }
        let is_at_most = matches!(condition, Expr::Binary(Operator::AtMost, ..));
        if time::whole(b) == Some(i64::from(!is_at_most)) {
            ends.is_empty_last = true;
        } else if is_size(b, self.size) && !is_at_most {
            ends.is_short_last = true;
        } else {
            return Err("another number of records than the page size".to_owned());
        }
        Ok(())
    }

    /// `response.page >= response.pages`, beside a page cursor that is the next number.
    fn compared(&self, page: &Expr, total: &Expr, ends: &mut Ends) -> Result<(), String> {
        let (page, total) = (plain(page), plain(total));
        let (page, total) = if total == *self.value { (total, page) } else { (page, total) };
        match (self.next, total.path_of(&RESPONSE)) {
            (Next::PageAfter(_), Some(steps)) if page == *self.value => {
                ends.total = Some(selector_of(steps));
                Ok(())
            }
            _ => Err("a comparison of two values".to_owned()),
        }
    }
}

/// Whether one place is on the way to another, or is it.
fn is_way_to(way: &Expr, place: &Expr) -> bool {
    let place = match place {
        Expr::Not(inner) | Expr::Is(inner, ..) => plain(inner),
        place => plain(place),
    };
    match (plain(way), place) {
        (Expr::Path(a, way), Expr::Path(b, place)) => {
            let is_same = a == b || [&a, &b].iter().all(|name| RESPONSE.contains(&name.as_str()));
            is_same && place.starts_with(&way)
        }
        _ => false,
    }
}

/// Whether a constant says that there is nothing.
fn is_nothing(expression: &Expr) -> bool {
    let is_word =
        |text: &str| ["false", "none", "null", "no"].contains(&text.to_lowercase().as_str());
    is_false(expression) || expression.text().is_some_and(is_word)
}
