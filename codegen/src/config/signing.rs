//! `auth` by what the client signs: JSON Web Tokens and requests.

use rest_source_plan::{BinaryEncoding, Hash, JwtAlgorithm, TimestampFormat};

use super::{ObjectNode, Send, TokenHeader};
use crate::{
    parse::{LooseText, Map, TemplateText, mapping, parse_words},
    source::Spanned,
};

mapping! {
    /// A JSON Web Token.
    pub struct Jwt is "a token" {
        /// How the token is signed; by default `RS256`.
        optional algorithm: Spanned<JwtAlgorithm>,
        /// The private key in PEM; by default the secret `private_key`.
        optional private_key: Spanned<TemplateText>,
        /// The key of the HMAC algorithms; by default the secret `secret_key`.
        optional secret_key: Spanned<TemplateText>,
        /// How `secret_key` is written; by default as text.
        optional key_encoding: Spanned<BinaryEncoding>,
        /// The content of a Google key file, which has the private key, its id and the issuer.
        optional service_account: Spanned<TemplateText>,
        /// The id of the key, `kid` in the token's header.
        optional key_id: Spanned<TemplateText>,
        /// Additional members of the token's header.
        optional jwt_headers: Spanned<ObjectNode>,
        /// The claims of the token. `now + 5 minutes` is a time; `null` leaves a default out.
        optional claims: Spanned<ObjectNode>,
    }
}

mapping! {
    /// A JSON Web Token that the client signs.
    pub struct JwtAuth is "`jwt`" {
        /// How the token is sent; by default `bearer`.
        optional send: Send,
        /// The header that the token is sent in, instead of `Authorization: Bearer`.
        optional token_header: Spanned<TokenHeader>,
    } with {
        jwt: Jwt,
    }
}

mapping! {
    /// A signature of each request.
    pub struct Hmac is "`hmac`" {
        /// The key; by default the secret `secret_key`.
        optional secret_key: Spanned<TemplateText>,
        /// How the key is written; by default as text.
        optional key_encoding: Spanned<BinaryEncoding>,
        /// The hash; by default `sha256`.
        optional algorithm: Hash,
        /// The text that is signed, of `{method}`, `{path}`, `{query}`, `{target}`, `{host}`, `{url}`,
        /// `{body}`, `{body_sha256}`, `{timestamp}`, `{nonce}`, secrets and settings.
        required sign: Spanned<TemplateText>,
        /// How the signature is written; by default `hex`.
        optional encoding: Spanned<BinaryEncoding>,
        /// How `{timestamp}` is written; by default `epoch`.
        optional timestamp: TimestampFormat,
        /// Headers that are added to each request, `X-Signature: "{signature}"`.
        optional headers: Map<Spanned<LooseText>>,
        /// Query parameters that are added to each request. Those without `{signature}` are part of
        /// `{query}`.
        optional params: Map<Spanned<LooseText>>,
    }
}

parse_words! {
    JwtAlgorithm is "an algorithm of signatures";
    Hash is "a hash";
    BinaryEncoding is "an encoding";
    TimestampFormat is "a format of times";
}
