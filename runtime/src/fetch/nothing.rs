//! What stands in place of the records and is none.

use super::page_text::Body;
use crate::{
    decode::is_null,
    paginate::{Doubt, Paginator},
};

/// `null`, `{}` or `""` in place of the records.
pub(super) fn doubt_of_nothing(paginator: &Paginator, body: &Body) -> Option<Doubt> {
    let selector = paginator.selector()?;
    if paginator.may_be_null() {
        return None;
    }
    let is_null = || !body.is_nothing && is_null(selector, body.text());
    let stands = body.stands.or_else(|| is_null().then_some("null"))?;
    let path = match selector.to_string() {
        path if path.is_empty() => "@".to_owned(),
        path if path.starts_with('$') => path.replacen('$', "@", 1),
        path => format!("@.{path}"),
    };
    let condition = match stands {
        "{}" => format!("where: \"!{path}[*]\""),
        "null" => format!("where: \"{path} == null\""),
        _ => format!("where: '{path} == {stands}'"),
    };
    Some(Doubt::of_nothing(&format!("`{stands}` stands"), &condition))
}
