//! Which descriptions a document holds: it is one, or it is dlt's project file, `dlt.yml`, which has
//! several sources beside much that is not looked at here.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    parse::{Parse, known_word, wrong_type},
    source::Spanned,
    yaml::{Entry, Mapping, Node, Value},
};

/// The types that mean dlt's REST source: the short form, and what dlt's documentation of the project
/// file says that it is expanded to.
pub const REST_TYPES: [&str; 4] =
    ["rest_api", "rest_api.rest_api", "dlt.sources.rest_api", "dlt.sources.rest_api.rest_api"];

/// All descriptions of a document, or the one of the source that was `chosen`.
pub fn descriptions(
    document: &Node,
    chosen: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let read = match (Project::of(document), chosen) {
        (Some(project), Some(name)) => vec![project.source(name, diagnostics)],
        (Some(project), None) => project.sources(diagnostics),
        (None, chosen) => vec![alone(document, chosen, diagnostics)],
    };
    read.into_iter().flatten().collect()
}

/// The only description of a document, or the one of the source that was `chosen`.
pub fn description(
    document: &Node,
    chosen: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    match (Project::of(document), chosen) {
        (Some(project), Some(name)) => project.source(name, diagnostics),
        (Some(project), None) => project.only_source(diagnostics),
        (None, chosen) => alone(document, chosen, diagnostics),
    }
}

fn alone(document: &Node, chosen: Option<&str>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let Some(name) = chosen else { return Some(document.clone()) };
    let message = format!("the source `{name}` is chosen of a file that describes only one");
    diagnostics.push(
        Diagnostic::of_file(Code::UnknownSource, message)
            .help("choose none: names of sources are in dlt's project file, below `sources`"),
    );
    None
}

/// A project file.
struct Project<'a> {
    sources: &'a Entry,
    /// The sources that are of the REST kind, or are meant to be.
    rest: Vec<&'a Entry>,
}

impl<'a> Project<'a> {
    /// The project that a document is. A description that says `sources` for `resources` is none.
    fn of(document: &'a Node) -> Option<Self> {
        let Value::Mapping(mapping) = &document.value else { return None };
        if mapping.get("client").is_some() || mapping.get("resources").is_some() {
            return None;
        }
        let sources = mapping.get("sources")?;
        let rest = match &sources.value.value {
            Value::Mapping(mapping) => mapping.entries.iter().filter(|e| is_rest(e)).collect(),
            _ => Vec::new(),
        };
        Some(Project { sources, rest })
    }

    fn sources(&self, diagnostics: &mut Diagnostics) -> Vec<Option<Node>> {
        match self.sources.value.value {
            Value::Mapping(_) if self.rest.is_empty() => {
                self.wrong("this project file has no source of `type: rest_api`", diagnostics);
            }
            Value::Mapping(_) => {}
            _ => return vec![wrong_type(&self.sources.value, "a mapping", diagnostics)],
        }
        self.rest.iter().map(|source| description_of(source, diagnostics)).collect()
    }

    fn only_source(&self, diagnostics: &mut Diagnostics) -> Option<Node> {
        if self.rest.len() > 1 {
            let message = "this project file has several sources, and none is chosen";
            self.wrong(message, diagnostics);
            return None;
        }
        self.sources(diagnostics).pop().flatten()
    }

    fn source(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
        if let Some(source) = self.rest.iter().find(|source| source.key == name) {
            return description_of(source, diagnostics);
        }
        let of_other_type = match &self.sources.value.value {
            Value::Mapping(mapping) => mapping.get(name),
            _ => return wrong_type(&self.sources.value, "a mapping", diagnostics),
        };
        match of_other_type {
            Some(source) => {
                let message = format!("the source `{name}` is not of `type: rest_api`");
                diagnostics.push(
                    Diagnostic::error(Code::UnknownSource, source.key_span, message)
                        .note("what sources of other types do is written in Python"),
                );
            }
            None => match closest(name, self.names()) {
                Some(meant) => {
                    let message = format!("there is no source `{name}`: did you mean `{meant}`?");
                    diagnostics.push(Diagnostic::error(
                        Code::UnknownSource,
                        self.sources.key_span,
                        message,
                    ));
                }
                None => self.wrong(format!("there is no source `{name}`"), diagnostics),
            },
        }
        None
    }

    fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.rest.iter().map(|source| source.key.as_str())
    }

    /// Reports a choice that cannot be followed, and what can be chosen.
    fn wrong(&self, message: impl Into<String>, diagnostics: &mut Diagnostics) {
        let diagnostic = Diagnostic::error(Code::UnknownSource, self.sources.key_span, message);
        diagnostics.push(match self.names().next() {
            Some(first) => diagnostic.help(format!(
                "choose {}: `source = {first:?}` in the attribute, `--source {first}` on the \
                 command line",
                either(self.names())
            )),
            None => diagnostic,
        });
    }
}

/// Whether a source is of the REST kind. One that has what only such a source has is meant to be,
/// though its type may be missing or misspelt.
fn is_rest(source: &Entry) -> bool {
    let Value::Mapping(mapping) = &source.value.value else { return false };
    let seems_rest = mapping.get("client").is_some() && mapping.get("resources").is_some();
    match type_of(mapping) {
        Some(word) if REST_TYPES.contains(&word) => true,
        Some(word) => seems_rest && closest(word, REST_TYPES).is_some(),
        None => seems_rest,
    }
}

fn type_of(source: &Mapping) -> Option<&str> {
    match &source.get("type")?.value.value {
        Value::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// A source without its type is a description.
fn description_of(source: &Entry, diagnostics: &mut Diagnostics) -> Option<Node> {
    let Value::Mapping(mapping) = &source.value.value else { return None };
    match mapping.get("type") {
        Some(entry) => {
            let word = Spanned::<String>::parse(&entry.value, diagnostics)?;
            known_word(&word, "a type of REST source", &REST_TYPES, diagnostics);
        }
        None => {
            let message = format!("the source `{}` needs the key `type`", source.key);
            diagnostics.push(
                Diagnostic::error(Code::MissingKey, source.key_span, message)
                    .help("write `type: rest_api`"),
            );
        }
    }
    let entries = mapping.entries.iter().filter(|entry| entry.key != "type").cloned().collect();
    Some(Node { span: source.value.span, value: Value::Mapping(Mapping { entries }) })
}
