//! Plans as constants: each is a block that imports the names of `rest_source_plan`, which the values
//! write themselves with.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Code, SourcePlan, plan_constant};

use super::ident;
use crate::model::Resource;

/// The plan of a source.
pub(super) fn source(plan: &SourcePlan) -> TokenStream {
    block(None, plan)
}

/// The plan of a resource.
pub(super) fn resource(resource: &Resource) -> TokenStream {
    let origins = resource.origins.iter().map(|(name, record)| {
        let (constant, record) = (ident(&plan_constant(name)), ident(record));
        quote! {
            const #constant: &ResourcePlan = <self::#record as ::rest_source::Resource>::PLAN;
        }
    });
    let origins = origins.collect::<TokenStream>();
    block(Some(&origins), &*resource.plan)
}

/// An expression with all names that a plan is made of, whatever the module calls its own. `plans` are the
/// constants that it names.
fn block(plans: Option<&TokenStream>, plan: &impl Code) -> TokenStream {
    // A plan is Rust, and nothing in its texts can end them.
    let plan: TokenStream = plan.code().parse().unwrap_or_default();
    quote! {{
        #[allow(unused_imports, clippy::wildcard_imports)]
        use ::rest_source::plan::*;
        #[allow(unused_imports)]
        use ::std::{borrow::Cow::Borrowed, option::Option::{None, Some}, time::Duration};
        #plans
        #plan
    }}
}
