/// A source with one of everything
///
/// Reads <https://api.example.com/base> with a bearer token, the secret `accessToken`.
///
/// | resource | record | endpoint | key | loading | paging |
/// | --- | --- | --- | --- | --- | --- |
/// | [`plain`](method@payments_api::Client::plain) | [`Plain`](struct@payments_api::Plain) | `GET plain` | `id`, `account`, merged by `account` too | `merge` | 500 a page, following `meta.cursors.after` by `after` |
/// | [`people`](method@payments_api::Client::people) | [`Human`](struct@payments_api::Human) | `GET /v1/people` | `id`, `account` | `append` | 500 a page, following `meta.cursors.after` by `after` |
/// | [`settings`](method@payments_api::Client::settings) | [`Setting`](struct@payments_api::Setting) | `GET settings` |  | `replace` | in one page |
/// | [`orders`](method@payments_api::Client::orders) | [`Order`](struct@payments_api::Order) | `GET orders` | `id` | `append` | in one page |
///
/// # Client
///
/// [`Client::from_env`](method@payments_api::Client::from_env) takes the secrets from the environment, [`Client::builder`](method@payments_api::Client::builder) from you.
///
/// | secret | variable | else | setter |
/// | --- | --- | --- | --- |
/// | `other.key` | `PAYMENTS_API__OTHER__KEY` | `OTHER__KEY` | [`other_key`](method@payments_api::ClientBuilder::other_key) |
/// | `accessToken` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` | [`access_token`](method@payments_api::ClientBuilder::access_token) |
///
/// # Example
///
/// ```no_run
/// # #[allow(warnings)]
/// # async fn example() -> Result<(), rest_source::Error> {
/// # rest_source::__example! { public plain;
#[doc = ::core::concat!(" use ", ::core::module_path!(), "::Client;")]
///
/// let client = Client::from_env()?;
/// let mut records = client.plain().stream();
/// while let Some(record) = records.try_next().await? {
///     println!("{record:?}");
/// }
/// # }
/// # Ok(())
/// # }
/// ```
#[allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]
pub mod payments_api {
    /// Fetches [`plain`](Client::plain), [`people`](Client::people), [`settings`](Client::settings), [`orders`](Client::orders).
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
            static PLAN: ::rest_source::plan::SourcePlan = ::rest_source::plan::SourcePlan {
                name: ::std::borrow::Cow::Borrowed("payments_api"),
                base_url: ::rest_source::plan::Template(
                    ::std::borrow::Cow::Borrowed(
                        &[
                            ::rest_source::plan::Part::Text(
                                ::std::borrow::Cow::Borrowed("https://api.example.com/base"),
                            ),
                        ],
                    ),
                ),
                headers: ::std::borrow::Cow::Borrowed(
                    &[
                        (
                            ::std::borrow::Cow::Borrowed("X-Api-Version"),
                            ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("2015-07-06"),
                                        ),
                                    ],
                                ),
                            ),
                        ),
                        (
                            ::std::borrow::Cow::Borrowed("X-Number"),
                            ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("5"),
                                        ),
                                    ],
                                ),
                            ),
                        ),
                        (
                            ::std::borrow::Cow::Borrowed("Authorization"),
                            ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("Token "),
                                        ),
                                        ::rest_source::plan::Part::Secret(
                                            ::std::borrow::Cow::Borrowed("other.key"),
                                        ),
                                    ],
                                ),
                            ),
                        ),
                    ],
                ),
                auth: ::rest_source::plan::Auth::Bearer {
                    token: ::rest_source::plan::Template(
                        ::std::borrow::Cow::Borrowed(
                            &[
                                ::rest_source::plan::Part::Secret(
                                    ::std::borrow::Cow::Borrowed("accessToken"),
                                ),
                            ],
                        ),
                    ),
                },
                secrets: ::std::borrow::Cow::Borrowed(
                    &[
                        ::rest_source::plan::Input {
                            name: ::std::borrow::Cow::Borrowed("other.key"),
                            setter: ::std::borrow::Cow::Borrowed("other_key"),
                            variables: ::std::borrow::Cow::Borrowed(
                                &[
                                    ::std::borrow::Cow::Borrowed("PAYMENTS_API__OTHER__KEY"),
                                    ::std::borrow::Cow::Borrowed("OTHER__KEY"),
                                ],
                            ),
                        },
                        ::rest_source::plan::Input {
                            name: ::std::borrow::Cow::Borrowed("accessToken"),
                            setter: ::std::borrow::Cow::Borrowed("access_token"),
                            variables: ::std::borrow::Cow::Borrowed(
                                &[
                                    ::std::borrow::Cow::Borrowed("PAYMENTS_API__ACCESS_TOKEN"),
                                    ::std::borrow::Cow::Borrowed("ACCESS_TOKEN"),
                                ],
                            ),
                        },
                    ],
                ),
                config: ::std::borrow::Cow::Borrowed(&[]),
                concurrency: 8,
                rate_limit: ::std::option::Option::None,
                allowed_hosts: ::std::borrow::Cow::Borrowed(&[]),
                retry: ::rest_source::plan::Retry {
                    statuses: ::std::borrow::Cow::Borrowed(&[429u16, 503u16]),
                    max_retries: 5u32,
                    backoff_factor: 1.5f64,
                    max_delay: ::std::time::Duration::from_micros(30000000u64),
                    max_elapsed: ::std::time::Duration::from_micros(120500000u64),
                },
                timeout: ::std::time::Duration::from_micros(20000000u64),
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
        /// | `other.key` | `PAYMENTS_API__OTHER__KEY` | `OTHER__KEY` |
        /// | `accessToken` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` |
        ///
        /// # Errors
        ///
        /// A variable is not set: the error names every place that was looked at.
        pub fn from_env() -> ::std::result::Result<Client, ::rest_source::Error> {
            Client::builder().from_env().build()
        }
        /// `GET plain`, 500 a page, following `meta.cursors.after` by `after`. The records are the list that the response is.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn plain(&self) -> ::rest_source::Fetch<Plain> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// Everybody
        ///
        /// `GET /v1/people`, 500 a page, following `meta.cursors.after` by `after`. The records are the response's `people`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn people(&self) -> ::rest_source::Fetch<Human> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET settings`, in one page. The records are the response itself.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn settings(&self) -> ::rest_source::Fetch<Setting> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET orders`, in one page. The records are the response's `orders`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn orders(&self) -> ::rest_source::Fetch<Order> {
            ::rest_source::Fetch::new(&self.inner)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Source for Client {
        fn name(&self) -> &::std::primitive::str {
            "payments_api"
        }
        fn resources(&self) -> ::std::vec::Vec<::rest_source::AnyResource> {
            ::std::vec![
                ::rest_source::AnyResource::of:: < Plain > (& self.inner),
                ::rest_source::AnyResource::of:: < Human > (& self.inner),
                ::rest_source::AnyResource::of:: < Setting > (& self.inner),
                ::rest_source::AnyResource::of:: < Order > (& self.inner)
            ]
        }
    }
    /// Builds a [`Client`].
    ///
    /// It needs [`other_key`](ClientBuilder::other_key), [`access_token`](ClientBuilder::access_token), given here or taken [from the environment](ClientBuilder::from_env). They are part of neither the source description nor the compiled program.
    #[derive(Debug)]
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
        /// The secret `other.key`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__OTHER__KEY` or `OTHER__KEY`.
        #[must_use]
        pub fn other_key(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("other.key", value),
            }
        }
        /// The secret `accessToken`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__ACCESS_TOKEN` or `ACCESS_TOKEN`.
        #[must_use]
        pub fn access_token(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("accessToken", value),
            }
        }
        /// Sends requests to another address than the source description's: a sandbox, or a
        /// server in a test. It may begin with `http://` without a lint, as whoever calls this
        /// knows where the secrets go.
        #[must_use]
        pub fn base_url(
            self,
            base_url: impl ::std::convert::Into<::std::string::String>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.base_url(base_url),
            }
        }
        /// The longest that one try of a request may take; `None` for as long as it takes.
        #[must_use]
        pub fn timeout(
            self,
            timeout: ::std::option::Option<::std::time::Duration>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.timeout(timeout),
            }
        }
        /// Takes from the environment what has not been given; the variables are those of
        /// [`Client::from_env`].
        #[must_use]
        pub fn from_env(self) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.from_env(),
            }
        }
        /// The client.
        ///
        /// # Errors
        ///
        /// A secret has not been given, or the base URL is not an address.
        pub fn build(self) -> ::std::result::Result<Client, ::rest_source::Error> {
            ::std::result::Result::Ok(Client {
                inner: self.inner.build()?,
            })
        }
    }
    /// A record of the resource `plain`, as [`Client::plain`] fetches it from `GET plain`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Plain {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// Text
        ///
        /// `text`; may be missing.
        pub account: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Plain {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Plain as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.id),
                1usize => ::rest_source::Field::field(&self.account),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.id),
                1usize => ::rest_source::Field::field_mut(&mut self.account),
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
    impl ::rest_source::__private::serde::Serialize for Plain {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for Plain {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Plain {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &::rest_source::plan::ResourcePlan {
            name: ::std::borrow::Cow::Borrowed("plain"),
            table_name: ::std::borrow::Cow::Borrowed("plain"),
            selected: true,
            parent: ::std::option::Option::None,
            arguments: ::std::borrow::Cow::Borrowed(&[]),
            endpoint: ::rest_source::plan::Endpoint {
                method: ::rest_source::plan::Method::Get,
                path: ::rest_source::plan::Template(
                    ::std::borrow::Cow::Borrowed(
                        &[
                            ::rest_source::plan::Part::Text(
                                ::std::borrow::Cow::Borrowed("plain"),
                            ),
                        ],
                    ),
                ),
                params: ::std::borrow::Cow::Borrowed(
                    &[
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("locale"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("en"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("a"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("b"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("flag"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("true"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                    ],
                ),
                headers: ::std::borrow::Cow::Borrowed(&[]),
                body: ::std::option::Option::None,
                auth: ::std::option::Option::None,
                data_selector: ::std::option::Option::None,
                paginator: ::rest_source::plan::Paginator::Cursor {
                    cursor_path: ::rest_source::plan::Selector::Keys(
                        ::std::borrow::Cow::Borrowed(
                            &[
                                ::std::borrow::Cow::Borrowed("meta"),
                                ::std::borrow::Cow::Borrowed("cursors"),
                                ::std::borrow::Cow::Borrowed("after"),
                            ],
                        ),
                    ),
                    place: ::rest_source::plan::Place::Param(
                        ::std::borrow::Cow::Borrowed("after"),
                    ),
                    initial_cursor: ::std::option::Option::None,
                    page_size: ::std::option::Option::Some(::rest_source::plan::PageSize {
                        place: ::rest_source::plan::Place::Param(
                            ::std::borrow::Cow::Borrowed("size"),
                        ),
                        records: 500u64,
                    }),
                    end: ::rest_source::plan::End::NONE,
                },
                response_actions: ::std::borrow::Cow::Borrowed(&[]),
                incremental: ::std::option::Option::None,
            },
            columns: ::std::borrow::Cow::Borrowed(
                &[
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("id"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: false,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("Unique identifier"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("account"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                ],
            ),
            primary_key: ::std::borrow::Cow::Borrowed(
                &[
                    ::std::borrow::Cow::Borrowed("id"),
                    ::std::borrow::Cow::Borrowed("account"),
                ],
            ),
            merge_key: ::std::borrow::Cow::Borrowed(
                &[::std::borrow::Cow::Borrowed("account")],
            ),
            write_disposition: ::rest_source::plan::WriteDisposition::Merge,
            merge_strategy: ::rest_source::plan::MergeStrategy::Default,
            schema_contract: ::rest_source::plan::SchemaContract::EVOLVE,
            max_table_nesting: ::std::option::Option::None,
        };
    }
    /// Everybody
    ///
    /// A record of the resource `people`, as [`Client::people`] fetches it from `GET /v1/people`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Human {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// A whole number
        ///
        /// `bigint`; may be missing.
        pub account: ::std::option::Option<::std::primitive::i64>,
        /// A number
        ///
        /// `double`; may be missing.
        pub double: ::std::option::Option<::std::primitive::f64>,
        /// True or false
        ///
        /// `bool`; may be missing.
        pub bool: ::std::option::Option<::std::primitive::bool>,
        /// A moment in time
        ///
        /// `timestamp`; may be missing.
        pub timestamp: ::std::option::Option<::rest_source::Timestamp>,
        /// A date
        ///
        /// `date`; may be missing.
        pub date: ::std::option::Option<::rest_source::Date>,
        /// A time of day
        ///
        /// `time`; may be missing.
        pub time: ::std::option::Option<::rest_source::Time>,
        /// An exact decimal number
        ///
        /// `decimal`; may be missing.
        pub decimal: ::std::option::Option<::rest_source::Decimal>,
        /// A whole number of any size
        ///
        /// `wei`; may be missing.
        pub wei: ::std::option::Option<::rest_source::Wei>,
        /// JSON
        ///
        /// `json`; may be missing.
        pub json: ::std::option::Option<::rest_source::__private::serde_json::Value>,
        /// Bytes
        ///
        /// `binary`; may be missing.
        pub binary: ::std::option::Option<::std::vec::Vec<::std::primitive::u8>>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Human {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Human as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.id),
                1usize => ::rest_source::Field::field(&self.account),
                2usize => ::rest_source::Field::field(&self.double),
                3usize => ::rest_source::Field::field(&self.bool),
                4usize => ::rest_source::Field::field(&self.timestamp),
                5usize => ::rest_source::Field::field(&self.date),
                6usize => ::rest_source::Field::field(&self.time),
                7usize => ::rest_source::Field::field(&self.decimal),
                8usize => ::rest_source::Field::field(&self.wei),
                9usize => ::rest_source::Field::field(&self.json),
                10usize => ::rest_source::Field::field(&self.binary),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.id),
                1usize => ::rest_source::Field::field_mut(&mut self.account),
                2usize => ::rest_source::Field::field_mut(&mut self.double),
                3usize => ::rest_source::Field::field_mut(&mut self.bool),
                4usize => ::rest_source::Field::field_mut(&mut self.timestamp),
                5usize => ::rest_source::Field::field_mut(&mut self.date),
                6usize => ::rest_source::Field::field_mut(&mut self.time),
                7usize => ::rest_source::Field::field_mut(&mut self.decimal),
                8usize => ::rest_source::Field::field_mut(&mut self.wei),
                9usize => ::rest_source::Field::field_mut(&mut self.json),
                10usize => ::rest_source::Field::field_mut(&mut self.binary),
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
    impl ::rest_source::__private::serde::Serialize for Human {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for Human {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Human {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &::rest_source::plan::ResourcePlan {
            name: ::std::borrow::Cow::Borrowed("people"),
            table_name: ::std::borrow::Cow::Borrowed("people"),
            selected: true,
            parent: ::std::option::Option::None,
            arguments: ::std::borrow::Cow::Borrowed(&[]),
            endpoint: ::rest_source::plan::Endpoint {
                method: ::rest_source::plan::Method::Get,
                path: ::rest_source::plan::Template(
                    ::std::borrow::Cow::Borrowed(
                        &[
                            ::rest_source::plan::Part::Text(
                                ::std::borrow::Cow::Borrowed("/v1/people"),
                            ),
                        ],
                    ),
                ),
                params: ::std::borrow::Cow::Borrowed(
                    &[
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("a"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("b"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("flag"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("true"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("extra"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("1"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                    ],
                ),
                headers: ::std::borrow::Cow::Borrowed(&[]),
                body: ::std::option::Option::None,
                auth: ::std::option::Option::None,
                data_selector: ::std::option::Option::Some(
                    ::rest_source::plan::Selector::Keys(
                        ::std::borrow::Cow::Borrowed(
                            &[::std::borrow::Cow::Borrowed("people")],
                        ),
                    ),
                ),
                paginator: ::rest_source::plan::Paginator::Cursor {
                    cursor_path: ::rest_source::plan::Selector::Keys(
                        ::std::borrow::Cow::Borrowed(
                            &[
                                ::std::borrow::Cow::Borrowed("meta"),
                                ::std::borrow::Cow::Borrowed("cursors"),
                                ::std::borrow::Cow::Borrowed("after"),
                            ],
                        ),
                    ),
                    place: ::rest_source::plan::Place::Param(
                        ::std::borrow::Cow::Borrowed("after"),
                    ),
                    initial_cursor: ::std::option::Option::None,
                    page_size: ::std::option::Option::Some(::rest_source::plan::PageSize {
                        place: ::rest_source::plan::Place::Param(
                            ::std::borrow::Cow::Borrowed("size"),
                        ),
                        records: 500u64,
                    }),
                    end: ::rest_source::plan::End::NONE,
                },
                response_actions: ::std::borrow::Cow::Borrowed(&[]),
                incremental: ::std::option::Option::None,
            },
            columns: ::std::borrow::Cow::Borrowed(
                &[
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("id"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: false,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("Unique identifier"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("account"),
                        data_type: ::rest_source::plan::DataType::Bigint,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("double"),
                        data_type: ::rest_source::plan::DataType::Double,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("bool"),
                        data_type: ::rest_source::plan::DataType::Bool,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("timestamp"),
                        data_type: ::rest_source::plan::DataType::Timestamp,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("date"),
                        data_type: ::rest_source::plan::DataType::Date,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("time"),
                        data_type: ::rest_source::plan::DataType::Time,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("decimal"),
                        data_type: ::rest_source::plan::DataType::Decimal,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("wei"),
                        data_type: ::rest_source::plan::DataType::Wei,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("json"),
                        data_type: ::rest_source::plan::DataType::Json,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("binary"),
                        data_type: ::rest_source::plan::DataType::Binary,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                ],
            ),
            primary_key: ::std::borrow::Cow::Borrowed(
                &[
                    ::std::borrow::Cow::Borrowed("id"),
                    ::std::borrow::Cow::Borrowed("account"),
                ],
            ),
            merge_key: ::std::borrow::Cow::Borrowed(
                &[::std::borrow::Cow::Borrowed("account")],
            ),
            write_disposition: ::rest_source::plan::WriteDisposition::Append,
            merge_strategy: ::rest_source::plan::MergeStrategy::Default,
            schema_contract: ::rest_source::plan::SchemaContract::EVOLVE,
            max_table_nesting: ::std::option::Option::None,
        };
    }
    /// A record of the resource `settings`, as [`Client::settings`] fetches it from `GET settings`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Setting {
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Setting {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Setting as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
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
    impl ::rest_source::__private::serde::Serialize for Setting {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for Setting {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Setting {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &::rest_source::plan::ResourcePlan {
            name: ::std::borrow::Cow::Borrowed("settings"),
            table_name: ::std::borrow::Cow::Borrowed("settings"),
            selected: true,
            parent: ::std::option::Option::None,
            arguments: ::std::borrow::Cow::Borrowed(&[]),
            endpoint: ::rest_source::plan::Endpoint {
                method: ::rest_source::plan::Method::Get,
                path: ::rest_source::plan::Template(
                    ::std::borrow::Cow::Borrowed(
                        &[
                            ::rest_source::plan::Part::Text(
                                ::std::borrow::Cow::Borrowed("settings"),
                            ),
                        ],
                    ),
                ),
                params: ::std::borrow::Cow::Borrowed(
                    &[
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("locale"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("en"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("a"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("b"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("flag"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("true"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                    ],
                ),
                headers: ::std::borrow::Cow::Borrowed(&[]),
                body: ::std::option::Option::None,
                auth: ::std::option::Option::None,
                data_selector: ::std::option::Option::Some(
                    ::rest_source::plan::Selector::Keys(
                        ::std::borrow::Cow::Borrowed(&[]),
                    ),
                ),
                paginator: ::rest_source::plan::Paginator::SinglePage,
                response_actions: ::std::borrow::Cow::Borrowed(&[]),
                incremental: ::std::option::Option::None,
            },
            columns: ::std::borrow::Cow::Borrowed(&[]),
            primary_key: ::std::borrow::Cow::Borrowed(&[]),
            merge_key: ::std::borrow::Cow::Borrowed(&[]),
            write_disposition: ::rest_source::plan::WriteDisposition::Replace,
            merge_strategy: ::rest_source::plan::MergeStrategy::Default,
            schema_contract: ::rest_source::plan::SchemaContract::EVOLVE,
            max_table_nesting: ::std::option::Option::None,
        };
    }
    /// A record of the resource `orders`, as [`Client::orders`] fetches it from `GET orders`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Order {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// Text
        ///
        /// `text`; may be missing.
        pub account: ::std::option::Option<::std::string::String>,
        /// How far it is
        ///
        /// A word; may be missing.
        pub status: ::std::option::Option<OrderStatus>,
        /// A date and a time of day
        ///
        /// `timestamp`; never missing.
        pub placed: ::rest_source::DateTime,
        /// An exact decimal number
        ///
        /// `decimal`; may be missing.
        pub price: ::std::option::Option<::rest_source::Decimal>,
        /// Who pays
        ///
        /// A record; may be missing.
        pub customer: ::std::option::Option<OrderCustomer>,
        /// A list of records, called `lineItems` in the API; never missing.
        pub line_items: ::std::vec::Vec<OrderLineItem>,
        /// A list of words; may be missing.
        pub labels: ::std::option::Option<
            ::std::vec::Vec<::std::option::Option<OrderLabel>>,
        >,
        /// Rows of numbers
        ///
        /// A list of lists of `double`; may be missing.
        pub grid: ::std::option::Option<
            ::std::vec::Vec<
                ::std::vec::Vec<::std::option::Option<::std::primitive::f64>>,
            >,
        >,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Order {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Order as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.id),
                1usize => ::rest_source::Field::field(&self.account),
                2usize => ::rest_source::Field::field(&self.status),
                3usize => ::rest_source::Field::field(&self.placed),
                4usize => ::rest_source::Field::field(&self.price),
                5usize => ::rest_source::Field::field(&self.customer),
                6usize => ::rest_source::Field::field(&self.line_items),
                7usize => ::rest_source::Field::field(&self.labels),
                8usize => ::rest_source::Field::field(&self.grid),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.id),
                1usize => ::rest_source::Field::field_mut(&mut self.account),
                2usize => ::rest_source::Field::field_mut(&mut self.status),
                3usize => ::rest_source::Field::field_mut(&mut self.placed),
                4usize => ::rest_source::Field::field_mut(&mut self.price),
                5usize => ::rest_source::Field::field_mut(&mut self.customer),
                6usize => ::rest_source::Field::field_mut(&mut self.line_items),
                7usize => ::rest_source::Field::field_mut(&mut self.labels),
                8usize => ::rest_source::Field::field_mut(&mut self.grid),
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
    impl ::rest_source::__private::serde::Serialize for Order {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for Order {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Order {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &::rest_source::plan::ResourcePlan {
            name: ::std::borrow::Cow::Borrowed("orders"),
            table_name: ::std::borrow::Cow::Borrowed("orders"),
            selected: true,
            parent: ::std::option::Option::None,
            arguments: ::std::borrow::Cow::Borrowed(&[]),
            endpoint: ::rest_source::plan::Endpoint {
                method: ::rest_source::plan::Method::Get,
                path: ::rest_source::plan::Template(
                    ::std::borrow::Cow::Borrowed(
                        &[
                            ::rest_source::plan::Part::Text(
                                ::std::borrow::Cow::Borrowed("orders"),
                            ),
                        ],
                    ),
                ),
                params: ::std::borrow::Cow::Borrowed(
                    &[
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("locale"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("en"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("a"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("expand"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("b"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                        ::rest_source::plan::Param {
                            name: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("flag"),
                                        ),
                                    ],
                                ),
                            ),
                            value: ::rest_source::plan::Template(
                                ::std::borrow::Cow::Borrowed(
                                    &[
                                        ::rest_source::plan::Part::Text(
                                            ::std::borrow::Cow::Borrowed("true"),
                                        ),
                                    ],
                                ),
                            ),
                        },
                    ],
                ),
                headers: ::std::borrow::Cow::Borrowed(&[]),
                body: ::std::option::Option::None,
                auth: ::std::option::Option::None,
                data_selector: ::std::option::Option::Some(
                    ::rest_source::plan::Selector::Keys(
                        ::std::borrow::Cow::Borrowed(
                            &[::std::borrow::Cow::Borrowed("orders")],
                        ),
                    ),
                ),
                paginator: ::rest_source::plan::Paginator::SinglePage,
                response_actions: ::std::borrow::Cow::Borrowed(&[]),
                incremental: ::std::option::Option::None,
            },
            columns: ::std::borrow::Cow::Borrowed(
                &[
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("id"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: false,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("Unique identifier"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("account"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("status"),
                        data_type: ::rest_source::plan::DataType::Text,
                        nullable: true,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("How far it is"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(
                            &[
                                ::std::borrow::Cow::Borrowed("paid"),
                                ::std::borrow::Cow::Borrowed("in-progress"),
                                ::std::borrow::Cow::Borrowed("30 days"),
                                ::std::borrow::Cow::Borrowed("unknown"),
                                ::std::borrow::Cow::Borrowed("Self"),
                                ::std::borrow::Cow::Borrowed("Err"),
                            ],
                        ),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("placed"),
                        data_type: ::rest_source::plan::DataType::Timestamp,
                        nullable: false,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: false,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("price"),
                        data_type: ::rest_source::plan::DataType::Decimal,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::Some(10u32),
                        scale: ::std::option::Option::Some(2u32),
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("customer"),
                        data_type: ::rest_source::plan::DataType::Json,
                        nullable: true,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("Who pays"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(
                            &[
                                ::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed("id"),
                                    data_type: ::rest_source::plan::DataType::Text,
                                    nullable: false,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(&[]),
                                    items: ::std::option::Option::None,
                                    words: ::std::borrow::Cow::Borrowed(&[]),
                                },
                                ::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed("type"),
                                    data_type: ::rest_source::plan::DataType::Text,
                                    nullable: false,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(&[]),
                                    items: ::std::option::Option::None,
                                    words: ::std::borrow::Cow::Borrowed(
                                        &[
                                            ::std::borrow::Cow::Borrowed("person"),
                                            ::std::borrow::Cow::Borrowed("company"),
                                        ],
                                    ),
                                },
                                ::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed("address"),
                                    data_type: ::rest_source::plan::DataType::Json,
                                    nullable: true,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(
                                        &[
                                            ::rest_source::plan::Column {
                                                name: ::std::borrow::Cow::Borrowed("lines"),
                                                data_type: ::rest_source::plan::DataType::Json,
                                                nullable: true,
                                                description: ::std::option::Option::None,
                                                precision: ::std::option::Option::None,
                                                scale: ::std::option::Option::None,
                                                timezone: true,
                                                unique: false,
                                                sort: false,
                                                hard_delete: false,
                                                dedup_sort: ::std::option::Option::None,
                                                fields: ::std::borrow::Cow::Borrowed(&[]),
                                                items: ::std::option::Option::Some(
                                                    ::rest_source::plan::Link::Static(
                                                        &::rest_source::plan::Column {
                                                            name: ::std::borrow::Cow::Borrowed(""),
                                                            data_type: ::rest_source::plan::DataType::Text,
                                                            nullable: false,
                                                            description: ::std::option::Option::None,
                                                            precision: ::std::option::Option::None,
                                                            scale: ::std::option::Option::None,
                                                            timezone: true,
                                                            unique: false,
                                                            sort: false,
                                                            hard_delete: false,
                                                            dedup_sort: ::std::option::Option::None,
                                                            fields: ::std::borrow::Cow::Borrowed(&[]),
                                                            items: ::std::option::Option::None,
                                                            words: ::std::borrow::Cow::Borrowed(&[]),
                                                        },
                                                    ),
                                                ),
                                                words: ::std::borrow::Cow::Borrowed(&[]),
                                            },
                                            ::rest_source::plan::Column {
                                                name: ::std::borrow::Cow::Borrowed("country"),
                                                data_type: ::rest_source::plan::DataType::Text,
                                                nullable: true,
                                                description: ::std::option::Option::Some(
                                                    ::std::borrow::Cow::Borrowed("Two letters"),
                                                ),
                                                precision: ::std::option::Option::None,
                                                scale: ::std::option::Option::None,
                                                timezone: true,
                                                unique: false,
                                                sort: false,
                                                hard_delete: false,
                                                dedup_sort: ::std::option::Option::None,
                                                fields: ::std::borrow::Cow::Borrowed(&[]),
                                                items: ::std::option::Option::None,
                                                words: ::std::borrow::Cow::Borrowed(&[]),
                                            },
                                        ],
                                    ),
                                    items: ::std::option::Option::None,
                                    words: ::std::borrow::Cow::Borrowed(&[]),
                                },
                            ],
                        ),
                        items: ::std::option::Option::None,
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("lineItems"),
                        data_type: ::rest_source::plan::DataType::Json,
                        nullable: false,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::Some(
                            ::rest_source::plan::Link::Static(
                                &::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed(""),
                                    data_type: ::rest_source::plan::DataType::Json,
                                    nullable: false,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(
                                        &[
                                            ::rest_source::plan::Column {
                                                name: ::std::borrow::Cow::Borrowed("sku"),
                                                data_type: ::rest_source::plan::DataType::Text,
                                                nullable: true,
                                                description: ::std::option::Option::None,
                                                precision: ::std::option::Option::None,
                                                scale: ::std::option::Option::None,
                                                timezone: true,
                                                unique: false,
                                                sort: false,
                                                hard_delete: false,
                                                dedup_sort: ::std::option::Option::None,
                                                fields: ::std::borrow::Cow::Borrowed(&[]),
                                                items: ::std::option::Option::None,
                                                words: ::std::borrow::Cow::Borrowed(&[]),
                                            },
                                            ::rest_source::plan::Column {
                                                name: ::std::borrow::Cow::Borrowed("taxes"),
                                                data_type: ::rest_source::plan::DataType::Json,
                                                nullable: true,
                                                description: ::std::option::Option::None,
                                                precision: ::std::option::Option::None,
                                                scale: ::std::option::Option::None,
                                                timezone: true,
                                                unique: false,
                                                sort: false,
                                                hard_delete: false,
                                                dedup_sort: ::std::option::Option::None,
                                                fields: ::std::borrow::Cow::Borrowed(&[]),
                                                items: ::std::option::Option::Some(
                                                    ::rest_source::plan::Link::Static(
                                                        &::rest_source::plan::Column {
                                                            name: ::std::borrow::Cow::Borrowed(""),
                                                            data_type: ::rest_source::plan::DataType::Json,
                                                            nullable: false,
                                                            description: ::std::option::Option::None,
                                                            precision: ::std::option::Option::None,
                                                            scale: ::std::option::Option::None,
                                                            timezone: true,
                                                            unique: false,
                                                            sort: false,
                                                            hard_delete: false,
                                                            dedup_sort: ::std::option::Option::None,
                                                            fields: ::std::borrow::Cow::Borrowed(
                                                                &[
                                                                    ::rest_source::plan::Column {
                                                                        name: ::std::borrow::Cow::Borrowed("rate"),
                                                                        data_type: ::rest_source::plan::DataType::Decimal,
                                                                        nullable: true,
                                                                        description: ::std::option::Option::None,
                                                                        precision: ::std::option::Option::None,
                                                                        scale: ::std::option::Option::None,
                                                                        timezone: true,
                                                                        unique: false,
                                                                        sort: false,
                                                                        hard_delete: false,
                                                                        dedup_sort: ::std::option::Option::None,
                                                                        fields: ::std::borrow::Cow::Borrowed(&[]),
                                                                        items: ::std::option::Option::None,
                                                                        words: ::std::borrow::Cow::Borrowed(&[]),
                                                                    },
                                                                ],
                                                            ),
                                                            items: ::std::option::Option::None,
                                                            words: ::std::borrow::Cow::Borrowed(&[]),
                                                        },
                                                    ),
                                                ),
                                                words: ::std::borrow::Cow::Borrowed(&[]),
                                            },
                                        ],
                                    ),
                                    items: ::std::option::Option::None,
                                    words: ::std::borrow::Cow::Borrowed(&[]),
                                },
                            ),
                        ),
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("labels"),
                        data_type: ::rest_source::plan::DataType::Json,
                        nullable: true,
                        description: ::std::option::Option::None,
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::Some(
                            ::rest_source::plan::Link::Static(
                                &::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed(""),
                                    data_type: ::rest_source::plan::DataType::Text,
                                    nullable: true,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(&[]),
                                    items: ::std::option::Option::None,
                                    words: ::std::borrow::Cow::Borrowed(
                                        &[
                                            ::std::borrow::Cow::Borrowed("new"),
                                            ::std::borrow::Cow::Borrowed("old"),
                                        ],
                                    ),
                                },
                            ),
                        ),
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                    ::rest_source::plan::Column {
                        name: ::std::borrow::Cow::Borrowed("grid"),
                        data_type: ::rest_source::plan::DataType::Json,
                        nullable: true,
                        description: ::std::option::Option::Some(
                            ::std::borrow::Cow::Borrowed("Rows of numbers"),
                        ),
                        precision: ::std::option::Option::None,
                        scale: ::std::option::Option::None,
                        timezone: true,
                        unique: false,
                        sort: false,
                        hard_delete: false,
                        dedup_sort: ::std::option::Option::None,
                        fields: ::std::borrow::Cow::Borrowed(&[]),
                        items: ::std::option::Option::Some(
                            ::rest_source::plan::Link::Static(
                                &::rest_source::plan::Column {
                                    name: ::std::borrow::Cow::Borrowed(""),
                                    data_type: ::rest_source::plan::DataType::Json,
                                    nullable: false,
                                    description: ::std::option::Option::None,
                                    precision: ::std::option::Option::None,
                                    scale: ::std::option::Option::None,
                                    timezone: true,
                                    unique: false,
                                    sort: false,
                                    hard_delete: false,
                                    dedup_sort: ::std::option::Option::None,
                                    fields: ::std::borrow::Cow::Borrowed(&[]),
                                    items: ::std::option::Option::Some(
                                        ::rest_source::plan::Link::Static(
                                            &::rest_source::plan::Column {
                                                name: ::std::borrow::Cow::Borrowed(""),
                                                data_type: ::rest_source::plan::DataType::Double,
                                                nullable: true,
                                                description: ::std::option::Option::None,
                                                precision: ::std::option::Option::None,
                                                scale: ::std::option::Option::None,
                                                timezone: true,
                                                unique: false,
                                                sort: false,
                                                hard_delete: false,
                                                dedup_sort: ::std::option::Option::None,
                                                fields: ::std::borrow::Cow::Borrowed(&[]),
                                                items: ::std::option::Option::None,
                                                words: ::std::borrow::Cow::Borrowed(&[]),
                                            },
                                        ),
                                    ),
                                    words: ::std::borrow::Cow::Borrowed(&[]),
                                },
                            ),
                        ),
                        words: ::std::borrow::Cow::Borrowed(&[]),
                    },
                ],
            ),
            primary_key: ::std::borrow::Cow::Borrowed(
                &[::std::borrow::Cow::Borrowed("id")],
            ),
            merge_key: ::std::borrow::Cow::Borrowed(&[]),
            write_disposition: ::rest_source::plan::WriteDisposition::Append,
            merge_strategy: ::rest_source::plan::MergeStrategy::Default,
            schema_contract: ::rest_source::plan::SchemaContract::EVOLVE,
            max_table_nesting: ::std::option::Option::None,
        };
    }
    /// How far it is
    ///
    /// A word in the field `status` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub enum OrderStatus {
        /// `paid`
        Paid,
        /// `in-progress`
        InProgress,
        /// `30 days`
        _30Days,
        /// `unknown`
        Unknown_,
        /// `Self`
        Self_,
        /// `Err`
        Err,
        /// A word that the source description does not list.
        Unknown(::std::string::String),
    }
    #[automatically_derived]
    impl OrderStatus {
        /// The word as the API writes it.
        #[must_use]
        pub fn as_str(&self) -> &::std::primitive::str {
            match self {
                OrderStatus::Paid => "paid",
                OrderStatus::InProgress => "in-progress",
                OrderStatus::_30Days => "30 days",
                OrderStatus::Unknown_ => "unknown",
                OrderStatus::Self_ => "Self",
                OrderStatus::Err => "Err",
                OrderStatus::Unknown(word) => word,
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::convert::From<&::std::primitive::str> for OrderStatus {
        fn from(word: &::std::primitive::str) -> OrderStatus {
            match word {
                "paid" => OrderStatus::Paid,
                "in-progress" => OrderStatus::InProgress,
                "30 days" => OrderStatus::_30Days,
                "unknown" => OrderStatus::Unknown_,
                "Self" => OrderStatus::Self_,
                "Err" => OrderStatus::Err,
                word => OrderStatus::Unknown(::std::string::ToString::to_string(word)),
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::str::FromStr for OrderStatus {
        type Err = ::std::convert::Infallible;
        fn from_str(
            word: &::std::primitive::str,
        ) -> ::std::result::Result<OrderStatus, ::std::convert::Infallible> {
            ::std::result::Result::Ok(OrderStatus::from(word))
        }
    }
    /// The word as the API writes it.
    impl ::std::fmt::Display for OrderStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.pad(self.as_str())
        }
    }
    /// The empty word, which stands where a record has none yet.
    impl ::std::default::Default for OrderStatus {
        fn default() -> OrderStatus {
            OrderStatus::from("")
        }
    }
    #[automatically_derived]
    impl ::rest_source::Word for OrderStatus {
        fn as_str(&self) -> &::std::primitive::str {
            OrderStatus::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> OrderStatus {
            OrderStatus::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::FieldValue for OrderStatus {
        fn value(&self) -> ::rest_source::FieldRef<'_> {
            ::rest_source::FieldRef::Text(OrderStatus::as_str(self))
        }
        fn place(place: &mut OrderStatus) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<OrderStatus>,
        ) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::serde::Serialize for OrderStatus {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(OrderStatus::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for OrderStatus {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<OrderStatus, D::Error> {
            ::rest_source::__private::deserialize_word(deserializer)
        }
    }
    /// Who pays
    ///
    /// A record in the field `customer` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct OrderCustomer {
        /// Text
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// A word; never missing.
        pub r#type: Legal,
        /// A record; may be missing.
        pub address: ::std::option::Option<OrderCustomerAddress>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for OrderCustomer {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            <Order as ::rest_source::Resource>::PLAN.columns[5usize].nested()
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.id),
                1usize => ::rest_source::Field::field(&self.r#type),
                2usize => ::rest_source::Field::field(&self.address),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.id),
                1usize => ::rest_source::Field::field_mut(&mut self.r#type),
                2usize => ::rest_source::Field::field_mut(&mut self.address),
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
    impl ::rest_source::__private::serde::Serialize for OrderCustomer {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for OrderCustomer {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize_nested(
                <Order as ::rest_source::Resource>::PLAN.columns[5usize].nested(),
                <Order as ::rest_source::Resource>::PLAN.schema_contract,
                deserializer,
            )
        }
    }
    /// A word in the field `type` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub enum Legal {
        /// `person`
        Person,
        /// `company`
        Company,
        /// A word that the source description does not list.
        Unknown(::std::string::String),
    }
    #[automatically_derived]
    impl Legal {
        /// The word as the API writes it.
        #[must_use]
        pub fn as_str(&self) -> &::std::primitive::str {
            match self {
                Legal::Person => "person",
                Legal::Company => "company",
                Legal::Unknown(word) => word,
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::convert::From<&::std::primitive::str> for Legal {
        fn from(word: &::std::primitive::str) -> Legal {
            match word {
                "person" => Legal::Person,
                "company" => Legal::Company,
                word => Legal::Unknown(::std::string::ToString::to_string(word)),
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::str::FromStr for Legal {
        type Err = ::std::convert::Infallible;
        fn from_str(
            word: &::std::primitive::str,
        ) -> ::std::result::Result<Legal, ::std::convert::Infallible> {
            ::std::result::Result::Ok(Legal::from(word))
        }
    }
    /// The word as the API writes it.
    impl ::std::fmt::Display for Legal {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.pad(self.as_str())
        }
    }
    /// The empty word, which stands where a record has none yet.
    impl ::std::default::Default for Legal {
        fn default() -> Legal {
            Legal::from("")
        }
    }
    #[automatically_derived]
    impl ::rest_source::Word for Legal {
        fn as_str(&self) -> &::std::primitive::str {
            Legal::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> Legal {
            Legal::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::FieldValue for Legal {
        fn value(&self) -> ::rest_source::FieldRef<'_> {
            ::rest_source::FieldRef::Text(Legal::as_str(self))
        }
        fn place(place: &mut Legal) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<Legal>,
        ) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::serde::Serialize for Legal {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(Legal::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for Legal {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Legal, D::Error> {
            ::rest_source::__private::deserialize_word(deserializer)
        }
    }
    /// A record in the field `address` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct OrderCustomerAddress {
        /// A list of `text`; may be missing.
        pub lines: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// Two letters
        ///
        /// `text`; may be missing.
        pub country: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for OrderCustomerAddress {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            <Order as ::rest_source::Resource>::PLAN
                .columns[5usize]
                .nested()[2usize]
                .nested()
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.lines),
                1usize => ::rest_source::Field::field(&self.country),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.lines),
                1usize => ::rest_source::Field::field_mut(&mut self.country),
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
    impl ::rest_source::__private::serde::Serialize for OrderCustomerAddress {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de>
    for OrderCustomerAddress {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize_nested(
                <Order as ::rest_source::Resource>::PLAN
                    .columns[5usize]
                    .nested()[2usize]
                    .nested(),
                <Order as ::rest_source::Resource>::PLAN.schema_contract,
                deserializer,
            )
        }
    }
    /// A record in the list `lineItems` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct OrderLineItem {
        /// Text
        ///
        /// `text`; may be missing.
        pub sku: ::std::option::Option<::std::string::String>,
        /// A list of records; may be missing.
        pub taxes: ::std::option::Option<::std::vec::Vec<OrderLineItemTax>>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for OrderLineItem {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            <Order as ::rest_source::Resource>::PLAN.columns[6usize].nested()
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.sku),
                1usize => ::rest_source::Field::field(&self.taxes),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.sku),
                1usize => ::rest_source::Field::field_mut(&mut self.taxes),
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
    impl ::rest_source::__private::serde::Serialize for OrderLineItem {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for OrderLineItem {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize_nested(
                <Order as ::rest_source::Resource>::PLAN.columns[6usize].nested(),
                <Order as ::rest_source::Resource>::PLAN.schema_contract,
                deserializer,
            )
        }
    }
    /// A record in the list `taxes` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct OrderLineItemTax {
        /// An exact decimal number
        ///
        /// `decimal`; may be missing.
        pub rate: ::std::option::Option<::rest_source::Decimal>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for OrderLineItemTax {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            <Order as ::rest_source::Resource>::PLAN
                .columns[6usize]
                .nested()[1usize]
                .nested()
        }
        fn field(&self, index: usize) -> ::rest_source::FieldRef<'_> {
            match index {
                0usize => ::rest_source::Field::field(&self.rate),
                _ => ::rest_source::FieldRef::Null,
            }
        }
        fn field_mut(&mut self, index: usize) -> ::rest_source::FieldMut<'_> {
            match index {
                0usize => ::rest_source::Field::field_mut(&mut self.rate),
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
    impl ::rest_source::__private::serde::Serialize for OrderLineItemTax {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for OrderLineItemTax {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::deserialize_nested(
                <Order as ::rest_source::Resource>::PLAN
                    .columns[6usize]
                    .nested()[1usize]
                    .nested(),
                <Order as ::rest_source::Resource>::PLAN.schema_contract,
                deserializer,
            )
        }
    }
    /// A word in the list `labels` of the resource `orders`.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub enum OrderLabel {
        /// `new`
        New,
        /// `old`
        Old,
        /// A word that the source description does not list.
        Unknown(::std::string::String),
    }
    #[automatically_derived]
    impl OrderLabel {
        /// The word as the API writes it.
        #[must_use]
        pub fn as_str(&self) -> &::std::primitive::str {
            match self {
                OrderLabel::New => "new",
                OrderLabel::Old => "old",
                OrderLabel::Unknown(word) => word,
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::convert::From<&::std::primitive::str> for OrderLabel {
        fn from(word: &::std::primitive::str) -> OrderLabel {
            match word {
                "new" => OrderLabel::New,
                "old" => OrderLabel::Old,
                word => OrderLabel::Unknown(::std::string::ToString::to_string(word)),
            }
        }
    }
    /// Of the word as the API writes it.
    impl ::std::str::FromStr for OrderLabel {
        type Err = ::std::convert::Infallible;
        fn from_str(
            word: &::std::primitive::str,
        ) -> ::std::result::Result<OrderLabel, ::std::convert::Infallible> {
            ::std::result::Result::Ok(OrderLabel::from(word))
        }
    }
    /// The word as the API writes it.
    impl ::std::fmt::Display for OrderLabel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.pad(self.as_str())
        }
    }
    /// The empty word, which stands where a record has none yet.
    impl ::std::default::Default for OrderLabel {
        fn default() -> OrderLabel {
            OrderLabel::from("")
        }
    }
    #[automatically_derived]
    impl ::rest_source::Word for OrderLabel {
        fn as_str(&self) -> &::std::primitive::str {
            OrderLabel::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> OrderLabel {
            OrderLabel::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::FieldValue for OrderLabel {
        fn value(&self) -> ::rest_source::FieldRef<'_> {
            ::rest_source::FieldRef::Text(OrderLabel::as_str(self))
        }
        fn place(place: &mut OrderLabel) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<OrderLabel>,
        ) -> ::rest_source::FieldMut<'_> {
            ::rest_source::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::serde::Serialize for OrderLabel {
        fn serialize<S: ::rest_source::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(OrderLabel::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::serde::Deserialize<'de> for OrderLabel {
        fn deserialize<D: ::rest_source::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<OrderLabel, D::Error> {
            ::rest_source::__private::deserialize_word(deserializer)
        }
    }
}
