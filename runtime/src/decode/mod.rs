//! From the text of a response to records.
//!
//! A selector is followed while the JSON is read, and records go straight into their list; nothing
//! is built in between. Each value is found as text first, then converted by its column's type:
//! so digits are never lost to a number type on the way, and an error can show what was sent.

mod explain;
mod follow;
mod json;
mod record;
pub(crate) mod value;

use serde_json::error::Category;

use self::{
    follow::{Target, follow},
    record::{Context, RecordSeed, Records},
};
pub(crate) use self::{json::Json, record::Sink};
use crate::{
    error::Misread,
    plan::{ResourcePlan, Selector, Str},
};

/// A body that is not JSON.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) serde_json::Error);

/// Why a page could not be decoded.
pub(crate) enum Fault {
    /// The body is not JSON.
    Unreadable(Unreadable),
    /// The body is JSON, but not what the plan says.
    Misread(Misread),
}

/// The raw JSON at the end of a path in a body, or `None` where there is none.
pub(crate) fn find<'a>(body: &'a str, selector: &Selector) -> Result<Option<&'a str>, Unreadable> {
    struct Raw<'a>(Option<&'a str>);

    impl<'de> Target<'de> for Raw<'de> {
        fn read<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
            let raw: &serde_json::value::RawValue = serde::Deserialize::deserialize(deserializer)?;
            self.0 = Some(raw.get());
            Ok(())
        }
    }

    let mut raw = Raw(None);
    follow(body, keys(selector), &mut raw).map_err(Unreadable)?;
    Ok(raw.0)
}

/// Adds the records of a page to `sink`.
pub(crate) fn records(plan: &ResourcePlan, body: &str, sink: &mut dyn Sink) -> Result<(), Fault> {
    let selector = plan.endpoint.data_selector.as_ref();
    let mut context = Context::new(&plan.columns);
    let mut records = Records { sink, context: &mut context, list_only: selector.is_none() };
    let path = selector.map_or(&[][..], keys);
    match follow(body, path, &mut records) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Fault::Misread(explain::nothing_there(body, path))),
        Err(error) if error.classify() != Category::Data => {
            Err(Fault::Unreadable(Unreadable(error)))
        }
        Err(error) => Err(Fault::Misread(match context.misread.take() {
            Some(misread) => misread,
            None => explain::not_records(body, path, &context, &error),
        })),
    }
}

/// The keys of a path of keys.
fn keys(selector: &Selector) -> &[Str] {
    match selector {
        Selector::Keys(keys) => keys,
        Selector::JsonPath { .. } => &[],
    }
}

/// Decodes one record from anything that serde reads, for `Deserialize`.
pub(crate) fn record<'de, D: serde::Deserializer<'de>>(
    plan: &ResourcePlan,
    sink: &mut dyn Sink,
    deserializer: D,
) -> Result<(), D::Error> {
    use serde::de::{DeserializeSeed as _, Error as _};

    let mut context = Context::new(&plan.columns);
    RecordSeed::<value::Any> { sink, context: &mut context, written: std::marker::PhantomData }
        .deserialize(deserializer)
        .map_err(|error| match context.misread.take() {
            Some(Misread { field, what, found, .. }) => D::Error::custom(format_args!(
                "field `{}`: {what}, found {}",
                field.unwrap_or_default(),
                found.unwrap_or_default()
            )),
            None => error,
        })
}
