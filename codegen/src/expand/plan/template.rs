//! Templates.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Bound, Configurable, JsonTemplate, Part, Template};

use super::{list, selector, text};

pub(super) fn template(template: &Template) -> TokenStream {
    let parts = list(template.0.iter().map(part));
    quote!(Template(#parts))
}

/// A number that settings may give.
pub(super) fn count(count: &Configurable<u64>) -> TokenStream {
    configurable(count, |number| quote!(#number))
}

/// A value that settings may give.
pub(super) fn configurable<T>(
    value: &Configurable<T>,
    known: impl Fn(&T) -> TokenStream,
) -> TokenStream {
    match value {
        Configurable::Known(value) => {
            let value = known(value);
            quote!(Configurable::Known(#value))
        }
        Configurable::Template(of) => {
            let of = template(of);
            quote!(Configurable::Template(#of))
        }
    }
}

/// A name with a value.
pub(super) fn pair((name, value): &(Template, Template)) -> TokenStream {
    let (name, value) = (template(name), template(value));
    quote!((#name, #value))
}

pub(super) fn json(json: &JsonTemplate) -> TokenStream {
    match json {
        JsonTemplate::Literal(literal) => {
            let literal = text(literal);
            quote!(JsonTemplate::Literal(#literal))
        }
        JsonTemplate::Text(text) => {
            let text = template(text);
            quote!(JsonTemplate::Text(#text))
        }
        JsonTemplate::List(items) => {
            let items = list(items.iter().map(self::json));
            quote!(JsonTemplate::List(#items))
        }
        JsonTemplate::Object(fields) => {
            let fields = list(fields.iter().map(|(name, value)| {
                let (name, value) = (template(name), self::json(value));
                quote!((#name, #value))
            }));
            quote!(JsonTemplate::Object(#fields))
        }
    }
}

fn part(part: &Part) -> TokenStream {
    match part {
        Part::Text(of) => {
            let of = text(of);
            quote!(Part::Text(#of))
        }
        Part::Secret(name) => {
            let name = text(name);
            quote!(Part::Secret(#name))
        }
        Part::Config(name) => {
            let name = text(name);
            quote!(Part::Config(#name))
        }
        Part::Argument(name) => {
            let name = text(name);
            quote!(Part::Argument(#name))
        }
        Part::Parent(field) => {
            let field = selector(field);
            quote!(Part::Parent(#field))
        }
        Part::Incremental(bound) => {
            let bound = match bound {
                Bound::InitialValue => quote!(InitialValue),
                Bound::StartValue => quote!(StartValue),
                Bound::LastValue => quote!(LastValue),
                Bound::EndValue => quote!(EndValue),
                Bound::Lag => quote!(Lag),
            };
            quote!(Part::Incremental(Bound::#bound))
        }
    }
}
