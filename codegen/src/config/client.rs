//! `client`: how the API is reached.

use super::Paginator;
use crate::{
    parse::{LooseText, Map, mapping, union},
    source::Spanned,
};

mapping! {
    /// How the API is reached.
    pub struct Client is "`client`" {
        /// The address that endpoint paths are joined to.
        required base_url: Spanned<String>,
        /// Headers of every request.
        optional headers: Map<Spanned<LooseText>>,
        /// How requests are authenticated.
        optional auth: Auth,
        /// The paginator of resources that do not name one.
        optional paginator: Paginator,
        /// When and how often a failed request is tried again.
        optional retry: Retry,
        /// The longest that one try may take, in seconds.
        optional timeout: Spanned<f64>,
    }
}

union! {
    /// How requests are authenticated.
    pub enum Auth is "an authentication" or "bearer" {
        /// A token in the `Authorization` header.
        "bearer" => Bearer(Bearer),
    }
}

mapping! {
    /// A token in the `Authorization` header.
    pub struct Bearer is "`bearer`" {
        /// The token; by default the secret `token`.
        optional token: Spanned<String>,
    }
}

mapping! {
    /// When and how often a failed request is tried again.
    pub struct Retry is "`retry`" {
        /// Statuses after which a request is sent again.
        optional statuses: Vec<Spanned<u64>>,
        /// How often a request is sent again, beyond the first try.
        optional max_retries: Spanned<u64>,
        /// What each wait is multiplied by to give the next.
        optional backoff_factor: Spanned<f64>,
        /// The longest single wait, in seconds.
        optional max_delay: Spanned<f64>,
        /// The longest that all tries and waits of one request may take together, in seconds.
        optional max_elapsed: Spanned<f64>,
    }
}
