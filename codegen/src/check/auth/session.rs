//! Sessions: a login request, and the place of its token.

use rest_source_plan::{
    ApiKey, Body, JsonTemplate, KeyLocation, Login, Method, Part, SendAs, Session, Template,
    TokenPlace,
};

use super::{
    super::{duration::duration, each::Lists, endpoint, header, request, secret, status, url},
    Checks,
};
use crate::{
    config::{self, Endpoint, LoginAuth, Resource},
    diagnostic::{Code, Diagnostic},
    parse::Setting,
    source::{Span, Spanned},
};

impl Checks<'_> {
    pub(super) fn session(&mut self, session: &config::Session) -> Session {
        let mut plan = Session::DEFAULT;
        if let Some(login) = session.login.get() {
            plan.login = self.login(login);
        }
        if let Some(token) = self.token_place(session) {
            plan.token = token;
        }
        plan.expires_in_path = self.path(&session.expires_in_path);
        plan.expires_at_path = self.path(&session.expires_at_path);
        let expiration = &session.default_token_expiration;
        plan.default_expiration = (!expiration.is_absent())
            .then(|| duration(expiration, std::time::Duration::from_secs(3600), self.diagnostics));
        if let Some(statuses) = session.renew_on.get() {
            let statuses = statuses.iter();
            let statuses = statuses.filter_map(|status| status::check(status, self.diagnostics));
            plan.renew_on = statuses.collect();
        }
        plan.send = match (&plan.token, &session.send) {
            (TokenPlace::Cookie(name), Setting::Absent) => SendAs::ApiKey(ApiKey {
                name: Template::text(name.clone()),
                key: Template::TOKEN,
                location: KeyLocation::Cookie,
                ..ApiKey::DEFAULT
            }),
            _ => self.sent(&session.send),
        };
        plan
    }

    /// Where the response has the token: in one place.
    fn token_place(&mut self, session: &config::Session) -> Option<TokenPlace> {
        let (path, header, cookie) =
            (&session.token_path, &session.token_from_header, &session.token_from_cookie);
        let given = [path, header, cookie].into_iter();
        let spans: Vec<Span> = given.filter_map(Setting::get).map(|text| text.span).collect();
        if let [first, second, ..] = *spans {
            let message = "a token is in one place, and this is the second";
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, second, message)
                    .label(first, "the first")
                    .help("keep one of `token_path`, `token_from_header` and `token_from_cookie`"),
            );
        }
        if path.is_absent() && header.is_absent() && cookie.is_absent() {
            let message = "`session` needs to know where the response has the token";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, self.span, message)
                    .help("add `token_path: data.token` for a member of the body")
                    .help("or `token_from_header: X-Auth-Token`, or `token_from_cookie: sid`"),
            );
        }
        let named = header.get().map(|name| ("a header", name));
        if let Some((what, name)) = named.or_else(|| Some(("a cookie", cookie.get()?)))
            && (name.value.is_empty() || !name.value.chars().all(header::is_token))
        {
            let message = format!("`{}` cannot be the name of {what}", name.value);
            self.error(Code::InvalidHeader, name.span, &message);
            return None;
        }
        if path.get().is_some() {
            return self.path(path).map(TokenPlace::Body);
        }
        let header =
            header.get().map(|name| TokenPlace::Header(name.value.to_ascii_lowercase().into()));
        header.or_else(|| cookie.get().map(|name| TokenPlace::Cookie(name.value.clone().into())))
    }

    fn login(&mut self, login: &Spanned<config::Login>) -> Login {
        let span = login.span;
        let login = &login.value;
        let Some(path) = login.path.get().map(|path| path.clone().map(|path| path.0)) else {
            return Login::DEFAULT;
        };
        url::check_login(&path, self.home, self.diagnostics);
        let sent = Endpoint {
            params: login.params.clone(),
            headers: login.headers.clone(),
            json: login.json.clone(),
            data: login.data.clone(),
            ..Endpoint::default()
        };
        endpoint::check_sent(&sent, self.diagnostics);
        let unlisted = Resource::default();
        let mut lists = Lists::of(&unlisted);
        let request = request::read(&path, &sent, &mut lists, self.inputs, self.diagnostics);
        for argument in &request.arguments {
            let message = format!("`{{{}}}` has no value here", argument.value);
            self.diagnostics.push(
                Diagnostic::error(Code::UnknownPlaceholder, argument.span, message).help(
                    "a login takes secrets and settings, `{secrets.NAME}` and `{config.NAME}`",
                ),
            );
        }
        for taken in &request.taken {
            let message = "a login has no parent whose records it could name";
            self.error(Code::UnknownPlaceholder, taken.span, message);
        }
        let has_body = request.body.is_some();
        let method = login.method.get();
        if let Some(method) = method.filter(|of| of.value == Method::Get && has_body) {
            let message = "a login by GET has no body";
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, method.span, message)
                    .help("leave `method` out, which is POST by default"),
            );
        }
        if let Some(body) = &request.body {
            self.check_secrets(body, sent.json.get().map_or(span, |json| json.span));
        }
        let auth = match login.auth.get() {
            None | Some(LoginAuth::None(_)) => None,
            Some(LoginAuth::Bearer(bearer)) => Some(SendAs::Bearer(self.bearer(bearer))),
            Some(LoginAuth::ApiKey(key)) => Some(SendAs::ApiKey(self.api_key(key))),
            Some(LoginAuth::HttpBasic(basic)) => Some(SendAs::HttpBasic(self.http_basic(basic))),
        };
        Login {
            method: method.map_or(Method::Post, |method| method.value),
            path: request.path,
            params: request.params.into(),
            headers: request.headers.into(),
            body: request.body,
            auth,
            ..Login::DEFAULT
        }
    }

    /// A password that is written out would be compiled into the program.
    fn check_secrets(&mut self, body: &Body, span: Span) {
        match body {
            Body::Json(json) => self.check_json(json, span),
            Body::Form(fields) => {
                for (name, value) in fields.iter() {
                    let name = name.as_text().unwrap_or_default();
                    secret::check_field(name, value, span, self.diagnostics);
                }
            }
            Body::Text(_) => {}
        }
    }

    fn check_json(&mut self, json: &JsonTemplate, span: Span) {
        match json {
            JsonTemplate::Literal(_) | JsonTemplate::Text(_) => {}
            JsonTemplate::List(items) => items.iter().for_each(|item| self.check_json(item, span)),
            JsonTemplate::Object(members) => {
                for (name, value) in members.iter() {
                    let name = name.as_text().unwrap_or_default();
                    match value {
                        JsonTemplate::Literal(text) => {
                            let value = Template(vec![Part::Text(text.clone())].into());
                            secret::check_field(name, &value, span, self.diagnostics);
                        }
                        JsonTemplate::Text(value) => {
                            secret::check_field(name, value, span, self.diagnostics);
                        }
                        nested => self.check_json(nested, span),
                    }
                }
            }
        }
    }
}
