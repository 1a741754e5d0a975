//! Times that a file computes from now, such as `pendulum.now().subtract(days=30).to_iso8601_string()`.

use tree_sitter::Node;

use super::python::{File, everything};

/// Why a relative time is a guess.
pub(super) const REASON: &str = "the file computes the time, perhaps in another format";

/// What gives the present time.
const NOW: [&str; 4] = ["now", "today", "utcnow", "yesterday"];
/// What may be done with it: the amounts are read, the rest is how it is written.
const OTHERS: [&str; 10] = [
    "subtract",
    "timedelta",
    "duration",
    "to_iso8601_string",
    "to_date_string",
    "isoformat",
    "strftime",
    "date",
    "to_datetime_string",
    "str",
];
/// The units that amounts have.
const UNITS: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];

/// The time as a description says it, `now - 30 days`; `None` if the expression is something else.
pub(super) fn relative(file: &File<'_>, node: Node<'_>) -> Option<String> {
    let mut from_now = None;
    let mut amounts: Vec<(i64, &str)> = Vec::new();
    for node in everything(node) {
        match node.kind() {
            "call" => {
                let function = file.text_of(node.child_by_field_name("function")?);
                let name = function.rsplit('.').next().unwrap_or_default();
                if NOW.contains(&name) {
                    from_now = Some(name);
                } else if !OTHERS.contains(&name) {
                    return None;
                }
            }
            "keyword_argument" => {
                let name = file.text_of(node.child_by_field_name("name")?);
                if name == "tz" || name == "tzinfo" {
                    continue;
                }
                let unit = UNITS.iter().find(|unit| name.strip_suffix('s') == Some(**unit))?;
                let amount = file.text_of(node.child_by_field_name("value")?);
                amounts.push((amount.parse().ok()?, unit));
            }
            "binary_operator" => {
                node.child_by_field_name("operator").filter(|of| of.kind() == "-")?;
            }
            _ => {}
        }
    }
    let from_now = from_now?;
    if from_now == "yesterday" {
        amounts.push((1, "day"));
    }
    match amounts[..] {
        [] => Some("now".to_owned()),
        [(1, unit)] => Some(format!("now - 1 {unit}")),
        [(amount, unit)] if amount > 1 => Some(format!("now - {amount} {unit}s")),
        _ => None,
    }
}
