//! From other descriptions of an API to a source description of `rest_source`, as YAML text.
//!
//! Each format has a folder that reads it into a description (`description`), which is then pulled
//! together, checked and written the same way for all. What is guessed has a comment with its reason in the
//! text; what could not be brought over is a [`Gap`]. This crate reads no file and no network.
//!
//! ```
//! use rest_source_import::{Selection, openapi};
//!
//! let document = r#"
//! openapi: 3.0.3
//! info: {title: Payments, version: "1"}
//! servers: [{url: https://api.example.com/v1}]
//! paths:
//!   /payments:
//!     get:
//!       responses:
//!         "200":
//!           content:
//!             application/json:
//!               schema: {type: array, items: {type: object, properties: {id: {type: string}}}}
//! "#;
//! let imported = openapi(document, &Selection::default())?;
//! assert!(imported.text.contains("base_url: https://api.example.com/v1"));
//! assert!(imported.text.contains("name: payments"));
//! # Ok::<(), rest_source_import::Failure>(())
//! ```

#![deny(missing_docs)]

mod airbyte;
mod description;
mod document;
mod failure;
mod gap;
mod openapi;
mod selection;

pub use self::{description::Imported, failure::Failure, gap::Gap, selection::Selection};

/// Imports a low-code manifest of Airbyte, `manifest.yaml`: a `DeclarativeSource` in YAML or JSON.
///
/// # Errors
///
/// If the text is no such manifest, or none of its streams that the selection includes can be described.
pub fn airbyte(text: &str, selection: &Selection) -> Result<Imported, Failure> {
    let (mapping, gaps) = airbyte::import(text, selection)?;
    description::finish(mapping, gaps)
}

/// Imports an OpenAPI document: OpenAPI 3.0 or 3.1, or Swagger 2, in JSON or YAML.
///
/// # Errors
///
/// If the text is no such document, or none of its endpoints gives a list that the selection includes.
pub fn openapi(text: &str, selection: &Selection) -> Result<Imported, Failure> {
    let (mapping, gaps) = openapi::import(text, selection)?;
    description::finish(mapping, gaps)
}
