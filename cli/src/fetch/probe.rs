//! The first page of each resource, to see what there is.

use std::sync::{Arc, Mutex, PoisonError};

use rest_source::{
    Error, Page, SentRequest,
    plan::{Link, ResourcePlan},
};
use serde_json::value::RawValue;

use super::{Failure, Fetch, choice};

/// The first page of a resource.
#[derive(Debug)]
#[non_exhaustive]
pub struct Probed {
    /// The plan of the resource.
    pub plan: Link<ResourcePlan>,
    /// The last request that was made for it; those before it were for tokens and parents.
    pub request: Option<SentRequest>,
    /// The page. `None` for a child whose parents have no records.
    pub page: Result<Option<Page<Box<RawValue>>>, Error>,
}

impl Fetch {
    /// Fetches the first page of each resource, one resource after the other; of a child that of one
    /// record of its parent.
    ///
    /// # Errors
    ///
    /// When it cannot begin, as for [`run`](Fetch::run).
    pub async fn probe(mut self, mut on_probed: impl FnMut(Probed)) -> Result<(), Failure> {
        let plans = choice::choose(&self.plans, &self.resources, &self.arguments)?;
        let last = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&last);
        self = self.on_request(move |request: &SentRequest| {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(request.clone());
        });
        let client = self.client()?;
        for plan in plans {
            let mut fetch =
                rest_source::Fetch::<Box<RawValue>>::of_plan(&client, plan.clone()).max_pages(1);
            for (name, value) in &self.params {
                fetch = fetch.param(name, value);
            }
            for (name, value) in &self.arguments {
                fetch = fetch.argument(name, value.as_str());
            }
            let page = fetch.pages().try_next().await;
            let request = last.lock().unwrap_or_else(PoisonError::into_inner).take();
            on_probed(Probed { plan, request, page });
        }
        Ok(())
    }
}
