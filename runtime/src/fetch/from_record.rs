//! What the records of a page become: structs with a field for each column, or any JSON.

use serde_json::{Value, value::RawValue};

use super::fetched::Fetched;
use crate::{
    AnyRecord, Record,
    decode::{self, DecodeError, Growing, Inclusion, Sink, rejected::Unfit, whole},
    error::Misread,
    plan::ResourcePlan,
};

/// What the records of a page can become: a generated struct, or for a plan that is made at run time
/// [`AnyRecord`](crate::AnyRecord), [`serde_json::Value`], or `Box` of a [`RawValue`], which is on one
/// line what the server wrote. It
/// cannot be implemented elsewhere.
pub trait FromRecord: sealed::Sealed + Sized + Send + Sync + 'static {
    /// The records of a page. Those that do not fit go to `unfit`, or fail it if there is none. Gives
    /// how many the schema contract leaves out.
    #[doc(hidden)]
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<Self>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable>;
}

/// A page whose records are not decoded yet.
#[doc(hidden)]
pub struct RawPage<'a> {
    pub(crate) plan: &'a ResourcePlan,
    pub(crate) fetched: &'a Fetched,
}

/// Why a page cannot be decoded.
#[doc(hidden)]
pub struct Undecodable(pub(crate) DecodeError);

mod sealed {
    pub trait Sealed {}
    impl<T: crate::Record + Default> Sealed for T {}
    impl Sealed for crate::AnyRecord {}
    impl Sealed for serde_json::Value {}
    impl Sealed for Box<serde_json::value::RawValue> {}
}

impl<T: Record + Default> FromRecord for T {
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<T>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable> {
        typed(page, &mut Growing { records: into, empty: T::default }, unfit)
    }
}

impl FromRecord for AnyRecord {
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<AnyRecord>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable> {
        typed(
            page,
            &mut Growing { records: into, empty: AnyRecord::with(&page.plan.columns) },
            unfit,
        )
    }
}

/// The records of a page, each with a field for each column.
fn typed(
    page: &RawPage<'_>,
    sink: &mut dyn Sink,
    unfit: Option<&mut Vec<Unfit>>,
) -> Result<u64, Undecodable> {
    let RawPage { plan, fetched } = page;
    if fetched.body.is_nothing() {
        return Ok(0);
    }
    let decoded = match (all(plan, fetched, sink), unfit) {
        (Err(DecodeError::Misread(misread)), Some(unfit)) if misread.is_of_record() => {
            sink.clear();
            fitting(plan, fetched, sink, unfit)
        }
        (decoded, _) => decoded,
    };
    decoded.map_err(Undecodable)
}

fn fitting(
    plan: &ResourcePlan,
    page: &Fetched,
    sink: &mut dyn Sink,
    unfit: &mut Vec<Unfit>,
) -> Result<u64, DecodeError> {
    let records = page.body.records(&page.selector)?;
    let inclusion = Inclusion::new(plan, &page.included);
    Ok(decode::fitting_records(plan, records, page.kept.as_deref(), &inclusion, sink, unfit))
}

fn all(plan: &ResourcePlan, page: &Fetched, sink: &mut dyn Sink) -> Result<u64, DecodeError> {
    let discarded =
        decode::records(plan, &page.selector, page.body.text(), page.kept.as_deref(), sink)?;
    let inclusion = Inclusion::new(plan, &page.included);
    if inclusion.is_empty() {
        return Ok(discarded);
    }
    sink.each(&mut |record| inclusion.fill(record)).map_err(DecodeError::Misread)?;
    Ok(discarded)
}

/// Anything that JSON can be is a record here: columns are not looked at.
impl FromRecord for Value {
    fn decode(
        page: &RawPage<'_>,
        into: &mut Vec<Value>,
        unfit: Option<&mut Vec<Unfit>>,
    ) -> Result<u64, Undecodable> {
        let inclusion = Inclusion::new(page.plan, &page.fetched.included);
        untyped(page.fetched, into, unfit, |raw| {
            let mut record: Value = serde_json::from_str(raw.get())?;
            if !inclusion.is_empty() && !record.is_object() {
                // As the record of a table has it.
                record = Value::from_iter([(whole(raw.get()), record)]);
            }
            if let Value::Object(members) = &mut record {
                for (name, value) in inclusion.fields() {
                    let own = members.insert(name.to_owned(), serde_json::from_str(value.get())?);
                    if let Some(own) = own {
                        inclusion.check(name, &own.to_string(), value.get())?;
                    }
                }
            }
            Ok(record)
        })
    }
}

/// The records of a page, each as `read` makes it.
pub(crate) fn untyped<T>(
    page: &Fetched,
    into: &mut Vec<T>,
    mut unfit: Option<&mut Vec<Unfit>>,
    read: impl Fn(&RawValue) -> Result<T, DecodeError>,
) -> Result<u64, Undecodable> {
    let records = page.body.records(&page.selector).map_err(Undecodable)?;
    for (index, record) in records.into_iter().enumerate() {
        if !page.counts(index) {
            continue;
        }
        match (read(record), &mut unfit) {
            (Ok(record), _) => into.push(record),
            (Err(DecodeError::Unreadable(decode::Unreadable(error))), Some(unfit)) => {
                let what = format!("the record is JSON that nothing can hold ({error})");
                unfit.push(Unfit::new(record, index, Misread { what, ..Misread::default() }));
            }
            (Err(DecodeError::Misread(misread)), Some(unfit)) => {
                unfit.push(Unfit::new(record, index, misread));
            }
            (Err(DecodeError::Misread(misread)), None) => {
                let record = Some(index as u64 + 1);
                return Err(Undecodable(DecodeError::Misread(Misread { record, ..misread })));
            }
            (Err(unreadable), None) => return Err(Undecodable(unreadable)),
        }
    }
    // No columns are looked at, and nothing is left out by them.
    Ok(0)
}
