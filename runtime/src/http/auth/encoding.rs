//! How keys, signatures and the bytes of tokens are written as text, and the hashes of signatures.

use std::fmt::Write as _;

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use ring::hmac;

use crate::{
    error::Reason,
    plan::{BinaryEncoding, Hash},
};

/// The bytes of a secret that is written so. The error does not show it.
pub(super) fn decode(text: &str, encoding: BinaryEncoding) -> Result<Vec<u8>, Reason> {
    let decoded = match encoding {
        BinaryEncoding::Text => Some(text.as_bytes().to_vec()),
        BinaryEncoding::Hex => hex(text.trim()),
        BinaryEncoding::Base64 => BASE64_STANDARD.decode(text.trim()).ok(),
        BinaryEncoding::Base64Url => {
            BASE64_URL_SAFE_NO_PAD.decode(text.trim().trim_end_matches('=')).ok()
        }
    };
    decoded.ok_or_else(|| format!("the key is not written in {}", encoding.name()).into())
}

/// A signature as text, where `text` is hexadecimal digits: it is none.
pub(super) fn encode(bytes: &[u8], encoding: BinaryEncoding) -> String {
    match encoding {
        BinaryEncoding::Text | BinaryEncoding::Hex => {
            bytes.iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
        }
        BinaryEncoding::Base64 => BASE64_STANDARD.encode(bytes),
        BinaryEncoding::Base64Url => BASE64_URL_SAFE_NO_PAD.encode(bytes),
    }
}

/// The key of an HMAC.
pub(super) fn hmac_key(
    secret: &str,
    encoding: BinaryEncoding,
    hash: Hash,
) -> Result<hmac::Key, Reason> {
    let algorithm = match hash {
        Hash::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        Hash::Sha256 => hmac::HMAC_SHA256,
        Hash::Sha384 => hmac::HMAC_SHA384,
        Hash::Sha512 => hmac::HMAC_SHA512,
    };
    Ok(hmac::Key::new(algorithm, &decode(secret, encoding)?))
}

/// A text that no other one is, of 32 hexadecimal digits.
pub(super) fn nonce() -> String {
    format!("{:032x}", fastrand::u128(..))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digit =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}
