//! What JSON text may have in it that some databases do not take.

/// Whether a string in JSON text has one half of a surrogate pair without the other.
#[cfg(feature = "adbc")]
pub(crate) fn half_pair(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // A backslash is only ever within a string.
    while let Some(place) = rest.iter().position(|byte| *byte == b'\\') {
        rest = &rest[place..];
        let length = match unit(rest) {
            Some(0xD800..=0xDBFF) => match unit(&rest[6..]) {
                Some(0xDC00..=0xDFFF) => 12,
                _ => return true,
            },
            Some(0xDC00..=0xDFFF) => return true,
            Some(_) => 6,
            // Some other escape, of one letter.
            None => 2,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    false
}

/// The code unit of an escape such as `\u0041` at the beginning of a text.
pub(crate) fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
