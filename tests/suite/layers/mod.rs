//! Who may know of whom. What is absent here is what keeps the parts apart.

mod imports;
mod reasons;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use self::imports::{Imports, circles, layers};

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
    for folder in
        ["source.rs", "shape", "diagnostic", "yaml", "parse", "config", "check", "model.rs"]
    {
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

/// The folders of the language, from the ground up.
const LANGUAGE: [&str; 8] =
    ["source", "shape", "diagnostic", "yaml", "parse", "config", "check", "expand"];

/// The folders of the runtime, from the ground up.
const RUNTIME: [&str; 9] =
    ["error", "record", "decode", "http", "paginate", "incremental", "client", "fetch", "run"];

/// The entry of `src` that a file belongs to.
fn entry(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The imports from a folder into one that stands later in the order.
fn upward(order: &[&str], imports: &Imports) -> Vec<String> {
    let height = |file: &str| order.iter().position(|layer| *layer == entry(file));
    let edges = imports.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to)));
    let upward =
        edges.filter(|(from, to)| height(from).zip(height(to)).is_some_and(|(from, to)| from < to));
    upward.map(|(from, to)| format!("{from} imports from {to}")).collect()
}

/// Each folder imports only from those that stand before it in the order.
#[test]
fn imports_go_one_way() {
    for (name, order) in [("codegen", &LANGUAGE[..]), ("runtime", &RUNTIME[..])] {
        println!("{name}: {}", order.join(" <- "));
        let imports = imports::of(&Path::new(ROOT).join(name).join("src"));
        let upward = upward(order, &imports);
        assert!(upward.is_empty(), "{name}: {}", upward.join("\n"));
    }
}

#[test]
fn each_file_of_the_runtime_is_in_a_layer() {
    let imports = imports::of(&Path::new(ROOT).join("runtime/src"));
    for file in imports.keys() {
        let is_placed = RUNTIME.contains(&entry(file)) || ["lib", "guide"].contains(&entry(file));
        assert!(is_placed, "runtime/src/{file} belongs into one of {RUNTIME:?}");
    }
}

#[test]
fn an_import_upward_is_found() {
    let imports = graph(&[
        ("fetch/pipe.rs", &["error/mod.rs", "http/send.rs"]),
        ("http/send.rs", &["error/mod.rs", "fetch/pipe.rs"]),
    ]);
    let found = upward(&RUNTIME, &imports);
    assert_eq!(found, ["http/send.rs imports from fetch/pipe.rs"]);
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

/// The imports between the entries of each folder: of what is below an entry, all counts as its own.
fn by_folder(imports: &Imports) -> Vec<(String, Imports)> {
    let mut folders: BTreeMap<String, Imports> = BTreeMap::new();
    for (from, all) in imports {
        for to in all {
            let (from, to): (Vec<&str>, Vec<&str>) =
                (from.split('/').collect(), to.split('/').collect());
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            let folder = from[..shared].join("/");
            let entry = |path: &[&str]| path[shared].trim_end_matches(".rs").to_owned();
            let (from, to) = (entry(&from), entry(&to));
            if from != to {
                folders.entry(folder).or_default().entry(from).or_default().insert(to);
            }
        }
    }
    folders.into_iter().collect()
}

const PACKAGES: [&str; 9] =
    ["plan", "codegen", "macros", "runtime", "dynamic", "load", "editor", "import", "cli"];

/// No circle of imports between files, and none between the entries of a folder.
#[test]
fn imports_make_no_circles() {
    let mut found = String::new();
    for name in PACKAGES {
        let imports = imports::of(&Path::new(ROOT).join(name).join("src"));
        println!("{name}");
        let (_, top) = by_folder(&imports).into_iter().next().unwrap_or_default();
        for layer in layers(&top) {
            println!("  {}", layer.concat().join(" "));
        }
        for circle in circles(&imports) {
            let _ = writeln!(found, "{name}: {} files in a circle", circle.len());
            for from in &circle {
                let to: Vec<_> = imports[from].iter().filter(|to| circle.contains(to)).collect();
                let _ = writeln!(found, "    {from} -> {to:?}");
            }
        }
        for (folder, imports) in by_folder(&imports) {
            for circle in circles(&imports) {
                let _ = writeln!(found, "{name}/src/{folder}: {}", circle.join(", "));
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// A graph for an example.
fn graph(edges: &[(&str, &[&str])]) -> Imports {
    let owned = |to: &[&str]| to.iter().map(|to| (*to).to_owned()).collect();
    edges.iter().map(|(from, to)| ((*from).to_owned(), owned(to))).collect()
}

#[test]
fn a_circle_is_found_and_stands_in_one_layer() {
    let straight = graph(&[("fetch", &["decode", "http"]), ("decode", &["http"]), ("http", &[])]);
    assert!(circles(&straight).is_empty());
    assert_eq!(layers(&straight), [[["http"]], [["decode"]], [["fetch"]]]);

    let round = graph(&[("fetch", &["decode"]), ("decode", &["http"]), ("http", &["fetch"])]);
    assert_eq!(circles(&round), [["decode", "fetch", "http"]]);
}
