//! Decimal numerals as they are written, so that digits are moved and never rounded.

use std::{borrow::Cow, cmp::Ordering};

/// A decimal numeral as it is written: `-12.50e3`.
#[derive(Debug, Clone, Copy)]
pub(in crate::decode) struct Numeral<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

/// How many zeros an exponent may add. It keeps a short `1e999999999` from becoming a gigabyte.
const MOST_ZEROS: i64 = 10_000;

impl<'a> Numeral<'a> {
    /// Reads a number of JSON, or a text that looks like one; a sign `+`, leading zeros, and a point
    /// with digits on one side only are let through.
    pub(in crate::decode) fn read(text: &'a str) -> Option<Numeral<'a>> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let valid = is_digits(whole) && is_digits(fraction) && whole.len() + fraction.len() > 0;
        valid.then_some(Numeral { negative, whole, fraction, exponent })
    }

    /// The number times ten to the power `shift`, if that is a whole number.
    pub(super) fn whole(&self, shift: i64) -> Option<Cow<'a, str>> {
        if self.fraction.is_empty() && self.exponent == 0 && shift == 0 && !self.negative {
            return Some(Cow::Borrowed(self.whole));
        }
        let zeros = self.power()?.checked_add(shift)?;
        let mut digits = [self.whole, self.fraction].concat();
        if digits.bytes().all(|digit| digit == b'0') {
            digits.truncate(1);
        } else if zeros >= 0 {
            let zeros = usize::try_from(zeros).ok().filter(|_| zeros <= MOST_ZEROS)?;
            digits.extend(std::iter::repeat_n('0', zeros));
        } else {
            let surplus = usize::try_from(-zeros).ok()?;
            let end = digits.len().checked_sub(surplus).filter(|end| *end > 0)?;
            if digits[end..].bytes().any(|digit| digit != b'0') {
                return None;
            }
            digits.truncate(end);
        }
        if self.negative {
            digits.insert(0, '-');
        }
        Some(Cow::Owned(digits))
    }

    /// The number as digits and how many of them stand behind the point. The zeros at the end stay:
    /// `1.10` has two decimal places.
    pub(super) fn scaled(&self) -> Option<(Cow<'a, str>, u32)> {
        let places = self.power()?.checked_neg()?.max(0);
        Some((self.whole(places)?, u32::try_from(places).ok()?))
    }

    /// The same number without zeros at the end of its fraction.
    pub(super) fn trimmed(self) -> Numeral<'a> {
        Numeral { fraction: self.fraction.trim_end_matches('0'), ..self }
    }

    /// The order of the two numbers, however they are written. `None` if a power of ten is beyond all
    /// bounds.
    pub(in crate::decode) fn compare(&self, other: &Numeral<'_>) -> Option<Ordering> {
        let (this, that) = (self.magnitude()?, other.magnitude()?);
        let is_negative =
            |of: &Numeral<'_>, (_, digits): &(i64, String)| of.negative && !digits.is_empty();
        Some(match (is_negative(self, &this), is_negative(other, &that)) {
            (false, false) => this.cmp(&that),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (true, true) => that.cmp(&this),
        })
    }

    /// The power of ten that the number is below, whatever its sign, and its digits without zeros
    /// around them. Zero has none, and is below all others.
    fn magnitude(&self) -> Option<(i64, String)> {
        let digits = [self.whole, self.fraction].concat();
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some((i64::MIN, String::new()));
        }
        let power = self.power()?.checked_add(i64::try_from(digits.len()).ok()?)?;
        Some((power, digits.trim_end_matches('0').to_owned()))
    }

    /// The power of ten that all digits together, read as a whole number, are multiplied by.
    fn power(&self) -> Option<i64> {
        self.exponent.checked_sub(i64::try_from(self.fraction.len()).ok()?)
    }
}
