//! `bigint`, `double`, `decimal` and `wei`, from numbers and from texts that hold one.

use super::{Json, Value, numeral::Numeral};
use crate::{
    Decimal, Wei,
    plan::{Column, DataType},
};

impl Value for i64 {
    const EXPECTED: &str = "a whole number of 64 bits";

    fn of(json: &Json<'_>) -> Option<i64> {
        let numeral = numeral(json)?;
        numeral.parse().ok().or_else(|| Numeral::read(numeral)?.whole(0)?.parse().ok())
    }
}

impl Value for f64 {
    const EXPECTED: &str = "a number";

    fn of(json: &Json<'_>) -> Option<f64> {
        let numeral = numeral(json)?;
        // Rust also reads `inf` and `NaN`, which no JSON can hold.
        Numeral::read(numeral)?;
        numeral.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl Value for Decimal {
    const EXPECTED: &str = "a number of at most 28 decimal places and 96 bits";

    fn of(json: &Json<'_>) -> Option<Decimal> {
        let exact = |numeral: Numeral<'_>| {
            let (digits, places) = numeral.scaled()?;
            Decimal::try_from_i128_with_scale(digits.parse().ok()?, places).ok()
        };
        let numeral = Numeral::read(numeral(json)?)?;
        exact(numeral).or_else(|| exact(numeral.trimmed()))
    }
}

/// What its column expects instead of a number that has more digits, zeros at the end aside.
pub(in crate::decode) fn misfit(number: &Decimal, column: &Column) -> Option<String> {
    if column.precision.is_none() && column.scale.is_none() {
        return None;
    }
    let number = number.normalize();
    let fraction = number.scale();
    let digits = number.mantissa().unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
    let whole = digits.saturating_sub(fraction);
    let places = column.scale.unwrap_or(fraction);
    if fraction <= places && column.precision.is_none_or(|most| whole + places <= most) {
        return None;
    }
    Some(match (column.precision, column.scale) {
        (Some(digits), Some(places)) => {
            format!("a number of at most {digits} digits, {places} of them behind the point")
        }
        (Some(digits), None) => format!("a number of at most {digits} digits"),
        (None, places) => {
            format!("a number with at most {} digits behind the point", places.unwrap_or_default())
        }
    })
}

impl Value for Wei {
    const EXPECTED: &str = "a whole number of at most 10,000 digits";

    fn of(json: &Json<'_>) -> Option<Wei> {
        let digits = Numeral::read(numeral(json)?)?.whole(0)?;
        let is_short = digits.trim_start_matches('-').len() <= DataType::MAX_WEI_DIGITS;
        is_short.then(|| digits.parse().ok())?
    }
}

fn numeral<'a>(json: &'a Json<'_>) -> Option<&'a str> {
    match json {
        Json::Number(numeral) => Some(numeral),
        Json::Text(text) => Some(text),
        _ => None,
    }
}
