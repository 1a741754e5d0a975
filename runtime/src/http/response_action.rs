//! How to handle specific responses, as the plan says it.

use serde_json::value::RawValue;

use super::request::Request;
use crate::{
    decode::{
        format::{self, File, Header, Source},
        holds,
    },
    plan::{Action, BodyFilter, ResponseAction, Syntax},
};

/// The action of the first rule that matches a response. A filter sees the JSON that a body is, or else the
/// JSON that the engine makes of it.
pub(crate) fn of(
    request: &Request,
    status: u16,
    body: &[u8],
    files: &[File],
    most: u64,
) -> Option<Action> {
    let rules = &request.actions;
    let made = made(request, body, files, most);
    let (mut text, mut json) = (None, None);
    let rule = rules.iter().find(|rule| {
        let of_content = |content: &str| {
            text.get_or_insert_with(|| String::from_utf8_lossy(body)).contains(content)
        };
        let of_filter = |filter: &BodyFilter| match (
            filter,
            *json.get_or_insert_with(|| read(made.as_deref().map_or(body, str::as_bytes))),
        ) {
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

/// The JSON of a body in another format, if a rule looks into it.
fn made(request: &Request, body: &[u8], files: &[File], most: u64) -> Option<String> {
    let has_filter = request.actions.iter().any(|rule| rule.filter.is_some());
    if request.format.syntax == Syntax::Json || !has_filter || read(body).is_some() {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    format::whole(
        &request.format,
        &Source { text, files, content_type: None, most, header: &Header::new() },
    )
}

fn read(body: &[u8]) -> Option<&RawValue> {
    serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()
}
