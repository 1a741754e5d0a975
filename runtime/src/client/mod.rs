//! The client that every resource of a source shares.

pub(crate) mod builder;
pub(crate) mod example;

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::header::HeaderMap;
use url::Url;

use crate::{
    error::{Reason, mask::Mask},
    http::{auth::Authenticator, inputs::Inputs, transport::Transport},
    paginate::Paginators,
    plan::{Auth, RateLimit, SourcePlan},
};

/// The client that every resource of a source shares: connections, credentials and retry rules.
/// Cloning it is cheap, and clones share their connections.
///
/// Generated clients wrap one; it is made by a [`ClientBuilder`](crate::ClientBuilder). It connects
/// when a [`Fetch`](crate::Fetch) first asks for something. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) plan: Cow<'static, SourcePlan>,
    pub(crate) base_url: Url,
    pub(crate) transport: Arc<Transport>,
    /// The source's headers.
    pub(crate) headers: HeaderMap,
    /// What the plan names.
    pub(crate) inputs: Arc<Inputs>,
    /// What authenticates requests of endpoints that do not say otherwise.
    pub(crate) auth: Arc<Authenticator>,
    /// What authenticates requests of endpoints that do, as far as they were asked for.
    pub(crate) others: Mutex<Vec<(Auth, Arc<Authenticator>)>>,
    /// How many requests may be under way at the same time.
    pub(crate) concurrency: u32,
    /// Those that users have written.
    pub(crate) paginators: Paginators,
    pub(crate) mask: Arc<Mask>,
}

impl Inner {
    /// What authenticates requests of an endpoint: the same for all that say the same, so that they
    /// share their tokens.
    pub(crate) fn authenticator(&self, plan: Option<&Auth>) -> Result<Arc<Authenticator>, Reason> {
        let Some(plan) = plan else { return Ok(Arc::clone(&self.auth)) };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = others.iter().find(|(known, _)| known == plan) {
            return Ok(Arc::clone(known));
        }
        let new =
            Arc::new(Authenticator::new(plan, &self.inputs, &self.base_url, &self.transport)?);
        others.push((plan.clone(), Arc::clone(&new)));
        Ok(new)
    }
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Client {
        Client(Arc::new(inner))
    }

    /// The base URL that paths are joined to, its secrets masked.
    pub fn base_url(&self) -> String {
        self.0.mask.apply(self.0.base_url.as_str())
    }

    /// The `rate_limit` of the file, with its settings filled in.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.plan.rate_limit.as_ref()
    }

    /// Whether it is a clone of the other.
    pub(crate) fn is(&self, other: &Client) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("name", &self.0.plan.name)
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
