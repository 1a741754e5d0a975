//! The enum of the words that a column is expected to have.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{Column, Resource, Words};

pub(super) fn expand(of: &Words, column: &Column, resource: &Resource) -> TokenStream {
    let name = ident(&of.type_name);
    let documentation = docs::word_enum(column, resource);
    let variants: Vec<_> = of.words.iter().map(|word| ident(&word.variant)).collect();
    let words: Vec<_> = of.words.iter().map(|word| &word.word).collect();
    let word_docs = words.iter().map(|word| docs::word(word));
    let lenient = docs::lenient();
    quote! {
        #documentation
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #lenient
        pub enum #name {
            #(#word_docs #variants,)*
            /// A word that the source description does not list.
            Unknown(::std::string::String),
        }

        impl #name {
            /// The word as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &::std::primitive::str {
                match self {
                    #(#name::#variants => #words,)*
                    #name::Unknown(word) => word,
                }
            }
        }

        /// Of the word as the API writes it.
        impl ::std::convert::From<&::std::primitive::str> for #name {
            fn from(word: &::std::primitive::str) -> #name {
                match word {
                    #(#words => #name::#variants,)*
                    word => #name::Unknown(::std::string::ToString::to_string(word)),
                }
            }
        }

        /// Of the word as the API writes it.
        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;

            fn from_str(
                word: &::std::primitive::str,
            ) -> ::std::result::Result<#name, ::std::convert::Infallible> {
                ::std::result::Result::Ok(#name::from(word))
            }
        }

        /// The word as the API writes it.
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// The empty word, which stands where a record has none yet.
        impl ::std::default::Default for #name {
            fn default() -> #name {
                #name::from("")
            }
        }

        #[automatically_derived]
        impl ::rest_source::__private::v1::Word for #name {
            fn as_str(&self) -> &::std::primitive::str {
                #name::as_str(self)
            }

            fn of(word: &::std::primitive::str) -> #name {
                #name::from(word)
            }
        }

        #[automatically_derived]
        impl ::rest_source::__private::v1::FieldValue for #name {
            fn value(&self) -> ::rest_source::__private::v1::FieldRef<'_> {
                ::rest_source::__private::v1::FieldRef::Text(#name::as_str(self))
            }

            fn place(place: &mut #name) -> ::rest_source::__private::v1::FieldMut<'_> {
                ::rest_source::__private::v1::FieldMut::Word(place)
            }

            fn nullable_place(
                place: &mut ::std::option::Option<#name>,
            ) -> ::rest_source::__private::v1::FieldMut<'_> {
                ::rest_source::__private::v1::FieldMut::Word(place)
            }
        }

        #[automatically_derived]
        impl ::rest_source::__private::v1::serde::Serialize for #name {
            fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(#name::as_str(self))
            }
        }

        #[automatically_derived]
        impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<#name, D::Error> {
                ::rest_source::__private::v1::deserialize_word(deserializer)
            }
        }
    }
}
