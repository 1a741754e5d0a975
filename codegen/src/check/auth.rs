//! Authentication: secrets are named, addresses are addresses.

use super::{
    client::{seconds, secret_not_literal},
    template::Secrets,
    url,
};
use crate::{
    config::Auth,
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{self, Template},
    parse::{LooseText, Map, Setting},
    source::Spanned,
};

/// How long a token is taken to be valid where nothing says so, in seconds; as in dlt.
const TOKEN_EXPIRATION: f64 = 3600.0;

/// Checks an authentication. `None` if there is none.
pub(super) fn check(
    auth: &Auth,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Option<model::Auth> {
    let mut checks = Checks { secrets, diagnostics };
    match auth {
        Auth::Bearer(bearer) => {
            let token = checks.credential("token", &bearer.token, "access_token");
            return Some(model::Auth::Bearer { token });
        }
        Auth::ApiKey(key) => {
            checks.credential("api_key", &key.api_key, "api_key");
            if let Some(name) = key.name.get().filter(|name| name.value.is_empty()) {
                let message = "the key is sent under a name";
                diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
            }
        }
        Auth::HttpBasic(basic) => {
            checks.name("username", &basic.username);
            checks.credential("password", &basic.password, "password");
        }
        Auth::ClientCredentials(oauth) => {
            checks.name("client_id", &oauth.client_id);
            checks.credential("client_secret", &oauth.client_secret, "client_secret");
            if !oauth.access_token.is_absent() {
                checks.credential("access_token", &oauth.access_token, "access_token");
            }
            token_endpoint(
                &oauth.access_token_url,
                &oauth.access_token_request_data,
                &oauth.default_token_expiration,
                diagnostics,
            );
        }
        Auth::RefreshToken(oauth) => {
            checks.name("client_id", &oauth.client_id);
            checks.credential("client_secret", &oauth.client_secret, "client_secret");
            checks.credential("refresh_token", &oauth.refresh_token, "refresh_token");
            token_endpoint(
                &oauth.access_token_url,
                &oauth.access_token_request_data,
                &oauth.default_token_expiration,
                diagnostics,
            );
        }
        Auth::None(_) => {}
    }
    None
}

struct Checks<'a> {
    secrets: &'a mut Secrets,
    diagnostics: &'a mut Diagnostics,
}

impl Checks<'_> {
    /// A value that must not stand in the file; where the file says nothing it is the secret of the
    /// key's own name.
    fn credential(
        &mut self,
        key: &str,
        setting: &Setting<Spanned<String>>,
        suggested: &str,
    ) -> Template {
        let Some(text) = setting.get() else { return self.secrets.named(key) };
        let template = self.secrets.read(&text.value, text.span, self.diagnostics);
        secret_not_literal(&template, key, suggested, text.span, self.diagnostics);
        template
    }

    /// A value that is no secret by itself, but that a client needs all the same.
    fn name(&mut self, key: &str, setting: &Setting<Spanned<String>>) {
        match setting.get() {
            Some(text) => self.secrets.read(&text.value, text.span, self.diagnostics),
            None => self.secrets.named(key),
        };
    }
}

fn token_endpoint(
    address: &Setting<Spanned<String>>,
    data: &Setting<Map<Spanned<LooseText>>>,
    expiration: &Setting<Spanned<f64>>,
    diagnostics: &mut Diagnostics,
) {
    if let Some(address) = address.get() {
        url::check_base(address, diagnostics);
    }
    for (name, value) in data.get().into_iter().flat_map(|data| &data.entries) {
        if value.value.0.contains('\0') {
            let message = format!("the value of `{}` contains a control character", name.value);
            diagnostics.push(Diagnostic::error(Code::InvalidHeader, value.span, message));
        }
    }
    seconds(expiration, TOKEN_EXPIRATION, diagnostics);
}
