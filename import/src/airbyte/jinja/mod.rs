//! Jinja as manifests use it: text with `{{ … }}`, parsed into expressions. Statements, `{% … %}`, are not
//! evaluated.

mod expression;
mod fold;
mod lexer;
mod parser;

pub(super) use self::{
    expression::{Expr, Operator, Step},
    fold::{fold, is_false},
};

use crate::document::Value;

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Text as it is.
    Text(String),
    /// What is between two pairs of braces.
    Expr(Expr),
}

/// The parts of a template, its parameters filled in; a message if it is no template that is understood.
pub(super) fn template(text: &str, parameters: Option<&Value>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let text = without_comments(text);
    let mut rest = text.as_str();
    if text.contains("{%") {
        return Err("it has a statement, `{% … %}`".to_owned());
    }
    while let Some(begin) = rest.find("{{") {
        if begin > 0 {
            parts.push(Part::Text(rest[..begin].to_owned()));
        }
        let (expression, end) = parser::parse(&rest[begin + 2..])?;
        match fold(expression, parameters) {
            Expr::Const(value) if begin > 0 || !rest[begin + 2 + end..].is_empty() => {
                parts.push(Part::Text(value.scalar().unwrap_or_default()));
            }
            expression => parts.push(Part::Expr(expression)),
        }
        rest = &rest[begin + 2 + end..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// A template without `{# comments #}`.
fn without_comments(text: &str) -> String {
    let mut kept = text.to_owned();
    while let Some(start) = kept.find("{#") {
        let Some(end) = kept[start..].find("#}") else { break };
        kept.replace_range(start..start + end + 2, "");
    }
    kept
}

/// The one expression that a template is; text is a constant.
pub(super) fn expression(text: &str, parameters: Option<&Value>) -> Result<Expr, String> {
    let mut parts = template(text.trim(), parameters)?;
    if parts.len() == 1 {
        return Ok(match parts.remove(0) {
            Part::Expr(expression) => expression,
            Part::Text(text) => Expr::Const(Value::Text(text)),
        });
    }
    let parts = parts.into_iter().map(|part| match part {
        Part::Text(text) => Expr::Const(Value::Text(text)),
        Part::Expr(expression) => expression,
    });
    let joined = parts.reduce(|a, b| Expr::Binary(Operator::Join, Box::new(a), Box::new(b)));
    Ok(fold(joined.unwrap_or(Expr::Const(Value::Text(String::new()))), parameters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn path(root: &str, keys: &[&str]) -> Expr {
        Expr::Path(root.to_owned(), keys.iter().map(|key| Step::Key((*key).to_owned())).collect())
    }

    #[test]
    fn expressions_are_parsed_by_their_precedence() {
        let parameters = read("{name: orders, size: 5}").unwrap();
        let read = |text: &str| expression(text, Some(&parameters)).unwrap();
        for (text, expected) in [
            ("{{ config['a'].b }}", path("config", &["a", "b"])),
            ("{{ response.get('a', {}).get('b') }}", path("response", &["a", "b"])),
            ("{{config.a or ''}}", path("config", &["a"])),
            ("{{ parameters['name'] }}", Expr::Const(Value::Text("orders".to_owned()))),
            ("{{ parameters.size + 1 }}", Expr::Const(Value::Number("6".to_owned()))),
            ("/{{ parameters.name }}/x", Expr::Const(Value::Text("/orders/x".to_owned()))),
            ("{{ 'a' if parameters.none else 'b' }}", Expr::Const(Value::Text("b".to_owned()))),
            (
                "{{ not a.b is none and c or d }}",
                Expr::Binary(
                    Operator::Or,
                    Box::new(Expr::Binary(
                        Operator::And,
                        Box::new(Expr::Not(Box::new(Expr::Is(
                            Box::new(path("a", &["b"])),
                            "none".to_owned(),
                            false,
                        )))),
                        Box::new(path("c", &[])),
                    )),
                    Box::new(path("d", &[])),
                ),
            ),
            (
                "{{ x | default({'a': 1}['a'], true) }}",
                Expr::Call(
                    "default".to_owned(),
                    vec![
                        path("x", &[]),
                        Expr::Member(
                            Box::new(Expr::Map(vec![(
                                Expr::Const(Value::Text("a".to_owned())),
                                Expr::Const(Value::Number("1".to_owned())),
                            )])),
                            Box::new(Expr::Const(Value::Text("a".to_owned()))),
                        ),
                        Expr::Const(Value::Bool(true)),
                    ],
                ),
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_an_error() {
        let deep = format!("{{{{ {} }}}}", "(".repeat(5_000));
        for text in
            ["{{ a", "{{ a + }}", "{{ 'a }}", "{% set a = 1 %}", "{{ a b }}", "{{ ? }}", &deep]
        {
            assert!(template(text, None).is_err(), "{text}");
        }
    }
}
