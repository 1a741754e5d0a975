//! Asking for page after page, in a task of its own, so that the next page is on its way while the
//! last one is decoded and used.

use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tracing::Instrument as _;

use crate::{
    Checkpoint, Client, Error, Transfer,
    decode::Unreadable,
    error::{Kind, Misread},
    paginate::{Halt, Paginator, Response},
    plan::Selector,
    request::Request,
    retry,
};

/// The text of a page, with what is known before its records are decoded.
pub(crate) struct Fetched {
    pub(crate) body: Body,
    pub(crate) number: u64,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) transfer: Transfer,
    /// Whether no page comes after it in this fetch.
    pub(crate) is_last: bool,
}

/// A body that is text.
pub(crate) struct Body {
    text: String,
    content_type: Option<String>,
}

/// Where a fetch is, and how it goes on. Its errors are masked where they leave the crate, by
/// [`Pages`](crate::Pages).
pub(crate) struct Fetcher {
    pub(crate) client: Client,
    /// The request of every page, which the paginator completes.
    pub(crate) request: Request,
    pub(crate) data_selector: Option<Selector>,
    pub(crate) paginator: Paginator,
    /// The number of the next page.
    pub(crate) number: u64,
    /// The number of the last page that may be asked for.
    pub(crate) last: u64,
}

impl Fetcher {
    /// Sends page after page, each requested only when `demand` has a permit for it. Ends after the
    /// last page or the first error.
    pub(crate) async fn run(
        mut self,
        demand: Arc<Semaphore>,
        pages: mpsc::Sender<Result<Fetched, Error>>,
    ) {
        loop {
            match demand.acquire().await {
                Ok(permit) => permit.forget(),
                Err(_) => return,
            }
            let number = self.number;
            let page = self.page().await.map_err(|error| error.on_page(number));
            let ends = page.as_ref().map_or(true, |page| page.is_last);
            if pages.send(page).await.is_err() || ends {
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
        let response = Response {
            body: body.text(),
            headers: &answer.headers,
            url: &answer.url,
            data_selector: self.data_selector.as_ref(),
        };
        let more = self.paginator.advance(&response).map_err(|halt| match halt {
            Halt::Unreadable(unreadable) => body.unreadable(unreadable),
            Halt::Stuck(what) => Error::new(Kind::Stuck(what)),
            Halt::Misread { what, found } => {
                let misread = Misread { what, found: Some(found), ..Misread::default() };
                Error::new(Kind::Decode(misread))
            }
        })?;
        self.number += 1;
        let transfer = Transfer {
            bytes: u64::try_from(body.text.len()).unwrap_or(u64::MAX),
            retries: success.retries,
            elapsed: success.elapsed,
        };
        tracing::debug!(page = number, bytes = transfer.bytes, retries = transfer.retries, "page");
        let checkpoint = Checkpoint::new(number, self.paginator.position());
        Ok(Fetched { body, number, checkpoint, transfer, is_last: !more || number == self.last })
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

    /// The error for a body that is not JSON. It shows the body, so that a login page or a proxy's
    /// excuse is recognised.
    pub(crate) fn unreadable(&self, Unreadable(error): Unreadable) -> Error {
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
