//! Why something cannot be done, where it is not known yet of which resource, page or request.

use std::fmt;

/// Why something cannot be done, as a clause. The caller that knows the resource, page or request makes an
/// [`Error`](super::Error) of it.
#[derive(Debug, Clone)]
pub(crate) struct Reason(String);

impl Reason {
    /// The same, with what it is said of in front of it: `` `param`: … ``.
    pub(crate) fn with_context(self, context: impl fmt::Display) -> Reason {
        Reason(format!("{context}: {self}"))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Reason {
        Reason(text)
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Reason {
        Reason(text.to_owned())
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.0
    }
}
