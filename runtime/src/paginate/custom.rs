//! Paginators that users write.

use std::{collections::BTreeMap, fmt};

use reqwest::header::HeaderMap;
use serde_json::{Value, value::RawValue};
use url::Url;

use super::{
    Halt, Response,
    history::History,
    kind::{Beside, Kind},
    page::Page,
    position::Position,
    step::{Again, Step, Why},
};
use crate::{
    decode::Select as _,
    error::Reason,
    http::request::{Place, Request},
};

/// An error of any type.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A paginator of one's own, for an API whose next page is asked for in a way that no kind of
/// `paginator` can say. It is given to [`ClientBuilder::paginator`](crate::ClientBuilder::paginator)
/// and takes the place of the one in the file.
///
/// Each fetch begins with a copy of it. For each page [`ask`](Paginate::ask) completes the request,
/// and [`advance`](Paginate::advance) sees the response. What has to be known to continue is
/// [`state`](Paginate::state), which goes into the page's checkpoint; a fetch that is resumed begins
/// with [`restore`](Paginate::restore). A state that comes a second time in one fetch ends it with an
/// error, as the same pages would come for ever.
///
/// ```
/// use rest_source::{NextRequest, PageResponse, Paginate};
/// use serde_json::{Value, json};
///
/// /// Asks for the records behind the last one's id, until a page has fewer than 100.
/// #[derive(Clone, Default)]
/// struct ById {
///     last: Option<u64>,
/// }
///
/// impl Paginate for ById {
///     fn ask(&self, request: &mut NextRequest<'_>) {
///         request.set_param("limit", 100);
///         if let Some(last) = self.last {
///             request.set_param("id_greater_than", last);
///         }
///     }
///
///     fn advance(
///         &mut self,
///         response: &PageResponse<'_>,
///     ) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
///         let Some(record) = response.records().last() else { return Ok(false) };
///         let record: Value = serde_json::from_str(record.get())?;
///         self.last = record["id"].as_u64();
///         Ok(response.records().len() == 100)
///     }
///
///     fn state(&self) -> Value {
///         json!(self.last)
///     }
///
///     fn restore(
///         &mut self,
///         state: Value,
///     ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
///         self.last = serde_json::from_value(state)?;
///         Ok(())
///     }
/// }
/// # fn build(builder: rest_source::ClientBuilder) -> Result<rest_source::Client, rest_source::Error> {
///
/// let client = builder.paginator("payments", ById::default()).build()?;
/// # Ok(client)
/// # }
/// ```
pub trait Paginate: Send + Sync {
    /// Makes a request the one for the page that comes next. It has all that the file says, and is
    /// asked again for each page.
    fn ask(&self, request: &mut NextRequest<'_>);

    /// Moves on to the page after the one of this response. Says whether there is one.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the response; it ends the fetch, and the page does not come out.
    fn advance(&mut self, response: &PageResponse<'_>) -> Result<bool, Fault>;

    /// What has to be known to ask for the next page.
    fn state(&self) -> Value;

    /// Goes to the page of a state that an earlier fetch has given out.
    ///
    /// # Errors
    ///
    /// When it is no such state.
    fn restore(&mut self, state: Value) -> Result<(), Fault>;
}

/// A request that a [`Paginate`] completes.
pub struct NextRequest<'a>(&'a mut Request);

impl NextRequest<'_> {
    /// Sets a query parameter, in place of those with its name.
    pub fn set_param(&mut self, name: &str, value: impl fmt::Display) {
        self.0.query.set(name, &value.to_string());
    }

    /// Sets a value in the JSON body, at the end of this path of keys. What is in the way gives way.
    pub fn set_body(&mut self, path: &[&str], value: impl Into<Value>) {
        let keys = path.iter().map(|key| (*key).to_owned().into()).collect();
        self.0.set(&Place::Body(keys), value.into());
    }

    /// Goes to another address, which has its own query. Credentials are sent there, so that it must
    /// be one of the client's servers.
    pub fn set_url(&mut self, url: Url) {
        self.0.follow(url);
    }

    /// The address as it is so far, without what authentication adds.
    pub fn url(&self) -> Url {
        self.0.address()
    }
}

impl fmt::Debug for NextRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parameters may be secrets.
        f.debug_struct("NextRequest").finish_non_exhaustive()
    }
}

/// A response that a [`Paginate`] sees.
pub struct PageResponse<'a> {
    response: &'a Response<'a>,
    records: Vec<&'a RawValue>,
}

impl<'a> PageResponse<'a> {
    /// The body's text.
    pub fn body(&self) -> &'a str {
        self.response.body
    }

    /// The status: one of success, or one that `response_actions` accept.
    pub fn status(&self) -> u16 {
        self.response.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &'a HeaderMap {
        self.response.headers
    }

    /// The address that answered, which relative links are joined to.
    pub fn url(&self) -> &'a Url {
        self.response.url
    }

    /// The records, as they are written in the body.
    pub fn records(&self) -> &[&'a RawValue] {
        &self.records
    }
}

impl fmt::Debug for PageResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageResponse").field("records", &self.records.len()).finish_non_exhaustive()
    }
}

/// The paginators that a client's builder was given, by the names of their resources.
#[derive(Default)]
pub(crate) struct Paginators(BTreeMap<String, Box<dyn AnyPaginate>>);

/// A [`Paginate`] that can be copied.
pub(crate) trait AnyPaginate: Paginate {
    fn copy(&self) -> Box<dyn AnyPaginate>;
}

impl<P: Paginate + Clone + 'static> AnyPaginate for P {
    fn copy(&self) -> Box<dyn AnyPaginate> {
        Box::new(self.clone())
    }
}

impl Paginators {
    pub(crate) fn insert(&mut self, resource: String, paginator: Box<dyn AnyPaginate>) {
        self.0.insert(resource, paginator);
    }

    /// A copy of the resource's paginator, if it has one.
    pub(crate) fn of(&self, resource: &str) -> Option<Box<dyn AnyPaginate>> {
        self.0.get(resource).map(|paginator| paginator.copy())
    }
}

/// A paginator from outside this crate, in a fetch.
pub(super) struct Custom {
    paginator: Box<dyn AnyPaginate>,
    history: History,
}

impl Clone for Custom {
    fn clone(&self) -> Custom {
        Custom { paginator: self.paginator.copy(), history: self.history.clone() }
    }
}

impl Custom {
    pub(super) fn new(
        mut paginator: Box<dyn AnyPaginate>,
        state: Option<Value>,
    ) -> Result<Custom, Reason> {
        if let Some(state) = state {
            let refuse = |error| format!("the checkpoint is refused by the paginator: {error}");
            paginator.restore(state).map_err(refuse)?;
        }
        let history = History::from(Some(paginator.state().to_string()));
        Ok(Custom { paginator, history })
    }
}

impl Kind for Custom {
    fn ask(&self, request: &mut Request) {
        self.paginator.ask(&mut NextRequest(request));
    }

    fn advance(&mut self, page: &Page<'_>, _: &Beside<'_>) -> Result<Step, Halt> {
        let response = page.response;
        if response.has_no_content() {
            return Ok(Step::Last(Why::Declared));
        }
        let records = if response.is_left_out {
            Vec::new()
        } else {
            page.selector.records(response.body).map_err(Halt::Decode)?
        };
        let seen = PageResponse { response, records };
        let more = self.paginator.advance(&seen).map_err(Halt::Custom)?;
        Ok(if more { Step::Next } else { Step::Last(Why::Declared) })
    }

    fn again(&mut self) -> Option<Again> {
        let value = self.paginator.state().to_string();
        let cause = "the paginator gives a state that it had before".to_owned();
        let again = Again { what: "state", value, cause, is_of_last: false };
        self.history.has(&again.value).then_some(again)
    }

    fn position(&self) -> Option<Position> {
        Some(Position::Custom(self.paginator.state()))
    }
}
