//! `auth` by tokens that are fetched: OAuth 2 and sessions.

use super::{
    ApiKey, Bearer, HttpBasic, Jwt, NoAuth, ObjectNode, Param, RawNode, ScalarNode, Send,
    TokenHeader,
};
use crate::{
    parse::{LooseText, Map, OneOrMany, TemplateText, mapping, parse_words, union},
    source::Spanned,
};
use rest_source_plan::Method;

mapping! {
    /// The client of a token request.
    pub struct OAuthClient is "a client" {
        /// The client's name; by default the secret `client_id`.
        optional client_id: Spanned<TemplateText>,
        /// The client's secret; by default the secret `client_secret`.
        optional client_secret: Spanned<TemplateText>,
        /// How the client authenticates itself; by default `client_secret_post`.
        optional client_auth_method: Spanned<ClientAuthMethod>,
        /// The token that `private_key_jwt` signs.
        optional client_assertion: Spanned<Jwt>,
        /// The field with the client's name; by default `client_id`.
        optional client_id_param: Spanned<String>,
        /// The field with the client's secret; by default `client_secret`.
        optional client_secret_param: Spanned<String>,
    }
}

rest_source_plan::words! {
    /// How a client authenticates itself at a token endpoint, by the names of RFC 8414.
    pub enum ClientAuthMethod {
        /// By fields of the token request.
        "client_secret_post" => Post,
        /// By HTTP Basic.
        "client_secret_basic" => Basic,
        /// By its name alone, without a secret.
        "none" => None,
        /// By a JSON Web Token that it signs (RFC 7523).
        "private_key_jwt" => PrivateKeyJwt,
    }
}

mapping! {
    /// What every token request has.
    pub struct TokenRequest is "a token request" {
        /// Scopes, sent as `scope` with spaces between them.
        optional scopes: OneOrMany<TemplateText>,
        /// Additional fields of the token request.
        optional access_token_request_data: Map<ScalarNode>,
        /// Additional headers of the token request.
        optional access_token_request_headers: Map<Spanned<LooseText>>,
        /// Whether the token request is sent as JSON; by default it is a form.
        optional access_token_request_json: bool,
    }
}

mapping! {
    /// What the answer of a token request has, and how its token is sent.
    pub struct TokenAnswer is "a token" {
        /// Where the answer has the token; by default `access_token`.
        optional access_token_path: Spanned<String>,
        /// Where the answer has its lifetime in seconds; by default `expires_in`.
        optional expires_in_path: Spanned<String>,
        /// Where the answer has the time when it expires.
        optional expires_at_path: Spanned<String>,
        /// How long a token is valid where the response does not say, in seconds; by default 3600.
        optional default_token_expiration: Spanned<f64>,
        /// How the token is sent; by default `bearer`.
        optional send: Send,
        /// The header that the token is sent in, instead of `Authorization: Bearer`.
        optional token_header: Spanned<TokenHeader>,
    }
}

mapping! {
    /// A token that is fetched with the client's own credentials.
    pub struct ClientCredentials is "`oauth2_client_credentials`" {
        /// The URL of the token endpoint.
        required access_token_url: Spanned<TemplateText>,
        /// A token to begin with.
        optional access_token: Spanned<TemplateText>,
    } with {
        client: OAuthClient,
        request: TokenRequest,
        answer: TokenAnswer,
    }
}

mapping! {
    /// A token that is fetched with a refresh token.
    pub struct RefreshToken is "`oauth2_refresh_token`" {
        /// The URL of the token endpoint.
        required access_token_url: Spanned<TemplateText>,
        /// The refresh token; by default the secret `refresh_token`.
        optional refresh_token: Spanned<TemplateText>,
        /// The field with the refresh token; by default `refresh_token`.
        optional refresh_token_param: Spanned<String>,
        /// Where the answer has a new refresh token; by default `refresh_token`.
        optional refresh_token_path: Spanned<String>,
    } with {
        client: OAuthClient,
        request: TokenRequest,
        answer: TokenAnswer,
    }
}

mapping! {
    /// A token that is fetched with a signed JSON Web Token.
    pub struct JwtBearer is "`oauth2_jwt_bearer`" {
        /// The URL of the token endpoint; by default the one of the `service_account`.
        optional access_token_url: Spanned<TemplateText>,
        /// The client's name, which is `iss` and `sub` of the token unless `claims` has others.
        optional client_id: Spanned<TemplateText>,
        /// The client's secret, if the token endpoint wants one beside the token.
        optional client_secret: Spanned<TemplateText>,
    } with {
        jwt: Jwt,
        request: TokenRequest,
        answer: TokenAnswer,
    }
}

mapping! {
    /// A token that a login request returns.
    pub struct Session is "`session`" {
        /// The login request.
        required login: Spanned<Login>,
        /// Where the body of the response has the token.
        optional token_path: Spanned<String>,
        /// The header of the response with the token.
        optional token_from_header: Spanned<String>,
        /// The cookie of the response with the token.
        optional token_from_cookie: Spanned<String>,
        /// Where the body has the token's lifetime in seconds.
        optional expires_in_path: Spanned<String>,
        /// Where the body has the time when the token expires.
        optional expires_at_path: Spanned<String>,
        /// How long a token is valid where the response does not say, in seconds; by default until
        /// the server refuses it.
        optional default_token_expiration: Spanned<f64>,
        /// Statuses that mean that the token is no longer valid; by default 401 and 403.
        optional renew_on: Vec<Spanned<u64>>,
        /// How the token is sent; by default `bearer`, or as the cookie that it came in.
        optional send: Send,
    }
}

mapping! {
    /// A login request.
    pub struct Login is "a login" {
        /// The path below the base URL, or a URL of one of the `allowed_hosts`.
        required path: Spanned<TemplateText>,
        /// GET or POST; by default POST.
        optional method: Spanned<Method>,
        /// Query parameters.
        optional params: Map<Spanned<Param>>,
        /// The body, as JSON.
        optional json: Spanned<ObjectNode>,
        /// The body, as a form or as text.
        optional data: Spanned<RawNode>,
        /// Headers. Those of the client are not sent.
        optional headers: Map<Option<Spanned<LooseText>>>,
        /// How the login is authenticated; by default it is not.
        optional auth: LoginAuth,
    }
}

union! {
    /// How a login is authenticated.
    pub enum LoginAuth is "an authentication of a login" or "bearer" {
        /// A token in the `Authorization` header.
        "bearer" => Bearer(Bearer),
        /// A key in a header, in the query, in a cookie or in the body.
        "api_key" => ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        "http_basic" => HttpBasic(HttpBasic),
        /// No authentication.
        "none" => None(NoAuth),
    }
}

parse_words! {
    ClientAuthMethod is "a way to authenticate a client";
}
