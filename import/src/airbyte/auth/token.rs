//! Authenticators whose tokens are fetched or signed.

use super::{Auth, constant, texts};
use crate::{
    airbyte::{
        naming,
        request::{Place, Request, tree},
        time,
    },
    description::{Mapping, Node},
    document::Value,
};

impl Auth<'_> {
    pub(super) fn oauth(&mut self, of: &Value) -> Option<Mapping> {
        let grant = of.text_of("grant_type").unwrap_or("refresh_token");
        let grant = constant(grant, self.scope.parameters).unwrap_or_else(|| grant.to_owned());
        let kind = match grant.as_str() {
            "refresh_token" => "oauth2_refresh_token",
            "client_credentials" => "oauth2_client_credentials",
            // A password as additional fields of the request.
            grant => {
                self.gaps.add("auth", "authenticator.grant_type", format!("the grant `{grant}`"));
                return None;
            }
        };
        let mut auth = Mapping::of([("type", Node::text(kind))]);
        let url = of.text_of("token_refresh_endpoint").unwrap_or_default();
        let url = self.scope.template(url);
        match url {
            Ok(Some(url)) => auth.set("access_token_url", Node::Text(url.text)),
            Ok(None) => return None,
            Err(message) => {
                self.gaps.add("auth", "authenticator.token_refresh_endpoint", message);
                return None;
            }
        }
        for key in ["client_id", "client_secret", "refresh_token"] {
            if (key != "refresh_token" || kind == "oauth2_refresh_token") && of.get(key).is_some() {
                auth.set(key, self.credential(of, key)?);
            }
        }
        for (key, default, name) in [
            ("client_id_name", "client_id", "client_id_param"),
            ("client_secret_name", "client_secret", "client_secret_param"),
            ("refresh_token_name", "refresh_token", "refresh_token_param"),
            ("access_token_name", "access_token", "access_token_path"),
            ("expires_in_name", "expires_in", "expires_in_path"),
        ] {
            let Some(text) = of.text_of(key).filter(|text| *text != default) else { continue };
            match name {
                "expires_in_path" if of.get("token_expiry_date_format").is_some() => {
                    auth.set("expires_at_path", Node::text(text));
                }
                name => auth.set(name, Node::text(text)),
            }
        }
        let scopes = texts(of, "scopes");
        if !scopes.is_empty() {
            auth.set("scopes", Node::List(scopes.into_iter().map(Node::Text).collect()));
        }
        if let Some(body) = of
            .get("refresh_request_body")
            .filter(|body| body.map().is_some_and(|of| !of.is_empty()))
        {
            let fields =
                tree(body, "authenticator.refresh_request_body", &mut self.scope, self.gaps);
            if let Some(fields) = fields {
                auth.set("access_token_request_data", fields);
            }
        }
        self.token_headers(of, &mut auth);
        Some(auth)
    }

    /// Headers of the token request: `Authorization` by HTTP Basic is how the client authenticates itself.
    fn token_headers(&mut self, of: &Value, auth: &mut Mapping) {
        let mut headers = Mapping::new();
        for (name, value) in of.members_of("refresh_request_headers") {
            let text = value.text().unwrap_or_default();
            if name.eq_ignore_ascii_case("authorization") && text.contains("base64encode") {
                auth.set("client_auth_method", Node::text("client_secret_basic"));
            } else if name.eq_ignore_ascii_case("content-type") {
                // The body's own.
                if text.contains("json") {
                    auth.set("access_token_request_json", Node::truth(true));
                }
            } else {
                match self.scope.template(text) {
                    Ok(filled) => headers.set(name, Node::Text(filled.unwrap_or_default().text)),
                    Err(message) => {
                        self.gaps.add("auth", "authenticator.refresh_request_headers", message);
                    }
                }
            }
        }
        if !headers.is_empty() {
            auth.set("access_token_request_headers", headers);
        }
    }

    pub(super) fn session(&mut self, of: &Value) -> Option<Mapping> {
        let requester = of.get("login_requester")?;
        let request = Request::of(requester, &mut self.scope, self.gaps)?;
        let mut login = Mapping::new();
        request.describe(&mut login);
        if !request.is_post {
            login.set("method", Node::text("GET"));
        }
        login.remove("path");
        let base = if request.base == self.base { "" } else { request.base.as_str() };
        let path = format!("{base}{}", request.path);
        login.set("path", Node::Text(path));
        if let Some(auth) = requester.get("authenticator").and_then(|auth| self.of(auth)) {
            login.set("auth", auth);
        }
        let mut auth = Mapping::of([("type", Node::text("session"))]);
        auth.set("login", login);
        let path = texts(of, "session_token_path");
        auth.set("token_path", Node::Text(naming::path(path.iter().map(String::as_str))));
        let duration = of.text_of("expiration_duration").and_then(time::duration);
        // A token that is valid for longer is used until the server refuses it.
        if let Some(seconds) = duration.map(time::seconds).filter(|seconds| *seconds <= 86_400) {
            auth.set("default_token_expiration", Node::Plain(seconds.to_string()));
        }
        let request = of.get("request_authentication")?;
        if request.text_of("type") == Some("ApiKey") {
            let place = request.get("inject_into").and_then(|of| Place::of(of, &mut self.scope));
            let mut send = Mapping::of([("type", Node::text("api_key"))]);
            match place? {
                Place::Header(name) => send.set("name", Node::Text(name)),
                Place::Param(name) => {
                    send.set("name", Node::Text(name));
                    send.set("location", Node::text("query"));
                }
                Place::Body(_) | Place::Form(_) => return None,
            }
            if let Some(token) = request.text_of("api_token").and_then(session_token) {
                send.set("api_key", Node::Text(token));
            }
            auth.set("send", send);
        }
        Some(auth)
    }

    pub(super) fn jwt(&mut self, of: &Value) -> Option<Mapping> {
        let algorithm = of.text_of("algorithm")?;
        let mut auth =
            Mapping::of([("type", Node::text("jwt")), ("algorithm", Node::text(algorithm))]);
        let key = if algorithm.starts_with("HS") { "secret_key" } else { "private_key" };
        auth.set(key, self.credential(of, "secret_key")?);
        let mut headers = Mapping::new();
        for name in ["jwt_headers", "additional_jwt_headers"] {
            for (name, value) in of.members_of(name) {
                match (name, self.scope.value(value)) {
                    ("kid", Ok(Some(value))) => auth.set("key_id", Node::Text(value.text)),
                    ("typ", Ok(Some(value))) if value.text == "JWT" => {}
                    (name, Ok(Some(value))) => headers.set(name, value.node()),
                    (_, Ok(None)) => {}
                    (_, Err(message)) => {
                        self.gaps.add("auth", "authenticator.jwt_headers", message);
                    }
                }
            }
        }
        if !headers.is_empty() {
            auth.set("jwt_headers", headers);
        }
        let mut claims = Mapping::new();
        for name in ["jwt_payload", "additional_jwt_payload"] {
            for (name, value) in of.members_of(name) {
                match self.scope.value(value) {
                    Ok(Some(value)) => claims.set(name, value.node()),
                    Ok(None) => {}
                    Err(message) => self.gaps.add("auth", "authenticator.jwt_payload", message),
                }
            }
        }
        let duration = of.get("token_duration").and_then(Value::whole).unwrap_or(1_200);
        claims.set("exp", Node::Text(format!("now + {duration} seconds")));
        auth.set("claims", claims);
        let prefix = of.text_of("header_prefix").unwrap_or("Bearer");
        if prefix != "Bearer" {
            auth.set(
                "token_header",
                Mapping::of([
                    ("name", Node::text("Authorization")),
                    ("prefix", Node::text(prefix)),
                ]),
            );
        }
        Some(auth)
    }
}

/// `Session {{ session_token }}` with the placeholder of a token.
fn session_token(text: &str) -> Option<String> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    (name.trim() == "session_token").then(|| format!("{before}{{token}}{after}"))
}
