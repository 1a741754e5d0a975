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
        let arguments = arguments(self, node);
        if name.is_some() && class::is_known(last) {
            return self.at(node, Kind::Instance(last.to_owned(), arguments));
        }
        let of = function.child_by_field_name("object").filter(|_| function.kind() == "attribute");
        let computed = match (last, of) {
            ("dict", None) => {
                let named = |(name, value): &Argument| Some((name.clone()?, value.clone()));
                let entries: Option<Vec<(String, Value)>> = arguments.iter().map(named).collect();
                entries.map(|entries| self.at(node, Kind::Dict(entries)))
            }
            ("str" | "int" | "list" | "RESTAPIConfig", None) => match &arguments[..] {
                [(None, value)] => Some(value.clone()),
                _ => None,
            },
            ("format", Some(of)) => format(self, node, of, &arguments),
            ("rstrip" | "strip" | "lower", Some(of)) => stripped(self, last, of, &arguments),
            ("get" | "getenv", Some(_)) | ("getenv", None) => {
                let name = name.as_deref().unwrap_or_default();
                let of = name.strip_suffix(".get").unwrap_or(name);
                let key = arguments.first().and_then(|(_, key)| key.text());
                key.and_then(|key| self.looked_up(node, of, &key))
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

/// The arguments of a call.
fn arguments<'t>(evaluator: &mut Evaluator<'t>, node: Node<'t>) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for argument in node.child_by_field_name("arguments").map(children).unwrap_or_default() {
        let named = (argument.child_by_field_name("name"), argument.child_by_field_name("value"));
        match named {
            (Some(name), Some(value)) => {
                let name = evaluator.file.text_of(name).to_owned();
                arguments.push((Some(name), evaluator.value(value)));
            }
            _ => arguments.push((None, evaluator.value(argument))),
        }
    }
    arguments
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
