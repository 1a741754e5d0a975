//! What splits a range, and what it goes back by.

use rest_source_plan::{DataType, Distance, Moment, Selector, Unit, Window};

use super::bound::{Bound, Given, LAST_SECOND, name};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// What splits a range and what it goes back by, where the file states it.
#[derive(Clone, Copy)]
pub(in super::super) struct Distances {
    pub(in super::super) window: Option<Distance>,
    pub(in super::super) lag: Option<Distance>,
}

/// The field that a range is of, and where its first run begins.
pub(super) struct Cursor<'a> {
    pub(super) path: &'a Selector,
    pub(super) data_type: Option<DataType>,
    pub(super) initial: Option<&'a Bound<'a>>,
}

/// What the values of a cursor are, as far as the file tells.
enum Values {
    /// Whether they are dates, without a time of the day.
    Times {
        are_dates: bool,
    },
    Numbers,
    Texts,
    /// Neither has a distance to another one.
    Others,
    Unknown,
}

/// A length of time splits and moves times, a number a number; days have no hours.
pub(super) fn check_distances(
    incremental: &Incremental,
    Distances { window, lag }: Distances,
    cursor: &Cursor<'_>,
    diagnostics: &mut Diagnostics,
) {
    // What a format says is a time, whose windows have been checked with it.
    let has_format = incremental.cursor_format.get().is_some();
    if let (Some(window), Some(given)) = (window, incremental.window.get()) {
        let splits = Check { key: "window", does: "splits a range of", span: given.span, cursor };
        match window {
            Distance::Number(number) => {
                splits.number(number, incremental, has_format, diagnostics);
            }
            Distance::Time(_) if has_format => {}
            Distance::Time(window) => splits.time(window, diagnostics),
        }
    }
    if let (Some(lag), Some(given)) = (lag, incremental.lag.get()) {
        let goes = Check { key: "lag", does: "requires", span: given.span, cursor };
        match lag {
            Distance::Number(_) => goes.distance(diagnostics),
            Distance::Time(_) if has_format => {}
            Distance::Time(window) => goes.time(window, diagnostics),
        }
    }
}

struct Check<'a> {
    key: &'static str,
    does: &'static str,
    span: Span,
    cursor: &'a Cursor<'a>,
}

impl Check<'_> {
    /// A number splits a range of numbers, of which it is known where it ends.
    fn number(
        &self,
        number: f64,
        incremental: &Incremental,
        has_format: bool,
        diagnostics: &mut Diagnostics,
    ) {
        let Check { key, span, .. } = self;
        let values =
            if has_format { Values::Times { are_dates: false } } else { self.cursor.values() };
        if !(number > 0.0 && number.is_finite()) {
            let message = format!("`{number}` is not how long a range is");
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, *span, message).help(
                    "write a number above 0, as in `1000`, or a length of time, as in `1 day`",
                ),
            );
        } else if let Values::Times { .. } = values {
            let message = format!("`{number}` has no unit of time");
            diagnostics.push(
                Diagnostic::error(Code::WrongType, *span, message).help(format!(
                    "write one behind it, as in `{number} days` or `{number} hours`"
                )),
            );
        } else if let Values::Texts | Values::Others = values {
            self.distance(diagnostics);
        } else if incremental.end_value.is_absent() {
            let message = format!("a `{key}` of numbers requires `end_value`");
            diagnostics.push(
                Diagnostic::error(Code::MissingKey, *span, message)
                    .help("add the number where the range ends, or leave out `window`")
                    .note(
                        "for times that is `now`; how far numbers go is known to the server alone",
                    ),
            );
        }
    }

    /// A length of time is one of times, and parts of a day are none of dates.
    fn time(&self, window: Window, diagnostics: &mut Diagnostics) {
        let Check { key, does, span, cursor } = self;
        match cursor.values() {
            Values::Times { are_dates: true } if window.unit.seconds() < Unit::Day.seconds() => {
                let message = format!("`{key}` is not given in days, and the bounds are dates");
                let help = match cursor.data_type {
                    Some(DataType::Date) => format!("write it in days, `{key}: 1 day`"),
                    _ => format!(
                        "write it in days, `{key}: 1 day`, or `initial_value` with a time of day"
                    ),
                };
                diagnostics
                    .push(Diagnostic::error(Code::WrongColumnType, *span, message).help(help));
            }
            Values::Times { .. } | Values::Unknown => {}
            Values::Numbers | Values::Texts | Values::Others => {
                let Some(what) = cursor.what() else { return };
                let message = format!("a `{key}` with a unit of time {does} times, and {what}");
                let diagnostic = Diagnostic::error(Code::WrongColumnType, *span, message);
                diagnostics.push(match cursor.initial.map(|initial| initial.value) {
                    Some(Given::Number(number)) => {
                        let is_seconds = number < LAST_SECOND;
                        let (unit, format) = if is_seconds {
                            ("seconds", "epoch")
                        } else {
                            ("milliseconds", "epoch_ms")
                        };
                        diagnostic.help(format!(
                            "where these are {unit} since 1970, write `cursor_format: {format}`; \
                             where they are numbers, `{key}: 1000`"
                        ))
                    }
                    _ if matches!(cursor.values(), Values::Numbers) => {
                        diagnostic.help(format!("write a number, `{key}: 1000`"))
                    }
                    _ => diagnostic.help(format!("leave `{key}` out")),
                });
            }
        }
    }

    /// What has no distance is neither split nor gone back by.
    fn distance(&self, diagnostics: &mut Diagnostics) {
        let Check { key, span, cursor, .. } = self;
        let (Values::Texts | Values::Others) = cursor.values() else { return };
        let Some(what) = cursor.what() else { return };
        let message = format!("`{key}` requires a time, a date or a number, and {what}");
        diagnostics.push(Diagnostic::error(Code::WrongColumnType, *span, message));
    }
}

impl Cursor<'_> {
    fn values(&self) -> Values {
        match self.data_type {
            Some(DataType::Date) => return Values::Times { are_dates: true },
            Some(DataType::Timestamp) => return Values::Times { are_dates: false },
            Some(DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei) => {
                return Values::Numbers;
            }
            Some(DataType::Bool | DataType::Binary | DataType::Time | DataType::Json) => {
                return Values::Others;
            }
            Some(DataType::Text) | None => {}
        }
        let Some(initial) = self.initial else { return Values::Unknown };
        match initial.value {
            Given::Moment(_, are_dates) => Values::Times { are_dates },
            Given::Relative(_) => Values::Times { are_dates: false },
            // A date of eight digits, if it is one.
            Given::Digits(_) if Moment::read(initial.text).is_some() => Values::Unknown,
            Given::Digits(_) | Given::Number(_) => Values::Numbers,
            Given::Text => Values::Texts,
            Given::Unreadable
            | Given::Ambiguous
            | Given::Misfit
            | Given::OtherUnit(..)
            | Given::Unordered => Values::Others,
            Given::Unknown => Values::Unknown,
        }
    }

    /// What shows what its values are.
    fn what(&self) -> Option<String> {
        match (self.data_type, self.initial) {
            (Some(data_type), _) if data_type != DataType::Text => {
                Some(format!("the column `{}` is {}", self.path, name(data_type)))
            }
            (_, Some(initial)) => Some(match initial.value {
                Given::Text => format!("`{}` is text", initial.text),
                _ => format!("`{}` is none", initial.text),
            }),
            (_, None) => None,
        }
    }
}
