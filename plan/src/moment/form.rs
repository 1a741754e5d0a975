//! What a moment is, and how it is written in the form of another one.

use super::calendar::civil;

/// A moment: nanoseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i128);

/// How a moment is written, as read from a sample: the separators, the digits of a fraction, the
/// offset, or the date alone.
///
/// ```
/// use rest_source_plan::{Moment, MomentForm};
///
/// let (Moment(at), form) = MomentForm::read("2024-01-31 08:00:00.000+0000").unwrap();
/// let hour = 3_600_000_000_000;
/// assert_eq!(form.write(Moment(at + 16 * hour)), "2024-02-01 00:00:00.000+0000");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentForm {
    pub(super) pieces: Vec<Piece>,
    /// Of the time that is written, in seconds east of UTC.
    pub(super) offset: i32,
    /// Whether a month or day below 10 has a zero before it.
    pub(super) is_padded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Year,
    Month,
    MonthName,
    Day,
    Weekday,
    Hour,
    Minute,
    Second,
    /// With this many digits.
    Fraction(usize),
    /// Since 1970 in UTC.
    Milliseconds,
}

pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// From the weekday of 1970-01-01 on.
pub(super) const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

pub(super) const SECOND: i128 = 1_000_000_000;
pub(super) const MILLISECOND: i128 = 1_000_000;
pub(super) const DAY: i128 = 86_400 * SECOND;

impl MomentForm {
    /// `2024-01-31T08:00:00Z`.
    pub fn utc() -> MomentForm {
        let text = |text: &str| Piece::Text(text.to_owned());
        let mut form = MomentForm::date();
        let time = [Piece::Hour, text(":"), Piece::Minute, text(":"), Piece::Second, text("Z")];
        form.pieces.push(text("T"));
        form.pieces.extend(time);
        form
    }

    /// `2024-01-31`.
    pub fn date() -> MomentForm {
        let dash = || Piece::Text("-".to_owned());
        let pieces = vec![Piece::Year, dash(), Piece::Month, dash(), Piece::Day];
        MomentForm { pieces, offset: 0, is_padded: true }
    }

    /// Whether it is a date without a time of day.
    pub fn is_date(&self) -> bool {
        !self.pieces.iter().any(|piece| matches!(piece, Piece::Hour | Piece::Milliseconds))
    }

    /// The offset of the times that it writes, in seconds east of UTC.
    pub fn offset(&self) -> i32 {
        self.offset
    }

    /// A moment in this form, rounded down to what the form can hold.
    pub fn write(&self, moment: Moment) -> String {
        let local = moment.0 + i128::from(self.offset) * SECOND;
        let (day, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let (year, month, day_of_month) = civil(day);
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Year => text += &padded(year, 4),
                Piece::Month => text += &self.two_digits(month),
                Piece::MonthName => text += named(&MONTHS, month - 1),
                Piece::Day => text += &self.two_digits(day_of_month),
                Piece::Weekday => text += named(&WEEKDAYS, day.rem_euclid(7)),
                Piece::Hour => text += &padded(time / (3600 * SECOND), 2),
                Piece::Minute => text += &padded(time / (60 * SECOND) % 60, 2),
                Piece::Second => text += &padded(time / SECOND % 60, 2),
                Piece::Fraction(digits) => {
                    text.extend(padded(time % SECOND, 9).chars().take(*digits));
                }
                Piece::Milliseconds => {
                    text += &moment.0.div_euclid(MILLISECOND).to_string();
                }
            }
        }
        text
    }

    fn two_digits(&self, number: i128) -> String {
        padded(number, if self.is_padded { 2 } else { 1 })
    }
}

impl Moment {
    /// Whether a text holds no moment, in the way of databases and languages without a null:
    /// nothing, `0000-00-00 00:00:00`, `0001-01-01T00:00:00Z`.
    pub fn is_missing(text: &str) -> bool {
        let text = text.trim();
        let is_zero = ["0000-00-00", "0000/00/00"].iter().any(|zero| text.starts_with(zero));
        let is_first = ["0001-01-01", "0001/01/01"].iter().any(|first| {
            let rest = text.strip_prefix(first);
            rest.is_some_and(|time| !time.contains(|c: char| ('1'..='9').contains(&c)))
        });
        text.is_empty() || is_zero || is_first
    }

    /// Whether a text that is none of the known forms was meant as a moment all the same:
    /// `31/12/2024`, `Jan 2, 2024`. As text such values have another order than as moments.
    pub fn is_meant_by(text: &str) -> bool {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = |word: &str| word.len() == 4 && is_number(word);
        let is_short = |word: &str| word.len() <= 2 && is_number(word);
        let begins = |name: &&str, word: &str| {
            word.len() >= 3 && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let is_month = |word: &str| MONTHS.iter().any(|month| begins(month, word));
        let is_zone = |word: &str| word.len() <= 4 && !word.contains(|c: char| c.is_lowercase());
        let is_day = |word: &str| WEEKDAYS.iter().any(|day| begins(day, word));
        let by_name = words.len() >= 3
            && words.iter().any(|word| is_month(word))
            && words.iter().any(|word| is_year(word))
            && words.iter().all(|word| {
                let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
                starts_with_digit || is_month(word) || is_day(word) || is_zone(word)
            });
        let by_number = || {
            let length = text.find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c));
            let (date, rest) = text.split_at(length.unwrap_or(text.len()));
            let separator = date.chars().find(|c| !c.is_ascii_digit());
            let parts: Vec<&str> = separator.map(|c| date.split(c).collect()).unwrap_or_default();
            let is_date = match parts.as_slice() {
                [first, middle, last] => {
                    let either =
                        is_year(first) && is_short(last) || is_short(first) && is_year(last);
                    either && is_short(middle) && !first.is_empty() && !last.is_empty()
                }
                _ => false,
            };
            is_date && (rest.is_empty() || rest.starts_with([' ', 'T', 't', ',']))
        };
        by_name || by_number()
    }
}

fn padded(number: i128, width: usize) -> String {
    format!("{number:0width$}")
}

fn named<'a>(names: &[&'a str], index: i128) -> &'a str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}
