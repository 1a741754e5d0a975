//! What is wrong with a bound by itself.

use rest_source_plan::{DataType, Moment, MomentForm, Relative, Selector};

use super::bound::{Bound, Given, LAST_SECOND};
use crate::diagnostic::{Code, Diagnostic};

/// What is wrong with a bound by itself, or as a value of its column.
pub(super) fn wrong(
    bound: &Bound<'_>,
    cursor: &Selector,
    data_type: Option<DataType>,
) -> Option<Diagnostic> {
    let Bound { key, text, span, value } = *bound;
    let error = |message: String| Diagnostic::error(Code::WrongType, span, message);
    match value {
        Given::Unordered => {
            let message = format!("`{text}` has no order and cannot be a bound");
            return Some(Diagnostic::error(Code::WrongColumnType, span, message));
        }
        Given::Unreadable => {
            let message =
                format!("`{text}` is ambiguous: its day and month cannot be distinguished");
            return Some(error(message).help(
                "write it as in `2024-01-31` or `2024-01-31T08:00:00Z`, or say how records write \
                     theirs, as in `cursor_format: \"%d/%m/%Y\"`",
            ));
        }
        Given::Ambiguous => {
            let message = format!("`{text}` may be a date as well as a number since 1970");
            return Some(error(message).help("write a date with dashes, as in `2024-01-31`"));
        }
        Given::Misfit => {
            let message = match Relative::meant_by(text) {
                Some(meant) => {
                    let message = format!("`{text}` is not a time");
                    return Some(error(message).help(format!("write `{key}: {meant}`")));
                }
                None => format!("`{text}` does not fit `cursor_format`"),
            };
            return Some(error(message).help(
                "write it as the records do, or as in `2024-01-31` or `2024-01-31T08:00:00Z`",
            ));
        }
        Given::OtherUnit(unit, wanted) => {
            let message = format!(
                "`{text}` looks like {} since 1970, and `cursor_format` has {}",
                unit.name(),
                wanted.name()
            );
            return Some(error(message).help(format!(
                "write the number in {}, or a date such as `2024-01-31`",
                wanted.name()
            )));
        }
        Given::Text => {
            if let Some(meant) = Relative::meant_by(text) {
                let message = format!("`{text}` is not a time");
                return Some(error(message).help(format!("write `{key}: {meant}`")));
            }
            if Relative::is_begun(text) {
                let message = format!("`{text}` is not a time");
                return Some(error(message).help(format!("write {}", Relative::FORMS)));
            }
        }
        _ => {}
    }
    let column = |what: &str| {
        format!("`{text}` is not a {what}, the declared type of the column `{cursor}`")
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
