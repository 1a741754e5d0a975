//! The struct of a resource's records.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, plan};
use crate::{
    config::DataType,
    model::{Column, Resource},
};

pub(super) fn expand(resource: &Resource) -> TokenStream {
    let name = ident(&resource.type_name);
    let documentation = docs::record(resource);
    let plan = plan::resource(resource);
    let fields = resource.columns.iter().map(field);
    let idents: Vec<_> = resource.columns.iter().map(|column| ident(&column.field)).collect();
    let indices: Vec<_> = (0..idents.len()).collect();
    let lenient = docs::lenient();
    quote! {
        #documentation
        #[derive(Debug, Clone, PartialEq, Default)]
        #lenient
        pub struct #name {
            #(#fields)*
            /// Fields that the source description does not declare.
            pub extra: ::rest_source::Extra,
        }

        #[automatically_derived]
        impl ::rest_source::Resource for #name {
            const PLAN: &'static ::rest_source::plan::ResourcePlan = &#plan;
        }

        #[automatically_derived]
        impl ::rest_source::Record for #name {
            fn columns(&self) -> &[::rest_source::plan::Column] {
                &<Self as ::rest_source::Resource>::PLAN.columns
            }

            fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
                match index {
                    #(#indices => ::rest_source::Field::field(&self.#idents),)*
                    _ => ::rest_source::FieldRef::Null,
                }
            }

            fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
                match index {
                    #(#indices => ::rest_source::Field::field_mut(&mut self.#idents),)*
                    _ => ::rest_source::FieldMut::Nothing,
                }
            }

            fn extra(&self) -> &::rest_source::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut ::rest_source::Extra {
                &mut self.extra
            }
        }

        #[automatically_derived]
        impl ::rest_source::__private::serde::Serialize for #name {
            fn serialize<S: ::rest_source::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::rest_source::__private::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> ::rest_source::__private::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                ::rest_source::__private::deserialize(deserializer)
            }
        }
    }
}

fn field(column: &Column) -> TokenStream {
    let name = ident(&column.field);
    let documentation = docs::field(column);
    let required = match column.data_type {
        DataType::Text => quote!(::std::string::String),
        DataType::Bigint => quote!(::std::primitive::i64),
        DataType::Double => quote!(::std::primitive::f64),
        DataType::Bool => quote!(::std::primitive::bool),
        DataType::Timestamp => quote!(::rest_source::Timestamp),
        DataType::Date => quote!(::rest_source::Date),
        DataType::Time => quote!(::rest_source::Time),
        DataType::Decimal => quote!(::rest_source::Decimal),
        DataType::Wei => quote!(::rest_source::Wei),
        DataType::Json => quote!(::rest_source::__private::serde_json::Value),
        DataType::Binary => quote!(::std::vec::Vec<::std::primitive::u8>),
    };
    let of_type = if column.nullable { quote!(::std::option::Option<#required>) } else { required };
    quote! {
        #documentation
        pub #name: #of_type,
    }
}
