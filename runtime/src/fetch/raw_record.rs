//! Records as the server wrote them: with all digits, in the order of their fields, on one line.

use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::from_record::{FromRecord, RawPage, Undecodable, untyped};
use crate::{
    decode::{DecodeError, Inclusion, rejected::Unfit, whole},
    record::json::compact,
};

/// A record is what the server wrote, without the white space between its parts.
impl FromRecord for Box<RawValue> {
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<Box<RawValue>>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable> {
        let inclusion = Inclusion::new(page.plan, &page.fetched.included);
        untyped(page.fetched, into, unfit, |record| {
            let mut text = compact(record.get());
            if !inclusion.is_empty() {
                if !text.starts_with('{') {
                    // As the record of a table has it.
                    text = format!("{{\"{}\":{text}}}", whole(&text));
                }
                text = with(&text, &inclusion)?;
            }
            Ok(RawValue::from_string(text)?)
        })
    }
}

/// The object with these fields at its end, in place of those that have their names.
fn with(object: &str, inclusion: &Inclusion<'_>) -> Result<String, DecodeError> {
    let mut members = serde_json::Deserializer::from_str(object).deserialize_map(Members)?;
    for (name, value) in inclusion.fields() {
        for (_, own) in members.extract_if(.., |(own, _)| *own == name) {
            inclusion.check(name, own.get(), value.get())?;
        }
    }
    let own = members.iter().map(|(name, value)| (&**name, *value));
    let mut text = String::with_capacity(object.len());
    for (name, value) in own.chain(inclusion.fields()) {
        text.push(if text.is_empty() { '{' } else { ',' });
        text.push_str(&serde_json::to_string(name)?);
        text.push(':');
        text.push_str(value.get());
    }
    text.push('}');
    Ok(text)
}

/// Reads the members of an object in their order.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}
