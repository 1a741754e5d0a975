//! Reading a text by a form that a format describes.

use super::{
    calendar::{civil, days},
    form::{DAY, Field, MONTHS, Moment, MomentForm, Name, Piece, SECOND, WEEKDAYS},
};

/// What a text has said so far.
#[derive(Default)]
struct Parts {
    year: Option<i128>,
    month: Option<i128>,
    day: Option<i128>,
    day_of_year: Option<i128>,
    weekday: Option<i128>,
    hour: Option<i128>,
    hour_of_half: Option<i128>,
    is_afternoon: bool,
    minute: i128,
    second: i128,
    nanosecond: i128,
    offset: i128,
    /// Since 1970, in nanoseconds.
    epoch: Option<i128>,
}

impl MomentForm {
    /// The moment of a text that has exactly this form. Numbers may lack the zeros before them where
    /// something else than a digit ends them, and names may be in upper or lower case.
    pub(super) fn read_as(&self, text: &str) -> Option<Moment> {
        let mut parts = Parts::default();
        let mut rest = text;
        for (index, piece) in self.pieces.iter().enumerate() {
            rest = match piece {
                Piece::Text(literal) => rest.strip_prefix(&**literal)?,
                Piece::Number(field, _) => {
                    let next = self.pieces.get(index + 1);
                    let before = index.checked_sub(1).and_then(|index| self.pieces.get(index));
                    // Digits beside digits are told apart by their number alone.
                    let is_beside = next.is_some_and(is_digits) || before.is_some_and(is_digits);
                    let width = field.width();
                    let least = if is_beside || *field == Field::Year { width } else { 1 };
                    let (number, rest) = digits(rest.trim_start_matches(' '), least, width)?;
                    parts.set(*field, number);
                    rest
                }
                Piece::Month(name) => {
                    let (month, rest) = word(rest, &MONTHS, *name)?;
                    parts.month = Some(month + 1);
                    rest
                }
                Piece::Weekday(name) => {
                    let (weekday, rest) = word(rest, &WEEKDAYS, *name)?;
                    parts.weekday = Some(weekday);
                    rest
                }
                Piece::Half => {
                    let (half, rest) = word(rest, &["AM", "PM"], Name::Full)?;
                    parts.is_afternoon = half == 1;
                    rest
                }
                Piece::Fraction(_) => parts.fraction(rest)?,
                Piece::PointFraction => match rest.strip_prefix('.') {
                    Some(rest) => parts.fraction(rest)?,
                    None => rest,
                },
                Piece::Offset { .. } => parts.offset(rest)?,
                Piece::Zone => {
                    ["UTC", "GMT", "UT", "Z"].iter().find_map(|zone| rest.strip_prefix(zone))?
                }
                Piece::Epoch(unit) => parts.epoch(rest, *unit)?,
            };
        }
        if rest.is_empty() { parts.moment(self.offset) } else { None }
    }
}

fn is_digits(piece: &Piece) -> bool {
    matches!(piece, Piece::Number(..) | Piece::Fraction(_) | Piece::Epoch(_))
}

impl Parts {
    fn set(&mut self, field: Field, number: i128) {
        match field {
            Field::Year => self.year = Some(number),
            // As in POSIX.
            Field::YearOfCentury => {
                self.year = Some(number + if number < 69 { 2_000 } else { 1_900 });
            }
            Field::Month => self.month = Some(number),
            Field::Day => self.day = Some(number),
            Field::DayOfYear => self.day_of_year = Some(number),
            Field::Hour => self.hour = Some(number),
            Field::HourOfHalf => self.hour_of_half = Some(number),
            Field::Minute => self.minute = number,
            Field::Second => self.second = number,
        }
    }

    fn fraction<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let (fraction, rest) = text.split_at(length);
        self.nanosecond = nanoseconds(fraction)?;
        Some(rest)
    }

    fn offset<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = ["Z", "z", "UTC", "GMT"].iter().find_map(|utc| text.strip_prefix(utc)) {
            return Some(rest);
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let (hours, rest) = digits(text.strip_prefix(['+', '-'])?, 2, 2)?;
        let (minutes, rest) = match digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2) {
            Some(minutes) => minutes,
            None => (0, rest),
        };
        self.offset = sign * (hours * 60 + minutes) * 60;
        (hours < 24 && minutes < 60).then_some(rest)
    }

    /// A number since 1970, with or without a fraction.
    fn epoch<'a>(&mut self, text: &'a str, unit: i128) -> Option<&'a str> {
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let text = text.strip_prefix('-').unwrap_or(text);
        let (whole, mut rest) = digits(text, 1, 30)?;
        let mut nanoseconds = whole.checked_mul(unit)?;
        if let Some(fraction) = rest.strip_prefix('.') {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (fraction, after) = fraction.split_at(length);
            nanoseconds += self::nanoseconds(fraction)? * unit / SECOND;
            rest = after;
        }
        self.epoch = Some(sign * nanoseconds);
        Some(rest)
    }

    fn moment(&self, offset: i32) -> Option<Moment> {
        if let Some(epoch) = self.epoch {
            let (year, ..) = civil(epoch.div_euclid(DAY));
            return (1..=9999).contains(&year).then_some(Moment(epoch));
        }
        let year = self.year?;
        let day = match self.day_of_year {
            Some(day) => days(year, 1, 1) + day - 1,
            None => {
                let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
                let date = days(year, month, day);
                ((1..=12).contains(&month) && civil(date) == (year, month, day)).then_some(date)?
            }
        };
        let hour = match (self.hour, self.hour_of_half) {
            (Some(hour), _) => hour,
            (None, Some(hour)) => {
                (1..=12).contains(&hour).then_some(())?;
                hour % 12 + if self.is_afternoon { 12 } else { 0 }
            }
            (None, None) => 0,
        };
        let is_time = hour < 24 && self.minute < 60 && self.second <= 60;
        let is_weekday = self.weekday.is_none_or(|weekday| weekday == day.rem_euclid(7));
        let is_of_year = civil(day).0 == year && year > 0;
        // A leap second is the last one of its minute.
        let time = ((hour * 60 + self.minute) * 60 + self.second.min(59)) * SECOND;
        let offset = (self.offset + i128::from(offset)) * SECOND;
        (is_time && is_weekday && is_of_year)
            .then(|| Moment(day * DAY + time + self.nanosecond - offset))
    }
}

/// Takes a number with so many digits.
fn digits(text: &str, least: usize, most: usize) -> Option<(i128, &str)> {
    let taken = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(taken);
    (taken >= least).then(|| number.parse().ok().map(|number| (number, rest))).flatten()
}

/// The nanoseconds of a fraction. Digits behind them are left out.
fn nanoseconds(fraction: &str) -> Option<i128> {
    let digits = fraction.get(..9).unwrap_or(fraction);
    (!digits.is_empty()).then(|| format!("{digits:0<9}").parse().ok()).flatten()
}

/// Takes one of some names, and gives its place among them.
fn word<'a>(text: &'a str, names: &[&str], form: Name) -> Option<(i128, &'a str)> {
    let begins = |name: &&str| {
        let name = form.of(name);
        text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let place = names.iter().position(begins)?;
    let length = form.of(names[place]).len();
    Some((i128::try_from(place).ok()?, &text[length..]))
}
