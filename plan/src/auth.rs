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
        Bearer {
            /// The token.
            token: Template,
        },
        /// A key in a header, in the query or in a cookie.
        ApiKey {
            /// The name of the header, parameter or cookie.
            name: Template,
            /// The key.
            key: Template,
            /// Where it is sent.
            location: KeyLocation,
        },
        /// A user name and a password (RFC 7617).
        HttpBasic {
            /// The user name.
            username: Template,
            /// The password.
            password: Template,
        },
        /// `Authorization: Bearer` with a token that is fetched (RFC 6749).
        OAuth2(OAuth2),
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
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OAuth2 or DEFAULT {
        /// The address that tokens are fetched from.
        pub access_token_url: Template,
        /// The OAuth 2.0 grant.
        pub grant: Grant,
        /// The client's name.
        pub client_id: Template,
        /// The client's secret.
        pub client_secret: Template,
        /// A token to begin with.
        pub access_token: Option<Template>,
        /// More form fields of the token request.
        pub request_data: List<(Template, Template)>,
        /// How long a token is taken to be valid where the answer does not say.
        pub default_expiration: Duration,
    }
}

impl OAuth2 {
    /// The client's credentials, without an address.
    pub const DEFAULT: OAuth2 = OAuth2 {
        access_token_url: Template(List::Borrowed(&[])),
        grant: Grant::ClientCredentials,
        client_id: Template(List::Borrowed(&[])),
        client_secret: Template(List::Borrowed(&[])),
        access_token: None,
        request_data: List::Borrowed(&[]),
        default_expiration: Duration::from_secs(3600),
    };
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
