//! How requests are authenticated.

use crate::{
    ApiKey, Bearer, Hmac, HttpBasic, JwtAuth, List, OAuth2, Session, Str, Template, code::plan,
};

plan! {
    /// How requests are authenticated.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[expect(clippy::large_enum_variant, reason = "there is one for each source, a constant")]
    pub enum Auth {
        /// Not at all.
        None,
        /// `Authorization: Bearer <token>`.
        Bearer(Bearer),
        /// A key in a header, in the query, in a cookie or in the body.
        ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        HttpBasic(HttpBasic),
        /// A token that is fetched (RFC 6749).
        OAuth2(OAuth2),
        /// A token that a login request gives.
        Session(Session),
        /// A JSON Web Token that the client signs (RFC 7519).
        Jwt(JwtAuth),
        /// A signature of each request (RFC 2104).
        Hmac(Hmac),
        /// One of several authentications, which a setting chooses.
        Choice(AuthChoice),
    }
}

plan! {
    /// One of several authentications, which a setting chooses when a client is built.
    #[derive(Clone, PartialEq, Eq)]
    pub struct AuthChoice or DEFAULT {
        /// The text, of settings, that is the name of an option.
        pub choose: Template = Template::EMPTY,
        /// The authentications by their names. None of them is a choice.
        pub options: List<(Str, Auth)> = List::Borrowed(&[]),
    }
}
