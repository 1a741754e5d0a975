//! Asking for page after page of one resource, in a task of its own, so that the next page is on its
//! way while the last one is decoded and used.

mod start;

use std::{mem, sync::Arc};

use reqwest::StatusCode;
use tracing::Instrument as _;

use super::{
    advice,
    ahead::Ahead,
    beginning::Beginning,
    checkpoint::PagePoint,
    fetched::Fetched,
    filled::Filled,
    nothing::doubt_of_nothing,
    page_text::Body,
    pipe::{Event, Outlet},
    shaping::{self, Page, Shaping, Taken},
};
use crate::{
    Checkpoint, Client, Error, Transfer,
    decode::{Reply, Report, condition, format::Header},
    error::{Cause, Kind, LONGEST_ADDRESS, LONGEST_TEXT},
    http::{
        request::Request,
        retry::{self, Success},
        send::Outcome,
    },
    incremental::{Range, Token},
    paginate::{Doubt, Paginator, Response, detect::Turn},
    plan::{Link, ResourcePlan, printable::lines},
};

/// How many bytes are shown of what a response says of records that are missing.
const LONGEST_REASON: usize = 300;

/// Where a fetch is, and how it continues. Its errors are masked where they leave the crate, by
/// [`Pages`](crate::Pages).
pub(crate) struct Fetcher {
    client: Client,
    resource: usize,
    plan: Link<ResourcePlan>,
    /// The request of every page, which the paginator completes.
    request: Request,
    /// What fills the request of each page, where a text names a value of the paginator.
    filled: Option<Box<Filled>>,
    paginator: Paginator,
    /// Where it is to begin, if a token may have to be fetched to know it.
    held: Option<Box<Held>>,
    range: Option<Range>,
    /// What the run leaves beside its records, where the next one begins with that.
    token: Option<Token>,
    /// What it begins with if the server does not know any more what the last run has left.
    scratch: Option<Box<Beginning>>,
    /// How records are made of what is sent, if they are not that.
    shaping: Option<Box<Shaping>>,
    /// The names in the first row of its first page, if that is CSV.
    header: Header,
    /// When the run began, in seconds since 1970, where its range depends on that.
    now: Option<i64>,
    /// The number of the next page.
    number: u64,
    ahead: Ahead,
    /// How many requests may be under way at the same time.
    width: usize,
    set_aside: bool,
    is_strict: bool,
    /// When its first response is looked at, as those for other records of the parent come first.
    turn: Option<Turn>,
}

/// A checkpoint that names what requests are authenticated by.
struct Held {
    beginning: Beginning,
    names: Vec<String>,
}

impl Fetcher {
    /// The same fetch, whose first response waits for its turn.
    pub(crate) fn in_turn(self, turn: Option<Turn>) -> Fetcher {
        Fetcher { turn, ..self }
    }

    /// Sends page after page, each requested only when it is asked for. Ends after the last page or
    /// the first error.
    pub(crate) async fn run(mut self, mut outlet: Outlet) {
        let mut ends = false;
        while !ends && outlet.asked().await {
            let number = self.number;
            let page = loop {
                match self.page().await {
                    Err(error) if error.asks_for_restart() && self.scratch.is_some() => {
                        if let Err(error) = self.restart(error) {
                            break Err(error);
                        }
                    }
                    page => break page,
                }
            };
            let is_taken = match page {
                Ok(page) => {
                    ends = page.checkpoint.pages.is_none();
                    outlet.send(Box::new(page)).await
                }
                Err(error) => {
                    ends = true;
                    let error = advice::add(error, self.client.inner(), &self.plan, number);
                    outlet.put(Event::Failed(self.resource, error.on_page(number))).await
                }
            };
            if !is_taken {
                return;
            }
        }
        outlet.put(Event::End).await;
    }

    /// Restarts from scratch, as the server does not know any more what the last run has left.
    ///
    /// # Errors
    ///
    /// If no record may come a second time.
    fn restart(&mut self, error: Error) -> Result<(), Error> {
        let Some(beginning) = self.scratch.take() else { return Err(error) };
        let status = error.status().unwrap_or_default();
        if beginning.appends {
            return Err(error.with_help(
                "the server does not know any more where the last run has ended, and an `append` from \
                 scratch would add every record a second time: write `write_disposition: merge` with a \
                 `primary_key`, or reset the state of the resource"
                    .to_owned(),
            ));
        }
        tracing::warn!(
            resource = self.paginator.resource(),
            status,
            "the server does not know any more where the last run has ended: the run restarts from scratch"
        );
        let new = Fetcher::new(&self.client, self.resource, self.plan.clone(), *beginning);
        let new = new.map_err(Error::config)?;
        let (number, turn) = (self.number, self.turn.take());
        *self = Fetcher { number, turn, ..new };
        Ok(())
    }

    /// The next page.
    async fn page(&mut self) -> Result<Fetched, Error> {
        if let Some(held) = self.held.take() {
            self.take_up(*held).await?;
        }
        let number = self.number;
        let answer = match self.ahead.take(&self.paginator).await {
            Some(answer) => answer,
            // It is large, and would be moved with each fetch of a child that begins.
            None => Box::pin(self.request(&self.paginator, number)).await,
        };
        let mut turn = self.turn.take();
        if let Some(turn) = &mut turn {
            turn.wait().await;
        }
        let success = match answer {
            Ok(success) => success,
            Err(error) => return self.refused(error),
        };
        let mut transfer =
            Transfer { bytes: 0, retries: success.retries, elapsed: success.elapsed };
        let mut answer = match success.outcome {
            Outcome::Answer(answer) => answer,
            Outcome::NoRecords(status) => return self.ignored(status.as_u16(), transfer),
        };
        let status = answer.status.as_u16();
        let mut body = match answer.status {
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT => Body::nothing(),
            _ => {
                let transport = &self.client.inner().transport;
                Body::of_answer(&mut answer, &self.plan, transport, &self.header)?
            }
        };
        let refused = |cause| {
            Error::new(Kind::Request {
                method: success.request.method,
                url: answer.url.to_string(),
                cause,
                tries: transfer.retries + 1,
                elapsed: transfer.elapsed,
            })
        };
        let detects = self.paginator.selector().is_none();
        if !answer.is_accepted && !body.is_nothing() {
            self.examine(&mut body, status, &refused)?;
        }
        let response = Response {
            status: answer.status,
            body: body.text(),
            headers: &answer.headers,
            url: &answer.url,
            request: &success.request,
            is_left_out: body.is_nothing(),
        };
        let more = self.paginator.advance(&response).map_err(|halt| {
            body.check().err().unwrap_or_else(|| halt.into_error(|fault| body.fault(fault)))
        })?;
        if detects && !answer.is_accepted && !body.is_nothing() {
            self.examine(&mut body, status, &refused)?;
        }
        if more && self.filled.is_some() {
            // A page cursor that its request cannot be sent with is an error of the page that has it.
            self.composed(&self.paginator)?;
        }
        let doubt = self.doubt(&body, answer.is_accepted);
        if !more {
            self.tell_warnings();
        }
        let doubt = doubt?;
        body.is_nothing |= self.paginator.is_empty();
        transfer.bytes = u64::try_from(body.text.len()).unwrap_or(u64::MAX);
        if let Some(token) = &mut self.token {
            let kept = token.look(body.text(), &answer.url, self.paginator.position());
            kept.map_err(|why| body.refuse(&why.to_string()))?;
            if let Some(missing) = token.missing().filter(|_| !more) {
                let resource = self.paginator.resource();
                tracing::warn!(resource, "{}", lines(&missing));
            }
        }
        let queries = [&success.request.query, &self.request.query];
        let page = Page::of(self.client.inner(), queries, &self.paginator);
        let Taken { records, kept, unfit, ends } = shaping::take(
            &page,
            &mut body,
            self.shaping.as_deref(),
            self.range.as_mut(),
            self.set_aside,
        )?;
        let ends = ends || !more;
        if self.width > 1 && !ends {
            let mut ahead = mem::take(&mut self.ahead);
            ahead.fill(&self.paginator, self.width, |paginator, between| {
                let request = self.request(paginator, number + 1 + between);
                tokio::spawn(request.in_current_span())
            });
            self.ahead = ahead;
        }
        self.number += 1;
        tracing::debug!(page = number, bytes = transfer.bytes, retries = transfer.retries, "page");
        let fetched = self.fetched(body, number, transfer, ends);
        Ok(Fetched { selector: records, kept, unfit, doubt, ..fetched })
    }

    /// What contradicts a complete fetch in the page that has come; an error for a fetch that has to
    /// be one.
    fn doubt(&mut self, body: &Body, is_accepted: bool) -> Result<Option<Doubt>, Error> {
        let mut doubt = self.paginator.doubted().filter(|_| !is_accepted);
        if doubt.is_none() {
            doubt = doubt_of_nothing(&self.paginator, body).filter(|_| !is_accepted);
        }
        self.judged(doubt)
    }

    /// What contradicts a complete fetch: an error for a fetch that has to be one.
    fn judged(&self, doubt: Option<Doubt>) -> Result<Option<Doubt>, Error> {
        match doubt {
            Some(doubt) if self.is_strict => Err(doubt.into_error()),
            doubt => {
                if let Some(doubt) = &doubt {
                    self.paginator.warn_of(doubt);
                }
                Ok(doubt)
            }
        }
    }

    /// Goes to a checkpoint with what authenticates requests in it.
    async fn take_up(&mut self, held: Held) -> Result<(), Error> {
        let Held { mut beginning, names } = held;
        let client = self.client.inner();
        let named = self.request.auth.named(&names, &client.base_url, &client.mask).await?;
        let fill = |name: &str| match named.iter().find(|(found, _)| found == name) {
            Some((_, secret)) => Ok(secret.clone()),
            None => client.inputs.kept(name),
        };
        let resume = beginning.resume.take().map(|resume| resume.taken_up(&fill)).transpose();
        beginning.resume = resume.map_err(Error::config)?;
        let new = Fetcher::at(&self.client, self.resource, self.plan.clone(), beginning);
        let (new, turn) = (new.map_err(Error::config)?, self.turn.take());
        *self = Fetcher { turn, ..new };
        Ok(())
    }

    /// Finds out whether a response of success brings records, as far as that is known without
    /// reading them: it fails if it reports an error, or has something else in their place.
    fn examine(
        &self,
        body: &mut Body,
        status: u16,
        refused: &dyn Fn(Cause) -> Error,
    ) -> Result<(), Error> {
        let plan = self.paginator.plan();
        let reply = Reply {
            status,
            content_type: body.content_type.as_deref(),
            body: body.text(),
            selector: self.paginator.selector(),
            plan,
            is_later: self.number > 1,
        };
        match reply.report() {
            None => Ok(()),
            Some(report @ (Report::Failed | Report::Unfinished)) => {
                let is_unfinished = report == Report::Unfinished;
                let (body, condition) = (body.text.clone(), condition(body.sent()));
                Err(refused(Cause::Report { status, body, is_unfinished, condition }))
            }
            Some(Report::Partial { why, condition }) => {
                let why = self.client.inner().mask.shown(&why, LONGEST_REASON);
                if self.is_strict {
                    return Err(Doubt::of_part(&why, &condition).into_error());
                }
                self.paginator.warn_of_missing(&why);
                Ok(())
            }
            Some(Report::Contradicted(why)) => {
                self.paginator
                    .warn_of_missing(&self.client.inner().mask.shown(&why, LONGEST_REASON));
                Ok(())
            }
            Some(Report::Nothing(stands)) => {
                (body.is_nothing, body.stands) = (true, Some(stands));
                self.paginator.warn_of_nothing(stands);
                Ok(())
            }
            Some(Report::LeftOut) if !plan.endpoint.data_selector_required => {
                body.is_nothing = true;
                Ok(())
            }
            Some(Report::LeftOut | Report::Misplaced) => {
                let records = body.records(&self.paginator.records());
                records.map(|_| ()).map_err(|fault| body.fault(fault))
            }
        }
    }

    /// Tells what the pages have shown beside their records.
    fn tell_warnings(&self) {
        let resource = self.paginator.resource();
        for warning in self.paginator.warnings() {
            let warning = self.client.inner().mask.shown(&warning, LONGEST_TEXT);
            tracing::warn!(resource, "{}", lines(&warning));
        }
    }

    /// What a refused request means: the end of the pages, if the one before it was as the last one
    /// is and the status says that there is no such page, or else the error.
    fn refused(&mut self, error: Error) -> Result<Fetched, Error> {
        let Some(status) = error.status() else { return Err(error) };
        if self.paginator.ends_at(status, &self.request) {
            tracing::debug!(page = self.number, status, "there is no such page");
            let transfer = Transfer {
                bytes: 0,
                retries: error.tries().map_or(0, |tries| tries.saturating_sub(1)),
                elapsed: error.elapsed().unwrap_or_default(),
            };
            return Ok(self.no_page(transfer));
        }
        if !self.paginator.may_end_at(status) {
            return Err(error);
        }
        Err(error.with_help(format!(
            "if that says that there are no more pages, say `response_actions: [{{status_code: \
             {status}, action: ignore}}]`"
        )))
    }

    /// The end of the pages at a response that the file ignores, which is no complete one where the pages
    /// before have announced more.
    fn ignored(&mut self, status: u16, transfer: Transfer) -> Result<Fetched, Error> {
        let is_end = self.paginator.ends_at(status, &self.request);
        let doubt = if is_end { None } else { self.paginator.doubt_of_ignored(status) };
        let doubt = self.judged(doubt)?;
        Ok(Fetched { doubt, ..self.no_page(transfer) })
    }

    /// The end of the pages where there is no such page as was requested.
    fn no_page(&mut self, transfer: Transfer) -> Fetched {
        self.tell_warnings();
        let number = self.number;
        self.number += 1;
        self.fetched(Body::nothing(), number, transfer, true)
    }

    /// Requests the page that a paginator asks for.
    fn request(
        &self,
        paginator: &Paginator,
        number: u64,
    ) -> impl Future<Output = Result<Success, Error>> + Send + use<> {
        let client = self.client.clone();
        let request = self.composed(paginator);
        async move {
            let (client, request) = (client.inner(), request?);
            let url = || client.mask.shown(request.address().as_str(), LONGEST_ADDRESS);
            let span = tracing::debug_span!("request", page = number, url = url());
            let sent = retry::request(&client.transport, &client.base_url, request);
            sent.instrument(span).await
        }
    }

    /// The request for the page that a paginator asks for.
    fn composed(&self, paginator: &Paginator) -> Result<Request, Error> {
        let mut request = match &self.filled {
            None => self.request.clone(),
            Some(filled) => filled.of_page(&self.client, &self.plan, paginator)?,
        };
        paginator.ask(&mut request);
        Ok(request)
    }

    /// A page of which all records count, with where the fetch continues after it.
    fn fetched(&self, body: Body, number: u64, transfer: Transfer, ends: bool) -> Fetched {
        let position = self.paginator.position().filter(|_| !ends);
        let pages = position.map(|position| PagePoint {
            position: position.kept(&self.client.inner().mask),
            total: self.paginator.total(),
            header: self.header.get().cloned().unwrap_or_default(),
        });
        let range = self.range.as_ref().map(Range::state);
        let range = range.or_else(|| self.token.as_ref().map(Token::state));
        let checkpoint = Checkpoint {
            page: number,
            pages,
            range: range.map(|range| range.kept(&self.client.inner().mask)),
            now: self.now,
            ..Checkpoint::default()
        };
        Fetched {
            resource: self.resource,
            body,
            selector: self.paginator.records(),
            number,
            checkpoint,
            transfer,
            kept: None,
            unfit: None,
            included: Arc::new([]),
            found: self.paginator.found().clone(),
            doubt: None,
        }
    }
}
