//! Formats of other languages, and those that values suggest.

use super::format::{NamedFormat, Notation, TimeFormat};
use crate::Moment;

/// What letters of Java, .NET and JavaScript mean, the longest first.
const LETTERS: [(&str, &str); 22] = [
    ("yyyy", "%Y"),
    ("YYYY", "%Y"),
    ("MMMM", "%B"),
    ("EEEE", "%A"),
    ("dddd", "%A"),
    ("SSSSSS", "%6f"),
    ("ffffff", "%6f"),
    ("SSS", "%3f"),
    ("fff", "%3f"),
    ("MMM", "%b"),
    ("EEE", "%a"),
    ("ddd", "%a"),
    ("yy", "%y"),
    ("YY", "%y"),
    ("MM", "%m"),
    ("dd", "%d"),
    ("DD", "%d"),
    ("HH", "%H"),
    ("hh", "%I"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("ZZ", "%z"),
];

/// The format of `strftime` that a pattern of another language means: `%d/%m/%Y` for `dd/MM/yyyy`.
pub(super) fn translated(text: &str) -> Option<String> {
    let mut translated = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let (literal, after) = quoted.split_once('\'')?;
            translated.push_str(literal);
            rest = after;
        } else if let Some((letters, directive)) =
            LETTERS.iter().find(|(letters, _)| rest.starts_with(letters))
        {
            translated.push_str(directive);
            rest = &rest[letters.len()..];
        } else if first.is_ascii_alphabetic() && first != 'T' {
            return None;
        } else {
            translated.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    translated.contains('%').then_some(translated)
}

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
                    notation.read(text).filter(is_likely).is_some()
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
    Moment(super::calendar::days(year, 1, 1) * super::form::DAY)
}
