//! JSON that `jsonb` does not take although it is JSON.

use crate::sql::json::unit;

/// How far a number may be from 1, as its exponent and in digits. PostgreSQL's own bounds are
/// 131,072 digits before and 16,383 behind the point.
const MAX_DIGITS: usize = 10_000;

/// How deep JSON may be. PostgreSQL goes down by recursion as far as its `max_stack_depth` lets it,
/// which is some thousand levels unless set.
const MAX_DEPTH: usize = 1_000;

/// Why PostgreSQL would refuse this JSON text. `None`: it takes it.
pub(super) fn refused(text: &str) -> Option<&'static str> {
    let mut rest = text.as_bytes();
    let mut depth = 0_usize;
    while let Some((byte, behind)) = rest.split_first() {
        rest = match byte {
            b'"' => {
                let (length, refused) = string(behind);
                if refused.is_some() {
                    return refused;
                }
                &behind[length..]
            }
            b'0'..=b'9' => {
                let number =
                    |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
                let end = rest.iter().position(|byte| !number(byte)).unwrap_or(rest.len());
                if !is_taken(&rest[..end]) {
                    return Some("a number that is too large or too small");
                }
                &rest[end..]
            }
            b'{' | b'[' if depth == MAX_DEPTH => return Some("JSON deeper than 1,000 levels"),
            b'{' | b'[' => {
                depth += 1;
                behind
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                behind
            }
            _ => behind,
        };
    }
    None
}

/// Goes over a string behind its first quote: how long it is with the last one, and what is wrong.
fn string(text: &[u8]) -> (usize, Option<&'static str>) {
    let mut place = 0;
    while let Some(found) = text[place..].iter().position(|byte| matches!(byte, b'"' | b'\\')) {
        place += found;
        if text[place] == b'"' {
            return (place + 1, None);
        }
        let Some(found) = unit(&text[place..]) else {
            // Some other escape, of one letter.
            place = (place + 2).min(text.len());
            continue;
        };
        place += 6;
        match found {
            0 => return (place, Some("the character U+0000")),
            0xD800..=0xDBFF => match unit(&text[place..]) {
                Some(0xDC00..=0xDFFF) => place += 6,
                _ => return (place, Some("half a surrogate pair")),
            },
            0xDC00..=0xDFFF => return (place, Some("half a surrogate pair")),
            _ => {}
        }
    }
    (text.len(), None)
}

fn is_taken(number: &[u8]) -> bool {
    let exponent = number.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let Some(exponent) = exponent else { return number.len() <= MAX_DIGITS };
    let digits = std::str::from_utf8(&number[exponent + 1..]).ok();
    let exponent = digits.and_then(|digits| digits.parse::<i32>().ok());
    exponent.is_some_and(|exponent| exponent.unsigned_abs() as usize <= MAX_DIGITS)
        && number.len() <= MAX_DIGITS
}
