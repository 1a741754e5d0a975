//! The formats of times that a description names: `cursor_format`, `param_format`.

use std::fmt;

use super::{
    EpochUnit, Moment, MomentForm,
    foreign::translated,
    form::{MILLISECOND, SECOND},
};
use crate::{Str, code::plan, words};

words! {
    /// A format of times that has a word.
    pub enum NamedFormat {
        /// ISO 8601: `2024-01-31`, `2024-01-31T08:00:00Z`, `20240131T080000+0100`.
        "iso" => Iso,
        /// Seconds since 1970.
        "epoch" => Epoch,
        /// Milliseconds since 1970.
        "epoch_ms" => EpochMs,
        /// Microseconds since 1970.
        "epoch_us" => EpochUs,
        /// Nanoseconds since 1970.
        "epoch_ns" => EpochNs,
        /// As in mails (RFC 2822): `Wed, 31 Jan 2024 08:00:00 +0000`.
        "rfc2822" => Rfc2822,
        /// JSON of Microsoft, `/Date(1706688000000)/`, with or without an offset.
        "microsoft_json" | "/Date(…)/" => MicrosoftJson,
    }
}

plan! {
    /// How a time is written.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum TimeFormat {
        /// A format that has a word.
        Named(NamedFormat),
        /// A format of `strftime`: `%d/%m/%Y`. Without an offset in it, times are in UTC.
        Strftime(Str),
    }
}

/// What is wrong with a format.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatMistake {
    /// Where it begins in the text.
    pub begin: usize,
    /// Where it ends.
    pub end: usize,
    /// What is wrong.
    pub message: String,
    /// How to correct it.
    pub help: String,
}

impl TimeFormat {
    /// Reads a format: a word, or text with directives of `strftime`.
    ///
    /// ```
    /// use rest_source_plan::{NamedFormat, TimeFormat};
    ///
    /// assert_eq!(TimeFormat::read("epoch_ms"), Ok(TimeFormat::Named(NamedFormat::EpochMs)));
    /// assert_eq!(TimeFormat::read("%d/%m/%Y"), Ok(TimeFormat::Strftime("%d/%m/%Y".into())));
    /// let mistake = TimeFormat::read("%d/%q/%Y").unwrap_err();
    /// assert_eq!((mistake.begin, mistake.end), (3, 5));
    /// let mistake = TimeFormat::read("dd/MM/yyyy").unwrap_err();
    /// assert_eq!(mistake.help, "write it as `strftime` does, `%d/%m/%Y`");
    /// ```
    ///
    /// # Errors
    ///
    /// If it is neither.
    pub fn read(text: &str) -> Result<TimeFormat, FormatMistake> {
        if let Some(named) = NamedFormat::named(text) {
            return Ok(TimeFormat::Named(named));
        }
        // The dots between the parentheses stand for a number.
        if text.starts_with("/Date(") && text.ends_with(")/") && !text.contains('%') {
            return Ok(TimeFormat::Named(NamedFormat::MicrosoftJson));
        }
        if text.contains('%') {
            let form = MomentForm::strftime(text)?;
            return if form.has(|piece| !matches!(piece, super::form::Piece::Text(_))) {
                Ok(TimeFormat::Strftime(text.to_owned().into()))
            } else {
                Err(whole(text, "has no directive", "write one such as `%Y-%m-%d`".to_owned()))
            };
        }
        let words = NamedFormat::WORDS.iter().filter(|(word, ..)| !word.starts_with('/'));
        let words: Vec<String> = words.map(|(word, ..)| format!("`{word}`")).collect();
        let help = match translated(text) {
            Some(translated) => format!("write it as `strftime` does, `{translated}`"),
            None => {
                format!("write {}, or a format of `strftime` such as `%Y-%m-%d`", words.join(", "))
            }
        };
        Err(whole(text, "is not a format of times", help))
    }

    /// What values of it lack that would give them an order: the part, and its directive.
    pub fn disorder(&self) -> Option<(&'static str, &'static str)> {
        Notation::of(self).form.disorder()
    }

    /// What is missing between two parts of a time: the part, and its directive. A part of a time has no gap.
    pub fn gap(&self) -> Option<(&'static str, &'static str)> {
        Notation::of(self).form.gap()
    }

    /// Why values of it cannot be read, though they can be written, and what to write instead.
    pub fn ambiguity(&self) -> Option<(String, &'static str)> {
        Notation::of(self).form.ambiguity()
    }
}

fn whole(text: &str, what: &str, help: String) -> FormatMistake {
    FormatMistake { begin: 0, end: text.len(), message: format!("`{text}` {what}"), help }
}

/// As the file writes it.
impl fmt::Display for TimeFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeFormat::Named(named) => named.name(),
            TimeFormat::Strftime(text) => text,
        })
    }
}

/// A format that texts are read and written by.
///
/// ```
/// use rest_source_plan::{Moment, Notation, TimeFormat};
///
/// let notation = Notation::of(&TimeFormat::read("%d/%m/%Y").unwrap());
/// let moment = notation.read("31/01/2024").unwrap();
/// assert_eq!(Moment::read("2024-01-31"), Some(moment));
/// assert_eq!(notation.form().write(moment), "31/01/2024");
/// assert_eq!(notation.read("01/31/2024"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    format: TimeFormat,
    form: MomentForm,
}

impl Notation {
    /// A format to read and write by.
    pub fn of(format: &TimeFormat) -> Notation {
        let form = match format {
            TimeFormat::Named(NamedFormat::Iso) => MomentForm::utc(),
            TimeFormat::Named(NamedFormat::Epoch) => MomentForm::since_1970(SECOND),
            TimeFormat::Named(NamedFormat::EpochMs) => MomentForm::since_1970(MILLISECOND),
            TimeFormat::Named(NamedFormat::EpochUs) => MomentForm::since_1970(1_000),
            TimeFormat::Named(NamedFormat::EpochNs) => MomentForm::since_1970(1),
            TimeFormat::Named(NamedFormat::Rfc2822) => form_of("%a, %d %b %Y %H:%M:%S +0000"),
            TimeFormat::Named(NamedFormat::MicrosoftJson) => {
                MomentForm::read_call("/Date(0)/").map_or_else(MomentForm::utc, |(_, form)| form)
            }
            TimeFormat::Strftime(text) => form_of(text),
        };
        Notation { format: format.clone(), form }
    }

    /// The format.
    pub fn format(&self) -> &TimeFormat {
        &self.format
    }

    /// How moments are written of which there is no sample.
    pub fn form(&self) -> &MomentForm {
        &self.form
    }

    /// Whether JSON has its values as numbers.
    pub fn is_number(&self) -> bool {
        self.form.is_number()
    }

    /// The unit of its values, if they are numbers since 1970.
    pub fn epoch_unit(&self) -> Option<EpochUnit> {
        self.form.is_number().then(|| match self.form.resolution() {
            SECOND => EpochUnit::Seconds,
            MILLISECOND => EpochUnit::Milliseconds,
            1_000 => EpochUnit::Microseconds,
            _ => EpochUnit::Nanoseconds,
        })
    }

    /// Whether a number may be one of its values: all of them are digits.
    pub fn is_all_digits(&self) -> bool {
        self.form.is_all_digits()
    }

    /// Whether it writes only a part of a date, of which others write the rest: the year, or the month.
    pub fn is_partial(&self) -> bool {
        self.form.is_partial()
    }

    /// The moment of a text; `None` if it does not fit the format.
    pub fn read(&self, text: &str) -> Option<Moment> {
        match self.format {
            TimeFormat::Named(
                NamedFormat::Iso | NamedFormat::Rfc2822 | NamedFormat::MicrosoftJson,
            ) => self.sample(text).map(|(moment, _)| moment),
            TimeFormat::Named(_) if text.contains(['e', 'E']) => {
                // Of a number that JSON has with an exponent.
                let number = text.parse::<f64>().ok().filter(|number| number.abs() < 1e30)?;
                self.form.read_as(&number.to_string())
            }
            _ => self.form.read_as(text),
        }
    }

    /// The same, with how others are written like it.
    pub fn sample(&self, text: &str) -> Option<(Moment, MomentForm)> {
        match self.format {
            TimeFormat::Named(NamedFormat::Iso) => MomentForm::read_iso(text),
            TimeFormat::Named(NamedFormat::Rfc2822) => MomentForm::read_mail(text),
            TimeFormat::Named(NamedFormat::MicrosoftJson) => MomentForm::read_call(text),
            _ => self.read(text).map(|moment| (moment, self.form.clone())),
        }
    }
}

/// The form of a format that has been read before.
fn form_of(text: &str) -> MomentForm {
    MomentForm::strftime(text).unwrap_or_else(|_| MomentForm::utc())
}
