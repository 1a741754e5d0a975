//! What a secret looks like where it is found.

use std::collections::BTreeSet;

use base64::{
    Engine as _,
    engine::GeneralPurpose,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use memchr::memmem::Finder;
use percent_encoding::utf8_percent_encode;

use super::spelling::{UNRESERVED, layers};

/// What is shorter could be a part of any word, so that it is masked only where it stands alone.
pub(crate) const SHORTEST_WITHIN: usize = 6;

/// One form of a secret.
pub(super) struct Pattern {
    finder: Finder<'static>,
    pub(super) form: Form,
    stands_alone: bool,
}

/// How a pattern follows from a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The secret itself, or with the escapes undone that it has itself.
    Plain,
    /// In base64, once or twice. So many of the bytes that are encoded are before it, in a group of three.
    Base64 { before: usize },
    /// Two digits for each byte.
    Hex { is_upper: bool },
}

impl Pattern {
    /// The forms of a secret.
    pub(super) fn all(secret: &str) -> Vec<Pattern> {
        let is_long = secret.len() >= SHORTEST_WITHIN;
        let mut all = vec![Pattern::new(secret.as_bytes(), Form::Plain, !is_long)];
        if !is_long {
            return all;
        }
        for undone in layers(secret).iter().skip(1) {
            if undone.bytes.len() >= SHORTEST_WITHIN {
                all.push(Pattern::new(&undone.bytes, Form::Plain, false));
            }
        }
        for is_upper in [false, true] {
            let hex = hex(secret, is_upper);
            all.push(Pattern::new(hex.as_bytes(), Form::Hex { is_upper }, false));
        }
        let mut parts = BTreeSet::new();
        for text in encoded(secret) {
            for engine in ENGINES {
                parts.insert((engine.encode(&text), 0));
                parts.extend(base64_parts(engine, &text));
            }
        }
        // In base64 again: of the inner one, what the secret alone decides.
        let inner: BTreeSet<String> = parts.iter().map(|(part, _)| part.clone()).collect();
        for (engine, text) in ENGINES.into_iter().flat_map(|e| inner.iter().map(move |i| (e, i))) {
            parts.extend(base64_parts(engine, text));
        }
        let of_base64 = |(part, before): &(String, usize)| {
            Pattern::new(part.as_bytes(), Form::Base64 { before: *before }, false)
        };
        all.extend(parts.iter().map(of_base64));
        all
    }

    fn new(bytes: &[u8], form: Form, stands_alone: bool) -> Pattern {
        let finder = Finder::new(&folded(bytes.to_vec())).into_owned();
        Pattern { finder, form, stands_alone }
    }

    /// Where it is in a text that is [`folded`].
    pub(super) fn find<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let length = self.finder.needle().len();
        let places = self.finder.find_iter(text).map(move |from| (from, from + length));
        places.filter(|(from, to)| !self.stands_alone || is_alone(text, *from, *to))
    }
}

/// The alphabets of base64, whose padding is in no part of a pattern.
const ENGINES: [&GeneralPurpose; 2] = [&BASE64_STANDARD_NO_PAD, &BASE64_URL_SAFE_NO_PAD];

/// The parts of base64 that a text alone decides, and how many bytes are before it in each.
fn base64_parts<'a>(
    engine: &'a GeneralPurpose,
    text: &'a str,
) -> impl Iterator<Item = (String, usize)> + 'a {
    (0..3).map(|before| (base64_part(engine, text, before), before))
}

/// The bytes of a text in hexadecimal.
pub(crate) fn hex(text: &str, is_upper: bool) -> String {
    let digit = |byte: u8| if is_upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
    text.bytes().map(digit).collect()
}

/// The part of base64 that a text alone decides, with so many bytes before it in a group of three.
pub(crate) fn base64_part(engine: &GeneralPurpose, text: &str, before: usize) -> String {
    let bytes = [&[0; 2][..before], text.as_bytes()].concat();
    let (from, to) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    engine.encode(&bytes).get(from..to).unwrap_or_default().to_owned()
}

/// What base64 may encode of a secret: the secret, and what it is in JSON and addresses.
fn encoded(secret: &str) -> Vec<String> {
    let json = serde_json::Value::from(secret).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let percent = utf8_percent_encode(secret, UNRESERVED).to_string();
    let mut all = vec![secret.to_owned(), json.replace('/', "\\/"), json, percent];
    all.sort();
    all.dedup();
    all
}

/// The same with a space for each `+`, as forms write the one and servers read the other.
pub(super) fn folded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.iter_mut().filter(|byte| **byte == b'+').for_each(|byte| *byte = b' ');
    bytes
}

fn is_alone(text: &[u8], from: usize, to: usize) -> bool {
    let is_of_word = |byte: Option<&u8>| {
        byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)
    };
    !is_of_word(from.checked_sub(1).and_then(|before| text.get(before)))
        && !is_of_word(text.get(to))
}
