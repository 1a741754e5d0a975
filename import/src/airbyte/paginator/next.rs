//! Where a response names the next page.

use crate::airbyte::{
    jinja::{Expr, Operator, Step, is_false},
    naming,
};

/// The names by which a response is called.
pub(super) const RESPONSE: [&str; 2] = ["response", "decoded_response"];

/// Where the next page is named.
pub(super) enum Next {
    /// In the body, at this path.
    Body(String),
    /// In the `Link` header.
    Link,
    /// In this header.
    Header(String),
    /// The page of this number in the body is the one that came.
    PageAfter(String),
}

/// A value without what changes nothing about where it comes from: conversions, empty defaults, and the
/// condition that it is there.
pub(super) fn plain(value: &Expr) -> Expr {
    match value {
        Expr::If(_, then, otherwise) if is_false(otherwise) => plain(then),
        Expr::If(_, then, otherwise) if is_false(then) => plain(otherwise),
        Expr::Binary(Operator::Or, value, default) if is_false(default) => plain(value),
        Expr::Call(name, arguments)
            if ["default", "int", "string", "tojson", "urlencode", "last", "list"]
                .contains(&name.as_str()) =>
        {
            match arguments.first() {
                Some(Expr::Path(root, steps)) if name == "last" => {
                    let steps = steps.iter().cloned().chain([Step::At(-1)]);
                    Expr::Path(root.clone(), steps.collect())
                }
                Some(inner) => plain(inner),
                None => value.clone(),
            }
        }
        // A member of what has an empty default.
        Expr::Member(inner, index) => match (plain(inner), &**index) {
            (Expr::Path(root, mut steps), Expr::Const(index)) => {
                match (index.text(), index.whole()) {
                    (Some(key), _) => steps.push(Step::Key(key.to_owned())),
                    (None, Some(at)) => steps.push(Step::At(at)),
                    (None, None) => return value.clone(),
                }
                Expr::Path(root, steps)
            }
            _ => value.clone(),
        },
        value => value.clone(),
    }
}

/// The selector of a place in a response.
pub(super) fn selector_of(steps: &[Step]) -> String {
    match steps {
        [] | [Step::At(_), ..] => format!("${}", naming::steps(steps)),
        steps => naming::steps(steps),
    }
}
