//! The client that every resource of a source shares.

use std::{fmt, sync::Arc, time::Duration};

use url::Url;

use crate::{auth::Authenticator, inputs::Inputs, mask::Mask, paginate::Paginators, plan::Retry};

/// The client that every resource of a source shares: connections, credentials and retry rules.
/// Cloning it is cheap, and clones share their connections.
///
/// Generated clients wrap one; it is made by a [`ClientBuilder`](crate::ClientBuilder). It connects
/// when a [`Fetch`](crate::Fetch) first asks for something. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) name: String,
    pub(crate) base_url: Url,
    /// Holds the source's headers.
    pub(crate) http: reqwest::Client,
    /// What the plan names.
    pub(crate) inputs: Inputs,
    /// What authenticates requests of endpoints that do not say otherwise.
    pub(crate) auth: Arc<Authenticator>,
    pub(crate) retry: Retry,
    /// How many requests may be under way at the same time.
    pub(crate) concurrency: u32,
    /// The longest that one try may take.
    pub(crate) timeout: Option<Duration>,
    /// Those that users have written.
    pub(crate) paginators: Paginators,
    pub(crate) mask: Mask,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Client {
        Client(Arc::new(inner))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("name", &self.0.name)
            .field("base_url", &self.0.mask.apply(self.0.base_url.as_str()))
            .finish_non_exhaustive()
    }
}
