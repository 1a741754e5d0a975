//! Numbers that are stored as text because they have more digits than SQLite's own: their order, and their
//! exact sum.

use std::{cmp::Ordering, fmt, mem};

use rest_source::num_bigint::BigInt;
use rusqlite::{
    Connection, Error, Result,
    functions::{Aggregate, Context, FunctionFlags, WindowAggregate},
    types::ValueRef,
};

/// The order of such numbers. The name is that of SQLite's own extension for decimals.
pub(super) const COLLATION: &str = "decimal";

/// Makes `COLLATE decimal` and `decimal_sum` known to a connection.
pub(super) fn define(connection: &Connection) -> Result<()> {
    connection.create_collation(COLLATION, compare)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_window_function("decimal_sum", 1, flags, Sum)
}

/// A number as its digits: `-1.50` is `-150` with a scale of 2.
#[derive(Debug, Default)]
struct Decimal {
    digits: BigInt,
    scale: usize,
}

impl Decimal {
    /// Digits, with a sign before them and a point among them.
    fn read(text: &str) -> Option<Decimal> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}");
        let is_plain = digits.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
        let digits = is_plain.then(|| digits.parse().ok())??;
        Some(Decimal { digits, scale: fraction.len() })
    }

    /// The same with at least so many digits behind the point.
    fn scaled(self, scale: usize) -> Decimal {
        let more = scale.saturating_sub(self.scale);
        let factor = BigInt::from(10).pow(u32::try_from(more).unwrap_or(u32::MAX));
        Decimal { digits: self.digits * factor, scale: self.scale + more }
    }

    fn plus(self, other: Decimal) -> Decimal {
        let scale = self.scale.max(other.scale);
        let (one, other) = (self.scaled(scale), other.scaled(scale));
        Decimal { digits: one.digits + other.digits, scale }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.magnitude().to_string();
        let digits = format!("{digits:0>width$}", width = self.scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.scale);
        let sign = if self.digits < BigInt::ZERO { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

/// Numbers by their size, and behind them other texts.
fn compare(one: &str, other: &str) -> Ordering {
    match (Decimal::read(one), Decimal::read(other)) {
        (Some(one), Some(other)) => {
            let scale = one.scale.max(other.scale);
            one.scaled(scale).digits.cmp(&other.scaled(scale).digits)
        }
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.cmp(other),
    }
}

/// `decimal_sum`: every digit of it, as text; `NULL` without a value.
struct Sum;

/// A sum, and of how many numbers.
#[derive(Debug, Default)]
struct State {
    sum: Decimal,
    count: u64,
}

impl State {
    fn text(&self) -> Option<String> {
        (self.count > 0).then(|| self.sum.to_string())
    }
}

/// The number that the function is called with.
fn number(context: &Context<'_>) -> Result<Option<Decimal>> {
    let number = match context.get_raw(0) {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(number) => Some(Decimal { digits: number.into(), scale: 0 }),
        ValueRef::Text(text) => std::str::from_utf8(text).ok().and_then(Decimal::read),
        ValueRef::Real(_) | ValueRef::Blob(_) => None,
    };
    let refused = || {
        let message = "decimal_sum adds whole numbers and decimals; use sum for others";
        Error::UserFunctionError(message.into())
    };
    number.map(Some).ok_or_else(refused)
}

impl Aggregate<State, Option<String>> for Sum {
    fn init(&self, _: &mut Context<'_>) -> Result<State> {
        Ok(State::default())
    }

    fn step(&self, context: &mut Context<'_>, state: &mut State) -> Result<()> {
        if let Some(number) = number(context)? {
            state.sum = mem::take(&mut state.sum).plus(number);
            state.count += 1;
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, state: Option<State>) -> Result<Option<String>> {
        Ok(state.and_then(|state| state.text()))
    }
}

impl WindowAggregate<State, Option<String>> for Sum {
    fn value(&self, state: Option<&mut State>) -> Result<Option<String>> {
        Ok(state.and_then(|state| state.text()))
    }

    fn inverse(&self, context: &mut Context<'_>, state: &mut State) -> Result<()> {
        if let Some(Decimal { digits, scale }) = number(context)? {
            state.sum = mem::take(&mut state.sum).plus(Decimal { digits: -digits, scale });
            state.count -= 1;
        }
        Ok(())
    }
}
