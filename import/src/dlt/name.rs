//! What names stand for: arguments of the source function, variables before the place of use, constants of
//! the file, `dlt.secrets` and `dlt.config`.

use tree_sitter::Node;

use super::{
    evaluate::{CLASS, Evaluator, FUNCTION, VALUE},
    python::{Assignment, children, function_around},
    value::{Kind, Value},
};
use crate::{
    description::{Mapping, Node as Described},
    secret,
};

impl<'t> Evaluator<'t> {
    /// What a name stands for.
    pub(super) fn name(&mut self, node: Node<'t>) -> Value {
        let name = self.file.text_of(node);
        if let Some((_, value)) = self.bound.iter().rev().find(|(bound, _)| bound == name) {
            return value.clone();
        }
        let mut function = function_around(node);
        let mut is_outer = false;
        loop {
            if let Some(assignment) = self.assignment(name, function, node, is_outer) {
                return self.assigned(node, assignment, is_outer);
            }
            let Some(inner) = function else { break };
            if let Some(parameter) = parameter(self, inner, name) {
                return self.argument(node, name, parameter);
            }
            (function, is_outer) = (function_around(inner), true);
        }
        match self.file.definitions.iter().rev().find(|(defined, ..)| *defined == name) {
            Some((_, what, _)) => {
                let code = if *what == "a class" { CLASS } else { FUNCTION };
                self.unknown(node, code, &format!("`{name}` is {what} of Python"))
            }
            None => self.unknown(node, VALUE, &format!("`{name}` is not set in this file")),
        }
    }

    /// The last assignment to a name in a function, or in the file, before it is used; from within a
    /// function, those outside have all been made.
    fn assignment(
        &self,
        name: &str,
        function: Option<Node<'t>>,
        used: Node<'t>,
        is_outer: bool,
    ) -> Option<&'t Assignment<'t>> {
        let of_name = self.file.assignments.iter().filter(|assignment| {
            assignment.name == name
                && assignment.function == function
                && !within(used, assignment.node)
        });
        let before = |assignment: &&Assignment<'t>| {
            is_outer || assignment.node.start_byte() < used.start_byte()
        };
        of_name.rev().find(before)
    }

    fn assigned(
        &mut self,
        node: Node<'t>,
        assignment: &'t Assignment<'t>,
        is_outer: bool,
    ) -> Value {
        let name = assignment.name;
        let value = self.value(assignment.value);
        let value = self.changed(value, assignment, node, is_outer);
        if assignment.is_conditional {
            return value.because(format!("`{name}` has this value under a condition"));
        }
        value
    }

    /// An argument of a function: a secret or a setting, with its default.
    fn argument(&mut self, node: Node<'t>, name: &str, parameter: Parameter<'t>) -> Value {
        let default = parameter.default.map(|default| self.value(default));
        let is_secret =
            secret::is_name(name) || parameter.annotation.is_some_and(|of| of.contains("Secret"));
        let mut setting = Mapping::new();
        match default.map(|default| default.kind) {
            Some(Kind::Secret) => return self.named(node, true, name),
            _ if is_secret => return self.named(node, true, name),
            Some(Kind::Text(text)) if !text.contains('{') => {
                setting.set("default", Described::Text(text));
            }
            Some(Kind::Number(number)) if number.parse::<i64>().is_ok() => {
                setting.set("type", Described::text("integer"));
                setting.set("default", Described::Plain(number));
            }
            Some(Kind::Bool(value)) => {
                setting.set("type", Described::text("boolean"));
                setting.set("default", Described::truth(value));
            }
            Some(Kind::Nothing) => setting.set("optional", Described::truth(true)),
            Some(Kind::List(items)) => {
                let items = items.iter().map(|item| item.text().map(Described::Text));
                setting.set("type", Described::text("list"));
                if let Some(items) = items.collect::<Option<Vec<_>>>() {
                    setting.set("default", Described::List(items));
                }
            }
            // The text of another secret or setting, or a dictionary.
            Some(kind @ (Kind::Text(_) | Kind::Dict(_) | Kind::Instance(..))) => {
                return self.at(node, kind);
            }
            Some(Kind::Setting | Kind::Number(_) | Kind::Unknown(..)) | None => {
                match parameter.annotation {
                    Some("int") => setting.set("type", Described::text("integer")),
                    Some("bool") => setting.set("type", Described::text("boolean")),
                    _ => {}
                }
            }
        }
        let setting_name = secret::named(name);
        if !setting.is_empty() && self.settings.get(&setting_name).is_none() {
            self.settings.set(&setting_name, setting);
        }
        self.named(node, false, name)
    }

    /// `dlt.secrets.value`, `dlt.config.value`
    pub(super) fn attribute(&mut self, node: Node<'t>) -> Value {
        let name = self.file.dotted(node).unwrap_or_default();
        match name.as_str() {
            "dlt.secrets.value" => self.at(node, Kind::Secret),
            "dlt.config.value" => self.at(node, Kind::Setting),
            "" => self.unknown(node, VALUE, "the value is computed when the file runs"),
            name => {
                let of_dlt = [("dlt.secrets.", true), ("dlt.config.", false)];
                let found = of_dlt
                    .iter()
                    .find_map(|(prefix, is_secret)| Some((name.strip_prefix(prefix)?, *is_secret)));
                match found {
                    Some((name, is_secret)) => self.named(node, is_secret, name),
                    None => match self.of_class(name) {
                        Some(value) => self.value(value),
                        None => {
                            let what = format!("`{name}` is not set in this file");
                            self.unknown(node, VALUE, &what)
                        }
                    },
                }
            }
        }
    }

    /// `Settings.BASE` of a class of the file.
    fn of_class(&self, name: &str) -> Option<Node<'t>> {
        let (class, attribute) = name.split_once('.')?;
        let mut definitions = self.file.definitions.iter().rev();
        let (.., node) = definitions.find(|(of, what, _)| *of == class && *what == "a class")?;
        let mut assignments = self.file.assignments.iter().rev();
        let of_class = assignments
            .find(|of| of.name == attribute && of.function.is_none() && within(of.node, *node))?;
        Some(of_class.value)
    }

    /// `dlt.secrets["sources.shop.token"]`, `os.environ["TOKEN"]`, `config["client"]`
    pub(super) fn subscript(&mut self, node: Node<'t>) -> Value {
        let part = |name: &str| node.child_by_field_name(name);
        let (Some(of), Some(key)) = (part("value"), part("subscript")) else {
            return self.unknown(node, VALUE, "the value is computed when the file runs");
        };
        let key = self.value(key);
        let (Some(name), Some(key)) = (self.file.dotted(of), key.text()) else {
            return self.unknown(node, VALUE, "the value is computed when the file runs");
        };
        if let Some(value) = self.looked_up(node, &name, &key) {
            return value;
        }
        let value = self.value(of);
        match (value.get(&key), &value.kind) {
            (Some(member), _) => member.clone(),
            (None, Kind::Unknown(..)) => self.of_unknown(node, &value),
            _ => self.unknown(node, VALUE, &format!("`{name}` has no `{key}` in this file")),
        }
    }

    /// A secret or setting that is looked up by its name.
    pub(super) fn looked_up(&self, node: Node<'_>, of: &str, key: &str) -> Option<Value> {
        let last = key.rsplit('.').next().unwrap_or(key);
        match of {
            "dlt.secrets" => Some(self.named(node, true, last)),
            "dlt.config" => Some(self.named(node, false, last)),
            "os.environ" | "environ" | "os.getenv" | "getenv" => {
                let last = last.rsplit("__").next().unwrap_or(last);
                Some(self.named(node, secret::is_name(last), last))
            }
            _ => None,
        }
    }
}

fn within(node: Node<'_>, outer: Node<'_>) -> bool {
    outer.start_byte() <= node.start_byte() && node.end_byte() <= outer.end_byte()
}

/// An argument that a function takes.
#[derive(Clone, Copy)]
struct Parameter<'t> {
    default: Option<Node<'t>>,
    annotation: Option<&'t str>,
}

fn parameter<'t>(
    evaluator: &Evaluator<'t>,
    function: Node<'t>,
    name: &str,
) -> Option<Parameter<'t>> {
    let file = evaluator.file;
    let parameters = function.child_by_field_name("parameters")?;
    children(parameters).into_iter().find_map(|parameter| {
        let named = parameter.child_by_field_name("name").or_else(|| match parameter.kind() {
            "identifier" => Some(parameter),
            "typed_parameter" => children(parameter).first().copied(),
            _ => None,
        })?;
        let annotation = parameter.child_by_field_name("type").map(|of| file.text_of(of));
        let default = parameter.child_by_field_name("value");
        (file.text_of(named) == name).then_some(Parameter { default, annotation })
    })
}
