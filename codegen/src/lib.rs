//! The language of `rest_source`: from the text of a source description to the tokens of its Rust
//! code, by way of every mistake that is in it.
//!
//! This crate reads no file, no environment and no network: it is handed a [`SourceFile`] and gives
//! an [`Output`]. The attribute `#[rest_source]` is thin around it.
//!
//! ```
//! use rest_source_codegen::{LintLevels, SourceFile, compile};
//!
//! let file = SourceFile::new("api.yaml", "client: {bas_url: https://api.example.com}");
//! let output = compile(&file, "api", LintLevels::default());
//! let messages: Vec<_> = output.diagnostics.iter().map(|found| found.message.as_str()).collect();
//! assert_eq!(
//!     messages,
//!     [
//!         "a source description needs the key `resources`",
//!         "`client` has no key `bas_url`",
//!     ]
//! );
//! ```
//!
//! Inside, imports go one way: `source` and `shape` ← `diagnostic` ← `yaml` ← `parse` ← `config` ←
//! `check` ← `expand`. Everything left of `expand` knows nothing of tokens, and `expand` nothing of YAML.

#![deny(missing_docs)]

mod check;
mod config;
mod diagnostic;
pub mod document;
mod edit;
mod expand;
pub mod markdown;
pub mod model;
mod parse;
pub mod reference;
mod shape;
mod source;
pub mod tree;
pub mod words;
mod yaml;

use proc_macro2::TokenStream;

use crate::{
    config::Config,
    diagnostic::Diagnostics,
    model::Source,
    yaml::{Loaded, Node},
};
pub use crate::{
    config::REST_TYPES,
    diagnostic::{
        Code, Diagnostic, Fix, Label, Level, LintLevel, LintLevels, Severity, UnknownLint, closest,
        either,
        render::{for_rustc, for_terminal, note_for_terminal},
    },
    edit::{Addition, NotEditable, add_to_resource},
    shape::{Key, Kind, MappingShape, Shape, UnionShape},
    source::{Edit, SourceFile, Span, edited},
    yaml::MAX_BYTES,
};

/// The result of compiling a source description.
#[derive(Debug, Clone)]
pub struct Output {
    /// The items of the source's module. After mistakes they are what could be understood, so that code
    /// that names them compiles as far as possible.
    pub items: TokenStream,
    /// The source, for other outputs than Rust.
    pub source: Source,
    /// Everything that is wrong with the file, in its order.
    pub diagnostics: Vec<Diagnostic>,
    module: String,
}

impl Output {
    /// The documentation of the source's module, as attributes of it. It has an example, for which
    /// it matters whether the module is public.
    pub fn outer_documentation(&self, is_public: bool) -> TokenStream {
        expand::outer_documentation(&self.source, &self.module, is_public)
    }

    /// The same as attributes in it, for a file that is the module.
    pub fn inner_documentation(&self) -> TokenStream {
        expand::inner_documentation(&self.source, &self.module)
    }
}

/// Reads, checks and translates a source description.
///
/// `module` is the name of the module of the code. It is the source's name and the prefix of its
/// environment variables. Of dlt's project file one source is translated.
pub fn compile(file: &SourceFile, module: &str, lints: LintLevels) -> Output {
    let mut diagnostics = Diagnostics::new(lints);
    let source = read(file, module, Selection::One, &mut diagnostics).pop().unwrap_or_default();
    Output {
        items: expand::items(&source, module),
        source,
        diagnostics: diagnostics.finish(),
        module: module.to_owned(),
    }
}

/// The shape of a source description, from the parser itself, for JSON Schemas.
pub fn shape() -> Shape {
    config::shape()
}

/// Everything that is wrong with a source description, in its order; of dlt's project file, with all
/// its sources of the REST kind unless one is chosen. Unlike [`compile`] it knows no
/// module, with whose name a secret could clash.
pub fn check(file: &SourceFile, lints: LintLevels) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::new(lints);
    read(file, "", Selection::All, &mut diagnostics);
    diagnostics.finish()
}

/// The descriptions that are looked for in a file.
#[derive(Clone, Copy)]
enum Selection {
    /// All of them.
    All,
    /// One, as code can be made only of one.
    One,
}

fn read(
    file: &SourceFile,
    module: &str,
    selection: Selection,
    diagnostics: &mut Diagnostics,
) -> Vec<Source> {
    let Loaded { document, is_cut } = yaml::load(file, diagnostics);
    let Some(document) = document else { return Vec::new() };
    let of_syntax = diagnostics.len();
    let descriptions = match selection {
        Selection::All => config::descriptions(&document, file.source(), diagnostics),
        Selection::One => {
            config::description(&document, file.source(), diagnostics).into_iter().collect()
        }
    };
    let read = |description: &Node| {
        let config = Config::parse(description, diagnostics)?;
        Some(check::check(&config, module, description, is_cut, diagnostics))
    };
    let read = descriptions.iter().filter_map(read).collect();
    if is_cut {
        // What the missing rest leads to is not another mistake.
        diagnostics.truncate(of_syntax);
    }
    read
}
