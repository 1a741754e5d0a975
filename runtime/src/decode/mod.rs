//! From the text of a response to records.
//!
//! Keys, and JSONPath that goes forward only, are followed while the JSON is read, and records go
//! straight into their list; nothing is built in between. Otherwise, and when something is wrong, one
//! record is looked for after the other.
//! Each value is found as text first, then converted by its column's type: so digits are never lost to
//! a number type on the way, and an error can show what was sent.

mod beside;
mod compare;
pub(crate) mod count;
mod decode_error;
pub(crate) mod deserialize;
mod edges;
mod error_list;
mod exact;
mod explain;
mod follow;
pub(crate) mod format;
pub(crate) mod identity;
mod include;
mod json;
mod leaf_visitor;
mod level;
mod longest;
mod mismatch;
mod normalized;
mod object;
mod outline;
mod plain;
mod presence;
mod query;
mod record;
pub(crate) mod rejected;
mod report;
mod select;
pub(crate) mod shape;
mod shell;
mod signs;
mod truth;
pub(crate) mod value;

use std::{borrow::Cow, marker::PhantomData};

use serde::de::{Deserialize as _, DeserializeSeed as _, Deserializer, Error as _};
use serde_json::value::RawValue;

pub(crate) use self::{
    decode_error::{DecodeError, Unreadable},
    exact::exact,
    include::Inclusion,
    json::Json,
    level::place,
    longest::has_longer,
    normalized::normalized,
    outline::outline,
    plain::whole,
    presence::is_null,
    query::holds,
    record::{Growing, Sink},
    report::{Reply, Report, condition, declares},
    select::{Select, find_in_record, first_record, must_match, unfiltered},
    shell::Shell,
    signs::{is_notice, is_of_outcome, is_success},
    truth::truth,
};
use self::{
    follow::{Target as _, Way, follow_by_serde_json, follow_in},
    record::{Context, RecordSeed, Records},
    rejected::Unfit,
    select::one_by_one,
};
use crate::{
    FieldMut, Place,
    error::Misread,
    plan::{Column, DataType, ResourcePlan, SchemaContract, Selector},
    record::reader::Reader,
};

/// Adds the records of a page to `sink`, those that count and that the schema contract lets in. Gives
/// how many it leaves out.
pub(crate) fn records(
    plan: &ResourcePlan,
    selector: &Selector,
    body: &str,
    kept: Option<&[bool]>,
    sink: &mut dyn Sink,
) -> Result<u64, DecodeError> {
    let mut context = Context::of(plan);
    let is_read = streamed_records(selector, body, kept, sink, &mut context);
    if !is_read {
        single_records(selector, body, kept, sink, &mut context)?;
    }
    // Many servers write an empty list so. JSONPath may select one of them among others.
    if context.is_null && matches!(selector, Selector::Keys(_)) {
        let resource = &*plan.name;
        tracing::warn!(resource, "`null` is in place of the records, and counts as none");
    }
    Ok(discarded(plan, &context))
}

/// Adds those records of a page to `sink` that can be decoded, each with what it gets from its
/// parent's record, and the others to `unfit`. It goes over the page several times, so it is for
/// pages that [`records`] has failed for. Gives how many the schema contract leaves out.
pub(crate) fn fitting_records(
    plan: &ResourcePlan,
    records: Vec<&RawValue>,
    kept: Option<&[bool]>,
    inclusion: &Inclusion<'_>,
    sink: &mut dyn Sink,
    unfit: &mut Vec<Unfit>,
) -> u64 {
    let mut context = Context::of(plan);
    for (index, raw) in records.into_iter().enumerate() {
        if kept.is_some_and(|kept| kept.get(index) == Some(&false)) {
            context.record += 1;
            continue;
        }
        let discarded = context.discarded.0;
        let mut read = single_record(raw, sink, &mut context);
        if read.is_ok()
            && context.discarded.0 == discarded
            && let Some(record) = sink.last()
        {
            read = inclusion.fill(record);
        }
        if let Err(misread) = read {
            sink.remove_last();
            unfit.push(Unfit::new(raw, index, misread));
        }
    }
    discarded(plan, &context)
}

/// How many records are left out, which is told.
fn discarded(plan: &ResourcePlan, context: &Context<'_>) -> u64 {
    if let (discarded, Some(last)) = &context.discarded {
        tracing::warn!(
            resource = %plan.name,
            discarded,
            last_record = last.record,
            last_field = last.field,
            "records were left out, as the schema contract says"
        );
    }
    context.discarded.0
}

/// Adds the records that are selected to `sink`, while the body is read. Says whether that was
/// possible; what else there is, or is wrong, is for [`single_records`] to find out.
fn streamed_records(
    selector: &Selector,
    body: &str,
    kept: Option<&[bool]>,
    sink: &mut dyn Sink,
    context: &mut Context<'_>,
) -> bool {
    let Some(way) = Way::of(selector) else { return false };
    let is_done = |found| found || !must_match(selector);

    let mut reader = Reader::of(body);
    let mut records = Records { sink, context, kept, written: PhantomData::<value::Direct> };
    let found = follow_in(&mut reader, way, &mut records);
    if found.is_ok_and(is_done) && reader.end().is_ok() {
        return true;
    }
    records.forget();

    // What a value is that does not fit is seen only in its text.
    let Records { sink, context, kept, .. } = records;
    let mut records = Records { sink, context, kept, written: PhantomData::<&RawValue> };
    let found = follow_by_serde_json(body, way, &mut records);
    if found.is_ok_and(is_done) {
        return true;
    }
    records.forget();
    false
}

/// Adds records to `sink` that were selected one by one.
fn single_records(
    selector: &Selector,
    body: &str,
    kept: Option<&[bool]>,
    sink: &mut dyn Sink,
    context: &mut Context<'_>,
) -> Result<(), DecodeError> {
    let selected = one_by_one(selector, body)?;
    if let Selector::Keys(path) = selector
        && let Some(misread) =
            selector.find(body)?.and_then(|found| explain::no_records(path, found))
    {
        return Err(DecodeError::Misread(misread));
    }
    for (index, raw) in selected.into_iter().enumerate() {
        if kept.is_some_and(|kept| kept.get(index) == Some(&false)) {
            context.record += 1;
            continue;
        }
        single_record(raw, sink, context).map_err(DecodeError::Misread)?;
    }
    Ok(())
}

/// Adds one record to `sink`, which has it half-filled if it does not fit.
fn single_record(
    raw: &RawValue,
    sink: &mut dyn Sink,
    context: &mut Context<'_>,
) -> Result<(), Misread> {
    let written = match context.plain.column(raw.get()) {
        Some(column) => Cow::Owned(format!("{{\"{column}\":{}}}", raw.get())),
        None => Cow::Borrowed(raw.get()),
    };
    let seed = RecordSeed::<&RawValue> { sink, context: &mut *context, written: PhantomData };
    seed.deserialize(&mut serde_json::Deserializer::from_str(&written)).map_err(|_| {
        let misread = context.misread.take();
        misread.unwrap_or_else(|| explain::unread(context.record, raw.get()))
    })
}

/// Decodes one record from anything that serde reads, for `Deserialize`.
pub(crate) fn record<'de, D: Deserializer<'de>>(
    columns: &[Column],
    contract: SchemaContract,
    sink: &mut dyn Sink,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut context = Context::new(columns, contract);
    let written = PhantomData;
    let read =
        RecordSeed::<value::Any> { sink, context: &mut context, written }.deserialize(deserializer);
    // A record alone cannot be left out.
    match context.misread.or(context.discarded.1) {
        Some(Misread { field, what, found, .. }) => Err(D::Error::custom(format_args!(
            "field `{}`: {what}, found {}",
            field.unwrap_or_default(),
            found.unwrap_or_default()
        ))),
        None => read,
    }
}

/// Decodes text from anything that serde reads, as leniently as that of a column.
pub(crate) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut word = None;
    let (column, contract) = (Column::new("", DataType::Text), SchemaContract::EVOLVE);
    let value = value::Any::deserialize(deserializer)?;
    match object::convert(&value, FieldMut::Text(Place::Nullable(&mut word)), &column, contract) {
        Ok(()) => word.ok_or_else(|| D::Error::custom("expected a word, found null")),
        Err(wrong) => Err(D::Error::custom(wrong)),
    }
}

#[cfg(test)]
mod tests {
    use std::iter::repeat_with;

    use super::*;
    use crate::{
        Extra, FieldRef, Record,
        plan::{
            Choice, Compare, Comparison, Filter, JsonPath, Literal, Node, Operand, Query, Segment,
            Step,
        },
    };

    /// A record without columns.
    #[derive(Clone, Default)]
    struct Undeclared(Extra);

    impl Record for Undeclared {
        fn columns(&self) -> &[Column] {
            &[]
        }

        fn field(&self, _: usize) -> FieldRef<'_> {
            unreachable!()
        }

        fn field_mut(&mut self, _: usize) -> FieldMut<'_> {
            unreachable!()
        }

        fn extra(&self) -> &Extra {
            &self.0
        }

        fn extra_mut(&mut self) -> &mut Extra {
            &mut self.0
        }
    }

    const NAMES: [&str; 3] = ["a", "b", "c"];

    fn value(random: &mut fastrand::Rng, depth: usize) -> String {
        let parts = random.usize(..4);
        let inner = |random: &mut fastrand::Rng| value(random, depth - 1);
        match random.usize(if depth == 0 { 6 } else { 0 }..9) {
            0..3 => {
                let elements: Vec<_> = repeat_with(|| inner(random)).take(parts).collect();
                format!("[{}]", elements.join(", "))
            }
            3..6 => {
                let member = || {
                    let name = NAMES[random.usize(..NAMES.len())];
                    format!("\"{name}\" :{}", inner(random))
                };
                let members: Vec<_> = repeat_with(member).take(parts).collect();
                format!("{{{}}}", members.join(","))
            }
            6 => "{}".to_owned(),
            7 => "null".to_owned(),
            _ => random.u8(..3).to_string(),
        }
    }

    fn selector(random: &mut fastrand::Rng) -> Selector {
        let name = |random: &mut fastrand::Rng| Step::Name(NAMES[random.usize(..3)].into());
        let length = random.usize(1..4);
        let segment = || {
            Segment::Children(
                vec![match random.usize(..4) {
                    0 => Choice::One(name(random)),
                    1 => Choice::One(Step::Index(random.i64(..3))),
                    2 => Choice::Wildcard,
                    _ => Choice::Filter(Filter::Compare(Compare {
                        left: Operand::Value(Query {
                            from: Node::Current,
                            segments: vec![Segment::Children(
                                vec![Choice::One(name(random))].into(),
                            )]
                            .into(),
                            ..Query::DEFAULT
                        }),
                        comparison: Comparison::NotEqual,
                        right: Operand::Literal(Literal::Number("1".into())),
                        ..Compare::DEFAULT
                    })),
                }]
                .into(),
            )
        };
        let segments: Vec<_> = repeat_with(segment).take(length).collect();
        Selector::JsonPath(JsonPath {
            text: "".into(),
            segments: segments.into(),
            ..JsonPath::DEFAULT
        })
    }

    #[test]
    fn what_is_streamed_is_what_is_selected_one_by_one() {
        let mut random = fastrand::Rng::with_seed(5);
        let mut streamed = 0;
        for _ in 0..100_000 {
            let (body, selector) = (value(&mut random, 4), selector(&mut random));
            let length = random.usize(..4);
            let kept: Vec<_> = repeat_with(|| random.bool()).take(length).collect();
            let kept = Some(&*kept).filter(|_| random.bool());
            let empty = Undeclared::default;

            let (mut records, mut context) =
                (Vec::new(), Context::new(&[], SchemaContract::EVOLVE));
            let sink = &mut Growing { records: &mut records, empty };
            let is_streamed = streamed_records(&selector, &body, kept, sink, &mut context);

            let selected = one_by_one(&selector, &body).ok();
            let text = |list: Vec<&RawValue>| -> Vec<_> {
                list.into_iter().map(|raw| raw.get().to_owned()).collect()
            };
            assert_eq!(
                selector.records(&body).ok().map(text),
                selected.map(text),
                "{selector:?} in {body}"
            );
            if !is_streamed {
                assert_eq!((records.len(), context.record), (0, 0), "{selector:?} in {body}");
                continue;
            }
            streamed += 1;

            let (mut one_by_one, mut expected) =
                (Vec::new(), Context::new(&[], SchemaContract::EVOLVE));
            let sink = &mut Growing { records: &mut one_by_one, empty };
            let read = single_records(&selector, &body, kept, sink, &mut expected);
            assert!(read.is_ok(), "{selector:?} in {body}");
            assert_eq!(context.record, expected.record, "{selector:?} in {body}");
            let [records, one_by_one] = [records, one_by_one].map(|list| {
                list.iter().map(|record| record.0.as_json().to_owned()).collect::<Vec<_>>()
            });
            assert_eq!(records, one_by_one, "{selector:?} in {body}");
        }
        assert!(streamed > 3_000, "{streamed}");
    }
}
