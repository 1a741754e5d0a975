//! Statements that change a list or a dictionary after it was set, such as `resources.append({…})` and
//! `config["client"]["auth"] = …`: those that always run are followed.

use tree_sitter::Node;

use super::{
    evaluate::Evaluator,
    python::{Assignment, Change, children},
    value::{Kind, Value},
};

impl<'t> Evaluator<'t> {
    /// The value of an assignment as it is where its name is used. What is not followed is kept as a change.
    pub(super) fn changed(
        &mut self,
        mut value: Value,
        assignment: &'t Assignment<'t>,
        used: Node<'t>,
        is_outer: bool,
    ) -> Value {
        let file = self.file;
        let of_name = file.changes.iter().filter(|change| {
            change.name == assignment.name
                && change.function == assignment.function
                && change.node.start_byte() > assignment.node.start_byte()
        });
        for change in of_name {
            // A later assignment replaces the value, and has changes of its own.
            let is_of_other = file.assignments.iter().any(|other| {
                other.name == assignment.name
                    && other.function == assignment.function
                    && other.node.start_byte() > assignment.node.start_byte()
                    && other.node.start_byte() < change.node.start_byte()
            });
            if is_of_other {
                continue;
            }
            let is_before = is_outer || change.node.end_byte() <= used.start_byte();
            if !(is_before && self.apply(&mut value, change)) {
                self.changes.insert(change.line);
            }
        }
        value
    }

    /// Changes a value as a statement does; false if that is not followed.
    fn apply(&mut self, value: &mut Value, change: &Change<'t>) -> bool {
        if change.is_conditional {
            return false;
        }
        match change.loops[..] {
            [] => self.apply_once(value, change.node),
            [header] => {
                let Some(rounds) = self.rounds(header) else { return false };
                rounds.into_iter().all(|names| {
                    let bound = self.bound.len();
                    self.bound.extend(names);
                    let is_applied = self.apply_once(value, change.node);
                    self.bound.truncate(bound);
                    is_applied
                })
            }
            _ => false,
        }
    }

    fn apply_once(&mut self, value: &mut Value, node: Node<'t>) -> bool {
        let part = |name: &str| node.child_by_field_name(name);
        match node.kind() {
            "call" => {
                let Some(function) = part("function") else { return false };
                let (Some(of), Some(method)) = (
                    function.child_by_field_name("object"),
                    function.child_by_field_name("attribute"),
                ) else {
                    return false;
                };
                let arguments = self.arguments(node);
                let Some(target) = self.target(value, of) else { return false };
                method_applied(target, self.file.text_of(method), &arguments)
            }
            "assignment" | "augmented_assignment" => {
                let (Some(left), Some(right)) = (part("left"), part("right")) else { return false };
                let new = self.value(right);
                if node.kind() == "augmented_assignment" {
                    let is_or = part("operator").is_some_and(|of| of.kind() == "|=");
                    let method = if is_or { "update" } else { "extend" };
                    let Some(target) = self.target(value, left) else { return false };
                    return method_applied(target, method, &[(None, new)]);
                }
                let (Some(of), Some(key)) =
                    (left.child_by_field_name("value"), left.child_by_field_name("subscript"))
                else {
                    return false;
                };
                let Some(key) = self.value(key).text() else { return false };
                match self.target(value, of) {
                    Some(Value { kind: Kind::Dict(entries), .. }) => {
                        set(entries, key, new);
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// What an expression such as `config["client"]` leads to within the value of its name.
    fn target<'v>(&mut self, value: &'v mut Value, node: Node<'t>) -> Option<&'v mut Value> {
        match node.kind() {
            "identifier" => Some(value),
            "subscript" => {
                let key = self.value(node.child_by_field_name("subscript")?).text()?;
                let of = self.target(value, node.child_by_field_name("value")?)?;
                match &mut of.kind {
                    Kind::Dict(entries) => {
                        entries.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value)
                    }
                    Kind::List(items) => items.get_mut(key.parse::<usize>().ok()?),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The values that the names of `for … in …` have, round by round.
    pub(super) fn rounds(&mut self, header: Node<'t>) -> Option<Vec<Vec<(String, Value)>>> {
        let names = header.child_by_field_name("left")?;
        let values = self.value(header.child_by_field_name("right")?);
        let values = match values.kind {
            Kind::List(values) => values,
            Kind::Dict(entries) => {
                let key = |(key, value): (String, Value)| Value { kind: Kind::Text(key), ..value };
                entries.into_iter().map(key).collect()
            }
            _ => return None,
        };
        values.into_iter().map(|value| self.bind(names, value)).collect()
    }

    /// The names of a pattern, `key, value`, with the parts of a value.
    fn bind(&self, names: Node<'t>, value: Value) -> Option<Vec<(String, Value)>> {
        if names.kind() == "identifier" {
            return Some(vec![(self.file.text_of(names).to_owned(), value)]);
        }
        let (Kind::List(parts), names) = (value.kind, children(names)) else { return None };
        if parts.len() != names.len() {
            return None;
        }
        let mut bound = Vec::new();
        for (name, part) in names.into_iter().zip(parts) {
            bound.extend(self.bind(name, part)?);
        }
        Some(bound)
    }
}

fn method_applied(target: &mut Value, method: &str, arguments: &[(Option<String>, Value)]) -> bool {
    match (&mut target.kind, method, arguments) {
        (Kind::List(items), "append", [(None, item)]) => items.push(item.clone()),
        (Kind::List(items), "extend", [(None, Value { kind: Kind::List(more), .. })]) => {
            items.extend(more.iter().cloned());
        }
        (Kind::List(items), "insert", [(None, at), (None, item)]) => {
            let at = at.text().and_then(|at| at.parse::<usize>().ok());
            let Some(at) = at.filter(|at| *at <= items.len()) else { return false };
            items.insert(at, item.clone());
        }
        (Kind::Dict(entries), "update", [(None, Value { kind: Kind::Dict(more), .. })]) => {
            for (key, value) in more {
                set(entries, key.clone(), value.clone());
            }
        }
        (Kind::Dict(entries), "update", named) if named.iter().all(|(name, _)| name.is_some()) => {
            for (name, value) in named {
                set(entries, name.clone().unwrap_or_default(), value.clone());
            }
        }
        (Kind::Dict(entries), "setdefault", [(None, key), (None, value)]) => {
            let Some(key) = key.text() else { return false };
            if !entries.iter().any(|(name, _)| *name == key) {
                entries.push((key, value.clone()));
            }
        }
        (Kind::Dict(entries), "pop", [(None, key), ..]) => {
            let Some(key) = key.text() else { return false };
            entries.retain(|(name, _)| *name != key);
        }
        _ => return false,
    }
    true
}

fn set(entries: &mut Vec<(String, Value)>, key: String, value: Value) {
    match entries.iter_mut().find(|(name, _)| *name == key) {
        Some((_, known)) => *known = value,
        None => entries.push((key, value)),
    }
}
