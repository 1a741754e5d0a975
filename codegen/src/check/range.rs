//! The values of an incremental range: what its bounds, its windows and its lag mean together and for
//! the type of the cursor's column.

use std::cmp::Ordering;

use rest_source_plan::{
    DataType, Edge, LastValue, Moment, MomentForm, Relative, Selector, Unit, Window,
};

use crate::{
    config::{Incremental, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::find_placeholder,
    source::Span,
    yaml::{Kind, Value},
};

/// The last second that a timestamp can be: 9999-12-30T22:00:00Z.
const LAST_SECOND: f64 = 253_402_207_200.0;

/// A bound as the file has it.
struct Bound<'a> {
    key: &'static str,
    text: &'a str,
    span: Span,
    value: Given,
}

impl Bound<'_> {
    /// What a setting gives may be relative to a run.
    fn is_fixed(&self) -> bool {
        !matches!(self.value, Given::Relative(_) | Given::Unknown)
    }
}

/// What a bound can be known to be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Given {
    Number(f64),
    /// A date alone has no time of a day.
    Moment(Moment, bool),
    Relative(Relative),
    /// Digits in text: a number or a date.
    Digits(f64),
    Text,
    /// A time whose day and month cannot be told apart.
    Unreadable,
    /// Nothing that has an order.
    Unordered,
    /// It is known when it is filled in.
    Unknown,
}

pub(super) fn check(
    incremental: &Incremental,
    cursor: &Selector,
    data_type: Option<DataType>,
    window: Option<Window>,
    diagnostics: &mut Diagnostics,
) {
    let bounds =
        [("initial_value", &incremental.initial_value), ("end_value", &incremental.end_value)];
    let bounds = bounds.map(|(key, setting)| setting.get().and_then(|node| bound(key, node)));
    let [initial, end] = &bounds;
    let mut is_wrong = false;
    for bound in bounds.iter().flatten() {
        if let Some(diagnostic) = wrong(bound, cursor, data_type) {
            diagnostics.push(diagnostic);
            is_wrong = true;
        }
    }
    if let (Some(initial), Some(end), false) = (initial, end, is_wrong) {
        check_order(incremental, initial, end, data_type, diagnostics);
    }
    if let (Some(window), Some(text), false) = (window, incremental.window.get(), is_wrong) {
        check_window(window, text.span, initial.as_ref(), cursor, data_type, diagnostics);
    }
    check_lag(incremental, initial.as_ref(), cursor, data_type, diagnostics);
    check_ignored(incremental, end.as_ref(), diagnostics);
}

/// Keys that have no effect beside the others.
fn check_ignored(
    incremental: &Incremental,
    end: Option<&Bound<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut ignored = |key: &str, span: Span, why: &str, help: &str| {
        let message = format!("`{key}` has no effect");
        let diagnostic = Diagnostic::error(Code::IgnoredKey, span, message);
        diagnostics.push(diagnostic.help(help).note(why));
    };
    if let Some(end_param) = incremental.end_param.get()
        && incremental.end_value.is_absent()
        && incremental.window.is_absent()
    {
        ignored(
            "end_param",
            end_param.span,
            "the range has no end to send",
            "add `end_value: now` for everything up to the beginning of a run, or where the range ends",
        );
    }
    if end.is_some_and(Bound::is_fixed) {
        let why = "a range with a fixed `end_value` leaves no state, so that every run has the same \
                   bounds";
        let help = "leave it out, or leave out `end_value`";
        for (key, span) in [
            ("lag", incremental.lag.get().map(|lag| lag.span)),
            ("future_tolerance", incremental.future_tolerance.get().map(|text| text.span)),
        ] {
            if let Some(span) = span {
                ignored(key, span, why, help);
            }
        }
    }
}

/// Whether every run has the same end, so that none begins where the last one has ended.
pub(super) fn has_fixed_end(incremental: &Incremental) -> bool {
    let end = incremental.end_value.get().and_then(|node| bound("end_value", node));
    end.as_ref().is_some_and(Bound::is_fixed)
}

fn bound<'a>(key: &'static str, ScalarNode(node): &'a ScalarNode) -> Option<Bound<'a>> {
    let Value::Scalar(scalar) = &node.value else { return None };
    let text = scalar.text.as_str();
    let value = match scalar.kind() {
        Kind::Null => return None,
        Kind::Bool(_) => Given::Unordered,
        Kind::Number => text.parse().map_or(Given::Unknown, Given::Number),
        Kind::Text => match (Relative::read(text), MomentForm::read(text)) {
            _ if find_placeholder(text).is_some() => Given::Unknown,
            (Some(relative), _) => Given::Relative(relative),
            _ if is_number(text) => text.parse().map_or(Given::Unknown, Given::Digits),
            (None, Some((moment, form))) => Given::Moment(moment, form.is_date()),
            (None, None) if Moment::is_meant_by(text) => Given::Unreadable,
            (None, None) => Given::Text,
        },
    };
    Some(Bound { key, text, span: node.span, value })
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

impl Bound<'_> {
    /// What it is, in words; `None` if that depends on what it is compared with.
    fn kind(&self) -> Option<&'static str> {
        match self.value {
            Given::Number(_) => Some("a number"),
            Given::Moment(..) | Given::Relative(_) => Some("a time"),
            Given::Text => Some("text"),
            Given::Digits(_) | Given::Unreadable | Given::Unordered | Given::Unknown => None,
        }
    }
}

/// What is wrong with a bound by itself, or as a value of its column.
fn wrong(bound: &Bound<'_>, cursor: &Selector, data_type: Option<DataType>) -> Option<Diagnostic> {
    let Bound { key, text, span, value } = *bound;
    let error = |message: String| Diagnostic::error(Code::WrongType, span, message);
    match value {
        Given::Unordered => {
            let message = format!("`{text}` has no order, so that `{key}` bounds nothing");
            return Some(Diagnostic::error(Code::WrongColumnType, span, message));
        }
        Given::Unreadable => {
            let message =
                format!("`{text}` is a time of which the day and the month cannot be told apart");
            return Some(
                error(message).help("write it as in `2024-01-31` or `2024-01-31T08:00:00Z`"),
            );
        }
        Given::Text => {
            if let Some(meant) = Relative::meant_by(text) {
                let message = format!("`{text}` is no time");
                return Some(error(message).help(format!("write `{key}: {meant}`")));
            }
        }
        _ => {}
    }
    let column = |what: &str| {
        format!("`{text}` is no {what}, which the column `{cursor}` is declared to be")
    };
    match (data_type?, value) {
        (DataType::Timestamp, Given::Number(number) | Given::Digits(number))
            if number.abs() >= LAST_SECOND =>
        {
            let message = format!("`{text}` seconds since 1970 are beyond the year 9999");
            #[expect(clippy::cast_possible_truncation, reason = "floats are cut to what fits")]
            let moment = Moment((number * 1e6) as i128);
            Some(error(message).help(format!(
                "milliseconds are numbers, which `data_type: bigint` takes; as a time this is \
                 `{key}: {}`",
                MomentForm::utc().write(moment)
            )))
        }
        (DataType::Timestamp, Given::Digits(_)) if text.len() == 8 => Some(
            error(format!("`{text}` may be a date as well as seconds since 1970"))
                .help("write a date with dashes, as in `2024-01-31`, and seconds without quotes"),
        ),
        (DataType::Timestamp, Given::Text) => Some(error(column("time")).help(
            "a time is written as in `2024-01-31T08:00:00Z`, `now - 30 days`, or in seconds since 1970",
        )),
        (DataType::Date, Given::Number(_)) => Some(
            error(column("date")).help("a date is text: write it in quotes, as in `\"2024-01-31\"`"),
        ),
        (DataType::Date, Given::Digits(_)) if Moment::read(text).is_some() => None,
        (DataType::Date, Given::Text | Given::Digits(_)) => Some(
            error(column("date")).help("a date is written as in `2024-01-31` or `now - 30 days`"),
        ),
        (
            DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei,
            Given::Moment(..) | Given::Relative(_) | Given::Text,
        ) => Some(error(column("number")).help(
            "write a number, or declare the column `timestamp` if its values are times or seconds since \
             1970",
        )),
        _ => None,
    }
}

/// The bounds are of one kind, and the range does not end before it begins.
fn check_order(
    incremental: &Incremental,
    initial: &Bound<'_>,
    end: &Bound<'_>,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let is_typed = data_type.is_some_and(|data_type| data_type != DataType::Text);
    if let (Some(from), Some(to), false) = (initial.kind(), end.kind(), is_typed)
        && from != to
    {
        let message = format!("`end_value` is {to}, and `initial_value` is {from}");
        let diagnostic = Diagnostic::error(Code::WrongColumnType, end.span, message)
            .label(initial.span, from)
            .help("write both in the way of the records");
        diagnostics.push(match (from, to) {
            ("a number", "a time") | ("a time", "a number") => diagnostic.note(
                "numbers are seconds since 1970 where the cursor's column is declared `timestamp`",
            ),
            _ => diagnostic,
        });
        return;
    }
    let is_min = incremental.last_value_func.get().is_some_and(|f| f.value == LastValue::Min);
    let Some(order) = order(initial, end, data_type) else { return };
    let order = if is_min { order.reverse() } else { order };
    let is_closed = incremental.range_start.get() != Some(&Edge::Open)
        && incremental.range_end.get() == Some(&Edge::Closed);
    let message = match order {
        Ordering::Less => return,
        Ordering::Equal if is_closed => return,
        Ordering::Equal => "a range from a value to the same value has nothing in it",
        Ordering::Greater if is_min => {
            "`end_value` is larger than `initial_value`, and with `last_value_func: min` runs go on \
             towards smaller values"
        }
        Ordering::Greater => {
            "`end_value` lies before `initial_value`, so that nothing is within the range"
        }
    };
    diagnostics.push(
        Diagnostic::error(Code::EmptyRange, end.span, message)
            .label(initial.span, "it begins here"),
    );
}

/// The order of two bounds; `None` if it is known only when a run begins.
fn order(a: &Bound<'_>, b: &Bound<'_>, data_type: Option<DataType>) -> Option<Ordering> {
    let is_text = data_type == Some(DataType::Text);
    let moment = |bound: &Bound<'_>| match bound.value {
        Given::Moment(moment, _) => Some(moment),
        // As in the engine, a number in a column of timestamps counts seconds.
        Given::Number(number) | Given::Digits(number) if data_type == Some(DataType::Timestamp) =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "floats are cut to what fits")]
            Some(Moment((number * 1e9) as i128))
        }
        Given::Digits(_) => Moment::read(bound.text),
        _ => None,
    };
    match (a.value, b.value) {
        (Given::Relative(a), Given::Relative(b)) => Some(distance(a).cmp(&distance(b))),
        (Given::Text, Given::Text) => Some(a.text.cmp(b.text)),
        (Given::Digits(_), Given::Digits(_)) if is_text => Some(a.text.cmp(b.text)),
        (Given::Number(a) | Given::Digits(a), Given::Number(b) | Given::Digits(b)) if !is_text => {
            a.partial_cmp(&b)
        }
        _ => Some(moment(a)?.cmp(&moment(b)?)),
    }
}

/// From now, in seconds.
fn distance(Relative { distance: Window { count, unit }, is_before }: Relative) -> i64 {
    let seconds = i64::from(count) * unit.seconds();
    if is_before { -seconds } else { seconds }
}

/// What is split into windows is a range of times, and days are not split into hours.
fn check_window(
    window: Window,
    span: Span,
    initial: Option<&Bound<'_>>,
    cursor: &Selector,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let is_typed = !matches!(data_type, None | Some(DataType::Text));
    let is_of_times = match data_type {
        Some(DataType::Timestamp | DataType::Date) => true,
        _ if is_typed => false,
        _ => initial.is_none_or(|initial| match initial.value {
            Given::Moment(..) | Given::Relative(_) | Given::Unknown => true,
            Given::Digits(_) => Moment::read(initial.text).is_some(),
            _ => false,
        }),
    };
    if !is_of_times {
        let what = match (data_type, initial) {
            (Some(data_type), _) if is_typed => {
                format!("the column `{cursor}` is {}", name(data_type))
            }
            (_, Some(initial)) => format!("`{}` is none", initial.text),
            (_, None) => return,
        };
        let message = format!("`window` splits a range of times, and {what}");
        let diagnostic = Diagnostic::error(Code::WrongColumnType, span, message);
        diagnostics.push(match initial.map(|initial| initial.value) {
            Some(Given::Number(number)) if number < LAST_SECOND => diagnostic.help(format!(
                "where these are seconds since 1970, declare `columns: {{{cursor}: {{data_type: \
                 timestamp}}}}`"
            )),
            _ => diagnostic.help("leave `window` out"),
        });
        return;
    }
    let is_short = matches!(window.unit, Unit::Second | Unit::Minute | Unit::Hour);
    let is_date = match data_type {
        Some(DataType::Date) => true,
        _ if is_typed => false,
        _ => initial.is_some_and(|initial| match initial.value {
            Given::Moment(_, is_date) => is_date,
            Given::Digits(_) => initial.text.len() == 8,
            _ => false,
        }),
    };
    if is_date && is_short {
        let message = "`window` would split days into parts of a day, and the bounds are dates";
        let diagnostic = Diagnostic::error(Code::WrongColumnType, span, message);
        diagnostics.push(match data_type {
            Some(DataType::Date) => diagnostic.help("write a window of days, `window: 1 day`"),
            _ => diagnostic.help(
                "write a window of days, `window: 1 day`, or `initial_value` with a time of day",
            ),
        });
    }
}

fn check_lag(
    incremental: &Incremental,
    initial: Option<&Bound<'_>>,
    cursor: &Selector,
    data_type: Option<DataType>,
    diagnostics: &mut Diagnostics,
) {
    let Some((lag, span)) =
        incremental.lag.get().and_then(|lag| Some((*lag.value.known()?, lag.span)))
    else {
        return;
    };
    if lag < 0.0 {
        let message = "a `lag` below zero loses what lies between two runs";
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, span, message)
                .help(format!("each run goes back by it: write `lag: {}`", -lag)),
        );
        return;
    }
    let what = match data_type {
        Some(DataType::Bool | DataType::Binary | DataType::Time | DataType::Json) => {
            data_type.map(|data_type| format!("the column `{cursor}` is {}", name(data_type)))
        }
        _ if initial.is_some_and(|initial| initial.value == Given::Text) => {
            initial.map(|initial| format!("`{}` is text", initial.text))
        }
        _ => None,
    };
    if let Some(what) = what {
        let message = format!("`lag` goes back by seconds, days or a number, and {what}");
        diagnostics.push(Diagnostic::error(Code::WrongColumnType, span, message));
    }
}

fn name(data_type: DataType) -> String {
    format!("`{data_type:?}`").to_lowercase()
}
