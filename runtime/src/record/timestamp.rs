//! Moments, of every year that RFC 3339 can write.

use std::{
    fmt::{self, Display},
    str::FromStr,
};

use jiff::{civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::plan::{Moment, MomentForm};

const SECOND: i128 = 1_000_000_000;

/// 10000-01-01T00:00:00Z, in seconds since 1970.
const YEAR_10000: i64 = 253_402_300_800;
/// In seconds.
const HALF_A_DAY: i64 = 12 * 3600;

/// A moment, to the nanosecond: the type of `timestamp` columns.
///
/// It is one that RFC 3339 can write, `9999-12-31T23:59:59Z` among them, which many APIs have for
/// «never». [`jiff::Timestamp`], with which one calculates, ends a day earlier.
///
/// ```
/// use rest_source::Timestamp;
///
/// let at: Timestamp = "2024-01-02T03:04:05.5+01:00".parse()?;
/// assert_eq!(at.to_string(), "2024-01-02T02:04:05.5Z");
/// assert_eq!(at.to_jiff().map(|at| at.as_second()), Some(1_704_161_045));
/// let never: Timestamp = "9999-12-31T23:59:59Z".parse()?;
/// assert!(never > at && never.to_jiff().is_none());
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp {
    /// Since 1970 in UTC.
    second: i64,
    nanosecond: u32,
}

impl Timestamp {
    /// So many nanoseconds since 1970 in UTC. `None` beyond the years of RFC 3339, by more than an
    /// offset.
    pub fn from_nanosecond(nanoseconds: i128) -> Option<Timestamp> {
        let end = i128::from(YEAR_10000 + 2 * HALF_A_DAY - 60) * SECOND;
        if nanoseconds < jiff::Timestamp::MIN.as_nanosecond() || nanoseconds >= end {
            return None;
        }
        let second = i64::try_from(nanoseconds.div_euclid(SECOND)).ok()?;
        let nanosecond = u32::try_from(nanoseconds.rem_euclid(SECOND)).ok()?;
        Some(Timestamp { second, nanosecond })
    }

    /// The moment of a date and a time of day in UTC.
    pub fn from_utc(time: DateTime) -> Option<Timestamp> {
        match TimeZone::UTC.to_timestamp(time) {
            Ok(moment) => Some(moment.into()),
            Err(_) => beyond(&format!("{time}Z")),
        }
    }

    /// The date and the time of day in UTC. `None` behind the year 9999.
    pub fn to_utc(self) -> Option<DateTime> {
        match self.to_jiff() {
            Some(moment) => Some(TimeZone::UTC.to_datetime(moment)),
            None => self.to_string().strip_suffix('Z')?.parse().ok(),
        }
    }

    /// The same moment, to calculate with. `None` behind 9999-12-30T22:00:00Z.
    pub fn to_jiff(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::new(self.second, i32::try_from(self.nanosecond).ok()?).ok()
    }

    /// In seconds since 1970, rounded down.
    pub fn as_second(self) -> i64 {
        self.second
    }

    /// In nanoseconds since 1970.
    pub fn as_nanosecond(self) -> i128 {
        i128::from(self.second) * SECOND + i128::from(self.nanosecond)
    }

    /// The nanoseconds behind [`as_second`](Timestamp::as_second).
    pub fn subsec_nanosecond(self) -> u32 {
        self.nanosecond
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Timestamp {
        let (second, nanosecond) = (moment.as_second(), moment.subsec_nanosecond());
        // Before 1970 both count backwards.
        match u32::try_from(nanosecond) {
            Ok(nanosecond) => Timestamp { second, nanosecond },
            Err(_) => Timestamp {
                second: second - 1,
                nanosecond: 1_000_000_000 - nanosecond.unsigned_abs(),
            },
        }
    }
}

/// As in RFC 3339, in UTC: `2024-01-02T03:04:05.5Z`. In UTC it can write no year behind 9999, and such a
/// moment gets an offset of twelve hours, or of a minute less than a day, `9999-12-31T16:59:59-12:00`.
impl Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(moment) = self.to_jiff() {
            return moment.fmt(f);
        }
        let (west, zone) = match self.second - YEAR_10000 {
            ..0 => (0, "Z"),
            0..HALF_A_DAY => (HALF_A_DAY, "-12:00"),
            HALF_A_DAY.. => (2 * HALF_A_DAY - 60, "-23:59"),
        };
        let local = self.as_nanosecond() - i128::from(west) * SECOND;
        let whole = MomentForm::utc().write(Moment(local));
        f.write_str(whole.trim_end_matches('Z'))?;
        if self.nanosecond > 0 {
            let fraction = format!("{:09}", self.nanosecond);
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        f.write_str(zone)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// From ISO 8601 with an offset.
impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Timestamp, jiff::Error> {
        match text.parse::<jiff::Timestamp>() {
            Ok(moment) => Ok(moment.into()),
            Err(error) => beyond(text).ok_or(error),
        }
    }
}

/// A moment of the last hours that RFC 3339 can write, which is all that jiff lacks of them.
fn beyond(text: &str) -> Option<Timestamp> {
    let is_last = text.starts_with("9999-12-3")
        && text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'Z' | 'z'));
    let Moment(nanoseconds) = is_last.then(|| Moment::read(text))??;
    Timestamp::from_nanosecond(nanoseconds)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a moment as in RFC 3339")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}
