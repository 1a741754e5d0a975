//! How an API is reached.

use std::time::Duration;

use crate::{Auth, ClientSetting, Input, List, Str, Template, Unit, code::plan};

plan! {
    /// A whole source: how the API is reached. Its resources have a
    /// [`ResourcePlan`](crate::ResourcePlan) each.
    #[derive(Clone, PartialEq)]
    pub struct SourcePlan or DEFAULT {
        /// The source's name, `payments_api`.
        pub name: Str = Str::Borrowed(""),
        /// The address that endpoint paths are joined to.
        pub base_url: Template = Template::EMPTY,
        /// Headers of every request.
        pub headers: List<(Template, Template)> = List::Borrowed(&[]),
        /// How requests are authenticated.
        pub auth: Auth = Auth::None,
        /// The secrets that templates name.
        pub secrets: List<Input> = List::Borrowed(&[]),
        /// The settings that templates name.
        pub config: List<Input> = List::Borrowed(&[]),
        /// When and how often a failed request is retried.
        pub retry: Retry = Retry::DEFAULT,
        /// The longest that one try may take, from connecting to the last byte of the body.
        pub timeout: Duration = SourcePlan::TIMEOUT,
        /// How many requests are under way at the same time, at most.
        pub concurrency: u32 = SourcePlan::CONCURRENCY,
        /// How many requests are sent in a time, at most.
        pub rate_limit: Option<RateLimit> = None,
        /// Headers by which the server says how many requests are left, beside those that are known.
        pub rate_limit_headers: Option<RateLimitHeaders> = None,
        /// Servers beside the base URL's that may see the credentials, as `host` or `host:port`.
        pub allowed_hosts: List<Template> = List::Borrowed(&[]),
        /// What of all this is read from settings when a client is built.
        pub settings: List<(ClientSetting, Template)> = List::Borrowed(&[]),
    }
}

impl SourcePlan {
    /// The default number of concurrent requests.
    pub const CONCURRENCY: u32 = 8;
    /// The default timeout of one attempt.
    pub const TIMEOUT: Duration = Duration::from_secs(60);

    /// A source of this name at this address with default settings and no secrets. For programs that make plans at run time.
    ///
    /// ```
    /// let plan = rest_source_plan::SourcePlan::new("payments_api", "https://api.example.com");
    /// assert_eq!(plan.retry.max_retries, 3);
    /// ```
    pub fn new(name: impl Into<Str>, base_url: impl Into<Str>) -> SourcePlan {
        SourcePlan { name: name.into(), base_url: Template::text(base_url), ..SourcePlan::DEFAULT }
    }
}

plan! {
    /// When and how often a failed request is retried. By default three times, after statuses that mean «try again
    /// later».
    #[derive(Clone, PartialEq)]
    pub struct Retry or DEFAULT {
        /// Statuses after which a request is sent again.
        pub statuses: List<u16> = List::Borrowed(&[429, 500, 502, 503, 504]),
        /// How often a request is sent again, beyond the first try.
        pub max_retries: u32 = 3,
        /// What each wait is multiplied by to give the next: with 2 they are 1, 2 and 4 seconds.
        pub backoff_factor: f64 = 2.0,
        /// The longest single wait. A `Retry-After` beyond it ends the retries.
        // Rate limits are mostly counted by the minute, so that a longer wait is of no use.
        pub max_delay: Duration = Duration::from_secs(60),
        /// The longest that all tries and waits of one request may take together.
        pub max_elapsed: Duration = Duration::from_secs(300),
    }
}

plan! {
    /// How many requests are sent in a time, at most.
    #[derive(Clone, PartialEq, Eq)]
    pub struct RateLimit or DEFAULT {
        /// How many.
        pub requests: u32 = 1,
        /// In which time.
        pub per: Unit = Unit::Second,
        /// How many may come at once.
        pub burst: u32 = 1,
    }
}

plan! {
    /// Headers by which a server says how many requests are left, and until when.
    #[derive(Clone, PartialEq, Eq)]
    pub struct RateLimitHeaders or DEFAULT {
        /// The one that says how many requests are left; without it `reset` counts after a refusal only.
        pub remaining: Option<Str> = None,
        /// The one that says until when: in seconds, or as a point in time.
        pub reset: Str = Str::Borrowed(""),
    }
}
