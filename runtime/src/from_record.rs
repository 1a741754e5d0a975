//! What the records of a page become: structs with a field for each column, or any JSON.

use serde_json::Value;

use crate::{
    Record,
    decode::{self, Fault},
    fetcher::Fetched,
    plan::ResourcePlan,
};

/// What the records of a page can become: a generated struct, or for a plan that is made at run time
/// [`serde_json::Value`], or `Box` of a [`RawValue`](serde_json::value::RawValue), which is on one
/// line what the server wrote. It cannot be implemented elsewhere.
pub trait FromRecord: sealed::Sealed + Sized + Send + Sync + 'static {
    /// The records of a page.
    #[doc(hidden)]
    fn decode(page: &RawPage<'_>, into: &mut Vec<Self>) -> Result<(), Undecodable>;
}

/// A page whose records are not decoded yet.
#[doc(hidden)]
pub struct RawPage<'a> {
    pub(crate) plan: &'a ResourcePlan,
    pub(crate) fetched: &'a Fetched,
}

/// Why a page cannot be decoded.
#[doc(hidden)]
pub struct Undecodable(pub(crate) Fault);

mod sealed {
    pub trait Sealed {}
    impl<T: crate::Record + Default> Sealed for T {}
    impl Sealed for serde_json::Value {}
    impl Sealed for Box<serde_json::value::RawValue> {}
}

impl<T: Record + Default> FromRecord for T {
    fn decode(page: &RawPage<'_>, into: &mut Vec<T>) -> Result<(), Undecodable> {
        let RawPage { plan, fetched } = page;
        if fetched.body.is_nothing() {
            return Ok(());
        }
        let (text, kept) = (fetched.body.text(), fetched.kept.as_deref());
        decode::records(plan, &fetched.select, text, kept, into).map_err(Undecodable)?;
        if !fetched.included.is_empty() {
            for record in into {
                decode::include(plan, &fetched.included, record)
                    .map_err(|misread| Undecodable(Fault::Misread(misread)))?;
            }
        }
        Ok(())
    }
}

/// Anything that JSON can be is a record here: columns are not looked at.
impl FromRecord for Value {
    fn decode(page: &RawPage<'_>, into: &mut Vec<Value>) -> Result<(), Undecodable> {
        let fetched = page.fetched;
        let records = fetched.body.records(&fetched.select).map_err(Undecodable)?;
        for (index, record) in records.into_iter().enumerate() {
            if fetched.kept.as_ref().is_some_and(|kept| !kept[index]) {
                continue;
            }
            let mut record: Value = serde_json::from_str(record.get())
                .map_err(|error| Undecodable(Fault::Unreadable(decode::Unreadable(error))))?;
            if let Value::Object(members) = &mut record {
                for (name, value) in fetched.included.iter() {
                    members.insert(name.to_string(), value.clone());
                }
            }
            into.push(record);
        }
        Ok(())
    }
}
