//! Gaps of a manifest, each with the stream that it touches.

use crate::{gap::Gap, secret};

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
        let mut message = message.into();
        if code == "auth" || part.split(['.', '_']).any(secret::is_name) || secret::is_name(part) {
            message = without_literals(&message);
        }
        let gap = Gap::new(code, format!("{}.{part}", self.stream), message);
        if !self.all.contains(&gap) {
            self.all.push(gap);
        }
    }

    /// Whether a gap touches this stream.
    pub(super) fn touch(&self, stream: &str) -> bool {
        let place = format!("streams.{stream}.");
        self.all.iter().any(|gap| gap.place.starts_with(&place))
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

/// A message about a credential without the texts that stand in its expressions; those within brackets are keys.
fn without_literals(message: &str) -> String {
    let mut shown = String::new();
    let mut rest = message;
    while let Some(start) = rest.find(['\'', '"']) {
        let quote = &rest[start..=start];
        let (before, after) = rest.split_at(start + 1);
        let Some(end) = after.find(quote) else { break };
        let is_key = ["[", "get("].iter().any(|sign| before[..start].ends_with(sign));
        shown.push_str(before);
        shown.push_str(if is_key { &after[..end] } else { "…" });
        shown.push_str(quote);
        rest = &after[end + 1..];
    }
    shown + rest
}
