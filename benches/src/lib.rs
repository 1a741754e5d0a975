//! What the benchmarks share: an API whose pages are made at its start, so that the client is what is
//! measured, and clients in processes of their own, so that what they take can be told.

pub mod api;
pub mod bodies;
pub mod by_hand;
#[cfg(feature = "arrow")]
pub mod by_hand_arrow;
pub mod large;
pub mod measure;
pub mod shape;

/// The client of the API, of which everything that is not declared is left out.
#[rest_source::rest_source("payments.yaml")]
pub mod payments {}

/// The client of the API, of which everything is kept.
#[rest_source::rest_source("payments_whole.yaml")]
pub mod payments_whole {}

/// The client of the API's pages by offset.
#[rest_source::rest_source("offset.yaml")]
pub mod offset {}

/// The client of the API's customers and what each of them has paid.
#[rest_source::rest_source("children.yaml")]
pub mod children {}

/// The client of the same payments by every kind of pages.
#[rest_source::rest_source("pages.yaml")]
pub mod pages {}

/// Resources whose pages are harder to decode.
#[rest_source::rest_source("shapes.yaml")]
pub mod shapes {}
