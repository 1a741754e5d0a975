//! Looking for what ends a string or a number.

use memchr::memchr;

/// Where the next quote is, from this place on, if it is near: most strings are short. Of others the rest is
/// left to `memchr`, which takes more bytes at a time, but longer to begin.
#[inline]
pub(super) fn short(bytes: &[u8], start: usize) -> Option<usize> {
    const NEAR: usize = 32;
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    const QUOTES: u64 = ONES * b'"' as u64;

    let rest = bytes.get(start..)?;
    let Some(near) = rest.first_chunk::<NEAR>() else {
        return rest.iter().position(|byte| *byte == b'"').map(|place| start + place);
    };
    for (index, eight) in near.as_chunks().0.iter().enumerate() {
        // The highest bit of each byte that is a quote. Behind the first one others may have it, too.
        let word = u64::from_le_bytes(*eight) ^ QUOTES;
        let found = word.wrapping_sub(ONES) & !word & HIGHEST;
        if found != 0 {
            return Some(start + 8 * index + found.trailing_zeros() as usize / 8);
        }
    }
    None
}

/// Where this byte is next, from this place on.
pub(super) fn next(byte: u8, bytes: &[u8], start: usize) -> Option<usize> {
    memchr(byte, bytes.get(start..)?).map(|place| start + place)
}

/// Looks at all bytes, many at a time.
pub(super) fn has_controls(bytes: &[u8]) -> bool {
    bytes.iter().map(|byte| u8::from(*byte < b' ')).fold(0, |found, is_one| found | is_one) != 0
}

/// How long an escape is. `None` if it is none.
pub(super) fn escape(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Some(2),
        Some(b'u') => match bytes.get(2..6) {
            Some(unit) if unit.iter().all(u8::is_ascii_hexdigit) => Some(6),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

pub(super) fn some_digits(bytes: &[u8]) -> Option<usize> {
    match digits(bytes) {
        0 => None,
        digits => Some(digits),
    }
}
