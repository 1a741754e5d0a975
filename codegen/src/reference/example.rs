//! Examples of keys: parts of descriptions that have no mistakes.

use std::collections::HashMap;

use crate::{
    config,
    diagnostic::{Diagnostics, LintLevels},
    shape::{Key, Shape},
    source::SourceFile,
    yaml::{self, Mapping, Node, Value},
};

/// Descriptions in which each key of the language has its place.
pub(super) const DESCRIPTIONS: &[(&str, &str)] = &[
    ("payments.yaml", include_str!("examples/payments.yaml")),
    ("auth.yaml", include_str!("examples/auth.yaml")),
    ("paging.yaml", include_str!("examples/paging.yaml")),
    ("records.yaml", include_str!("examples/records.yaml")),
    ("dlt.yaml", include_str!("examples/dlt.yaml")),
];

/// Examples by the names of blocks and keys.
#[derive(Debug, Default)]
pub(super) struct Examples(HashMap<(&'static str, &'static str), String>);

/// The shortest example of each key.
pub(super) fn all() -> Examples {
    let mut examples = Examples::default();
    let shape = config::shape();
    for (name, text) in DESCRIPTIONS {
        let file = SourceFile::new(*name, *text);
        let mut diagnostics = Diagnostics::new(LintLevels::default());
        let loaded = yaml::load(&file, &mut diagnostics);
        // A test holds that there are none.
        drop(diagnostics.finish());
        if let Some(document) = &loaded.document {
            examples.collect(&shape, document, text);
        }
    }
    examples
}

impl Examples {
    pub(super) fn of(&self, block: &'static str, key: &'static str) -> Option<String> {
        self.0.get(&(block, key)).cloned()
    }

    fn collect(&mut self, shape: &Shape, node: &Node, text: &str) {
        match (shape, &node.value) {
            (Shape::Nullable(shape), _) => self.collect(shape, node, text),
            (Shape::Either(shapes), _) => {
                for shape in shapes {
                    self.collect(shape, node, text);
                }
            }
            (Shape::List(shape), Value::Sequence(items)) => {
                for item in items {
                    self.collect(shape, item, text);
                }
            }
            (Shape::Map(shape), Value::Mapping(mapping)) => {
                for entry in &mapping.entries {
                    self.collect(shape, &entry.value, text);
                }
            }
            (Shape::Mapping(of), Value::Mapping(mapping)) => {
                self.add(of.name, &(of.keys)(), mapping, text);
            }
            (Shape::Union(of), Value::Mapping(mapping)) => {
                let word = mapping.entries.iter().find(|entry| entry.key == "type");
                let word = match word.map(|entry| &entry.value.value) {
                    Some(Value::Scalar(scalar)) => Some(scalar.text.as_str()),
                    _ => of.default,
                };
                let kinds = (of.kinds)();
                if let Some(kind) = kinds.iter().find(|kind| Some(kind.word) == word) {
                    self.add(of.name, &kind.keys, mapping, text);
                }
            }
            _ => {}
        }
    }

    /// Takes the entries of a mapping as examples, if all of them are keys of the block: one of several
    /// shapes is meant by it.
    fn add(&mut self, block: &'static str, keys: &[Key], mapping: &Mapping, text: &str) {
        let key_of = |name: &str| keys.iter().find(|key| key.name == name);
        if mapping.entries.iter().any(|entry| entry.key != "type" && key_of(&entry.key).is_none()) {
            return;
        }
        for entry in &mapping.entries {
            let Some(key) = key_of(&entry.key) else { continue };
            let example = dedented(text, entry.key_span.start, entry.value.span.end);
            let known = self.0.entry((block, key.name)).or_insert_with(|| example.clone());
            if example.len() < known.len() {
                *known = example;
            }
            self.collect(&key.shape, &entry.value, text);
        }
    }
}

/// A part of a text, its lines moved to the left as far as its first one.
fn dedented(text: &str, start: usize, end: usize) -> String {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = start - line;
    let part = text[start..end].trim_end();
    let mut lines = part.lines();
    let mut dedented = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let space = line.len() - line.trim_start().len();
        dedented.push('\n');
        dedented += &line[space.min(indent)..];
    }
    dedented
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::{super::topics, DESCRIPTIONS};
    use crate::{
        LintLevels, check,
        diagnostic::{Diagnostic, Diagnostics, Severity, render::for_rustc},
        shape::Key,
        source::{SourceFile, Span},
        yaml::{self, Node, Value},
    };

    #[test]
    fn the_descriptions_have_no_mistakes() {
        for (name, text) in DESCRIPTIONS {
            let file = SourceFile::new(*name, *text);
            let found = check(&file, LintLevels::default());
            let errors = found.iter().filter(|one| one.severity == Severity::Error);
            let errors: Vec<_> = errors.map(|one| for_rustc(one, &file)).collect();
            assert!(errors.is_empty(), "{}", errors.join("\n"));
        }
    }

    #[test]
    fn every_key_has_a_sentence_and_an_example() {
        let mut lacking = Vec::new();
        for topic in topics() {
            assert!(topic.doc.ends_with('.'), "{}: {}", topic.name, topic.doc);
            for entry in &topic.entries {
                let (name, doc) = (format!("{}.{}", topic.name, entry.key.name), entry.key.doc);
                assert!(doc.ends_with('.') && doc.len() > 8, "{name}: {doc}");
                if entry.example.is_none() && !is_python(&entry.key) {
                    lacking.push(name);
                }
            }
        }
        assert!(lacking.is_empty(), "without an example: {}", lacking.join(", "));
    }

    /// Each entry of the descriptions has in turn a value that no key takes, unless it takes any JSON.
    #[test]
    #[allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]
    fn every_key_refuses_what_it_cannot_be_where_it_stands() {
        let (mut seen, mut taken) = (HashSet::new(), BTreeSet::new());
        for (name, text) in DESCRIPTIONS {
            let file = SourceFile::new(*name, *text);
            let mut diagnostics = Diagnostics::new(LintLevels::default());
            let loaded = yaml::load(&file, &mut diagnostics);
            drop(diagnostics.finish());
            let mut entries = Vec::new();
            collect("", &loaded.document.unwrap(), &mut entries);
            for (path, key, value) in entries {
                if !seen.insert(path.clone()) {
                    continue;
                }
                let wrong = "{surprise: [[]]}";
                let changed = [&text[..value.start], wrong, &text[value.end..]].concat();
                let found = check(&SourceFile::new(*name, changed), LintLevels::default());
                let place = key.start..=value.start + wrong.len();
                let is_there = |one: &Diagnostic| {
                    let label = one.labels.first();
                    one.severity == Severity::Error
                        && label.is_some_and(|label| place.contains(&label.span.start))
                };
                if !found.iter().any(is_there) {
                    taken.insert(path);
                }
            }
        }
        let taken: Vec<_> = taken.into_iter().collect();
        expect_test::expect![[r#"
            .client.auth.login.json
            .client.auth.login.json.email
            .client.auth.login.json.password
            .resources.columns.name
            .resources.endpoint.auth.claims
            .resources.endpoint.auth.claims.exp
            .resources.endpoint.auth.claims.iss
            .resources.endpoint.auth.client_assertion.claims
            .resources.endpoint.auth.client_assertion.claims.exp
            .resources.endpoint.auth.client_assertion.jwt_headers
            .resources.endpoint.auth.client_assertion.jwt_headers.x5t
            .resources.endpoint.auth.jwt_headers
            .resources.endpoint.auth.jwt_headers.typ
            .resources.endpoint.json
            .resources.endpoint.json.query
            .resources.processing_steps.add
            .resources.processing_steps.add.source"#]]
        .assert_eq(&taken.join("\n"));
    }

    /// The entries below a node, each with the keys that lead to it and the places of its key and its value.
    fn collect(path: &str, node: &Node, entries: &mut Vec<(String, Span, Span)>) {
        match &node.value {
            Value::Mapping(mapping) => {
                for entry in &mapping.entries {
                    let path = format!("{path}.{}", entry.key);
                    collect(&path, &entry.value, entries);
                    entries.push((path, entry.key_span, entry.value.span));
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| collect(path, item, entries)),
            Value::Scalar(_) => {}
        }
    }

    /// Whether a value is a mistake in any case, as it is a function in Python.
    fn is_python(key: &Key) -> bool {
        ["convert", "transform", "map", "yield_map"].contains(&key.name)
    }
}
