//! Tokens that are fetched before requests are sent.

use std::time::Duration;

use crate::{
    Body, JsonTemplate, Jwt, List, Method, Param, Selector, SendAs, Str, Template, code::plan,
};

plan! {
    /// How tokens are fetched by OAuth 2.0.
    #[derive(Clone, PartialEq, Eq)]
    pub struct OAuth2 or DEFAULT {
        /// The address that tokens are fetched from. Empty: the one of the key file.
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
        pub request_data: List<(Template, JsonTemplate)> = List::Borrowed(&[]),
        /// How long a token is taken to be valid where the answer does not say.
        pub default_expiration: Duration = Duration::from_secs(3600),
        /// How the client authenticates itself.
        pub client_auth: ClientAuth = ClientAuth::SecretPost,
        /// Headers of the token request.
        pub request_headers: List<(Template, Template)> = List::Borrowed(&[]),
        /// Whether the token request is JSON instead of a form.
        pub request_json: bool = false,
        /// The field of the token request with the client's name.
        pub client_id_param: Str = Str::Borrowed("client_id"),
        /// The field of the token request with the client's secret.
        pub client_secret_param: Str = Str::Borrowed("client_secret"),
        /// The field of the token request with the refresh token.
        pub refresh_token_param: Str = Str::Borrowed("refresh_token"),
        /// Where the answer has the token.
        pub access_token_path: Selector = OAuth2::ACCESS_TOKEN,
        /// Where the answer has a new refresh token.
        pub refresh_token_path: Selector = OAuth2::REFRESH_TOKEN,
        /// Where the answer says how long the token is valid.
        pub expires_in_path: Selector = OAuth2::EXPIRES_IN,
        /// Where the answer says until when the token is valid.
        pub expires_at_path: Option<Selector> = None,
        /// How the token is sent.
        pub send: SendAs = SendAs::TOKEN,
    }
}

impl OAuth2 {
    /// `access_token` (RFC 6749, section 5.1).
    pub const ACCESS_TOKEN: Selector =
        Selector::Keys(List::Borrowed(&[Str::Borrowed("access_token")]));
    /// `refresh_token` (RFC 6749, section 5.1).
    pub const REFRESH_TOKEN: Selector =
        Selector::Keys(List::Borrowed(&[Str::Borrowed("refresh_token")]));
    /// `expires_in` (RFC 6749, section 5.1).
    pub const EXPIRES_IN: Selector = Selector::Keys(List::Borrowed(&[Str::Borrowed("expires_in")]));
}

plan! {
    /// The OAuth 2.0 grant.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Grant {
        /// The client's own credentials (RFC 6749, section 4.4).
        ClientCredentials,
        /// A refresh token (RFC 6749, section 6).
        RefreshToken(Template),
        /// A JSON Web Token that the client signs (RFC 7523, section 2.1).
        JwtBearer(Jwt),
    }
}

plan! {
    /// How a client authenticates itself at a token endpoint.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum ClientAuth {
        /// By its name and secret among the fields (RFC 6749, section 2.3.1).
        SecretPost,
        /// By its name and secret as HTTP Basic (RFC 6749, section 2.3.1).
        SecretBasic,
        /// By its name alone, as a public client.
        None,
        /// By a JSON Web Token that it signs (RFC 7523, section 2.2).
        PrivateKeyJwt(Jwt),
    }
}

plan! {
    /// A token that a login request gives.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Session or DEFAULT {
        /// The login request.
        pub login: Login = Login::DEFAULT,
        /// Where the response has the token.
        pub token: TokenPlace = TokenPlace::Body(Selector::ROOT),
        /// Where the response says how long the token is valid.
        pub expires_in_path: Option<Selector> = None,
        /// Where the response says until when the token is valid.
        pub expires_at_path: Option<Selector> = None,
        /// How long a token is taken to be valid where the response does not say. `None`: until the
        /// server refuses it.
        pub default_expiration: Option<Duration> = None,
        /// Statuses by which the server refuses a token, so that a new one is fetched.
        pub renew_on: List<u16> = List::Borrowed(&[401, 403]),
        /// How the token is sent.
        pub send: SendAs = SendAs::TOKEN,
    }
}

plan! {
    /// A login request.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Login or DEFAULT {
        /// How it is sent.
        pub method: Method = Method::Post,
        /// The path below the base URL, or an address of an allowed host.
        pub path: Template = Template::EMPTY,
        /// Query parameters.
        pub params: List<Param> = List::Borrowed(&[]),
        /// Headers.
        pub headers: List<(Template, Template)> = List::Borrowed(&[]),
        /// The body.
        pub body: Option<Body> = None,
        /// How it is authenticated.
        pub auth: Option<SendAs> = None,
    }
}

plan! {
    /// Where the response of a login request has the token.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum TokenPlace {
        /// In its body.
        Body(Selector),
        /// In this header.
        Header(Str),
        /// In the cookie of this name, which it sets.
        Cookie(Str),
    }
}
