//! How specific responses are handled: error handlers as `response_actions`.

use super::{
    condition,
    gaps::{Gaps, is_custom},
    jinja::{self, Expr, Operator},
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// Statuses that are retried anyway.
const RETRIED: [&str; 5] = ["429", "500", "502", "503", "504"];

/// The actions of an error handler.
pub(super) fn actions(handler: &Value, gaps: &mut Gaps) -> Vec<Node> {
    let mut actions = Vec::new();
    collect(handler, &mut actions, gaps);
    let mut kept: Vec<Node> = Vec::new();
    for action in actions {
        if !kept.contains(&action) {
            kept.push(action);
        }
    }
    kept
}

fn collect(handler: &Value, actions: &mut Vec<Node>, gaps: &mut Gaps) {
    if is_custom(handler) {
        gaps.custom("error_handler", handler);
        return;
    }
    for inner in handler.list_of("error_handlers") {
        collect(inner, actions, gaps);
    }
    for strategy in handler.list_of("backoff_strategies").iter().filter(|of| is_custom(of)) {
        gaps.custom("backoff_strategy", strategy);
    }
    for filter in handler.list_of("response_filters") {
        let Some(action) = filter.text_of("action") else { continue };
        let action = match action {
            "IGNORE" => "ignore",
            "RETRY" | "RATE_LIMITED" | "REFRESH_TOKEN_THEN_RETRY" => "retry",
            "FAIL" => "raise",
            "SUCCESS" => "accept",
            other => {
                gaps.add("error_handler", "response_filters", format!("the action `{other}`"));
                continue;
            }
        };
        let codes: Vec<String> = match filter.get("http_codes") {
            Some(Value::List(codes)) => codes.iter().filter_map(Value::scalar).collect(),
            _ => Vec::new(),
        };
        let content = filter.text_of("error_message_contains").filter(|text| !text.is_empty());
        let content = content
            .map(|text| Condition { content: Some(text.to_owned()), ..Condition::default() });
        let predicate = filter.text_of("predicate").filter(|text| !text.trim().is_empty());
        let predicate = match predicate.map(predicate_of) {
            Some(Ok(condition)) => Some(condition),
            Some(Err(message)) => {
                gaps.add("predicate", "response_filters", message);
                continue;
            }
            None => None,
        };
        // A response that fulfils one of the conditions is one that the filter is for.
        for code in &codes {
            if is_default(code, action) && content.is_none() && predicate.is_none() {
                continue;
            }
            actions.push(
                Condition { status: Some(code.clone()), ..Condition::default() }.action(action),
            );
        }
        for condition in [content, predicate].into_iter().flatten() {
            actions.push(condition.action(action));
        }
    }
}

/// Whether a status is handled so anyway.
fn is_default(code: &str, action: &str) -> bool {
    match action {
        "retry" => RETRIED.contains(&code),
        "raise" => code.starts_with('4') && code != "429",
        "accept" => code.starts_with('2'),
        _ => false,
    }
}

#[derive(Default)]
struct Condition {
    status: Option<String>,
    content: Option<String>,
    filter: Option<String>,
    reason: Option<String>,
}

impl Condition {
    fn action(self, action: &str) -> Node {
        let mut mapping = Mapping::new();
        if let Some(status) = self.status {
            mapping.set("status_code", Node::Plain(status));
        }
        if let Some(content) = self.content {
            mapping.put("content", Node::Text(content), self.reason);
        }
        if let Some(filter) = self.filter {
            mapping.set("where", Node::Text(filter));
        }
        mapping.set("action", Node::text(action));
        mapping.into()
    }
}

/// What a predicate says of a response.
fn predicate_of(text: &str) -> Result<Condition, String> {
    let quoted = |why: String| format!("`{}`: {why}", text.trim());
    let expression = jinja::expression(text, None).map_err(quoted)?;
    // Text in a message: the body that has the message has it too.
    if let Expr::Binary(Operator::In, part, whole) = &expression
        && let (Some(part), Some(steps)) = (part.text(), whole.path_of(&["response"]))
        && !steps.is_empty()
    {
        let reason = "in the manifest it is looked for in one member of the body";
        return Ok(Condition {
            content: Some(part.to_owned()),
            reason: Some(reason.to_owned()),
            ..Condition::default()
        });
    }
    let filter = condition::filter(&expression, "response").map_err(quoted)?;
    Ok(Condition { filter: Some(filter), ..Condition::default() })
}
