//! Fetching only what is new.

use std::str::FromStr;

use crate::{
    Configurable, DataType, List, MomentForm, Selector, Str, Template, TimeFormat, code::plan,
    words,
};

plan! {
    /// Fetching only what is new, by a field whose largest seen value bounds the next run.
    #[derive(Clone, PartialEq)]
    pub struct Incremental or DEFAULT {
        /// The field that grows.
        pub cursor_path: Selector = Selector::ROOT,
        /// What the next run begins with.
        pub next_run: NextRun = NextRun::Cursor,
        /// What its values are, where a column declares it. Values compare by it, and without it as
        /// the type that they themselves have.
        pub data_type: Option<DataType> = None,
        /// Where the first run begins, as JSON, or the text that settings give; text may be a
        /// [`Relative`] bound.
        pub initial_value: Option<Configurable<Str>> = None,
        /// The same of where every run ends. A run that ends at a fixed value leaves no state.
        pub end_value: Option<Configurable<Str>> = None,
        /// Which of two values bounds the next run.
        pub last_value: LastValue = LastValue::Max,
        /// The fields that identify a record at the bound; the whole record if there are none. `None`:
        /// records at the bound are not distinguished, and are fetched again.
        pub primary_key: Option<List<Str>> = None,
        /// The order in which the server gives the records.
        pub row_order: Option<RowOrder> = None,
        /// How far each run goes back behind the bound.
        pub lag: Option<Configurable<Distance>> = None,
        /// How far after the beginning of a run a time may lie that bounds the next run.
        pub future_tolerance: Configurable<Window> = Configurable::Known(Window::DAY),
        /// How to handle a record without the field.
        pub on_missing: OnMissing = OnMissing::Raise,
        /// Whether the lower bound itself belongs to the range.
        pub range_start: Edge = Edge::Closed,
        /// Whether the upper bound itself belongs to the range.
        pub range_end: Edge = Edge::Open,
        /// The query parameter that sends the lower bound.
        pub start_param: Option<Template> = None,
        /// The query parameter that sends the upper bound.
        pub end_param: Option<Template> = None,
        /// How records write the field. `None`: as what the values themselves look like.
        pub cursor_format: Option<TimeFormat> = None,
        /// How requests write the bounds. `None`: as records write the field.
        pub param_format: Option<TimeFormat> = None,
        /// How long a range a backfill is split into.
        pub window: Option<Configurable<Distance>> = None,
    }
}

plan! {
    /// What the next run begins with.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum NextRun {
        /// The last value of the records' field.
        Cursor,
        /// The time at which the last run began.
        RunTime,
        /// What the last response that has something there has at this path, such as a sync token.
        Response(Selector),
        /// The last page cursor or next link, with which its first page is requested.
        Page,
        /// The same with what the last response that has something there has at this path.
        PageAt(Selector),
    }
}

words! {
    /// What bounds the next run that is no field of the records.
    pub enum RunCursor {
        /// The time at which the last run began.
        "run_time" => RunTime,
    }
}

words! {
    /// Which of two values bounds the next run.
    pub enum LastValue {
        /// The larger one.
        "max" => Max,
        /// The smaller one.
        "min" => Min,
    }
}

words! {
    /// The order in which the server gives the records.
    pub enum RowOrder {
        /// The smallest value first.
        "asc" => Ascending,
        /// The largest value first.
        "desc" => Descending,
    }
}

words! {
    /// How to handle a record without the incremental cursor's field.
    pub enum OnMissing {
        /// An error.
        "raise" => Raise,
        /// It is kept.
        "include" => Include,
        /// It is dropped.
        "exclude" => Exclude,
    }
}

words! {
    /// Whether a bound belongs to its range.
    pub enum Edge {
        /// It does.
        "closed" => Closed,
        /// It does not.
        "open" => Open,
    }
}

plan! {
    /// How long something is: `1 day`.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Window or DAY {
        /// How many units.
        pub count: u32 = 1,
        /// The unit.
        pub unit: Unit = Unit::Day,
    }
}

plan! {
    /// How far apart two values of a cursor are.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub enum Distance {
        /// So many units of the cursor: seconds of a time, days of a date, else the number itself.
        Number(f64),
        /// A length of time.
        Time(Window),
    }
}

words! {
    /// A unit of time.
    pub enum Unit {
        /// A second.
        "second" => Second,
        /// A minute.
        "minute" => Minute,
        /// An hour.
        "hour" => Hour,
        /// A day of 24 hours.
        "day" => Day,
        /// Seven days.
        "week" => Week,
        /// A month of the calendar.
        "month" => Month,
        /// A year of the calendar.
        "year" => Year,
    }
}

/// The longest distance of a relative bound, in seconds: what is farther leaves the years that calendars have.
const LONGEST: i64 = 2_000 * 365 * 86_400;

/// A bound that depends on when a run begins: `now`, `now - 30 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relative {
    /// How far it is from the beginning of the run.
    pub distance: Window,
    /// Whether it is before that moment.
    pub is_before: bool,
}

impl Unit {
    /// The unit of this name, in the singular or the plural.
    pub fn counted(name: &str) -> Option<Unit> {
        Unit::named(name.strip_suffix('s').unwrap_or(name))
    }

    /// A unit in seconds, for months and years about as long.
    pub fn seconds(self) -> i64 {
        const DAY: i64 = 86_400;
        match self {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3_600,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month => 30 * DAY,
            Unit::Year => 365 * DAY,
        }
    }
}

impl Window {
    /// `1 day`, `12 hours`.
    pub fn read(text: &str) -> Option<Window> {
        let mut words = text.split_whitespace();
        let (count, unit) = (words.next()?.parse().ok()?, Unit::counted(words.next()?)?);
        words.next().is_none().then_some(Window { count, unit, ..Window::DAY })
    }
}

impl Window {
    /// How many seconds it is long, for months and years about as many.
    pub fn seconds(self) -> i64 {
        i64::from(self.count) * self.unit.seconds()
    }

    /// Whether it is a whole number of what a form can tell apart, by the calendar.
    pub fn is_whole_in(self, form: &MomentForm) -> bool {
        let count = i128::from(self.count);
        let step = form.resolution();
        let nanoseconds = |seconds: i64| i128::from(seconds) * 1_000_000_000;
        match (form.months(), self.unit) {
            (Some(months), Unit::Month) => count % months == 0,
            (Some(months), Unit::Year) => count * 12 % months == 0,
            (Some(_), _) => false,
            (None, Unit::Month | Unit::Year) => nanoseconds(Unit::Day.seconds()) % step == 0,
            (None, _) => nanoseconds(self.seconds()) % step == 0,
        }
    }
}

impl FromStr for Window {
    type Err = ();

    fn from_str(text: &str) -> Result<Window, ()> {
        Window::read(text).ok_or(())
    }
}

impl FromStr for Distance {
    type Err = ();

    /// A number that is not negative, or a length of time.
    fn from_str(text: &str) -> Result<Distance, ()> {
        if let Some(window) = Window::read(text) {
            return Ok(Distance::Time(window));
        }
        let number = text.parse().map_err(|_| ())?;
        if number >= 0.0 && f64::is_finite(number) { Ok(Distance::Number(number)) } else { Err(()) }
    }
}

impl Relative {
    /// `now`, `now - 30 days`, `now + 1 hour`.
    ///
    /// ```
    /// use rest_source_plan::{Relative, Window};
    ///
    /// let relative = Relative::read("now - 30 days").unwrap();
    /// assert_eq!((relative.distance, relative.is_before), (Window { count: 30, ..Window::DAY }, true));
    /// assert_eq!(Relative::read("-30 days"), None);
    /// assert_eq!(Relative::meant_by("-30 days").as_deref(), Some("now - 30 days"));
    /// assert_eq!(Relative::meant_by("P1M").as_deref(), Some("now - 1 month"));
    /// assert_eq!(Relative::meant_by("payment"), None);
    /// ```
    pub fn read(text: &str) -> Option<Relative> {
        let rest = text.trim().strip_prefix("now")?.trim_start();
        let (is_before, distance) = match rest.split_at_checked(1) {
            None => (true, Window { count: 0, unit: Unit::Second, ..Window::DAY }),
            Some(("-", distance)) => (true, Window::read(distance)?),
            Some(("+", distance)) => (false, Window::read(distance)?),
            Some(_) => return None,
        };
        let is_near = i64::from(distance.count) <= LONGEST / distance.unit.seconds();
        is_near.then_some(Relative { distance, is_before })
    }

    /// How many seconds it is after the beginning of a run, for months and years about as many.
    pub fn seconds(self) -> i64 {
        let seconds = self.distance.seconds();
        if self.is_before { -seconds } else { seconds }
    }

    /// Whether a text begins as a relative bound does, with `now` and a distance, so that it is a mistake where
    /// it is none.
    ///
    /// ```
    /// use rest_source_plan::Relative;
    ///
    /// assert!(Relative::is_begun("now - 2 yearz"));
    /// assert!(Relative::is_begun("now -"));
    /// assert!(!Relative::is_begun("now-playing"));
    /// ```
    pub fn is_begun(text: &str) -> bool {
        let Some(rest) = text.trim().strip_prefix("now") else { return false };
        let distance = rest.trim_start().strip_prefix(['-', '+']).map(str::trim_start);
        rest.is_empty()
            || distance.is_some_and(|distance| {
                distance.is_empty() || distance.starts_with(|first: char| first.is_ascii_digit())
            })
    }

    /// How a relative bound is written, for errors.
    pub const FORMS: &'static str = "`now`, `now - 30 days` or `now + 1 hour`, at most 2,000 years \
                                     away, in seconds, minutes, hours, days, weeks, months or years";

    /// How a relative bound is written that other tools write like this text: `-30 days`,
    /// `7 days ago`, `yesterday`.
    pub fn meant_by(text: &str) -> Option<String> {
        let lower = text.trim().to_ascii_lowercase();
        // ISO 8601, `P30D`.
        let lower = match lower.trim_start_matches(['-', '+']).strip_prefix('p') {
            Some(duration) if duration.ends_with('m') => format!("-{duration}o"),
            Some(duration) if duration.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("-{duration}")
            }
            _ => lower,
        };
        match lower.as_str() {
            "today" | "now()" | "current" => return Some("now".to_owned()),
            "yesterday" => return Some("now - 1 day".to_owned()),
            "tomorrow" => return Some("now + 1 day".to_owned()),
            _ => {}
        }
        let rest = lower.strip_prefix("now").unwrap_or(&lower).trim_start();
        let (sign, rest) = match rest.strip_prefix('+') {
            Some(rest) => ('+', rest),
            None => ('-', rest.strip_prefix('-').unwrap_or(rest)),
        };
        let rest = rest.strip_suffix("ago").unwrap_or(rest).trim();
        let (count, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let count: u32 = count.parse().ok()?;
        let unit = match unit.trim() {
            "s" | "sec" | "secs" => Unit::Second,
            "min" | "mins" => Unit::Minute,
            "h" | "hr" | "hrs" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "mo" => Unit::Month,
            "y" | "yr" => Unit::Year,
            unit => Unit::counted(unit)?,
        };
        let plural = if count == 1 { "" } else { "s" };
        Some(format!("now {sign} {count} {}{plural}", unit.name()))
    }
}
