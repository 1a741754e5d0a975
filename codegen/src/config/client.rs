//! `client`: how the API is reached.

use rest_source_plan::Unit;

use super::{Auth, Paginator};
use crate::{
    diagnostic::Diagnostics,
    parse::{LooseText, Map, OrTemplate, Parse, Shape, TemplateText, known_value, mapping},
    source::Spanned,
    yaml::Node,
};

mapping! {
    /// How the API is reached.
    pub struct Client is "`client`" {
        /// The address that endpoint paths are joined to.
        required base_url: Spanned<TemplateText>,
        /// Headers of every request.
        optional headers: Map<Spanned<LooseText>>,
        /// How requests are authenticated.
        optional auth: Auth,
        /// The paginator of resources that do not name one.
        optional paginator: Paginator,
        /// When and how often a failed request is tried again.
        optional retry: Retry,
        /// The longest that one try may take, in seconds.
        optional timeout: Spanned<OrTemplate<f64>>,
        /// How many requests are under way at the same time, at most.
        optional concurrency: Spanned<OrTemplate<u64>>,
        /// How many requests are sent in a time, at most.
        optional rate_limit: RateLimit,
        /// Headers in which the server says how many requests are left, besides the usual ones.
        optional rate_limit_headers: RateLimitHeaders,
        /// Servers beside `base_url`'s that may see the credentials.
        optional allowed_hosts: Vec<Spanned<TemplateText>>,
    }
}

mapping! {
    /// When and how often a failed request is tried again.
    pub struct Retry is "`retry`" {
        /// Statuses after which a request is sent again.
        optional statuses: Vec<Spanned<OrTemplate<u64>>>,
        /// How often a request is sent again, beyond the first try.
        optional max_retries: Spanned<OrTemplate<u64>>,
        /// What each wait is multiplied by to give the next.
        optional backoff_factor: Spanned<OrTemplate<f64>>,
        /// The longest single wait, in seconds.
        optional max_delay: Spanned<OrTemplate<f64>>,
        /// The longest that all tries and waits of one request may take together, in seconds.
        optional max_elapsed: Spanned<OrTemplate<f64>>,
    }
}

mapping! {
    /// How many requests are sent in a time, at most.
    pub struct RateLimit is "`rate_limit`" {
        /// How many.
        required requests: Spanned<OrTemplate<u64>>,
        /// In which time.
        required per: Per,
        /// How many may come at once; by default all.
        optional burst: Spanned<OrTemplate<u64>>,
    }
}

mapping! {
    /// Headers by which the server says how many requests are left, and until when.
    pub struct RateLimitHeaders is "`rate_limit_headers`" {
        /// The one that says how many requests are left; without it `reset` counts after a refusal only.
        optional remaining: Spanned<TemplateText>,
        /// The one that says until when: in seconds, or as a point in time.
        required reset: Spanned<TemplateText>,
    }
}

/// A time in which requests are counted: what a server counts by, none of which is longer than an hour.
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
