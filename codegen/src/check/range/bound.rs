//! A bound as the file has it.

use rest_source_plan::{DataType, EpochUnit, Moment, MomentForm, Notation, Relative, TimeFormat};

use crate::{
    config::ScalarNode,
    parse::find_placeholder,
    source::Span,
    yaml::{Kind, Value},
};

/// The last second that a timestamp can be: 9999-12-30T22:00:00Z.
pub(super) const LAST_SECOND: f64 = 253_402_207_200.0;

/// A bound as the file has it.
pub(super) struct Bound<'a> {
    pub(super) key: &'static str,
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) value: Given,
}

/// What a bound can be known to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Given {
    Number(f64),
    /// A date alone has no time of a day.
    Moment(Moment, bool),
    Relative(Relative),
    /// Digits in text: a number or a date.
    Digits(f64),
    Text,
    /// A time whose day and month are ambiguous.
    Unreadable,
    /// Digits that may be a date as well as a number since 1970.
    Ambiguous,
    /// Neither a value of the cursor's format nor a time.
    Misfit,
    /// A number since 1970 in another unit than that of the cursor's format: its own, and that one.
    OtherUnit(EpochUnit, EpochUnit),
    /// Nothing that has an order.
    Unordered,
    /// It is known when it is filled in.
    Unknown,
}

pub(super) fn bound<'a>(
    key: &'static str,
    ScalarNode(node): &'a ScalarNode,
    notation: Option<&Notation>,
) -> Option<Bound<'a>> {
    let Value::Scalar(scalar) = &node.value else { return None };
    let text = scalar.text.as_str();
    let is_filled = find_placeholder(text).is_some();
    let value = match (scalar.kind(), notation) {
        (Kind::Null, _) => return None,
        (Kind::Bool(_), _) => Given::Unordered,
        (_, Some(notation)) if !is_filled && Relative::read(text).is_none() => {
            of_format(text, notation)
        }
        (kind, _) => unformatted(text, kind, is_filled),
    };
    Some(Bound { key, text, span: node.span, value })
}

/// A bound that the defaults of settings give.
pub(super) fn of_default<'a>(
    key: &'static str,
    text: &'a str,
    is_number: bool,
    span: Span,
    format: Option<&TimeFormat>,
) -> Bound<'a> {
    let value = match format.map(Notation::of) {
        Some(notation) if Relative::read(text).is_none() => of_format(text, &notation),
        _ => unformatted(text, if is_number { Kind::Number } else { Kind::Text }, false),
    };
    Bound { key, text, span, value }
}

/// A bound of a cursor with a format: a value of it, or a time in another form.
fn of_format(text: &str, notation: &Notation) -> Given {
    if let Some(wanted) = notation.epoch_unit()
        && let Some(unit) = text.parse().ok().and_then(EpochUnit::of)
        && unit != wanted
    {
        return Given::OtherUnit(unit, wanted);
    }
    match (notation.read(text), Moment::read(text)) {
        (Some(_), Some(_)) if notation.is_number() => Given::Ambiguous,
        (Some(at), _) | (None, Some(at)) => Given::Moment(at, notation.form().is_date()),
        (None, None) => Given::Misfit,
    }
}

fn unformatted(text: &str, kind: Kind, is_filled: bool) -> Given {
    match kind {
        Kind::Null => Given::Unknown,
        Kind::Bool(_) => Given::Unordered,
        Kind::Number => text.parse().map_or(Given::Unknown, Given::Number),
        Kind::Text => match (Relative::read(text), MomentForm::read(text)) {
            _ if is_filled => Given::Unknown,
            (Some(relative), _) => Given::Relative(relative),
            _ if is_number(text) => text.parse().map_or(Given::Unknown, Given::Digits),
            (None, Some((moment, form))) => Given::Moment(moment, form.is_date()),
            (None, None) if Moment::is_meant_by(text) => Given::Unreadable,
            (None, None) => Given::Text,
        },
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

impl Bound<'_> {
    /// Whether every run has the same: what a setting gives may be relative to a run.
    pub(super) fn is_fixed(&self) -> bool {
        !matches!(self.value, Given::Relative(_) | Given::Unknown)
    }

    /// What it is, in words; `None` if that depends on what it is compared with.
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self.value {
            Given::Number(_) => Some("a number"),
            Given::Moment(..) | Given::Relative(_) => Some("a time"),
            Given::Text => Some("text"),
            Given::Digits(_)
            | Given::Unreadable
            | Given::Ambiguous
            | Given::Misfit
            | Given::OtherUnit(..)
            | Given::Unordered
            | Given::Unknown => None,
        }
    }
}

pub(super) fn name(data_type: DataType) -> String {
    format!("`{data_type:?}`").to_lowercase()
}
