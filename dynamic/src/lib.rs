//! A REST source from its description at run time: the resources that a description selects, fetched by the
//! same engine as generated code, without a compiler.
//!
//! A description is compiled by `rest_source_codegen`; what there is to fetch and how comes from [`Fetch`]. It
//! is what `cargo rest-source` fetches, probes and loads by, and what the package for Python does.

#![deny(missing_docs)]

mod caller;
mod choice;
mod client;
mod contradiction;
mod failure;
mod fetch;
mod page;
mod probe;
mod report;

pub use self::{
    caller::Caller,
    failure::Failure,
    fetch::{Arrival, Fetch, FetchSource, appends_again},
    probe::{Paging, Probed},
    report::{Checkpoints, Report, ResourceReport},
};
