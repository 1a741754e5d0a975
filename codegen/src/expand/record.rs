//! The struct of a resource's records, and those of the records in them.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::DataType;

use super::{docs, ident, plan, words};
use crate::model::{Column, Content, Nested, Resource};

pub(super) fn expand(resource: &Resource) -> TokenStream {
    let name = ident(&resource.type_name);
    let plan = plan::resource(resource);
    let all = quote!(<#name as ::rest_source::Resource>::PLAN.columns);
    let structure = structure(
        &resource.type_name,
        &docs::record(resource),
        &resource.columns,
        &quote!(&#all),
        &quote!(::rest_source::__private::v1::deserialize(deserializer)),
    );
    let mut types = Vec::new();
    nested(resource, &resource.columns, &all, &mut types);
    quote! {
        #structure

        #[automatically_derived]
        impl ::rest_source::Resource for #name {
            const PLAN: &'static ::rest_source::plan::ResourcePlan = &#plan;
        }

        #(#types)*
    }
}

/// Adds the types of columns, which are at `place` in the plan.
fn nested(
    resource: &Resource,
    columns: &[Column],
    place: &TokenStream,
    types: &mut Vec<TokenStream>,
) {
    for (index, column) in columns.iter().enumerate() {
        let mut innermost = column;
        while let Content::List(items) = &innermost.content {
            innermost = items;
        }
        match &innermost.content {
            Content::Plain | Content::List(_) => {}
            Content::Words(of) => types.push(words::expand(of, column, resource)),
            Content::Record(Nested { type_name, columns }) => {
                let place = quote!(#place[#index].nested());
                let owner = ident(&resource.type_name);
                types.push(structure(
                    type_name,
                    &docs::nested(column, resource),
                    columns,
                    &place,
                    &quote! {
                        ::rest_source::__private::v1::deserialize_nested(
                            #place,
                            <#owner as ::rest_source::Resource>::PLAN.schema_contract,
                            deserializer,
                        )
                    },
                ));
                nested(resource, columns, &place, types);
            }
        }
    }
}

/// A struct with a field for each column. `of_plan` are its columns in the plan.
fn structure(
    type_name: &str,
    documentation: &TokenStream,
    columns: &[Column],
    of_plan: &TokenStream,
    deserialized: &TokenStream,
) -> TokenStream {
    let name = ident(type_name);
    let fields = columns.iter().map(field);
    let idents: Vec<_> = columns.iter().map(|column| ident(&column.field)).collect();
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
        impl ::rest_source::Record for #name {
            fn columns(&self) -> &[::rest_source::plan::Column] {
                #of_plan
            }

            fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
                match index {
                    #(#indices => ::rest_source::__private::v1::Field::field(&self.#idents),)*
                    _ => ::rest_source::__private::v1::FieldRef::Null,
                }
            }

            fn field_mut(&mut self, index: usize) -> ::rest_source::__private::v1::FieldMut<'_> {
                match index {
                    #(#indices => ::rest_source::__private::v1::Field::field_mut(&mut self.#idents),)*
                    _ => ::rest_source::__private::v1::FieldMut::Nothing,
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
        impl ::rest_source::__private::v1::serde::Serialize for #name {
            fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::rest_source::__private::v1::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                #deserialized
            }
        }
    }
}

fn field(column: &Column) -> TokenStream {
    let name = ident(&column.field);
    let documentation = docs::field(column);
    let of_type = of_type(column);
    quote! {
        #documentation
        pub #name: #of_type,
    }
}

fn of_type(column: &Column) -> TokenStream {
    let required = match &column.content {
        Content::Plain => plain_type(column),
        Content::Record(nested) => {
            let name = ident(&nested.type_name);
            quote!(#name)
        }
        Content::List(items) => {
            let items = of_type(items);
            quote!(::std::vec::Vec<#items>)
        }
        Content::Words(words) => {
            let name = ident(&words.type_name);
            quote!(#name)
        }
    };
    if column.nullable { quote!(::std::option::Option<#required>) } else { required }
}

fn plain_type(column: &Column) -> TokenStream {
    match column.data_type {
        DataType::Text => quote!(::std::string::String),
        DataType::Bigint => quote!(::std::primitive::i64),
        DataType::Double => quote!(::std::primitive::f64),
        DataType::Bool => quote!(::std::primitive::bool),
        DataType::Timestamp if !column.timezone => quote!(::rest_source::DateTime),
        DataType::Timestamp => quote!(::rest_source::Timestamp),
        DataType::Date => quote!(::rest_source::Date),
        DataType::Time => quote!(::rest_source::Time),
        DataType::Decimal => quote!(::rest_source::Decimal),
        DataType::Wei => quote!(::rest_source::Wei),
        DataType::Json => quote!(::rest_source::Json),
        DataType::Binary => quote!(::std::vec::Vec<::std::primitive::u8>),
    }
}
