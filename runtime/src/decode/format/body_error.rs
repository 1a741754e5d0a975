//! What is wrong with a body, for the error that shows it.

/// What is wrong with a body.
#[derive(Debug)]
pub(crate) struct BodyError {
    /// As the end of a sentence about the response.
    pub(crate) what: String,
    /// The text that is wrong, where that is not all of it.
    pub(crate) found: Option<String>,
    /// Whether the body seems to be cut short.
    pub(crate) is_cut: bool,
    /// What helps against it.
    pub(crate) help: Option<String>,
}

impl BodyError {
    pub(super) fn new(what: impl Into<String>) -> BodyError {
        BodyError { what: what.into(), found: None, is_cut: false, help: None }
    }

    pub(super) fn with_found(self, found: &str) -> BodyError {
        BodyError { found: Some(found.to_owned()), ..self }
    }

    pub(super) fn with_help(self, help: impl Into<String>) -> BodyError {
        BodyError { help: Some(help.into()), ..self }
    }

    pub(super) fn cut(self) -> BodyError {
        BodyError { is_cut: true, ..self }
    }
}
