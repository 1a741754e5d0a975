//! The document as a whole, and its version.

use crate::{api::Document, document::Value, failure::Failure, prose::prose};

/// A document that is known to be one of OpenAPI.
pub(super) struct Spec<'a> {
    /// Its root.
    pub(super) root: &'a Value,
    /// Where its references lead.
    pub(super) document: Document<'a>,
    /// Whether it is Swagger 2.
    pub(super) is_swagger: bool,
}

impl<'a> Spec<'a> {
    /// Recognises a document by its version.
    pub(super) fn of(root: &'a Value) -> Result<Spec<'a>, Failure> {
        let version = |key: &str| root.get(key).and_then(Value::scalar);
        let is_swagger = match (version("openapi"), version("swagger")) {
            (Some(version), _) if version.starts_with('3') => false,
            (None, Some(version)) if version.starts_with('2') => true,
            (Some(version), _) | (None, Some(version)) => {
                let message = format!("version `{version}` of OpenAPI is not supported");
                let help = "convert the document to OpenAPI 3 with a tool of its provider";
                return Err(Failure::new(message, help));
            }
            (None, None) => {
                return Err(Failure::new(
                    "this is no OpenAPI document: it has neither `openapi` nor `swagger`",
                    "an OpenAPI document begins with its version, `openapi: 3.0.3` or `swagger: \"2.0\"`",
                ));
            }
        };
        Ok(Spec { root, document: Document::new(root), is_swagger })
    }

    /// What the document says of itself, in one paragraph.
    pub(super) fn description(&self) -> Option<String> {
        let info = self.root.get("info")?;
        let text = info.text_of("description").or(info.text_of("title"))?;
        prose(text)
    }
}
