//! A request as an endpoint and its paginator put it together, before it is authenticated.

use std::sync::Arc;

use reqwest::header::HeaderMap;
use serde_json::Value;
use url::Url;

pub(crate) use super::payload::Payload;
use super::{
    auth::Authenticator,
    payload::{headers_and_body, put},
    query::Query,
};
use crate::plan::{List, Method, ResponseAction, ResponseFormat, Str};

/// A request, to be changed until it is sent.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The address; its query is replaced by `query`.
    pub(crate) url: Url,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// What happens to certain responses.
    pub(crate) actions: List<ResponseAction>,
    /// What the bodies of its responses are.
    pub(crate) format: ResponseFormat,
    /// What authenticates it when it is sent.
    pub(crate) auth: Arc<Authenticator>,
}

/// Where a request sends a value of its paginator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The query parameter of this name.
    Param(Str),
    /// These keys of the JSON body, one inside the other.
    Body(Vec<Str>),
    /// Texts of the endpoint, which are filled before the paginator has a say; with the word that they
    /// name it by.
    Text(&'static str),
    /// The same, where each is a whole value of the JSON body.
    Json(&'static str),
}

impl Request {
    /// The whole address.
    pub(crate) fn address(&self) -> Url {
        self.query.apply(&self.url)
    }

    /// The method, as HTTP has it.
    pub(crate) fn method(&self) -> reqwest::Method {
        match self.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        }
    }

    /// The headers and the body as they are sent.
    pub(crate) fn headers_and_body(&self) -> (HeaderMap, Option<String>) {
        headers_and_body(&self.headers, self.body.as_ref())
    }

    /// Puts a value of the paginator in its place. A body that is no JSON stays as it is; the checks
    /// refuse such a paginator.
    pub(crate) fn set(&mut self, place: &Place, value: Value) {
        match place {
            Place::Param(name) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.query.set(name, &text);
            }
            Place::Body(keys) => {
                let body = self.body.get_or_insert(Payload::Json(Value::Null));
                if let Payload::Json(body) = body {
                    put(body, keys, value);
                }
            }
            Place::Text(_) | Place::Json(_) => {}
        }
    }

    /// Asks at another address, which has its own query.
    pub(crate) fn follow(&mut self, url: Url) {
        self.query = Query::of(&url);
        self.url = url;
    }
}
