//! Selectors.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Choice, Segment, Selector, Step};

use super::{filter::filter, list, number, text, texts};

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

pub(super) fn segment(segment: &Segment) -> TokenStream {
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
