//! `auth`: how requests are authenticated.

use super::{
    ApiKey, Bearer, ClientCredentials, Hmac, HttpBasic, JwtAuth, JwtBearer, NoAuth, RefreshToken,
    Session,
};
use crate::{
    diagnostic::Diagnostics,
    parse::{Map, Parse, Shape, TemplateText, mapping, union},
    source::Spanned,
    yaml::{Node, Value},
};

/// An authentication, or several of which a setting chooses one.
#[derive(Debug, Clone)]
pub enum Authentication {
    /// One.
    One(Box<Spanned<Auth>>),
    /// One of several.
    Choice(AuthChoice),
}

impl Parse for Authentication {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Mapping(mapping) if AuthChoice::is(|key| mapping.get(key).is_some()) => {
                AuthChoice::parse(node, diagnostics).map(Authentication::Choice)
            }
            _ => Parse::parse(node, diagnostics).map(Authentication::One),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Auth::shape(), AuthChoice::shape()])
    }
}

mapping! {
    /// A choice of authentications by a setting.
    pub struct AuthChoice is "a choice of authentications" {
        /// The setting whose value is the name of an option, `"{config.auth_type}"`.
        required choose: Spanned<TemplateText>,
        /// The authentications by their names. Secrets of one are needed only if it is chosen.
        required options: Spanned<Map<Spanned<Auth>>>,
    }
}

impl AuthChoice {
    /// Whether a mapping with these keys is meant as one.
    fn is(has: impl Fn(&str) -> bool) -> bool {
        has("choose") || (has("options") && !has("type"))
    }
}

union! {
    /// How requests are authenticated.
    pub enum Auth is "an authentication" or "bearer" {
        /// A token in the `Authorization` header.
        "bearer" => Bearer(Bearer),
        /// A key in a header, in the query, in a cookie or in the body.
        "api_key" => ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        "http_basic" => HttpBasic(HttpBasic),
        /// A token that is fetched with the client's own credentials (RFC 6749, section 4.4).
        "oauth2_client_credentials" => ClientCredentials(ClientCredentials),
        /// A token that is fetched with a refresh token (RFC 6749, section 6).
        "oauth2_refresh_token" => RefreshToken(RefreshToken),
        /// A token that is fetched with a signed JSON Web Token, as for service accounts (RFC 7523).
        "oauth2_jwt_bearer" => JwtBearer(JwtBearer),
        /// A token that a login request returns.
        "session" => Session(Session),
        /// A JSON Web Token that the client signs (RFC 7519).
        "jwt" => Jwt(JwtAuth),
        /// A signature of each request (RFC 2104).
        "hmac" => Hmac(Hmac),
        /// No authentication, although the client has one.
        "none" => None(NoAuth),
    }
}
