//! Requests of one method and path, put together: what all of them send is sent, and what changes from one to
//! the next is for a paginator.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    header::{is_needed, response_format},
    path::Path,
    request::{Body, Exchange, Request, Response},
    shape::Shape,
};
use crate::{
    api::{Operation, Parameter, is_cursor},
    description::{Entry, Mapping, Node},
    document::Value,
    gap::Gap,
    vault::Vault,
};

/// How deep members of a body may page.
const MOST_DEPTH: usize = 4;

/// The requests of one method and path.
pub(super) struct Endpoint {
    /// The path, below the base URL once that is known.
    pub(super) path: String,
    /// Where the first of them is in the input.
    pub(super) place: String,
    /// Whether it is selected by its path.
    pub(super) is_selected: bool,
    /// What authenticates them.
    pub(super) auth: Option<Mapping>,
    /// The keys of the endpoint that are none of its parameters.
    pub(super) keys: Mapping,
    /// The lists of values that it is requested for.
    lists: IndexMap<String, Vec<String>>,
    parameters: Vec<Sent>,
    requests: usize,
    shape: Option<Shape>,
    headers: IndexMap<String, Value>,
    /// The headers of requests, and the parameters that they have several times, whose values have changed: what
    /// they are called.
    varying: BTreeSet<String>,
}

/// A parameter and what it was sent with.
struct Sent {
    name: String,
    place: &'static str,
    value: String,
    times: usize,
    is_same: bool,
}

impl Endpoint {
    /// One for the first request of a path.
    pub(super) fn new(
        path: &Path,
        request: &Request,
        auth: Option<Mapping>,
        vault: &mut Vault,
    ) -> Endpoint {
        let mut keys = Mapping::new();
        if request.method != "GET" {
            keys.set("method", Node::text(request.method.as_str()));
        }
        let repeated = repeated(request, vault);
        if !repeated.is_empty() {
            keys.set("params", repeated);
        }
        let headers = headers(request, vault);
        if !headers.is_empty() {
            keys.set("headers", headers);
        }
        if let Some(format) = request.header("accept").and_then(response_format) {
            keys.guess("response_format", Node::text(format), "the header `Accept`");
        }
        match &request.body {
            Some(Body::Json(value)) => keys.set("json", vault.json("", value)),
            Some(Body::Form(fields)) => {
                let mut form = Mapping::new();
                for (name, value) in fields {
                    form.set(name, Node::Text(vault.text(name, value)));
                }
                keys.set("data", form);
            }
            Some(Body::Text(text)) => keys.set("data", Node::Text(vault.raw(text))),
            None => {}
        }
        if let Some(page) = &path.page {
            let mut paginator = Mapping::of([("type", Node::text("page_number"))]);
            paginator.set("base_page", Node::number(i64::from(page != "0")));
            paginator.set("total_path", Node::Plain("null".to_owned()));
            keys.guess("paginator", paginator, "the path has the number of a page");
        }
        let parameters = path.values.iter().map(|(name, value)| Sent {
            name: name.clone(),
            place: "path",
            value: value.clone(),
            times: 1,
            is_same: true,
        });
        Endpoint {
            path: path.text.clone(),
            place: request.place.clone(),
            is_selected: true,
            auth,
            keys,
            lists: IndexMap::new(),
            parameters: parameters.collect(),
            requests: 0,
            shape: None,
            headers: IndexMap::new(),
            varying: BTreeSet::new(),
        }
    }

    /// Adds a request of this path.
    pub(super) fn add(&mut self, exchange: &Exchange, vault: &mut Vault) {
        self.requests += 1;
        for (name, values) in &exchange.request.lists {
            let known = self.lists.entry(name.clone()).or_default();
            for value in values {
                if !known.contains(value) {
                    known.push(value.clone());
                }
            }
        }
        let own = headers(&exchange.request, vault);
        if let Some(first) = self.keys.get("headers").and_then(Node::map) {
            let is_other = |name: &str| own.get(name).is_some_and(|of| first.get(name) != Some(of));
            let names = first.entries.iter().map(|entry| entry.key.as_str());
            let names = names.filter(|name| is_other(name));
            self.varying.extend(names.map(|name| format!("header `{name}`")));
        }
        let own = repeated(&exchange.request, vault);
        let first = self.keys.get("params").and_then(Node::map);
        let is_other =
            |entry: &&Entry| first.and_then(|of| of.get(&entry.key)) != Some(&entry.value);
        let names = own.entries.iter().filter(is_other);
        self.varying.extend(names.map(|entry| format!("parameter `{}`", entry.key)));
        let query = &exchange.request.address.query;
        for (name, value) in query {
            let is_single = query.iter().filter(|(other, _)| other == name).count() == 1;
            if is_single && !is_against_caches(name, value) {
                let value = vault.text(name, value);
                self.see(name.clone(), "query", value);
            }
        }
        if let Some(Body::Json(body)) = &exchange.request.body {
            let mut members = Vec::new();
            scalars(body, "", 0, &mut members);
            for (name, value) in members {
                self.see(name, "body", value);
            }
        }
        if let Some(response) = &exchange.response {
            self.see_response(response);
        }
    }

    /// What is missing of headers, and of parameters with lists, that have had several values.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        self.varying.iter().map(|name| {
            let message =
                format!("the {name} has had several values, of which only the first is sent");
            Gap::new("parameter", self.place.as_str(), message)
        })
    }

    /// What is missing of one whose response has no list.
    pub(super) fn without_records(&self) -> Gap {
        let message = format!("the response of `{}` has no list of records", self.path);
        Gap::new("response", self.place.as_str(), message)
    }

    fn see(&mut self, name: String, place: &'static str, value: String) {
        let known = self.parameters.iter_mut().find(|of| of.name == name && of.place == place);
        let Some(sent) = known else {
            self.parameters.push(Sent { name, place, value, times: 1, is_same: true });
            return;
        };
        sent.times += 1;
        sent.is_same &= sent.value == value;
        // Of numbers the smallest, which is that of the first page.
        let number = |text: &str| text.parse::<i64>().ok();
        if let (Some(known), Some(new)) = (number(&sent.value), number(&value))
            && new < known
        {
            sent.value = value;
        }
    }

    fn see_response(&mut self, response: &Response) {
        self.shape.get_or_insert_default().see(&response.body);
        for (name, value) in &response.headers {
            let is_last = name.eq_ignore_ascii_case("link") && !value.contains("next");
            if !is_last {
                self.headers.insert(name.clone(), Value::Null);
            }
        }
    }

    /// What is known of the response, for an operation.
    pub(super) fn response(&self) -> (Option<Value>, Value) {
        let headers = Value::Map(self.headers.clone());
        let response = IndexMap::from([("headers".to_owned(), headers)]);
        (self.shape.as_ref().map(Shape::schema), Value::Map(response))
    }

    /// The operation that the requests are of.
    pub(super) fn operation<'a>(
        &'a self,
        (schema, response): &'a (Option<Value>, Value),
        schemas: &'a Schemas,
    ) -> Operation<'a> {
        let parameters = self.parameters.iter().map(|sent| {
            let is_number = sent.value.parse::<i64>().is_ok();
            // A page cursor of another fetch leads nowhere.
            let is_stale = is_cursor(&sent.name) && !is_number && !sent.value.contains([':', '-']);
            let is_always = sent.is_same && sent.times == self.requests;
            Parameter {
                name: &sent.name,
                place: sent.place,
                is_required: is_always && !is_stale,
                value: &Value::Null,
                schema: if is_number { &schemas.number } else { &schemas.text },
                sent: Some(&sent.value),
            }
        });
        let mut lists = Mapping::new();
        for (name, values) in &self.lists {
            let are_numbers =
                values.iter().all(|value| matches!(Node::word(value), Node::Plain(_)));
            let item = |value: &String| {
                if are_numbers { Node::word(value) } else { Node::text(value.as_str()) }
            };
            lists.set(name, Node::List(values.iter().map(item).collect()));
        }
        Operation {
            path: &self.path,
            place: self.place.clone(),
            value: &Value::Null,
            parameters: parameters.collect(),
            response,
            schema: schema.as_ref(),
            lists,
            endpoint: self.keys.clone(),
            is_resource: schema.is_none(),
        }
    }
}

/// Schemas of parameters.
pub(super) struct Schemas {
    number: Value,
    text: Value,
}

impl Schemas {
    pub(super) fn new() -> Schemas {
        let of = |kind: &str| {
            Value::Map(IndexMap::from([("type".to_owned(), Value::Text(kind.to_owned()))]))
        };
        Schemas { number: of("integer"), text: of("string") }
    }
}

/// The headers that a client does not send by itself.
fn headers(request: &Request, vault: &mut Vault) -> Mapping {
    let mut headers = Mapping::new();
    for (name, value) in &request.headers {
        if is_needed(request, name, value) {
            headers.set(name, Node::Text(vault.text(name, value)));
        }
    }
    headers
}

/// Whether a parameter only makes an address that no cache knows, as `_=1700000000000`.
fn is_against_caches(name: &str, value: &str) -> bool {
    let name = name.trim_start_matches('_').to_ascii_lowercase();
    ["", "dc", "ts", "t", "cb", "cachebuster", "nocache", "rnd"].contains(&name.as_str())
        && value.len() >= 9
        && value.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The parameters that a request has several times.
fn repeated(request: &Request, vault: &mut Vault) -> Mapping {
    let mut params: IndexMap<&str, Vec<Node>> = IndexMap::new();
    for (name, value) in &request.address.query {
        params.entry(name).or_default().push(Node::Text(vault.text(name, value)));
    }
    let mut repeated = Mapping::new();
    for (name, values) in params {
        if values.len() > 1 {
            repeated.set(name, Node::List(values));
        }
    }
    repeated
}

/// The scalars of a body, by their paths.
fn scalars(value: &Value, path: &str, depth: usize, found: &mut Vec<(String, String)>) {
    match value {
        Value::Map(members) if depth < MOST_DEPTH => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                scalars(value, &path, depth + 1, found);
            }
        }
        Value::Number(text) | Value::Text(text) => found.push((path.to_owned(), text.clone())),
        _ => {}
    }
}
