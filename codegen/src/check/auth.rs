//! Authentication: secrets are named, addresses are addresses.

use std::time::Duration;

use rest_source_plan::{
    ApiKey, Auth, Bearer, Grant, HttpBasic, KeyLocation, List, OAuth2, Template,
};

use super::{duration::duration, input::Inputs, secret, setting::Filling, url};
use crate::{
    config::{self, TokenRequest},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{LooseText, Map, Setting, TemplateText},
    source::Spanned,
};

/// How long a token is taken to be valid where nothing says so, as in dlt.
const TOKEN_EXPIRATION: Duration = Duration::from_secs(3600);

/// Checks an authentication, with what it leaves out filled in.
pub(super) fn check(
    auth: &config::Auth,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Auth {
    let mut checks = Checks { inputs, diagnostics };
    match auth {
        config::Auth::Bearer(bearer) => Auth::Bearer(Bearer {
            token: checks.credential("token", &bearer.token, "access_token"),
            ..Bearer::DEFAULT
        }),
        config::Auth::ApiKey(api_key) => {
            let key = checks.credential("api_key", &api_key.api_key, "api_key");
            let name = match api_key.name.get() {
                Some(name) => checks.text(name),
                None => Template::text("Authorization"),
            };
            if let (Some(""), Some(given)) = (name.as_text(), api_key.name.get()) {
                let message = "`name` must not be empty";
                diagnostics.push(Diagnostic::error(Code::InvalidName, given.span, message));
            }
            let location = api_key.location.get().copied().unwrap_or(KeyLocation::Header);
            Auth::ApiKey(ApiKey { name, key, location, ..ApiKey::DEFAULT })
        }
        config::Auth::HttpBasic(basic) => {
            let username = checks.name("username", &basic.username);
            let password = match basic.password.get() {
                Some(text) => checks.text(text),
                None => checks.inputs.named("password"),
            };
            if let Some(text) = basic.password.get()
                && !secret::is_filler(&password, basic.username.get().and(Some(&username)))
            {
                let name = "password";
                secret::check_credential(name, &password, name, text.span, checks.diagnostics);
            }
            Auth::HttpBasic(HttpBasic { username, password, ..HttpBasic::DEFAULT })
        }
        config::Auth::ClientCredentials(oauth) => {
            let request = checks.request(&oauth.request, Grant::ClientCredentials);
            let given = !oauth.access_token.is_absent();
            let access_token = given
                .then(|| checks.credential("access_token", &oauth.access_token, "access_token"));
            Auth::OAuth2(OAuth2 { access_token, ..request })
        }
        config::Auth::RefreshToken(oauth) => {
            let token = checks.credential("refresh_token", &oauth.refresh_token, "refresh_token");
            Auth::OAuth2(checks.request(&oauth.request, Grant::RefreshToken(token)))
        }
        config::Auth::None(_) => Auth::None,
    }
}

struct Checks<'a> {
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
}

impl Checks<'_> {
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

    fn request(&mut self, request: &TokenRequest, grant: Grant) -> OAuth2 {
        OAuth2 {
            client_id: self.name("client_id", &request.client_id),
            client_secret: self.credential(
                "client_secret",
                &request.client_secret,
                "client_secret",
            ),
            access_token: None,
            grant,
            access_token_url: self.address(&request.access_token_url),
            request_data: self.request_data(&request.access_token_request_data),
            default_expiration: self.expiration(&request.default_token_expiration),
            ..OAuth2::DEFAULT
        }
    }

    /// The URL of the token endpoint.
    fn address(&mut self, address: &Setting<Spanned<TemplateText>>) -> Template {
        let Some(address) = address.get() else { return Template::default() };
        let template = self.text(address);
        url::check_base(&template, address.span, self.diagnostics);
        template
    }

    /// More form fields of the token request.
    fn request_data(
        &mut self,
        data: &Setting<Map<Spanned<LooseText>>>,
    ) -> List<(Template, Template)> {
        let mut fields = Vec::new();
        for (name, value) in data.get().into_iter().flat_map(|data| &data.entries) {
            if value.value.0.contains('\0') {
                let message = format!("the value of `{}` contains a control character", name.value);
                self.diagnostics.push(Diagnostic::error(Code::InvalidHeader, value.span, message));
            }
            let template = self.inputs.read_value(&value.value.0, value.span, self.diagnostics);
            let name = self.inputs.read_required(&name.value, name.span, self.diagnostics);
            self.inputs.check_filling(&template, Filling::OMITTED, value.span, self.diagnostics);
            fields.push((name, template));
        }
        fields.into()
    }

    fn expiration(&mut self, expiration: &Setting<Spanned<f64>>) -> Duration {
        duration(expiration, TOKEN_EXPIRATION, self.diagnostics)
    }
}
