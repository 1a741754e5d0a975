//! The language agrees with dlt on the corpus, but for what `docs/differences-from-dlt.md` says.

use std::{collections::HashSet, fs};

use crate::corpus::{self, Class, Disagreement};

const EXCEPTIONS: &str = include_str!("corpus/exceptions.txt");
const DIFFERENCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/differences-from-dlt.md");

/// Where an error here stands at another key than dlt's, what is said of it, and why.
const PLACES: [(&str, &str); 7] = [
    ("is not an authentication", "the `type` is wrong, and with it all other keys"),
    ("is not a paginator", "the same"),
    ("[python_function]", "dlt names the resource or the endpoint that the function is in"),
    ("found a list", "dlt names the mapping that the value is in, some lines above it"),
    ("found a mapping", "the same"),
    ("sends a key in the body", "dlt does not know `location: body`"),
    ("this filter does not look at the record", "dlt names the resource that the step is in"),
];

/// A file that is no YAML has no keys.
const NO_YAML: &str = "this is not YAML";

/// A line of the list of exceptions.
struct Exception {
    name: &'static str,
    said: &'static str,
    row: &'static str,
}

fn exceptions() -> Vec<Exception> {
    let lines = EXCEPTIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let exception = |line: &'static str| {
        let mut cells = line.splitn(3, " | ").map(str::trim);
        let mut cell = || cells.next().expect(line);
        Exception { name: cell(), said: cell(), row: cell() }
    };
    lines.map(exception).collect()
}

impl Exception {
    fn covers(&self, disagreement: &Disagreement<'_>) -> bool {
        fits(self.name, disagreement.name) && disagreement.said.contains(self.said)
    }
}

/// Whether a text is of a pattern in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| fits(after, &rest[at..]))
        }),
    }
}

#[test]
fn the_language_agrees_with_dlt_but_for_the_differences_that_are_documented() {
    let exceptions = exceptions();
    let differences = fs::read_to_string(DIFFERENCES).unwrap();
    for Exception { row, .. } in &exceptions {
        assert!(differences.contains(&format!("\n| {row} | ")), "there is no row `{row}`");
    }
    let classes = corpus::classes().unwrap();
    let mut used = HashSet::new();
    let mut unexplained = Vec::new();
    println!("{}", Class::HEADING);
    for class in &classes {
        println!("{class}");
        for disagreement in class.disagreements() {
            match exceptions.iter().position(|exception| exception.covers(&disagreement)) {
                Some(exception) => drop(used.insert(exception)),
                None => unexplained.push(disagreement.to_string()),
            }
        }
        let places = PLACES.iter().map(|(said, _)| *said).chain([NO_YAML]);
        let places: Vec<_> = places.collect();
        // What dlt refuses is refused at the line that is wrong, if not always for dlt's reason.
        unexplained.extend(class.elsewhere().filter_map(|elsewhere| {
            let is_known = |said: &&str| places.iter().any(|place| said.contains(place));
            // Or dlt's reason is one that is none here.
            let is_taken = |exception: &Exception| {
                !exception.said.is_empty() && elsewhere.error.contains(exception.said)
            };
            let is_explained =
                elsewhere.said.iter().any(is_known) || exceptions.iter().any(is_taken);
            (!is_explained).then(|| elsewhere.to_string())
        }));
    }
    assert!(unexplained.is_empty(), "without a reason:\n{}", unexplained.join("\n"));
    let unused = (0..exceptions.len()).filter(|exception| !used.contains(exception));
    let unused: Vec<_> = unused.map(|exception| exceptions[exception].row).collect();
    assert!(classes.is_empty() || unused.is_empty(), "exceptions that nothing needs: {unused:?}");
}
