//! The part of base64 that a secret alone decides, whatever is encoded around it.

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};

use crate::error::mask::base64_part;

/// The names of these parts: of the alphabet, and of how many bytes are before the secret.
pub(super) const PARTS: [&str; 8] =
    ["part0", "part1", "part2", "whole", "urlpart0", "urlpart1", "urlpart2", "urlwhole"];

/// The part of base64 that this text alone decides.
pub(super) fn part(name: &str, text: &str) -> Option<String> {
    let (engine, kind) = match name.strip_prefix("url") {
        Some(kind) => (BASE64_URL_SAFE_NO_PAD, kind),
        None => (BASE64_STANDARD_NO_PAD, name),
    };
    if kind == "whole" {
        return Some(engine.encode(text));
    }
    let before: usize = kind.strip_prefix("part")?.parse().ok().filter(|before| *before < 3)?;
    Some(base64_part(&engine, text, before))
}
