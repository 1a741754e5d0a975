//! How to handle specific responses, as the plan says it.

use serde_json::value::RawValue;

use crate::{
    decode::holds,
    plan::{Action, BodyFilter, ResponseAction},
};

/// The action of the first rule that matches a response.
pub(crate) fn of(rules: &[ResponseAction], status: u16, body: &[u8]) -> Option<Action> {
    let (mut text, mut json) = (None, None);
    let rule = rules.iter().find(|rule| {
        let of_content = |content: &str| {
            text.get_or_insert_with(|| String::from_utf8_lossy(body)).contains(content)
        };
        let of_filter =
            |filter: &BodyFilter| match (filter, *json.get_or_insert_with(|| read(body))) {
                (BodyFilter::Holds(filter), Some(json)) => holds(filter, json),
                // These two rightly have no body.
                (BodyFilter::NotJson, None) => !matches!(status, 204 | 205),
                (BodyFilter::Holds(_), None) | (BodyFilter::NotJson, Some(_)) => false,
            };
        is_of(rule, status)
            && rule.content.as_deref().is_none_or(of_content)
            && rule.filter.as_ref().is_none_or(of_filter)
    })?;
    Some(rule.action)
}

/// Whether a rule speaks of this status, so that the response is read and not followed elsewhere.
pub(crate) fn names(rules: &[ResponseAction], status: u16) -> bool {
    rules.iter().any(|rule| rule.statuses.is_some() && is_of(rule, status))
}

/// Whether a rule may accept a response of this status, so that its body is read to the end.
pub(crate) fn may_accept(rules: &[ResponseAction], status: u16) -> bool {
    rules.iter().any(|rule| rule.action == Action::Accept && is_of(rule, status))
}

fn is_of(rule: &ResponseAction, status: u16) -> bool {
    rule.statuses.is_none_or(|(lowest, highest)| (lowest..=highest).contains(&status))
}

fn read(body: &[u8]) -> Option<&RawValue> {
    serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()
}
