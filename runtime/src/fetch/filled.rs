//! What fills a request. Where a text of its endpoint names a value of the paginator, each page has a
//! request of its own.

use super::{compose, templates::names_page, values::Values};
use crate::{
    Client, Error, error::Reason, http::request::Request, paginate::Paginator, plan::ResourcePlan,
};

/// What fills a request.
pub(super) struct Filled {
    pub(super) values: Values,
    /// Parameters that go over those of the plan.
    pub(super) params: Vec<(String, String)>,
}

impl Filled {
    /// The request for the page that a paginator begins with. Unless all pages have the same, it comes with
    /// what fills those for the others.
    pub(super) fn begin(
        mut self,
        client: &Client,
        plan: &ResourcePlan,
        paginator: &Paginator,
    ) -> Result<(Request, Option<Box<Filled>>), Reason> {
        let is_of_page = names_page(&plan.endpoint);
        if is_of_page && paginator.is_custom() {
            return Err(
                "a text of the endpoint names a value of the file's paginator, which another one \
                        has replaced"
                    .into(),
            );
        }
        self.values.paged = paginator.paged();
        let request = self.request(client, plan)?;
        Ok((request, is_of_page.then(|| Box::new(self))))
    }

    /// The request for the page of a paginator, which completes it.
    pub(super) fn of_page(
        &self,
        client: &Client,
        plan: &ResourcePlan,
        paginator: &Paginator,
    ) -> Result<Request, Error> {
        let values = Values { paged: paginator.paged(), ..self.values.clone() };
        let filled = Filled { values, params: self.params.clone() };
        filled.request(client, plan).map_err(Error::config)
    }

    fn request(&self, client: &Client, plan: &ResourcePlan) -> Result<Request, Reason> {
        let mut request = compose::request(client.inner(), &plan.endpoint, &self.values)?;
        for (name, value) in &self.params {
            request.query.set(name, value);
        }
        Ok(request)
    }
}
