//! Secrets within base64, which also encodes what is around them.

use std::borrow::Cow;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD},
};

use super::{
    part::{PARTS, part},
    spelling,
};
use crate::error::mask::{Found, undone_times};

const VARIANTS: [(&str, GeneralPurpose); 4] = [
    ("base64", BASE64_STANDARD),
    ("base64url", BASE64_URL_SAFE),
    ("base64_unpadded", BASE64_STANDARD_NO_PAD),
    ("base64url_unpadded", BASE64_URL_SAFE_NO_PAD),
];

/// Reads all of them.
const READER: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How many groups before a secret its base64 may begin, at most.
const LONGEST: usize = 4096;

/// Base64 with a secret in it.
pub(super) struct Blob {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) decoded: String,
    pub(super) variant: &'static str,
    pub(super) spellings: Vec<Cow<'static, str>>,
}

impl Blob {
    /// What is encoded around a secret, with so many bytes before it in a group of three; `None` if it
    /// is no text, or if the same text would not be encoded so.
    pub(super) fn around(text: &str, found: &Found, before: usize) -> Option<Blob> {
        let layer = undone_times(text, found.depth);
        let bytes = &layer.bytes;
        let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
        let group = found.at.0.checked_sub((before * 8).div_ceil(6))?;
        let run = bytes[..group].iter().rev().take(LONGEST * 4).take_while(|byte| is_of_it(byte));
        let first = group - run.count() / 4 * 4;
        let mut end = found.at.1 + bytes[found.at.1..].iter().take_while(|b| is_of_it(b)).count();
        let padding = bytes[end..].iter().take(2).take_while(|byte| **byte == b'=');
        end += padding.count();
        // What is before it may look like base64 too: a word, a path.
        (first..=group).step_by(4).take(LONGEST).find_map(|start| {
            let encoded = bytes.get(start..end)?;
            let decoded = READER.decode(standard(encoded)).ok()?;
            let decoded = String::from_utf8(decoded).ok()?;
            let same = |(_, engine): &&(&str, GeneralPurpose)| {
                engine.encode(&decoded).as_bytes() == encoded
            };
            let (variant, _) = *VARIANTS.iter().find(same)?;
            let (from, to) = layer.place(start, end);
            let outer = text.get(from..to)?;
            let inner = std::str::from_utf8(encoded).ok()?;
            let spellings = spelling::of(outer, inner, found.depth);
            Some(Blob { from, to, decoded, variant, spellings })
        })
    }
}

/// The text in this variant.
pub(super) fn encode(variant: &str, text: &str) -> Option<String> {
    VARIANTS.iter().find(|(name, _)| *name == variant).map(|(_, engine)| engine.encode(text))
}

/// The spellings of the part of base64 that a secret alone decides.
pub(super) fn spellings(text: &str, secret: &str, found: &Found) -> Vec<Cow<'static, str>> {
    let layer = undone_times(text, found.depth);
    let inner = String::from_utf8_lossy(&layer.bytes);
    let exact = PARTS.iter().find(|name| part(name, secret).is_some_and(|part| part == *inner));
    let outer = spelling::of(text, &inner, found.depth);
    exact.into_iter().map(|name| Cow::Borrowed(*name)).chain(outer).collect()
}

fn standard(encoded: &[u8]) -> Vec<u8> {
    let standard = |byte: &u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    };
    encoded.iter().map(standard).collect()
}
