/// A source with one of everything
///
/// Reads <https://api.example.com/base> with a bearer token, the secret `accessToken`.
///
/// | resource | record | endpoint | key | loading | paging |
/// | --- | --- | --- | --- | --- | --- |
/// | [`plain`](method@payments_api::Client::plain) | [`Plain`](struct@payments_api::Plain) | `GET plain` | `id`, `account`, merged by `account` too | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`people`](method@payments_api::Client::people) | [`Human`](struct@payments_api::Human) | `GET /v1/people` | `id`, `account` | `append` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`settings`](method@payments_api::Client::settings) | [`Setting`](struct@payments_api::Setting) | `GET settings` |  | `replace` | a single page |
/// | [`orders`](method@payments_api::Client::orders) | [`Order`](struct@payments_api::Order) | `GET orders` | `id` | `append` | a single page |
/// | [`comments`](method@payments_api::Client::comments) | [`Comment`](struct@payments_api::Comment) | `GET /{resources.orders.id}/comments` | `id`, `account`, merged by `account` too | `merge` | cursor pagination, 500 per page: `after` from `meta.cursors.after` |
/// | [`authenticated`](method@payments_api::Client::authenticated) | [`Authenticated`](struct@payments_api::Authenticated) | `POST authenticated` | `id`, `account` | `append` | a single page |
/// | [`posts`](method@payments_api::Client::posts) | [`Post`](struct@payments_api::Post) | `GET /{resources.orders.id}/posts` | `id`, `account`, merged by `account` too | `merge` | a single page |
/// | [`cells`](method@payments_api::Client::cells) | [`Cell`](struct@payments_api::Cell) | `GET cells` | `id` | `merge` | a single page |
/// | [`reports`](method@payments_api::Client::reports) | [`Report`](struct@payments_api::Report) | `GET reports` | `id`, `account`, merged by `account` too | `merge` | a single page |
/// | [`issues`](method@payments_api::Client::issues) | [`Issue`](struct@payments_api::Issue) | `GET repos/{each.repo}/issues` | `id`, `account`, merged by `account` too | `merge` | offset pagination, `{config.page_size}` per page: `offset` |
/// | [`statuses`](method@payments_api::Client::statuses) | [`Status`](struct@payments_api::Status) | `POST statuses/{resources.orders.status}` | `id`, `account`, merged by `account` too | `merge` | a single page |
/// | [`stock`](method@payments_api::Client::stock) | [`Stock`](struct@payments_api::Stock) | `GET stock/{resources.orders.id}/{resources.issues.id}` | `id`, `account`, merged by `account` too | `merge` | a single page |
/// | [`rates`](method@payments_api::Client::rates) | [`Rate`](struct@payments_api::Rate) | `GET rates` | `id`, `account`, merged by `account` too | `merge` | a single page |
///
/// # Parents
///
/// A child is requested once for each record of its parent, which stands above it.
///
/// ```text
/// orders
/// ├── comments
/// ├── posts
/// ├── statuses
/// └── stock
/// ```
///
/// # Client
///
/// [`Client::from_env`](method@payments_api::Client::from_env) takes the secrets and settings from the environment, [`Client::builder`](method@payments_api::Client::builder) from you.
///
/// | secret or setting | variable | else | setter |
/// | --- | --- | --- | --- |
/// | `other.key` | `PAYMENTS_API__OTHER__KEY` | `OTHER__KEY` | [`other_key`](method@payments_api::ClientBuilder::other_key) |
/// | `accessToken` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` | [`access_token`](method@payments_api::ClientBuilder::access_token) |
/// | `key` | `PAYMENTS_API__KEY` | `KEY` | [`key`](method@payments_api::ClientBuilder::key) |
/// | `password` | `PAYMENTS_API__PASSWORD` | `PASSWORD` | [`password`](method@payments_api::ClientBuilder::password) |
/// | `client_id` | `PAYMENTS_API__CLIENT_ID` | `CLIENT_ID` | [`client_id`](method@payments_api::ClientBuilder::client_id) |
/// | `client_secret` | `PAYMENTS_API__CLIENT_SECRET` | `CLIENT_SECRET` | [`client_secret`](method@payments_api::ClientBuilder::client_secret) |
/// | `refresh_token` | `PAYMENTS_API__REFRESH_TOKEN` | `REFRESH_TOKEN` | [`refresh_token`](method@payments_api::ClientBuilder::refresh_token) |
/// | `private_key` | `PAYMENTS_API__PRIVATE_KEY` | `PRIVATE_KEY` | [`private_key`](method@payments_api::ClientBuilder::private_key) |
/// | `key_file` | `PAYMENTS_API__KEY_FILE` | `KEY_FILE` | [`key_file`](method@payments_api::ClientBuilder::key_file) |
/// | `repos` | `PAYMENTS_API__REPOS` | `REPOS` | [`repos`](method@payments_api::ClientBuilder::repos) |
/// | `page_size` | `PAYMENTS_API__PAGE_SIZE` | `PAGE_SIZE` | [`page_size`](method@payments_api::ClientBuilder::page_size) |
/// | `archived` | `PAYMENTS_API__ARCHIVED` | `ARCHIVED` | [`archived`](method@payments_api::ClientBuilder::archived) |
/// | `start` | `PAYMENTS_API__START` | `START` | [`start`](method@payments_api::ClientBuilder::start) |
/// | `auth_type` | `PAYMENTS_API__AUTH_TYPE` | `AUTH_TYPE` | [`auth_type`](method@payments_api::ClientBuilder::auth_type) |
/// | `user` | `PAYMENTS_API__USER` | `USER` | [`user`](method@payments_api::ClientBuilder::user) |
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
    /// Fetches [`plain`](Client::plain), [`people`](Client::people), [`settings`](Client::settings), [`orders`](Client::orders), [`comments`](Client::comments), [`authenticated`](Client::authenticated), [`posts`](Client::posts), [`cells`](Client::cells), [`reports`](Client::reports), [`issues`](Client::issues), [`statuses`](Client::statuses), [`stock`](Client::stock), [`rates`](Client::rates).
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
                        Borrowed(&[Part::Text(Borrowed("https://api.example.com/base"))]),
                    ),
                    headers: Borrowed(
                        &[
                            (
                                Template(
                                    Borrowed(&[Part::Text(Borrowed("X-Api-Version"))]),
                                ),
                                Template(Borrowed(&[Part::Text(Borrowed("2015-07-06"))])),
                            ),
                            (
                                Template(Borrowed(&[Part::Text(Borrowed("X-Number"))])),
                                Template(Borrowed(&[Part::Text(Borrowed("5"))])),
                            ),
                            (
                                Template(
                                    Borrowed(&[Part::Text(Borrowed("Authorization"))]),
                                ),
                                Template(
                                    Borrowed(
                                        &[
                                            Part::Text(Borrowed("Token ")),
                                            Part::Secret(Borrowed("other.key")),
                                        ],
                                    ),
                                ),
                            ),
                        ],
                    ),
                    auth: Auth::Bearer(Bearer {
                        token: Template(
                            Borrowed(&[Part::Secret(Borrowed("accessToken"))]),
                        ),
                        ..Bearer::DEFAULT
                    }),
                    secrets: Borrowed(
                        &[
                            Input {
                                name: Borrowed("other.key"),
                                setter: Borrowed("other_key"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__OTHER__KEY"),
                                        Borrowed("OTHER__KEY"),
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("accessToken"),
                                setter: Borrowed("access_token"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__ACCESS_TOKEN"),
                                        Borrowed("ACCESS_TOKEN"),
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("key"),
                                setter: Borrowed("key"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__KEY"), Borrowed("KEY")],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("body"),
                                            ..Condition::DEFAULT
                                        },
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("jwt"),
                                            ..Condition::DEFAULT
                                        },
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("hmac"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("password"),
                                setter: Borrowed("password"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__PASSWORD"), Borrowed("PASSWORD")],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("session"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("client_id"),
                                setter: Borrowed("client_id"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__CLIENT_ID"),
                                        Borrowed("CLIENT_ID"),
                                    ],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("basic"),
                                            ..Condition::DEFAULT
                                        },
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("refresh"),
                                            ..Condition::DEFAULT
                                        },
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("assertion"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("client_secret"),
                                setter: Borrowed("client_secret"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__CLIENT_SECRET"),
                                        Borrowed("CLIENT_SECRET"),
                                    ],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("basic"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("refresh_token"),
                                setter: Borrowed("refresh_token"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__REFRESH_TOKEN"),
                                        Borrowed("REFRESH_TOKEN"),
                                    ],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("refresh"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("private_key"),
                                setter: Borrowed("private_key"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__PRIVATE_KEY"),
                                        Borrowed("PRIVATE_KEY"),
                                    ],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("assertion"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("key_file"),
                                setter: Borrowed("key_file"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__KEY_FILE"), Borrowed("KEY_FILE")],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("account"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                        ],
                    ),
                    config: Borrowed(
                        &[
                            Input {
                                name: Borrowed("repos"),
                                setter: Borrowed("repos"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__REPOS"), Borrowed("REPOS")],
                                ),
                                data_type: SettingType::List,
                                declared: true,
                                description: Some(Borrowed("Which repositories")),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("page_size"),
                                setter: Borrowed("page_size"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__PAGE_SIZE"),
                                        Borrowed("PAGE_SIZE"),
                                    ],
                                ),
                                data_type: SettingType::Integer,
                                default: Some(
                                    Template(Borrowed(&[Part::Text(Borrowed("50"))])),
                                ),
                                declared: true,
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("archived"),
                                setter: Borrowed("archived"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__ARCHIVED"), Borrowed("ARCHIVED")],
                                ),
                                data_type: SettingType::Boolean,
                                optional: true,
                                declared: true,
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("start"),
                                setter: Borrowed("start"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__START"), Borrowed("START")],
                                ),
                                default: Some(
                                    Template(Borrowed(&[Part::Text(Borrowed("now - 2 years"))])),
                                ),
                                declared: true,
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("auth_type"),
                                setter: Borrowed("auth_type"),
                                variables: Borrowed(
                                    &[
                                        Borrowed("PAYMENTS_API__AUTH_TYPE"),
                                        Borrowed("AUTH_TYPE"),
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                            Input {
                                name: Borrowed("user"),
                                setter: Borrowed("user"),
                                variables: Borrowed(
                                    &[Borrowed("PAYMENTS_API__USER"), Borrowed("USER")],
                                ),
                                needed_if: Borrowed(
                                    &[
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("session"),
                                            ..Condition::DEFAULT
                                        },
                                        Condition {
                                            choose: Template(
                                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                                            ),
                                            option: Borrowed("account"),
                                            ..Condition::DEFAULT
                                        },
                                    ],
                                ),
                                ..Input::DEFAULT
                            },
                        ],
                    ),
                    retry: Retry {
                        statuses: Borrowed(&[429u16, 503u16]),
                        max_retries: 5u32,
                        backoff_factor: 1.5f64,
                        max_delay: Duration::from_secs(30),
                        max_elapsed: Duration::new(120, 500000000),
                        ..Retry::DEFAULT
                    },
                    timeout: Duration::from_secs(20),
                    ..SourcePlan::DEFAULT
                }
            };
            ClientBuilder {
                inner: ::rest_source::ClientBuilder::new(
                    ::std::borrow::Cow::Borrowed(&PLAN),
                ),
            }
        }
        /// A client that takes its secrets and settings from the environment.
        ///
        /// | secret | variable | else |
        /// | --- | --- | --- |
        /// | `other.key` | `PAYMENTS_API__OTHER__KEY` | `OTHER__KEY` |
        /// | `accessToken` | `PAYMENTS_API__ACCESS_TOKEN` | `ACCESS_TOKEN` |
        /// | `key` | `PAYMENTS_API__KEY` | `KEY` |
        /// | `password` | `PAYMENTS_API__PASSWORD` | `PASSWORD` |
        /// | `client_id` | `PAYMENTS_API__CLIENT_ID` | `CLIENT_ID` |
        /// | `client_secret` | `PAYMENTS_API__CLIENT_SECRET` | `CLIENT_SECRET` |
        /// | `refresh_token` | `PAYMENTS_API__REFRESH_TOKEN` | `REFRESH_TOKEN` |
        /// | `private_key` | `PAYMENTS_API__PRIVATE_KEY` | `PRIVATE_KEY` |
        /// | `key_file` | `PAYMENTS_API__KEY_FILE` | `KEY_FILE` |
        ///
        /// | setting | variable | else |
        /// | --- | --- | --- |
        /// | `repos` | `PAYMENTS_API__REPOS` | `REPOS` |
        /// | `page_size` | `PAYMENTS_API__PAGE_SIZE` | `PAGE_SIZE` |
        /// | `archived` | `PAYMENTS_API__ARCHIVED` | `ARCHIVED` |
        /// | `start` | `PAYMENTS_API__START` | `START` |
        /// | `auth_type` | `PAYMENTS_API__AUTH_TYPE` | `AUTH_TYPE` |
        /// | `user` | `PAYMENTS_API__USER` | `USER` |
        ///
        /// # Errors
        ///
        /// A variable is not set: the error names every place that was looked at.
        pub fn from_env() -> ::std::result::Result<Client, ::rest_source::Error> {
            Client::builder().from_env().build()
        }
        /// `GET plain`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the list that the response is or has.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn plain(&self) -> ::rest_source::Fetch<Plain> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// Everybody
        ///
        /// `GET /v1/people`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the response's `people`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn people(&self) -> ::rest_source::Fetch<Human> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET settings`, a single page. The records are the response itself.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn settings(&self) -> ::rest_source::Fetch<Setting> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET orders`, a single page. The records are the response's `['orders', 'more'][1:-1]..lines[?(@.sku & (@.price >= 1.5 | @['to'][0] != null))]`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn orders(&self) -> ::rest_source::Fetch<Order> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET /{resources.orders.id}/comments`, cursor pagination, 500 per page: `after` from `meta.cursors.after`. The records are the list that the response is or has.
        ///
        /// It is asked once for each record of `orders`, which is fetched for it.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn comments(&self) -> ::rest_source::Fetch<Comment> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `POST authenticated`, a single page. The records are the response itself.
        ///
        /// It is read as `{config.auth_type}` chooses: for `body` with a key in `auth.key` of the body, the secret `key`; for `session` with a token that the login `POST login` gives, sent in the cookie `sid`; for `cookie` with a token that the login `GET login` gives, sent in the cookie `sid`; for `form` with a token that the login `POST login` gives, sent as HTTP Basic; for `basic` with tokens that are fetched from `https://api.example.com/token` by the client's credentials, sent in the header `X-Token`; for `refresh` with tokens that are fetched from `https://api.example.com/token` by the refresh token; for `assertion` with tokens that are fetched from `https://api.example.com/token` by the client's credentials; for `account` with tokens that are fetched from the address in the key file by the JSON Web Token that the client signs; for `jwt` with a JSON Web Token that the client signs (HS512); for `hmac` with a signature of each request, by the secret `key`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn authenticated(&self) -> ::rest_source::Fetch<Authenticated> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET /{resources.orders.id}/posts`, a single page. The records are the response's `threads.*.posts`.
        ///
        /// They come with their key as `thread`; with `topic` of what encloses them as `topic`; with `meta.at` of what encloses them as `at`; only if `@.kind in ['public', 'team'] && !@.hidden`; without `secret`, `author.email`; `author.name` as `author_name`, `userId` as `id`; cast `likes` to integer, `author_name` to text; with `order` = `{resources.orders.id}`, `locale` = `{params.locale}`, `label` = `{record.id}!`, `tags` = `[1, true, {a: null}]`.
        ///
        /// It is asked once for each record of `orders`, which is fetched for it.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn posts(&self) -> ::rest_source::Fetch<Post> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET cells`, a single page. The records are the response's `rows`.
        ///
        /// They come the values of each row as `id`, `name`; only `id`, `name`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn cells(&self) -> ::rest_source::Fetch<Cell> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET reports`, a single page. The records are the response's `rows`.
        ///
        /// They come the values in `dimensions[*].value` named by `headers[*].name`; the values in `metrics` named by `names`.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn reports(&self) -> ::rest_source::Fetch<Report> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET repos/{each.repo}/issues`, offset pagination, `{config.page_size}` per page: `offset`. The records are the list that the response is or has.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn issues(&self) -> ::rest_source::Fetch<Issue> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `POST statuses/{resources.orders.status}`, a single page. The records are the list that the response is or has.
        ///
        /// It is asked once for up to 50 records of `orders`, which is fetched for it.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn statuses(&self) -> ::rest_source::Fetch<Status> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET stock/{resources.orders.id}/{resources.issues.id}`, a single page. The records are the response itself.
        ///
        /// It is asked once for each record of `orders`, combined with each of `issues`, which are fetched for it.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn stock(&self) -> ::rest_source::Fetch<Stock> {
            ::rest_source::Fetch::new(&self.inner)
        }
        /// `GET rates`, a single page. The records are the list that the response is or has.
        ///
        /// # Errors
        ///
        /// The stream ends in an error when the server refuses a request or cannot be reached, after the retries that the source description allows, and when a response is not as it describes.
        pub fn rates(&self) -> ::rest_source::Fetch<Rate> {
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
                ::rest_source::AnyResource::of:: < Plain > (& self.inner),
                ::rest_source::AnyResource::of:: < Human > (& self.inner),
                ::rest_source::AnyResource::of:: < Setting > (& self.inner),
                ::rest_source::AnyResource::of:: < Order > (& self.inner),
                ::rest_source::AnyResource::of:: < Comment > (& self.inner),
                ::rest_source::AnyResource::of:: < Authenticated > (& self.inner),
                ::rest_source::AnyResource::of:: < Post > (& self.inner),
                ::rest_source::AnyResource::of:: < Cell > (& self.inner),
                ::rest_source::AnyResource::of:: < Report > (& self.inner),
                ::rest_source::AnyResource::of:: < Issue > (& self.inner),
                ::rest_source::AnyResource::of:: < Status > (& self.inner),
                ::rest_source::AnyResource::of:: < Stock > (& self.inner),
                ::rest_source::AnyResource::of:: < Rate > (& self.inner)
            ]
        }
    }
    /// Builds a [`Client`].
    ///
    /// It needs [`other_key`](ClientBuilder::other_key), [`access_token`](ClientBuilder::access_token), [`key`](ClientBuilder::key), [`password`](ClientBuilder::password), [`client_id`](ClientBuilder::client_id), [`client_secret`](ClientBuilder::client_secret), [`refresh_token`](ClientBuilder::refresh_token), [`private_key`](ClientBuilder::private_key), [`key_file`](ClientBuilder::key_file), [`repos`](ClientBuilder::repos), [`auth_type`](ClientBuilder::auth_type), [`user`](ClientBuilder::user), given here or taken [from the environment](ClientBuilder::from_env). They are part of neither the source description nor the compiled program.
    ///
    /// It takes [`page_size`](ClientBuilder::page_size), [`archived`](ClientBuilder::archived), [`start`](ClientBuilder::start), which may be left out.
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
        /// The secret `other.key`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__OTHER__KEY` or `OTHER__KEY`.
        pub fn other_key(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("other.key", value),
            }
        }
        /// The secret `accessToken`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__ACCESS_TOKEN` or `ACCESS_TOKEN`.
        pub fn access_token(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("accessToken", value),
            }
        }
        /// The secret `key`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__KEY` or `KEY`.
        ///
        /// It is needed if `{config.auth_type}` is `body` or `{config.auth_type}` is `jwt` or `{config.auth_type}` is `hmac`.
        pub fn key(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("key", value),
            }
        }
        /// The secret `password`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__PASSWORD` or `PASSWORD`.
        ///
        /// It is needed if `{config.auth_type}` is `session`.
        pub fn password(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("password", value),
            }
        }
        /// The secret `client_id`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__CLIENT_ID` or `CLIENT_ID`.
        ///
        /// It is needed if `{config.auth_type}` is `basic` or `{config.auth_type}` is `refresh` or `{config.auth_type}` is `assertion`.
        pub fn client_id(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("client_id", value),
            }
        }
        /// The secret `client_secret`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__CLIENT_SECRET` or `CLIENT_SECRET`.
        ///
        /// It is needed if `{config.auth_type}` is `basic`.
        pub fn client_secret(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("client_secret", value),
            }
        }
        /// The secret `refresh_token`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__REFRESH_TOKEN` or `REFRESH_TOKEN`.
        ///
        /// It is needed if `{config.auth_type}` is `refresh`.
        pub fn refresh_token(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("refresh_token", value),
            }
        }
        /// The secret `private_key`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__PRIVATE_KEY` or `PRIVATE_KEY`.
        ///
        /// It is needed if `{config.auth_type}` is `assertion`.
        pub fn private_key(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("private_key", value),
            }
        }
        /// The secret `key_file`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__KEY_FILE` or `KEY_FILE`.
        ///
        /// It is needed if `{config.auth_type}` is `account`.
        pub fn key_file(
            self,
            value: impl ::std::convert::Into<::rest_source::SecretString>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.secret("key_file", value),
            }
        }
        /// Which repositories
        ///
        /// The setting `repos`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__REPOS` or `REPOS`. There it is written with commas, `a,b`, or as JSON.
        pub fn repos(
            self,
            values: impl ::std::iter::IntoIterator<
                Item = impl ::std::convert::Into<::std::string::String>,
            >,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.config_list("repos", values),
            }
        }
        /// The setting `page_size`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__PAGE_SIZE` or `PAGE_SIZE`.
        ///
        /// Default: `50`.
        pub fn page_size(self, value: ::std::primitive::i64) -> ClientBuilder {
            ClientBuilder {
                inner: self
                    .inner
                    .config("page_size", ::std::string::ToString::to_string(&value)),
            }
        }
        /// The setting `archived`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__ARCHIVED` or `ARCHIVED`.
        ///
        /// Without it, what uses it is not sent.
        pub fn archived(self, value: ::std::primitive::bool) -> ClientBuilder {
            ClientBuilder {
                inner: self
                    .inner
                    .config("archived", ::std::string::ToString::to_string(&value)),
            }
        }
        /// The setting `start`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__START` or `START`.
        ///
        /// Default: `now - 2 years`.
        pub fn start(
            self,
            value: impl ::std::convert::Into<::std::string::String>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.config("start", value),
            }
        }
        /// The setting `auth_type`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__AUTH_TYPE` or `AUTH_TYPE`.
        pub fn auth_type(
            self,
            value: impl ::std::convert::Into<::std::string::String>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.config("auth_type", value),
            }
        }
        /// The setting `user`; [`from_env`](ClientBuilder::from_env) takes it from `PAYMENTS_API__USER` or `USER`.
        ///
        /// It is needed if `{config.auth_type}` is `session` or `{config.auth_type}` is `account`.
        pub fn user(
            self,
            value: impl ::std::convert::Into<::std::string::String>,
        ) -> ClientBuilder {
            ClientBuilder {
                inner: self.inner.config("user", value),
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Plain {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Plain {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Plain {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("plain"),
                table_name: Borrowed("plain"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("plain"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
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
                                Template(Borrowed(&[Part::Text(Borrowed("size"))])),
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
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
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
        /// A whole number of up to 10,000 digits
        ///
        /// `wei`; may be missing.
        pub wei: ::std::option::Option<::rest_source::Wei>,
        /// JSON
        ///
        /// `json`; may be missing.
        pub json: ::std::option::Option<::rest_source::Json>,
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
                2usize => ::rest_source::__private::v1::Field::field(&self.double),
                3usize => ::rest_source::__private::v1::Field::field(&self.bool),
                4usize => ::rest_source::__private::v1::Field::field(&self.timestamp),
                5usize => ::rest_source::__private::v1::Field::field(&self.date),
                6usize => ::rest_source::__private::v1::Field::field(&self.time),
                7usize => ::rest_source::__private::v1::Field::field(&self.decimal),
                8usize => ::rest_source::__private::v1::Field::field(&self.wei),
                9usize => ::rest_source::__private::v1::Field::field(&self.json),
                10usize => ::rest_source::__private::v1::Field::field(&self.binary),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.double)
                }
                3usize => ::rest_source::__private::v1::Field::field_mut(&mut self.bool),
                4usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.timestamp)
                }
                5usize => ::rest_source::__private::v1::Field::field_mut(&mut self.date),
                6usize => ::rest_source::__private::v1::Field::field_mut(&mut self.time),
                7usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.decimal)
                }
                8usize => ::rest_source::__private::v1::Field::field_mut(&mut self.wei),
                9usize => ::rest_source::__private::v1::Field::field_mut(&mut self.json),
                10usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.binary)
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
    impl ::rest_source::__private::v1::serde::Serialize for Human {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Human {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Human {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("people"),
                table_name: Borrowed("people"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("/v1/people"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("extra"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("1"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[Borrowed("people")]))),
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
                                Template(Borrowed(&[Part::Text(Borrowed("size"))])),
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
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Bigint),
                        Column::new("double", DataType::Double),
                        Column::new("bool", DataType::Bool),
                        Column::new("timestamp", DataType::Timestamp),
                        Column::new("date", DataType::Date),
                        Column::new("time", DataType::Time),
                        Column::new("decimal", DataType::Decimal),
                        Column::new("wei", DataType::Wei),
                        Column::new("json", DataType::Json),
                        Column::new("binary", DataType::Binary),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                ..ResourcePlan::DEFAULT
            }
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
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
    impl ::rest_source::__private::v1::serde::Serialize for Setting {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Setting {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Setting {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("settings"),
                table_name: Borrowed("settings"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("settings"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[]))),
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                write_disposition: WriteDisposition::Replace,
                ..ResourcePlan::DEFAULT
            }
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
                2usize => ::rest_source::__private::v1::Field::field(&self.status),
                3usize => ::rest_source::__private::v1::Field::field(&self.placed),
                4usize => ::rest_source::__private::v1::Field::field(&self.price),
                5usize => ::rest_source::__private::v1::Field::field(&self.customer),
                6usize => ::rest_source::__private::v1::Field::field(&self.line_items),
                7usize => ::rest_source::__private::v1::Field::field(&self.labels),
                8usize => ::rest_source::__private::v1::Field::field(&self.grid),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.status)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.placed)
                }
                4usize => ::rest_source::__private::v1::Field::field_mut(&mut self.price),
                5usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.customer)
                }
                6usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.line_items)
                }
                7usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.labels)
                }
                8usize => ::rest_source::__private::v1::Field::field_mut(&mut self.grid),
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
    impl ::rest_source::__private::v1::serde::Serialize for Order {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Order {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Order {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("orders"),
                table_name: Borrowed("orders"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("orders"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(
                        Selector::JsonPath(JsonPath {
                            text: Borrowed(
                                "['orders', 'more'][1:-1]..lines[?(@.sku & (@.price >= 1.5 | @['to'][0] != null))]",
                            ),
                            segments: Borrowed(
                                &[
                                    Segment::Children(
                                        Borrowed(
                                            &[
                                                Choice::One(Step::Name(Borrowed("orders"))),
                                                Choice::One(Step::Name(Borrowed("more"))),
                                            ],
                                        ),
                                    ),
                                    Segment::Children(
                                        Borrowed(
                                            &[
                                                Choice::Slice(Slice {
                                                    start: Some(1i64),
                                                    end: Some(-1i64),
                                                    ..Slice::DEFAULT
                                                }),
                                            ],
                                        ),
                                    ),
                                    Segment::Descendants(
                                        Borrowed(&[Choice::One(Step::Name(Borrowed("lines")))]),
                                    ),
                                    Segment::Children(
                                        Borrowed(
                                            &[
                                                Choice::Filter(
                                                    Filter::All(
                                                        Borrowed(
                                                            &[
                                                                Filter::Exists(Query {
                                                                    segments: Borrowed(
                                                                        &[
                                                                            Segment::Children(
                                                                                Borrowed(&[Choice::One(Step::Name(Borrowed("sku")))]),
                                                                            ),
                                                                        ],
                                                                    ),
                                                                    ..Query::DEFAULT
                                                                }),
                                                                Filter::Any(
                                                                    Borrowed(
                                                                        &[
                                                                            Filter::Compare(Compare {
                                                                                left: Operand::Value(Query {
                                                                                    segments: Borrowed(
                                                                                        &[
                                                                                            Segment::Children(
                                                                                                Borrowed(&[Choice::One(Step::Name(Borrowed("price")))]),
                                                                                            ),
                                                                                        ],
                                                                                    ),
                                                                                    ..Query::DEFAULT
                                                                                }),
                                                                                comparison: Comparison::GreaterOrEqual,
                                                                                right: Operand::Literal(Literal::Number(Borrowed("1.5"))),
                                                                                ..Compare::DEFAULT
                                                                            }),
                                                                            Filter::Compare(Compare {
                                                                                left: Operand::Value(Query {
                                                                                    segments: Borrowed(
                                                                                        &[
                                                                                            Segment::Children(
                                                                                                Borrowed(&[Choice::One(Step::Name(Borrowed("to")))]),
                                                                                            ),
                                                                                            Segment::Children(
                                                                                                Borrowed(&[Choice::One(Step::Index(0i64))]),
                                                                                            ),
                                                                                        ],
                                                                                    ),
                                                                                    ..Query::DEFAULT
                                                                                }),
                                                                                comparison: Comparison::NotEqual,
                                                                                ..Compare::DEFAULT
                                                                            }),
                                                                        ],
                                                                    ),
                                                                ),
                                                            ],
                                                        ),
                                                    ),
                                                ),
                                            ],
                                        ),
                                    ),
                                ],
                            ),
                            ..JsonPath::DEFAULT
                        }),
                    ),
                    paginator: Paginator::SinglePage,
                    response_actions: Borrowed(
                        &[
                            ResponseAction {
                                filter: Some(
                                    BodyFilter::Holds(
                                        Filter::Compare(Compare {
                                            left: Operand::Value(Query {
                                                segments: Borrowed(
                                                    &[
                                                        Segment::Children(
                                                            Borrowed(&[Choice::One(Step::Name(Borrowed("code")))]),
                                                        ),
                                                    ],
                                                ),
                                                ..Query::DEFAULT
                                            }),
                                            comparison: Comparison::NotEqual,
                                            right: Operand::Literal(Literal::Number(Borrowed("0"))),
                                            ..Compare::DEFAULT
                                        }),
                                    ),
                                ),
                                ..ResponseAction::DEFAULT
                            },
                            ResponseAction {
                                statuses: Some((200u16, 200u16)),
                                filter: Some(BodyFilter::NotJson),
                                action: Action::Retry,
                                ..ResponseAction::DEFAULT
                            },
                            ResponseAction {
                                statuses: Some((202u16, 202u16)),
                                action: Action::Accept,
                                ..ResponseAction::DEFAULT
                            },
                        ],
                    ),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                        Column {
                            name: Borrowed("status"),
                            description: Some(Borrowed("How far it is")),
                            words: Borrowed(
                                &[
                                    Borrowed("paid"),
                                    Borrowed("in-progress"),
                                    Borrowed("30 days"),
                                    Borrowed("unknown"),
                                    Borrowed("Self"),
                                    Borrowed("Err"),
                                ],
                            ),
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("placed"),
                            data_type: DataType::Timestamp,
                            nullable: false,
                            timezone: false,
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("price"),
                            data_type: DataType::Decimal,
                            precision: Some(10u32),
                            scale: Some(2u32),
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("customer"),
                            data_type: DataType::Json,
                            description: Some(Borrowed("Who pays")),
                            fields: Borrowed(
                                &[
                                    Column::new("id", DataType::Text).required(),
                                    Column {
                                        name: Borrowed("type"),
                                        nullable: false,
                                        words: Borrowed(&[Borrowed("person"), Borrowed("company")]),
                                        ..Column::DEFAULT
                                    },
                                    Column {
                                        name: Borrowed("address"),
                                        data_type: DataType::Json,
                                        fields: Borrowed(
                                            &[
                                                Column {
                                                    name: Borrowed("lines"),
                                                    data_type: DataType::Json,
                                                    items: Some(
                                                        Link::Static(&Column::new("", DataType::Text).required()),
                                                    ),
                                                    ..Column::DEFAULT
                                                },
                                                Column::described("country", DataType::Text, "Two letters"),
                                            ],
                                        ),
                                        ..Column::DEFAULT
                                    },
                                ],
                            ),
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("lineItems"),
                            data_type: DataType::Json,
                            nullable: false,
                            items: Some(
                                Link::Static(
                                    &Column {
                                        data_type: DataType::Json,
                                        nullable: false,
                                        fields: Borrowed(
                                            &[
                                                Column::new("sku", DataType::Text),
                                                Column {
                                                    name: Borrowed("taxes"),
                                                    data_type: DataType::Json,
                                                    items: Some(
                                                        Link::Static(
                                                            &Column {
                                                                data_type: DataType::Json,
                                                                nullable: false,
                                                                fields: Borrowed(&[Column::new("rate", DataType::Decimal)]),
                                                                ..Column::DEFAULT
                                                            },
                                                        ),
                                                    ),
                                                    ..Column::DEFAULT
                                                },
                                            ],
                                        ),
                                        ..Column::DEFAULT
                                    },
                                ),
                            ),
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("labels"),
                            data_type: DataType::Json,
                            items: Some(
                                Link::Static(
                                    &Column {
                                        words: Borrowed(&[Borrowed("new"), Borrowed("old")]),
                                        ..Column::DEFAULT
                                    },
                                ),
                            ),
                            ..Column::DEFAULT
                        },
                        Column {
                            name: Borrowed("grid"),
                            data_type: DataType::Json,
                            description: Some(Borrowed("Rows of numbers")),
                            items: Some(
                                Link::Static(
                                    &Column {
                                        data_type: DataType::Json,
                                        nullable: false,
                                        items: Some(
                                            Link::Static(&Column::new("", DataType::Double)),
                                        ),
                                        ..Column::DEFAULT
                                    },
                                ),
                            ),
                            ..Column::DEFAULT
                        },
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                ..ResourcePlan::DEFAULT
            }
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
    impl ::rest_source::__private::v1::Word for OrderStatus {
        fn as_str(&self) -> &::std::primitive::str {
            OrderStatus::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> OrderStatus {
            OrderStatus::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::FieldValue for OrderStatus {
        fn value(&self) -> ::rest_source::__private::v1::FieldRef<'_> {
            ::rest_source::__private::v1::FieldRef::Text(OrderStatus::as_str(self))
        }
        fn place(place: &mut OrderStatus) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<OrderStatus>,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::serde::Serialize for OrderStatus {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(OrderStatus::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for OrderStatus {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<OrderStatus, D::Error> {
            ::rest_source::__private::v1::deserialize_word(deserializer)
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.r#type),
                2usize => ::rest_source::__private::v1::Field::field(&self.address),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.r#type)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.address)
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
    impl ::rest_source::__private::v1::serde::Serialize for OrderCustomer {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for OrderCustomer {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize_nested(
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
    impl ::rest_source::__private::v1::Word for Legal {
        fn as_str(&self) -> &::std::primitive::str {
            Legal::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> Legal {
            Legal::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::FieldValue for Legal {
        fn value(&self) -> ::rest_source::__private::v1::FieldRef<'_> {
            ::rest_source::__private::v1::FieldRef::Text(Legal::as_str(self))
        }
        fn place(place: &mut Legal) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<Legal>,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::serde::Serialize for Legal {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(Legal::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Legal {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Legal, D::Error> {
            ::rest_source::__private::v1::deserialize_word(deserializer)
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.lines),
                1usize => ::rest_source::__private::v1::Field::field(&self.country),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.lines),
                1usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.country)
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
    impl ::rest_source::__private::v1::serde::Serialize for OrderCustomerAddress {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de>
    for OrderCustomerAddress {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize_nested(
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.sku),
                1usize => ::rest_source::__private::v1::Field::field(&self.taxes),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.sku),
                1usize => ::rest_source::__private::v1::Field::field_mut(&mut self.taxes),
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
    impl ::rest_source::__private::v1::serde::Serialize for OrderLineItem {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for OrderLineItem {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize_nested(
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
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.rate),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.rate),
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
    impl ::rest_source::__private::v1::serde::Serialize for OrderLineItemTax {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de>
    for OrderLineItemTax {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize_nested(
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
    impl ::rest_source::__private::v1::Word for OrderLabel {
        fn as_str(&self) -> &::std::primitive::str {
            OrderLabel::as_str(self)
        }
        fn of(word: &::std::primitive::str) -> OrderLabel {
            OrderLabel::from(word)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::FieldValue for OrderLabel {
        fn value(&self) -> ::rest_source::__private::v1::FieldRef<'_> {
            ::rest_source::__private::v1::FieldRef::Text(OrderLabel::as_str(self))
        }
        fn place(place: &mut OrderLabel) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
        fn nullable_place(
            place: &mut ::std::option::Option<OrderLabel>,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            ::rest_source::__private::v1::FieldMut::Word(place)
        }
    }
    #[automatically_derived]
    impl ::rest_source::__private::v1::serde::Serialize for OrderLabel {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(OrderLabel::as_str(self))
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for OrderLabel {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<OrderLabel, D::Error> {
            ::rest_source::__private::v1::deserialize_word(deserializer)
        }
    }
    /// A record of the resource `comments`, as [`Client::comments`] fetches it from `GET /{resources.orders.id}/comments`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Comment {
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
    impl ::rest_source::Record for Comment {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Comment as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Comment {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Comment {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Comment {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            const PLAN_ORDERS: &ResourcePlan = <self::Order as ::rest_source::Resource>::PLAN;
            ResourcePlan {
                name: Borrowed("comments"),
                table_name: Borrowed("comments"),
                parent: Some(Parent {
                    plan: Link::Static(PLAN_ORDERS),
                    ..Parent::DEFAULT
                }),
                endpoint: Endpoint {
                    path: Template(
                        Borrowed(
                            &[
                                Part::Text(Borrowed("/")),
                                Part::Parent(Selector::Keys(Borrowed(&[Borrowed("id")]))),
                                Part::Text(Borrowed("/comments")),
                            ],
                        ),
                    ),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
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
                                Template(Borrowed(&[Part::Text(Borrowed("size"))])),
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
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `authenticated`, as [`Client::authenticated`] fetches it from `POST authenticated`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Authenticated {
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
    impl ::rest_source::Record for Authenticated {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Authenticated as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Authenticated {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Authenticated {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Authenticated {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("authenticated"),
                table_name: Borrowed("authenticated"),
                endpoint: Endpoint {
                    method: Method::Post,
                    path: Template(Borrowed(&[Part::Text(Borrowed("authenticated"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    auth: Some(
                        Auth::Choice(AuthChoice {
                            choose: Template(
                                Borrowed(&[Part::Config(Borrowed("auth_type"))]),
                            ),
                            options: Borrowed(
                                &[
                                    (
                                        Borrowed("body"),
                                        Auth::ApiKey(ApiKey {
                                            name: Template(
                                                Borrowed(&[Part::Text(Borrowed("auth.key"))]),
                                            ),
                                            key: Template(Borrowed(&[Part::Secret(Borrowed("key"))])),
                                            location: KeyLocation::Body,
                                            body_path: Borrowed(
                                                &[
                                                    Template(Borrowed(&[Part::Text(Borrowed("auth"))])),
                                                    Template(Borrowed(&[Part::Text(Borrowed("key"))])),
                                                ],
                                            ),
                                            ..ApiKey::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("session"),
                                        Auth::Session(Session {
                                            login: Login {
                                                path: Template(Borrowed(&[Part::Text(Borrowed("login"))])),
                                                headers: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("X-A"))])),
                                                            Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                                        ),
                                                    ],
                                                ),
                                                body: Some(
                                                    Body::Json(
                                                        JsonTemplate::Object(
                                                            Borrowed(
                                                                &[
                                                                    (
                                                                        Template(Borrowed(&[Part::Text(Borrowed("user"))])),
                                                                        JsonTemplate::Text(
                                                                            Template(Borrowed(&[Part::Config(Borrowed("user"))])),
                                                                        ),
                                                                    ),
                                                                    (
                                                                        Template(Borrowed(&[Part::Text(Borrowed("deep"))])),
                                                                        JsonTemplate::List(
                                                                            Borrowed(
                                                                                &[
                                                                                    JsonTemplate::Object(
                                                                                        Borrowed(
                                                                                            &[
                                                                                                (
                                                                                                    Template(Borrowed(&[Part::Text(Borrowed("n"))])),
                                                                                                    JsonTemplate::Literal(Borrowed("1")),
                                                                                                ),
                                                                                            ],
                                                                                        ),
                                                                                    ),
                                                                                ],
                                                                            ),
                                                                        ),
                                                                    ),
                                                                ],
                                                            ),
                                                        ),
                                                    ),
                                                ),
                                                auth: Some(
                                                    SendAs::HttpBasic(HttpBasic {
                                                        username: Template(Borrowed(&[Part::Text(Borrowed("me"))])),
                                                        password: Template(
                                                            Borrowed(&[Part::Secret(Borrowed("password"))]),
                                                        ),
                                                        ..HttpBasic::DEFAULT
                                                    }),
                                                ),
                                                ..Login::DEFAULT
                                            },
                                            token: TokenPlace::Body(
                                                Selector::Keys(
                                                    Borrowed(&[Borrowed("data"), Borrowed("token")]),
                                                ),
                                            ),
                                            expires_at_path: Some(
                                                Selector::Keys(
                                                    Borrowed(&[Borrowed("data"), Borrowed("until")]),
                                                ),
                                            ),
                                            renew_on: Borrowed(&[401u16, 419u16]),
                                            send: SendAs::ApiKey(ApiKey {
                                                name: Template(Borrowed(&[Part::Text(Borrowed("sid"))])),
                                                key: Template(
                                                    Borrowed(
                                                        &[
                                                            Part::Text(Borrowed("Session ")),
                                                            Part::Auth(AuthValue::Token),
                                                        ],
                                                    ),
                                                ),
                                                location: KeyLocation::Cookie,
                                                ..ApiKey::DEFAULT
                                            }),
                                            ..Session::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("cookie"),
                                        Auth::Session(Session {
                                            login: Login {
                                                method: Method::Get,
                                                path: Template(Borrowed(&[Part::Text(Borrowed("login"))])),
                                                params: Borrowed(
                                                    &[
                                                        Param {
                                                            name: Template(Borrowed(&[Part::Text(Borrowed("v"))])),
                                                            value: Template(Borrowed(&[Part::Text(Borrowed("2"))])),
                                                            ..Param::DEFAULT
                                                        },
                                                    ],
                                                ),
                                                ..Login::DEFAULT
                                            },
                                            token: TokenPlace::Cookie(Borrowed("sid")),
                                            send: SendAs::ApiKey(ApiKey {
                                                name: Template(Borrowed(&[Part::Text(Borrowed("sid"))])),
                                                key: Template(Borrowed(&[Part::Auth(AuthValue::Token)])),
                                                location: KeyLocation::Cookie,
                                                ..ApiKey::DEFAULT
                                            }),
                                            ..Session::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("form"),
                                        Auth::Session(Session {
                                            login: Login {
                                                path: Template(Borrowed(&[Part::Text(Borrowed("login"))])),
                                                body: Some(
                                                    Body::Form(
                                                        Borrowed(
                                                            &[
                                                                (
                                                                    Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                                                    Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                                                ),
                                                            ],
                                                        ),
                                                    ),
                                                ),
                                                ..Login::DEFAULT
                                            },
                                            token: TokenPlace::Header(Borrowed("x-token")),
                                            default_expiration: Some(Duration::from_secs(600)),
                                            send: SendAs::HttpBasic(HttpBasic {
                                                username: Template(
                                                    Borrowed(&[Part::Auth(AuthValue::Token)]),
                                                ),
                                                ..HttpBasic::DEFAULT
                                            }),
                                            ..Session::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("basic"),
                                        Auth::OAuth2(OAuth2 {
                                            access_token_url: Template(
                                                Borrowed(
                                                    &[Part::Text(Borrowed("https://api.example.com/token"))],
                                                ),
                                            ),
                                            client_id: Template(
                                                Borrowed(&[Part::Secret(Borrowed("client_id"))]),
                                            ),
                                            client_secret: Template(
                                                Borrowed(&[Part::Secret(Borrowed("client_secret"))]),
                                            ),
                                            request_data: Borrowed(
                                                &[
                                                    (
                                                        Template(Borrowed(&[Part::Text(Borrowed("scope"))])),
                                                        JsonTemplate::Text(
                                                            Template(
                                                                Borrowed(
                                                                    &[
                                                                        Part::Text(Borrowed("read")),
                                                                        Part::Text(Borrowed(" ")),
                                                                        Part::Text(Borrowed("write")),
                                                                    ],
                                                                ),
                                                            ),
                                                        ),
                                                    ),
                                                ],
                                            ),
                                            client_auth: ClientAuth::SecretBasic,
                                            request_headers: Borrowed(
                                                &[
                                                    (
                                                        Template(Borrowed(&[Part::Text(Borrowed("X-B"))])),
                                                        Template(Borrowed(&[Part::Text(Borrowed("c"))])),
                                                    ),
                                                ],
                                            ),
                                            request_json: true,
                                            access_token_path: Selector::Keys(
                                                Borrowed(&[Borrowed("data"), Borrowed("token")]),
                                            ),
                                            expires_in_path: Selector::Keys(
                                                Borrowed(&[Borrowed("data"), Borrowed("ttl")]),
                                            ),
                                            send: SendAs::ApiKey(ApiKey {
                                                name: Template(
                                                    Borrowed(&[Part::Text(Borrowed("X-Token"))]),
                                                ),
                                                key: Template(
                                                    Borrowed(
                                                        &[
                                                            Part::Text(Borrowed("Token ")),
                                                            Part::Auth(AuthValue::Token),
                                                        ],
                                                    ),
                                                ),
                                                ..ApiKey::DEFAULT
                                            }),
                                            ..OAuth2::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("refresh"),
                                        Auth::OAuth2(OAuth2 {
                                            access_token_url: Template(
                                                Borrowed(
                                                    &[Part::Text(Borrowed("https://api.example.com/token"))],
                                                ),
                                            ),
                                            grant: Grant::RefreshToken(
                                                Template(
                                                    Borrowed(&[Part::Secret(Borrowed("refresh_token"))]),
                                                ),
                                            ),
                                            client_id: Template(
                                                Borrowed(&[Part::Secret(Borrowed("client_id"))]),
                                            ),
                                            client_auth: ClientAuth::None,
                                            client_id_param: Borrowed("app"),
                                            refresh_token_param: Borrowed("r"),
                                            refresh_token_path: Selector::Keys(
                                                Borrowed(&[Borrowed("r")]),
                                            ),
                                            ..OAuth2::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("assertion"),
                                        Auth::OAuth2(OAuth2 {
                                            access_token_url: Template(
                                                Borrowed(
                                                    &[Part::Text(Borrowed("https://api.example.com/token"))],
                                                ),
                                            ),
                                            client_id: Template(
                                                Borrowed(&[Part::Secret(Borrowed("client_id"))]),
                                            ),
                                            client_auth: ClientAuth::PrivateKeyJwt(Jwt {
                                                algorithm: JwtAlgorithm::Es256,
                                                key: Template(
                                                    Borrowed(&[Part::Secret(Borrowed("private_key"))]),
                                                ),
                                                header: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("kid"))])),
                                                            JsonTemplate::Text(
                                                                Template(Borrowed(&[Part::Text(Borrowed("k"))])),
                                                            ),
                                                        ),
                                                    ],
                                                ),
                                                claims: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("aud"))])),
                                                            Claim::TokenUrl,
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("iss"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Secret(Borrowed("client_id"))])),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("sub"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Secret(Borrowed("client_id"))])),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("jti"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Auth(AuthValue::Nonce)])),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("iat"))])),
                                                            Claim::Time(0i64),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("exp"))])),
                                                            Claim::Time(300i64),
                                                        ),
                                                    ],
                                                ),
                                                ..Jwt::DEFAULT
                                            }),
                                            ..OAuth2::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("account"),
                                        Auth::OAuth2(OAuth2 {
                                            grant: Grant::JwtBearer(Jwt {
                                                service_account: Some(
                                                    Template(Borrowed(&[Part::Secret(Borrowed("key_file"))])),
                                                ),
                                                claims: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("aud"))])),
                                                            Claim::TokenUrl,
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("iat"))])),
                                                            Claim::Time(0i64),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("sub"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Config(Borrowed("user"))])),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("exp"))])),
                                                            Claim::Time(3600i64),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("list"))])),
                                                            Claim::Value(
                                                                JsonTemplate::List(
                                                                    Borrowed(
                                                                        &[
                                                                            JsonTemplate::Literal(Borrowed("1")),
                                                                            JsonTemplate::Object(
                                                                                Borrowed(
                                                                                    &[
                                                                                        (
                                                                                            Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                                                                            JsonTemplate::Literal(Borrowed("true")),
                                                                                        ),
                                                                                    ],
                                                                                ),
                                                                            ),
                                                                        ],
                                                                    ),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("scope"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                                                ),
                                                            ),
                                                        ),
                                                    ],
                                                ),
                                                ..Jwt::DEFAULT
                                            }),
                                            ..OAuth2::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("jwt"),
                                        Auth::Jwt(JwtAuth {
                                            jwt: Jwt {
                                                algorithm: JwtAlgorithm::Hs512,
                                                key: Template(Borrowed(&[Part::Secret(Borrowed("key"))])),
                                                key_encoding: BinaryEncoding::Base64,
                                                header: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("cty"))])),
                                                            JsonTemplate::Text(
                                                                Template(Borrowed(&[Part::Text(Borrowed("JWT"))])),
                                                            ),
                                                        ),
                                                    ],
                                                ),
                                                claims: Borrowed(
                                                    &[
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("exp"))])),
                                                            Claim::Time(300i64),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("jti"))])),
                                                            Claim::Value(
                                                                JsonTemplate::Text(
                                                                    Template(Borrowed(&[Part::Auth(AuthValue::Nonce)])),
                                                                ),
                                                            ),
                                                        ),
                                                        (
                                                            Template(Borrowed(&[Part::Text(Borrowed("iat"))])),
                                                            Claim::Time(-60i64),
                                                        ),
                                                    ],
                                                ),
                                                ..Jwt::DEFAULT
                                            },
                                            ..JwtAuth::DEFAULT
                                        }),
                                    ),
                                    (
                                        Borrowed("hmac"),
                                        Auth::Hmac(Hmac {
                                            key: Template(Borrowed(&[Part::Secret(Borrowed("key"))])),
                                            key_encoding: BinaryEncoding::Hex,
                                            algorithm: Hash::Sha512,
                                            sign: Template(
                                                Borrowed(
                                                    &[
                                                        Part::Auth(AuthValue::Method),
                                                        Part::Auth(AuthValue::Path),
                                                        Part::Text(Borrowed("?")),
                                                        Part::Auth(AuthValue::Query),
                                                        Part::Auth(AuthValue::Host),
                                                        Part::Auth(AuthValue::Url),
                                                        Part::Auth(AuthValue::BodySha256),
                                                        Part::Auth(AuthValue::Timestamp),
                                                    ],
                                                ),
                                            ),
                                            encoding: BinaryEncoding::Base64Url,
                                            timestamp: TimestampFormat::IsoMs,
                                            headers: Borrowed(
                                                &[
                                                    (
                                                        Template(Borrowed(&[Part::Text(Borrowed("X-Sign"))])),
                                                        Template(Borrowed(&[Part::Auth(AuthValue::Signature)])),
                                                    ),
                                                ],
                                            ),
                                            params: Borrowed(
                                                &[
                                                    (
                                                        Template(Borrowed(&[Part::Text(Borrowed("n"))])),
                                                        Template(Borrowed(&[Part::Auth(AuthValue::Nonce)])),
                                                    ),
                                                ],
                                            ),
                                            ..Hmac::DEFAULT
                                        }),
                                    ),
                                ],
                            ),
                            ..AuthChoice::DEFAULT
                        }),
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[]))),
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `posts`, as [`Client::posts`] fetches it from `GET /{resources.orders.id}/posts`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Post {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// Text
        ///
        /// `text`; may be missing.
        pub account: ::std::option::Option<::std::string::String>,
        /// Text
        ///
        /// `text`; may be missing.
        pub thread: ::std::option::Option<::std::string::String>,
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub topic: ::std::option::Option<::rest_source::Json>,
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub at: ::std::option::Option<::rest_source::Json>,
        /// A whole number
        ///
        /// `bigint`; may be missing.
        pub likes: ::std::option::Option<::std::primitive::i64>,
        /// Text
        ///
        /// `text`; may be missing.
        pub author_name: ::std::option::Option<::std::string::String>,
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub order: ::std::option::Option<::rest_source::Json>,
        /// Text
        ///
        /// `text`; may be missing.
        pub locale: ::std::option::Option<::std::string::String>,
        /// Text
        ///
        /// `text`; may be missing.
        pub label: ::std::option::Option<::std::string::String>,
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub tags: ::std::option::Option<::rest_source::Json>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Post {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Post as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
                2usize => ::rest_source::__private::v1::Field::field(&self.thread),
                3usize => ::rest_source::__private::v1::Field::field(&self.topic),
                4usize => ::rest_source::__private::v1::Field::field(&self.at),
                5usize => ::rest_source::__private::v1::Field::field(&self.likes),
                6usize => ::rest_source::__private::v1::Field::field(&self.author_name),
                7usize => ::rest_source::__private::v1::Field::field(&self.order),
                8usize => ::rest_source::__private::v1::Field::field(&self.locale),
                9usize => ::rest_source::__private::v1::Field::field(&self.label),
                10usize => ::rest_source::__private::v1::Field::field(&self.tags),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.thread)
                }
                3usize => ::rest_source::__private::v1::Field::field_mut(&mut self.topic),
                4usize => ::rest_source::__private::v1::Field::field_mut(&mut self.at),
                5usize => ::rest_source::__private::v1::Field::field_mut(&mut self.likes),
                6usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.author_name)
                }
                7usize => ::rest_source::__private::v1::Field::field_mut(&mut self.order),
                8usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.locale)
                }
                9usize => ::rest_source::__private::v1::Field::field_mut(&mut self.label),
                10usize => ::rest_source::__private::v1::Field::field_mut(&mut self.tags),
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
    impl ::rest_source::__private::v1::serde::Serialize for Post {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Post {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Post {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            const PLAN_ORDERS: &ResourcePlan = <self::Order as ::rest_source::Resource>::PLAN;
            ResourcePlan {
                name: Borrowed("posts"),
                table_name: Borrowed("posts"),
                parent: Some(Parent {
                    plan: Link::Static(PLAN_ORDERS),
                    ..Parent::DEFAULT
                }),
                endpoint: Endpoint {
                    path: Template(
                        Borrowed(
                            &[
                                Part::Text(Borrowed("/")),
                                Part::Parent(Selector::Keys(Borrowed(&[Borrowed("id")]))),
                                Part::Text(Borrowed("/posts")),
                            ],
                        ),
                    ),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(
                        Selector::JsonPath(JsonPath {
                            text: Borrowed("threads.*.posts"),
                            segments: Borrowed(
                                &[
                                    Segment::Children(
                                        Borrowed(&[Choice::One(Step::Name(Borrowed("threads")))]),
                                    ),
                                    Segment::Children(Borrowed(&[Choice::Wildcard])),
                                    Segment::Children(
                                        Borrowed(&[Choice::One(Step::Name(Borrowed("posts")))]),
                                    ),
                                ],
                            ),
                            ..JsonPath::DEFAULT
                        }),
                    ),
                    records: RecordForm {
                        with: Borrowed(
                            &[
                                With {
                                    name: Borrowed("thread"),
                                    depth: 2u32,
                                    is_key: true,
                                    ..With::DEFAULT
                                },
                                With {
                                    name: Borrowed("topic"),
                                    depth: 2u32,
                                    path: Selector::Keys(Borrowed(&[Borrowed("topic")])),
                                    ..With::DEFAULT
                                },
                                With {
                                    name: Borrowed("at"),
                                    path: Selector::Keys(
                                        Borrowed(&[Borrowed("meta"), Borrowed("at")]),
                                    ),
                                    ..With::DEFAULT
                                },
                            ],
                        ),
                        steps: Borrowed(
                            &[
                                ProcessingStep::Filter(RecordFilter {
                                    text: Borrowed("@.kind in ['public', 'team'] && !@.hidden"),
                                    filter: Filter::All(
                                        Borrowed(
                                            &[
                                                Filter::Any(
                                                    Borrowed(
                                                        &[
                                                            Filter::Compare(Compare {
                                                                left: Operand::Value(Query {
                                                                    segments: Borrowed(
                                                                        &[
                                                                            Segment::Children(
                                                                                Borrowed(&[Choice::One(Step::Name(Borrowed("kind")))]),
                                                                            ),
                                                                        ],
                                                                    ),
                                                                    ..Query::DEFAULT
                                                                }),
                                                                right: Operand::Literal(Literal::Text(Borrowed("public"))),
                                                                ..Compare::DEFAULT
                                                            }),
                                                            Filter::Compare(Compare {
                                                                left: Operand::Value(Query {
                                                                    segments: Borrowed(
                                                                        &[
                                                                            Segment::Children(
                                                                                Borrowed(&[Choice::One(Step::Name(Borrowed("kind")))]),
                                                                            ),
                                                                        ],
                                                                    ),
                                                                    ..Query::DEFAULT
                                                                }),
                                                                right: Operand::Literal(Literal::Text(Borrowed("team"))),
                                                                ..Compare::DEFAULT
                                                            }),
                                                        ],
                                                    ),
                                                ),
                                                Filter::Not(
                                                    Link::Static(
                                                        &Filter::Exists(Query {
                                                            segments: Borrowed(
                                                                &[
                                                                    Segment::Children(
                                                                        Borrowed(&[Choice::One(Step::Name(Borrowed("hidden")))]),
                                                                    ),
                                                                ],
                                                            ),
                                                            ..Query::DEFAULT
                                                        }),
                                                    ),
                                                ),
                                            ],
                                        ),
                                    ),
                                    ..RecordFilter::DEFAULT
                                }),
                                ProcessingStep::Exclude(
                                    Borrowed(
                                        &[
                                            Borrowed(&[Borrowed("secret")]),
                                            Borrowed(&[Borrowed("author"), Borrowed("email")]),
                                        ],
                                    ),
                                ),
                                ProcessingStep::Rename(
                                    Borrowed(
                                        &[
                                            (
                                                Borrowed(&[Borrowed("author"), Borrowed("name")]),
                                                Borrowed(&[Borrowed("author_name")]),
                                            ),
                                            (
                                                Borrowed(&[Borrowed("userId")]),
                                                Borrowed(&[Borrowed("id")]),
                                            ),
                                        ],
                                    ),
                                ),
                                ProcessingStep::Cast(
                                    Borrowed(
                                        &[
                                            (Borrowed(&[Borrowed("likes")]), Cast::Integer),
                                            (Borrowed(&[Borrowed("author_name")]), Cast::Text),
                                        ],
                                    ),
                                ),
                                ProcessingStep::Add(
                                    Borrowed(
                                        &[
                                            (
                                                Borrowed(&[Borrowed("order")]),
                                                JsonTemplate::Text(
                                                    Template(
                                                        Borrowed(
                                                            &[Part::Parent(Selector::Keys(Borrowed(&[Borrowed("id")])))],
                                                        ),
                                                    ),
                                                ),
                                            ),
                                            (
                                                Borrowed(&[Borrowed("locale")]),
                                                JsonTemplate::Text(
                                                    Template(Borrowed(&[Part::Param(Borrowed("locale"))])),
                                                ),
                                            ),
                                            (
                                                Borrowed(&[Borrowed("label")]),
                                                JsonTemplate::Text(
                                                    Template(
                                                        Borrowed(
                                                            &[
                                                                Part::Record(Selector::Keys(Borrowed(&[Borrowed("id")]))),
                                                                Part::Text(Borrowed("!")),
                                                            ],
                                                        ),
                                                    ),
                                                ),
                                            ),
                                            (
                                                Borrowed(&[Borrowed("tags")]),
                                                JsonTemplate::List(
                                                    Borrowed(
                                                        &[
                                                            JsonTemplate::Literal(Borrowed("1")),
                                                            JsonTemplate::Literal(Borrowed("true")),
                                                            JsonTemplate::Object(
                                                                Borrowed(
                                                                    &[
                                                                        (
                                                                            Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                                                            JsonTemplate::Literal(Borrowed("null")),
                                                                        ),
                                                                    ],
                                                                ),
                                                            ),
                                                        ],
                                                    ),
                                                ),
                                            ),
                                        ],
                                    ),
                                ),
                            ],
                        ),
                        ..RecordForm::DEFAULT
                    },
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                        Column::new("thread", DataType::Text),
                        Column::new("topic", DataType::Json).inferred(),
                        Column::new("at", DataType::Json).inferred(),
                        Column::new("likes", DataType::Bigint),
                        Column::new("author_name", DataType::Text),
                        Column::new("order", DataType::Json).inferred(),
                        Column::new("locale", DataType::Text),
                        Column::new("label", DataType::Text),
                        Column::new("tags", DataType::Json).inferred(),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `cells`, as [`Client::cells`] fetches it from `GET cells`.
    ///
    /// Its primary key is `id`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Cell {
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub id: ::std::option::Option<::rest_source::Json>,
        /// Whatever the API sends
        ///
        /// `json`; may be missing.
        pub name: ::std::option::Option<::rest_source::Json>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Cell {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Cell as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.name),
                _ => ::rest_source::__private::v1::FieldRef::Null,
            }
        }
        fn field_mut(
            &mut self,
            index: usize,
        ) -> ::rest_source::__private::v1::FieldMut<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field_mut(&mut self.id),
                1usize => ::rest_source::__private::v1::Field::field_mut(&mut self.name),
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
    impl ::rest_source::__private::v1::serde::Serialize for Cell {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Cell {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Cell {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("cells"),
                table_name: Borrowed("cells"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("cells"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[Borrowed("rows")]))),
                    records: RecordForm {
                        rows: Borrowed(
                            &[
                                Row {
                                    names: Names::Fixed(
                                        Borrowed(&[Borrowed("id"), Borrowed("name")]),
                                    ),
                                    ..Row::DEFAULT
                                },
                            ],
                        ),
                        steps: Borrowed(
                            &[
                                ProcessingStep::Include(
                                    Borrowed(
                                        &[
                                            Borrowed(&[Borrowed("id")]),
                                            Borrowed(&[Borrowed("name")]),
                                        ],
                                    ),
                                ),
                            ],
                        ),
                        ..RecordForm::DEFAULT
                    },
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::new("id", DataType::Json).inferred(),
                        Column::new("name", DataType::Json).inferred(),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `reports`, as [`Client::reports`] fetches it from `GET reports`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Report {
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
    impl ::rest_source::Record for Report {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Report as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Report {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Report {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Report {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("reports"),
                table_name: Borrowed("reports"),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("reports"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[Borrowed("rows")]))),
                    records: RecordForm {
                        rows: Borrowed(
                            &[
                                Row {
                                    values: Selector::JsonPath(JsonPath {
                                        text: Borrowed("dimensions[*].value"),
                                        segments: Borrowed(
                                            &[
                                                Segment::Children(
                                                    Borrowed(&[Choice::One(Step::Name(Borrowed("dimensions")))]),
                                                ),
                                                Segment::Children(Borrowed(&[Choice::Wildcard])),
                                                Segment::Children(
                                                    Borrowed(&[Choice::One(Step::Name(Borrowed("value")))]),
                                                ),
                                            ],
                                        ),
                                        ..JsonPath::DEFAULT
                                    }),
                                    names: Names::Sent(
                                        Selector::JsonPath(JsonPath {
                                            text: Borrowed("headers[*].name"),
                                            segments: Borrowed(
                                                &[
                                                    Segment::Children(
                                                        Borrowed(&[Choice::One(Step::Name(Borrowed("headers")))]),
                                                    ),
                                                    Segment::Children(Borrowed(&[Choice::Wildcard])),
                                                    Segment::Children(
                                                        Borrowed(&[Choice::One(Step::Name(Borrowed("name")))]),
                                                    ),
                                                ],
                                            ),
                                            ..JsonPath::DEFAULT
                                        }),
                                    ),
                                    ..Row::DEFAULT
                                },
                                Row {
                                    values: Selector::Keys(Borrowed(&[Borrowed("metrics")])),
                                    names: Names::Sent(
                                        Selector::Keys(Borrowed(&[Borrowed("names")])),
                                    ),
                                    ..Row::DEFAULT
                                },
                            ],
                        ),
                        ..RecordForm::DEFAULT
                    },
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `issues`, as [`Client::issues`] fetches it from `GET repos/{each.repo}/issues`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Issue {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// Text
        ///
        /// `text`; may be missing.
        pub account: ::std::option::Option<::std::string::String>,
        /// Text
        ///
        /// `text`, called `_each_repo` in the API; may be missing.
        pub each_repo: ::std::option::Option<::std::string::String>,
        /// A whole number
        ///
        /// `bigint`, called `_each_year` in the API; may be missing.
        pub each_year: ::std::option::Option<::std::primitive::i64>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Issue {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Issue as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
                2usize => ::rest_source::__private::v1::Field::field(&self.each_repo),
                3usize => ::rest_source::__private::v1::Field::field(&self.each_year),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
                }
                2usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.each_repo)
                }
                3usize => {
                    ::rest_source::__private::v1::Field::field_mut(&mut self.each_year)
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
    impl ::rest_source::__private::v1::serde::Serialize for Issue {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Issue {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Issue {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("issues"),
                table_name: Borrowed("issues"),
                for_each: Borrowed(
                    &[
                        Each {
                            name: Borrowed("repo"),
                            values: Borrowed(
                                &[
                                    JsonTemplate::Text(
                                        Template(Borrowed(&[Part::Config(Borrowed("repos"))])),
                                    ),
                                ],
                            ),
                            column: Some(Borrowed("_each_repo")),
                            ..Each::DEFAULT
                        },
                        Each {
                            name: Borrowed("year"),
                            values: Borrowed(
                                &[
                                    JsonTemplate::Literal(Borrowed("2024")),
                                    JsonTemplate::Literal(Borrowed("2025")),
                                ],
                            ),
                            column: Some(Borrowed("_each_year")),
                            ..Each::DEFAULT
                        },
                    ],
                ),
                endpoint: Endpoint {
                    path: Template(
                        Borrowed(
                            &[
                                Part::Text(Borrowed("repos/")),
                                Part::Each(Borrowed("repo")),
                                Part::Text(Borrowed("/issues")),
                            ],
                        ),
                    ),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("year"))])),
                                value: Template(Borrowed(&[Part::Each(Borrowed("year"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(
                                    Borrowed(&[Part::Text(Borrowed("archived"))]),
                                ),
                                value: Template(
                                    Borrowed(&[Part::Config(Borrowed("archived"))]),
                                ),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("since"))])),
                                value: Template(
                                    Borrowed(&[Part::Config(Borrowed("start"))]),
                                ),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    paginator: Paginator::Offset(Offset {
                        place: Place::Param(
                            Template(Borrowed(&[Part::Text(Borrowed("offset"))])),
                        ),
                        page_size: PageSize {
                            place: Place::Param(
                                Template(Borrowed(&[Part::Text(Borrowed("limit"))])),
                            ),
                            records: Configurable::Template(
                                Template(Borrowed(&[Part::Config(Borrowed("page_size"))])),
                            ),
                            ..PageSize::DEFAULT
                        },
                        total_path: Some(Selector::Keys(Borrowed(&[Borrowed("total")]))),
                        ..Offset::DEFAULT
                    }),
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                        Column::new("_each_repo", DataType::Text),
                        Column::new("_each_year", DataType::Bigint),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `statuses`, as [`Client::statuses`] fetches it from `POST statuses/{resources.orders.status}`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Status {
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
    impl ::rest_source::Record for Status {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Status as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Status {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Status {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Status {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            const PLAN_ORDERS: &ResourcePlan = <self::Order as ::rest_source::Resource>::PLAN;
            ResourcePlan {
                name: Borrowed("statuses"),
                table_name: Borrowed("statuses"),
                parent: Some(Parent {
                    plan: Link::Static(PLAN_ORDERS),
                    batches: Borrowed(
                        &[
                            Batched {
                                field: Selector::Keys(Borrowed(&[Borrowed("id")])),
                                batch: Batch {
                                    size: 50u64,
                                    ..Batch::DEFAULT
                                },
                                ..Batched::DEFAULT
                            },
                            Batched {
                                field: Selector::Keys(Borrowed(&[Borrowed("status")])),
                                batch: Batch {
                                    size: 50u64,
                                    separator: Borrowed(";"),
                                    ..Batch::DEFAULT
                                },
                                ..Batched::DEFAULT
                            },
                        ],
                    ),
                    ..Parent::DEFAULT
                }),
                endpoint: Endpoint {
                    method: Method::Post,
                    path: Template(
                        Borrowed(
                            &[
                                Part::Text(Borrowed("statuses/")),
                                Part::Parent(
                                    Selector::Keys(Borrowed(&[Borrowed("status")])),
                                ),
                            ],
                        ),
                    ),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    body: Some(
                        Body::Json(
                            JsonTemplate::Object(
                                Borrowed(
                                    &[
                                        (
                                            Template(Borrowed(&[Part::Text(Borrowed("ids"))])),
                                            JsonTemplate::Text(
                                                Template(
                                                    Borrowed(
                                                        &[Part::Parent(Selector::Keys(Borrowed(&[Borrowed("id")])))],
                                                    ),
                                                ),
                                            ),
                                        ),
                                    ],
                                ),
                            ),
                        ),
                    ),
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `stock`, as [`Client::stock`] fetches it from `GET stock/{resources.orders.id}/{resources.issues.id}`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Stock {
        /// Unique identifier
        ///
        /// `text`; never missing.
        pub id: ::std::string::String,
        /// Text
        ///
        /// `text`; may be missing.
        pub account: ::std::option::Option<::std::string::String>,
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub order: ::std::option::Option<::std::string::String>,
        /// Unique identifier
        ///
        /// `text`; may be missing.
        pub repo: ::std::option::Option<::std::string::String>,
        /// Fields that the source description does not declare.
        pub extra: ::rest_source::Extra,
    }
    #[automatically_derived]
    impl ::rest_source::Record for Stock {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Stock as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
                2usize => ::rest_source::__private::v1::Field::field(&self.order),
                3usize => ::rest_source::__private::v1::Field::field(&self.repo),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
                }
                2usize => ::rest_source::__private::v1::Field::field_mut(&mut self.order),
                3usize => ::rest_source::__private::v1::Field::field_mut(&mut self.repo),
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
    impl ::rest_source::__private::v1::serde::Serialize for Stock {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Stock {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Stock {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            const PLAN_ORDERS: &ResourcePlan = <self::Order as ::rest_source::Resource>::PLAN;
            const PLAN_ISSUES: &ResourcePlan = <self::Issue as ::rest_source::Resource>::PLAN;
            ResourcePlan {
                name: Borrowed("stock"),
                table_name: Borrowed("stock"),
                parent: Some(Parent {
                    plan: Link::Static(PLAN_ORDERS),
                    include: Borrowed(
                        &[
                            Included {
                                field: Selector::Keys(Borrowed(&[Borrowed("id")])),
                                column: Borrowed("order"),
                                ..Included::DEFAULT
                            },
                        ],
                    ),
                    ..Parent::DEFAULT
                }),
                crossed: Borrowed(
                    &[
                        Crossed {
                            plan: Link::Static(PLAN_ISSUES),
                            fields: Borrowed(
                                &[
                                    (
                                        Borrowed("resources.issues.id"),
                                        Selector::Keys(Borrowed(&[Borrowed("id")])),
                                    ),
                                ],
                            ),
                            include: Borrowed(
                                &[
                                    Included {
                                        field: Selector::Keys(Borrowed(&[Borrowed("id")])),
                                        column: Borrowed("repo"),
                                        ..Included::DEFAULT
                                    },
                                ],
                            ),
                            ..Crossed::DEFAULT
                        },
                    ],
                ),
                endpoint: Endpoint {
                    path: Template(
                        Borrowed(
                            &[
                                Part::Text(Borrowed("stock/")),
                                Part::Parent(Selector::Keys(Borrowed(&[Borrowed("id")]))),
                                Part::Text(Borrowed("/")),
                                Part::Each(Borrowed("resources.issues.id")),
                            ],
                        ),
                    ),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    data_selector: Some(Selector::Keys(Borrowed(&[]))),
                    paginator: Paginator::SinglePage,
                    inferred: Inferred {
                        data_selector: true,
                        ..Inferred::DEFAULT
                    },
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                        Column::described("order", DataType::Text, "Unique identifier"),
                        Column::described("repo", DataType::Text, "Unique identifier"),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
    /// A record of the resource `rates`, as [`Client::rates`] fetches it from `GET rates`.
    ///
    /// Its primary key is `id`, `account`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[allow(
        clippy::pedantic,
        rustdoc::bare_urls,
        rustdoc::broken_intra_doc_links,
        rustdoc::invalid_html_tags
    )]
    pub struct Rate {
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
    impl ::rest_source::Record for Rate {
        fn columns(&self) -> &[::rest_source::plan::Column] {
            &<Rate as ::rest_source::Resource>::PLAN.columns
        }
        fn field(&self, index: usize) -> ::rest_source::__private::v1::FieldRef<'_> {
            match index {
                0usize => ::rest_source::__private::v1::Field::field(&self.id),
                1usize => ::rest_source::__private::v1::Field::field(&self.account),
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
                    ::rest_source::__private::v1::Field::field_mut(&mut self.account)
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
    impl ::rest_source::__private::v1::serde::Serialize for Rate {
        fn serialize<S: ::rest_source::__private::v1::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            ::rest_source::__private::v1::serialize(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> ::rest_source::__private::v1::serde::Deserialize<'de> for Rate {
        fn deserialize<D: ::rest_source::__private::v1::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            ::rest_source::__private::v1::deserialize(deserializer)
        }
    }
    #[automatically_derived]
    impl ::rest_source::Resource for Rate {
        const PLAN: &'static ::rest_source::plan::ResourcePlan = &{
            #[allow(unused_imports, clippy::wildcard_imports)]
            use ::rest_source::plan::*;
            #[allow(unused_imports)]
            use ::std::{
                borrow::Cow::Borrowed, option::Option::{None, Some},
                time::Duration,
            };
            ResourcePlan {
                name: Borrowed("rates"),
                table_name: Borrowed("rates"),
                for_each: Borrowed(
                    &[
                        Each {
                            name: Borrowed("symbol"),
                            values: Borrowed(
                                &[
                                    JsonTemplate::Text(
                                        Template(Borrowed(&[Part::Text(Borrowed("EUR"))])),
                                    ),
                                    JsonTemplate::Text(
                                        Template(Borrowed(&[Part::Text(Borrowed("USD"))])),
                                    ),
                                    JsonTemplate::Text(
                                        Template(Borrowed(&[Part::Text(Borrowed("GBP"))])),
                                    ),
                                ],
                            ),
                            batch: Some(Batch {
                                size: 2u64,
                                separator: Borrowed("+"),
                                ..Batch::DEFAULT
                            }),
                            ..Each::DEFAULT
                        },
                    ],
                ),
                endpoint: Endpoint {
                    path: Template(Borrowed(&[Part::Text(Borrowed("rates"))])),
                    params: Borrowed(
                        &[
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("locale"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("en"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("a"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("expand"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("b"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(Borrowed(&[Part::Text(Borrowed("flag"))])),
                                value: Template(Borrowed(&[Part::Text(Borrowed("true"))])),
                                ..Param::DEFAULT
                            },
                            Param {
                                name: Template(
                                    Borrowed(&[Part::Text(Borrowed("symbols"))]),
                                ),
                                value: Template(
                                    Borrowed(&[Part::Each(Borrowed("symbol"))]),
                                ),
                                ..Param::DEFAULT
                            },
                        ],
                    ),
                    paginator: Paginator::SinglePage,
                    ..Endpoint::DEFAULT
                },
                columns: Borrowed(
                    &[
                        Column::described("id", DataType::Text, "Unique identifier")
                            .required(),
                        Column::new("account", DataType::Text),
                    ],
                ),
                primary_key: Borrowed(&[Borrowed("id"), Borrowed("account")]),
                merge_key: Borrowed(&[Borrowed("account")]),
                write_disposition: WriteDisposition::Merge,
                ..ResourcePlan::DEFAULT
            }
        };
    }
}
