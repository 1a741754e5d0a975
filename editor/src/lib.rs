//! What an editor shows and changes in a source description: completion, the meaning of keys, names and their
//! uses, formatting.
//!
//! It reads the text as it is, also while it is typed and is no YAML, and knows the language from the shapes that
//! the parser is made of. Places are bytes of the text. It has no protocol and reads no file.
//!
//! ```
//! use rest_source_editor::{complete, hover};
//!
//! let text = "client:\n  base_url: https://api.example.com\n  pag";
//! let labels: Vec<_> = complete(text, text.len()).into_iter().map(|found| found.label).collect();
//! assert!(labels.contains(&"paginator".to_owned()));
//! assert!(hover(text, 12).unwrap().text.contains("`base_url`"));
//! ```

#![deny(missing_docs)]

mod complete;
mod fix;
mod format;
mod hover;
mod language;
mod names;
mod outline;

pub use self::{
    complete::{Completion, CompletionKind, complete},
    fix::{Fixed, fix},
    format::format,
    hover::{Hover, hover},
    names::{Symbol, SymbolKind, definition, references, rename, symbols},
};

/// Whether a text looks like a source description, or like dlt's project file. An editor may show other YAML as
/// well, with which nothing is wrong.
pub fn is_description(text: &str) -> bool {
    let outline = outline::Outline::of(text, None);
    let root = outline.mappings.iter().find(|mapping| mapping.path.is_empty());
    let has = |key| root.is_some_and(|root| root.entries.iter().any(|entry| entry.key == key));
    let is_of_dlt = || {
        let types = outline.mappings.iter().flat_map(|mapping| &mapping.entries);
        let mut types = types.filter(|entry| entry.key == "type");
        types.any(|entry| {
            let word = entry.value.as_ref().map_or("", |value| value.text.as_str());
            rest_source_codegen::REST_TYPES.contains(&word)
        })
    };
    has("client") || has("resources") || has("resource_defaults") || has("sources") && is_of_dlt()
}
