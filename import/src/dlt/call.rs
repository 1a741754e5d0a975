//! What calls come to: instances of dlt's classes, texts that are formatted, secrets that are looked up, times.

use tree_sitter::Node;

use super::{
    class,
    evaluate::{CLASS, Evaluator, FUNCTION},
    python::children,
    text::formatted,
    time,
    value::{Kind, Value},
};

/// The name and the value of an argument.
type Argument = (Option<String>, Value);

/// What gives its argument, or a copy of it.
const COPIES: [&str; 9] =
    ["str", "int", "list", "tuple", "sorted", "set", "cast", "deepcopy", "copy"];
/// dlt's dictionaries with declared keys, which are made as by `dict(…)`.
const OF_CONFIGS: [&str; 9] = [
    "RESTAPIConfig",
    "ClientConfig",
    "EndpointResource",
    "EndpointResourceBase",
    "Endpoint",
    "ResolveParamConfig",
    "IncrementalParamConfig",
    "IncrementalConfig",
    "ProcessingSteps",
];

impl<'t> Evaluator<'t> {
    /// What a call comes to.
    pub(super) fn call(&mut self, node: Node<'t>) -> Value {
        let Some(function) = node.child_by_field_name("function") else {
            return self.unknown(node, FUNCTION, "the value is computed");
        };
        if let Some(time) = time::relative(self.file, node) {
            return self.at(node, Kind::Text(time)).because(time::REASON);
        }
        let name = self.file.dotted(function);
        let last = self.file.text_of(function).rsplit('.').next().unwrap_or_default();
        let arguments = self.arguments(node);
        if name.is_some() && class::is_known(last) {
            return self.at(node, Kind::Instance(last.to_owned(), arguments));
        }
        let of = function.child_by_field_name("object").filter(|_| function.kind() == "attribute");
        let computed = match (last, of) {
            (last, None)
                if last == "dict" || (OF_CONFIGS.contains(&last) && !is_copy(&arguments)) =>
            {
                let named = |(name, value): &Argument| Some((name.clone()?, value.clone()));
                let entries: Option<Vec<(String, Value)>> = arguments.iter().map(named).collect();
                entries.map(|entries| self.at(node, Kind::Dict(entries)))
            }
            (last, None) if COPIES.contains(&last) || OF_CONFIGS.contains(&last) => {
                match &arguments[..] {
                    [(None, value)] => Some(value.clone()),
                    _ => None,
                }
            }
            ("range", None) => range(&arguments).map(|numbers| {
                let number = |number: i64| self.at(node, Kind::Number(number.to_string()));
                self.at(node, Kind::List(numbers.map(number).collect()))
            }),
            ("items" | "keys" | "values", Some(of)) if arguments.is_empty() => {
                self.members(node, of, last)
            }
            (_, None) => self.returned(function, &arguments),
            ("format", Some(of)) => format(self, node, of, &arguments),
            ("rstrip" | "strip" | "lower", Some(of)) => stripped(self, last, of, &arguments),
            ("get" | "getenv", Some(object)) => {
                let name = name.as_deref().unwrap_or_default();
                let of = name.strip_suffix(".get").unwrap_or(name);
                let key = arguments.first().and_then(|(_, key)| key.text());
                key.and_then(|key| match self.looked_up(node, of, &key) {
                    Some(value) => Some(value),
                    None => match self.value(object) {
                        object @ Value { kind: Kind::Dict(_), .. } => object.get(&key).cloned(),
                        _ => None,
                    }
                    .or_else(|| arguments.get(1).map(|(_, default)| default.clone())),
                })
            }
            _ => None,
        };
        computed.unwrap_or_else(|| {
            let is_class = last.starts_with(char::is_uppercase);
            match name {
                Some(name) if is_class => {
                    self.unknown(node, CLASS, &format!("`{name}` is a class of Python"))
                }
                Some(name) => {
                    let what = format!("`{name}()` is computed when the file runs");
                    self.unknown(node, FUNCTION, &what)
                }
                None => self.unknown(node, FUNCTION, "the value is computed when the file runs"),
            }
        })
    }
}

impl<'t> Evaluator<'t> {
    /// The arguments of a call.
    pub(super) fn arguments(&mut self, node: Node<'t>) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for argument in node.child_by_field_name("arguments").map(children).unwrap_or_default() {
            let named =
                (argument.child_by_field_name("name"), argument.child_by_field_name("value"));
            match named {
                (Some(name), Some(value)) => {
                    let name = self.file.text_of(name).to_owned();
                    arguments.push((Some(name), self.value(value)));
                }
                _ => arguments.push((None, self.value(argument))),
            }
        }
        arguments
    }

    /// What a function of the file returns that does nothing else.
    fn returned(&mut self, function: Node<'t>, arguments: &[Argument]) -> Option<Value> {
        let name = self.file.text_of(function);
        let (.., definition) = self
            .file
            .definitions
            .iter()
            .rev()
            .find(|(of, what, _)| *of == name && *what == "a function")?;
        let mut body = children(definition.child_by_field_name("body")?);
        let is_docstring = |node: &Node<'t>| {
            node.kind() == "expression_statement"
                && children(*node).first().is_some_and(|of| of.kind() == "string")
        };
        body.retain(|statement| !is_docstring(statement));
        let [statement] = body[..] else { return None };
        let expression =
            *children(statement).first().filter(|_| statement.kind() == "return_statement")?;
        let mut bound = Vec::new();
        for (at, parameter) in
            children(definition.child_by_field_name("parameters")?).into_iter().enumerate()
        {
            let name = parameter.child_by_field_name("name").unwrap_or(match parameter.kind() {
                "typed_parameter" => *children(parameter).first()?,
                _ => parameter,
            });
            let name = self.file.text_of(name);
            let given = arguments
                .iter()
                .find(|(of, _)| of.as_deref() == Some(name))
                .or_else(|| arguments.get(at).filter(|(of, _)| of.is_none()));
            let value = match (given, parameter.child_by_field_name("value")) {
                (Some((_, value)), _) => value.clone(),
                (None, Some(default)) => self.value(default),
                (None, None) => return None,
            };
            bound.push((name.to_owned(), value));
        }
        let before = self.bound.len();
        self.bound.extend(bound);
        let value = self.value(expression);
        self.bound.truncate(before);
        Some(value)
    }

    /// `of.items()`, `of.keys()`, `of.values()` of a dictionary.
    fn members(&mut self, node: Node<'t>, of: Node<'t>, what: &str) -> Option<Value> {
        let Value { kind: Kind::Dict(entries), .. } = self.value(of) else { return None };
        let member = |(key, value): (String, Value)| {
            let key = self.at(node, Kind::Text(key));
            match what {
                "keys" => key,
                "values" => value,
                _ => self.at(node, Kind::List(vec![key, value])),
            }
        };
        Some(self.at(node, Kind::List(entries.into_iter().map(member).collect())))
    }
}

fn is_copy(arguments: &[Argument]) -> bool {
    matches!(arguments, [(None, _)])
}

/// The numbers of `range(…)`, as far as a file may reasonably have them.
fn range(arguments: &[Argument]) -> Option<std::ops::Range<i64>> {
    let numbers = arguments.iter().map(|(_, value)| value.text()?.parse::<i64>().ok());
    let numbers: Vec<i64> = numbers.collect::<Option<_>>()?;
    let range = match numbers[..] {
        [end] => 0..end,
        [start, end] => start..end,
        _ => return None,
    };
    (range.end.saturating_sub(range.start) < 2_000).then_some(range)
}

fn format<'t>(
    evaluator: &mut Evaluator<'t>,
    node: Node<'t>,
    of: Node<'t>,
    arguments: &[Argument],
) -> Option<Value> {
    let template = evaluator.value(of).text()?;
    let texts = arguments.iter().map(|(name, value)| Some((name.clone(), value.text()?)));
    let text = formatted(&template, &texts.collect::<Option<Vec<_>>>()?)?;
    Some(evaluator.at(node, Kind::Text(text)))
}

fn stripped<'t>(
    evaluator: &mut Evaluator<'t>,
    how: &str,
    of: Node<'t>,
    arguments: &[Argument],
) -> Option<Value> {
    let value = evaluator.value(of);
    let Kind::Text(text) = &value.kind else { return None };
    let argument = arguments.first().map(|(_, value)| value.text());
    let text = match (how, argument) {
        ("rstrip", Some(Some(end))) => text.trim_end_matches(|c| end.contains(c)),
        ("rstrip", None) => text.trim_end(),
        ("strip", None) => text.trim(),
        ("lower", None) => return Some(Value { kind: Kind::Text(text.to_lowercase()), ..value }),
        _ => return None,
    };
    Some(Value { kind: Kind::Text(text.to_owned()), ..value.clone() })
}
