//! Asking for page after page of one resource, in a task of its own, so that the next page is on its
//! way while the last one is decoded and used.

use std::sync::Arc;

use serde_json::{Value, value::RawValue};
use tracing::Instrument as _;

use crate::{
    Checkpoint, Client, Error, Transfer, compose,
    decode::{Fault, Select, Unreadable},
    error::{Kind, Misread},
    incremental::Range,
    paginate::{Paginator, Response},
    pipe::{Event, Outlet},
    plan::{Link, ResourcePlan, Str},
    request::Request,
    retry,
    values::Values,
};

/// The text of a page, with what is known before its records are decoded.
pub(crate) struct Fetched {
    /// Which resource of those that are fetched together it belongs to.
    pub(crate) resource: usize,
    pub(crate) body: Body,
    /// Where the records are.
    pub(crate) select: Select,
    pub(crate) number: u64,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) transfer: Transfer,
    /// Which records count; all do if `None`.
    pub(crate) kept: Option<Vec<bool>>,
    /// Fields of the parent's record that every record gets, by their columns' names.
    pub(crate) included: Arc<[(Str, Value)]>,
}

/// A body that is text.
pub(crate) struct Body {
    text: String,
    content_type: Option<String>,
}

/// What a fetch of one resource begins with.
#[derive(Clone, Default)]
pub(crate) struct Beginning {
    /// Query parameters that go over those of the plan.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) page_size: Option<u64>,
    pub(crate) values: Values,
    pub(crate) resume: Option<Checkpoint>,
}

/// Where a fetch is, and how it goes on. Its errors are masked where they leave the crate, by
/// [`Pages`](crate::Pages).
pub(crate) struct Fetcher {
    client: Client,
    resource: usize,
    /// The request of every page, which the paginator completes.
    request: Request,
    paginator: Paginator,
    range: Option<Range>,
    /// The number of the next page.
    number: u64,
}

impl Fetcher {
    /// The error says why there can be no such fetch.
    pub(crate) fn new(
        client: &Client,
        resource: usize,
        plan: Link<ResourcePlan>,
        beginning: Beginning,
    ) -> Result<Fetcher, String> {
        let Beginning { params, page_size, mut values, resume } = beginning;
        let Checkpoint { page, position, range, .. } = resume.unwrap_or_default();
        let endpoint = &plan.endpoint;
        let range = match &endpoint.incremental {
            Some(incremental) => Some(Range::new(incremental, range)?),
            None => None,
        };
        values.bounds = range.as_ref().map(Range::bounds).unwrap_or_default();
        let mut request = compose::request(client.inner(), endpoint, &values)?;
        for (name, value) in &params {
            request.query.set(name, value);
        }
        let custom = client.inner().paginators.of(&plan.name);
        let paginator = Paginator::new(plan, custom, page_size, position)?;
        let (client, number) = (client.clone(), page.saturating_add(1));
        Ok(Fetcher { client, resource, request, paginator, range, number })
    }

    /// Sends page after page, each requested only when it is asked for. Ends after the last page or
    /// the first error.
    pub(crate) async fn run(mut self, mut outlet: Outlet) {
        while outlet.asked().await {
            let number = self.number;
            let page = self.page().await.map_err(|error| error.on_page(number));
            let page = match page {
                Ok(page) => page,
                Err(error) => {
                    outlet.put(Event::Failed(self.resource, error)).await;
                    return;
                }
            };
            let ends = page.checkpoint.position.is_none();
            if !outlet.send(Box::new(page)).await {
                return;
            }
            if ends {
                outlet.put(Event::End).await;
                return;
            }
        }
    }

    /// The next page.
    async fn page(&mut self) -> Result<Fetched, Error> {
        let client = self.client.inner();
        let number = self.number;
        let mut request = self.request.clone();
        self.paginator.ask(&mut request);
        let url = request.address();
        let span =
            tracing::debug_span!("request", page = number, url = client.mask.apply(url.as_str()));
        let success = retry::request(client, &request).instrument(span).await?;
        let answer = success.answer;
        let body = Body::new(answer.body, answer.content_type)?;
        let response = Response { body: body.text(), headers: &answer.headers, url: &answer.url };
        let more = self
            .paginator
            .advance(&response)
            .map_err(|halt| halt.into_error(|fault| body.fault(fault)))?;
        let select = self.paginator.records();
        let mut kept = None;
        let mut ends = !more;
        if let Some(range) = &mut self.range {
            let taken = body
                .records(&select)
                .and_then(|records| range.take(&records).map_err(Fault::Misread))
                .map_err(|fault| body.fault(fault))?;
            ends |= taken.ends;
            kept = taken.kept;
        }
        self.number += 1;
        let transfer = Transfer {
            bytes: u64::try_from(body.text.len()).unwrap_or(u64::MAX),
            retries: success.retries,
            elapsed: success.elapsed,
        };
        tracing::debug!(page = number, bytes = transfer.bytes, retries = transfer.retries, "page");
        let checkpoint = Checkpoint {
            page: number,
            position: if ends { None } else { self.paginator.position() },
            range: self.range.as_ref().map(Range::state),
            ..Checkpoint::default()
        };
        let (resource, included) = (self.resource, Arc::new([]));
        Ok(Fetched { resource, body, select, number, checkpoint, transfer, kept, included })
    }
}

impl Body {
    fn new(bytes: Vec<u8>, content_type: Option<String>) -> Result<Body, Error> {
        String::from_utf8(bytes)
            .map(|text| Body { text, content_type: content_type.clone() })
            .map_err(|error| {
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Body { text, content_type }.refuse("is not UTF-8").with_source(error.utf8_error())
            })
    }

    pub(crate) fn text(&self) -> &str {
        // Some servers begin with a byte order mark, which RFC 8259 lets a parser pass over.
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// The records, as they stand there.
    pub(crate) fn records(&self, select: &Select) -> Result<Vec<&RawValue>, Fault> {
        select.records(self.text())
    }

    /// The error for a page whose records cannot be read.
    pub(crate) fn fault(&self, fault: Fault) -> Error {
        match fault {
            Fault::Unreadable(unreadable) => self.unreadable(unreadable),
            Fault::Misread(misread) => Error::new(Kind::Decode(misread)),
        }
    }

    /// The error for a body that is not JSON. It shows the body, so that a login page or a proxy's
    /// excuse is recognised.
    fn unreadable(&self, Unreadable(error): Unreadable) -> Error {
        if self.text.trim().is_empty() {
            return self.refuse("is empty");
        }
        self.refuse(&format!("is not JSON ({error})")).with_source(error)
    }

    fn refuse(&self, what: &str) -> Error {
        let content_type = self.content_type.as_deref().unwrap_or("no content type");
        Error::new(Kind::Decode(Misread {
            what: format!("the response ({content_type}) {what}"),
            found: Some(self.text.clone()).filter(|text| !text.trim().is_empty()),
            ..Misread::default()
        }))
    }
}
