//! Numbers without bound as PostgreSQL's `numeric` has them in its binary protocol.

use bytes::{BufMut, BytesMut};

/// How many decimal digits one digit of a `numeric` holds.
const GROUP: usize = 4;

/// Writes a number from its decimal digits, `-12.50`: as many digits behind the point as the text
/// has, so that `1.10` stays `1.10`.
///
/// The form is that of `numeric_recv` in PostgreSQL's `numeric.c`: digits to the base of 10,000, the
/// place of the first, the sign, and how many decimal digits behind the point are shown.
pub(super) fn write(text: &str, out: &mut BytesMut) {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let groups = groups(whole, fraction);
    let first = groups.iter().position(|group| *group != 0).unwrap_or(groups.len());
    let last = groups.iter().rposition(|group| *group != 0).map_or(first, |last| last + 1);
    let significant = &groups[first..last];
    let weight = whole.len().div_ceil(GROUP).cast_signed() - 1 - first.cast_signed();

    // What these bounds cut off is refused before: see `value::check`.
    out.put_i16(i16::try_from(significant.len()).unwrap_or(i16::MAX));
    out.put_i16(if significant.is_empty() { 0 } else { i16::try_from(weight).unwrap_or(i16::MAX) });
    out.put_u16(if is_negative && !significant.is_empty() { 0x4000 } else { 0 });
    out.put_u16(u16::try_from(fraction.len()).unwrap_or(u16::MAX));
    for group in significant {
        out.put_u16(*group);
    }
}

/// Digits to the base of 10,000, counted from the point to both sides.
fn groups(whole: &str, fraction: &str) -> Vec<u16> {
    let missing = (GROUP - whole.len() % GROUP) % GROUP;
    let digits = std::iter::repeat_n(b'0', missing).chain(whole.bytes()).chain(fraction.bytes());
    let mut groups = Vec::new();
    let mut filled = GROUP;
    for digit in digits {
        if filled == GROUP {
            groups.push(0);
            filled = 0;
        }
        if let Some(group) = groups.last_mut() {
            *group = *group * 10 + u16::from(digit.wrapping_sub(b'0'));
        }
        filled += 1;
    }
    if let Some(group) = groups.last_mut() {
        for _ in filled..GROUP {
            *group *= 10;
        }
    }
    groups
}
