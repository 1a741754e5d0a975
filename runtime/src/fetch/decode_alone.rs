//! Decoding without a server, for benchmarks.

use std::sync::Arc;

use super::page_text::Body;
use crate::{
    Error, Resource,
    decode::{self, Growing},
    plan::Selector,
};

/// The records of a body, which most likely are so many, as a fetch decodes them.
///
/// # Errors
///
/// Those that a fetch has for it.
pub fn decode<T: Resource>(body: &str, likely: usize) -> Result<Vec<T>, Error> {
    let select = T::PLAN.endpoint.data_selector.as_ref().unwrap_or(&Selector::ROOT);
    let mut records = Vec::with_capacity(likely);
    let sink = &mut Growing { records: &mut records, empty: T::default };
    match decode::records(T::PLAN, select, body, None, sink) {
        Ok(_) => Ok(records),
        Err(fault) => Err(Body::of(body.to_owned(), None, Arc::default()).fault(fault)),
    }
}
