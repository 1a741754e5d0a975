//! `auth` by what the client has, and how tokens are sent.

use rest_source_plan::KeyLocation;

use crate::{
    parse::{TemplateText, mapping, parse_words, union},
    source::Spanned,
};

mapping! {
    /// A token in the `Authorization` header.
    pub struct Bearer is "`bearer`" {
        /// The token; by default the secret `token`.
        optional token: Spanned<TemplateText>,
    }
}

mapping! {
    /// A key in a header, in the query, in a cookie or in the body.
    pub struct ApiKey is "`api_key`" {
        /// The name of the header, parameter or cookie, or the path in the body; by default
        /// `Authorization`.
        optional name: Spanned<TemplateText>,
        /// The key; by default the secret `api_key`.
        optional api_key: Spanned<TemplateText>,
        /// Where it is sent; by default in a header.
        optional location: Spanned<KeyLocation>,
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
    /// No authentication.
    pub struct NoAuth is "`none`" {
    }
}

union! {
    /// How a token is sent.
    pub enum Send is "a way to send a token" or "bearer" {
        /// In the `Authorization` header, after `Bearer`.
        "bearer" => Bearer(SendBearer),
        /// In a header, in the query, in a cookie or in the body.
        "api_key" => ApiKey(SendKey),
        /// As a user name or a password (RFC 7617).
        "http_basic" => HttpBasic(SendBasic),
    }
}

mapping! {
    /// A token in the `Authorization` header.
    pub struct SendBearer is "`bearer`" {
        /// What follows `Bearer`; by default `{token}`.
        optional token: Spanned<TemplateText>,
    }
}

mapping! {
    /// A token in a header, in the query, in a cookie or in the body.
    pub struct SendKey is "`api_key`" {
        /// The name of the header, parameter or cookie, or the path in the body; by default
        /// `Authorization`.
        optional name: Spanned<TemplateText>,
        /// The value; by default `{token}`.
        optional api_key: Spanned<TemplateText>,
        /// Where it is sent; by default in a header.
        optional location: Spanned<KeyLocation>,
    }
}

mapping! {
    /// A token as a user name or a password.
    pub struct SendBasic is "`http_basic`" {
        /// The user name; by default `{token}`.
        optional username: Spanned<TemplateText>,
        /// The password; by default empty.
        optional password: Spanned<TemplateText>,
    }
}

mapping! {
    /// The header that a token is sent in.
    pub struct TokenHeader is "`token_header`" {
        /// The name of the header.
        required name: Spanned<TemplateText>,
        /// What is before the token; by default nothing.
        optional prefix: Spanned<TemplateText>,
    }
}

parse_words! {
    KeyLocation is "a place for a key";
}
