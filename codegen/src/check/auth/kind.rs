//! Each kind of authentication.

use rest_source_plan::{Auth, JwtAuth};

use super::Checks;
use crate::{config, source::Spanned};

impl Checks<'_> {
    pub(super) fn kind(&mut self, auth: &Spanned<config::Auth>) -> Auth {
        self.span = auth.span;
        match &auth.value {
            config::Auth::Bearer(bearer) => Auth::Bearer(self.bearer(bearer)),
            config::Auth::ApiKey(api_key) => Auth::ApiKey(self.api_key(api_key)),
            config::Auth::HttpBasic(basic) => Auth::HttpBasic(self.http_basic(basic)),
            config::Auth::ClientCredentials(oauth) => Auth::OAuth2(self.client_credentials(oauth)),
            config::Auth::RefreshToken(oauth) => Auth::OAuth2(self.refresh_token(oauth)),
            config::Auth::JwtBearer(oauth) => Auth::OAuth2(self.jwt_bearer(oauth)),
            config::Auth::Session(session) => Auth::Session(self.session(session)),
            config::Auth::Jwt(jwt) => {
                let send = self.send(&jwt.send, &jwt.token_header);
                let jwt = self.jwt(&jwt.jwt, &[]);
                Auth::Jwt(JwtAuth { jwt, send, ..JwtAuth::DEFAULT })
            }
            config::Auth::Hmac(hmac) => Auth::Hmac(self.hmac(hmac)),
            config::Auth::None(_) => Auth::None,
        }
    }
}
