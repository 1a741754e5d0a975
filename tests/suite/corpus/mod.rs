//! The corpus of descriptions with dlt's verdicts, read where it lies: it is other people's work and
//! no part of this project.

mod read;

use std::{fmt, path::PathBuf};

use rest_source_codegen::{Diagnostic, Level, LintLevels, Severity, SourceFile, check};

/// Beside the workspace.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");

/// A description and what dlt says of it.
pub struct Case {
    /// Where it comes from, below the corpus.
    pub name: String,
    /// The description.
    pub text: String,
    /// Whether dlt takes it.
    pub valid: bool,
    /// What dlt says if it does not.
    pub error: String,
}

/// Descriptions of one origin, with what is found in them here.
pub struct Class {
    /// Its name.
    pub name: &'static str,
    cases: Vec<(Case, Vec<Found>)>,
}

/// A description that is judged in another way than by dlt.
pub struct Disagreement<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is taken here.
    pub is_taken: bool,
    /// The first error here, or dlt's if it is taken here.
    pub said: &'a str,
}

/// A description that is refused for another reason than dlt's, or in other words.
pub struct Elsewhere<'a> {
    /// Its name.
    pub name: &'a str,
    /// The errors here.
    pub said: Vec<&'a str>,
    /// dlt's error.
    pub error: &'a str,
}

/// An error that was found.
struct Found {
    message: String,
    /// The text of its line, and of the one before: the key of a value that begins on a line of its
    /// own.
    lines: [String; 2],
}

/// All classes, judged. None where the corpus is not there, which is said.
pub fn classes() -> Result<Vec<Class>, Box<dyn std::error::Error>> {
    let root = PathBuf::from(CORPUS);
    if !root.is_dir() {
        eprintln!("there is no corpus in {}: nothing is compared", root.display());
        return Ok(Vec::new());
    }
    let read = [
        ("dlt-tests", read::verdict_files(&root, "dlt-tests")?),
        ("probes", read::verdict_files(&root, "probes")?),
        ("catalogue", read::catalogue_files(&root)?),
        ("catalogue-resources", read::catalogue_resources(&root)?),
    ];
    let judged = |case: Case| {
        let found = errors(&case.text);
        (case, found)
    };
    Ok(read
        .into_iter()
        .map(|(name, cases)| Class { name, cases: cases.into_iter().map(judged).collect() })
        .collect())
}

impl Class {
    /// What stands in the columns of its text.
    pub const HEADING: &'static str =
        "class                  valid taken   invalid refused   of these at the key that dlt names";

    /// The descriptions that are judged differently.
    pub fn disagreements(&self) -> impl Iterator<Item = Disagreement<'_>> {
        self.cases.iter().filter_map(|(case, found)| {
            let name = case.name.as_str();
            match (case.valid, found.first()) {
                (true, Some(found)) => {
                    Some(Disagreement { name, is_taken: false, said: &found.message })
                }
                (false, None) => Some(Disagreement { name, is_taken: true, said: &case.error }),
                _ => None,
            }
        })
    }

    /// How many descriptions of a verdict there are, and how many of these are judged like it.
    pub fn agreement(&self, valid: bool) -> (usize, usize) {
        let cases = || self.cases.iter().filter(|(case, _)| case.valid == valid);
        (cases().filter(|(_, found)| found.is_empty() == valid).count(), cases().count())
    }

    /// How many refused descriptions have an error at the key that dlt names, of those for which it
    /// names one.
    pub fn at_the_key(&self) -> (usize, usize) {
        let all = self.refused_at_a_key().count();
        (all - self.elsewhere().count(), all)
    }

    /// The descriptions that are refused at another key than the one that dlt names: what is said of
    /// them, and dlt's error.
    pub fn elsewhere(&self) -> impl Iterator<Item = Elsewhere<'_>> {
        let is_there = |(case, found): &&(Case, Vec<Found>)| {
            let keys = keys(&case.error);
            let names = |found: &Found, key: &String| {
                found.lines.iter().any(|line| line.contains(key)) || found.message.contains(key)
            };
            found.iter().any(|found| keys.iter().any(|key| names(found, key)))
        };
        let elsewhere = self.refused_at_a_key().filter(move |one| !is_there(one));
        elsewhere.map(|(case, found)| {
            let said = found.iter().map(|found| found.message.as_str()).collect();
            Elsewhere { name: &case.name, said, error: &case.error }
        })
    }

    fn refused_at_a_key(&self) -> impl Iterator<Item = &(Case, Vec<Found>)> {
        self.cases.iter().filter(|(case, found)| {
            !case.valid && !keys(&case.error).is_empty() && !found.is_empty()
        })
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |(some, all): (usize, usize)| format!("{some}/{all}");
        write!(
            f,
            "{:<20} {:>13} {:>17} {:>35}",
            self.name,
            share(self.agreement(true)),
            share(self.agreement(false)),
            share(self.at_the_key())
        )
    }
}

impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.is_taken { "taken here; dlt" } else { "refused here" };
        write!(f, "{}: {verdict}: {}", self.name, self.said)
    }
}

impl fmt::Display for Elsewhere<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Elsewhere { name, said, error } = self;
        write!(f, "{name}: refused here: {}; dlt: {error}", said.first().unwrap_or(&""))
    }
}

/// The errors of a description. Lints are a matter of taste in which dlt has none, and its tests are
/// full of tokens written out.
fn errors(text: &str) -> Vec<Found> {
    let mut lints = LintLevels::default();
    for code in rest_source_codegen::Code::ALL {
        let _ = lints.set(code.name(), Level::Allow);
    }
    let file = SourceFile::new("api.yaml", text);
    let found = check(&file, lints);
    found.iter().filter(|f| f.severity == Severity::Error).map(|f| Found::of(f, &file)).collect()
}

/// The keys in dlt's «field `KEY=value`», «field `KEY` with value» and «unexpected fields `{'KEY'}`».
fn keys(error: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let mut keys: Vec<String> =
        error.split("field `").skip(1).map(word).filter(|key| !key.is_empty()).collect();
    if let Some((_, set)) = error.split_once("unexpected fields `{") {
        let set = set.split('}').next().unwrap_or_default();
        keys.extend(set.split(", ").map(|key| key.trim_matches('\'').to_owned()));
    }
    keys
}

impl Found {
    fn of(diagnostic: &Diagnostic, file: &SourceFile) -> Found {
        let line = diagnostic.labels.first().map(|label| file.position(label.span).0);
        let text = |back: usize| {
            let line = line.and_then(|line| line.checked_sub(back))?;
            file.text().lines().nth(line).map(str::to_owned)
        };
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        Found {
            message: format!("{place}{} [{}]", diagnostic.message, diagnostic.code),
            lines: [1, 2].map(|back| text(back).unwrap_or_default()),
        }
    }
}
