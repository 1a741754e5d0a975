/// The source `payments_api`.
///
/// Reads <https://api.example.com> with a bearer token, the secret `access_token`.
///
/// | resource | record | endpoint | key | loading | paging |
/// | --- | --- | --- | --- | --- | --- |
/// | [`payments`](method@payments_api::Client::payments) | [`Payment`](struct@payments_api::Payment) | `GET /v1/payments` | `id` | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`refunds`](method@payments_api::Client::refunds) | [`Refund`](struct@payments_api::Refund) | `GET /v1/refunds` | `id` | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`mandates`](method@payments_api::Client::mandates) | [`Mandate`](struct@payments_api::Mandate) | `GET /v1/mandates` | `id` | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`payouts`](method@payments_api::Client::payouts) | [`Payout`](struct@payments_api::Payout) | `GET /v1/payouts` | `id` | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
///
/// # Client
///
/// [`Client::from_env`](method@payments_api::Client::from_env) takes the secrets from the environment, [`Client::builder`](method@payments_api::Client::builder) from you.
///
/// | secret | variable | else | setter |
/// | --- | --- | --- | --- |
/// | `access_token` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` | [`access_token`](method@payments_api::ClientBuilder::access_token) |
///
/// # Example
///
/// ```no_run
/// # #[allow(warnings)]
/// # async fn example() -> Result<(), rest_source::Error> {
/// # rest_source::__example! { public payments;
#[doc = ::core::concat!(" use ", ::core::module_path!(), "::Client;")]
///
/// let client = Client::from_env()?;
/// let mut records = client.payments().stream();
/// while let Some(record) = records.try_next().await? {
///     println!("{record:?}");
/// }
/// # }
/// # Ok(())
/// # }
/// ```
#[allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]
pub mod payments_api {
    /// Fetches [`payments`](Client::payments), [`refunds`](Client::refunds), [`mandates`](Client::mandates), [`payouts`](Client::payouts).
    ///
    /// Cloning it is cheap, and all clones share their connections.
    #[derive(Debug, Clone)]
    pub struct Client {
        inner: ::rest_source::Client,
    }
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    impl Client {
        /// Begins to build a client.
        pub fn builder() -> ClientBuilder {
            static PLAN: ::rest_source::plan::SourcePlan = {
                #[allow(unused_imports, clippy::wildcard_imports)]
                use ::rest_source::plan::*;
                #[allow(unused_imports)]
                use ::std::{
                    borrow::Cow::Borrowed, option::Option::{None, Some},
                    time::Duration,
                };
                SourcePlan {
                    name: Borrowed("payments_api"),
                    base_url: Template(
                        Borrowed(&[Part::Text(Borrowed("https://api.example.com"))]),
                    ),
                    auth: Auth::Bearer(Bearer {
                        token: Template(
                            Borrowed(&[Part::Secret(Borrowed("access_token"))]),
                        ),
                        ..Bearer::DEFAULT
                    }),
                    secrets: Borrowed(
                        &[
                            Input {
                                name: Borrowed("access_token"),
                                setter: Borrowed("access_token"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__ACCESS_TOKEN"),
                                        Borrowed("ACCESS_TOKEN"),
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                        ],
                    ),
                    ..SourcePlan::DEFAULT
                }
            };
            ClientBuilder {
                inner: ::rest_source::ClientBuilder::new(
                    ::std::borrow::Cow::Borrowed(&PLAN),
                ),
            }
        }
        /// A client that takes its secrets from the environment.
        ///
        /// | secret | variable | else |
        /// | --- | --- | --- |
        /// | `access_token` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` |
        ///
        /// # Errors
        ///
        /// A variable is not set: the error names every place that was looked at.
        pub fn from_env() -> ::std::result::Result<Client, ::rest_source::Error> {
            Client::builder().from_env().build()
        }
        /// `GET /v1/payments`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the response's `payments`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn payments(&self) -> ::rest_source::Fetch<Payment> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET /v1/refunds`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the response's `refunds`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn refunds(&self) -> ::rest_source::Fetch<Refund> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET /v1/mandates`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the response's `mandates`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn mandates(&self) -> ::rest_source::Fetch<Mandate> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET /v1/payouts`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the response's `payouts`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn payouts(&self) -> ::rest_source::Fetch<Payout> {
            ::rest_source::Fetch::new(&self.inner)
        }
    }
    #[automatically_derived]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    impl ::rest_source::Source for Client {
        fn name(&self) -> &::std::primitive::str {
            "payments_api"
        }
        fn resources(&self) -> ::std::vec::Vec<::rest_source::AnyResource> {
            ::std::vec![
                ::rest_source::AnyResource::of:: < Payment > (& self.inner),
                ::rest_source::AnyResource::of:: < Refund > (& self.inner),
                ::rest_source::AnyResource::of:: < Mandate > (& self.inner),
                ::rest_source::AnyResource::of:: < Payout > (& self.inner)
            ]
        }
    }
    /// Builds a [`Client`].
    ///
    /// It needs [`access_token`](ClientBuilder::access_token), given here or taken [from the environment](ClientBuilder::from_env). They are part of neither the source description nor the compiled program.
    #[derive(Debug)]
    #[must_use = "a client is made by `build`"]
    pub struct ClientBuilder {
        inner: ::rest_source::ClientBuilder,
    }
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    impl ClientBuilder {
        /// The secret `access_token`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__ACCESS_TOKEN` or `ACCESS_TOKEN`.
        pub fn access_token(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("access_token", value),
            }
        }
        /// Sends requests to another URL than the description's `base_url`: a sandbox, or a server in
        /// a test. It may begin with `http://` without a lint, as it is not part of the file.
        pub fn base_url(
            self,
            base_url: impl ::std::convert::Into<::std::string::String>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.base_url(base_url),
            }
        }
        /// The longest that one try of a request may take; `None` for as long as it takes.
        pub fn timeout(
            self,
            timeout: ::std::option::Option<::std::time::Duration>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.timeout(timeout),
            }
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
            ClientBuilder {
                inner: change(self.inner),
            }
        }
        /// Takes from the environment what has not been given; the variables are those of
        /// [`Client::from_env`].
        pub fn from_env(self) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.from_env(),
            }
        }
        /// The client.
        ///
        /// # Errors
        ///
        /// A secret or a setting has not been given, or the base URL is not an address.
        pub fn build(self) -> ::std::result::Result<Client, ::rest_source::Error> {
            ::std::result::Result::Ok(Client {
                inner: self.inner.build()?,
            })
        }
    }
    /// A record of the resource `payments`, as [`Client::payments`] fetches it from `GET /v1/payments`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Payment {
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub id: ::std::option::Option<::std::string::String>,
        /// When it was created
        ///
        /// `timestamp`; may be missing.
        pub created_at: ::std::option::Option<::rest_source::Timestamp>,
        /// In the currency's smallest unit
        ///
        /// `bigint`; may be missing.
        pub amount: ::std::option::Option<::std::primitive::i64>,
        /// Three letters of ISO 4217
        ///
        /// `text`; may be missing.
        pub currency: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Payment {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Payment as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.created_at),
                2usize => ::rest_source::__private::v1::Field::field(&self.amount),
                3usize => ::rest_source::__private::v1::Field::field(&self.currency),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.id),
                1usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.created_at)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.amount)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.currency)
                }
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
    impl ::rest_source::__private::v1::serde::Serialize for Payment {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Payment {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Payment {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("payments"),
                table_name: Borrowed("payments"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("/v1/payments"))])),
                    data_selector: Some(
                        Selector::Keys(Borrowed(&[Borrowed("payments")])),
                    ),
                    paginator: Paginator::Cursor(Cursor {
                        cursor_path: Selector::Keys(
                            Borrowed(
                                &[Borrowed("meta"), Borrowed("cursors"), Borrowed("after")],
                            ),
                        ),
                        place: Place::Param(
                            Template(Borrowed(&[Part::Text(Borrowed("after"))])),
                        ),
                        page_size: Some(PageSize {
                            place: Place::Param(
                                Template(Borrowed(&[Part::Text(Borrowed("limit"))])),
                            ),
                            records: Configurable::Known(500u64),
                            ..PageSize::DEFAULT
                        }),
                        ..Cursor::DEFAULT
                    }),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier"),
                        Column::described(
                            "created_at",
                            DataType::Timestamp,
                            "When it was created",
                        ),
                        Column::described(
                            "amount",
                            DataType::Bigint,
                            "In the currency's smallest unit",
                        ),
                        Column::described(
                            "currency",
                            DataType::Text,
                            "Three letters of ISO 4217",
                        ),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `refunds`, as [`Client::refunds`] fetches it from `GET /v1/refunds`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Refund {
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub id: ::std::option::Option<::std::string::String>,
        /// When it was created
        ///
        /// `timestamp`; may be missing.
        pub created_at: ::std::option::Option<::rest_source::Timestamp>,
        /// In the currency's smallest unit
        ///
        /// `bigint`; may be missing.
        pub amount: ::std::option::Option<::std::primitive::i64>,
        /// Three letters of ISO 4217
        ///
        /// `text`; may be missing.
        pub currency: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Refund {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Refund as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.created_at),
                2usize => ::rest_source::__private::v1::Field::field(&self.amount),
                3usize => ::rest_source::__private::v1::Field::field(&self.currency),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.id),
                1usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.created_at)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.amount)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.currency)
                }
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
    impl ::rest_source::__private::v1::serde::Serialize for Refund {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Refund {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Refund {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("refunds"),
                table_name: Borrowed("refunds"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("/v1/refunds"))])),
                    data_selector: Some(
                        Selector::Keys(Borrowed(&[Borrowed("refunds")])),
                    ),
                    paginator: Paginator::Cursor(Cursor {
                        cursor_path: Selector::Keys(
                            Borrowed(
                                &[Borrowed("meta"), Borrowed("cursors"), Borrowed("after")],
                            ),
                        ),
                        place: Place::Param(
                            Template(Borrowed(&[Part::Text(Borrowed("after"))])),
                        ),
                        page_size: Some(PageSize {
                            place: Place::Param(
                                Template(Borrowed(&[Part::Text(Borrowed("limit"))])),
                            ),
                            records: Configurable::Known(500u64),
                            ..PageSize::DEFAULT
                        }),
                        ..Cursor::DEFAULT
                    }),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier"),
                        Column::described(
                            "created_at",
                            DataType::Timestamp,
                            "When it was created",
                        ),
                        Column::described(
                            "amount",
                            DataType::Bigint,
                            "In the currency's smallest unit",
                        ),
                        Column::described(
                            "currency",
                            DataType::Text,
                            "Three letters of ISO 4217",
                        ),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `mandates`, as [`Client::mandates`] fetches it from `GET /v1/mandates`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Mandate {
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub id: ::std::option::Option<::std::string::String>,
        /// When it was created
        ///
        /// `timestamp`; may be missing.
        pub created_at: ::std::option::Option<::rest_source::Timestamp>,
        /// In the currency's smallest unit
        ///
        /// `bigint`; may be missing.
        pub amount: ::std::option::Option<::std::primitive::i64>,
        /// Three letters of ISO 4217
        ///
        /// `text`; may be missing.
        pub currency: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Mandate {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Mandate as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.created_at),
                2usize => ::rest_source::__private::v1::Field::field(&self.amount),
                3usize => ::rest_source::__private::v1::Field::field(&self.currency),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.id),
                1usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.created_at)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.amount)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.currency)
                }
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
    impl ::rest_source::__private::v1::serde::Serialize for Mandate {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Mandate {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Mandate {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("mandates"),
                table_name: Borrowed("mandates"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("/v1/mandates"))])),
                    data_selector: Some(
                        Selector::Keys(Borrowed(&[Borrowed("mandates")])),
                    ),
                    paginator: Paginator::Cursor(Cursor {
                        cursor_path: Selector::Keys(
                            Borrowed(
                                &[Borrowed("meta"), Borrowed("cursors"), Borrowed("after")],
                            ),
                        ),
                        place: Place::Param(
                            Template(Borrowed(&[Part::Text(Borrowed("after"))])),
                        ),
                        page_size: Some(PageSize {
                            place: Place::Param(
                                Template(Borrowed(&[Part::Text(Borrowed("limit"))])),
                            ),
                            records: Configurable::Known(500u64),
                            ..PageSize::DEFAULT
                        }),
                        ..Cursor::DEFAULT
                    }),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier"),
                        Column::described(
                            "created_at",
                            DataType::Timestamp,
                            "When it was created",
                        ),
                        Column::described(
                            "amount",
                            DataType::Bigint,
                            "In the currency's smallest unit",
                        ),
                        Column::described(
                            "currency",
                            DataType::Text,
                            "Three letters of ISO 4217",
                        ),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `payouts`, as [`Client::payouts`] fetches it from `GET /v1/payouts`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Payout {
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub id: ::std::option::Option<::std::string::String>,
        /// When it was created
        ///
        /// `timestamp`; may be missing.
        pub created_at: ::std::option::Option<::rest_source::Timestamp>,
        /// In the currency's smallest unit
        ///
        /// `bigint`; may be missing.
        pub amount: ::std::option::Option<::std::primitive::i64>,
        /// Three letters of ISO 4217
        ///
        /// `text`; may be missing.
        pub currency: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Payout {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Payout as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.created_at),
                2usize => ::rest_source::__private::v1::Field::field(&self.amount),
                3usize => ::rest_source::__private::v1::Field::field(&self.currency),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.id),
                1usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.created_at)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.amount)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.currency)
                }
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
    impl ::rest_source::__private::v1::serde::Serialize for Payout {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Payout {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Payout {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("payouts"),
                table_name: Borrowed("payouts"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("/v1/payouts"))])),
                    data_selector: Some(
                        Selector::Keys(Borrowed(&[Borrowed("payouts")])),
                    ),
                    paginator: Paginator::Cursor(Cursor {
                        cursor_path: Selector::Keys(
                            Borrowed(
                                &[Borrowed("meta"), Borrowed("cursors"), Borrowed("after")],
                            ),
                        ),
                        place: Place::Param(
                            Template(Borrowed(&[Part::Text(Borrowed("after"))])),
                        ),
                        page_size: Some(PageSize {
                            place: Place::Param(
                                Template(Borrowed(&[Part::Text(Borrowed("limit"))])),
                            ),
                            records: Configurable::Known(500u64),
                            ..PageSize::DEFAULT
                        }),
                        ..Cursor::DEFAULT
                    }),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier"),
                        Column::described(
                            "created_at",
                            DataType::Timestamp,
                            "When it was created",
                        ),
                        Column::described(
                            "amount",
                            DataType::Bigint,
                            "In the currency's smallest unit",
                        ),
                        Column::described(
                            "currency",
                            DataType::Text,
                            "Three letters of ISO 4217",
                        ),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
}
