//! The one thing in JSON that is not YAML: a character beyond U+FFFF as two escapes (RFC 8259,
//! section 7).

use super::offsets::Offsets;

/// The length of two escapes, in bytes.
const PAIR: usize = r"\uD83D\uDE00".len();

/// A JSON text with each pair replaced by its character, and the offsets in the original text.
/// `None` for a text that can be parsed as it is: YAML has one escape for these characters, and what
/// begins like JSON is JSON, so that a quote is a quote in it.
pub(super) fn resolve(text: &str) -> Option<(String, Offsets)> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    if !is_json || !(text.contains(r"\ud") || text.contains(r"\uD")) {
        return None;
    }
    let (mut resolved, mut bytes) = (String::with_capacity(text.len()), Vec::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        bytes.push(at);
        if is_quoted
            && !is_escaped
            && let Some(meant) = pair(&text[at..])
        {
            resolved.push(meant);
            at += PAIR;
            continue;
        }
        is_quoted ^= character == '"' && !is_escaped;
        is_escaped = is_quoted && character == '\\' && !is_escaped;
        resolved.push(character);
        at += character.len_utf8();
    }
    Some((resolved, Offsets::at(bytes, text.len())))
}

/// The character that two escapes at the beginning of a text mean.
fn pair(text: &str) -> Option<char> {
    let (first, second) = (escape(text)?, escape(text.get(PAIR / 2..)?)?);
    char::decode_utf16([first, second]).next()?.ok().filter(|meant| meant.len_utf16() == 2)
}

fn escape(text: &str) -> Option<u16> {
    let digits = text.strip_prefix(r"\u")?.get(..4)?;
    // A sign is a digit for the standard library.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}
