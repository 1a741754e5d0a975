//! Values that are no text and that a setting may give.

use crate::{Code, Str, Template, code};

/// A value that the file states, or that settings give when a fetch begins:
/// `limit: "{config.page_size}"`. For text there is [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Configurable<T> {
    /// The value that the file states.
    Known(T),
    /// The text that the value is read from when its gaps are filled.
    Template(Template),
}

impl<T> Configurable<T> {
    /// The value, if the file states it.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Configurable::Known(value) => Some(value),
            Configurable::Template(_) => None,
        }
    }
}

impl<T: Code> Code for Configurable<T> {
    fn write_code(&self, code: &mut String) {
        match self {
            Configurable::Known(value) => code::call("Configurable::Known", value, code),
            Configurable::Template(of) => code::call("Configurable::Template", of, code),
        }
    }
}

impl From<&'static str> for Configurable<Str> {
    fn from(text: &'static str) -> Self {
        Configurable::Known(text.into())
    }
}

impl From<String> for Configurable<Str> {
    fn from(text: String) -> Self {
        Configurable::Known(text.into())
    }
}

impl<T> From<T> for Configurable<T> {
    fn from(value: T) -> Self {
        Configurable::Known(value)
    }
}
