//! Plans as constants: each is a block that imports the names of `rest_source_plan`, which the values
//! write themselves with.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Code, ResourcePlan, SourcePlan};

use super::ident;
use crate::model::Resource;

/// The plan of a source.
pub(super) fn source(plan: &SourcePlan) -> TokenStream {
    block(None, plan)
}

/// The plan of a resource.
pub(super) fn resource(resource: &Resource) -> TokenStream {
    let Some(record) = &resource.parent else {
        let plan = ResourcePlan { parent: None, ..(*resource.plan).clone() };
        return block(None, &plan);
    };
    let record = ident(record);
    let parent = quote! {
        const PARENT: &ResourcePlan = <self::#record as ::rest_source::Resource>::PLAN;
    };
    block(Some(&parent), &*resource.plan)
}

/// An expression with all names that a plan is made of, whatever the module calls its own.
fn block(parent: Option<&TokenStream>, plan: &impl Code) -> TokenStream {
    // A plan is Rust, and nothing in its texts can end them.
    let plan: TokenStream = plan.code().parse().unwrap_or_default();
    quote! {{
        #[allow(unused_imports, clippy::wildcard_imports)]
        use ::rest_source::plan::*;
        #[allow(unused_imports)]
        use ::std::{borrow::Cow::Borrowed, option::Option::{None, Some}, time::Duration};
        #parent
        #plan
    }}
}
