//! The language, from the outside: descriptions in, messages and code out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "`expect!` gives a value")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]
#![allow(clippy::too_many_lines, reason = "most of a test are the texts that it expects")]

mod auth;
mod batch;
mod bounds;
mod client;
mod column;
mod each;
mod edit;
mod endpoint;
mod expand;
mod explain;
mod fault;
mod formats;
mod incremental;
mod json;
mod lint;
mod misplaced;
mod name;
mod next_runs;
mod paginator;
mod placeholder;
mod project;
mod record;
mod relation;
mod resource;
mod response_format;
mod setting;
mod suggest;
mod table;
mod yaml;

use expect_test::Expect;
use rest_source_codegen::{Diagnostic, LintLevels, SourceFile, for_rustc};

/// Compares what is said about a description, as rustc shows it, with what is expected.
fn check(text: &str, expected: Expect) {
    check_with(text, LintLevels::default(), expected);
}

fn check_with(text: &str, lints: LintLevels, expected: Expect) {
    expected.assert_eq(&messages(text, lints));
}

/// A description that is right, with `resources` in it.
fn with_resources(resources: &str) -> String {
    let client = "client: {base_url: https://api.example.com, paginator: single_page}\n";
    format!("{client}resources:\n{resources}\n")
}

fn messages(text: &str, lints: LintLevels) -> String {
    let file = SourceFile::new("api.yaml", text);
    rendered(&rest_source_codegen::check(&file, lints), &file)
}

fn rendered(found: &[Diagnostic], file: &SourceFile) -> String {
    found.iter().map(|found| for_rustc(found, file) + "\n").collect::<Vec<_>>().join("\n")
}
