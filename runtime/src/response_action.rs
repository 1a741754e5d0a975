//! What the plan says becomes of a response.

use crate::plan::{Action, ResponseAction};

/// The action of the first rule that fits a response.
pub(crate) fn of(rules: &[ResponseAction], status: u16, body: &[u8]) -> Option<Action> {
    let mut text = None;
    let rule = rules.iter().find(|rule| {
        let of_content = |content: &str| {
            text.get_or_insert_with(|| String::from_utf8_lossy(body)).contains(content)
        };
        is_of(rule, status) && rule.content.as_deref().is_none_or(of_content)
    })?;
    Some(rule.action)
}

/// Whether a rule speaks of this status, so that the response is read and not followed elsewhere.
pub(crate) fn names(rules: &[ResponseAction], status: u16) -> bool {
    rules.iter().any(|rule| rule.statuses.is_some() && is_of(rule, status))
}

fn is_of(rule: &ResponseAction, status: u16) -> bool {
    rule.statuses.is_none_or(|(lowest, highest)| (lowest..=highest).contains(&status))
}
