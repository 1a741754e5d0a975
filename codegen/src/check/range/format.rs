//! The formats of the cursor and of the bounds that requests send.

use rest_source_plan::{DataType, Distance, NamedFormat, Notation, Selector, TimeFormat, Unit};

use super::{
    super::named_bounds::NamedBounds,
    bound::{Bound, Given, name},
};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
};

/// What the bounds of a range are written as.
pub(super) struct Formats<'a> {
    pub(super) incremental: &'a Incremental,
    pub(super) cursor: &'a Selector,
    pub(super) data_type: Option<DataType>,
    pub(super) window: Option<Distance>,
    pub(super) initial: Option<&'a Bound<'a>>,
    /// What the placeholders of its requests name.
    pub(super) sent: &'a NamedBounds,
    /// Whether a parameter sends where the range begins.
    pub(super) is_start_sent: bool,
}

impl Formats<'_> {
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        let cursor = self.incremental.cursor_format.get();
        let param = self.incremental.param_format.get();
        for (key, format) in [("cursor_format", cursor), ("param_format", param)] {
            let Some(Spanned { value: format, span }) = format else { continue };
            if let Some((what, directive)) = format.disorder() {
                let message = format!("times of this `{key}` have no order: there is no {what}");
                diagnostics.push(
                    Diagnostic::error(Code::InvalidFormat, *span, message)
                        .help(format!("add `{directive}`")),
                );
                return;
            }
        }
        if let Some(Spanned { value: format, span }) = cursor
            && let Some((why, help)) = format.ambiguity()
        {
            let message = format!("times of this `cursor_format` cannot be read: {why}");
            diagnostics.push(Diagnostic::error(Code::InvalidFormat, *span, message).help(help));
            return;
        }
        if let Some(format) = cursor {
            self.check_column(format, diagnostics);
            self.check_window("this `cursor_format`", format, diagnostics);
        }
        for Spanned { value: format, span } in &self.sent.formats {
            if let Some((what, directive)) = format.gap() {
                let message = format!("times of this format have no {what}");
                diagnostics.push(
                    Diagnostic::error(Code::InvalidFormat, *span, message)
                        .help(format!("add `{directive}`")),
                );
            }
        }
        // Several may be the parts of one time.
        let is_plain = self.is_start_sent || self.sent.has_plain;
        let sent = param.filter(|_| is_plain).map(|format| ("this `param_format`", format));
        let placeholders = self.sent.formats.iter().map(|format| ("this format", format));
        let finest = sent.into_iter().chain(placeholders).min_by_key(|(_, f)| resolution(&f.value));
        if let (Some((what, format)), false) = (finest, is_plain && param.is_none()) {
            self.check_window(what, format, diagnostics);
        }
        let first = param.or(self.sent.formats.first());
        if let (None, Some(Spanned { span, .. })) = (cursor, first) {
            self.check_times(*span, diagnostics);
        }
    }

    /// What is written in a format is a time.
    fn check_times(&self, span: Span, diagnostics: &mut Diagnostics) {
        let what = match (self.data_type, self.initial.map(|initial| initial.value)) {
            (Some(data_type), _)
                if !matches!(
                    data_type,
                    DataType::Timestamp | DataType::Date | DataType::Text | DataType::Json
                ) =>
            {
                format!("the column `{}` is {}", self.cursor, name(data_type))
            }
            (None, Some(Given::Number(_) | Given::Text)) => {
                format!("`{}` is none", self.initial.map_or("", |initial| initial.text))
            }
            _ => return,
        };
        let message = format!("only a time can be written in a format, and {what}");
        diagnostics.push(
            Diagnostic::error(Code::WrongColumnType, span, message)
                .help("say how records write the time, as in `cursor_format: epoch_ms`"),
        );
    }

    /// What has this format fits the column.
    fn check_column(&self, format: &Spanned<TimeFormat>, diagnostics: &mut Diagnostics) {
        let Some(data_type) = self.data_type else { return };
        let notation = Notation::of(&format.value);
        let help = match data_type {
            DataType::Text | DataType::Json => return,
            DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei
                if notation.is_all_digits() =>
            {
                return;
            }
            DataType::Timestamp | DataType::Date if is_usual(&notation, data_type) => return,
            DataType::Timestamp | DataType::Date if notation.is_number() => "bigint",
            _ => "text",
        };
        let (cursor, data_type) = (self.cursor, name(data_type));
        let message =
            format!("the column `{cursor}` is {data_type}, which has no values of this format");
        diagnostics.push(
            Diagnostic::error(Code::WrongColumnType, format.span, message)
                .help(format!("declare `columns: {{{cursor}: {{data_type: {help}}}}}`")),
        );
    }

    /// Bounds that a format cannot tell apart would be those of the same window.
    fn check_window(
        &self,
        what: &str,
        format: &Spanned<TimeFormat>,
        diagnostics: &mut Diagnostics,
    ) {
        let (Some(Distance::Time(window)), Some(text)) =
            (self.window, self.incremental.window.get())
        else {
            return;
        };
        let notation = Notation::of(&format.value);
        let resolution = notation.form().resolution();
        let second = i128::from(Unit::Second.seconds()) * 1_000_000_000;
        let units = [Unit::Minute, Unit::Hour, Unit::Day, Unit::Month, Unit::Year];
        let unit = units.iter().find(|unit| i128::from(unit.seconds()) * second >= resolution);
        let unit = unit.unwrap_or(&Unit::Year).name();
        let has_end = self.sent.has_end || self.incremental.end_param.get().is_some();
        let (message, label) = if i128::from(window.seconds()) * second < resolution {
            (format!("`window` is shorter than what {what} can tell apart"), "at least")
        } else if !has_end && !window.is_whole_in(notation.form()) {
            let message = format!("`window` is not a whole number of {unit}s");
            (message, "is all that a request tells of its window")
        } else {
            return;
        };
        diagnostics.push(
            Diagnostic::error(Code::WrongColumnType, text.span, message)
                .label(format.span, format!("a {unit} {label}"))
                .help(format!("write `window: 1 {unit}`, or a finer format")),
        );
    }
}

/// How far apart the times are that a format can write.
fn resolution(format: &TimeFormat) -> i128 {
    Notation::of(format).form().resolution()
}

/// Whether a column of times takes values of a format as the moments that they are.
fn is_usual(notation: &Notation, data_type: DataType) -> bool {
    match notation.format() {
        TimeFormat::Named(NamedFormat::Iso) => true,
        TimeFormat::Named(NamedFormat::Epoch) => data_type == DataType::Timestamp,
        _ => {
            // A day that is no month, of a year that is not taken for one of another century.
            let Some(sample) = rest_source_plan::Moment::read("2024-11-23T21:34:56Z") else {
                return false;
            };
            let text = notation.form().write(sample);
            let is_compact = notation.is_all_digits() && data_type == DataType::Timestamp;
            rest_source_plan::Moment::read(&text)
                .is_some_and(|read| !is_compact && Some(read) == notation.read(&text))
        }
    }
}
