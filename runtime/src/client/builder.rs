//! How a client is made.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, Mutex, atomic::AtomicBool},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{
    Authenticate, Budget, Client, Error, SentRequest, TokenStore, client,
    error::{Reason, mask::Mask},
    http::{
        address,
        auth::{AnyAuthenticate, Authenticator},
        connections::{Configure, Connections},
        cookies::Cookies,
        inputs::Inputs,
        origins::Origins,
        rate_limit::RateLimiter,
        token_store::AnyTokenStore,
        transport::{OnRequest, Transport},
    },
    paginate::{Paginate, Paginators},
    plan::SourcePlan,
};

/// The largest body of a response unless told otherwise, in bytes: 256 MiB. A page has a few MiB.
const MAX_BODY_BYTES: u64 = 256 << 20;

/// How many records a page may have unless another number is set.
const MAX_PAGE_RECORDS: u64 = 1_000_000;

/// Makes a [`Client`] of a plan and what the plan leaves open. Generated builders wrap one.
///
/// ```
/// use std::borrow::Cow;
/// use rest_source::{ClientBuilder, plan::*};
/// # static PLAN: SourcePlan = SourcePlan {
/// #     name: Cow::Borrowed("payments_api"),
/// #     base_url: Template(Cow::Borrowed(&[Part::Text(Cow::Borrowed("https://api.example.com"))])),
/// #     auth: Auth::Bearer(Bearer {
/// #         token: Template(Cow::Borrowed(&[Part::Secret(Cow::Borrowed("access_token"))])),
/// #         ..Bearer::DEFAULT
/// #     }),
/// #     secrets: Cow::Borrowed(&[Input {
/// #         name: Cow::Borrowed("access_token"),
/// #         setter: Cow::Borrowed("access_token"),
/// #         variables: Cow::Borrowed(&[Cow::Borrowed("PAYMENTS_API__ACCESS_TOKEN")]),
/// #         ..Input::DEFAULT
/// #     }]),
/// #     ..SourcePlan::DEFAULT
/// # };
///
/// let error = ClientBuilder::new(Cow::Borrowed(&PLAN)).build().unwrap_err();
/// assert!(error.to_string().contains("ACCESS_TOKEN"));
///
/// let client = ClientBuilder::new(Cow::Borrowed(&PLAN)).secret("access_token", "canary").build()?;
/// assert!(!format!("{client:?}").contains("canary"));
/// # Ok::<(), rest_source::Error>(())
/// ```
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {
    plan: Cow<'static, SourcePlan>,
    secrets: Vec<(String, SecretString)>,
    config: Vec<(String, String)>,
    environment: bool,
    base_url: Option<String>,
    /// Instead of the plan's: `Some(None)` is none at all.
    #[expect(clippy::option_option, reason = "what is not said is another thing than no limit")]
    timeout: Option<Option<Duration>>,
    paginators: Paginators,
    max_body_bytes: u64,
    max_page_records: u64,
    auth: Option<Box<dyn AnyAuthenticate>>,
    on_request: Option<OnRequest>,
    token_store: Option<Arc<dyn AnyTokenStore>>,
    budget: Option<Arc<dyn Budget>>,
    http: Option<Configure>,
}

impl ClientBuilder {
    /// Begins a client for the source of this plan.
    pub fn new(plan: Cow<'static, SourcePlan>) -> ClientBuilder {
        ClientBuilder {
            plan,
            secrets: Vec::new(),
            config: Vec::new(),
            environment: false,
            base_url: None,
            timeout: None,
            paginators: Paginators::default(),
            max_body_bytes: MAX_BODY_BYTES,
            max_page_records: MAX_PAGE_RECORDS,
            auth: None,
            on_request: None,
            token_store: None,
            budget: None,
            http: None,
        }
    }

    /// Sets a secret that the plan names.
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.secrets.push((name.into(), value.into()));
        self
    }

    /// Sets a setting that the plan names: `region` for `{config.region}`. A list is written with commas,
    /// `a,b`, or as JSON. Empty text leaves one that is `optional` without a value.
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.config.push((name.into(), value.into()));
        self
    }

    /// Sets a setting that is a list: `repos` of `for_each: {repo: "{config.repos}"}`.
    pub fn config_list(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        self.config(name, serde_json::Value::from(values).to_string())
    }

    /// Looks for each secret and setting that is not set here in the environment variables that the
    /// plan names for it. In a generated plan they are, for `access_token` of the module `payments_api`,
    /// `PAYMENTS_API__ACCESS_TOKEN` and then `ACCESS_TOKEN`; a dot in a secret's name is `__` there.
    pub fn from_env(mut self) -> Self {
        self.environment = true;
        self
    }

    /// Requests go to this address in place of the file's: to a sandbox, or to a server of a test.
    /// It may begin with `http://` without a lint, as the caller knows where the secrets go;
    /// the lint is for files. A token endpoint on the server of the file's address moves with it.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The longest that one try of a request may take, from connecting to the last byte of the
    /// body, in place of the file's. With `None` a try may take for ever, and the file's
    /// `max_elapsed` only bounds the waits between tries.
    pub fn timeout(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Pages the resource of this name by a paginator of one's own, in place of the one in the
    /// file. Each fetch begins with a copy of it. A name that no resource has is without effect.
    pub fn paginator(
        mut self,
        resource: impl Into<String>,
        paginator: impl Paginate + Clone + 'static,
    ) -> Self {
        self.paginators.insert(resource.into(), Box::new(paginator));
        self
    }

    /// The largest body that a response may have, in bytes after decompression, in place of 256 MiB.
    /// A larger one is an error, of which no more than this is kept in memory.
    pub fn max_body_bytes(mut self, bytes: u64) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// How many records a response may have, in place of 1,000,000, and how many entries any other list
    /// or object in it. One with more is an error before memory is taken for them: compressed, a
    /// hundred million records may have less than a megabyte.
    pub fn max_page_records(mut self, records: u64) -> Self {
        self.max_page_records = records;
        self
    }

    /// Authenticates requests by this, in place of what the file says for its `client`. An
    /// endpoint that has an `auth` of its own keeps it.
    pub fn auth(mut self, auth: impl Authenticate) -> Self {
        self.auth = Some(Box::new(auth));
        self
    }

    /// Keeps refresh tokens there that their server replaces, and begins with the newest. Without it a
    /// client keeps them as long as it lives, and warns when the first is replaced.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// Shares the number of requests with other clients, as those of other machines; see the
    /// [guide](crate::guide::slices#one-budget-for-all). The `rate_limit` of the file holds for this client as
    /// before.
    pub fn budget(mut self, budget: impl Budget) -> Self {
        self.budget = Some(Arc::new(budget));
        self
    }

    /// Shows every request to `look` when its response begins to come or it has failed, its
    /// secrets masked: for a log, or for a test.
    pub fn on_request(mut self, look: impl Fn(&SentRequest) + Send + Sync + 'static) -> Self {
        self.on_request = Some(Arc::new(look));
        self
    }

    /// Sets up the HTTP client, for requests and tokens alike: certificates of one's own authority, a client
    /// certificate (mTLS), a proxy, a connect timeout, headers of every request. It is called for each HTTP client that
    /// is made; a second call of this method replaces the first.
    ///
    /// What the engine relies on is set afterwards: redirects, retries, `Accept-Encoding` and decompression, and HTTP/1.1
    /// without the feature `http2`. Cookies are kept by the engine: leave off the cookie store that the feature
    /// `cookies` of reqwest adds. Headers set here are also sent to `allowed_hosts` and token endpoints; credentials
    /// belong in [`auth`](ClientBuilder::auth).
    ///
    /// ```
    /// use std::borrow::Cow;
    ///
    /// use rest_source::{ClientBuilder, plan::SourcePlan, reqwest::Proxy};
    ///
    /// let plan = SourcePlan::new("payments_api", "https://api.example.com");
    /// let proxy = Proxy::all("http://proxy.example.com:3128").map_err(rest_source::Error::other)?;
    /// let client = ClientBuilder::new(Cow::Owned(plan))
    ///     .http(move |http| http.proxy(proxy.clone()))
    ///     .build()?;
    /// # Ok::<(), rest_source::Error>(())
    /// ```
    pub fn http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Some(Arc::new(configure));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When a secret is missing or empty, with every place where it could be; when the plan does not
    /// list a secret that it uses; when a setting is no number where one must be; when the base URL is
    /// not an `http` or `https` address; when a header cannot be sent; when the HTTP client that
    /// [`http`](ClientBuilder::http) sets up cannot be built. See [`Error::is_config`].
    pub fn build(self) -> Result<Client, Error> {
        let mut plan = self.plan;
        let inputs = Inputs::collect(&plan, &self.secrets, &self.config, self.environment)
            .map_err(Error::config)?;
        let inputs = Arc::new(inputs);
        let mask = Arc::new(Mask::new(inputs.named_secrets()));
        let refuse = |why: Reason| Error::config(why).masked(&mask);
        inputs.set(&mut plan).map_err(refuse)?;
        let in_file = || inputs.fill(&plan.base_url).map(|url| url.expose_secret().to_owned());
        let (base_url, replaced) = match self.base_url {
            Some(url) => (url, in_file().and_then(|url| address::base(&url)).ok()),
            None => (in_file().map_err(refuse)?, None),
        };
        let base_url = address::base(&base_url).map_err(refuse)?;
        let allowed = plan.allowed_hosts.iter().map(|host| inputs.texts(host));
        let allowed = allowed.collect::<Result<Vec<_>, _>>().map_err(refuse)?.concat();
        let transport = Arc::new(Transport {
            connections: Connections::new(self.http)?,
            retry: plan.retry.clone(),
            rate_limit_headers: plan.rate_limit_headers.clone(),
            timeout: self.timeout.unwrap_or(Some(plan.timeout)),
            max_body_bytes: self.max_body_bytes,
            max_page_records: self.max_page_records,
            origins: Origins::new(&base_url, replaced, allowed.iter().map(|host| &**host))
                .map_err(refuse)?,
            rate_limit: RateLimiter::new(plan.rate_limit.as_ref(), self.budget),
            permits: Arc::new(Semaphore::new(permits(plan.concurrency))),
            mask: Arc::clone(&mask),
            on_request: self.on_request,
            token_store: self.token_store,
            cookies: Cookies::default(),
            is_kept: AtomicBool::new(false),
            buffers: Arc::default(),
        });
        let auth = match self.auth {
            Some(auth) => Authenticator::Custom(auth),
            None => {
                Authenticator::new(&plan.auth, &inputs, &base_url, &transport).map_err(refuse)?
            }
        };
        Ok(Client::new(client::Inner {
            base_url,
            transport,
            headers: inputs.headers(&plan.headers).map_err(refuse)?,
            inputs,
            paginators: self.paginators,
            auth: Arc::new(auth),
            others: Mutex::new(Vec::new()),
            concurrency: plan.concurrency,
            plan,
            mask,
        }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: Vec<&str> = self.secrets.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ClientBuilder")
            .field("name", &self.plan.name)
            .field("secrets", &set)
            .field("timeout", &self.timeout.unwrap_or(Some(self.plan.timeout)))
            .finish_non_exhaustive()
    }
}

/// At least one request must be able to be under way.
fn permits(concurrency: u32) -> usize {
    usize::try_from(concurrency).unwrap_or(usize::MAX).clamp(1, Semaphore::MAX_PERMITS)
}
