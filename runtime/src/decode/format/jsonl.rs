//! A JSON value on each line (NDJSON, JSON Lines).

use serde::de::IgnoredAny;

use super::{body_error::BodyError, other, place::Place, source::Source};
use crate::{
    decode::{DecodeError, Select as _},
    plan::{Jsonl, ResourcePlan, Syntax},
};

/// The list of what the lines are, or of the records in each of them. Blank lines are none.
pub(super) fn to_json(
    jsonl: &Jsonl,
    plan: &ResourcePlan,
    source: &Source<'_>,
    mut json: Vec<u8>,
) -> Result<Vec<u8>, BodyError> {
    json.clear();
    json.push(b'[');
    for place in source.parts() {
        if let Some(error) =
            other::mismatch(&Syntax::Jsonl(jsonl.clone()), &place, source.content_type)
        {
            return Err(error);
        }
        let mut start = 0;
        for line in place.text.split_inclusive('\n') {
            let text = line.trim();
            if !text.is_empty() {
                if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
                    let is_last = start + line.len() == place.text.len() && !line.ends_with('\n');
                    return Err(no_json(&place, start, text, &error, is_last));
                }
                put(jsonl, plan.endpoint.data_selector_required, (&place, start), text, &mut json)?;
                source.bound(&json)?;
            }
            start += line.len();
        }
    }
    json.push(b']');
    Ok(json)
}

/// Adds the records of a line.
fn put(
    plan: &Jsonl,
    is_required: bool,
    (place, start): (&Place<'_>, usize),
    text: &str,
    json: &mut Vec<u8>,
) -> Result<(), BodyError> {
    let mut put = |record: &str| {
        if json.len() > 1 {
            json.push(b',');
        }
        json.extend_from_slice(record.as_bytes());
    };
    let Some(selector) = &plan.data_selector else {
        put(text);
        return Ok(());
    };
    match selector.records(text) {
        Ok(records) => records.into_iter().for_each(|record| put(record.get())),
        Err(_) if !is_required => {}
        Err(DecodeError::Misread(misread)) => {
            return Err(BodyError::new(format!("has in {}: {}", place.line(start), misread.what))
                .with_found(text));
        }
        Err(DecodeError::Unreadable(error)) => {
            return Err(no_json(place, start, text, &error.0, false));
        }
    }
    Ok(())
}

/// A line that is no JSON.
fn no_json(
    place: &Place<'_>,
    start: usize,
    text: &str,
    error: &serde_json::Error,
    is_last: bool,
) -> BodyError {
    let line = place.line(start);
    if is_last && error.is_eof() {
        return BodyError::new(format!("is cut short in {line}: {error}")).with_found(text).cut();
    }
    let error = BodyError::new(format!("has no JSON in {line} ({error})")).with_found(text);
    if other::is_json(place.text) {
        return error.with_help("it is one JSON document: say `response_format: json`");
    }
    error
}
