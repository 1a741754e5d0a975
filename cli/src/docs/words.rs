//! What the parts of a source are called in sentences, and how text becomes part of Markdown.

use rest_source_codegen::{
    model::{Column, Content},
    words::code,
};
use rest_source_plan::Retry;

/// What the values of a column are.
pub(super) fn values(column: &Column) -> String {
    match &column.content {
        Content::Plain => code(column.data_type.name()),
        Content::Record(_) => "a record".to_owned(),
        Content::List(items) => format!("a list: {}", values(items)),
        Content::Words(of) => {
            let words: Vec<String> = of.words.iter().map(|word| code(&word.word)).collect();
            words.join(" or ")
        }
    }
}

/// When and how often a failed request is retried.
pub(super) fn retries(retry: &Retry) -> String {
    if retry.max_retries == 0 {
        return "none".to_owned();
    }
    let statuses: Vec<String> = retry.statuses.iter().map(u16::to_string).collect();
    format!(
        "at most {}, after {} and failures of the connection, within {} s",
        retry.max_retries,
        statuses.join(", "),
        retry.max_elapsed.as_secs_f64()
    )
}

/// A description on one line.
pub(super) fn cell(description: &str, prose: fn(&str) -> String) -> String {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    prose(&line).trim_end().to_owned()
}

/// The anchor of a heading, as GitHub derives it.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
