//! What a client signs: JSON Web Tokens and requests.

use crate::{JsonTemplate, List, SendAs, Template, code::plan, words};

plan! {
    /// A JSON Web Token that the client signs, sent with each request (RFC 7519).
    #[derive(Clone, PartialEq, Eq)]
    pub struct JwtAuth or DEFAULT {
        /// The token.
        pub jwt: Jwt = Jwt::DEFAULT,
        /// How it is sent.
        pub send: SendAs = SendAs::TOKEN,
    }
}

plan! {
    /// A JSON Web Token.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Jwt or DEFAULT {
        /// How it is signed.
        pub algorithm: JwtAlgorithm = JwtAlgorithm::Rs256,
        /// The key: PEM, or the secret of an HMAC. Empty: the one of the key file.
        pub key: Template = Template::EMPTY,
        /// How the secret of an HMAC is written.
        pub key_encoding: BinaryEncoding = BinaryEncoding::Text,
        /// A key file of a Google service account, as JSON.
        pub service_account: Option<Template> = None,
        /// What the header has beside the algorithm.
        pub header: List<(Template, JsonTemplate)> = List::Borrowed(&[]),
        /// What the token says.
        pub claims: List<(Template, Claim)> = List::Borrowed(&[]),
    }
}

plan! {
    /// The value of a claim.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Claim {
        /// A value.
        Value(JsonTemplate),
        /// So many seconds after the token is made, in seconds since 1970.
        Time(i64),
        /// The address of the token endpoint.
        TokenUrl,
    }
}

words! {
    /// How a JSON Web Token is signed (RFC 7518, section 3.1; RFC 8037).
    pub enum JwtAlgorithm {
        /// RSA with PKCS #1 and SHA-256.
        "RS256" => Rs256,
        /// RSA with PKCS #1 and SHA-384.
        "RS384" => Rs384,
        /// RSA with PKCS #1 and SHA-512.
        "RS512" => Rs512,
        /// RSA with PSS and SHA-256.
        "PS256" => Ps256,
        /// RSA with PSS and SHA-384.
        "PS384" => Ps384,
        /// RSA with PSS and SHA-512.
        "PS512" => Ps512,
        /// ECDSA with P-256 and SHA-256.
        "ES256" => Es256,
        /// ECDSA with P-384 and SHA-384.
        "ES384" => Es384,
        /// Ed25519.
        "EdDSA" => EdDsa,
        /// HMAC with SHA-256.
        "HS256" => Hs256,
        /// HMAC with SHA-384.
        "HS384" => Hs384,
        /// HMAC with SHA-512.
        "HS512" => Hs512,
    }
}

impl JwtAlgorithm {
    /// Whether the key is a secret that both sides have, instead of a private key.
    pub const fn is_hmac(self) -> bool {
        matches!(self, JwtAlgorithm::Hs256 | JwtAlgorithm::Hs384 | JwtAlgorithm::Hs512)
    }
}

plan! {
    /// A signature of each request (RFC 2104).
    #[derive(Clone, PartialEq, Eq)]
    pub struct Hmac or DEFAULT {
        /// The secret.
        pub key: Template = Template::EMPTY,
        /// How the secret is written.
        pub key_encoding: BinaryEncoding = BinaryEncoding::Text,
        /// The hash.
        pub algorithm: Hash = Hash::Sha256,
        /// What is signed.
        pub sign: Template = Template::EMPTY,
        /// How the signature is written.
        pub encoding: BinaryEncoding = BinaryEncoding::Hex,
        /// How `{timestamp}` is written.
        pub timestamp: TimestampFormat = TimestampFormat::Epoch,
        /// Headers that are added.
        pub headers: List<(Template, Template)> = List::Borrowed(&[]),
        /// Query parameters that are added.
        pub params: List<(Template, Template)> = List::Borrowed(&[]),
    }
}

words! {
    /// The hash of a signature.
    pub enum Hash {
        /// SHA-1, for APIs that know nothing else.
        "sha1" => Sha1,
        /// SHA-256.
        "sha256" => Sha256,
        /// SHA-384.
        "sha384" => Sha384,
        /// SHA-512.
        "sha512" => Sha512,
    }
}

words! {
    /// How bytes are written as text.
    pub enum BinaryEncoding {
        /// As they are, in UTF-8.
        "text" => Text,
        /// In hexadecimal digits.
        "hex" => Hex,
        /// In base64.
        "base64" => Base64,
        /// In base64 for addresses, without padding.
        "base64url" => Base64Url,
    }
}

words! {
    /// How the time of a signature is written.
    pub enum TimestampFormat {
        /// Seconds since 1970.
        "epoch" => Epoch,
        /// Milliseconds since 1970.
        "epoch_ms" => EpochMs,
        /// `2024-01-31T12:00:00Z`.
        "iso" => Iso,
        /// `2024-01-31T12:00:00.000Z`.
        "iso_ms" => IsoMs,
        /// `Wed, 31 Jan 2024 12:00:00 GMT`, as in the header `Date`.
        "http" => Http,
    }
}
