//! What a stream requests: address, method, parameters, headers and body.

use super::{
    gaps::Gaps,
    jinja::{self, Expr, Operator},
    literal::literal,
    scope::{Filled, Scope},
};
use crate::{
    description::{Mapping, Node},
    document::Value,
    secret,
};

/// How many addresses a setting may choose.
const MOST_CHOICES: usize = 8;

/// The parts of a request.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// The address up to the path.
    pub(super) base: String,
    /// The user and the password that stand in the address.
    pub(super) user: Option<(String, String)>,
    /// The path.
    pub(super) path: String,
    /// Whether it is a POST.
    pub(super) is_post: bool,
    /// Query parameters.
    pub(super) params: Mapping,
    /// Headers.
    pub(super) headers: Mapping,
    /// The JSON body.
    pub(super) json: Mapping,
    /// The form, or a text.
    pub(super) data: Option<Node>,
    /// The query parameters that only the first page is requested with.
    pub(super) first_page_params: Vec<String>,
}

impl Request {
    /// The request of a requester; `None` if its address cannot be described.
    pub(super) fn of(requester: &Value, scope: &mut Scope<'_>, gaps: &mut Gaps) -> Option<Request> {
        let mut request = Request::default();
        let (base, mut path) = address(requester, scope, gaps)?;
        if let Some(at) = path.find('?') {
            let query = path.split_off(at);
            for pair in query[1..].split('&').filter(|pair| !pair.is_empty()) {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                request.params.set(name, Node::text(value));
            }
        }
        (request.base, request.path) = (base, path);
        request.take_user();
        scope.needed_by = None;
        let method = requester.text_of("http_method").unwrap_or("GET");
        match method.to_ascii_uppercase().as_str() {
            "GET" => {}
            "POST" => request.is_post = true,
            _ if method.contains("{{") => {
                let message = format!("`{method}`: the method is GET or POST, and no expression");
                gaps.add("expression", "requester.http_method", message);
                return None;
            }
            method => {
                gaps.add("method", "requester", format!("a source sends no {method}"));
                return None;
            }
        }
        request.parameters(requester, scope, gaps);
        for (name, value) in requester.members_of("request_headers") {
            let part = format!("request_headers.{name}");
            // What authenticates is a secret, whatever the spec says.
            let text = value.text().unwrap_or_default();
            scope.secret(text, secret::is_name(name));
            if let Some(filled) = filled(value, &part, scope, gaps) {
                request.headers.put(name, Node::Text(filled.text), filled.reason);
            }
        }
        request.body(requester, scope, gaps);
        Some(request)
    }

    /// Takes `user:password@` out of the address.
    fn take_user(&mut self) {
        let Some((scheme, rest)) = self.base.split_once("://") else { return };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let Some((user, host)) = host.rsplit_once('@') else { return };
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        let user = (user.to_owned(), password.to_owned());
        self.base = format!("{scheme}://{host}{path}");
        self.user = Some(user);
    }

    fn parameters(&mut self, requester: &Value, scope: &mut Scope<'_>, gaps: &mut Gaps) {
        if let Some(text) = requester.text_of("request_parameters") {
            gaps.add("expression", "request_parameters", format!("`{text}` is no mapping"));
        }
        for (name, value) in requester.members_of("request_parameters") {
            let part = format!("request_parameters.{name}");
            scope.secret(value.text().unwrap_or_default(), secret::is_name(name));
            let name = match scope.template(name) {
                Ok(Some(name)) => name.text,
                _ => {
                    gaps.add("expression", &part, "the name of a parameter");
                    continue;
                }
            };
            if let Value::List(items) = value {
                let items: Vec<Node> = items
                    .iter()
                    .filter_map(|item| filled(item, &part, scope, gaps).map(Filled::node))
                    .collect();
                self.params.set(&name, Node::List(items));
            } else if let Some(filled) = filled(value, &part, scope, gaps) {
                if filled.is_first_page_only {
                    self.first_page_params.push(name.clone());
                }
                let reason = filled.reason.clone();
                self.params.put(&name, filled.node(), reason);
            }
        }
    }

    fn body(&mut self, requester: &Value, scope: &mut Scope<'_>, gaps: &mut Gaps) {
        let json = requester.get("request_body_json").or_else(|| {
            let body = requester.get("request_body")?;
            let is_json = body.text_of("type").is_some_and(|kind| kind.contains("Json"));
            body.get("value").filter(|_| is_json)
        });
        match json {
            Some(Value::Map(_)) => {
                if let Some(Node::Map(json)) =
                    json.and_then(|json| tree(json, "request_body_json", scope, gaps))
                {
                    self.json = json;
                }
            }
            Some(Value::Text(text)) => match literal(text) {
                Some(value @ Value::Map(_)) => {
                    if let Some(Node::Map(json)) = tree(&value, "request_body_json", scope, gaps) {
                        self.json = json;
                    }
                }
                _ => gaps.add(
                    "expression",
                    "request_body_json",
                    format!("`{}` is no object", text.trim()),
                ),
            },
            _ => {}
        }
        match requester.get("request_body_data") {
            Some(Value::Text(text)) if !text.trim().is_empty() => match scope.template(text) {
                Ok(filled) => self.data = filled.map(|filled| Node::Text(filled.text)),
                Err(message) => gaps.add("expression", "request_body_data", message),
            },
            Some(form @ Value::Map(members)) if !members.is_empty() => {
                self.data = tree(form, "request_body_data", scope, gaps);
            }
            _ => {}
        }
    }

    /// Sends a value as an option of the manifest says; false if that place is not known.
    pub(super) fn inject(&mut self, option: &Value, value: Node, scope: &mut Scope<'_>) -> bool {
        let Some(place) = Place::of(option, scope) else { return false };
        match place {
            Place::Param(name) => self.params.set(&name, value),
            Place::Header(name) => self.headers.set(&name, value),
            Place::Body(path) => set_at(&mut self.json, &path, value),
            Place::Form(name) => match self.data.get_or_insert_with(|| Mapping::new().into()) {
                Node::Map(form) => form.set(&name, value),
                _ => return false,
            },
        }
        true
    }

    /// Sets a query parameter.
    pub(super) fn parameter(&mut self, name: &str, value: Node) {
        self.params.set(name, value);
    }

    /// Writes the request into an endpoint.
    pub(super) fn describe(&self, endpoint: &mut Mapping) {
        if self.is_post {
            endpoint.set("method", Node::text("POST"));
        }
        endpoint.set("path", Node::text(self.path.as_str()));
        for (key, mapping) in
            [("params", &self.params), ("headers", &self.headers), ("json", &self.json)]
        {
            if !mapping.is_empty() {
                endpoint.set(key, mapping.clone());
            }
        }
        if let Some(data) = &self.data {
            endpoint.set("data", data.clone());
        }
    }
}

/// Where a value is sent.
pub(super) enum Place {
    /// As a query parameter.
    Param(String),
    /// In a header.
    Header(String),
    /// In the JSON body.
    Body(Vec<String>),
    /// In a form.
    Form(String),
}

impl Place {
    /// The place that an option of the manifest names.
    pub(super) fn of(option: &Value, scope: &mut Scope<'_>) -> Option<Place> {
        let name = match option.text_of("field_name").or(option.text_of("header")) {
            Some(name) => scope.template(name).ok()?.map(|name| name.text),
            None => None,
        };
        let path: Vec<String> =
            option.list_of("field_path").iter().filter_map(Value::scalar).collect();
        let name = name.or_else(|| path.first().filter(|_| path.len() == 1).cloned());
        Some(match option.text_of("inject_into")? {
            "request_parameter" => Place::Param(name?),
            "header" => Place::Header(name?),
            "body_json" => Place::Body(if path.is_empty() { vec![name?] } else { path }),
            "body_data" => Place::Form(name?),
            _ => return None,
        })
    }
}

fn set_at(mapping: &mut Mapping, path: &[String], value: Node) {
    match path {
        [] => {}
        [key] => mapping.set(key, value),
        [key, rest @ ..] => {
            if mapping.get(key).and_then(Node::map).is_none() {
                mapping.set(key, Mapping::new());
            }
            if let Some(inner) = mapping.get_mut(key).and_then(Node::map_mut) {
                set_at(inner, rest, value);
            }
        }
    }
}

/// A value with its expressions, or a gap.
fn filled(value: &Value, part: &str, scope: &mut Scope<'_>, gaps: &mut Gaps) -> Option<Filled> {
    match scope.value(value) {
        Ok(filled) => filled,
        Err(message) => {
            gaps.add("expression", part, message);
            None
        }
    }
}

/// A body with its expressions.
pub(super) fn tree(
    value: &Value,
    part: &str,
    scope: &mut Scope<'_>,
    gaps: &mut Gaps,
) -> Option<Node> {
    match value {
        Value::Map(members) => {
            let mut mapping = Mapping::new();
            for (name, value) in members {
                if name.contains("{{") {
                    gaps.add("expression", part, format!("`{name}`: the name of a member"));
                } else if let Some(node) = tree(value, &format!("{part}.{name}"), scope, gaps) {
                    mapping.set(name, node);
                }
            }
            Some(mapping.into())
        }
        Value::List(items) => {
            let items = items.iter().filter_map(|item| tree(item, part, scope, gaps));
            Some(Node::List(items.collect()))
        }
        Value::Text(text) if literal(text).is_some() => {
            literal(text).and_then(|value| tree(&value, part, scope, gaps))
        }
        value => {
            scope.secret(value.text().unwrap_or_default(), false);
            filled(value, part, scope, gaps).map(Filled::node)
        }
    }
}

/// The address up to the path, and the path.
fn address(requester: &Value, scope: &mut Scope<'_>, gaps: &mut Gaps) -> Option<(String, String)> {
    let text = |key: &str| requester.get(key).and_then(Value::scalar).unwrap_or_default();
    let (base, mut path) = match requester.text_of("url_base") {
        Some(base) => (base.to_owned(), text("path")),
        None => (text("url"), text("path")),
    };
    scope.needed_by = Some("the base URL");
    let base = match scope.template(&base) {
        Ok(base) => base.unwrap_or_default().text,
        // The address of each request is a value of another stream.
        Err(message) if scope.is_of_partition(&base) => {
            gaps.add("expression", "requester.url_base", message);
            return None;
        }
        Err(message) => match chosen(&base, scope) {
            Some(setting) => setting,
            None => {
                gaps.add("choice", "requester.url_base", message);
                scope.settings.own("base_url", None, "The address of the API");
                scope.settings.needed(&["base_url"], "the base URL")
            }
        },
    };
    scope.needed_by = Some("the path");
    path = match scope.template(&path) {
        Ok(path) => path.unwrap_or_default().text,
        Err(message) => {
            gaps.add("expression", "requester.path", message);
            return None;
        }
    };
    // An address without a path has its own behind the host, as has one that is different for each partition.
    let base = base.trim().to_owned();
    let is_each = ["{resources.", "{each."].iter().any(|placeholder| base.contains(placeholder));
    if is_each {
        let host = base.find("://").map_or(0, |at| at + 3);
        let end = base[host..].find('/').map_or(base.len(), |at| host + at);
        let (origin, before) = base.split_at(end);
        if origin.contains("{resources.") || origin.contains("{each.") {
            let message = format!("`{base}`: a value is the host, or a path with slashes");
            gaps.add("expression", "requester.url_base", message);
            return None;
        }
        let path =
            format!("{}/{}", before.trim_end_matches('/'), path.trim().trim_start_matches('/'));
        return Some((origin.to_owned(), path));
    }
    if path.is_empty()
        && let Some((scheme, rest)) = base.split_once("://")
        && let Some((host, rest)) = rest.split_once('/')
    {
        return Some((format!("{scheme}://{host}"), format!("/{rest}")));
    }
    let path = path.trim().trim_start_matches('/').to_owned();
    Some((base.trim_end_matches('/').to_owned(), format!("/{path}")))
}

/// A setting for an address that settings choose, which is the one without any of them by default.
fn chosen(template: &str, scope: &mut Scope<'_>) -> Option<String> {
    /// The addresses that an expression may be, the one without any setting first.
    fn all(expression: &Expr) -> Option<Vec<String>> {
        match expression {
            Expr::If(condition, then, other) if is_of_settings(condition) => {
                let (then, mut other) = (all(then), all(other)?);
                // What is a setting itself is no default.
                other.extend(then.unwrap_or_default());
                Some(other)
            }
            Expr::Const(value) => Some(vec![value.scalar().unwrap_or_default()]),
            Expr::Binary(Operator::Join | Operator::Add, a, b) => {
                let (a, b) = (all(a)?, all(b)?);
                let joined = a.iter().flat_map(|a| b.iter().map(move |b| format!("{a}{b}")));
                Some(joined.take(MOST_CHOICES).collect())
            }
            _ => None,
        }
    }
    fn is_of_settings(condition: &Expr) -> bool {
        let others =
            ["stream_slice", "stream_partition", "stream_interval", "stream_state", "record"];
        condition.mentions(&["config"]) && !condition.mentions(&others)
    }
    let expression = jinja::expression(template, scope.parameters).ok()?;
    let addresses = all(&expression)?;
    let (first, others) = addresses.split_first().filter(|(first, _)| first.contains("://"))?;
    let trimmed = first.trim_end_matches('/');
    let others: Vec<String> =
        others.iter().map(|of| format!("`{}`", of.trim_end_matches('/'))).collect();
    let description = match others.as_slice() {
        [] => "The address of the API".to_owned(),
        others => format!("The address of the API, or another one: {}", others.join(", ")),
    };
    Some(scope.settings.own("base_url", Some(trimmed), &description))
}
