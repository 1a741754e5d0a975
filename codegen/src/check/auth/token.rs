//! OAuth 2: token requests and their answers.

use std::time::Duration;

use rest_source_plan::{
    AuthValue, Claim, ClientAuth, Grant, JsonTemplate, OAuth2, Part, Selector, Str, Template,
};

use super::super::setting::Filling;
use super::{
    super::{duration::duration, header, literal::literal, secret, selector, url},
    Checks,
};
use crate::{
    config::{self, ClientAuthMethod, OAuthClient, ScalarNode, TokenAnswer, TokenRequest},
    diagnostic::{Code, Diagnostic},
    parse::{Map, OneOrMany, Setting, TemplateText},
    source::Spanned,
    yaml::{Kind, Value},
};

/// How long a token is taken to be valid where nothing says so, as in dlt.
const TOKEN_EXPIRATION: Duration = Duration::from_secs(3600);

impl Checks<'_> {
    pub(super) fn client_credentials(&mut self, oauth: &config::ClientCredentials) -> OAuth2 {
        let mut plan = self.client(&oauth.client);
        plan.access_token_url = self.address(&oauth.access_token_url);
        let given = !oauth.access_token.is_absent();
        let token =
            given.then(|| self.credential("access_token", &oauth.access_token, "access_token"));
        plan.access_token = token;
        self.request(&oauth.request, &mut plan);
        self.answer(&oauth.answer, &mut plan);
        plan
    }

    pub(super) fn refresh_token(&mut self, oauth: &config::RefreshToken) -> OAuth2 {
        let token = self.credential("refresh_token", &oauth.refresh_token, "refresh_token");
        let mut plan = self.client(&oauth.client);
        plan.access_token_url = self.address(&oauth.access_token_url);
        plan.grant = Grant::RefreshToken(token);
        self.field(&oauth.refresh_token_param, &mut plan.refresh_token_param);
        if let Some(path) = self.path(&oauth.refresh_token_path) {
            plan.refresh_token_path = path;
        }
        self.request(&oauth.request, &mut plan);
        self.answer(&oauth.answer, &mut plan);
        plan
    }

    pub(super) fn jwt_bearer(&mut self, oauth: &config::JwtBearer) -> OAuth2 {
        let mut plan = OAuth2::DEFAULT;
        plan.access_token_url = self.address(&oauth.access_token_url);
        let mut defaults = vec![("aud", Claim::TokenUrl)];
        if let Some(client_id) = oauth.client_id.get() {
            plan.client_id = self.text(client_id);
            defaults.extend(issuer(&plan.client_id));
        }
        if !oauth.client_secret.is_absent() {
            plan.client_secret =
                self.credential("client_secret", &oauth.client_secret, "client_secret");
        }
        let is_named =
            !oauth.access_token_url.is_absent() || !oauth.jwt.service_account.is_absent();
        if !is_named {
            let message = "`oauth2_jwt_bearer` needs the key `access_token_url`";
            self.diagnostics.push(
                Diagnostic::error(Code::MissingKey, self.span, message)
                    .help("or `service_account`, whose key file names the token endpoint"),
            );
        }
        let mut jwt = self.jwt(&oauth.jwt, &defaults);
        let scopes = self.scopes(&oauth.request.scopes);
        if let Some(scopes) = scopes {
            jwt.claims.to_mut().push(("scope".into(), Claim::Value(JsonTemplate::Text(scopes))));
        }
        plan.grant = Grant::JwtBearer(jwt);
        let request = TokenRequest { scopes: Setting::Absent, ..oauth.request.clone() };
        self.request(&request, &mut plan);
        self.answer(&oauth.answer, &mut plan);
        plan
    }

    /// The client of a token request.
    fn client(&mut self, client: &OAuthClient) -> OAuth2 {
        let mut plan = OAuth2::DEFAULT;
        plan.client_id = self.name("client_id", &client.client_id);
        let method = client.client_auth_method.get();
        let word = method.map_or(ClientAuthMethod::Post, |method| method.value);
        let has_secret = matches!(word, ClientAuthMethod::Post | ClientAuthMethod::Basic);
        if has_secret {
            let (key, setting) = ("client_secret", &client.client_secret);
            plan.client_secret = self.credential(key, setting, key);
        } else if let (Some(secret), Some(method)) = (client.client_secret.get(), method) {
            let message = format!("`{}` sends no `client_secret`", word.name());
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, secret.span, message)
                    .label(method.span, "the way to authenticate the client")
                    .help("keep one of them"),
            );
        }
        let assertion = client.client_assertion.get();
        plan.client_auth = match word {
            ClientAuthMethod::Post => ClientAuth::SecretPost,
            ClientAuthMethod::Basic => ClientAuth::SecretBasic,
            ClientAuthMethod::None => ClientAuth::None,
            ClientAuthMethod::PrivateKeyJwt => {
                let mut defaults = vec![("aud", Claim::TokenUrl)];
                defaults.extend(issuer(&plan.client_id));
                let nonce = Template(vec![Part::Auth(AuthValue::Nonce)].into());
                defaults.push(("jti", Claim::Value(JsonTemplate::Text(nonce))));
                let unset = config::Jwt::default();
                let jwt = assertion.map_or(&unset, |assertion| &assertion.value);
                ClientAuth::PrivateKeyJwt(self.jwt(jwt, &defaults))
            }
        };
        if let Some(assertion) = assertion.filter(|_| word != ClientAuthMethod::PrivateKeyJwt) {
            let message = "`client_assertion` has no effect";
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, assertion.span, message)
                    .help("add `client_auth_method: private_key_jwt`"),
            );
        }
        if let Some(name) =
            client.client_secret_param.get().filter(|_| word != ClientAuthMethod::Post)
        {
            let message = format!("`{}` sends no field with the secret", word.name());
            self.error(Code::Conflict, name.span, &message);
        }
        self.field(&client.client_id_param, &mut plan.client_id_param);
        self.field(&client.client_secret_param, &mut plan.client_secret_param);
        plan
    }

    fn request(&mut self, request: &TokenRequest, plan: &mut OAuth2) {
        plan.request_data = self.request_data(&request.access_token_request_data).into();
        if let Some(scopes) = self.scopes(&request.scopes) {
            let data = request.access_token_request_data.get();
            let twice =
                data.and_then(|data| data.entries.iter().find(|(name, _)| name.value == "scope"));
            if let Some((name, _)) = twice {
                let message = "`scopes` sends the field `scope`, too";
                self.diagnostics.push(
                    Diagnostic::error(Code::Conflict, name.span, message).help("keep one of them"),
                );
            }
            plan.request_data.to_mut().push(("scope".into(), JsonTemplate::Text(scopes)));
        }
        let headers = request.access_token_request_headers.get();
        for (name, value) in headers.into_iter().flat_map(|headers| &headers.entries) {
            if !header::check(name, value, self.diagnostics) {
                continue;
            }
            let template = self.inputs.read_value(&value.value.0, value.span, self.diagnostics);
            self.inputs.check_filling(&template, Filling::OMITTED, value.span, self.diagnostics);
            secret::check_header(&name.value, &template, value.span, self.diagnostics);
            let name = self.inputs.read_required(&name.value, name.span, self.diagnostics);
            plan.request_headers.to_mut().push((name, template));
        }
        plan.request_json = request.access_token_request_json.get() == Some(&true);
    }

    fn answer(&mut self, answer: &TokenAnswer, plan: &mut OAuth2) {
        if let Some(path) = self.path(&answer.access_token_path) {
            plan.access_token_path = path;
        }
        if let Some(path) = self.path(&answer.expires_in_path) {
            plan.expires_in_path = path;
        }
        plan.expires_at_path = self.path(&answer.expires_at_path);
        plan.default_expiration =
            duration(&answer.default_token_expiration, TOKEN_EXPIRATION, self.diagnostics);
        plan.send = self.send(&answer.send, &answer.token_header);
    }

    /// A path in a response, which selects one value.
    pub(super) fn path(&mut self, path: &Setting<Spanned<String>>) -> Option<Selector> {
        selector::read(path.get()?, self.diagnostics)
    }

    /// The name of a field, which cannot be empty.
    fn field(&mut self, name: &Setting<Spanned<String>>, field: &mut Str) {
        let Some(name) = name.get() else { return };
        if name.value.is_empty() {
            self.error(Code::InvalidName, name.span, "the name of a field must not be empty");
        }
        *field = name.value.clone().into();
    }

    fn scopes(&mut self, scopes: &Setting<OneOrMany<TemplateText>>) -> Option<Template> {
        let mut parts = Vec::new();
        for scope in &scopes.get()?.0 {
            if !parts.is_empty() {
                parts.push(Part::Text(" ".into()));
            }
            parts.extend(self.text(scope).0.iter().cloned());
        }
        Some(Template(parts.into()))
    }

    /// The URL of the token endpoint.
    fn address(&mut self, address: &Setting<Spanned<TemplateText>>) -> Template {
        let Some(address) = address.get() else { return Template::default() };
        let template = self.text(address);
        url::check_base(&template, address.span, self.diagnostics);
        template
    }

    /// More fields of the token request.
    fn request_data(&mut self, data: &Setting<Map<ScalarNode>>) -> Vec<(Template, JsonTemplate)> {
        let mut fields = Vec::new();
        for (name, ScalarNode(node)) in data.get().into_iter().flat_map(|data| &data.entries) {
            let Value::Scalar(scalar) = &node.value else { continue };
            if scalar.kind() == Kind::Null {
                continue;
            }
            if scalar.text.contains('\0') {
                let message = format!("the value of `{}` contains a control character", name.value);
                self.diagnostics.push(Diagnostic::error(Code::InvalidHeader, node.span, message));
            }
            let template = self.inputs.read_value(&scalar.text, node.span, self.diagnostics);
            self.inputs.check_filling(&template, Filling::OMITTED, node.span, self.diagnostics);
            secret::check_field(&name.value, &template, node.span, self.diagnostics);
            let name = self.inputs.read_required(&name.value, name.span, self.diagnostics);
            let value = match literal(scalar) {
                Some(literal) => JsonTemplate::Literal(literal.into()),
                None => JsonTemplate::Text(template),
            };
            fields.push((name, value));
        }
        fields
    }
}

/// Who a client says that it is.
fn issuer(client_id: &Template) -> [(&'static str, Claim); 2] {
    let claim = || Claim::Value(JsonTemplate::Text(client_id.clone()));
    [("iss", claim()), ("sub", claim())]
}
