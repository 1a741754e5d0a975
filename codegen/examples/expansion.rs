//! How long a description of 100 resources takes from its text to tokens.
//!
//! `cargo run --release -p rest_source_codegen --example expansion`

use std::{error::Error, fmt::Write as _, io::Write as _, time::Instant};

use rest_source_codegen::{LintLevels, SourceFile, compile};

const RESOURCES: usize = 100;
const COLUMNS: usize = 20;
const RUNS: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = "client:\n  base_url: https://api.example.com\n  \
                    auth: {type: bearer, token: \"{secrets.access_token}\"}\n  \
                    paginator: {type: cursor, cursor_path: meta.next, cursor_param: after}\n\
                    resources:\n"
        .to_owned();
    for resource in 0..RESOURCES {
        write!(
            text,
            "  - name: resource_{resource}_items\n    primary_key: id\n    \
             write_disposition: merge\n    endpoint: {{path: /v1/{resource}, data_selector: data}}\n    \
             columns:\n      id: {{data_type: text, nullable: false, description: Its name}}\n"
        )?;
        for column in 1..COLUMNS {
            let types = ["text", "bigint", "timestamp", "decimal", "bool", "json"];
            let data_type = types[column % types.len()];
            writeln!(
                text,
                "      column{column}: {{data_type: {data_type}, description: A value}}"
            )?;
        }
    }
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
