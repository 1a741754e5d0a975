//! Phrases that explain nothing to a new reader. Each has a term of the field, which CONTRIBUTING.md names.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What is searched.
const SEARCHED: [&str; 18] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs",
    "plan/src",
    "codegen/src",
    "macros/src",
    "dynamic/src",
    "import/src",
    "cli/src",
    "demo/src",
    "examples/src",
    "benches/src",
    "runtime/src",
    "load/src",
    "runtime/README.md",
    "load/README.md",
];

const PHRASES: [&str; 22] = [
    "gone on with",
    "becomes of",
    "became of",
    "anew",
    "half-way",
    "types are forgotten",
    "made up",
    "in the place of",
    "as it stands",
    "as they stand",
    "whoever",
    "nobody",
    "somebody",
    "mend",
    "mended",
    "found out",
    "go on",
    "goes on",
    "going on",
    "went on",
    "tried again",
    "broken off",
];

#[test]
fn texts_use_the_terms_of_the_field() {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for searched in SEARCHED {
        for path in files(&Path::new(ROOT).join(searched)) {
            let text = on_one_line(&fs::read_to_string(&path).unwrap());
            let name = path.strip_prefix(ROOT).unwrap().display().to_string();
            for phrase in PHRASES {
                let places = places(&text, phrase).map(|around| format!("{name}: …{around}…"));
                found.entry(searched).or_default().extend(places);
            }
        }
    }
    for (searched, places) in found {
        assert!(places.is_empty(), "{searched} has such phrases:\n{}", places.join("\n"));
    }
}

#[test]
fn a_phrase_is_found_across_the_lines_of_a_comment() {
    let text =
        on_one_line("    /// What is gone\n    /// on with, and what is a mendable animal.\n");
    assert_eq!(places(&text, "gone on with").count(), 1);
    assert_eq!(places(&text, "mend").count(), 0);
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        let below = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        return below.flat_map(|path| files(&path)).collect();
    }
    let is_text = path.extension().is_some_and(|extension| extension == "rs" || extension == "md");
    if is_text && path.exists() { vec![path.to_owned()] } else { Vec::new() }
}

/// A text in lower case, in which comments do not break their sentences.
fn on_one_line(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim_start().trim_start_matches(['/', '!', '\\']).trim_end_matches('\\');
        line.trim()
    });
    lines.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Each place of a phrase that is no part of a longer word, with what is around it.
fn places<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = String> + 'a {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(phrase).filter_map(move |(at, _)| {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        let is_part = before.ends_with(is_word) || after.starts_with(is_word);
        let start = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let end =
            after.char_indices().nth(40).map_or(text.len(), |(end, _)| at + phrase.len() + end);
        (!is_part).then(|| text[start..end].to_owned())
    })
}
