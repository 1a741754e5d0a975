//! Filters of selectors.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Comparison, Filter, Literal, Node, Operand, Query};

use super::{list, selector::segment, text};

pub(super) fn filter(filter: &Filter) -> TokenStream {
    match filter {
        Filter::All(filters) => {
            let filters = list(filters.iter().map(self::filter));
            quote!(Filter::All(#filters))
        }
        Filter::Any(filters) => {
            let filters = list(filters.iter().map(self::filter));
            quote!(Filter::Any(#filters))
        }
        Filter::Not(filter) => {
            let filter = self::filter(filter);
            quote!(Filter::Not(Link::Static(&#filter)))
        }
        Filter::Exists(query) => {
            let query = self::query(query);
            quote!(Filter::Exists(#query))
        }
        Filter::Compare { left, comparison, right } => {
            let (left, right) = (operand(left), operand(right));
            let comparison = self::comparison(*comparison);
            quote!(Filter::Compare { left: #left, comparison: #comparison, right: #right })
        }
    }
}

fn query(Query { from, segments }: &Query) -> TokenStream {
    let from = match from {
        Node::Current => quote!(Node::Current),
        Node::Root => quote!(Node::Root),
    };
    let segments = list(segments.iter().map(segment));
    quote!(Query { from: #from, segments: #segments })
}

fn operand(operand: &Operand) -> TokenStream {
    match operand {
        Operand::Literal(literal) => {
            let literal = self::literal(literal);
            quote!(Operand::Literal(#literal))
        }
        Operand::Value(query) => {
            let query = self::query(query);
            quote!(Operand::Value(#query))
        }
        Operand::Length(query) => {
            let query = self::query(query);
            quote!(Operand::Length(#query))
        }
        Operand::Count(query) => {
            let query = self::query(query);
            quote!(Operand::Count(#query))
        }
    }
}

fn comparison(comparison: Comparison) -> TokenStream {
    match comparison {
        Comparison::Equal => quote!(Comparison::Equal),
        Comparison::NotEqual => quote!(Comparison::NotEqual),
        Comparison::Less => quote!(Comparison::Less),
        Comparison::LessOrEqual => quote!(Comparison::LessOrEqual),
        Comparison::Greater => quote!(Comparison::Greater),
        Comparison::GreaterOrEqual => quote!(Comparison::GreaterOrEqual),
    }
}

fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Null => quote!(Literal::Null),
        Literal::Bool(value) => quote!(Literal::Bool(#value)),
        Literal::Number(number) => {
            let number = text(number);
            quote!(Literal::Number(#number))
        }
        Literal::Text(value) => {
            let value = text(value);
            quote!(Literal::Text(#value))
        }
    }
}
