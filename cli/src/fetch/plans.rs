//! From a description that was compiled to what the engine executes.

use rest_source::plan::{Link, ResourcePlan, SourcePlan};
use rest_source_codegen::Output;

/// The plans of a source and of its resources, in the description's order.
pub(super) fn of(output: &Output) -> (SourcePlan, Vec<Link<ResourcePlan>>) {
    let source = &output.source;
    let resources = source.resources.iter().map(|resource| resource.plan.clone());
    (source.plan.clone(), resources.collect())
}
