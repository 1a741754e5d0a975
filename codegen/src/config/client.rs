//! `client`: how the API is reached.

use rest_source_plan::Unit;

use super::{Authentication, Paginator};
use crate::{
    diagnostic::Diagnostics,
    parse::{LooseText, Map, OrTemplate, Parse, Shape, TemplateText, known_value, mapping},
    source::Spanned,
    yaml::Node,
};

mapping! {
    /// How the API is reached.
    pub struct Client is "`client`" {
        /// The URL that endpoint paths are joined to.
        required base_url: Spanned<TemplateText>,
        /// Headers of every request.
        optional headers: Map<Spanned<LooseText>>,
        /// How requests are authenticated; by default they are not.
        optional auth: Authentication,
        /// The paginator of resources that do not name one; by default `auto`.
        optional paginator: Paginator,
        /// When and how often a failed request is retried; by default three times.
        optional retry: Retry,
        /// The timeout of one attempt, in seconds; by default 60.
        optional timeout: Spanned<OrTemplate<f64>>,
        /// The maximum number of concurrent requests; by default 8.
        optional concurrency: Spanned<OrTemplate<u64>>,
        /// The maximum number of requests in a period; by default unlimited.
        optional rate_limit: RateLimit,
        /// Headers in which the server reports the remaining requests, in addition to the usual ones.
        optional rate_limit_headers: RateLimitHeaders,
        /// Further hosts that may receive the credentials; by default only that of `base_url` may.
        optional allowed_hosts: Vec<Spanned<TemplateText>>,
    }
}

mapping! {
    /// When and how often a failed request is retried.
    pub struct Retry is "`retry`" {
        /// Statuses after which a request is retried; by default 429, 500, 502, 503 and 504.
        optional statuses: Vec<Spanned<OrTemplate<u64>>>,
        /// The maximum number of retries; by default 3.
        optional max_retries: Spanned<OrTemplate<u64>>,
        /// The factor by which each wait grows; by default 2, so that the waits are 1, 2 and 4 seconds.
        optional backoff_factor: Spanned<OrTemplate<f64>>,
        /// The longest single wait, in seconds; by default 60.
        optional max_delay: Spanned<OrTemplate<f64>>,
        /// The total time budget of a request including its retries, in seconds; by default 300.
        optional max_elapsed: Spanned<OrTemplate<f64>>,
    }
}

mapping! {
    /// The maximum number of requests in a period.
    pub struct RateLimit is "`rate_limit`" {
        /// The number of requests.
        required requests: Spanned<OrTemplate<u64>>,
        /// The period.
        required per: Per,
        /// How many requests may be sent at once; by default all.
        optional burst: Spanned<OrTemplate<u64>>,
    }
}

mapping! {
    /// Headers in which the server reports the remaining requests and when they are renewed.
    pub struct RateLimitHeaders is "`rate_limit_headers`" {
        /// The header with the remaining requests; without it, `reset` applies only after a refusal.
        optional remaining: Spanned<TemplateText>,
        /// The header with the time of renewal: in seconds, or as a point in time.
        required reset: Spanned<TemplateText>,
    }
}

/// The period of a rate limit: at most an hour, as servers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per(pub Unit);

impl Per {
    const UNITS: &[(&'static str, &'static str, Unit)] = Unit::WORDS.split_at(3).0;
}

impl Parse for Per {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        known_value(node, "a unit of time", Per::UNITS, diagnostics).map(Per)
    }

    fn shape() -> Shape {
        Shape::words(Per::UNITS)
    }
}
