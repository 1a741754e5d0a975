//! The client of a source and its builder.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use rest_source_plan::{DataType, Input, SettingType};

use super::{docs, ident, plan};
use crate::model::{Resource, Source};

pub(super) fn expand(source: &Source, module: &str) -> TokenStream {
    let plan = plan::source(&source.plan);
    let client_docs = docs::client(source);
    let builder_docs = docs::builder(source);
    let from_env_docs = docs::from_env(source);
    let functions = source.resources.iter().map(function);
    let secrets = source.plan.secrets.iter().map(secret);
    let settings = source.plan.config.iter().map(setting);
    // A loader has no arguments to give.
    let loaded = source.resources.iter().filter(|resource| resource.arguments.is_empty());
    let types: Vec<_> = loaded.map(|resource| ident(&resource.type_name)).collect();
    let resources_docs = docs::resources(source);
    let lenient = docs::lenient();
    quote! {
        #client_docs
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: ::rest_source::Client,
        }

        #lenient
        impl Client {
            /// Begins to build a client.
            pub fn builder() -> ClientBuilder {
                static PLAN: ::rest_source::plan::SourcePlan = #plan;
                ClientBuilder {
                    inner: ::rest_source::ClientBuilder::new(::std::borrow::Cow::Borrowed(&PLAN))
                }
            }

            #from_env_docs
            pub fn from_env() -> ::std::result::Result<Client, ::rest_source::Error> {
                Client::builder().from_env().build()
            }

            #(#functions)*
        }

        #[automatically_derived]
        #lenient
        impl ::rest_source::Source for Client {
            fn name(&self) -> &::std::primitive::str {
                #module
            }

            #resources_docs
            fn resources(&self) -> ::std::vec::Vec<::rest_source::AnyResource> {
                ::std::vec![#(::rest_source::AnyResource::of::<#types>(&self.inner)),*]
            }
        }

        #builder_docs
        #[derive(Debug)]
        #[must_use = "a client is made by `build`"]
        pub struct ClientBuilder {
            inner: ::rest_source::ClientBuilder,
        }

        #lenient
        impl ClientBuilder {
            #(#secrets)*
            #(#settings)*

            /// Sends requests to another URL than the description's `base_url`: a sandbox, or a server in
            /// a test. It may begin with `http://` without a lint, as it is not part of the file.
            pub fn base_url(
                self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> ClientBuilder {
                ClientBuilder { inner: self.inner.base_url(base_url) }
            }

            /// The longest that one try of a request may take; `None` for as long as it takes.
            pub fn timeout(
                self,
                timeout: ::std::option::Option<::std::time::Duration>,
            ) -> ClientBuilder {
                ClientBuilder { inner: self.inner.timeout(timeout) }
            }

            /// Sets what else there is to set, on the builder of the runtime:
            /// [`auth`](::rest_source::ClientBuilder::auth) and
            /// [`paginator`](::rest_source::ClientBuilder::paginator) for those of one's own,
            /// [`max_body_bytes`](::rest_source::ClientBuilder::max_body_bytes),
            /// [`on_request`](::rest_source::ClientBuilder::on_request).
            ///
            /// `builder.with(|builder| builder.max_body_bytes(1 << 20))`
            pub fn with(
                self,
                change: impl ::std::ops::FnOnce(
                    ::rest_source::ClientBuilder,
                ) -> ::rest_source::ClientBuilder,
            ) -> ClientBuilder {
                ClientBuilder { inner: change(self.inner) }
            }

            /// Takes from the environment what has not been given; the variables are those of
            /// [`Client::from_env`].
            pub fn from_env(self) -> ClientBuilder {
                ClientBuilder { inner: self.inner.from_env() }
            }

            /// The client.
            ///
            /// # Errors
            ///
            /// A secret or a setting has not been given, or the base URL is not an address.
            pub fn build(self) -> ::std::result::Result<Client, ::rest_source::Error> {
                ::std::result::Result::Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}

fn function(resource: &Resource) -> TokenStream {
    let name = ident(&resource.function);
    let record = ident(&resource.type_name);
    let documentation = docs::function(resource);
    let parameters = resource.arguments.iter().map(|argument| {
        let (name, of_type) = (ident(&argument.variable), argument_type(argument.data_type));
        quote!(#name: #of_type)
    });
    let arguments = resource.arguments.iter().map(|argument| {
        let (name, variable) = (&argument.name, ident(&argument.variable));
        let value = argument_value(argument.data_type, &variable);
        quote!(.argument(#name, #value))
    });
    quote! {
        #documentation
        pub fn #name(&self #(, #parameters)*) -> ::rest_source::Fetch<#record> {
            ::rest_source::Fetch::new(&self.inner) #(#arguments)*
        }
    }
}

/// What a function takes for a value of this type.
fn argument_type(data_type: DataType) -> TokenStream {
    match data_type {
        DataType::Bigint => quote!(::std::primitive::i64),
        DataType::Double => quote!(::std::primitive::f64),
        DataType::Bool => quote!(::std::primitive::bool),
        DataType::Timestamp => quote!(::rest_source::Timestamp),
        DataType::Date => quote!(::rest_source::Date),
        DataType::Time => quote!(::rest_source::Time),
        DataType::Decimal => quote!(::rest_source::Decimal),
        DataType::Wei => quote!(::rest_source::Wei),
        // A value in a path is text.
        DataType::Text | DataType::Json | DataType::Binary => {
            quote!(impl ::std::convert::Into<::std::string::String>)
        }
    }
}

/// Such a value as JSON, in which times and large numbers are text.
fn argument_value(data_type: DataType, variable: &Ident) -> TokenStream {
    match data_type {
        DataType::Bigint | DataType::Double | DataType::Bool => quote!(#variable),
        DataType::Timestamp
        | DataType::Date
        | DataType::Time
        | DataType::Decimal
        | DataType::Wei => quote!(::std::string::ToString::to_string(&#variable)),
        DataType::Text | DataType::Json | DataType::Binary => {
            quote!(::std::convert::Into::<::std::string::String>::into(#variable))
        }
    }
}

fn secret(input: &Input) -> TokenStream {
    let setter = ident(&input.setter);
    let name = &*input.name;
    let documentation = docs::setter("secret", input);
    quote! {
        #documentation
        pub fn #setter(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder { inner: self.inner.secret(#name, value) }
        }
    }
}

fn setting(input: &Input) -> TokenStream {
    let setter = ident(&input.setter);
    let name = &*input.name;
    let documentation = docs::setter("setting", input);
    let (parameter, value) = match input.data_type {
        SettingType::Text => {
            (quote!(value: impl ::std::convert::Into<::std::string::String>), quote!(value))
        }
        SettingType::Integer => (
            quote!(value: ::std::primitive::i64),
            quote!(::std::string::ToString::to_string(&value)),
        ),
        SettingType::Boolean => (
            quote!(value: ::std::primitive::bool),
            quote!(::std::string::ToString::to_string(&value)),
        ),
        SettingType::List => {
            return quote! {
                #documentation
                pub fn #setter(
                    self,
                    values: impl ::std::iter::IntoIterator<
                        Item = impl ::std::convert::Into<::std::string::String>,
                    >,
                ) -> ClientBuilder {
                    ClientBuilder { inner: self.inner.config_list(#name, values) }
                }
            };
        }
    };
    quote! {
        #documentation
        pub fn #setter(
            self,
            #parameter,
        ) -> ClientBuilder {
            ClientBuilder { inner: self.inner.config(#name, #value) }
        }
    }
}
