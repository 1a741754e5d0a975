//! Sources whose generated code has to be clean under every lint there is, and sources for the
//! suites beside it.
//!
//! In a documentation test a description is found in both places too:
//!
//! ```
//! #[rest_source::rest_source("beside.yaml")]
//! mod beside {}
//!
//! #[rest_source::rest_source("src/beside.yaml")]
//! mod from_the_package {}
//!
//! let _: fn(&beside::Client) -> rest_source::Fetch<beside::Thing> = beside::Client::things;
//! # let _: fn(&from_the_package::Client) -> _ = from_the_package::Client::things;
//! ```

#![deny(missing_docs, warnings, clippy::all, clippy::pedantic, rustdoc::all)]

use rest_source::rest_source;

pub mod peak;

/// The reference description.
#[rest_source("../examples/payments.yaml")]
pub mod payments_api {}

#[rest_source("src/odd.yaml")]
pub mod odd {
    //! Names that are no Rust names, types that hide others, descriptions that are no Markdown.

    /// What stands in the module stays there.
    pub const KEPT: &str = "kept";
}

/// Records within records, lists and words, some of them called like types of Rust's.
#[rest_source("orders.yaml")]
pub mod orders {}

/// A parent and its children.
#[rest_source("children.yaml")]
pub mod children_api {}

/// A description in the folder of the source file, by way of a macro that stands elsewhere.
#[macro_use]
mod by_macro;
source!(beside, "beside.yaml");

/// One of the sources of dlt's project file.
#[rest_source("src/dlt.yml", source = "pokemon")]
pub mod pokemon_api {}

/// A description in JSON.
#[rest_source("src/written.json")]
pub mod written {}

/// A lint that is allowed says nothing, and one that warns does not stop the build.
#[rest_source("src/plain_secret.yaml", allow(plain_secret))]
pub mod allowed {}
#[allow(deprecated)]
mod warned {
    use rest_source::rest_source;

    #[rest_source("plain_secret.yaml", warn(plain_secret))]
    pub mod api {}
}
