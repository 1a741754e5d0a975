//! Who may know of whom. What is absent here is what keeps the parts apart.

use std::{fs, path::Path};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The lines of all Rust files of a folder or file, with where they stand; tests inside may read files.
fn lines(path: &str) -> Vec<(String, String)> {
    let path = Path::new(ROOT).join(path);
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(&path).unwrap() {
            let below = entry.unwrap().path();
            found.extend(lines(below.strip_prefix(ROOT).unwrap().to_str().unwrap()));
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(ROOT).unwrap().display().to_string();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        found.extend(code.map(|line| (name.clone(), line.to_owned())));
    }
    found
}

#[track_caller]
fn never_names(folder: &str, words: &[&str]) {
    let lines = lines(folder);
    assert!(!lines.is_empty(), "there is no code in {folder}");
    for (file, line) in lines {
        for word in words {
            assert!(!line.contains(word), "{file} names {word}: {line}");
        }
    }
}

#[test]
fn the_language_does_no_io_and_knows_nothing_of_the_world() {
    never_names("codegen/src", &["std::fs", "std::env", "std::net", "std::process", "println!"]);
}

#[test]
fn only_expand_knows_tokens_and_it_knows_nothing_of_yaml() {
    for folder in ["source.rs", "diagnostic", "yaml", "parse", "config", "check", "model.rs"] {
        never_names(
            &format!("codegen/src/{folder}"),
            &["quote::", "quote!", "proc_macro", "syn::"],
        );
    }
    never_names(
        "codegen/src/expand",
        &["yaml::", "parse::", "diagnostic", "crate::source", "Spanned"],
    );
}

/// `source` ← `diagnostic` ← `yaml` ← `parse` ← `config` ← `check` ← `expand`
#[test]
fn imports_in_the_language_go_one_way() {
    let order = ["source", "diagnostic", "yaml", "parse", "config", "check", "expand"];
    for (index, module) in order.iter().enumerate() {
        let later: Vec<String> = order[index + 1..].iter().map(|m| format!("{m}::")).collect();
        let path = format!("codegen/src/{module}");
        let path = if Path::new(ROOT).join(&path).is_dir() { path } else { path + ".rs" };
        for (file, line) in lines(&path) {
            let imported = line.split("crate::").nth(1).or(line.strip_prefix("    "));
            let Some(imported) = imported else { continue };
            for later in &later {
                assert!(!imported.starts_with(later.as_str()), "{file}: {line}");
            }
        }
    }
}

#[test]
fn the_runtime_and_the_loader_know_nothing_of_the_language() {
    for folder in ["runtime/src", "load/src"] {
        never_names(folder, &["rest_source_codegen", "yaml"]);
    }
}

#[test]
fn a_destination_knows_no_http() {
    never_names("load/src", &["reqwest", "http::", "url::"]);
}

#[test]
fn the_macro_is_small() {
    let code = lines("macros/src");
    assert!(code.len() < 400, "{} lines", code.len());
}
