//! A scenario on stage: which route answers a request, and what.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::{
    request::{Request, decoded, text},
    scenario::{CountBy, Data, Drop, Reply, Route, Scenario, Token},
    template::{fill, render},
};

/// A scenario on stage.
pub(crate) struct Player {
    pub(crate) scenario: Scenario,
    pub(crate) port: u16,
    run: u64,
    pub(crate) data: HashMap<String, Vec<Value>>,
    calls: HashMap<(usize, String, String), usize>,
    requests: u64,
    tokens: u64,
    token_until: Instant,
}

/// What a server does.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    pub(crate) delay: Duration,
    pub(crate) drop: Option<Drop>,
}

impl Player {
    /// Plays the scenario of this text, `run` times after a fresh start.
    pub(crate) fn new(scenario: &str, port: u16, run: u64) -> Player {
        let scenario = scenario.replace("__PORT__", &port.to_string());
        let scenario: Scenario = serde_json::from_str(&scenario).unwrap();
        let mut data = scenario.data.clone();
        data.extend(scenario.run_data.get(&run.to_string()).cloned().unwrap_or_default());
        let data = data.into_iter().map(|(name, data)| (name, records(data))).collect();
        Player {
            scenario,
            port,
            run,
            data,
            calls: HashMap::new(),
            requests: 0,
            tokens: 0,
            token_until: Instant::now(),
        }
    }

    pub(crate) fn answer(&mut self, request: &mut Request) -> Answer {
        self.requests += 1;
        if self.requests > self.scenario.max_requests {
            return refuse(410, "too many requests for this scenario");
        }
        let routes = self.scenario.routes.iter().enumerate();
        let Some((index, route, path_values)) = routes
            .filter_map(|(index, route)| Some((index, route, self.matches(route, request)?)))
            .next()
        else {
            return refuse(404, "no such route");
        };
        request.path_values = path_values;
        let route = route.clone();
        let target = if route.count_by == CountBy::Target { &*request.target } else { "" };
        let key = (index, request.method.clone(), target.to_owned());
        let call = self.calls.entry(key).or_default();
        *call += 1;
        let call = *call;
        if let Some(refused) = self.lacks(&route, request) {
            return refused;
        }
        if let Some(reply) = route.fail_first.get(call - 1) {
            return Answer::of(reply, request);
        }
        if let Some(last) = route.replies.last() {
            return Answer::of(route.replies.get(call - 1).unwrap_or(last), request);
        }
        if let Some(token) = &route.token {
            return self.token(token, request);
        }
        if let Some(page) = &route.page {
            return Answer::of(&self.page(page, request), request);
        }
        let null = Reply { json: Some(Value::Null), ..Reply::default() };
        Answer::of(route.reply.as_ref().unwrap_or(&null), request)
    }

    /// The values of the path's names if the route is one for the request.
    fn matches(&self, route: &Route, request: &Request) -> Option<BTreeMap<String, String>> {
        if route.method != "*" && route.method != request.method {
            return None;
        }
        let mut values = BTreeMap::new();
        if !fits(&route.path, &request.path, &mut values) {
            return None;
        }
        let request = Request { path_values: values.clone(), ..request.clone() };
        for (place, wanted) in &route.when {
            if place == "run" {
                if wanted.as_u64() != Some(self.run) {
                    return None;
                }
                continue;
            }
            for (name, wanted) in wanted.as_object().unwrap() {
                let got = request.read(place, name).filter(|got| !got.is_null());
                let fits = match wanted {
                    Value::Null => got.is_none(),
                    Value::Bool(true) => got.is_some(),
                    Value::Bool(false) => true,
                    wanted => got.is_some_and(|got| text(&got) == text(wanted)),
                };
                if !fits {
                    return None;
                }
            }
        }
        Some(values)
    }

    /// The refusal of a request that lacks what the route requires.
    fn lacks(&self, route: &Route, request: &Request) -> Option<Answer> {
        for (place, wanted) in &route.require {
            if place == "oauth" {
                let newest = format!("Bearer token-{}", self.tokens);
                let sent = request.headers.get("authorization");
                let is_good = self.tokens > 0
                    && sent == Some(&newest)
                    && Instant::now() < self.token_until;
                if !is_good {
                    return Some(refuse(401, "bad token"));
                }
                continue;
            }
            for (name, wanted) in wanted.as_object().unwrap() {
                if request.read(place, name).as_ref() != Some(wanted) {
                    return Some(refuse(401, &format!("{place} {name} is wrong")));
                }
            }
        }
        None
    }

    fn token(&mut self, token: &Token, request: &Request) -> Answer {
        let is_sent = |(name, wanted): (&String, &String)| {
            request.text("form", name).as_ref() == Some(wanted)
        };
        if !token.form.iter().all(is_sent) {
            return refuse(401, "invalid_client");
        }
        self.tokens += 1;
        let lives = token.really_lives.unwrap_or(token.expires_in.max(1));
        self.token_until = Instant::now() + Duration::from_secs(lives);
        let mut body =
            json!({"access_token": format!("token-{}", self.tokens), "token_type": "bearer"});
        if token.say_expiry {
            body["expires_in"] = token.expires_in.into();
        }
        Answer::of(&Reply { json: Some(body), ..Reply::default() }, request)
    }
}

impl Answer {
    fn of(reply: &Reply, request: &Request) -> Answer {
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &reply.headers {
            headers.insert(name.clone(), text(&fill(&Value::from(value.as_str()), request)));
        }
        let (content_type, mut body) = if let Some(reply) = &reply.text {
            let filled = text(&fill(&Value::from(reply.as_str()), request));
            (Some("text/plain; charset=utf-8"), filled.into_bytes())
        } else if let Some(base64) = &reply.base64 {
            (None, BASE64_STANDARD.decode(base64).unwrap())
        } else if let Some(json) = &reply.json {
            (Some("application/json"), fill(json, request).to_string().into_bytes())
        } else if let Some(text) = &reply.json_text {
            (Some("application/json"), text.clone().into_bytes())
        } else {
            (None, Vec::new())
        };
        if let Some(content_type) = content_type
            && !headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"))
        {
            headers.insert("Content-Type".to_owned(), content_type.to_owned());
        }
        let accepts = request.headers.get("accept-encoding");
        if reply.gzip && accepts.is_some_and(|accepts| accepts.contains("gzip")) {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&body).unwrap();
            body = encoder.finish().unwrap();
            headers.insert("Content-Encoding".to_owned(), "gzip".to_owned());
        }
        Answer {
            status: reply.status.unwrap_or(200),
            headers,
            body,
            delay: Duration::from_millis(reply.delay_ms),
            drop: reply.drop,
        }
    }
}

fn refuse(status: u16, why: &str) -> Answer {
    Answer {
        status,
        headers: [("Content-Type".to_owned(), "application/json".to_owned())].into(),
        body: json!({ "error": why }).to_string().into_bytes(),
        delay: Duration::ZERO,
        drop: None,
    }
}

fn records(data: Data) -> Vec<Value> {
    match data {
        Data::List(records) => records,
        Data::Made { count, start, record } => {
            (start..start + count).map(|number| render(&record, number)).collect()
        }
    }
}

/// Whether a path is one of a pattern, whose names stand for text without a slash.
fn fits(pattern: &str, path: &str, values: &mut BTreeMap<String, String>) -> bool {
    let Some((literal, rest)) = pattern.split_once('{') else { return pattern == path };
    let Some(path) = path.strip_prefix(literal) else { return false };
    let (name, rest) = rest.split_once('}').unwrap();
    let longest = path.find('/').unwrap_or(path.len());
    (0..=longest).rev().any(|end| {
        let fits = path.is_char_boundary(end) && fits(rest, &path[end..], values);
        if fits {
            values.insert(name.to_owned(), decoded(&path[..end]));
        }
        fits
    })
}
