//! Where the configuration of a REST source is in a file: what `rest_api_source` and `rest_api_resources` are
//! called with, what has the type `RESTAPIConfig`, or else a dictionary with `client` and `resources`.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::{
    evaluate::Evaluator,
    python::{children, everything, function_around, line},
    value::{Kind, Value},
};
use crate::description::Mapping;

/// A configuration and what is around it.
pub(super) struct Found {
    /// The configuration.
    pub(super) config: Value,
    /// The arguments of the call beside it, by their names.
    pub(super) options: Vec<(String, Value)>,
    /// The settings that are needed, which arguments of functions have become.
    pub(super) settings: Mapping,
    /// The lines on which something of it is changed after it was set.
    pub(super) changes: BTreeSet<usize>,
    /// What the function that it is in says of itself.
    pub(super) description: Option<String>,
}

impl Found {
    /// Whether it has resources, or what only Python knows instead of them.
    pub(super) fn has_resources(&self) -> bool {
        match self.config.get("resources").map(|resources| &resources.kind) {
            Some(Kind::List(resources)) => !resources.is_empty(),
            Some(_) => true,
            None => false,
        }
    }
}

/// What calls take a configuration.
const CALLS: [&str; 2] = ["rest_api_source", "rest_api_resources"];

/// The configurations of a file, in their order; if there are none, the line and the reason of each call that
/// is given something else.
pub(super) fn all(evaluator: &mut Evaluator<'_>) -> (Vec<Found>, Vec<(usize, String)>) {
    let (mut found, mut others): (Vec<Found>, Vec<(usize, String)>) = (Vec::new(), Vec::new());
    let mut places = Vec::new();
    for node in everything(evaluator.file.root) {
        places.extend(of_call(evaluator, node).or_else(|| of_assignment(evaluator, node)));
    }
    for (expression, options) in places {
        evaluator.settings = Mapping::new();
        evaluator.changes.clear();
        let config = evaluator.value(expression);
        if !is_config(&config) {
            let what = match config.kind {
                Kind::Unknown(_, what) => what,
                _ => "it is no dictionary with `client` and `resources`".to_owned(),
            };
            others.push((line(expression), what));
            continue;
        }
        let options: Vec<(String, Value)> =
            options.into_iter().map(|(name, node)| (name, evaluator.value(node))).collect();
        match found.iter_mut().find(|known| known.config.at == config.at) {
            Some(known) => {
                known.options.extend(options);
                known.changes.append(&mut evaluator.changes);
            }
            None => {
                found.push(Found {
                    settings: evaluator.settings.clone(),
                    changes: evaluator.changes.clone(),
                    description: docstring(evaluator, expression),
                    config,
                    options,
                });
            }
        }
    }
    if found.is_empty() {
        found.extend(undeclared(evaluator));
    }
    found.sort_by_key(|found| found.config.at);
    (found, others)
}

fn is_config(value: &Value) -> bool {
    value.get("client").is_some() && value.get("resources").is_some()
}

/// The argument of a call, and those beside it.
type Place<'t> = (Node<'t>, Vec<(String, Node<'t>)>);

fn of_call<'t>(evaluator: &Evaluator<'t>, node: Node<'t>) -> Option<Place<'t>> {
    let function = node.child_by_field_name("function").filter(|_| node.kind() == "call")?;
    let name = evaluator.file.dotted(function)?;
    if !CALLS.contains(&name.rsplit('.').next()?) {
        return None;
    }
    let (mut config, mut options) = (None, Vec::new());
    for argument in children(node.child_by_field_name("arguments")?) {
        let named = argument.child_by_field_name("name").zip(argument.child_by_field_name("value"));
        match named.map(|(name, value)| (evaluator.file.text_of(name), value)) {
            Some(("config", value)) => config = Some(value),
            Some((name, value)) => options.push((name.to_owned(), value)),
            None if config.is_none() => config = Some(argument),
            None => {}
        }
    }
    Some((config?, options))
}

fn of_assignment<'t>(evaluator: &Evaluator<'t>, node: Node<'t>) -> Option<Place<'t>> {
    let assignment =
        evaluator.file.assignments.iter().find(|assignment| assignment.node == node)?;
    let is_config = assignment.annotation.is_some_and(|of| of.contains("RESTAPIConfig"));
    is_config.then(|| (assignment.value, Vec::new()))
}

/// Dictionaries that have what a configuration has, although nothing says that they are one.
fn undeclared(evaluator: &mut Evaluator<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut end = 0;
    for node in everything(evaluator.file.root) {
        if node.kind() != "dictionary" || node.start_byte() < end {
            continue;
        }
        let has = |wanted: &str| {
            let keys = children(node).into_iter().filter_map(|of| of.child_by_field_name("key"));
            let mut keys = keys.map(|key| evaluator.file.text_of(key));
            keys.any(|key| key.trim_matches(['"', '\'']) == wanted)
        };
        if has("client") && has("resources") {
            end = node.end_byte();
            evaluator.settings = Mapping::new();
            evaluator.changes.clear();
            found.push(Found {
                config: evaluator.value(node),
                settings: evaluator.settings.clone(),
                changes: evaluator.changes.clone(),
                description: docstring(evaluator, node),
                options: Vec::new(),
            });
        }
    }
    found
}

/// The text at the beginning of the function around a node.
fn docstring<'t>(evaluator: &mut Evaluator<'t>, node: Node<'t>) -> Option<String> {
    let body = function_around(node)?.child_by_field_name("body")?;
    let first = children(body).first().copied()?;
    let text =
        children(first).first().copied().filter(|_| first.kind() == "expression_statement")?;
    match evaluator.value(text).kind {
        Kind::Text(text) if text.contains(char::is_alphanumeric) => Some(text),
        _ => None,
    }
}
