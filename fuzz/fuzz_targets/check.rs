//! Whatever a file says, checking it, showing what is wrong with it and generating code from it ends,
//! and without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rest_source_codegen::{LintLevels, SourceFile, check, compile, for_rustc, for_terminal};

fuzz_target!(|bytes: &[u8]| {
    let file = SourceFile::from_bytes("api.yaml", bytes.to_vec());
    for found in check(&file, LintLevels::default()) {
        for_rustc(&found, &file);
        for_terminal(&found, &file);
    }
    let output = compile(&file, "api", LintLevels::default());
    output.outer_documentation(true);
    compile(&file.with_source("pokemon"), "api", LintLevels::default());
});
