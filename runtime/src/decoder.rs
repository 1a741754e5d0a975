//! Decoding without a server, for benchmarks.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    Error, Resource,
    decode::{self, Growing, Select},
    error::Kind,
    fetcher::Body,
};

/// Decodes the bodies of a resource's pages as a fetch does.
pub struct Decoder<T> {
    select: Select,
    record: PhantomData<fn() -> T>,
}

impl<T: Resource> Decoder<T> {
    /// The decoder of the resource, whose description says where the records are.
    ///
    /// # Errors
    ///
    /// If the data selector cannot be followed.
    pub fn new() -> Result<Decoder<T>, Error> {
        let select = T::PLAN.endpoint.data_selector.as_ref().map_or(Ok(Select::ROOT), Select::new);
        let select = select.map_err(|why| Error::new(Kind::Config(why)))?;
        Ok(Decoder { select, record: PhantomData })
    }

    /// The records of a body, which most likely are so many.
    ///
    /// # Errors
    ///
    /// Those that a fetch has for it.
    pub fn records(&self, body: &str, likely: usize) -> Result<Vec<T>, Error> {
        let mut records = Vec::with_capacity(likely);
        let sink = &mut Growing { records: &mut records, empty: T::default };
        match decode::records(T::PLAN, &self.select, body, None, sink) {
            Ok(_discarded) => Ok(records),
            Err(fault) => Err(Body::of(body.to_owned(), None, Arc::default()).fault(fault)),
        }
    }
}
