//! How long a description of 100 resources takes from its text to tokens.
//!
//! `cargo run --release -p rest_source_codegen --example expansion`

mod large;

use std::{error::Error, io::Write as _, time::Instant};

use rest_source_codegen::{LintLevels, SourceFile, compile};

use self::large::{COLUMNS, RESOURCES};

const RUNS: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let text = large::description();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let begin = Instant::now();
        let file = SourceFile::new("api.yaml", text.clone());
        let output = compile(&file, "api", LintLevels::default());
        assert_eq!(output.diagnostics, []);
        output.outer_documentation(true);
        times.push(begin.elapsed());
    }
    times.sort();
    writeln!(
        std::io::stdout(),
        "{RESOURCES} resources with {COLUMNS} columns each: median {:.1?}, slowest {:.1?} of {RUNS} runs",
        times[RUNS / 2],
        times[RUNS - 1]
    )?;
    Ok(())
}
