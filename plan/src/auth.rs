//! How requests are authenticated.

use std::time::Duration;

use crate::{List, Template, code::plan, words};

plan! {
    /// How requests are authenticated.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Auth {
        /// Not at all.
        None,
        /// `Authorization: Bearer <token>`.
        Bearer(Bearer),
        /// A key in a header, in the query or in a cookie.
        ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        HttpBasic(HttpBasic),
        /// `Authorization: Bearer` with a token that is fetched (RFC 6749).
        OAuth2(OAuth2),
    }
}

plan! {
    /// `Authorization: Bearer <token>`.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Bearer or DEFAULT {
        /// The token.
        pub token: Template = Template::EMPTY,
    }
}

plan! {
    /// A key in a header, in the query or in a cookie.
    #[derive(Clone, PartialEq, Eq)]
    pub struct ApiKey or DEFAULT {
        /// The name of the header, parameter or cookie.
        pub name: Template = Template::EMPTY,
        /// The key.
        pub key: Template = Template::EMPTY,
        /// Where it is sent.
        pub location: KeyLocation = KeyLocation::Header,
    }
}

plan! {
    /// A user name and a password (RFC 7617).
    #[derive(Clone, PartialEq, Eq)]
    pub struct HttpBasic or DEFAULT {
        /// The user name.
        pub username: Template = Template::EMPTY,
        /// The password.
        pub password: Template = Template::EMPTY,
    }
}

words! {
    /// Where a key is sent.
    pub enum KeyLocation {
        /// In a header.
        "header" => Header,
        /// As a query parameter.
        "query" | "param" => Query,
        /// In a cookie.
        "cookie" => Cookie,
    }
}

plan! {
    /// How tokens are fetched.
    #[derive(Clone, PartialEq, Eq)]
    pub struct OAuth2 or DEFAULT {
        /// The address that tokens are fetched from.
        pub access_token_url: Template = Template::EMPTY,
        /// The OAuth 2.0 grant.
        pub grant: Grant = Grant::ClientCredentials,
        /// The client's name.
        pub client_id: Template = Template::EMPTY,
        /// The client's secret.
        pub client_secret: Template = Template::EMPTY,
        /// A token to begin with.
        pub access_token: Option<Template> = None,
        /// More form fields of the token request.
        pub request_data: List<(Template, Template)> = List::Borrowed(&[]),
        /// How long a token is taken to be valid where the answer does not say.
        pub default_expiration: Duration = Duration::from_secs(3600),
    }
}

plan! {
    /// The OAuth 2.0 grant.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Grant {
        /// The client's own credentials (RFC 6749, section 4.4).
        ClientCredentials,
        /// A refresh token (RFC 6749, section 6).
        RefreshToken(Template),
    }
}
