//! What expressions come to, without running anything: literals, constants of the file, texts that are put
//! together of these, secrets and settings.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use tree_sitter::Node;

use super::{
    python::{File, children, line},
    text::{interpolated, unescaped},
    time,
    value::{Kind, Value},
};
use crate::{description::Mapping, secret};

/// How deep expressions may be within each other.
const MOST_DEPTH: usize = 100;
/// How many expressions are looked at.
const MOST_STEPS: usize = 50_000;
/// How many elements a list or dictionary may have.
const MOST_ITEMS: usize = 2_000;
/// How long a text may be, in bytes.
const MOST_BYTES: usize = 100_000;

/// The code of the gap for what only runs in Python.
pub(super) const VALUE: &str = "python_value";
/// The code of the gap for functions.
pub(super) const FUNCTION: &str = "python_function";
/// The code of the gap for classes.
pub(super) const CLASS: &str = "python_class";

/// Evaluates expressions of a file.
pub(super) struct Evaluator<'t> {
    /// The file.
    pub(super) file: &'t File<'t>,
    /// The settings that arguments of functions have become.
    pub(super) settings: Mapping,
    /// Names that a comprehension has given values to.
    pub(super) bound: Vec<(String, Value)>,
    /// The lines on which names that are used are changed after they were set.
    pub(super) changes: BTreeSet<usize>,
    depth: usize,
    steps: usize,
}

impl<'t> Evaluator<'t> {
    /// One for a file.
    pub(super) fn new(file: &'t File<'t>) -> Evaluator<'t> {
        Evaluator {
            file,
            settings: Mapping::new(),
            bound: Vec::new(),
            changes: BTreeSet::new(),
            depth: 0,
            steps: 0,
        }
    }

    /// What an expression comes to.
    pub(super) fn value(&mut self, node: Node<'t>) -> Value {
        self.depth += 1;
        self.steps += 1;
        let value = if self.depth > MOST_DEPTH || self.steps > MOST_STEPS {
            self.unknown(node, VALUE, "the expression is too large")
        } else {
            self.read(node)
        };
        self.depth -= 1;
        let is_large = match &value.kind {
            Kind::List(items) => items.len() > MOST_ITEMS,
            Kind::Dict(entries) => entries.len() > MOST_ITEMS,
            Kind::Text(text) => text.len() > MOST_BYTES,
            _ => false,
        };
        if is_large { self.unknown(node, VALUE, "the value is too large") } else { value }
    }

    /// A value of a kind at a node.
    #[allow(clippy::unused_self, reason = "reads as the other ways to a value")]
    pub(super) fn at(&self, node: Node<'_>, kind: Kind) -> Value {
        Value { kind, line: line(node), at: node.start_byte(), reason: None }
    }

    /// What only Python knows.
    pub(super) fn unknown(&self, node: Node<'_>, code: &'static str, what: &str) -> Value {
        self.at(node, Kind::Unknown(code, what.to_owned()))
    }

    /// The text of a secret, or of a setting, of this name.
    pub(super) fn named(&self, node: Node<'_>, is_secret: bool, name: &str) -> Value {
        let of = if is_secret { "secrets" } else { "config" };
        self.at(node, Kind::Text(format!("{{{of}.{}}}", secret::named(name))))
    }

    fn read(&mut self, node: Node<'t>) -> Value {
        let below = children(node);
        let kind = match node.kind() {
            "parenthesized_expression" if below.len() == 1 => return self.value(below[0]),
            "string" => return self.string(node),
            "concatenated_string" => return self.joined(node, &below),
            "integer" | "float" => match number(self.file.text_of(node)) {
                Some(number) => Kind::Number(number),
                None => return self.unknown(node, VALUE, "the number cannot be read"),
            },
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "none" => Kind::Nothing,
            "list" | "tuple" | "set" => Kind::List(self.items(&below)),
            "dictionary" => return self.dictionary(node, &below),
            "list_comprehension" => return self.comprehension(node, &below),
            "identifier" => return self.name(node),
            "attribute" => return self.attribute(node),
            "subscript" => return self.subscript(node),
            "call" => return self.call(node),
            "conditional_expression" if below.len() == 3 => {
                return self.choice(below[0], below[2], "under a condition");
            }
            "boolean_operator" if below.len() == 2 => {
                let is_or =
                    node.child_by_field_name("operator").is_some_and(|of| of.kind() == "or");
                if !is_or {
                    return self.choice(below[1], below[0], "under a condition");
                }
                return self.choice(below[0], below[1], "unless it is empty");
            }
            "binary_operator" => return self.binary(node),
            "unary_operator" => match below.first().map(|below| self.value(*below).kind) {
                Some(Kind::Number(number)) if self.file.text_of(node).starts_with('-') => {
                    Kind::Number(format!("-{number}"))
                }
                _ => return self.unknown(node, VALUE, "the value is computed"),
            },
            "lambda" => return self.unknown(node, FUNCTION, "a lambda is Python"),
            _ => return self.unknown(node, VALUE, "the value is computed when the file runs"),
        };
        self.at(node, kind)
    }

    /// The first of two values that says something.
    fn choice(&mut self, first: Node<'t>, second: Node<'t>, when: &str) -> Value {
        let value = self.value(first);
        let value = match value.kind {
            Kind::Nothing | Kind::Unknown(..) => self.value(second),
            _ => value,
        };
        value.because(format!("the file has this value {when}"))
    }

    fn items(&mut self, nodes: &[Node<'t>]) -> Vec<Value> {
        let mut items = Vec::new();
        for node in nodes {
            let splat = (node.kind() == "list_splat").then(|| children(*node));
            match splat.as_deref() {
                Some([inner]) => match self.value(*inner) {
                    Value { kind: Kind::List(inner), .. } => items.extend(inner),
                    value => items.push(value),
                },
                _ => items.push(self.value(*node)),
            }
        }
        items
    }

    fn dictionary(&mut self, node: Node<'t>, below: &[Node<'t>]) -> Value {
        let mut entries: Vec<(String, Value)> = Vec::new();
        for entry in below {
            let (key, value) =
                (entry.child_by_field_name("key"), entry.child_by_field_name("value"));
            match (key, value) {
                (Some(key), Some(value)) => {
                    let Some(key) = self.value(key).text() else {
                        return self.unknown(node, VALUE, "a key is computed when the file runs");
                    };
                    entries.push((key, self.value(value)));
                }
                _ => match children(*entry).first().map(|inner| self.value(*inner)) {
                    Some(Value { kind: Kind::Dict(inner), .. }) => entries.extend(inner),
                    Some(value) => entries.push(("**".to_owned(), value)),
                    None => {}
                },
            }
        }
        // Of several of one key the last, at the position of the first.
        let unique: IndexMap<String, Value> = entries.into_iter().collect();
        self.at(node, Kind::Dict(unique.into_iter().collect()))
    }

    /// `[… for name in [… , …]]`
    fn comprehension(&mut self, node: Node<'t>, below: &[Node<'t>]) -> Value {
        let unknown = "the list is computed when the file runs";
        let [body, clause] = below else { return self.unknown(node, VALUE, unknown) };
        let Some(rounds) = self.rounds(*clause) else { return self.unknown(node, VALUE, unknown) };
        let mut items = Vec::new();
        let bound = self.bound.len();
        for names in rounds {
            self.bound.extend(names);
            items.push(self.value(*body));
            self.bound.truncate(bound);
        }
        self.at(node, Kind::List(items))
    }

    /// A literal of text, with what an f-string puts into it.
    fn string(&mut self, node: Node<'t>) -> Value {
        let mut text = String::new();
        let mut start = "";
        let mut reason = None;
        for part in children(node) {
            match part.kind() {
                "string_start" => start = self.file.text_of(part),
                "string_content" => {
                    let content = unescaped(self.file.text_of(part), start);
                    let is_f = start.contains(['f', 'F']);
                    let content =
                        if is_f { content.replace("{{", "{").replace("}}", "}") } else { content };
                    text.push_str(&content);
                }
                "interpolation" => {
                    let inner = children(part);
                    let value = inner.first().map(|inner| self.value(*inner));
                    let Some(value) = value.filter(|_| inner.len() == 1) else {
                        return self.unknown(node, VALUE, "a format within text is computed");
                    };
                    let Some(part) = value.text() else { return self.of_unknown(node, &value) };
                    reason = reason.or(value.reason);
                    text.push_str(&part);
                }
                _ => {}
            }
        }
        Value { reason, ..self.at(node, Kind::Text(text)) }
    }

    fn joined(&mut self, node: Node<'t>, parts: &[Node<'t>]) -> Value {
        let mut text = String::new();
        for part in parts {
            let value = self.value(*part);
            match value.text() {
                Some(part) => text.push_str(&part),
                None => return self.of_unknown(node, &value),
            }
        }
        self.at(node, Kind::Text(text))
    }

    /// What is unknown because a part of it is.
    pub(super) fn of_unknown(&self, node: Node<'_>, part: &Value) -> Value {
        match &part.kind {
            Kind::Unknown(code, what) => self.unknown(node, code, what),
            _ => self.unknown(node, VALUE, "a part of the text is no text"),
        }
    }

    /// `a + b` and `a % b` of texts, `a + b` of lists, `a | b` of dictionaries.
    fn binary(&mut self, node: Node<'t>) -> Value {
        if let Some(time) = time::relative(self.file, node) {
            return self.at(node, Kind::Text(time)).because(time::REASON);
        }
        let part = |name: &str| node.child_by_field_name(name);
        let (Some(left), Some(right), Some(operator)) =
            (part("left"), part("right"), part("operator"))
        else {
            return self.unknown(node, VALUE, "the value is computed");
        };
        let (left, right) = (self.value(left), self.value(right));
        let kind = match (operator.kind(), &left.kind, &right.kind) {
            ("+", Kind::Text(a), Kind::Text(b)) => Some(Kind::Text(format!("{a}{b}"))),
            ("+", Kind::List(a), Kind::List(b)) => Some(Kind::List([&a[..], &b[..]].concat())),
            ("|", Kind::Dict(a), Kind::Dict(b)) => {
                let kept = a.iter().filter(|(key, _)| !b.iter().any(|(other, _)| other == key));
                Some(Kind::Dict(kept.chain(b).cloned().collect()))
            }
            ("%", Kind::Text(template), kind) => {
                let values = match kind {
                    Kind::List(values) => values.iter().map(Value::text).collect(),
                    _ => right.text().map(|text| vec![text]),
                };
                values
                    .and_then(|values: Vec<String>| interpolated(template, &values))
                    .map(Kind::Text)
            }
            _ => None,
        };
        match kind {
            Some(kind) => Value { reason: left.reason.or(right.reason), ..self.at(node, kind) },
            None if left.is_unknown() => self.of_unknown(node, &left),
            None if right.is_unknown() => self.of_unknown(node, &right),
            None => self.unknown(node, VALUE, "the value is computed when the file runs"),
        }
    }
}

/// A number as a description writes it.
fn number(text: &str) -> Option<String> {
    let text = text.replace('_', "").to_ascii_lowercase();
    let of_radix = |prefix: &str, radix: u32| {
        text.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok())
    };
    let whole = of_radix("0x", 16).or_else(|| of_radix("0o", 8)).or_else(|| of_radix("0b", 2));
    match whole {
        Some(whole) => Some(whole.to_string()),
        None if text.parse::<i128>().is_ok() => Some(text),
        None => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| text),
    }
}
