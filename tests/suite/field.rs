//! The field cases are as their README describes. `tests/field/field.py` runs them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use serde_json::{Map, Value};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/field");

const FOLDERS: [&str; 3] = ["apis", "fetch", "load"];

const KINDS: [&str; 7] = ["loses", "doubles", "leaks", "hangs", "wrong", "refuses", "message"];

#[derive(Deserialize)]
struct Step {
    args: Vec<String>,
    accept: Vec<Map<String, Value>>,
}

#[test]
fn each_case_has_its_files_and_only_keys_of_the_readme() {
    let readme = fs::read_to_string(format!("{ROOT}/README.md")).unwrap();
    let of_case = keys(&readme, "| key of `case.json` |");
    let of_step = keys(&readme, "| key of a step |");
    let of_outcome = keys(&readme, "| key of an outcome |");
    let mut broken = Vec::new();
    for (name, folder) in cases() {
        let mut expect = |holds: bool, what: &str| {
            if !holds {
                broken.push(format!("{folder}/{name}: {what}"));
            }
        };
        let case = format!("{ROOT}/{folder}/{name}");
        for file in ["source.yaml", "server.py"] {
            expect(Path::new(&case).join(file).is_file(), &format!("it has no `{file}`"));
        }
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        expect(name.chars().all(is_word), "its name is not of lowercase words");
        let json = fs::read_to_string(format!("{case}/case.json")).unwrap_or_default();
        let Ok(told) = serde_json::from_str::<Map<String, Value>>(&json) else {
            expect(false, "`case.json` is missing or no JSON object");
            continue;
        };
        expect(told.keys().map(String::as_str).eq(of_case.iter().copied()), "keys of `case.json`");
        let text = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default();
        for key in ["about", "source", "today", "why"] {
            expect(!text(key).is_empty(), key);
        }
        expect(KINDS.contains(&text("kind")), "kind");
        let steps = told.get("steps").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        expect(!steps.is_empty(), "steps");
        for step in steps {
            let is_known = |key: &String| of_step.contains(key.as_str());
            expect(
                step.as_object().is_some_and(|step| step.keys().all(is_known)),
                "keys of a step",
            );
            let Ok(Step { args, accept }) = Step::deserialize(step) else {
                expect(false, "a step has no `args` or no `accept`");
                continue;
            };
            expect(!args.is_empty() && !accept.is_empty(), "a step has no `args` or no outcome");
            for outcome in accept {
                let is_known = |key: &String| of_outcome.contains(key.as_str());
                expect(!outcome.is_empty() && outcome.keys().all(is_known), "keys of an outcome");
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn open_cases_are_cases() {
    let cases = cases();
    for folder in FOLDERS {
        let Ok(list) = fs::read_to_string(format!("{ROOT}/{folder}/open.txt")) else { continue };
        let names: Vec<&str> =
            list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        for name in &names {
            assert_eq!(cases.get(*name), Some(&folder), "{folder}/open.txt: {name}");
        }
        assert!(names.is_sorted_by(|one, next| one < next), "{folder}/open.txt is not sorted");
    }
}

/// The names of all cases, each with the folder that it is in.
fn cases() -> BTreeMap<String, &'static str> {
    let mut cases = BTreeMap::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(format!("{ROOT}/{folder}")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                assert_eq!(cases.insert(name.clone(), folder), None, "{name} is there twice");
            }
        }
    }
    assert!(!cases.is_empty());
    cases
}

/// The keys in the first column of the table that begins with `head`.
fn keys<'a>(readme: &'a str, head: &str) -> BTreeSet<&'a str> {
    let (_, table) = readme.split_once(head).unwrap();
    let rows = table.lines().skip(2).map_while(|row| row.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}
