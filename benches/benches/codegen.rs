//! How long a description of 100 resources takes from its text to tokens.
//!
//! `cargo bench -p rest_source_benches --bench codegen`
//!
//! `REPEATS` says how often it is done, 21 times by default.

use std::time::Instant;

use rest_source_benches::{
    large::{COLUMNS, description},
    measure::{median, number},
};
use rest_source_codegen::{LintLevels, SourceFile, compile};

const RESOURCES: usize = 100;

fn main() {
    let text = description(RESOURCES);
    let repeats = number("REPEATS", 21);
    let times = (0..repeats).map(|_| {
        let begin = Instant::now();
        let file = SourceFile::new("api.yaml", text.clone());
        let output = compile(&file, "api", LintLevels::default());
        assert_eq!(output.diagnostics, []);
        output.outer_documentation(true);
        begin.elapsed().as_secs_f64() * 1e3
    });
    println!("\n## Generating code\n");
    println!("| work | ms, median of {repeats} runs |\n| --- | --- |");
    println!(
        "| {RESOURCES} resources with {COLUMNS} columns each | {:.1} |",
        median(times.collect())
    );
}
