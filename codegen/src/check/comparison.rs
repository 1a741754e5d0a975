//! Comparisons in filters that never hold, as a field has no value of the kind of the constant.

use rest_source_plan::{
    Choice, Compare, Filter, Literal, Node, Operand, Query, Segment, Step, Str,
};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// What the values of a field are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen {
    /// Text, which a column could be declared to be something else than.
    Text,
    /// Text, whatever is declared.
    Uncast,
    Number,
    Bool,
}

/// Reports comparisons with constants that no value of a field is like. `seen` says what a query selects; `None` if
/// that is not known.
pub(super) fn check(
    filter: &Filter,
    span: Span,
    diagnostics: &mut Diagnostics,
    seen: &dyn Fn(&Query) -> Option<Seen>,
) {
    each(filter, &mut |query, literal| {
        let path = &names(query);
        if let Some(seen) = seen(query)
            && let Some((is, constant, help)) = misfit(seen, literal, path)
        {
            let message =
                format!("`{}` is {is} and cannot be compared with {constant}", path.join("."));
            diagnostics.push(Diagnostic::error(Code::WrongType, span, message).help(help));
        }
    });
}

/// What a field is, what it is compared with, and what to write, where no value of it is like a constant.
fn misfit(
    seen: Seen,
    literal: &Literal,
    path: &[Str],
) -> Option<(&'static str, &'static str, String)> {
    let (constant, data_type) = match literal {
        Literal::Null => return None,
        Literal::Text(_) => ("text", "text"),
        Literal::Bool(_) => ("`true` or `false`", "bool"),
        Literal::Number(number) if number.contains(['.', 'e', 'E']) => ("a number", "decimal"),
        Literal::Number(_) => ("a number", "bigint"),
    };
    let (is, wanted) = match (seen, literal) {
        (Seen::Text | Seen::Uncast, Literal::Text(_))
        | (Seen::Number, Literal::Number(_))
        | (Seen::Bool, Literal::Bool(_)) => return None,
        (Seen::Text, _) => ("text", None),
        (Seen::Uncast, _) => ("text whatever its `data_type` is", Some("text, `'…'`")),
        (Seen::Number, _) => ("a number", Some("a number, without quotes")),
        (Seen::Bool, _) => ("`true` or `false`", Some("`true` or `false`, without quotes")),
    };
    let help = match wanted {
        Some(wanted) => format!("compare it with {wanted}"),
        None => format!(
            "say what it is, `columns: {{{}: {{data_type: {data_type}}}}}`, or `cast` it in a step before",
            path.join(".")
        ),
    };
    Some((is, constant, help))
}

/// Calls `found` for each comparison of a field of the record with a constant that must be like it.
fn each(filter: &Filter, found: &mut dyn FnMut(&Query, &Literal)) {
    match filter {
        Filter::All(filters) | Filter::Any(filters) => {
            filters.iter().for_each(|filter| each(filter, found));
        }
        Filter::Not(filter) => each(filter, found),
        Filter::Exists(_) => {}
        Filter::Compare(Compare { left, right, .. }) => {
            if let (Operand::Value(query), Operand::Literal(literal))
            | (Operand::Literal(literal), Operand::Value(query)) = (left, right)
            {
                found(query, literal);
            }
        }
    }
}

/// The keys that lead from the record to what a query selects, if it has nothing else.
pub(super) fn keys(query: &Query) -> Option<Vec<Str>> {
    let names = names(query);
    (query.from == Node::Current && !names.is_empty() && names.len() == query.segments.len())
        .then_some(names)
}

/// The names on the way of a query.
fn names(query: &Query) -> Vec<Str> {
    let names = query.segments.iter().filter_map(|segment| match segment {
        Segment::Children(choices) | Segment::Descendants(choices) => match &**choices {
            [Choice::One(Step::Name(name))] if matches!(segment, Segment::Children(_)) => {
                Some(name.clone())
            }
            _ => None,
        },
    });
    names.collect()
}
