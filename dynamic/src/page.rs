//! Pages as the server wrote them, and what they show without a description.

use rest_source::{
    Page,
    plan::{Link, Paginator, ResourcePlan},
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
