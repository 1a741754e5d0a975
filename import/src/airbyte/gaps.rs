//! Gaps of a manifest, each with the stream that it touches.

use crate::gap::Gap;

/// The gaps that were found.
#[derive(Default)]
pub(super) struct Gaps {
    /// All of them, no two alike.
    pub(super) all: Vec<Gap>,
    /// The stream that is read, `streams.orders`.
    stream: String,
}

impl Gaps {
    /// Gaps from now on touch this stream.
    pub(super) fn enter(&mut self, stream: &str) -> String {
        std::mem::replace(&mut self.stream, format!("streams.{stream}"))
    }

    /// Gaps from now on touch what was read before.
    pub(super) fn leave(&mut self, before: String) {
        self.stream = before;
    }

    /// Something of the stream that could not be brought over.
    pub(super) fn add(&mut self, code: &'static str, part: &str, message: impl Into<String>) {
        let gap = Gap::new(code, format!("{}.{part}", self.stream), message);
        if !self.all.contains(&gap) {
            self.all.push(gap);
        }
    }

    /// A component that is a class of Python.
    pub(super) fn custom(&mut self, part: &str, component: &crate::document::Value) {
        let class = component.text_of("class_name").unwrap_or("a class of Python");
        let class = class.rsplit('.').next().unwrap_or(class);
        self.add("custom_component", part, format!("`{class}` is code of the connector"));
    }
}

/// Whether a component is a class of Python.
pub(super) fn is_custom(component: &crate::document::Value) -> bool {
    let kind = component.text_of("type").unwrap_or_default();
    kind.starts_with("Custom") || component.get("class_name").is_some()
}
