//! `response_actions`: how specific responses are handled.

use rest_source_plan::{BodyFilter, List, ResponseAction};

use super::{
    comparison::{self, Seen},
    selector,
};
use crate::{
    config::{self, Endpoint},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// The rules of an endpoint; one without `action` is left out.
pub(super) fn check(endpoint: &Endpoint, diagnostics: &mut Diagnostics) -> List<ResponseAction> {
    let format = endpoint.response_format.get().map(|format| &format.value);
    let is_text =
        matches!(format, Some(config::ResponseFormat::Csv(_) | config::ResponseFormat::Xml(_)));
    let actions = endpoint.response_actions.get().into_iter().flatten();
    let mut action = |action: &config::ResponseAction| {
        Some(ResponseAction {
            statuses: action.status_code.get().and_then(|status| statuses(&status.value.0)),
            content: action.content.get().map(|content| content.value.clone().into()),
            filter: match action.r#where.get() {
                Some(filter) => Some(body_filter(filter, is_text, diagnostics)?),
                None => None,
            },
            action: action.action.get()?.value,
            ..ResponseAction::DEFAULT
        })
    };
    actions.filter_map(&mut action).collect()
}

/// What `where` asks of a body, `@.code != 0`, or `!@` for one that is no JSON. `is_text`: whether all values
/// of a body are text.
fn body_filter(
    filter: &Spanned<String>,
    is_text: bool,
    diagnostics: &mut Diagnostics,
) -> Option<BodyFilter> {
    let text = filter.value.trim();
    if text == "!@" {
        return Some(BodyFilter::NotJson);
    }
    match selector::read_filter(text.strip_prefix('?').unwrap_or(text)) {
        Ok(holds) => {
            if is_text {
                comparison::check(&holds, filter.span, diagnostics, &|_| Some(Seen::Uncast));
            }
            Some(BodyFilter::Holds(holds))
        }
        Err(message) => {
            diagnostics.push(Diagnostic::error(Code::InvalidSelector, filter.span, message).help(
                "write `\"@.ok == false\"`, where `@` is the body, `\"@.error\"` for a key that is \
                 there, or `\"!@\"` for a body that is empty or no JSON",
            ));
            None
        }
    }
}

/// The lowest and the highest status of `404` and `4xx`.
fn statuses(text: &str) -> Option<(u16, u16)> {
    let class = text.strip_suffix("xx").or(text.strip_suffix("XX"));
    match class {
        Some(class) => {
            let lowest = class.parse::<u16>().ok()?.checked_mul(100)?;
            Some((lowest, lowest.checked_add(99)?))
        }
        None => text.parse().ok().map(|status| (status, status)),
    }
}
