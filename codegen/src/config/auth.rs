//! `auth`: how requests are authenticated.

use rest_source_plan::KeyLocation;

use crate::{
    parse::{LooseText, Map, TemplateText, mapping, parse_words, union},
    source::Spanned,
};

union! {
    /// How requests are authenticated.
    pub enum Auth is "an authentication" or "bearer" {
        /// A token in the `Authorization` header.
        "bearer" => Bearer(Bearer),
        /// A key in a header, in the query or in a cookie.
        "api_key" => ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        "http_basic" => HttpBasic(HttpBasic),
        /// A token that is fetched with the client's own credentials (RFC 6749, section 4.4).
        "oauth2_client_credentials" => ClientCredentials(ClientCredentials),
        /// A token that is fetched with a refresh token (RFC 6749, section 6).
        "oauth2_refresh_token" => RefreshToken(RefreshToken),
        /// No authentication, although the client has one.
        "none" => None(NoAuth),
    }
}

mapping! {
    /// A token in the `Authorization` header.
    pub struct Bearer is "`bearer`" {
        /// The token; by default the secret `token`.
        optional token: Spanned<TemplateText>,
    }
}

mapping! {
    /// A key in a header, in the query or in a cookie.
    pub struct ApiKey is "`api_key`" {
        /// The name of the header, parameter or cookie; by default `Authorization`.
        optional name: Spanned<TemplateText>,
        /// The key; by default the secret `api_key`.
        optional api_key: Spanned<TemplateText>,
        /// Where it is sent; by default in a header.
        optional location: KeyLocation,
    }
}

mapping! {
    /// A user name and a password.
    pub struct HttpBasic is "`http_basic`" {
        /// The user name; by default the secret `username`.
        optional username: Spanned<TemplateText>,
        /// The password; by default the secret `password`.
        optional password: Spanned<TemplateText>,
    }
}

mapping! {
    /// How a token is requested, for every grant.
    pub struct TokenRequest is "a token request" {
        /// The URL of the token endpoint.
        required access_token_url: Spanned<TemplateText>,
        /// The client's name; by default the secret `client_id`.
        optional client_id: Spanned<TemplateText>,
        /// The client's secret; by default the secret `client_secret`.
        optional client_secret: Spanned<TemplateText>,
        /// Additional form fields of the token request.
        optional access_token_request_data: Map<Spanned<LooseText>>,
        /// How long a token is valid where the response does not say, in seconds; by default 3600.
        optional default_token_expiration: Spanned<f64>,
    }
}

mapping! {
    /// A token that is fetched with the client's own credentials.
    pub struct ClientCredentials is "`oauth2_client_credentials`" {
        /// A token to begin with.
        optional access_token: Spanned<TemplateText>,
    } with {
        request: TokenRequest,
    }
}

mapping! {
    /// A token that is fetched with a refresh token.
    pub struct RefreshToken is "`oauth2_refresh_token`" {
        /// The refresh token; by default the secret `refresh_token`.
        optional refresh_token: Spanned<TemplateText>,
    } with {
        request: TokenRequest,
    }
}

mapping! {
    /// No authentication.
    pub struct NoAuth is "`none`" {
    }
}

parse_words! {
    KeyLocation is "a place for a key";
}
