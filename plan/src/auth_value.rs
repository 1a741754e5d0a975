//! What templates of an authentication name.

use crate::words;

words! {
    /// What a template of an authentication may name beside secrets and settings.
    pub enum AuthValue {
        /// The token that was fetched.
        "token" => Token,
        /// The signature of the request.
        "signature" => Signature,
        /// When the request is signed.
        "timestamp" => Timestamp,
        /// A text that no other request or token has.
        "nonce" => Nonce,
        /// The method, in capitals.
        "method" => Method,
        /// The path of the address, as it is sent.
        "path" => Path,
        /// The query of the address without its question mark, as it is sent.
        "query" => Query,
        /// The path with the query, as it is sent.
        "target" => Target,
        /// The host, with its port if it is not the scheme's own.
        "host" => Host,
        /// The whole address.
        "url" => Url,
        /// The body, empty if there is none.
        "body" => Body,
        /// The SHA-256 of the body, in hexadecimal digits.
        "body_sha256" => BodySha256,
    }
}
