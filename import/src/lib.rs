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
mod api;
mod base_url;
mod curl;
mod description;
mod dlt;
mod document;
mod failure;
mod format;
mod gap;
mod har;
mod openapi;
mod prose;
mod recorded;
mod secret;
mod selection;
mod variable;
mod vault;

pub use self::{
    api::KeyName, description::Imported, failure::Failure, gap::Gap, selection::Selection,
};

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
    let imported = openapi::import(text, selection);
    let (mapping, gaps) = imported.map_err(|failure| format::mistaken(failure, text, "openapi"))?;
    description::finish(mapping, gaps)
}

/// Imports a REST source of dlt: a file of Python, or of Markdown with a block of Python. It is read and not
/// run.
///
/// # Errors
///
/// If the text has no configuration of such a source, or none of its resources is selected.
pub fn dlt(text: &str, selection: &Selection) -> Result<Imported, Failure> {
    let imported = dlt::import(text, selection);
    let (mapping, gaps) = imported.map_err(|failure| format::mistaken(failure, text, "dlt"))?;
    description::finish(mapping, gaps)
}

/// Imports command lines of `curl`. Credentials in them become names of secrets.
///
/// # Errors
///
/// If the text has no such command, or none that requests what the selection includes.
pub fn curl(text: &str, selection: &Selection) -> Result<Imported, Failure> {
    let imported = curl::import(text, selection);
    let (mapping, gaps) = imported.map_err(|failure| format::mistaken(failure, text, "curl"))?;
    description::finish(mapping, gaps)
}

/// Imports a recording of HTTP in the format HAR 1.2. Credentials in it become names of secrets.
///
/// # Errors
///
/// If the text is no such recording, or none of its responses is a list in JSON that the selection includes.
pub fn har(text: &str, selection: &Selection) -> Result<Imported, Failure> {
    let imported = har::import(text, selection);
    let (mapping, gaps) = imported.map_err(|failure| format::mistaken(failure, text, "har"))?;
    description::finish(mapping, gaps)
}
