//! How a client is made.

use std::{borrow::Cow, fmt, sync::Arc, time::Duration};

use reqwest::{
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect::{Attempt, Policy},
};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Client, Error, address,
    auth::Authenticator,
    client,
    inputs::Inputs,
    mask::Mask,
    paginate::{Paginate, Paginators},
    plan::{Part, SourcePlan},
};

/// As many redirects within the origin as browsers of old followed.
const MAX_REDIRECTS: usize = 10;

/// Makes a [`Client`] of a plan and what the plan leaves open. Generated builders wrap one.
///
/// ```
/// use std::borrow::Cow;
/// use rest_source::{ClientBuilder, plan::*};
/// # static PLAN: SourcePlan = SourcePlan {
/// #     name: Cow::Borrowed("payments_api"),
/// #     base_url: Template(Cow::Borrowed(&[Part::Text(Cow::Borrowed("https://api.example.com"))])),
/// #     headers: Cow::Borrowed(&[]),
/// #     auth: Auth::Bearer {
/// #         token: Template(Cow::Borrowed(&[Part::Secret(Cow::Borrowed("access_token"))])),
/// #     },
/// #     secrets: Cow::Borrowed(&[Input {
/// #         name: Cow::Borrowed("access_token"),
/// #         setter: Cow::Borrowed("access_token"),
/// #         variables: Cow::Borrowed(&[Cow::Borrowed("PAYMENTS_API__ACCESS_TOKEN")]),
/// #     }]),
/// #     config: Cow::Borrowed(&[]),
/// #     concurrency: 4,
/// #     rate_limit: None,
/// #     allowed_hosts: Cow::Borrowed(&[]),
/// #     retry: Retry {
/// #         statuses: Cow::Borrowed(&[429, 500, 502, 503, 504]),
/// #         max_retries: 3,
/// #         backoff_factor: 2.0,
/// #         max_delay: std::time::Duration::from_secs(60),
/// #         max_elapsed: std::time::Duration::from_secs(300),
/// #     },
/// #     timeout: std::time::Duration::from_secs(60),
/// # };
///
/// let error = ClientBuilder::new(Cow::Borrowed(&PLAN)).build().unwrap_err();
/// assert!(error.to_string().contains("ACCESS_TOKEN"));
///
/// let client = ClientBuilder::new(Cow::Borrowed(&PLAN)).secret("access_token", "canary").build()?;
/// assert!(!format!("{client:?}").contains("canary"));
/// # Ok::<(), rest_source::Error>(())
/// ```
pub struct ClientBuilder {
    plan: Cow<'static, SourcePlan>,
    secrets: Vec<(String, SecretString)>,
    config: Vec<(String, String)>,
    environment: bool,
    base_url: Option<String>,
    timeout: Option<Duration>,
    paginators: Paginators,
}

impl ClientBuilder {
    /// Begins a client for the source of this plan.
    pub fn new(plan: Cow<'static, SourcePlan>) -> ClientBuilder {
        let timeout = Some(plan.timeout);
        ClientBuilder {
            plan,
            secrets: Vec::new(),
            config: Vec::new(),
            environment: false,
            base_url: None,
            timeout,
            paginators: Paginators::default(),
        }
    }

    /// Sets a secret that the plan names.
    #[must_use]
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.secrets.push((name.into(), value.into()));
        self
    }

    /// Sets a setting that the plan names: `region` for `{config.region}`.
    #[must_use]
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.config.push((name.into(), value.into()));
        self
    }

    /// Looks for each secret and setting that is not set here in the environment variables that the
    /// plan names for it. In a generated plan they are, for `access_token` of the module `payments_api`,
    /// `PAYMENTS_API__ACCESS_TOKEN` and then `ACCESS_TOKEN`; a dot in a secret's name is `__` there.
    #[must_use]
    pub fn from_env(mut self) -> Self {
        self.environment = true;
        self
    }

    /// Requests go to this address in place of the file's: to a sandbox, or to a server of a test.
    /// It may begin with `http://` without a lint, as whoever calls this knows where the secrets go;
    /// the lint is for files.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The longest that one try of a request may take, from connecting to the last byte of the
    /// body, in place of the file's. With `None` a try may take for ever, and the file's
    /// `max_elapsed` only bounds the waits between tries.
    #[must_use]
    pub fn timeout(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = timeout;
        self
    }

    /// Pages the resource of this name by a paginator of one's own, in the place of the one in the
    /// file. Each fetch begins with a copy of it. A name that no resource has is without effect.
    #[must_use]
    pub fn paginator<P>(mut self, resource: impl Into<String>, paginator: P) -> Self
    where
        P: Paginate + Clone + Sync + 'static,
    {
        self.paginators.insert(resource.into(), paginator);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When a secret is missing or empty, with every place where it could be; when the plan does not
    /// list a secret that it uses; when the base URL is not an `http` or `https` address; when a
    /// header cannot be sent. See [`Error::is_config`].
    pub fn build(self) -> Result<Client, Error> {
        let ClientBuilder { plan, secrets, config, environment, base_url, timeout, paginators } =
            self;
        let inputs =
            Inputs::collect(&plan, &secrets, &config, environment).map_err(Error::config)?;
        let mask = Mask::new(inputs.secrets());
        let base_url = match base_url {
            Some(url) => Ok(url),
            None => inputs.fill(&plan.base_url).map(|url| url.expose_secret().to_owned()),
        };
        let base_url = base_url
            .and_then(|url| address::base(&url))
            .map_err(|what| Error::config(what).masked(&mask))?;
        let auth = Arc::new(Authenticator::new(&plan.auth, &inputs).map_err(Error::config)?);
        install_crypto();
        let http = reqwest::Client::builder()
            .user_agent(concat!("rest_source/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers(&plan, &inputs).map_err(Error::config)?)
            .referer(false)
            .redirect(Policy::custom(stay_home))
            // Retrying has one owner, and that is `retry`.
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| Error::config("the HTTP client cannot be made").with_source(error))?;
        let (name, retry) = (plan.name.to_string(), plan.retry.clone());
        let concurrency = plan.concurrency;
        Ok(Client::new(client::Inner {
            name,
            base_url,
            http,
            inputs,
            auth,
            retry,
            concurrency,
            timeout,
            paginators,
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
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// TLS needs a provider of cryptography. A program that has installed its own keeps it; when two
/// clients are made at the same time, either's installation serves both.
fn install_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// The headers of every request.
fn headers(plan: &SourcePlan, inputs: &Inputs) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, template) in plan.headers.iter() {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is not the name of a header"))?;
        let mut value = header(&name, inputs.fill(template)?.expose_secret())?;
        value.set_sensitive(template.0.iter().any(|part| matches!(part, Part::Secret(_))));
        headers.insert(name, value);
    }
    Ok(headers)
}

/// The error does not show the value, which may be a secret.
pub(crate) fn header(name: &HeaderName, value: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(value).map_err(|_| {
        format!(
            "the header `{name}` has a value that cannot be sent; is there a line break in a secret?"
        )
    })
}

/// Follows redirects within the origin of the request. Others are given back as they are: the HTTP
/// client would take `Authorization` off the request, but none of the other headers.
fn stay_home(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let home = attempt.previous().first();
    let stays = home.is_some_and(|home| address::same_origin(home, attempt.url()));
    if stays && attempt.previous().len() <= MAX_REDIRECTS {
        attempt.follow()
    } else {
        attempt.stop()
    }
}
