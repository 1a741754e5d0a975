//! What a moment is, and how it is written in the form of another one.

use super::calendar::{civil, days};

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
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Number(Field, Pad),
    Month(Name),
    Weekday(Name),
    /// `AM` or `PM`.
    Half,
    /// Digits of the second behind its point, so many.
    Fraction(usize),
    /// The same with the point, and nothing where the fraction is zero.
    PointFraction,
    /// `+0100`, or `+01:00` with a colon.
    Offset {
        colon: bool,
    },
    /// `UTC`.
    Zone,
    /// How many of this many nanoseconds have passed since 1970 in UTC.
    Epoch(i128),
}

/// A number of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Year,
    YearOfCentury,
    Month,
    Day,
    DayOfYear,
    Hour,
    HourOfHalf,
    Minute,
    Second,
}

/// What is before a number with fewer digits than the largest of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pad {
    Zero,
    Space,
    Nothing,
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Short,
    Full,
}

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// From the weekday of 1970-01-01 on.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

pub(super) const SECOND: i128 = 1_000_000_000;
pub(super) const MILLISECOND: i128 = 1_000_000;
pub(super) const DAY: i128 = 86_400 * SECOND;

/// The first year that two digits stand for: 69 to 99 are those of 19.., 00 to 68 of 20.. (POSIX,
/// `strptime`).
pub(super) const CENTURY: i128 = 1969;

/// How far apart the moments are that a form can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Nanoseconds(i128),
    Months(i128),
}

impl Field {
    /// How many digits the largest one has.
    pub(super) fn width(self) -> usize {
        match self {
            Field::Year => 4,
            Field::DayOfYear => 3,
            _ => 2,
        }
    }
}

impl Name {
    pub(super) fn of(self, name: &str) -> &str {
        match self {
            Name::Short => name.get(..3).unwrap_or(name),
            Name::Full => name,
        }
    }
}

impl MomentForm {
    /// `2024-01-31T08:00:00Z`.
    pub fn utc() -> MomentForm {
        let text = |text: &str| Piece::Text(text.to_owned());
        let mut form = MomentForm::date();
        let [hour, minute, second] = [Field::Hour, Field::Minute, Field::Second]
            .map(|field| Piece::Number(field, Pad::Zero));
        form.pieces.extend([text("T"), hour, text(":"), minute, text(":"), second, text("Z")]);
        form
    }

    /// `2024-01-31`.
    pub fn date() -> MomentForm {
        let dash = || Piece::Text("-".to_owned());
        let [year, month, day] =
            [Field::Year, Field::Month, Field::Day].map(|field| Piece::Number(field, Pad::Zero));
        MomentForm { pieces: vec![year, dash(), month, dash(), day], offset: 0 }
    }

    /// `1706688000`, the seconds since 1970.
    pub fn seconds() -> MomentForm {
        MomentForm::since_1970(SECOND)
    }

    /// How many of this many nanoseconds have passed since 1970.
    pub(super) fn since_1970(unit: i128) -> MomentForm {
        MomentForm { pieces: vec![Piece::Epoch(unit)], offset: 0 }
    }

    /// Whether it is a date without a time of day.
    pub fn is_date(&self) -> bool {
        !self.has(|piece| match piece {
            Piece::Number(field, _) => matches!(field, Field::Hour | Field::HourOfHalf),
            Piece::Epoch(_) => true,
            _ => false,
        })
    }

    /// Whether it is a number since 1970, without anything else.
    pub fn is_number(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Epoch(_)])
    }

    /// The offset of the times that it writes, in seconds east of UTC.
    pub fn offset(&self) -> i32 {
        self.offset
    }

    /// The shortest time between two moments that it can tell apart, in nanoseconds. Months and years
    /// are about as long.
    pub fn resolution(&self) -> i128 {
        match self.step() {
            Step::Nanoseconds(step) => step,
            Step::Months(months) => months * 30 * DAY,
        }
    }

    /// How many months lie between the moments that it can tell apart; `None` if these are closer, or not months.
    pub(crate) fn months(&self) -> Option<i128> {
        match self.step() {
            Step::Months(months) => Some(months),
            Step::Nanoseconds(_) => None,
        }
    }

    /// The moment, or the next one to it of those years that two digits stand for.
    fn held(&self, local: i128) -> i128 {
        if !self.has(|piece| matches!(piece, Piece::Number(Field::YearOfCentury, _))) {
            return local;
        }
        let first = |year| days(year, 1, 1) * DAY;
        local.clamp(first(CENTURY), first(CENTURY + 100) - 1)
    }

    fn step(&self) -> Step {
        let steps = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fraction(digits) => {
                Some(10_i128.pow(9 - u32::try_from(*digits).unwrap_or(9).min(9)))
            }
            Piece::PointFraction => Some(1),
            Piece::Epoch(unit) => Some(*unit),
            Piece::Number(Field::Second, _) => Some(SECOND),
            Piece::Number(Field::Minute, _) => Some(60 * SECOND),
            Piece::Number(Field::Hour | Field::HourOfHalf, _) => Some(3_600 * SECOND),
            Piece::Number(Field::Day | Field::DayOfYear, _) => Some(DAY),
            _ => None,
        });
        let has_month =
            || self.has(|piece| matches!(piece, Piece::Month(_) | Piece::Number(Field::Month, _)));
        match steps.min() {
            Some(step) => Step::Nanoseconds(step),
            None if has_month() => Step::Months(1),
            None => Step::Months(12),
        }
    }

    pub(super) fn has(&self, is: impl Fn(&Piece) -> bool) -> bool {
        self.pieces.iter().any(is)
    }

    /// The first moment, from this one on, that the form can write exactly.
    #[must_use]
    pub fn rounded_up(&self, moment: Moment) -> Moment {
        let (down, next) = self.around(moment);
        if down == moment { down } else { next }
    }

    /// The last moment, up to this one, that the form can write exactly.
    #[must_use]
    pub fn rounded_down(&self, moment: Moment) -> Moment {
        self.around(moment).0
    }

    /// The last moment up to this one that the form can write exactly, and the next.
    fn around(&self, moment: Moment) -> (Moment, Moment) {
        let offset = i128::from(self.offset) * SECOND;
        let local = moment.0 + offset;
        let (down, next) = match self.step() {
            Step::Nanoseconds(step) => {
                let down = local.div_euclid(step) * step;
                (down, down + step)
            }
            Step::Months(months) => {
                let (year, month, _) = civil(local.div_euclid(DAY));
                let begun = (year * 12 + month - 1).div_euclid(months) * months;
                let first =
                    |month: i128| days(month.div_euclid(12), month.rem_euclid(12) + 1, 1) * DAY;
                (first(begun), first(begun + months))
            }
        };
        (Moment(down - offset), Moment(next - offset))
    }

    /// A moment in this form, rounded down to what the form can hold. Of a form with two digits of the
    /// year, a moment before or behind the years that they stand for is the first or the last of these.
    pub fn write(&self, moment: Moment) -> String {
        let local = self.held(moment.0 + i128::from(self.offset) * SECOND);
        let (day, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let (year, month, day_of_month) = civil(day);
        let (hour, nanosecond) = (time / (3600 * SECOND), time % SECOND);
        let number = |field: Field| match field {
            Field::Year => year,
            Field::YearOfCentury => year.rem_euclid(100),
            Field::Month => month,
            Field::Day => day_of_month,
            Field::DayOfYear => day - days(year, 1, 1) + 1,
            Field::Hour => hour,
            Field::HourOfHalf => (hour + 11) % 12 + 1,
            Field::Minute => time / (60 * SECOND) % 60,
            Field::Second => time / SECOND % 60,
        };
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Number(field, pad) => {
                    let (number, width) = (number(*field), field.width());
                    let number = match pad {
                        Pad::Zero => padded(number, width),
                        Pad::Space => format!("{number:width$}"),
                        Pad::Nothing => number.to_string(),
                    };
                    text.push_str(&number);
                }
                Piece::Month(name) => text += name.of(named(&MONTHS, month - 1)),
                Piece::Weekday(name) => text += name.of(named(&WEEKDAYS, day.rem_euclid(7))),
                Piece::Half => text += if hour < 12 { "AM" } else { "PM" },
                Piece::Fraction(digits) => text.extend(padded(nanosecond, 9).chars().take(*digits)),
                Piece::PointFraction if nanosecond == 0 => {}
                Piece::PointFraction => {
                    text.push('.');
                    text += padded(nanosecond, 9).trim_end_matches('0');
                }
                Piece::Offset { colon } => {
                    let minutes = self.offset.abs() / 60;
                    text.push(if self.offset < 0 { '-' } else { '+' });
                    text += &padded(i128::from(minutes / 60), 2);
                    text += if *colon { ":" } else { "" };
                    text += &padded(i128::from(minutes % 60), 2);
                }
                Piece::Zone => text += "UTC",
                Piece::Epoch(unit) => text += &moment.0.div_euclid(*unit).to_string(),
            }
        }
        text
    }
}

fn padded(number: i128, width: usize) -> String {
    format!("{number:0width$}")
}

fn named<'a>(names: &[&'a str], index: i128) -> &'a str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}
