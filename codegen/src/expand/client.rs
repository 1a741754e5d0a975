//! The client of a source and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, plan};
use crate::model::{Resource, Secret, Source};

pub(super) fn expand(source: &Source, module: &str) -> TokenStream {
    let plan = plan::source(source, module);
    let client_docs = docs::client(source);
    let builder_docs = docs::builder(source);
    let from_env_docs = docs::from_env(source);
    let functions = source.resources.iter().map(function);
    let setters = source.secrets.iter().map(setter);
    let types: Vec<_> = source.resources.iter().map(|r| ident(&r.type_name)).collect();
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
        impl ::rest_source::Source for Client {
            fn name(&self) -> &::std::primitive::str {
                #module
            }

            fn resources(&self) -> ::std::vec::Vec<::rest_source::AnyResource> {
                ::std::vec![#(::rest_source::AnyResource::of::<#types>(&self.inner)),*]
            }
        }

        #builder_docs
        #[derive(Debug)]
        pub struct ClientBuilder {
            inner: ::rest_source::ClientBuilder,
        }

        #lenient
        impl ClientBuilder {
            #(#setters)*

            /// Sends requests to another address than the source description's: a sandbox, or a
            /// server in a test. It may begin with `http://` without a lint, as whoever calls this
            /// knows where the secrets go.
            #[must_use]
            pub fn base_url(
                self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> ClientBuilder {
                ClientBuilder { inner: self.inner.base_url(base_url) }
            }

            /// The longest that one try of a request may take; `None` for as long as it takes.
            #[must_use]
            pub fn timeout(
                self,
                timeout: ::std::option::Option<::std::time::Duration>,
            ) -> ClientBuilder {
                ClientBuilder { inner: self.inner.timeout(timeout) }
            }

            /// Takes from the environment what has not been given; the variables are those of
            /// [`Client::from_env`].
            #[must_use]
            pub fn from_env(self) -> ClientBuilder {
                ClientBuilder { inner: self.inner.from_env() }
            }

            /// The client.
            ///
            /// # Errors
            ///
            /// A secret has not been given, or the base URL is not an address.
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
    quote! {
        #documentation
        pub fn #name(&self) -> ::rest_source::Fetch<#record> {
            ::rest_source::Fetch::new(&self.inner)
        }
    }
}

fn setter(secret: &Secret) -> TokenStream {
    let setter = ident(&secret.setter);
    let name = &secret.name;
    let documentation = docs::setter(secret);
    quote! {
        #documentation
        #[must_use]
        pub fn #setter(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder { inner: self.inner.secret(#name, value) }
        }
    }
}
