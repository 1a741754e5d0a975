//! Pages as the server wrote them, and what they show without a description.

use rest_source::{
    Error, Page,
    plan::{Csv, Jsonl, Link, Paginator, ResourcePlan, ResponseFormat, Selector, Syntax},
};
use serde_json::{Value, value::RawValue};

/// Records as the server wrote them.
pub(crate) type Raw = Page<Box<RawValue>>;

/// Whether two pages have the same records.
pub(crate) fn same(first: &Raw, second: &Raw) -> bool {
    let texts = first.records.iter().map(|record| record.get());
    !first.records.is_empty() && texts.eq(second.records.iter().map(|record| record.get()))
}

/// The same resource with another paginator.
pub(crate) fn with_paginator(
    plan: &Link<ResourcePlan>,
    paginator: Paginator,
) -> Link<ResourcePlan> {
    let mut plan = (**plan).clone();
    plan.endpoint.paginator = paginator;
    plan.into()
}

/// The same resource with the format that its response seems to have by an error, and the word for it. `None`
/// if there is none, or something else has to be known for it.
pub(crate) fn in_format(
    plan: &Link<ResourcePlan>,
    error: &Error,
) -> Option<(&'static str, Link<ResourcePlan>)> {
    let is_own = error.resource() == Some(&*plan.name)
        && plan.endpoint.response_format == ResponseFormat::DEFAULT;
    let word = error.response_format().filter(|_| is_own)?;
    let mut plan = (**plan).clone();
    let selector = plan.endpoint.data_selector.replace(Selector::ROOT);
    let data_selector = selector.filter(|selector| *selector != Selector::ROOT);
    let (word, syntax) = match word {
        "jsonl" => ("jsonl", Syntax::Jsonl(Jsonl { data_selector, ..Jsonl::DEFAULT })),
        "csv" => ("csv", Syntax::Csv(Csv::DEFAULT)),
        _ => return None,
    };
    plan.endpoint.response_format.syntax = syntax;
    Some((word, plan.into()))
}

/// Whether there is no page after this one, of the same record of the parent if it has one.
pub(crate) fn ends(page: &Raw) -> bool {
    if page.checkpoint.is_end() {
        return true;
    }
    // What a checkpoint keeps of a child has a place for where it is within a record of the parent.
    let kept = serde_json::to_value(&page.checkpoint).unwrap_or(Value::Null);
    let is_child = kept.get("parent").is_some();
    let within = ["page_cursor", "offset", "page_number", "next_url", "custom", "found"];
    is_child && within.iter().all(|key| kept.get(key).is_none())
}
