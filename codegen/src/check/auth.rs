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
    let mut secret = |key: &str, setting: &Setting<Spanned<String>>, suggested: &str| {
        credential(key, setting, suggested, secrets, diagnostics)
    };
    match auth {
        Auth::Bearer(bearer) => {
            let token = secret("token", &bearer.token, "access_token");
            return Some(model::Auth::Bearer { token });
        }
        Auth::ApiKey(key) => {
            secret("api_key", &key.api_key, "api_key");
            if let Some(name) = key.name.get().filter(|name| name.value.is_empty()) {
                let message = "the key is sent under a name";
                diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
            }
        }
        Auth::HttpBasic(basic) => {
            // A user name is no secret by itself.
            if let Setting::Given(name) = &basic.username {
                secrets.read(&name.value, name.span, diagnostics);
            } else {
                secrets.named("username");
            }
            credential("password", &basic.password, "password", secrets, diagnostics);
        }
        Auth::ClientCredentials(oauth) => {
            if let Setting::Given(id) = &oauth.client_id {
                secrets.read(&id.value, id.span, diagnostics);
            } else {
                secrets.named("client_id");
            }
            credential(
                "client_secret",
                &oauth.client_secret,
                "client_secret",
                secrets,
                diagnostics,
            );
            if !oauth.access_token.is_absent() {
                credential(
                    "access_token",
                    &oauth.access_token,
                    "access_token",
                    secrets,
                    diagnostics,
                );
            }
            token_endpoint(
                &oauth.access_token_url,
                &oauth.access_token_request_data,
                &oauth.default_token_expiration,
                diagnostics,
            );
        }
        Auth::RefreshToken(oauth) => {
            if let Setting::Given(id) = &oauth.client_id {
                secrets.read(&id.value, id.span, diagnostics);
            } else {
                secrets.named("client_id");
            }
            credential(
                "client_secret",
                &oauth.client_secret,
                "client_secret",
                secrets,
                diagnostics,
            );
            credential(
                "refresh_token",
                &oauth.refresh_token,
                "refresh_token",
                secrets,
                diagnostics,
            );
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

/// A value that must not stand in the file; where the file says nothing it is the secret of the
/// key's own name.
fn credential(
    key: &str,
    setting: &Setting<Spanned<String>>,
    suggested: &str,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Template {
    match setting.get() {
        Some(text) => {
            let template = secrets.read(&text.value, text.span, diagnostics);
            secret_not_literal(&template, key, suggested, text.span, diagnostics);
            template
        }
        None => secrets.named(key),
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
