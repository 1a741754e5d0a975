//! A request as an endpoint and its paginator put it together, before it is authenticated.

use std::sync::Arc;

use reqwest::header::HeaderMap;
use serde_json::{Map, Value};
use url::Url;

use crate::{
    auth::Authenticator,
    plan::{Method, Place, Str},
    query::Query,
};

/// A request, to be changed until it is sent.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The address; its query is replaced by `query`.
    pub(crate) url: Url,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// What authenticates it when it is sent.
    pub(crate) auth: Arc<Authenticator>,
}

/// The body of a request.
#[derive(Clone)]
#[allow(dead_code, reason = "endpoints get bodies next")]
pub(crate) enum Payload {
    Json(Value),
    Form(Vec<(String, String)>),
    Text(String),
}

impl Request {
    /// The whole address.
    pub(crate) fn address(&self) -> Url {
        self.query.apply(&self.url)
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
        }
    }

    /// Asks at another address, which has its own query.
    pub(crate) fn follow(&mut self, url: Url) {
        self.query = Query::of(&url);
        self.url = url;
    }
}

/// Puts a value at the end of a path of keys. What is in the way gives way.
fn put(place: &mut Value, keys: &[Str], value: Value) {
    let Some((key, rest)) = keys.split_first() else {
        *place = value;
        return;
    };
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Object(members) = place {
        put(members.entry(key.to_string()).or_insert(Value::Null), rest, value);
    }
}
