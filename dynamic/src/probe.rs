//! The first page of each resource and how it is paged, to see what there is.

use std::sync::{Arc, Mutex, PoisonError};

use rest_source::{
    Client, Error, SentRequest,
    plan::{Link, Paginator, ResourcePlan},
};

use serde_json::value::RawValue;

use crate::{
    Failure, Fetch, choice,
    contradiction::contradicted_total,
    page::{Raw, ends, in_format, same, with_paginator},
};

/// The first page of a resource.
#[derive(Debug)]
#[non_exhaustive]
pub struct Probed {
    /// The plan of the resource, with the `response_format` that was detected.
    pub plan: Link<ResourcePlan>,
    /// The request for the page; those before it were for tokens and parents.
    pub request: Option<SentRequest>,
    /// The page. `None` for a child whose parents have no records.
    pub page: Result<Option<Raw>, Error>,
    /// What is known of the pages after it.
    pub paging: Paging,
    /// The `response_format` that the first response has shown, where the description has none.
    pub response_format: Option<&'static str>,
}

/// What is known of the pages after the first one.
#[derive(Debug)]
#[non_exhaustive]
pub enum Paging {
    /// The second page came.
    Continues(Box<Raw>),
    /// The second page has the records of the first one: the server ignores the parameter that requests it.
    Repeats,
    /// By what the paginator looks at, the first page is the last one.
    Ends,
    /// The description's paginator ends at the first page, where another one, or the same without its
    /// flag, does not: the text says which.
    Contradicted(String),
    /// The second page came, and contradicts what the description says of the total: the text says how.
    Refuted(Box<Raw>, String),
    /// There is an error of paging.
    Fails(Error),
    /// There is no page.
    Unknown,
}

impl Fetch {
    /// Fetches the first page of each resource and tries the second one, one resource after the
    /// other; of a child those of one record of its parent.
    ///
    /// # Errors
    ///
    /// When it cannot begin, as for [`run`](Fetch::run).
    pub async fn probe(mut self, mut on_probed: impl FnMut(Probed)) -> Result<(), Failure> {
        let plans = choice::choose(&self.plans, &self.resources, &self.arguments, self.caller)?;
        let last = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&last);
        self = self.on_request(move |request: &SentRequest| {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(request.clone());
        });
        let client = self.client()?;
        for mut plan in plans {
            // By itself: a fetch of two pages requests the second one while the first is looked at.
            let mut page = self.probing(&client, plan.clone()).pages().try_next().await;
            let mut response_format = None;
            if let Some((word, read)) =
                page.as_ref().err().and_then(|error| in_format(&plan, error))
            {
                let again = self.probing(&client, read.clone()).pages().try_next().await;
                if again.is_ok() {
                    (plan, page, response_format) = (read, again, Some(word));
                }
            }
            let request = last.lock().unwrap_or_else(PoisonError::into_inner).take();
            let (page, paging) = match page {
                Ok(Some(page)) if ends(&page) => {
                    let paging = self.contradicted_end(&client, &plan, &page).await;
                    (Ok(Some(page)), paging.map_or(Paging::Ends, Paging::Contradicted))
                }
                Ok(Some(page)) => {
                    let second =
                        self.probing(&client, plan.clone()).resume(page.checkpoint.clone());
                    let paging = match second.pages().try_next().await {
                        Ok(Some(second)) if same(&page, &second) => Paging::Repeats,
                        Ok(Some(second)) => {
                            let what = match contradicted_total(&plan, &page, &second) {
                                None => {
                                    self.contradicted_last(&client, &plan, (&page, &second)).await
                                }
                                what => what,
                            };
                            let second = Box::new(second);
                            match what {
                                Some(what) => Paging::Refuted(second, what),
                                None => Paging::Continues(second),
                            }
                        }
                        Ok(None) => Paging::Ends,
                        Err(error) => Paging::Fails(error),
                    };
                    (Ok(Some(page)), paging)
                }
                Ok(None) => (Ok(None), Paging::Unknown),
                Err(error) if is_of_paging(&error) => {
                    // The page has come, whatever is wrong with how it is paged.
                    let alone = with_paginator(&plan, Paginator::SinglePage);
                    match self.probing(&client, alone).pages().try_next().await {
                        Ok(Some(page)) => (Ok(Some(page)), Paging::Fails(error)),
                        Ok(None) | Err(_) => (Err(error), Paging::Unknown),
                    }
                }
                Err(error) => (Err(error), Paging::Unknown),
            };
            on_probed(Probed { plan, request, page, paging, response_format });
        }
        Ok(())
    }

    /// A fetch of one page.
    pub(crate) fn probing(
        &self,
        client: &Client,
        plan: Link<ResourcePlan>,
    ) -> rest_source::Fetch<Box<RawValue>> {
        let mut fetch = rest_source::Fetch::<Box<RawValue>>::of_plan(client, plan).max_pages(1);
        for (name, value) in &self.params {
            fetch = fetch.param(name, value);
        }
        for (name, value) in &self.arguments {
            fetch = fetch.argument(name, value.as_str());
        }
        fetch
    }
}

/// Whether an error says that there is something wrong with how a resource is paged.
fn is_of_paging(error: &Error) -> bool {
    error.is_config() || error.is_undecided() || error.is_stuck() || error.is_decode()
}
