//! What is wrong with a body, for the error that shows it.

/// What is wrong with a body.
#[derive(Debug)]
pub(crate) struct Flaw {
    /// As the end of a sentence about the response.
    pub(crate) what: String,
    /// The text that is wrong, where that is not all of it.
    pub(crate) found: Option<String>,
    /// Whether the body seems to be cut short.
    pub(crate) is_cut: bool,
    /// What helps against it.
    pub(crate) help: Option<String>,
}

impl Flaw {
    pub(super) fn new(what: impl Into<String>) -> Flaw {
        Flaw { what: what.into(), found: None, is_cut: false, help: None }
    }

    pub(super) fn with_found(self, found: &str) -> Flaw {
        Flaw { found: Some(found.to_owned()), ..self }
    }

    pub(super) fn with_help(self, help: impl Into<String>) -> Flaw {
        Flaw { help: Some(help.into()), ..self }
    }

    pub(super) fn cut(self) -> Flaw {
        Flaw { is_cut: true, ..self }
    }
}
