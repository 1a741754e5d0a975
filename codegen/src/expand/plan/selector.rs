//! Selectors.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Choice, Comparison, Filter, Literal, Segment, Selector, Step};

use super::{list, number, text, texts};

pub(super) fn selector(selector: &Selector) -> TokenStream {
    match selector {
        Selector::Keys(keys) => {
            let keys = texts(keys);
            quote!(Selector::Keys(#keys))
        }
        Selector::JsonPath { text, segments } => {
            let (text, segments) = (self::text(text), list(segments.iter().map(segment)));
            quote!(Selector::JsonPath { text: #text, segments: #segments })
        }
    }
}

fn segment(segment: &Segment) -> TokenStream {
    let choices = |choices: &[Choice]| list(choices.iter().map(choice));
    match segment {
        Segment::Children(of) => {
            let choices = choices(of);
            quote!(Segment::Children(#choices))
        }
        Segment::Descendants(of) => {
            let choices = choices(of);
            quote!(Segment::Descendants(#choices))
        }
    }
}

fn choice(choice: &Choice) -> TokenStream {
    match choice {
        Choice::One(step) => {
            let step = self::step(step);
            quote!(Choice::One(#step))
        }
        Choice::Slice { start, end, step } => {
            let (start, end) = (number(start.as_ref()), number(end.as_ref()));
            quote!(Choice::Slice { start: #start, end: #end, step: #step })
        }
        Choice::Wildcard => quote!(Choice::Wildcard),
        Choice::Filter(filter) => {
            let filter = self::filter(filter);
            quote!(Choice::Filter(#filter))
        }
    }
}

fn step(step: &Step) -> TokenStream {
    match step {
        Step::Name(name) => {
            let name = text(name);
            quote!(Step::Name(#name))
        }
        Step::Index(index) => quote!(Step::Index(#index)),
    }
}

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
        Filter::Exists(path) => {
            let path = list(path.iter().map(step));
            quote!(Filter::Exists(#path))
        }
        Filter::Compare { path, comparison, literal } => {
            let path = list(path.iter().map(step));
            let (comparison, literal) = (self::comparison(*comparison), self::literal(literal));
            quote! {
                Filter::Compare { path: #path, comparison: #comparison, literal: #literal }
            }
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
