//! Values that become values of another type, by the rules of a column of that type.

use std::fmt::Display;

use serde_json::value::RawValue;

use super::node::quoted;
use crate::{
    Date, Decimal, FieldValue, Timestamp,
    decode::{Json, mismatch::Mismatch, object::convert},
    plan::{Cast, Column, SchemaContract},
};

/// A value as one of another type, as JSON. `null` stays.
pub(super) fn cast(json: &str, to: Cast) -> Result<String, Mismatch> {
    let is_number = matches!(Json::read(json), Some(Json::Number(_)));
    match to {
        Cast::Integer => read::<i64>(json, to).map(plain),
        // The digits that were sent.
        Cast::Double | Cast::Decimal if is_number => Ok(json.to_owned()),
        Cast::Double => read::<f64>(json, to).map(|number| match number {
            Some(number) => serde_json::Value::from(number).to_string(),
            None => "null".to_owned(),
        }),
        Cast::Decimal => read::<Decimal>(json, to).map(plain),
        Cast::Text => read::<String>(json, to)
            .map(|text| text.map_or("null".to_owned(), |text| quoted(&text))),
        Cast::Bool => read::<bool>(json, to).map(plain),
        Cast::Timestamp => read::<Timestamp>(json, to).map(as_text),
        Cast::Date => read::<Date>(json, to).map(as_text),
        Cast::Json => match Json::read(json) {
            // As in a table of CSV.
            Some(Json::Text(text)) if text.trim().is_empty() => Ok("null".to_owned()),
            Some(Json::Text(text)) => match serde_json::from_str::<&RawValue>(&text) {
                Ok(inner) => Ok(inner.get().to_owned()),
                Err(_) => Err(Mismatch::new("text that is JSON", json)),
            },
            _ => Ok(json.to_owned()),
        },
    }
}

fn read<T: FieldValue>(json: &str, to: Cast) -> Result<Option<T>, Mismatch> {
    let mut value = None;
    let column = Column::new("", to.data_type());
    let Ok(written) = serde_json::from_str::<&RawValue>(json) else {
        return Err(Mismatch::new("JSON", json));
    };
    convert(&written, T::nullable_place(&mut value), &column, SchemaContract::EVOLVE)?;
    Ok(value)
}

fn plain<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| value.to_string())
}

fn as_text<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| quoted(&value.to_string()))
}
