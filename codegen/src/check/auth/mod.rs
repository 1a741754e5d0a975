//! Authentication: secrets are named, addresses are addresses, and what is sent is filled in.

mod body;
mod choice;
mod kind;
mod session;
mod signing;
mod template;
mod token;

use rest_source_plan::{ApiKey, Auth, Bearer, HttpBasic, KeyLocation, Template};

pub(super) use self::body::check_bodies;
use super::{body_path::body_path, input::Inputs, secret, url::Home};
use crate::{
    config::{self, Authentication},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Setting, TemplateText},
    source::{Span, Spanned},
};

/// Checks an authentication, with what it leaves out filled in.
pub(super) fn check(
    auth: &Authentication,
    home: &Home<'_>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Auth {
    let mut checks = Checks { home, inputs, diagnostics, span: Span::default() };
    match auth {
        Authentication::One(auth) => checks.kind(auth),
        Authentication::Choice(choice) => checks.choice(choice),
    }
}

struct Checks<'a> {
    /// Where requests may go.
    home: &'a Home<'a>,
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
    /// The authentication that is checked.
    span: Span,
}

impl Checks<'_> {
    fn bearer(&mut self, bearer: &config::Bearer) -> Bearer {
        let token = self.credential("token", &bearer.token, "access_token");
        Bearer { token, ..Bearer::DEFAULT }
    }

    fn api_key(&mut self, api_key: &config::ApiKey) -> ApiKey {
        let key = self.credential("api_key", &api_key.api_key, "api_key");
        self.key_in_place(&api_key.name, key, &api_key.location)
    }

    fn key_in_place(
        &mut self,
        name: &Setting<Spanned<TemplateText>>,
        key: Template,
        location: &Setting<Spanned<KeyLocation>>,
    ) -> ApiKey {
        let given = name.get();
        let name = match given {
            Some(name) => self.text(name),
            None => Template::text("Authorization"),
        };
        if let (Some(""), Some(given)) = (name.as_text(), given) {
            self.error(Code::InvalidName, given.span, "`name` must not be empty");
        }
        let location = location.get();
        let body_path = match (location.map(|location| location.value), given) {
            (Some(KeyLocation::Body), Some(name)) => body_path(name, self.inputs, self.diagnostics),
            _ => Vec::new(),
        };
        if let Some(location) = location.filter(|of| of.value == KeyLocation::Body)
            && given.is_none()
        {
            let message = "a key in the body needs a `name`";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, location.span, message)
                    .help("write the path of the key in the body, `name: auth.token`"),
            );
        }
        let location = location.map_or(KeyLocation::Header, |location| location.value);
        ApiKey { name, key, location, body_path: body_path.into(), ..ApiKey::DEFAULT }
    }

    fn http_basic(&mut self, basic: &config::HttpBasic) -> HttpBasic {
        let username = self.name("username", &basic.username);
        let password = match basic.password.get() {
            Some(text) => self.text(text),
            None => self.inputs.named("password"),
        };
        if let Some(text) = basic.password.get()
            && !secret::is_filler(&password, basic.username.get().and(Some(&username)))
        {
            let name = "password";
            secret::check_credential(name, &password, name, text.span, self.diagnostics);
        }
        HttpBasic { username, password, ..HttpBasic::DEFAULT }
    }

    fn error(&mut self, code: Code, span: Span, message: &str) {
        self.diagnostics.push(Diagnostic::error(code, span, message));
    }

    fn text(&mut self, text: &Spanned<TemplateText>) -> Template {
        self.inputs.read_required(&text.value.0, text.span, self.diagnostics)
    }

    /// A value that must not be literal in the file; by default the secret named after its key.
    fn credential(
        &mut self,
        key: &str,
        setting: &Setting<Spanned<TemplateText>>,
        suggested: &str,
    ) -> Template {
        let Some(text) = setting.get() else { return self.inputs.named(key) };
        let template = self.text(text);
        secret::check_credential(key, &template, suggested, text.span, self.diagnostics);
        template
    }

    /// A value that is no secret by itself, but that a client needs all the same.
    fn name(&mut self, key: &str, setting: &Setting<Spanned<TemplateText>>) -> Template {
        match setting.get() {
            Some(text) => self.text(text),
            None => self.inputs.named(key),
        }
    }
}
