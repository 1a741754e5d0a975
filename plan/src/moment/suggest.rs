//! The formats that values suggest.

use super::{
    Moment,
    calendar::days,
    form::DAY,
    format::{NamedFormat, Notation, TimeFormat},
};

/// Patterns that values are tried by.
const PATTERNS: [&str; 17] = [
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M:%S",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%d %b %Y",
    "%b %d, %Y",
    "%Y-%m",
];

impl TimeFormat {
    /// The formats that all of these texts have: several if the day and the month cannot be told apart.
    /// Numbers are moments of the years from 2000 to 2100.
    ///
    /// ```
    /// use rest_source_plan::TimeFormat;
    ///
    /// let names = |texts: &[&str]| {
    ///     TimeFormat::suggested(texts).iter().map(ToString::to_string).collect::<Vec<_>>()
    /// };
    /// assert_eq!(names(&["01/02/2024", "31/01/2024"]), ["%d/%m/%Y"]);
    /// assert_eq!(names(&["01/02/2024"]), ["%d/%m/%Y", "%m/%d/%Y"]);
    /// assert_eq!(names(&["1704067200000"]), ["epoch_ms"]);
    /// assert_eq!(names(&["2024-01-31T08:00:00Z"]), ["iso"]);
    /// assert!(names(&["soon"]).is_empty());
    /// ```
    pub fn suggested(texts: &[&str]) -> Vec<TimeFormat> {
        let named = NamedFormat::WORDS.iter().map(|(.., named)| TimeFormat::Named(*named));
        let patterns = PATTERNS.iter().map(|pattern| TimeFormat::Strftime((*pattern).into()));
        let fits = |format: &TimeFormat| {
            let notation = Notation::of(format);
            let years = likely(2000)..likely(2100);
            !texts.is_empty()
                && texts.iter().all(|text| {
                    let is_likely = |at: &Moment| !notation.is_number() || years.contains(at);
                    notation.read(text).as_ref().is_some_and(is_likely)
                })
        };
        let mut formats: Vec<TimeFormat> = Vec::new();
        for format in named.chain(patterns).filter(fits) {
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        formats
    }
}

/// The beginning of a year.
fn likely(year: i128) -> Moment {
    Moment(days(year, 1, 1) * DAY)
}
