//! What authenticates a request as it is, and how tokens are sent.

use crate::{List, Template, code::plan, words};

plan! {
    /// `Authorization: Bearer <token>`.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Bearer or DEFAULT {
        /// The token.
        pub token: Template = Template::EMPTY,
    }
}

plan! {
    /// A key in a header, in the query, in a cookie or in the body.
    #[derive(Clone, PartialEq, Eq)]
    pub struct ApiKey or DEFAULT {
        /// The name of the header, parameter or cookie.
        pub name: Template = Template::EMPTY,
        /// The key.
        pub key: Template = Template::EMPTY,
        /// Where it is sent.
        pub location: KeyLocation = KeyLocation::Header,
        /// The keys that lead to it in a body, one inside the other.
        pub body_path: List<Template> = List::Borrowed(&[]),
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
        /// In the body, of JSON or a form.
        "body" => Body,
    }
}

plan! {
    /// What sends a token, or authenticates a login request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum SendAs {
        /// `Authorization: Bearer <token>`.
        Bearer(Bearer),
        /// A key in a header, in the query, in a cookie or in the body.
        ApiKey(ApiKey),
        /// A user name and a password (RFC 7617).
        HttpBasic(HttpBasic),
    }
}

impl SendAs {
    /// `Authorization: Bearer {token}`.
    pub const TOKEN: SendAs = SendAs::Bearer(Bearer { token: Template::TOKEN, ..Bearer::DEFAULT });
}
